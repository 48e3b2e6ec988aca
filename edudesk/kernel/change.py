"""What a write is made of: Changes in a Step, and the journal row each becomes.

A Step is one action of one person. Its journal rows are undo, audit trail, sync feed and recovery at once, so their
canonical form and their chain are settled here, apart from any database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

Value = None | int | str
Fields = Mapping[str, Value]
Kind = Literal["set", "ins", "del", "lock", "unlock", "seal", "resolve", "alias", "erase", "note"]
GONE = "gone"  # the field that marks a row as deleted; rows are never removed
Head = tuple[str, int]  # stream name, seq
WHOLE_ROW = ""  # the field name of an `ins`, which sets every field of its row


@dataclass(frozen=True, slots=True)
class Change:
    """One cell set from `old` to `new`, or (kind "ins") one row made with all the fields of `new`."""

    table: str
    row: str
    field: str
    old: Value
    new: Value | Fields
    kind: Kind = "set"

    @property
    def fields(self) -> Fields:
        """What the row holds after this change, as far as the change says it."""
        return self.new if isinstance(self.new, Mapping) else {self.field: self.new}

    def inverse(self) -> Change:
        """The change that takes this one back. A row that was made is marked gone; it is not removed."""
        if self.kind == "ins":
            return Change(self.table, self.row, GONE, 0, 1, "del")
        new = self.new if not isinstance(self.new, Mapping) else None
        return Change(self.table, self.row, self.field, new, self.old)


@dataclass(frozen=True, slots=True)
class Step:
    """One action: `label` in the user's words, all or nothing. `number` and `id` are given when it is written.

    `kind` and `args` (ids, codes, numbers) say in memory what was done, whatever language the label is in.
    """

    label: str
    changes: tuple[Change, ...]
    reason: str = ""
    indivisible: bool = False
    id: str = ""
    number: int = 0
    kind: str = ""
    args: tuple[Value, ...] = ()

    def touches(self, *tables: str) -> bool:
        """Whether the step changes any of the tables."""
        return any(change.table in tables for change in self.changes)

    def rows(self, table: str) -> frozenset[str]:
        """The identities of the rows of one table that the step changes."""
        return frozenset(change.row for change in self.changes if change.table == table)

    def dropped(self, table: str) -> frozenset[str]:
        """The identities of the rows of one table that the step marks as deleted."""
        return frozenset(
            change.row
            for change in self.changes
            if change.table == table and change.field == GONE and change.new == 1
        )


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A Change as the journal keeps it. `seen` names the rows that wrote `old`; `wall` is for people only."""

    stream: str
    seq: int
    step: str
    size: int
    label: str
    indivisible: bool
    clock: int
    wall: str
    change: Change
    seen: tuple[Head, ...]
    actor: str
    standing: str
    reason: str
    schema: int
    c: bytes = field(default=b"", compare=False)

    def canonical(self) -> bytes:
        """The one byte form that is hashed: a JSON array with sorted keys, no blanks, in UTF-8."""
        change = self.change
        return encode(
            [
                *(self.stream, self.seq, self.step, self.size, self.label, int(self.indivisible)),
                *(self.clock, self.wall, change.kind, change.table, change.row, change.field),
                *(change.old, change.new, self.seen, self.actor, self.standing, self.reason, self.schema),
            ]
        ).encode()


_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def encode(value: object) -> str:
    """JSON without blanks and with sorted keys; equal values give equal text."""
    return _encoder.encode(value)


def stream_name(device: str, epoch: str, scope: str) -> str:
    """The name of a stream on every desk."""
    return f"{device}/{epoch}/{scope}"


def seal_row(row: JournalRow, scope_key: bytes, previous: bytes) -> bytes:
    """`c` of a row: SHA-256 of a salt, the `c` before it in the stream, and the canonical row.

    The salt, HMAC(scope key, stream, seq), keeps a mark from being guessed by trying its 101 values; the link to
    the previous `c` makes one `c` vouch for everything before it, even where content has been erased.
    """
    place = f"{row.stream}:{row.seq}".encode()
    salt = hmac.digest(scope_key, place, "sha256")
    return hashlib.sha256(salt + previous + row.canonical()).digest()


def heads(written: Iterable[tuple[Head, str]]) -> tuple[Head, ...]:
    """The writes of a cell that no other write has seen, sorted.

    `written` is (id, seen) of every write of it; `seen` encoded as it is stored, because reading it would be the
    longest part of a paste. An encoded head ends in a bracket, so none is found inside another.
    """
    entries = list(written)
    seen = "".join(text for _head, text in entries)
    return tuple(sorted(head for head, _text in entries if _encoded(*head) not in seen))


def _encoded(stream: str, seq: int) -> str:
    return f"[{_quoted(stream)},{seq}]"


@lru_cache(maxsize=256)
def _quoted(text: str) -> str:
    return encode(text)
