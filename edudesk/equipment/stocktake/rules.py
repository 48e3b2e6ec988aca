"""The yearly count (“kiểm kê”) against the book: what is missing, what is more, what only stands elsewhere. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from edudesk.equipment.rules import BROKEN, NONE, Amount

Rooms = Mapping[str | None, int]


@dataclass(frozen=True, slots=True)
class Shift:
    """`n` that stand in another room than the book says; `state` BROKEN for broken ones."""

    start: str | None
    to: str | None
    n: int
    state: str | None = None


@dataclass(frozen=True, slots=True)
class StockDifference:
    """`n` more (or, below 0, fewer) than the book says; `state` BROKEN when broken ones are missing."""

    room: str | None
    n: int
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a count says of one row of the register."""

    shifts: tuple[Shift, ...] = ()
    differences: tuple[StockDifference, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether everything was where the book says."""
        return not (self.shifts or self.differences)


def off_by(amount: Amount, seen: int) -> int:
    """How far what was seen is from the book. What is lent may be back already, and need not be there."""
    if seen > amount.on_hand:
        return seen - amount.on_hand
    return min(seen - (amount.on_hand - amount.lent), 0)


def outcome(book: Mapping[str | None, Amount], seen: Rooms, counted: Collection[str | None]) -> Outcome:
    """The book of one row by room, what was seen by room, and the rooms that have been counted at all.

    What is missing in one room and more in another is taken as moved; rooms nobody counted stay as they are.
    """
    rooms = sorted((room for room in {*book, *seen} if room in counted or room in seen), key=str)
    off = {room: off_by(book.get(room, NONE), seen.get(room, 0)) for room in rooms}
    missing = [(room, state) for room in rooms for state in _taken(book.get(room, NONE), -off[room])]
    more = [room for room in rooms for _one in range(max(off[room], 0))]
    both = min(len(missing), len(more))
    shifts = [(*missing[place], more[place]) for place in range(both)]
    left = [(*row, -1) for row in missing[both:]] + [(room, None, 1) for room in more[both:]]
    return Outcome(
        tuple(Shift(start, to, n, state) for (start, state, to), n in Counter(shifts).items()),
        tuple(StockDifference(room, n * sign, state) for (room, state, sign), n in Counter(left).items()),
    )


def _taken(amount: Amount, n: int) -> list[str | None]:
    """The states of the `n` that are missing: what works first, then broken ones."""
    works = max(min(n, amount.idle), 0)
    return [None] * works + [BROKEN] * (n - works) if n > 0 else []
