"""Counting results: bands of marks, shares that make a hundred, and how one group stands beside another.

The bands are the school's own unless a circular says them; TT 22/2021 has levels, not bands of averages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import HIGHEST, show_tenths
from edudesk.kernel.words import _

USUAL_BANDS = (
    80,
    65,
    50,
    35,
)  # tenths from which a band begins, the best first; what is below is the last band
ENOUGH = 50  # tenths from which a band counts as reached (“trung bình trở lên”)
MOST_BANDS = 6
WHOLE = 1000  # 100,0 %


@dataclass(frozen=True, slots=True)
class Band:
    """Averages or marks from `low` to `high`, both included, in tenths."""

    low: int
    high: int

    @property
    def key(self) -> str:
        """What the band is called in data."""
        return f"band{self.low}"

    @property
    def label(self) -> str:
        """“≥ 8,0”, “6,5–7,9”, “< 3,5”."""
        if self.high == HIGHEST:
            return f"≥ {show_tenths(self.low)}"
        return (
            f"{show_tenths(self.low)}–{show_tenths(self.high)}"
            if self.low
            else f"< {show_tenths(self.high + 1)}"
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each category, in its order, and of how many nothing is known yet."""

    counts: tuple[int, ...]
    missing: int = 0

    @property
    def total(self) -> int:
        """Everybody who is owed a result."""
        return sum(self.counts) + self.missing

    @property
    def shares(self) -> tuple[int, ...]:
        """The shares of the categories and, last, of what is missing, in tenths of a percent."""
        return shares((*self.counts, self.missing))

    def reached(self, good: int) -> int | None:
        """The share of the first `good` categories among those whose result is known; None without any."""
        known = sum(self.counts)
        return shares((sum(self.counts[:good]), sum(self.counts[good:])))[0] if known else None

    def __add__(self, other: Tally) -> Tally:
        """Both groups together."""
        summed = tuple(a + b for a, b in zip(self.counts, other.counts, strict=True))
        return Tally(summed, self.missing + other.missing)


def bands(starts: Sequence[int] = USUAL_BANDS) -> tuple[Band, ...]:
    """The bands that begin at these tenths, the best first. Raises Refused STATISTICS_BANDS."""
    falling = all(number > other for number, other in pairwise(starts))
    if not starts or len(starts) >= MOST_BANDS or not falling or not (starts[0] < HIGHEST and starts[-1] > 0):
        message = _("Các mốc điểm phải giảm dần, từ dưới 10 đến trên 0, nhiều nhất {n} mốc.")
        step = _("Ghi như 8,0; 6,5; 5,0; 3,5.")
        raise Refused(Problem("STATISTICS_BANDS", message.format(n=MOST_BANDS - 1), next=step))
    lows = (*starts, 0)
    highs = (HIGHEST, *(start - 1 for start in starts))
    return tuple(Band(low, high) for low, high in zip(lows, highs, strict=True))


def band_of(mark: int, among: Sequence[Band]) -> int:
    """The place of the band a mark falls into."""
    return next(place for place, band in enumerate(among) if mark >= band.low)


def reached_bands(among: Sequence[Band]) -> int:
    """How many of the bands, from the best, begin at 5,0 or above."""
    return sum(band.low >= ENOUGH for band in among)


def tally(numbers: Iterable[int | None], categories: int) -> Tally:
    """Count the places of categories; None is what is not known yet."""
    counted = Counter(numbers)
    return Tally(tuple(counted[place] for place in range(categories)), counted[None])


def shares(counts: Sequence[int], whole: int = WHOLE) -> tuple[int, ...]:
    """Whole shares that add up to `whole`: what rounding leaves goes to the largest remainders, the first of equals.

    Noughts where nothing was counted.
    """
    total = sum(counts)
    if not total:
        return (0,) * len(counts)
    parts = [divmod(count * whole, total) for count in counts]
    left = whole - sum(part for part, _rest in parts)
    most = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[:left]
    return tuple(part + (place in most) for place, (part, _rest) in enumerate(parts))
