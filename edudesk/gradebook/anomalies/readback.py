"""Reads back a typed column: its figures, the highest and lowest marks, the questions it raises."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from edudesk.gradebook.anomalies.questions import MarkQuestion, of_column, sheet_questions, typed_lines
from edudesk.gradebook.register.sheet import ClassSheet, SheetColumn, SheetLine
from edudesk.gradebook.rules.figures import Figures, figures
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.slots import is_test
from edudesk.kernel import clock
from edudesk.storage.database import Database

CHECKED = "gradebook.checked"
MOST_CHECKED = 600  # columns remembered on this PC, the oldest forgotten first
ENDS = 5  # names at each end
MUCH = 20  # tenths from which a mark rose or fell against the column before


@dataclass(frozen=True, slots=True)
class Against:
    """The column before this one: its heading and mean in tenths; how many rose and fell by more than two points."""

    label: str
    mean: int
    rose: int
    fell: int


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A column of a page. `lines` owe a mark, in the order of the register; `best` and `worst` are five at most.

    `read` is None for a column of comments or levels, and `before` where there is no column to compare with.
    """

    sheet: ClassSheet
    column: SheetColumn
    place: int
    lines: tuple[SheetLine, ...]
    read: Figures | None
    best: tuple[SheetLine, ...]
    worst: tuple[SheetLine, ...]
    before: Against | None
    questions: tuple[MarkQuestion, ...]

    def mark(self, line: SheetLine) -> Mark:
        """What a pupil holds in the column."""
        return line.marks[self.place]

    @property
    def missing(self) -> int:
        """How many marks are still owed."""
        return sum(self.column.slot in line.missing for line in self.lines)


def read_back(sheet: ClassSheet, place: int) -> ReadBack:
    """Gather it from the page that is open: asks the database nothing."""
    lines = typed_lines(sheet)
    scored = [line for line in lines if _number(line, place) is not None]
    ranked = sorted(scored, key=lambda line: -(_number(line, place) or 0))
    column = sheet.columns[place]
    numbered = sheet.course.kind == CourseKind.SCORE or is_test(column.slot)
    return ReadBack(
        sheet=sheet,
        column=column,
        place=place,
        lines=lines,
        read=figures([_number(line, place) or 0 for line in scored]) if numbered else None,
        best=tuple(ranked[:ENDS]),
        worst=tuple(ranked[-ENDS:][::-1]),
        before=_against(sheet, place, lines) if numbered else None,
        questions=of_column(sheet_questions(sheet, place), column.slot),
    )


def _number(line: SheetLine, place: int) -> int | None:
    mark = line.marks[place]
    return mark if isinstance(mark, int) else None


def _against(sheet: ClassSheet, place: int, lines: tuple[SheetLine, ...]) -> Against | None:
    """Against the nearest column at the left that holds marks."""
    for other in range(place - 1, -1, -1):
        mean = figures([mark for line in lines if (mark := _number(line, other)) is not None]).mean
        if mean is None:
            continue
        pairs = [(_number(line, other), _number(line, place)) for line in lines]
        rises = [new - old for old, new in pairs if old is not None and new is not None]
        rose, fell = sum(number > MUCH for number in rises), sum(number < -MUCH for number in rises)
        return Against(sheet.columns[other].label, mean, rose, fell)
    return None


# -- that somebody has read it back


def checked_on(db: Database, sheet: ClassSheet, place: int) -> dt.date | None:
    """The day the column was read back on this PC, while its marks are those that were read; else None."""
    checked = db.local(CHECKED, {}).get(_key(sheet, place))
    return dt.date.fromisoformat(checked[0]) if checked and checked[1] == _digest(sheet, place) else None


def note_checked(db: Database, sheet: ClassSheet, place: int, *, day: dt.date | None = None) -> None:
    """Remember on this PC that the column was read back, today unless a day is given."""
    when = (day or clock.today()).isoformat()
    checks = {**db.local(CHECKED, {}), _key(sheet, place): [when, _digest(sheet, place)]}
    db.set_local(CHECKED, dict(list(checks.items())[-MOST_CHECKED:]))


def _key(sheet: ClassSheet, place: int) -> str:
    return f"{sheet.roll.class_id}|{sheet.course.code}|{sheet.term}|{sheet.columns[place].slot}"


def _digest(sheet: ClassSheet, place: int) -> str:
    text = "|".join(f"{line.pupil_id}={line.marks[place]}" for line in sheet.lines)
    return sha256(text.encode()).hexdigest()[:16]
