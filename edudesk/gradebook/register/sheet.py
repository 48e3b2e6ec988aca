"""One page of the class's register: a subject and a term with every pupil's cells, ready for a grid or a paper."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from edudesk.gradebook.register.locks import ClassLocks
from edudesk.gradebook.register.roll import TERMS, YEAR, Course, Roll, read_roll
from edudesk.gradebook.rules.locks import lock_words
from edudesk.gradebook.rules.marks import Mark, TermResult
from edudesk.gradebook.rules.slots import (
    content_name,
    content_of,
    slot_head,
    slot_label,
    slot_short,
)
from edudesk.kernel.change import Step
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.slice_tables import many
from edudesk.students.store import Pupil

Marks = dict[tuple[int, str], Mark]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of cells: its `slot`, heading, short name and weight in the average.

    `topics` holds the cụm chuyên đề; `named` has a heading of its own, which is no kind of assessment.
    `content` names the part of the subject it is for, "" for all of it.
    """

    slot: str
    label: str
    short: str
    weight: int
    topics: bool = False
    named: bool = False
    content: str = ""

    @property
    def head(self) -> str:
        """The heading without the content, which stands under it."""
        return slot_head(self.slot) if self.content else self.label


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A pupil's line. `owes` is False for one who left before the end of the term.

    `marks` stand in the order of the columns; `result` is the term's (or the year's) average in tenths, D, CD, or
    None while `missing` (slots) are owed; `terms` the results of both terms, `year` that of the year. `locks` say in
    the order of the columns who locked a cell and why, "" where it may be written; () when nothing is locked.
    `comment_lock` says the same of the comment.
    """

    pupil_id: str
    number: int | None
    name: str
    left_on: str | None
    owes: bool
    marks: tuple[Mark, ...]
    result: int | str | None
    missing: tuple[str, ...]
    terms: tuple[int | str | None, ...]
    year: int | str | None
    comment: str
    locks: tuple[str, ...] = ()
    comment_lock: str = ""

    def lock(self, place: int) -> str:
        """Who locked the cell of a column and why; "" while it may be written."""
        return self.locks[place] if self.locks else ""


@dataclass(frozen=True, slots=True)
class ClassSheet:
    """A subject of a class in a term: term 0 is the year, whose columns are the two terms and cannot be written."""

    roll: Roll
    course: Course
    term: int
    columns: tuple[SheetColumn, ...]
    lines: tuple[SheetLine, ...]

    @property
    def owing(self) -> int:
        """How many pupils marks are expected of."""
        return sum(line.owes for line in self.lines)

    def filled(self, slot: str) -> int:
        """How many of them hold a mark in the column."""
        return sum(line.owes and slot not in line.missing for line in self.lines)

    def locked(self, place: int) -> bool:
        """Whether every cell of the column is locked."""
        return bool(self.lines) and all(line.lock(place) for line in self.lines)

    @property
    def stored(self) -> dict[tuple[str, str], Mark]:
        """Every mark as it stands, by pupil and slot."""
        return {
            (line.pupil_id, column.slot): mark
            for line in self.lines
            for column, mark in zip(self.columns, line.marks, strict=True)
        }

    @property
    def complete(self) -> bool:
        """Whether nothing is owed."""
        return not any(line.owes and line.missing for line in self.lines)


def class_sheet(db: Database, class_id: str, code: str, term: int) -> ClassSheet:
    """The page of a subject and term (1, 2, or 0 for the year): only pupils who take the subject.

    Raises Refused CLASS_UNKNOWN, SUBJECT_NOT_TAUGHT, NO_REGULATION.
    """
    roll = read_roll(db, class_id)
    course = roll.course(code)
    marks, comments = _marks(db, roll, code), _comments(db, roll, code, term)
    locks = ClassLocks(db, roll)
    lines = tuple(
        replace(
            _line(roll, course, term, pupil, (marks.get(pupil.id, {}), comments.get(pupil.id, ""))),
            locks=_locks(locks, course, term, pupil),
            comment_lock=lock_words(locks.comment(pupil.id, code, term)) if term != YEAR else "",
        )
        for pupil in roll.pupils
        if roll.takes(pupil.id, course)
    )
    return ClassSheet(roll, course, term, _columns(roll, course, term), lines)


def sheet_after(db: Database, sheet: ClassSheet, step: Step) -> ClassSheet:
    """The page after a Step of marks alone: the lines of its pupils are read anew, the others stay as they are.

    Typing down a column asks for nothing else, and reading the whole class at every key would be felt.
    """
    marked = many(db.all, "select pupil_id from mark where id in", step.rows("mark"))
    touched = {str(pupil) for (pupil,) in marked} & {line.pupil_id for line in sheet.lines}
    roll, marks = sheet.roll, _marks(db, sheet.roll, sheet.course.code, only=touched)
    pupils = {pupil.id: pupil for pupil in roll.pupils}

    def again(line: SheetLine) -> SheetLine:
        row = marks.get(line.pupil_id, {}), line.comment
        fresh = _line(roll, sheet.course, sheet.term, pupils[line.pupil_id], row)
        return replace(fresh, locks=line.locks, comment_lock=line.comment_lock)

    return replace(
        sheet, lines=tuple(again(line) if line.pupil_id in touched else line for line in sheet.lines)
    )


def _locks(locks: ClassLocks, course: Course, term: int, pupil: Pupil) -> tuple[str, ...]:
    if term == YEAR or not locks:
        return ()
    register_locks = [locks.against(pupil.id, course.code, term, slot) for slot in course.slots]
    return tuple(map(lock_words, register_locks)) if any(register_locks) else ()


def _columns(roll: Roll, course: Course, term: int) -> tuple[SheetColumn, ...]:
    how = course.assessment
    if term == YEAR:
        weights = how.year_weights(roll.law)
        names = (_("HK I"), _("HK II"))
        return tuple(
            SheetColumn(f"hk{n}", names[n - 1], names[n - 1], weights[n - 1], named=True) for n in TERMS
        )
    return tuple(
        SheetColumn(
            slot,
            course.label(slot),
            slot_short(slot),
            how.weight(slot, roll.law),
            topics=course.topics and slot == course.last_regular,
            named=slot in how.labels,
            content=content_name(content_of(slot)),
        )
        for slot in course.slots
    )


def _line(roll: Roll, course: Course, term: int, pupil: Pupil, row: tuple[Marks, str]) -> SheetLine:
    marks, comment = row
    results = [_term(roll, course, marks, n) for n in TERMS]
    values = tuple(result.value for result in results)
    year = year_value(roll, course, values)
    missing = (
        tuple(f"hk{n}" for n in TERMS if values[n - 1] is None) if term == YEAR else results[term - 1].missing
    )
    shown = values if term == YEAR else tuple(marks.get((term, slot)) for slot in course.slots)
    owes = roll.owes(pupil, term)
    return SheetLine(
        pupil_id=pupil.id,
        number=pupil.number,
        name=pupil.name,
        left_on=pupil.left_on,
        owes=owes,
        marks=shown,
        result=year if term == YEAR else values[term - 1],
        missing=missing if owes else (),
        terms=values,
        year=year,
        comment=comment,
    )


def _term(roll: Roll, course: Course, marks: Marks, term: int) -> TermResult:
    by_slot = {slot: marks.get((term, slot)) for slot in course.slots}
    return course.assessment.term(course.slots, by_slot, roll.law)


def year_value(roll: Roll, course: Course, terms: tuple[int | str | None, ...]) -> int | str | None:
    """The year's result of a subject from those of its terms; None unless both are there."""
    first, second = terms
    if first is None or second is None:
        return None
    return course.assessment.year(first, second, roll.law)


_MARKS = (
    "select pupil_id, term, slot, value from mark where year = ? and code = ? and gone = 0 and pupil_id in"
)
_OF_CLASS = "(select pupil_id from enrolment where class_id = ? and gone = 0)"


def _marks(db: Database, roll: Roll, code: str, *, only: Collection[str] | None = None) -> dict[str, Marks]:
    """pupil → (term, slot) → mark, of the class or of some pupils alone."""
    which = _OF_CLASS if only is None else f"({', '.join('?' * len(only))})"
    who = (roll.class_id,) if only is None else tuple(only)
    by_pupil: dict[str, Marks] = {}
    for pupil, term, slot, value in db.all(f"{_MARKS} {which}", (roll.year, code, *who)):
        by_pupil.setdefault(pupil, {})[term, slot] = value
    return by_pupil


def _comments(db: Database, roll: Roll, code: str, term: int) -> dict[str, str]:
    rows = db.all(
        """select pupil_id, text from subject_comment where year = ? and code = ? and term = ? and gone = 0
        and pupil_id in (select pupil_id from enrolment where class_id = ? and gone = 0)""",
        (roll.year, code, term, roll.class_id),
    )
    return {pupil: text or "" for pupil, text in rows}


def read_subject_comments(db: Database, roll: Roll, term: int) -> dict[tuple[str, str], str]:
    """(pupil, subject) → what the subject's teacher says in a term, of a whole class."""
    rows = db.all(
        f"""select pupil_id, code, text from subject_comment where year = ? and term = ? and gone = 0
        and pupil_id in {_OF_CLASS}""",
        (roll.year, term, roll.class_id),
    )
    return {(pupil, code): text or "" for pupil, code, text in rows}


def column_name(slot: str) -> str:
    """A column in a sentence: "ĐĐGck", or "HK I" on the page of the year."""
    return {"hk1": _("HK I"), "hk2": _("HK II")}.get(slot) or slot_label(slot)
