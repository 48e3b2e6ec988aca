"""Results of primary classes, worked out when asked for: levels, tests, qualities, the year's level, title, outcome.

A term has no level of its own (Điều 9.2.a speaks of the year's end). The year is made of the values at the end of
term II alone. What a person decides is read from the decisions and never guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from edudesk.gradebook.register.decisions import Decision, read_decisions
from edudesk.gradebook.register.qualities import Moment, codes_of, read_qualities
from edudesk.gradebook.register.roll import TERMS, YEAR, Course, Roll, read_rolls
from edudesk.gradebook.register.stored_marks import Record, StoredValues, read_records, read_stored
from edudesk.gradebook.results.secondary import term_name
from edudesk.gradebook.rules.decisions import (
    AGREES,
    OUTCOME,
    OUTSTANDING,
    decision_wanted,
    outcome_of,
    title_wanted,
)
from edudesk.gradebook.rules.marks import Mark, is_owed
from edudesk.gradebook.rules.primary import PrimaryRegulation, year_level, year_title
from edudesk.gradebook.rules.primary_year import YearEnd
from edudesk.gradebook.rules.qualities import END, MOMENTS, quality_name
from edudesk.gradebook.rules.regulation import Family
from edudesk.gradebook.rules.slots import SlotKind
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.school.store import year_of_class
from edudesk.storage.database import Database
from edudesk.students.store import Pupil

LAST = TERMS[-1]
LEVEL, TEST = SlotKind.CK, SlotKind.KCK  # the cells at the end of a term
NAMED = 4  # things named one by one where many are missing
Qualities = Mapping[Moment, Mapping[str, str]]
Kind = TypeVar("Kind", int, str)


@dataclass(frozen=True, slots=True)
class PrimaryResult:
    """A pupil's results of a term or the year, by code: `levels` T, H, C, `tests` in tenths, `qualities` T, D, C.

    None stands for what is owed. `level` is that of the year, `promotion` None while the principal must decide.
    """

    pupil_id: str
    number: int | None
    name: str
    left_on: str | None
    owes: bool
    levels: Mapping[str, str | None] = field(default_factory=dict)
    tests: Mapping[str, int | None] = field(default_factory=dict)
    qualities: Mapping[str, str | None] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    level: str | None = None
    title: str | None = None
    promotion: str | None = None
    absent_excused: int = 0
    absent_unexcused: int = 0
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def absences(self) -> int:
        """Sessions missed, with and without leave."""
        return self.absent_excused + self.absent_unexcused

    @property
    def year_end(self) -> YearEnd:
        """What is there of the values the year's level is made of."""
        return YearEnd(_there(self.levels), _there(self.qualities), _there(self.tests))

    def count(self, letter: str) -> int:
        """How many subjects have the level."""
        return sum(level == letter for level in self.levels.values())

    def ticked(self, kind: str) -> bool:
        """Whether one of the two marks of a title is set."""
        return kind in self.decisions


@dataclass(frozen=True, slots=True)
class PrimaryResults:
    """The results of a primary class in a term (1, 2) or the year (0), pupils in the order of the register."""

    roll: Roll
    regulation: PrimaryRegulation
    term: int
    pupils: tuple[PrimaryResult, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The qualities and competences assessed in the class."""
        return codes_of(self.roll)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not any(result.owes and result.missing for result in self.pupils)


def primary_results(db: Database, class_id: str, term: int) -> PrimaryResults:
    """The results of one primary class. Raises Refused CLASS_UNKNOWN, NOT_PRIMARY."""
    class_results = _results(db, year_of_class(db, class_id), term, class_id=class_id)
    if not class_results:
        raise Refused(Problem("NOT_PRIMARY", _("Lớp này không phải lớp tiểu học."), next=_("Chọn lớp khác.")))
    return class_results[0]


def school_primary_results(db: Database, year: int, term: int) -> list[PrimaryResults]:
    """The results of every primary class, in the school's order."""
    return _results(db, year, term, class_id=None)


def _results(db: Database, year: int, term: int, *, class_id: str | None) -> list[PrimaryResults]:
    rolls = read_rolls(db, year, class_id=class_id)
    if not any(roll.family is Family.STAGES for roll in rolls):
        return []
    stored, records = read_stored(db, year, term or LAST, class_id=class_id), read_records(db, year, class_id)
    qualities = read_qualities(db, year, class_id=class_id)
    decisions = read_decisions(db, year, class_id=class_id) if term == YEAR else {}
    all_results = []
    for roll in rolls:
        if isinstance(roll.law, PrimaryRegulation):
            judge = _PrimaryJudge(roll, roll.law, term)
            lines = tuple(
                judge.pupil(
                    pupil,
                    stored.get(pupil.id, {}),
                    qualities.get(pupil.id, {}),
                    records=records.get(pupil.id, {}),
                    decisions=decisions.get(pupil.id, {}),
                )
                for pupil in roll.pupils
            )
            all_results.append(PrimaryResults(roll, roll.law, term, lines))
    return all_results


class _PrimaryJudge:
    """Works out the results of one class, pupil by pupil."""

    def __init__(self, roll: Roll, regulation: PrimaryRegulation, term: int) -> None:
        self._roll = roll
        self._regulation = regulation
        self._term = term
        self._codes = codes_of(roll)

    def pupil(
        self,
        pupil: Pupil,
        values: StoredValues,
        qualities: Qualities,
        *,
        records: Mapping[int, Record],
        decisions: Mapping[str, Decision],
    ) -> PrimaryResult:
        """One pupil's line."""
        owes = self._roll.owes(pupil, self._term)
        blank = PrimaryResult(pupil.id, pupil.number, pupil.name, pupil.left_on, owes)
        if not owes:
            return blank
        courses = [course for course in self._roll.courses if self._roll.takes(pupil.id, course)]
        marks = {course.code: _marks(values, course, self._term or LAST) for course in courses}
        terms = TERMS if self._term == YEAR else (self._term,)
        rows = [records[term] for term in terms if term in records]
        result = replace(
            blank,
            levels={course.code: _level(marks[course.code]) for course in courses},
            tests={course.code: _test(marks[course.code]) for course in courses if TEST in course.slots},
            qualities={code: self._moment(qualities, END).get(code) for code in self._codes},
            decisions=decisions,
            absent_excused=sum(row[1] for row in rows),
            absent_unexcused=sum(row[2] for row in rows),
        )
        if self._term == YEAR:
            return self._judged(result)
        return replace(result, missing=tuple(self._owed(courses, marks, qualities)))

    def _moment(self, qualities: Qualities, stage: str) -> Mapping[str, str]:
        return qualities.get((self._term or LAST, stage), {})

    def _owed(
        self, courses: Collection[Course], marks: Mapping[str, Mapping[str, Mark]], qualities: Qualities
    ) -> list[str]:
        """What a term still wants: cells by subject, then qualities at both moments."""
        words = _("thiếu {cells} {subject}")
        missing = []
        for course in courses:
            owed = [slot for slot in course.slots if is_owed(marks[course.code].get(slot))]
            if owed:
                cells = ", ".join(course.label(slot) for slot in owed)
                missing.append(words.format(cells=cells, subject=course.name))
        for stage, message in MOMENTS.items():
            given = self._moment(qualities, stage)
            blank = [code for code in self._codes if code not in given]
            missing += _qualities_missing(blank, len(self._codes), _(message).lower())
        return missing

    def _judged(self, result: PrimaryResult) -> PrimaryResult:
        """The year: its level where nothing it is made of is missing, title, what becomes of the pupil."""
        missing = [*self._year_missing(result)]
        level = None
        if not missing and result.levels:
            end = result.year_end
            values = end.subjects.values(), end.qualities.values(), end.tests.values()
            level = year_level(*values, regulation=self._regulation)
        decided = result.decisions[OUTCOME].value if OUTCOME in result.decisions else None
        outstanding, agrees = result.ticked(OUTSTANDING), result.ticked(AGREES)
        titled = (
            year_title(level, outstanding=outstanding, class_agrees=agrees, regulation=self._regulation)
            if level
            else None
        )
        return replace(
            result,
            level=level,
            title=titled,
            promotion=outcome_of(level, decided, self._roll.grade),
            missing=tuple(missing),
            notes=tuple(self._notes(level, decided, ticks=(outstanding, agrees))),
        )

    def _year_missing(self, result: PrimaryResult) -> list[str]:
        names = {course.code: course.name for course in self._roll.courses}
        levels = [names[code] for code, level in result.levels.items() if level is None]
        tests = [names[code] for code, mark in result.tests.items() if mark is None]
        blank = [code for code, value in result.qualities.items() if value is None]
        missing = []
        if levels:
            missing.append(_("thiếu mức cuối năm: {subjects}").format(subjects=_some(levels)))
        if tests:
            missing.append(_("thiếu điểm kiểm tra cuối năm: {subjects}").format(subjects=_some(tests)))
        return [*missing, *_qualities_missing(blank, len(self._codes), _("cuối năm"))]

    def _notes(self, level: str | None, decided: str | None, *, ticks: tuple[bool, bool]) -> list[str]:
        notes = []
        if decision_wanted(level, decided):
            notes.append(_("Chưa hoàn thành: chờ đánh giá bổ sung và quyết định của hiệu trưởng."))
        if title_wanted(level, regulation=self._regulation) and any(ticks) and not all(ticks):
            notes.append(_("Xét HS Tiêu biểu còn thiếu một điều kiện."))
        return notes


def _marks(stored: StoredValues, course: Course, term: int) -> dict[str, Mark]:
    slots, values = stored.get((course.code, term), ("", ""))
    return dict(zip(slots.split(","), map(_mark, values.split(",")), strict=True)) if slots else {}


def _mark(text: str) -> Mark:
    return int(text) if text.isdigit() else text


def _level(marks: Mapping[str, Mark]) -> str | None:
    level = marks.get(LEVEL)
    return None if is_owed(level) else str(level)


def _test(marks: Mapping[str, Mark]) -> int | None:
    mark = marks.get(TEST)
    return mark if isinstance(mark, int) else None


def _there(values: Mapping[str, Kind | None]) -> dict[str, Kind]:
    return {code: value for code, value in values.items() if value is not None}


def _qualities_missing(blank: Collection[str], every: int, when: str) -> list[str]:
    if not blank:
        return []
    if len(blank) == every:
        return [_("chưa đánh giá phẩm chất, năng lực {when}").format(when=when)]
    names = _some([quality_name(code) for code in blank])
    return [_("thiếu phẩm chất, năng lực {when}: {names}").format(when=when, names=names)]


def _some(names: list[str]) -> str:
    """The first few of a list; "và 5 mục nữa" for the rest."""
    rest = len(names) - NAMED
    if rest <= 0:
        return ", ".join(names)
    return _("{some} và {n} mục nữa").format(some=", ".join(names[:NAMED]), n=rest)


def primary_term(term: int) -> str:
    """HK I, HK II, Cuối năm."""
    return term_name(term) if term else _("Cuối năm")
