"""The figures of a column of marks: histogram, median, spread, bands. Marks are whole tenths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt

from edudesk.kernel.numbers import half_up, show_tenths

BANDS = ((80, 100), (65, 79), (50, 64), (0, 49))


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts per bin and band; mean, median and spread in tenths, None without marks."""

    count: int
    bins: tuple[int, ...]
    bands: tuple[int, ...]
    mean: int | None
    median: int | None
    spread: int | None


def figures(marks: Sequence[int]) -> Figures:
    """The figures of one column; the spread is the standard deviation of the marks.

    Kept, because a page asks for all its columns at every key and only one of them is another.
    """
    return _figures(tuple(marks))


@lru_cache(maxsize=256)
def _figures(marks: tuple[int, ...]) -> Figures:
    bins = [0] * 10
    for mark in marks:
        bins[min(mark // 10, 9)] += 1
    bands = tuple(sum(low <= mark <= high for mark in marks) for low, high in BANDS)
    count = len(marks)
    if not count:
        return Figures(0, tuple(bins), bands, None, None, None)
    ordered = sorted(marks)
    middle = half_up(ordered[(count - 1) // 2] + ordered[count // 2], 2)
    return Figures(count, tuple(bins), bands, half_up(sum(marks), count), middle, _spread(marks))


def _spread(marks: Sequence[int]) -> int:
    """Standard deviation in tenths, rounded half up, by whole numbers alone."""
    count = len(marks)
    squares = count * sum(mark * mark for mark in marks) - sum(marks) ** 2
    return half_up(isqrt(100 * squares // (count * count)), 10)


def band_name(place: int) -> str:
    """“6,5 – 7,9” for a band of `BANDS`."""
    low, high = BANDS[place]
    return f"{show_tenths(low)} – {show_tenths(high)}"
