"""Finds anomalies in a page of marks: a mark far off, a column shifted by a row, marks swapped.

Pure: a page is rows of cells in whole tenths (None where no number stands), rows in the order they are typed down.
Every statistic is reckoned in whole numbers. How often each asks for nothing and how often it finds an anomaly that was
made on purpose is measured by `packaging/benchmarks/alarms.py`; the thresholds below were chosen by its figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.shifts import Page, Row, moved, unordered

FAR = 30  # tenths from the pupil's own mean from which a mark is worth a second look
LOW = 35  # tenths below which a mark is noted, quietly
ENOUGH = 10  # marks a column must hold before the whole of it is judged
RUN = 6  # equal marks one below the other
RUN_SPREAD = 15  # tenths between the best and the weakest of those pupils, by their other marks
SWAP_OFF, SWAP_FIT = 20, 10  # tenths: how far off both marks stand now, how near they would stand
SWAP_USUAL = 4  # times as far off as marks of this column usually stand
REPLACED = 3  # marks of an earlier day changed in one sitting


@dataclass(frozen=True, slots=True)
class Question:
    """Something to look at again in column `place`, in `rows` (of the page).

    `code` FAR, EQUAL_COLUMN, RUN, SHIFTED, SWAPPED, ORDER, REPLACED or LOW. `other` is the column it equals, or +1
    when the rows from the first on belong one row lower, −1 when higher. `numbers` are what the sentence tells:
    tenths, or counts.
    """

    code: str
    place: int
    rows: tuple[int, ...]
    other: int = 0
    numbers: tuple[int, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it is asked; LOW is only noted in the cell."""
        return self.code != "LOW"


def column_questions(page: Page, place: int, *, full: bool, width: int) -> tuple[Question, ...]:
    """What the whole of a column raises, gravest first: at most one of its order, equals, runs.

    Columns from `width` on are only compared with (the results of last term). Judged once it is full or holds ten.
    """
    marks = [row[place] for row in page]
    if not full and sum(mark is not None for mark in marks) < ENOUGH:
        return ()
    order = shifted(page, place) or mixed_up(page, place)
    questions = [order, equal_column(page, place, width=width), run(page, place)]
    swaps = () if order else swapped(page, place)
    return (*(question for question in questions if question is not None), *swaps)


def cell_questions(page: Page, *, width: int) -> tuple[Question, ...]:
    """Every mark of the page that stands far from its pupil's others, or is very low."""
    questions = []
    for at, row in enumerate(page):
        known = [mark for mark in row if mark is not None]
        count, total = len(known) - 1, sum(known)
        for place, mark in enumerate(row[:width]):
            if mark is None:
                continue
            if count > 1 and abs(mark * count - total + mark) > FAR * count:
                mean = (2 * (total - mark) + count) // (2 * count)
                questions.append(Question("FAR", place, (at,), numbers=(mark, mean)))
            elif mark < LOW:
                questions.append(Question("LOW", place, (at,), numbers=(mark,)))
    return tuple(questions)


# -- single marks


def replaced(before: Page, now: Page, place: int) -> Question | None:
    """Marks that stood in the column when the page was opened and are others now, three at least."""
    rows = tuple(
        at
        for at, (old, new) in enumerate(zip(before, now, strict=True))
        if old[place] is not None and old[place] != new[place]
    )
    return Question("REPLACED", place, rows, numbers=(len(rows),)) if len(rows) >= REPLACED else None


def swapped(page: Page, place: int) -> tuple[Question, ...]:
    """Neighbours whose marks stand far from their own other marks, and near the other's, in opposite directions."""
    cells = [(row[place], _others(row, place)) for row in page]
    usual = sorted(abs(mark - mean) for mark, mean in cells if mark is not None and mean is not None)
    least = max(SWAP_OFF, SWAP_USUAL * usual[len(usual) // 2]) if usual else SWAP_OFF
    questions = []
    for at, ((a, mean_a), (b, mean_b)) in enumerate(pairwise(cells)):
        if a is None or b is None or mean_a is None or mean_b is None:
            continue
        off, fit = (a - mean_a, b - mean_b), (a - mean_b, b - mean_a)
        opposite = min(map(abs, off)) >= least and (off[0] > 0) != (off[1] > 0)
        if opposite and max(map(abs, fit)) <= SWAP_FIT:
            questions.append(Question("SWAPPED", place, (at, at + 1), numbers=(a, mean_a, b, mean_b)))
    return tuple(questions)


def _others(row: Row, place: int) -> int | None:
    """The mean of a pupil's other marks, two at least."""
    others = [mark for n, mark in enumerate(row) if mark is not None and n != place]
    return _mean(others) if len(others) > 1 else None


def _mean(marks: Sequence[int]) -> int:
    return (2 * sum(marks) + len(marks)) // (2 * len(marks))


# -- the whole column


def equal_column(page: Page, place: int, *, width: int) -> Question | None:
    """Another column with the same marks: at most one of ten differs, and they are not all the same few marks."""
    for other in range(width):
        pairs = [(row[place], row[other]) for row in page]
        both = [(a, b) for a, b in pairs if a is not None and b is not None]
        differ = sum(a != b for a, b in both)
        if other == place or len(both) < ENOUGH or differ * 10 > len(both):
            continue
        if len({a for a, _b in both}) * 3 >= ENOUGH:
            rows = tuple(at for at, (a, b) in enumerate(pairs) if a is not None and a == b)
            return Question("EQUAL_COLUMN", place, rows, other, (len(rows), len(both)))
    return None


def run(page: Page, place: int) -> Question | None:
    """Six equal marks or more one below the other, of pupils whose other marks are not alike. Ten is no anomaly."""
    start = 0
    for mark, group in groupby(row[place] for row in page):
        count = len(list(group))
        rows = tuple(range(start, start + count))
        start += count
        if mark in (None, 100) or count < RUN:
            continue
        means = [mean for at in rows if (mean := _others(page[at], place)) is not None]
        if not means or max(means) - min(means) >= RUN_SPREAD:
            return Question("RUN", place, rows, numbers=(count, mark or 0))
    return None


def shifted(page: Page, place: int) -> Question | None:
    """The row from which the column goes with the pupils' other marks far better when moved by one row."""
    move = moved(page, place)
    if move is None:
        return None
    return Question("SHIFTED", place, move.rows, move.down, (len(move.rows), move.helped))


def mixed_up(page: Page, place: int) -> Question | None:
    """A column that does not go with the pupils' other marks although all the other columns do with each other."""
    rows = unordered(page, place)
    return Question("ORDER", place, rows, numbers=(len(rows),)) if rows else None


def mended(column: Sequence[Mark], question: Question) -> dict[int, Mark] | None:
    """What each row of the column (with its letters) would hold if SHIFTED or SWAPPED were put right.

    None where something that stands there would be lost.
    """
    first = question.rows[0]
    if question.code == "SWAPPED":
        return {first: column[first + 1], first + 1: column[first]}
    if column[-1 if question.other > 0 else first - 1] is not None:
        return None
    if question.other > 0:
        return {first: None, **{at + 1: column[at] for at in range(first, len(column) - 1)}}
    return {**{at - 1: column[at] for at in range(first, len(column))}, len(column) - 1: None}
