"""Rows of the journalled tables, one at a time: read, compared with what is wanted, changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edudesk.kernel.change import GONE, Change, Fields, Value
from edudesk.kernel.errors import Problem, Stale
from edudesk.kernel.words import _
from edudesk.storage.connection import Connection
from edudesk.storage.part import Replicated

Row = dict[str, Value]


def read_row(connection: Connection, table: Replicated, row_id: str) -> Row | None:
    """A row's fields with `gone`, whether gone or not; None when there is no such row."""
    fields = (GONE, *table.fields)
    found = connection.execute(
        f"select {', '.join(fields)} from {table.table} where id = ?", (row_id,)
    ).fetchone()
    return dict(zip(fields, found, strict=True)) if found else None


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


def apply(connection: Connection, table: Replicated, change: Change) -> None:
    """Make one change. Raises Stale when the cell does not hold what the change says it held."""
    for value in change.fields.values():
        if isinstance(value, bool) or not isinstance(value, int | str | None):
            raise TypeError(f"{change.table}.{change.field}: {value!r} is not text, a whole number or None")
    if change.kind == "ins":
        _insert(connection, table, change)
        return
    refuse_strangers(table, [change.field], (GONE, *table.fields))
    done = connection.execute(
        f"update {change.table} set {change.field} = ? where id = ? and {change.field} is ?",
        (change.new, change.row, change.old),
    )
    if done.rowcount != 1:
        raise Stale(stale(change))


def _insert(connection: Connection, table: Replicated, change: Change) -> None:
    names = ("id", *table.fields)
    values = (change.row, *(change.fields[name] for name in table.fields))
    marks = ", ".join("?" * len(names))
    connection.execute(f"insert into {table.table} ({', '.join(names)}) values ({marks})", values)


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
