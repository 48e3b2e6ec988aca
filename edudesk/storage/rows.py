"""Rows of the journalled tables: read, compared with what is wanted, changed; many in a few statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from edudesk.kernel.change import GONE, Change, Fields, Value
from edudesk.kernel.errors import Problem, Stale
from edudesk.kernel.replicated import Replicated
from edudesk.kernel.words import _
from edudesk.storage.connection import Connection
from edudesk.storage.slice_tables import many

Row = dict[str, Value]


def read_rows(connection: Connection, table: Replicated, row_ids: Collection[str]) -> dict[str, Row]:
    """The rows that are there, gone or not, by id: their fields with `gone`."""
    fields = (GONE, *table.fields)

    def read(sql: str, params: Sequence[object]) -> list[tuple[Value, ...]]:
        return connection.execute(sql, params).fetchall()

    rows = many(read, f"select id, {', '.join(fields)} from {table.table} where id in", row_ids)
    return {str(row[0]): dict(zip(fields, row[1:], strict=True)) for row in rows}


def scopes(
    connection: Connection, tables: Mapping[str, Replicated], changes: Iterable[Change]
) -> dict[tuple[str, str], str]:
    """The scope of each row that changes, by table and id: of a new one from its fields, else as it is stored."""
    born: dict[tuple[str, str], Fields] = {}
    there: dict[str, set[str]] = {}
    for change in changes:
        if change.kind == "ins":
            born[change.table, change.row] = change.fields
        else:
            there.setdefault(change.table, set()).add(change.row)
    for table, ids in there.items():
        found = read_rows(connection, tables[table], ids)
        born = {(table, row): found.get(row, {}) for row in ids} | born
    return {place: tables[place[0]].scope_of(fields) for place, fields in born.items()}


def wanted_changes(table: Replicated, row_id: str, stored: Row | None, fields: Fields) -> tuple[Change, ...]:
    """What must change for a row to hold the fields: a new row, one that comes back, cells that differ."""
    refuse_strangers(table, fields, table.fields)
    if stored is None:
        whole = {name: fields.get(name) for name in table.fields}
        return (Change(table.table, row_id, "", None, whole, "ins"),)
    wanted = {**fields, GONE: 0}
    return tuple(
        Change(table.table, row_id, name, stored[name], value)
        for name, value in wanted.items()
        if stored[name] != value
    )


def apply(connection: Connection, tables: Mapping[str, Replicated], changes: Iterable[Change]) -> None:
    """Make changes in their order. Raises Stale with every cell that does not hold what its change says it held."""
    for (name, field), group in groupby(changes, key=lambda change: (change.table, _field(change))):
        alike = list(group)
        _require_values(alike)
        if field:
            refuse_strangers(tables[name], [field], (GONE, *tables[name].fields))
            _update(connection, name, field, alike)
        else:
            _insert(connection, tables[name], alike)


def strangers(
    connection: Connection, tables: Mapping[str, Replicated], changes: Iterable[Change]
) -> list[Problem]:
    """A problem for each value that must be another row and is none that is there, once the changes are made."""
    wanted: dict[str, dict[str, Change]] = {}
    for change in changes:
        refers = tables[change.table].refers
        for name, value in change.fields.items() if refers else ():
            target = refers.get(name)
            if target is not None and value:
                wanted.setdefault(target, {})[str(value)] = replace(change, field=name)

    def read(sql: str, params: Sequence[object]) -> list[tuple[Value, ...]]:
        return connection.execute(sql, params).fetchall()

    problems = []
    for target, named in sorted(wanted.items()):
        known = {row for (row,) in many(read, f"select id from {target} where gone = 0 and id in", named)}
        problems += [_stranger(change) for row, change in named.items() if row not in known]
    return problems


def _stranger(change: Change) -> Problem:
    message = _("Mục được chọn ở đây không còn, hoặc chưa từng có.")
    place = {"table": change.table, "row": change.row, "field": change.field}
    return Problem("REFERENCE_MISSING", message, next=_("Chọn lại trong danh sách."), **place)


def _field(change: Change) -> str:
    return "" if change.kind == "ins" else change.field


def _require_values(changes: Iterable[Change]) -> None:
    for change in changes:
        for value in change.fields.values():
            if isinstance(value, bool) or not isinstance(value, int | str | None):
                raise TypeError(
                    f"{change.table}.{change.field}: {value!r} is not text, a whole number or None"
                )


def _update(connection: Connection, table: str, field: str, changes: Sequence[Change]) -> None:
    done = connection.executemany(
        f"update {table} set {field} = ? where id = ? and {field} is ?",
        [(change.new, change.row, change.old) for change in changes],
    )
    if done.rowcount != len(changes):
        raise Stale(*map(stale, _unmade(connection, table, field, changes) or changes))


def _unmade(connection: Connection, table: str, field: str, changes: Iterable[Change]) -> list[Change]:
    """The changes whose cells do not hold their new value."""
    stored = f"select 1 from {table} where id = ? and {field} is ?"
    return [c for c in changes if connection.execute(stored, (c.row, c.new)).fetchone() is None]


def _insert(connection: Connection, table: Replicated, changes: Iterable[Change]) -> None:
    names = ("id", *table.fields)
    marks = ", ".join("?" * len(names))
    connection.executemany(
        f"insert into {table.table} ({', '.join(names)}) values ({marks})",
        [(change.row, *(change.fields[name] for name in table.fields)) for change in changes],
    )


def put(connection: Connection, table: Replicated, row_id: str, fields: Fields) -> None:
    """Make a row hold what the journal says of it, whatever it held."""
    names = [name for name in (GONE, *table.fields) if name in fields]
    marks = ", ".join("?" * (len(names) + 1))
    follow = ", ".join(f"{name} = excluded.{name}" for name in names)
    connection.execute(
        f"insert into {table.table} (id, {', '.join(names)}) values ({marks}) on conflict (id) do update set {follow}",
        (row_id, *(fields[name] for name in names)),
    )


def as_left(stored: Row | None, change: Change) -> bool:
    """Whether a change still stands as it was made, so that it can be taken back."""
    wanted = {**change.fields, GONE: 0} if change.kind == "ins" else change.fields
    return stored is not None and all(stored[name] == value for name, value in wanted.items())


def refuse_strangers(table: Replicated, names: Iterable[str], known: Sequence[str]) -> None:
    """A field the table has not is a bug of the caller."""
    strangers = set(names) - set(known)
    if strangers:
        raise ValueError(f"{table.table} has no {', '.join(sorted(strangers))}")


def stale(change: Change) -> Problem:
    """That a cell has been changed since."""
    return Problem(
        "STALE",
        _("Ô này đã được sửa sau đó."),
        next=_("Xem lại giá trị hiện có."),
        table=change.table,
        row=change.row,
        field=change.field,
    )
