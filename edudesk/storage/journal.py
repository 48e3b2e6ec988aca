"""The journal on disk: streams, steps and rows; written with every Step, read for undo, audit and replay.

A row is stored once in parts (`journal_stream`, `journal_step`, `journal`) and hashed whole, as `JournalRow`.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from edudesk.kernel.access import Author
from edudesk.kernel.change import (
    WHOLE_ROW,
    Change,
    Head,
    JournalRow,
    Step,
    encode,
    heads,
    seal_row,
    stream_name,
)
from edudesk.kernel.replicated import Replicated
from edudesk.storage.connection import Connection
from edudesk.storage.journal_schema import EntryRow, insert
from edudesk.storage.slice_tables import many


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows of this desk come from."""

    device: str
    epoch: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """The provenance of a step: its author, the desk, the PC's time."""

    author: Author
    origin: Origin
    wall: str


class _Stream:
    """The end of one stream while a step is being appended to it."""

    def __init__(self, connection: Connection, origin: Origin, scope: str) -> None:
        self.name = stream_name(origin.device, origin.epoch, scope)
        self.key = scope_key(connection, scope)
        self.n = stream_number(connection, (origin.device, origin.epoch, scope))
        last = connection.execute(
            "select seq, c from journal where stream = ? order by seq desc limit 1", (self.n,)
        ).fetchone()
        self.seq: int = last[0] if last else 0
        self.c: bytes = bytes(last[1]) if last else b""


def scope_key(connection: Connection, scope: str) -> bytes:
    """The scope's own secret, made when the scope is first written."""
    found = connection.execute("select key from scope_key where scope = ?", (scope,)).fetchone()
    if found:
        return bytes(found[0])
    key = secrets.token_bytes(32)
    connection.execute(insert("scope_key"), (scope, key))
    return key


def stream_number(connection: Connection, identity: tuple[str, str, str]) -> int:
    """The local number of a stream by (device, epoch, scope), given when it is first written."""
    connection.execute(
        "insert or ignore into journal_stream (device, epoch, scope) values (?, ?, ?)", identity
    )
    found = connection.execute(
        "select n from journal_stream where device = ? and epoch = ? and scope = ?", identity
    ).fetchone()
    return int(found[0])


def next_clock(connection: Connection) -> int:
    """The Lamport clock of the next step: one more than any step known here."""
    found = connection.execute("select coalesce(max(clock), 0) + 1 from journal_step").fetchone()
    return int(found[0])


def append(
    connection: Connection,
    step: Step,
    provenance: Provenance,
    *,
    scope_of: Callable[[Change], str],
    tables: dict[str, Replicated],
) -> int:
    """Write a step's rows at the ends of their streams; answers the step's local number. Inside a transaction."""
    clock = next_clock(connection)
    number = _append_step(connection, step, provenance, clock)
    row_of, ends = _rows_of(step, provenance, clock), _Ends(connection, provenance.origin)
    seen = _known_heads(connection, step.changes, ends.names)
    rows = []
    for change in step.changes:
        stream = ends.of(scope_of(change))
        row = row_of(
            stream=stream.name,
            seq=stream.seq + 1,
            change=change,
            seen=seen.get(_cell(change), ()),
            schema=tables[change.table].schema,
        )
        stream.seq, stream.c = row.seq, seal_row(row, stream.key, stream.c)
        rows.append(_stored(row, stream.n, number, stream.c))
    connection.executemany(insert("journal"), rows)
    return number


class _Ends:
    """The streams a step is appended to, by scope, and the names of all streams."""

    def __init__(self, connection: Connection, origin: Origin) -> None:
        self._connection = connection
        self._origin = origin
        self._streams: dict[str, _Stream] = {}
        self.names = _stream_names(connection)

    def of(self, scope: str) -> _Stream:
        if scope not in self._streams:
            stream = self._streams[scope] = _Stream(self._connection, self._origin, scope)
            self.names[stream.n] = stream.name
        return self._streams[scope]


def _rows_of(step: Step, provenance: Provenance, clock: int) -> Callable[..., JournalRow]:
    """Makes rows of the step from what differs between them."""
    return partial(
        JournalRow,
        step=step.id,
        size=len(step.changes),
        label=step.label,
        indivisible=step.indivisible,
        clock=clock,
        wall=provenance.wall,
        actor=provenance.author.actor,
        standing=provenance.author.standing,
        reason=step.reason,
    )


def _append_step(connection: Connection, step: Step, provenance: Provenance, clock: int) -> int:
    author = provenance.author
    record = (step.id, step.label, len(step.changes), int(step.indivisible), provenance.wall, clock)
    row = (None, *record, author.actor, author.standing, step.reason)
    written = connection.execute(insert("journal_step"), row)
    return int(written.lastrowid or 0)


def _stream_names(connection: Connection) -> dict[int, str]:
    cursor = connection.execute("select n, device, epoch, scope from journal_stream")
    return {n: stream_name(device, epoch, scope) for n, device, epoch, scope in cursor}


Cell = tuple[str, str, str]  # table, row, field


def _cell(change: Change) -> Cell:
    return change.table, change.row, change.field


def _known_heads(
    connection: Connection, changes: Sequence[Change], names: dict[int, str]
) -> dict[Cell, tuple[Head, ...]]:
    """The heads of every cell that is set."""
    written: dict[Cell, list[tuple[Head, str]]] = {_cell(c): [] for c in changes if c.kind != "ins"}
    fields: dict[tuple[str, str], list[str]] = {}
    for table, row, field in written:
        fields.setdefault((table, row), []).append(field)
    for table, row, field, stream, seq, seen in _writes(connection, {row for _table, row in fields}):
        for text in fields.get((table, row), ()):
            if field in (text, WHOLE_ROW):
                written[table, row, text].append(((names[stream], seq), seen))
    return {cell: heads(entries) for cell, entries in written.items()}


def _writes(connection: Connection, rows: Collection[str]) -> Iterator[tuple[Any, ...]]:
    def read(sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
        return connection.execute(sql, params).fetchall()

    return many(read, "select tbl, row, field, stream, seq, seen from journal where row in", rows)


def _heads_read(text: str) -> tuple[Head, ...]:
    return tuple(map(tuple, json.loads(text))) if text else ()


def _stored(row: JournalRow, stream: int, step: int, c: bytes) -> EntryRow:
    change = row.change
    new = encode(change.new) if change.kind == "ins" else change.new
    seen = encode(row.seen) if row.seen else ""
    place = (stream, row.seq, step, change.kind, change.table, change.row, change.field)
    return EntryRow(*place, change.old, new, seen, row.schema, c)


_READ = """select t.device, t.epoch, t.scope, j.seq, s.id, s.size, s.label, s.indivisible, s.clock, s.wall,
    j.kind, j.tbl, j.row, j.field, j.old, j.new, j.seen, s.actor, s.standing, s.reason, j.schema, j.c
    from journal j join journal_stream t on t.n = j.stream join journal_step s on s.n = j.step"""


def read(connection: Connection, where: str = "", params: tuple[object, ...] = ()) -> Iterator[JournalRow]:
    """Journal rows, whole; `where` may add conditions and an order on j (row), t (stream), s (step)."""
    for found in connection.execute(f"{_READ} {where}", params):
        device, epoch, scope, seq, step, size, label, indivisible, clock, wall = found[:10]
        kind, table, row, field, old, new, seen, actor, standing, reason, schema, c = found[10:]
        value = json.loads(new) if kind == "ins" else new
        yield JournalRow(
            stream=stream_name(device, epoch, scope),
            seq=seq,
            step=step,
            size=size,
            label=label,
            indivisible=bool(indivisible),
            clock=clock,
            wall=wall,
            change=Change(table, row, field, old, value, kind),
            seen=_heads_read(seen),
            actor=actor,
            standing=standing,
            reason=reason,
            schema=schema,
            c=bytes(c),
        )


def step_changes(connection: Connection, number: int) -> tuple[Change, ...]:
    """The changes of a step that was written, in the order they were made."""
    rows = connection.execute(
        "select kind, tbl, row, field, old, new from journal where step = ? order by stream, seq", (number,)
    )
    return tuple(
        Change(table, row, field, old, json.loads(new) if kind == "ins" else new, kind)
        for kind, table, row, field, old, new in rows
    )


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first row of a stream whose `c` is not what its content and the rows before it say."""

    stream: str
    seq: int
    table: str
    row: str


End = tuple[int, bytes]
"""How far a stream goes: the seq of its last row, and the `c` that vouches for all before it."""


def ends(connection: Connection) -> dict[str, End]:
    """The end of every stream that has a row."""
    cursor = connection.execute(
        """select t.device, t.epoch, t.scope, j.seq, j.c from journal_stream t join journal j on j.stream = t.n
        where j.seq = (select max(seq) from journal where stream = t.n) order by 1, 2, 3"""
    )
    return {stream_name(device, epoch, scope): (seq, bytes(c)) for device, epoch, scope, seq, c in cursor}


def broken_links(
    connection: Connection, scope: str = "", *, since: Mapping[str, End] = MappingProxyType({})
) -> list[BrokenLink]:
    """Every stream's first row that does not fit its chain, or that is missing; of one scope where it is named.

    `since` are ends that were checked before: a stream that still has one is looked at from there.
    """
    where, params = ("where scope = ?", (scope,)) if scope else ("", ())
    streams = connection.execute(
        f"select n, device, epoch, scope from journal_stream {where} order by n", params
    )
    broken = [
        _first_break(
            connection, n, scope_key(connection, scope), since.get(stream_name(device, epoch, scope))
        )
        for n, device, epoch, scope in streams.fetchall()
    ]
    return [link for link in broken if link is not None]


def _first_break(connection: Connection, stream: int, key: bytes, checked: End | None) -> BrokenLink | None:
    seq, c = checked or (0, b"")
    held = connection.execute("select c from journal where stream = ? and seq = ?", (stream, seq)).fetchone()
    if held is None or bytes(held[0]) != c:
        seq, c = 0, b""
    for row in read(connection, "where j.stream = ? and j.seq > ? order by j.seq", (stream, seq)):
        if row.seq != seq + 1 or seal_row(row, key, c) != row.c:
            return BrokenLink(row.stream, seq + 1, row.change.table, row.change.row)
        seq, c = row.seq, row.c
    return None
