"""Which journal rows go onto a backup, and how: pure planning, then writing them.

A Step whose rows continue their chains is written as it was. One behind a gap cannot: it is done again, under its own
name and author, in the new epoch; only for cells nothing later has written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from edudesk.kernel.access import Author
from edudesk.kernel.change import GONE, Change, JournalRow, Step, Value, seal_row, stream_name
from edudesk.kernel.ids import new_id
from edudesk.kernel.words import _
from edudesk.storage import journal, rows
from edudesk.storage.database import Database
from edudesk.storage.journal import End, Hand
from edudesk.storage.salvage import Found, Row


@dataclass(slots=True)
class Deed:
    """A Step as it was found: its stored row (a stand-in when that is lost) and the rows of it there are."""

    step: Row
    rows: list[Row] = field(default_factory=list)
    named: bool = True

    @property
    def is_whole(self) -> bool:
        return self.named and len(self.rows) == self.step[3]

    @property
    def may_be_cut(self) -> bool:
        """Whether a part of it may stand alone."""
        return not self.step[4]


@dataclass(slots=True)
class Plan:
    """`linked` go on as they were, `loose` are done again; the rest is what is missing."""

    linked: list[Deed] = field(default_factory=list)
    loose: list[Deed] = field(default_factory=list)
    lost_steps: int = 0
    lost_rows: int = 0

    @property
    def is_complete(self) -> bool:
        return not (self.loose or self.lost_steps or self.lost_rows)


def plan(found: Found, ends: Mapping[str, End], last: int) -> Plan:
    """What to do with the rows found, on a base whose newest step is `last` and whose streams end at `ends`."""
    deeds = _deeds(found, last)
    made, heads = Plan(), dict(ends)
    for number in sorted(deeds):
        deed = deeds[number]
        after = _linked(deed, found, heads) if deed.is_whole else None
        if after is not None:
            heads |= after
            made.linked.append(deed)
            continue
        made.lost_rows += max(int(deed.step[3]) - len(deed.rows), 0)
        if deed.rows and (deed.is_whole or deed.may_be_cut):
            made.loose.append(deed)
    made.lost_steps = max(deeds, default=last) - last - len(deeds)
    return made


def _deeds(found: Found, last: int) -> dict[int, Deed]:
    deeds = {n: Deed(step) for n, step in found.steps.items() if n > last}
    for place in sorted(found.rows):
        row = found.rows[place]
        if row[2] > last:
            deeds.setdefault(row[2], Deed(_unnamed(row[2]), named=False)).rows.append(row)
    return deeds


def _unnamed(number: int) -> Row:
    return (number, new_id(), _("Việc không đọc lại được tên"), 0, 0, "", 0, "office", "office", "")


def _linked(deed: Deed, found: Found, heads: Mapping[str, End]) -> dict[str, End] | None:
    """The ends of the streams after the deed, when every row of it continues its chain."""
    after: dict[str, End] = {}
    for row in deed.rows:
        stream = found.streams.get(row[0])
        key = found.keys.get(stream[2]) if stream else None
        if stream is None or key is None:
            return None
        name = stream_name(*stream)
        seq, c = after.get(name) or heads.get(name, (0, b""))
        if row[1] != seq + 1 or seal_row(_whole(deed.step, row, name), key, c) != row[11]:
            return None
        after[name] = (row[1], bytes(row[11]))
    return after


def _change(row: Row) -> Change:
    new = json.loads(row[8]) if row[3] == "ins" else row[8]
    return Change(row[4], row[5], row[6], row[7], new, row[3])


def _whole(step: Row, row: Row, stream: str) -> JournalRow:
    _n, identity, label, size, indivisible, wall, clock, actor, standing, reason = step
    seen = tuple(map(tuple, json.loads(row[9]))) if row[9] else ()
    told = (stream, row[1], identity, size, label, bool(indivisible), clock, wall, _change(row), seen)
    return JournalRow(*told, actor, standing, reason, row[10])


def carry_out(db: Database, made: Plan, found: Found) -> int:
    """Write a plan onto the base open as `db`; answers how many Steps were done again. One transaction."""
    connection = db.connection
    connection.execute("begin immediate")
    connection.executemany("insert or ignore into scope_key values (?, ?)", list(found.keys.items()))
    for deed in made.linked:
        _write(db, deed, found)
    later = _later(made.linked)
    again = sum(_do_again(db, deed, later) for deed in made.loose)
    connection.execute("commit")
    return again


def _write(db: Database, deed: Deed, found: Found) -> None:
    connection = db.connection
    connection.execute(f"insert into journal_step values ({', '.join('?' * 10)})", deed.step)
    for row in deed.rows:
        stream = journal.stream_number(connection, found.streams[row[0]])
        connection.execute(f"insert into journal values ({', '.join('?' * 12)})", (stream, *row[1:]))
        change = _change(row)
        _set(
            db,
            change.table,
            change.row,
            {GONE: 0, **change.fields} if change.kind == "ins" else change.fields,
        )


def _set(db: Database, table: str, row: str, fields: Mapping[str, Value]) -> None:
    if table not in db.tables:
        return
    known = {name: value for name, value in fields.items() if name in (GONE, *db.tables[table].fields)}
    db.connection.execute(f"insert or ignore into {table} (id) values (?)", (row,))
    told = ", ".join(f"{name} = ?" for name in known)
    db.connection.execute(f"update {table} set {told} where id = ?", (*known.values(), row))


Cells = dict[tuple[str, str, str], int]


def _later(deeds: Iterable[Deed]) -> Cells:
    """The newest step that wrote a cell."""
    return {
        (r[4], r[5], name): deed.step[0] for deed in deeds for r in deed.rows for name in _change(r).fields
    }


def _do_again(db: Database, deed: Deed, later: Cells) -> bool:
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    for row in deed.rows:
        change = _change(row)
        fields = {
            name: value
            for name, value in change.fields.items()
            if later.get((change.table, change.row, name), 0) < deed.step[0]
        }
        wanted.setdefault((change.table, change.row), {}).update(fields)
    step = Step(deed.step[2], wanted_changes(db, wanted), deed.step[9], bool(deed.step[4]))
    return write_again(db, step, Author(deed.step[7], deed.step[8]), wall=deed.step[5])


def wanted_changes(db: Database, wanted: Mapping[tuple[str, str], Mapping[str, Any]]) -> tuple[Change, ...]:
    """What must change for rows to hold these fields, `gone` among them as it is told."""
    changes: list[Change] = []
    for (table, row), fields in wanted.items():
        if table not in db.tables:
            continue
        known = {name: value for name, value in fields.items() if name in db.tables[table].fields}
        stored = db.row(table, row)
        if stored is None and len(known) < len(db.tables[table].fields):
            continue  # half a row says nothing
        if stored is None:
            changes += rows.wanted_changes(db.tables[table], row, None, known)
            changes += [Change(table, row, GONE, 0, 1, "del")] * bool(fields.get(GONE))
            continue
        known |= {GONE: fields[GONE]} if GONE in fields else {}
        changes += [Change(table, row, n, stored[n], v) for n, v in known.items() if stored[n] != v]
    return tuple(changes)


def write_again(db: Database, step: Step, author: Author, *, wall: str = "") -> bool:
    """Write a Step that no guard looks at, inside a transaction; False when nothing of it is left to do."""
    if not step.changes:
        return False
    scopes = rows.scopes(db.connection, db.tables, step.changes)
    rows.apply(db.connection, db.tables, step.changes)
    journal.append(
        db.connection,
        Step(step.label, step.changes, step.reason, step.indivisible, id=new_id()),
        Hand(author, db.origin, wall or db.wall()),
        scope_of=lambda change: scopes[change.table, change.row],
        tables=db.tables,
    )
    return True
