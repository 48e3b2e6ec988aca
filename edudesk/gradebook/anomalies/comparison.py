"""Compares a column with the parallel classes and with the pupils' earlier marks."""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.gradebook.register.sheet import ClassSheet, SheetLine
from edudesk.gradebook.rules.figures import figures
from edudesk.kernel.words import _
from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """The marks of a column in one class: how many, mean and median in tenths (None without marks)."""

    class_id: str
    name: str
    count: int
    mean: int | None
    median: int | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the same pupils had before: its heading and mean in tenths."""

    label: str
    mean: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`classes` of the grade in the school's order, `own` among them; `grade` is all of them together."""

    classes: tuple[ClassFigures, ...]
    grade: ClassFigures
    own: str
    earlier: tuple[Earlier, ...]

    @property
    def parallel(self) -> bool:
        """Whether there is another class that has marks to compare with."""
        return any(numbers.count for numbers in self.classes if numbers.class_id != self.own)


def compare_column(db: Database, sheet: ClassSheet, place: int) -> Comparison:
    """The same cells (year, term, subject, slot) of every class of the grade, by one query; marks of who left, too.

    What the pupils had before stands on the page already: the column at the left, the first term's average.
    """
    roll, slot = sheet.roll, sheet.columns[place].slot
    found: dict[str, tuple[str, list[int]]] = {}
    for class_id, name, value in db.all(
        """select c.id, c.name, m.value from school_class c
        left join enrolment e on e.class_id = c.id and e.gone = 0
        left join mark m on m.pupil_id = e.pupil_id and m.year = c.year and m.code = ? and m.term = ?
        and m.slot = ? and m.gone = 0
        where c.year = ? and c.grade = ? and c.gone = 0 order by c.position, length(c.name), c.name""",
        (sheet.course.code, sheet.term, slot, roll.year, roll.grade),
    ):
        marks = found.setdefault(class_id, (name, []))[1]
        if isinstance(value, int):
            marks.append(value)
    classes = tuple(_figures(class_id, name, marks) for class_id, (name, marks) in found.items())
    everybody = [mark for _name, marks in found.values() for mark in marks]
    whole = _figures("", _("Khối {grade}").format(grade=roll.grade), everybody)
    return Comparison(classes, whole, roll.class_id, _earlier(sheet, place))


def _figures(class_id: str, name: str, marks: list[int]) -> ClassFigures:
    own = figures(marks)
    return ClassFigures(class_id, name, own.count, own.mean, own.median)


def _earlier(sheet: ClassSheet, place: int) -> tuple[Earlier, ...]:
    """The nearest column at the left that holds marks, and in the second term the average of the first."""
    earlier = []
    for at in range(place - 1, -1, -1):
        mean = _mean([line.marks[at] for line in _owing(sheet)])
        if mean is not None:
            earlier.append(Earlier(sheet.columns[at].label, mean))
            break
    if sheet.term == 2:
        mean = _mean([line.terms[0] for line in _owing(sheet)])
        earlier += [Earlier(_("ĐTBmhk I"), mean)] if mean is not None else []
    return tuple(earlier)


def _owing(sheet: ClassSheet) -> list[SheetLine]:
    return [line for line in sheet.lines if line.owes]


def _mean(marks: list[int | str | None]) -> int | None:
    return figures([mark for mark in marks if isinstance(mark, int)]).mean
