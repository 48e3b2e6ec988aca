"""What a column of marks looks like at a glance: histogram, middle, spread, bands. Pure; marks are whole tenths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

from edudesk.gradebook.rules import read_typed
from edudesk.kernel.numbers import half_up, show_tenths

BANDS = ((80, 100), (65, 79), (50, 64), (0, 49))
FAR = 30  # tenths from the pupil's own mean from which a mark is worth a second look


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
    """The figures of one column; the spread is the standard deviation of the marks."""
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


def is_far(mark: int, others: Sequence[int]) -> bool:
    """Whether a mark stands more than three points from the mean of the pupil's other marks (two at least)."""
    return len(others) > 1 and abs(mark * len(others) - sum(others)) > FAR * len(others)


def ghost(text: str) -> str:
    """How two digits typed without a comma will be read: 85 is 8,5. "" for what is read just as it stands."""
    if not (len(text) == 2 and text.isascii() and text.isdigit()) or text == "10":
        return ""
    value = read_typed(text)
    return show_tenths(value) if isinstance(value, int) else ""


def likely(text: str) -> tuple[str, ...]:
    """The marks somebody probably meant by a text that was refused: 7,25 is 7,3 or 7,2; 725 the same."""
    whole, _comma, rest = text.strip().replace(".", ",").partition(",")
    if not rest and whole.isdigit() and len(whole) == 3 and whole != "100":
        whole, rest = whole[0], whole[1:]
    if not (whole.isdigit() and rest.isdigit() and len(whole) <= 2 and len(rest) > 1) or int(whole) > 9:
        return ()
    below = int(whole) * 10 + int(rest[0])
    up, down = (below + 1, below)
    first = (up, down) if rest[1] >= "5" else (down, up)
    return tuple(show_tenths(mark) for mark in first if mark <= 100)
