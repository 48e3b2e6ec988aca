"""Rows of the journal as values: what was changed, in which step, where it stands in its stream.

A step's rows lie in parts, one to each stream it writes to. A part is what travels and what is hashed: its `c` vouches
for the head of its step, for its rows and for the part before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from edudesk.kernel.change import GONE, Fields, Value

Op = Literal["ins", "set", "resolve", "accept", "revoke"]
"""`ins` makes a row; `set` sets a cell, `gone` among them; `resolve` settles the heads it names; `accept` lets parked
rows in; `revoke` ends a device."""


class Stream(NamedTuple):
    """Where one desk writes the rows of one scope, in the order it made them, from one beginning (`epoch`) on."""

    device: str
    epoch: str
    scope: str


class Place(NamedTuple):
    """A row's place: the first row of a stream has seq 1."""

    stream: Stream
    seq: int


Why = Literal["REVOKED", "FORK", "NEWER", "CHECK", "ORPHAN", "PARTS", "LOCKED", "LATE"]
"""Why a row waits. An `accept` puts right REVOKED, FORK, LOCKED and LATE; the others no word of a person can."""
RowKey = tuple[str, str]  # table, row
StepKey = tuple[str, str, int]  # device, epoch, clock: what a step's id is derived from
Vector = Mapping[Stream, int]  # how far each stream is known
Rank = tuple[int, int]  # the clock; of a clock that is not believed, one it might have had, and the clock


class Cell(NamedTuple):
    """A field of a row of a table."""

    table: str
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class StepHead:
    """What holds for all rows of a step.

    `known` is the vector its author's desk had, None where a desk was alone and knew every row with a smaller clock; `unseen` are rows within it that were parked there and do
    not count. `under` names the slips (phiếu mở khóa) it was written by. `scopes` are those of its parts.
    """

    device: str
    epoch: str
    clock: int
    kind: str = ""
    args: tuple[Value, ...] = ()
    wall: str = ""
    actor: str = ""
    standing: str = "office"
    reason: str = ""
    indivisible: bool = False
    known: Vector | None = field(default_factory=lambda: MappingProxyType({}))
    unseen: frozenset[Place] = frozenset()
    under: tuple[str, ...] = ()
    scopes: frozenset[str] = frozenset()

    @property
    def key(self) -> StepKey:
        """What its id is derived from."""
        return self.device, self.epoch, self.clock


class Row(NamedTuple):
    """One change. `new` of a birth (`ins`) holds all its fields; `named` the places that a resolve or accept is about;
    a revocation has the device in `row` and in `ends` the last rows of it that count."""

    op: Op
    table: str = ""
    row: str = ""
    field: str = ""
    old: Value = None
    new: Value | Fields = None
    schema: int = 1
    named: tuple[Place, ...] = ()
    ends: Vector = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The rows of a step in one stream, from seq `first` on. `previous` is the `c` of the part before.

    Two are the same when their `key` is; `merge` keeps one of each.
    """

    head: StepHead
    scope: str
    first: int
    rows: tuple[Row, ...]
    c: bytes
    previous: bytes = b""

    @property
    def stream(self) -> Stream:
        """The stream it lies in."""
        return Stream(self.head.device, self.head.epoch, self.scope)

    @property
    def key(self) -> tuple[Stream, int, bytes]:
        """Where it stands and what it says."""
        return self.stream, self.first, self.c


@dataclass(frozen=True, slots=True, eq=False)
class Write:
    """A row at its place, as part of a step. `order` sorts writes as they count: by rank, then by place."""

    order: tuple[Rank, Place]
    part: Part
    row: Row

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.order[1]

    @property
    def head(self) -> StepHead:
        """What holds for its step."""
        return self.part.head

    def fills(self, name: str) -> bool:
        """Whether it writes a cell of its row: a birth does in the cells it gives a value, and makes it present."""
        if self.row.op != "ins":
            return self.row.field == name
        return name == GONE or self.born.get(name) is not None

    @property
    def born(self) -> Fields:
        """The fields a birth gives; none of another row."""
        return self.row.new if isinstance(self.row.new, Mapping) else {}

    @property
    def written(self) -> tuple[str, ...]:
        """The fields whose cells it writes."""
        if self.row.op != "ins":
            return (self.row.field,)
        return tuple(name for name in self.born if self.fills(name))

    def value(self, name: str) -> Value:
        """What it writes in a cell."""
        if isinstance(self.row.new, Mapping):
            return 0 if name == GONE else self.row.new.get(name)
        return self.row.new


def born_fields(writes: Iterable[Write]) -> Fields:
    """The fields a row was born with; what it was born with twice is alike in what makes it that row."""
    return next((write.born for write in writes if write.row.op == "ins"), {})
