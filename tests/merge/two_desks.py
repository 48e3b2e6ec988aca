"""Two copies of a school, given two devices: each is a real Database, and what they exchange is merged in memory.

What merge makes of all rows is put into the tables of both, as a desk that synchronises will do.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

from edudesk.gradebook.register.merge_locks import lock_of, slip_of
from edudesk.kernel.change import JournalRow, Value, encode
from edudesk.kernel.errors import Failure
from edudesk.kernel.merge.merge import Merged, merge
from edudesk.kernel.merge.rows import Part, Place, Row, StepHead, Stream, Vector
from edudesk.kernel.merge.rules import Rules, read_vector, write_vector
from edudesk.slices import open_school
from edudesk.storage import journal, rows
from edudesk.storage.database import Database
from edudesk.storage.journal_schema import insert
from edudesk.storage.recovery.replay import table_rules
from edudesk.storage.swap import begin_epoch


@dataclass
class School:
    """`known`: step id → the vector its author's desk had; a step that is not in it was made before there were two."""

    desks: list[Database]
    known: dict[str, Vector | None] = field(default_factory=dict)
    under: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unseen: dict[str, frozenset[Place]] = field(default_factory=dict)
    waiting: frozenset[Place] = frozenset()

    def act(self, desk: Database, deed: Callable[[Database], object]) -> None:
        """Do something on a desk; what it knew, and the permits that were open, are remembered with its steps."""
        vector = vector_of(desk)
        permits = tuple(
            row for (row,) in desk.all("select id from mark_unlock where gone = 0 and vector is null")
        )
        with suppress(Failure):
            deed(desk)
        for (step,) in desk.all("select id from journal_step"):
            self.known.setdefault(step, vector)
            self.under.setdefault(step, permits)
            self.unseen.setdefault(step, self.waiting)

    def merged(self) -> Merged:
        """What all rows make."""
        return merge(self.parts(), rules_of(self.desks[0]))

    def parts(self) -> list[Part]:
        """The rows of every desk as values."""
        return [part for desk in self.desks for part in self._parts(desk)]

    def _parts(self, desk: Database) -> list[Part]:
        records = sorted(journal.read(desk.connection), key=lambda row: (row.stream, row.seq))
        return [
            self._part(list(group))
            for _key, group in groupby(records, key=lambda row: (row.stream, row.step))
        ]

    def _part(self, records: list[JournalRow]) -> Part:
        first = records[0]
        device, epoch, scope = first.stream.split("/", 2)
        known, under = self.known.get(first.step), self.under.get(first.step, ())
        unseen = self.unseen.get(first.step, frozenset())
        head = StepHead(
            device, epoch, first.clock, args=(first.step,), known=known, under=under, unseen=unseen
        )
        return Part(head, scope, first.seq, tuple(_row(record) for record in records), first.c)

    def meet(self) -> Merged:
        """Both desks have all rows, and the tables these make."""
        merged = plain(self.merged())
        self.waiting = frozenset(place for place, _c in merged.parked)
        for desk in self.desks:
            with desk._transaction():
                for other in self.desks:
                    if other is not desk:
                        copy_journal(other, desk)
                follow(desk, merged)
        return merged


def two_desks(school: Database, folder: Path) -> School:
    """The open school and a copy of it with a device of its own."""
    school.tail.catch_up(school.connection)
    school.connection.execute("pragma wal_checkpoint(truncate)")
    shutil.copytree(school.folder, folder)
    twin = open_school(folder)
    begin_epoch(twin.connection, new_device=True)
    twin.close()
    desks = School([school, open_school(folder)])
    for (step,) in school.all("select id from journal_step"):
        desks.known[step] = None
        desks.under[step] = ()
    return desks


def vector_of(desk: Database) -> Vector:
    """How far a desk knows each stream."""
    ends = journal.ends(desk.connection)
    return {Stream(*name.split("/", 2)): seq for name, (seq, _c) in ends.items()}  # type: ignore[misc]


def rules_of(desk: Database) -> Rules:
    """What merge must know of the product's tables."""
    rules = {name: replace(table_rules(table), checks=table.checks) for name, table in desk.tables.items()}
    locks = replace(rules["mark_lock"], lock=lock_of)
    return rules | {"mark_lock": locks, "mark_unlock": replace(rules["mark_unlock"], slip=slip_of)}


def copy_journal(source: Database, target: Database) -> None:
    """Take over the rows of another desk that are not here, as they stand there."""
    here = {step for (step,) in target.all("select id from journal_step")}
    numbers: dict[int, int] = {}
    target.connection.executemany(
        insert("scope_key", "insert or ignore"), source.all("select * from scope_key")
    )
    for step in source.all("select * from journal_step order by clock"):
        if step[1] not in here:
            written = target.connection.execute(insert("journal_step"), (None, *step[1:]))
            numbers[step[0]] = int(written.lastrowid or 0)
    for n, *identity in source.all("select n, device, epoch, scope from journal_stream"):
        stream = journal.stream_number(target.connection, (identity[0], identity[1], identity[2]))
        for row in source.all("select * from journal where stream = ? order by seq", (n,)):
            if row[2] in numbers:
                target.connection.execute(insert("journal"), (stream, row[1], numbers[row[2]], *row[3:]))


def follow(desk: Database, merged: Merged) -> None:
    """Let the tables hold what merge made."""
    for table, description in desk.tables.items():
        made = merged.tables.get(table, {})
        ids = {row for (row,) in desk.all(f"select id from {table}")}
        stored = rows.read_rows(desk.connection, description, ids)
        for row in ids - made.keys():
            desk.connection.execute(f"delete from {table} where id = ?", (row,))
        for row, fields in made.items():
            if stored.get(row) != fields:
                rows.put(desk.connection, description, row, fields)


def _row(record: JournalRow) -> Row:
    change = record.change
    new = change.new
    if change.table in ("mark_lock", "mark_unlock"):
        new = {**new, "vector": _vector(new["vector"])} if isinstance(new, Mapping) else new
        new = _vector(new) if change.field == "vector" else new
    return Row(
        "ins" if change.kind == "ins" else "set",
        change.table,
        change.row,
        change.field,
        change.old,
        new,
        record.schema,
    )


def _vector(text: object) -> str | None:
    """A vector as merge reads it, of one that names streams by one text."""
    if not text:
        return None
    return write_vector({Stream(*name.split("/", 2)): seq for name, seq in json.loads(str(text))})


def plain(merged: Merged) -> Merged:
    """The same with vectors as the tables keep them."""
    tables = {name: dict(made) for name, made in merged.tables.items()}
    for name in ("mark_lock", "mark_unlock"):
        tables[name] = {
            row: {**fields, "vector": _named(fields["vector"])}
            for row, fields in tables.get(name, {}).items()
        }
    return replace(merged, tables=tables)


def _named(text: Value) -> str | None:
    if not text:
        return None
    return encode(sorted(("/".join(stream), seq) for stream, seq in read_vector(text).items()))
