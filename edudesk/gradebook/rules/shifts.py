"""Whether a column of marks goes with the pupils' other marks as it stands, or far better one row lower or higher.

Pure statistics in whole numbers; a page is rows of cells in tenths, None where no number stands, in the order typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

MOVED = 8  # rows that must be out of place
CERTAIN = 10**10  # how many times likelier the moved column must be; its square root bounds false alarms
ORDER_NONE, ORDER_GOOD = 25, 60  # hundredths of correlation: of the column, of every other
KNOWN = 15  # pupils from which the order of a whole column can be judged
FINE = 100  # parts of a tenth in which means are kept
_PARTS = 10**6
Row = Sequence[int | None]
Page = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Moved:
    """The rows that belong one row lower (`down` +1) or higher (−1); `helped` of them stand nearer there."""

    rows: tuple[int, ...]
    down: int
    helped: int


class Fit(NamedTuple):
    """How a column goes with what the pupils' other marks let expect: sums of products, all ≥ 0 but `both`.

    `size` rows; `own` and `expected` are squares about the mean (times the count), `both` the mixed products.
    """

    size: int
    own: int
    expected: int
    both: int

    @property
    def left(self) -> tuple[int, int]:
        """What of the column's squares the expectation leaves over, as a fraction."""
        if self.both <= 0:
            return self.own, 1
        return self.own * self.expected - self.both**2, self.expected

    def relates(self, hundredths: int) -> bool:
        """Whether the correlation is above so many hundredths."""
        return self.both > 0 and self.both**2 * 10000 > hundredths**2 * self.own * self.expected


def moved(page: Page, place: int) -> Moved | None:
    """The row from which the column goes with the pupils' other marks far better when moved by one row.

    A likelihood ratio: the straight line from each pupil's mean of other columns to this one is fitted as it stands
    and for every moved remainder; what both leave over is compared to the power of the number of marks.
    """
    expected = expectation(page, place)
    known = [(at, mark) for at, row in enumerate(page) if (mark := row[place]) is not None]
    if len(known) < MOVED:
        return None
    now = _fit([mark for _at, mark in known], [expected[at] for at, _mark in known])
    after_gap = frozenset(at + 1 for at, row in enumerate(page) if row[place] is None)
    sure = [move for move in _best_moves(known, expected, after_gap) if _surely(now, move.fit)]
    if not sure:
        return None
    best = max(sure, key=lambda move: move.share)
    if best.down < 0:  # a gap says exactly where it began
        best = next((move for move in sure if move.down < 0 and move.start in after_gap), best)
    rows = tuple(at for at, _mark in known if at >= best.start)
    helped = _helped(known, expected, best.start, best.down)
    if helped * 5 < len(rows) * 3:
        return None
    return Moved(rows, best.down, helped)


Known = Sequence[tuple[int, int]]  # (row, mark)


class _Move(NamedTuple):
    """What the line explains once the rows from `start` on are moved `down`, and its fit."""

    share: int
    fit: Fit
    start: int
    down: int


def _best_moves(known: Known, expected: Sequence[int], after_gap: frozenset[int]) -> list[_Move]:
    """The best remainder to move down, up, and up into a gap."""
    up = _moves(known, expected, -1)
    lists = (_moves(known, expected, 1), up, [move for move in up if move.start in after_gap])
    return [max(moves, key=lambda move: move.share) for moves in lists if moves]


def _moves(known: Known, expected: Sequence[int], down: int) -> list[_Move]:
    """Every remainder long enough to be judged, moved in a direction."""
    count, last = len(known), len(expected) - 1
    total = sum(mark for _at, mark in known)
    own = _squares([mark for _at, mark in known])
    ones = sum(expected[at] for at, _mark in known)
    twos = sum(expected[at] ** 2 for at, _mark in known)
    both = sum(mark * expected[at] for at, mark in known)
    moves: list[_Move] = []
    for n in range(count - 1, -1, -1):
        at, mark = known[n]
        was, now = expected[at], expected[min(max(at + down, 0), last)]
        ones, twos, both = ones + now - was, twos + now * now - was * was, both + mark * (now - was)
        squares, mixed = count * twos - ones * ones, count * both - total * ones
        if count - n >= MOVED and mixed > 0 and at + down >= 0:
            share = mixed * mixed * _PARTS // squares
            moves.append(_Move(share, Fit(count, own, squares, mixed), at, down))
    return moves


def _surely(now: Fit, moved: Fit) -> bool:
    """Whether the moved column is `CERTAIN` times likelier, squared."""
    (a, b), (c, d) = now.left, moved.left
    ratio = a * d * _PARTS // max(1, b * c)
    surely: bool = ratio**now.size >= CERTAIN * _PARTS**now.size
    return surely


def _helped(known: Known, expected: Sequence[int], start: int, down: int) -> int:
    """How many marks stand nearer to what the row they would move to lets expect, all about their means."""
    count, last = len(known), len(expected) - 1
    total = sum(mark for _at, mark in known)
    number = 0
    for at, mark in known:
        own = (mark * count - total) * FINE // count
        number += at >= start and abs(own - expected[min(max(at + down, 0), last)]) < abs(own - expected[at])
    return number


def expectation(page: Page, place: int) -> list[int]:
    """For every row how far the pupil's other marks stand from the means of their columns, in hundredths of a tenth.

    A row without other marks expects the middle.
    """
    sums = [0] * len(page)
    counts = [0] * len(page)
    for column in range(len(page[0]) if page else 0):
        cells = [(at, mark) for at, row in enumerate(page) if (mark := row[column]) is not None]
        if column == place or not cells:
            continue
        total = sum(mark for _at, mark in cells)
        for at, mark in cells:
            sums[at] += (mark * len(cells) - total) * FINE // len(cells)
            counts[at] += 1
    return [number // count if count else 0 for number, count in zip(sums, counts, strict=True)]


def unordered(page: Page, place: int) -> tuple[int, ...]:
    """The rows of a column that does not go with the pupils' other marks although all the other columns do with each other; else ()."""
    own = _relation(page, place)
    if own is None or own.own == 0 or own.relates(ORDER_NONE):
        return ()
    others = [_relation(page, other, besides=place) for other in range(len(page[0])) if other != place]
    fits = [fit for fit in others if fit is not None]
    if len(fits) < 2 or not all(fit.relates(ORDER_GOOD) for fit in fits):
        return ()
    return tuple(at for at, row in enumerate(page) if row[place] is not None)


def _relation(page: Page, place: int, *, besides: int = -1) -> Fit | None:
    """How a column goes with the others, one of them left out; None below fifteen marks."""
    rows = [tuple(mark for n, mark in enumerate(row) if n != besides) for row in page]
    at = place - (0 <= besides < place)
    pairs = [
        (row[at], aim) for row, aim in zip(rows, expectation(rows, at), strict=True) if row[at] is not None
    ]
    if len(pairs) < KNOWN:
        return None
    return _fit([mark or 0 for mark, _aim in pairs], [aim for _mark, aim in pairs])


def _fit(marks: Sequence[int], aims: Sequence[int]) -> Fit:
    count = len(marks)
    both = count * sum(m * a for m, a in zip(marks, aims, strict=True)) - sum(marks) * sum(aims)
    return Fit(count, _squares(marks), _squares(aims), both)


def _squares(numbers: Sequence[int]) -> int:
    return len(numbers) * sum(number * number for number in numbers) - sum(numbers) ** 2
