"""What merge must know of a table; the floor knows no slice, so a slice says it in its description."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from edudesk.kernel.change import Fields, Value
from edudesk.kernel.merge.rows import Stream, Vector

Covers = Callable[[str, Fields, str], bool]
"""Whether a cell is meant: its table, the fields its row was born with, its field."""


class Lock(NamedTuple):
    """A row that closes cells; `scope` is that of the rows it may close, "" any. It holds from its vector on."""

    covers: Covers
    scope: str = ""


class Slip(NamedTuple):
    """A row that opens cells (phiếu mở khóa) for the steps that name it; of the lock `lock`, "" of any."""

    covers: Covers
    lock: str = ""


@dataclass(frozen=True, slots=True)
class TableRules:
    """`conflict` are the fields in which two values wait for a person; `checks` say per field what any desk could accept.

    `lock` and `slip` make one of a row's fields (None where the row is none); `vector` is the field that says up to
    where the lock's or the slip's author knew the rows, empty while the lock has not begun or the slip is open.
    """

    schema: int = 1
    conflict: frozenset[str] = frozenset()
    checks: Mapping[str, Callable[[Value], bool]] = field(default_factory=lambda: MappingProxyType({}))
    lock: Callable[[Fields], Lock | None] | None = None
    slip: Callable[[Fields], Slip | None] | None = None
    vector: str = "vector"

    @property
    def decides(self) -> bool:
        """Whether its rows decide about others."""
        return self.lock is not None or self.slip is not None


Rules = Mapping[str, TableRules]
UNKNOWN = TableRules()  # of a table this program has not: its rows wait


def write_vector(vector: Vector) -> str:
    """A vector as the text of a field; equal vectors give equal texts."""
    return json.dumps(sorted([*stream, seq] for stream, seq in vector.items()), separators=(",", ":"))


def read_vector(text: Value) -> Vector:
    """The vector a field holds; empty for an empty field."""
    entries = json.loads(text) if isinstance(text, str) and text else []
    return {Stream(device, epoch, scope): seq for device, epoch, scope, seq in entries}
