"""Results of a class, or of the whole school, worked out from the marks when asked for; never stored.

A level is there only when everything it is made of is there; what is not there is named in `missing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from edudesk.gradebook.register.roll import TERMS, YEAR, Course, Roll, cells_named, read_rolls
from edudesk.gradebook.register.sheet import year_value
from edudesk.gradebook.register.stored_marks import Record, StoredValues, read_records, read_stored, reader
from edudesk.gradebook.rules.levels import Learning, learning
from edudesk.gradebook.rules.regulation import CourseKind, Family
from edudesk.gradebook.rules.year import conduct_year, promotion, title, with_title, year_outcome
from edudesk.kernel.errors import Refused
from edudesk.kernel.words import _
from edudesk.school.store import year_of_class
from edudesk.storage.database import Database
from edudesk.students.store import Pupil

Value = int | str | None


@dataclass(frozen=True, slots=True)
class PupilResult:
    """A pupil's results of a term or of the year.

    `averages` in tenths and `comments` D/CD by subject code, None while marks are owed; levels are codes or None.
    `adjusted_subject` caused a fall that clause 9.3 repaired from `base_learning`. `missing` says in words what is
    not there; `notes` what a person must decide. `owes` is False for one who left before the end.
    """

    pupil_id: str
    number: int | None
    name: str
    left_on: str | None
    owes: bool
    averages: Mapping[str, int | None]
    comments: Mapping[str, str | None]
    learning: str | None = None
    base_learning: str | None = None
    adjusted_subject: str | None = None
    conduct: str | None = None
    title: str | None = None
    promotion: str | None = None
    absent_excused: int = 0
    absent_unexcused: int = 0
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def adjusted(self) -> bool:
        return self.adjusted_subject is not None

    @property
    def absences(self) -> int:
        """Sessions missed, with and without leave."""
        return self.absent_excused + self.absent_unexcused

    def value(self, code: str) -> Value:
        """The average or comment of a subject; None when it is not there."""
        average = self.averages.get(code)
        return average if average is not None else self.comments.get(code)


@dataclass(frozen=True, slots=True)
class ClassResults:
    """The results of a class in a term (1, 2) or the year (0), pupils in the order of the register."""

    roll: Roll
    term: int
    pupils: tuple[PupilResult, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not any(result.owes and result.missing for result in self.pupils)


def class_results(db: Database, class_id: str, term: int) -> ClassResults:
    """The results of one class. Raises Refused CLASS_UNKNOWN, NO_REGULATION."""
    return _results(db, year_of_class(db, class_id), term, class_id=class_id)[0]


def school_results(db: Database, year: int, term: int) -> list[ClassResults]:
    """The results of every class that a regulation covers, in the school's order."""
    return _results(db, year, term, class_id=None)


def _results(db: Database, year: int, term: int, *, class_id: str | None) -> list[ClassResults]:
    rolls = read_rolls(db, year, class_id=class_id)
    stored, records = read_stored(db, year, term, class_id=class_id), read_records(db, year, class_id)
    all_results = []
    for roll in rolls:
        if roll.family is not Family.AVERAGES and class_id is None:
            continue
        judge = _SecondaryJudge(roll, term)
        lines = tuple(
            judge.pupil(pupil, stored.get(pupil.id, {}), records.get(pupil.id, {})) for pupil in roll.pupils
        )
        all_results.append(ClassResults(roll, term, lines))
    return all_results


# -- judging


class _SecondaryJudge:
    """Works out the results of one class: what its subjects ask is settled once, then pupil by pupil."""

    def __init__(self, roll: Roll, term: int) -> None:
        self._roll = roll
        self._term = term
        self._terms = TERMS if term == YEAR else (term,)
        self._readers = {course.code: reader(course, roll.regulation) for course in roll.courses}
        self._years: dict[tuple[str, Value, Value], Value] = {}

    def pupil(self, pupil: Pupil, values: StoredValues, records: Mapping[int, Record]) -> PupilResult:
        """One pupil's line."""
        roll = self._roll
        blank = PupilResult(
            pupil.id, pupil.number, pupil.name, pupil.left_on, roll.owes(pupil, self._term), {}, {}
        )
        if not blank.owes:
            return blank
        averages: dict[str, int | None] = {}
        comments: dict[str, str | None] = {}
        missing: list[str] = []
        for course in roll.courses:
            if not roll.takes(pupil.id, course):
                continue
            value = self._course(course, values, missing)
            if course.kind == CourseKind.COMMENT:
                comments[course.code] = None if value is None else str(value)
            else:
                averages[course.code] = None if value is None else int(value)
        return self._judged(blank, averages, comments, missing=missing, records=records)

    def _course(self, course: Course, stored: StoredValues, missing: list[str]) -> Value:
        values: list[Value] = []
        for term in self._terms:
            result = self._readers[course.code](stored.get((course.code, term)))
            values.append(result.value)
            if result.missing:
                missing.append(_missing(course, term, result.missing, named=self._term == YEAR))
        return values[0] if self._term != YEAR else self._year(course, *values)

    def _year(self, course: Course, first: Value, second: Value) -> Value:
        """The year's value of a subject; a class has the same two terms many times over."""
        terms = course.kind, first, second
        if terms not in self._years:
            self._years[terms] = year_value(self._roll, course, (first, second))
        return self._years[terms]

    def _judged(
        self,
        blank: PupilResult,
        averages: dict[str, int | None],
        comments: dict[str, str | None],
        *,
        missing: list[str],
        records: Mapping[int, Record],
    ) -> PupilResult:
        notes: list[str] = []
        learned = None if missing else self._learned(averages, comments, notes)
        conduct = self._conduct(records, missing)
        rows = [records[term] for term in self._terms if term in records]
        excused, unexcused = sum(row[1] for row in rows), sum(row[2] for row in rows)
        titled, outcome = self._year_end(
            averages, learned, conduct, absences=excused + unexcused, notes=notes
        )
        return replace(
            blank,
            averages=averages,
            comments=comments,
            learning=learned.level if learned else None,
            base_learning=learned.base_level if learned else None,
            adjusted_subject=learned.because if learned else None,
            conduct=conduct,
            title=titled,
            promotion=outcome,
            absent_excused=excused,
            absent_unexcused=unexcused,
            missing=tuple(missing),
            notes=tuple(notes),
        )

    def _learned(
        self, averages: Mapping[str, int | None], comments: Mapping[str, str | None], notes: list[str]
    ) -> Learning | None:
        counted = {course.code for course in self._roll.courses if course.counted}
        scores = {code: value for code, value in averages.items() if value is not None and code in counted}
        results = {code: value for code, value in comments.items() if value is not None and code in counted}
        try:
            return learning(scores, results, regulation=self._roll.regulation)
        except Refused as refusal:
            notes.append(refusal.sentence)
            return None

    def _conduct(self, records: Mapping[int, Record], missing: list[str]) -> str | None:
        conducts = [records.get(term, (None, 0, 0))[0] for term in self._terms]
        for term, conduct in zip(self._terms, conducts, strict=True):
            if conduct is None:
                missing.append(_("thiếu rèn luyện {term}").format(term=term_name(term)))
        known = [conduct for conduct in conducts if conduct is not None]
        if len(known) < len(conducts):
            return None
        return known[0] if self._term != YEAR else conduct_year(*known, regulation=self._roll.regulation)

    def _year_end(
        self,
        averages: Mapping[str, int | None],
        learned: Learning | None,
        conduct: str | None,
        *,
        absences: int,
        notes: list[str],
    ) -> tuple[str | None, str | None]:
        if self._term != YEAR or learned is None or conduct is None:
            return None, None
        regulation = self._roll.regulation
        scores = [value for value in averages.values() if value is not None]
        titled = title(learned.level, conduct, scores, regulation=regulation)
        outcome = with_title(promotion(learned.level, conduct, absences, regulation=regulation), titled)
        if outcome.warn:
            notes.append(_("Đủ điều kiện danh hiệu nhưng không được lên lớp: nhà trường xem xét."))
        return titled, year_outcome(outcome.outcome, self._roll.grade, regulation=regulation)


def _missing(course: Course, term: int, slots: tuple[str, ...], *, named: bool) -> str:
    message = _("thiếu {cells} {subject}").format(cells=cells_named(slots), subject=course.name)
    if len(slots) == len(course.slots):
        message = _("chưa có điểm {subject}").format(subject=course.name)
    return f"{term_name(term)}: {message}" if named else message


def term_name(term: int) -> str:
    """HK I, HK II, Cả năm."""
    return {1: _("HK I"), 2: _("HK II")}.get(term, _("Cả năm"))
