"""Finds the least marks in one subject's open cells that bring it to an average, or to Đạt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, product

from edudesk.gradebook.rules.assessment import assessment_of
from edudesk.gradebook.rules.marks import (
    PASSED,
    Mark,
    comment_of_contents,
    is_owed,
    score_average,
    slot_weight,
    year_average,
)
from edudesk.gradebook.rules.regulation import CourseKind, Regulation
from edudesk.gradebook.rules.year import comment_year
from edudesk.kernel.numbers import HIGHEST

Cost = tuple[int, int, int]  # subjects and cells whose given marks change, tenths raised
CellKey = tuple[int, str]  # term and slot
Marks = Mapping[CellKey, Mark]
FREE: Cost = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class LiftCell:
    """A cell of a pupil: `open` when it may still be written."""

    term: int
    slot: str
    value: Mark
    open: bool

    @property
    def place(self) -> CellKey:
        """Term and slot."""
        return self.term, self.slot

    @property
    def owed(self) -> bool:
        """Whether its mark is still to come."""
        return self.open and is_owed(self.value)


@dataclass(frozen=True, slots=True)
class LiftSubject:
    """A subject with all its cells of a term, or of both terms for the year."""

    code: str
    kind: CourseKind
    cells: tuple[LiftCell, ...]


@dataclass(frozen=True, slots=True)
class Raise:
    """One subject of a lift: the average in tenths (or D) it needs, and the least mark in each cell that brings it."""

    code: str
    needs: int | str
    cells: Mapping[CellKey, int | str]


@dataclass(frozen=True, slots=True)
class LiftOption:
    """A way to bring a subject where it is wanted; `raised` is None when it is there already."""

    cost: Cost
    raised: Raise | None = None


# -- results


def closed_marks(subject: LiftSubject, regulation: Regulation) -> dict[CellKey, Mark]:
    """The marks as at closing, where what is owed counts as the regulation says (Điều 7)."""
    absent = assessment_of(subject.kind).absent(regulation)
    return {cell.place: absent if is_owed(cell.value) else cell.value for cell in subject.cells}


def result_of(subject: LiftSubject, marks: Marks, regulation: Regulation) -> int | str:
    """The subject's average in tenths, or D or CD, of a term or of the year."""
    terms = [dict(rows) for _term, rows in _by_term(marks)]
    if subject.kind == CourseKind.COMMENT:
        results = [comment_of_contents([str(value) for value in by_slot.values()]) for by_slot in terms]
        return results[0] if len(results) == 1 else comment_year(results[1])
    averages = [score_average(by_slot, regulation=regulation).value for by_slot in terms]
    return averages[0] if len(averages) == 1 else year_average(*averages, regulation=regulation).value


def _by_term(marks: Marks) -> Iterator[tuple[int, Iterator[tuple[str, Mark]]]]:
    for term, rows in groupby(sorted(marks, key=lambda place: place[0]), key=lambda place: place[0]):
        yield term, ((slot, marks[term, slot]) for _term, slot in rows)


# -- a comment


def to_pass(subject: LiftSubject, regulation: Regulation) -> LiftOption | None:
    """The cells that must become Đạt; None when one of them is closed. The year is its second term."""
    last = max(cell.term for cell in subject.cells)
    closed = closed_marks(subject, regulation)
    failed = [cell for cell in subject.cells if cell.term == last and closed[cell.place] != PASSED]
    if not failed:
        return LiftOption(FREE)
    if not all(cell.open for cell in failed):
        return None
    given = sum(not cell.owed for cell in failed)
    wanted: dict[CellKey, int | str] = {cell.place: PASSED for cell in failed}
    return LiftOption((min(given, 1), given, 0), Raise(subject.code, PASSED, wanted))


# -- a score


def to_reach(subject: LiftSubject, bound: int, regulation: Regulation) -> LiftOption | None:
    """The smallest change that brings the average to `bound` tenths; None when the open cells cannot."""
    if int(result_of(subject, closed_marks(subject, regulation), regulation)) >= bound:
        return LiftOption(FREE)
    given = [cell for cell in subject.cells if cell.open and not cell.owed]
    for size in range(len(given) + 1):
        rows = [
            (tenths, cells)
            for chosen in _choices(given, size, regulation)
            for tenths, cells in _fillings(subject, chosen, bound, regulation=regulation)
        ]
        if rows:
            tenths, cells = min(rows, key=lambda pair: pair[0])
            return LiftOption((min(size, 1), size, tenths), Raise(subject.code, bound, cells))
    return None


def _choices(given: Sequence[LiftCell], size: int, regulation: Regulation) -> Iterator[list[LiftCell]]:
    """Every choice of so many cells worth trying: of cells that weigh alike in a term the lowest go first, for they
    leave the most room."""

    def alike(cell: LiftCell) -> tuple[int, int]:
        return cell.term, slot_weight(cell.slot, regulation)

    ordered = sorted(given, key=lambda cell: (*alike(cell), int(cell.value or 0)))
    groups = [list(cells) for _key, cells in groupby(ordered, key=alike)]
    for counts in product(*(range(len(group) + 1) for group in groups)):
        if sum(counts) == size:
            yield [cell for group, n in zip(groups, counts, strict=True) for cell in group[:n]]


Filling = tuple[int, dict[CellKey, int | str]]


def _fillings(
    subject: LiftSubject, chosen: Sequence[LiftCell], bound: int, *, regulation: Regulation
) -> Iterator[Filling]:
    """The tenths and cells of every way: one bound for all owed marks, and the chosen cells raised as little as can be."""
    owed = [cell.place for cell in subject.cells if cell.owed]
    closed = {place: int(value or 0) for place, value in closed_marks(subject, regulation).items()}
    full = dict.fromkeys((cell.place for cell in chosen), HIGHEST)

    def best(least: int) -> int:
        return int(result_of(subject, {**closed, **dict.fromkeys(owed, least), **full}, regulation))

    bounds = range(HIGHEST + 1 if owed else 1)
    for least in bounds[bisect_left(bounds, bound, key=best) :]:
        marks = {**closed, **dict.fromkeys(owed, least)}
        raised = _least_raise(subject, marks, chosen, bound=bound, regulation=regulation)
        yield _tenths(raised, marks) + least * len(owed), {**dict.fromkeys(owed, least), **raised}
        if not chosen:
            return


def _least_raise(
    subject: LiftSubject,
    marks: Mapping[CellKey, int],
    chosen: Sequence[LiftCell],
    *,
    bound: int,
    regulation: Regulation,
) -> dict[CellKey, int]:
    """The chosen cells' new marks with the fewest tenths in all; ten in each of them is known to be enough."""
    terms = [list(cells) for _term, cells in groupby(subject.cells, key=lambda cell: cell.term)]
    ways = []
    for averages in _term_averages(bound, len(terms), regulation):
        spent = [
            _spend(cells, marks, chosen, average, regulation)
            for cells, average in zip(terms, averages, strict=True)
        ]
        if None not in spent:
            ways.append({place: value for part in spent if part for place, value in part.items()})
    return min(ways, key=lambda raised: _tenths(raised, marks))


def _tenths(raised: Mapping[CellKey, int], marks: Mapping[CellKey, int]) -> int:
    return sum(value - marks[place] for place, value in raised.items())


def _term_averages(bound: int, terms: int, regulation: Regulation) -> Iterator[tuple[int, ...]]:
    """The least averages of the terms that make `bound` together: for each of the first the least of the second."""
    if terms == 1:
        yield (bound,)
        return
    once, twice = regulation.year_weights
    wanted = _least_total(bound, once + twice)
    for first in range(HIGHEST + 1):
        second = max(0, -((once * first - wanted) // twice))
        if second <= HIGHEST:
            yield first, second


def _least_total(average: int, divisor: int) -> int:
    """The least sum whose quotient, rounded half up, is the average."""
    return -((divisor - 2 * divisor * average) // 2)


def _spend(
    cells: Sequence[LiftCell],
    marks: Mapping[CellKey, int],
    chosen: Sequence[LiftCell],
    average: int,
    regulation: Regulation,
) -> dict[CellKey, int] | None:
    """Raise the chosen cells of a term up to an average, the heaviest first: each tenth then brings the most."""
    weights = {cell.place: slot_weight(cell.slot, regulation) for cell in cells}
    total = sum(weight * marks[place] for place, weight in weights.items())
    gap = _least_total(average, sum(weights.values())) - total
    raised: dict[CellKey, int] = {}
    places = [cell.place for cell in chosen if cell.place in weights]
    for place in sorted(places, key=lambda place: -weights[place]):
        more = min(HIGHEST - marks[place], max(0, -(-gap // weights[place])))
        raised[place] = marks[place] + more
        gap -= more * weights[place]
    return raised if gap <= 0 else None
