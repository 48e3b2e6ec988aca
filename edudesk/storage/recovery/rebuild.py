"""Which journal rows go onto a backup, and how: pure planning, then writing them.

A Step whose rows continue their chains is written as it was. One behind a gap cannot: it is done again, under its own
name and author, in the new epoch; only for cells nothing later has written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from edudesk.kernel.access import Author, Standing
from edudesk.kernel.change import GONE, Change, JournalRow, Kind, Step, seal_row, stream_name
from edudesk.kernel.ids import new_id
from edudesk.kernel.words import _
from edudesk.storage import journal, rows
from edudesk.storage.database import Database
from edudesk.storage.journal import End, Provenance
from edudesk.storage.journal_schema import EntryRow, StepRow, insert
from edudesk.storage.recovery.replay import replay
from edudesk.storage.recovery.salvage import SalvagedRows

MANY = 500  # rows made anew at a time


@dataclass(slots=True)
class FoundStep:
    """A Step found in the journal: its stored row (a stand-in when that is lost) and those of its rows that were read."""

    step: StepRow
    rows: list[EntryRow] = field(default_factory=list)
    named: bool = True

    @property
    def is_whole(self) -> bool:
        return self.named and len(self.rows) == self.step.size

    @property
    def may_be_cut(self) -> bool:
        """Whether a part of it may stand alone."""
        return not self.step.indivisible


@dataclass(slots=True)
class RebuildPlan:
    """`linked` go on as they were, `loose` are done again; the rest is what is missing."""

    linked: list[FoundStep] = field(default_factory=list)
    loose: list[FoundStep] = field(default_factory=list)
    lost_steps: int = 0
    lost_rows: int = 0

    @property
    def is_complete(self) -> bool:
        return not (self.loose or self.lost_steps or self.lost_rows)


def plan(salvaged: SalvagedRows, ends: Mapping[str, End], last: int, *, until: int = 0) -> RebuildPlan:
    """What to do with the rows found, on a base whose newest step is `last` and whose streams end at `ends`.

    `until` is the newest step that is known to have been, though nobody may have its rows.
    """
    found_steps = _found_steps(salvaged, last)
    made, heads = RebuildPlan(), dict(ends)
    for number in sorted(found_steps):
        step = found_steps[number]
        after = _linked(step, salvaged, heads) if step.is_whole else None
        if after is not None:
            heads |= after
            made.linked.append(step)
            continue
        made.lost_rows += max(step.step.size - len(step.rows), 0)
        if step.rows and (step.is_whole or step.may_be_cut):
            made.loose.append(step)
    made.lost_steps = max(until, max(found_steps, default=last)) - last - len(found_steps)
    return made


def _found_steps(salvaged: SalvagedRows, last: int) -> dict[int, FoundStep]:
    found_steps = {n: FoundStep(step) for n, step in salvaged.steps.items() if n > last}
    for place in sorted(salvaged.rows):
        row = salvaged.rows[place]
        if row.step > last:
            found_steps.setdefault(row.step, FoundStep(_unnamed(row.step), named=False)).rows.append(row)
    return found_steps


def _unnamed(number: int) -> StepRow:
    return StepRow(number, new_id(), _("Việc không đọc lại được tên"), 0, 0, "", 0, "office", "office", "")


def _linked(step: FoundStep, salvaged: SalvagedRows, heads: Mapping[str, End]) -> dict[str, End] | None:
    """The ends of the streams after the action, when every row of it continues its chain."""
    after: dict[str, End] = {}
    for row in step.rows:
        stream = salvaged.streams.get(row.stream)
        key = salvaged.keys.get(stream.scope) if stream else None
        if stream is None or key is None:
            return None
        name = stream_name(stream.device, stream.epoch, stream.scope)
        seq, c = after.get(name) or heads.get(name, (0, b""))
        if row.seq != seq + 1 or seal_row(_whole(step.step, row, name), key, c) != row.c:
            return None
        after[name] = (row.seq, bytes(row.c))
    return after


def _change(row: EntryRow) -> Change:
    new = json.loads(row.new) if row.kind == "ins" else row.new
    return Change(row.tbl, row.row, row.field, row.old, new, cast(Kind, row.kind))


def _whole(step: StepRow, row: EntryRow, stream: str) -> JournalRow:
    seen = tuple(map(tuple, json.loads(row.seen))) if row.seen else ()
    record = (stream, row.seq, step.id, step.size, step.label, bool(step.indivisible), step.clock, step.wall)
    return JournalRow(*record, _change(row), seen, step.actor, step.standing, step.reason, row.schema)


def carry_out(db: Database, made: RebuildPlan, salvaged: SalvagedRows) -> int:
    """Write a plan onto the base open as `db`; answers how many Steps were done again. One transaction."""
    connection = db.connection
    connection.execute("begin immediate")
    connection.executemany(insert("scope_key", "insert or ignore"), list(salvaged.keys.items()))
    for step in made.linked:
        _write(db, step, salvaged)
    _follow(db, made.linked)
    later = _later(made.linked)
    again = sum(_do_again(db, step, later) for step in made.loose)
    connection.execute("commit")
    return again


def _write(db: Database, step: FoundStep, salvaged: SalvagedRows) -> None:
    """Put a Step of the journal back as it was; the tables follow when all are there."""
    connection = db.connection
    connection.execute(insert("journal_step"), step.step)
    for row in step.rows:
        _n, *identity = salvaged.streams[row.stream]
        stream = journal.stream_number(connection, (identity[0], identity[1], identity[2]))
        connection.execute(insert("journal"), row._replace(stream=stream))


def _follow(db: Database, found_steps: Iterable[FoundStep]) -> None:
    """Make the rows of the tables that these Steps wrote anew, from the whole journal of each."""
    touched = sorted({row.row for step in found_steps for row in step.rows})
    for start in range(0, len(touched), MANY):
        ids = tuple(touched[start : start + MANY])
        where = f"where j.row in ({', '.join('?' * len(ids))})"
        for (table, row), fields in list(replay(db.connection, db.tables, where, ids)):
            if table in db.tables and fields:
                rows.put(db.connection, db.tables[table], row, fields)


Cells = dict[tuple[str, str, str], int]


def _later(found_steps: Iterable[FoundStep]) -> Cells:
    """The newest step that wrote a cell."""
    return {
        (row.tbl, row.row, name): step.step.n
        for step in found_steps
        for row in step.rows
        for name in _change(row).fields
    }


def _do_again(db: Database, found_step: FoundStep, later: Cells) -> bool:
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    for row in found_step.rows:
        change = _change(row)
        fields = {
            name: value
            for name, value in change.fields.items()
            if later.get((change.table, change.row, name), 0) < found_step.step.n
        }
        wanted.setdefault((change.table, change.row), {}).update(fields)
    was = found_step.step
    step = Step(was.label, wanted_changes(db, wanted), was.reason, bool(was.indivisible))
    return write_again(db, step, Author(was.actor, cast(Standing, was.standing)), wall=was.wall)


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
        Provenance(author, db.origin, wall or db.wall()),
        scope_of=lambda change: scopes[change.table, change.row],
        tables=db.tables,
    )
    return True
