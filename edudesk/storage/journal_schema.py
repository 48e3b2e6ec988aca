"""The journal's tables, described once: whoever reads or writes their rows names the columns from here.

The migration that made them in a school's file is literal and older than this; the file may have more columns.
"""

from __future__ import annotations

from typing import Any, NamedTuple, get_type_hints


class KeyRow(NamedTuple):
    """The secret of a scope."""

    scope: str
    key: bytes


class StreamRow(NamedTuple):
    """A stream and its local number."""

    n: int
    device: str
    epoch: str
    scope: str


class StepRow(NamedTuple):
    """A Step as it is stored: `n` its local number, `size` the number of its rows."""

    n: int
    id: str
    label: str
    size: int
    indivisible: int
    wall: str
    clock: int
    actor: str
    standing: str
    reason: str


class EntryRow(NamedTuple):
    """A row of the journal as it is stored, by local numbers of its stream and step."""

    stream: int
    seq: int
    step: int
    kind: str
    tbl: str
    row: str
    field: str
    old: Any
    new: Any
    seen: str
    schema: int
    c: bytes


SHAPES: dict[str, type[KeyRow] | type[StreamRow] | type[StepRow] | type[EntryRow]] = {
    "scope_key": KeyRow,
    "journal_stream": StreamRow,
    "journal_step": StepRow,
    "journal": EntryRow,
}
_IDENTITY = {"scope_key": "scope", "journal_stream": "n", "journal_step": "n", "journal": "stream, seq"}
_TYPES = {int: "integer", str: "text", bytes: "blob"}


def columns(table: str) -> str:
    """The names of a table's columns, for a query."""
    return ", ".join(SHAPES[table]._fields)


def select(table: str) -> str:
    """Begins a query of a table's rows, as its shape has them."""
    return f"select {columns(table)} from {table}"


def insert(table: str, how: str = "insert") -> str:
    """Writes a row of a table; `how` may be "insert or ignore"."""
    marks = ", ".join("?" * len(SHAPES[table]._fields))
    return f"{how} into {table} ({columns(table)}) values ({marks})"


def created(table: str) -> str:
    """Makes the table where it is not there yet, outside a school's own file."""
    kinds = get_type_hints(SHAPES[table])
    fields = ", ".join(f"{name} {_TYPES.get(kinds[name], '')}".rstrip() for name in SHAPES[table]._fields)
    return f"create table if not exists {table} ({fields}, primary key ({_IDENTITY[table]}))"
