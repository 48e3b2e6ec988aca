"""Statistics of results (“thống kê”): one pass over the school's results, then counted as often as asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from edudesk.gradebook.register.roll import YEAR, Course
from edudesk.gradebook.results.families import AnyLine, AnyResults
from edudesk.gradebook.results.primary import PrimaryResult, school_primary_results
from edudesk.gradebook.results.secondary import PupilResult, school_results
from edudesk.gradebook.results.statistics_kinds import (
    COMMENTS,
    KINDS_OF_SUBJECT,
    NO_TITLE,
    OF_PRIMARY,
    OF_YEAR,
    SCORES,
    STAGED,
    Placed,
    Statistics,
    StatisticsQuery,
    StatRow,
    in_split,
    scheme,
)
from edudesk.gradebook.rules.marks import Mark, is_owed
from edudesk.gradebook.rules.slots import register_order
from edudesk.gradebook.rules.statistics import USUAL_BANDS, Band, Tally, bands, tally
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.names import name_key
from edudesk.kernel.words import _
from edudesk.staff.store import names
from edudesk.storage.database import Database
from edudesk.students.store import Pupil

BANDS = "statistics.bands"  # setting of the school: where its bands begin


@dataclass(frozen=True, slots=True)
class _Fact:
    """One result that is owed: whose, in which group, the value."""

    pupil: Pupil
    results: AnyResults
    course: Course | None
    value: Mark


class SchoolYear:
    """The results of a term (or the year, 0) read once; `statistics` counts them. Reads term I when first compared."""

    def __init__(self, db: Database, year: int, term: int) -> None:
        self.year = year
        self.term = term
        self.bands = read_bands(db)
        self._db = db
        self.classes = school_results(db, year, term)
        self.primary = school_primary_results(db, year, term)
        self._every: list[AnyResults] = [*self.classes, *self.primary]
        self._pupils = {pupil.id: pupil for results in self._every for pupil in results.roll.pupils}
        self._staff = names(db)

    def statistics(self, asked: StatisticsQuery) -> Statistics:
        """Count. Raises Refused STATISTICS_TERM for what only the whole year has, or only a term."""
        asked = self._settled(asked)
        self._require(asked)
        categories, placed, good, good_words = scheme(asked.what, self._kind(asked.subject), self.bands)
        facts = list(self._facts(asked))
        rows = list(self._grouped(asked, facts, placed, len(categories)))
        if asked.by == "teacher":
            rows.sort(key=lambda row: name_key(row.label))
        total = StatRow("", _("Toàn trường"), "", _sum([row.tally for row in rows], len(categories)))
        if self.classes and asked.what in OF_PRIMARY:
            total = replace(total, label=_("Tiểu học"))
        if asked.grade:
            total = replace(total, label=_("Khối {grade}").format(grade=asked.grade))
        beside, total = self._compared(asked, rows, total, good)
        notes = tuple(self._notes(asked, facts))
        return Statistics(asked, self.year, self.term, categories, good, good_words, beside, total, notes)

    def among(self, what: str) -> Sequence[AnyResults]:
        """The classes among which something is counted: the primary ones, or all others."""
        return self.primary if what in OF_PRIMARY else self.classes

    def nearest(self, what: str) -> str:
        """The same, or where the school has no such classes what it has: learning, or levels of primary school."""
        if self.among(what) or not (self.classes or self.primary):
            return what
        return "learning" if self.classes else "primary" if self.term == YEAR else "stage"

    def subjects(self, what: str = "") -> list[Course]:
        """Every subject of some class that is counted, in the order they are met."""
        courses: dict[str, Course] = {}
        for results in self.among(what):
            for course in results.roll.courses:
                courses.setdefault(course.code, course)
        return list(courses.values())

    def slots(self, subject: str) -> list[str]:
        """The cells that subjects of this choice have, regular ones first."""
        slots = {slot for course in self.subjects() if _is(course, subject) for slot in course.slots}
        return sorted(slots, key=register_order)

    def grades(self, what: str = "") -> list[int]:
        """The grades that are counted."""
        return sorted({results.roll.grade for results in self.among(what)})

    # -- what is counted

    def _settled(self, asked: StatisticsQuery) -> StatisticsQuery:
        """What can be meant in this school: its only kind of classes, and all subjects of the kind that is counted."""
        if not self.classes:
            asked = asked.but(what=self.nearest(asked.what))
        if asked.subject not in KINDS_OF_SUBJECT:
            return asked
        staged = asked.what == "stage"
        return (
            asked.but(subject=STAGED if staged else SCORES) if staged != (asked.subject == STAGED) else asked
        )

    def _require(self, asked: StatisticsQuery) -> None:
        if asked.what in OF_YEAR and self.term != YEAR:
            message, step = _("Danh hiệu và lên lớp chỉ có khi hết năm."), _("Chọn Cả năm.")
            if asked.what in OF_PRIMARY:
                message = _("Mức của năm học chỉ có khi hết năm.")
            raise Refused(Problem("STATISTICS_TERM", message, next=step))
        if asked.what == "slot" and self.term == YEAR:
            message, step = _("Điểm kiểm tra thống kê theo từng học kì."), _("Chọn học kì I hoặc II.")
            raise Refused(Problem("STATISTICS_TERM", message, next=step))

    def _kind(self, subject: str) -> str:
        if subject in (SCORES, COMMENTS):
            return subject
        return next((course.kind for course in self.subjects() if course.code == subject), SCORES)

    def _facts(self, asked: StatisticsQuery) -> Iterator[_Fact]:
        marks = self._marks(asked.slot) if asked.what == "slot" else {}
        wanted = [one for one in self.among(asked.what) if asked.grade in (0, one.roll.grade)]
        for results in wanted:
            for line in results.pupils:
                pupil = self._pupils[line.pupil_id]
                if line.owes and in_split(pupil, asked.split):
                    yield from self._of_pupil(asked, results, line, marks)

    def _of_pupil(
        self,
        asked: StatisticsQuery,
        results: AnyResults,
        line: AnyLine,
        marks: Mapping[tuple[str, str], Mark],
    ) -> Iterator[_Fact]:
        pupil = self._pupils[line.pupil_id]
        if asked.of_pupils:
            yield _Fact(pupil, results, None, _value(line, asked.what))
            return
        if isinstance(line, PrimaryResult):
            yield from self._stages(asked, results, line)
            return
        kind = self._kind(asked.subject)
        for course in results.roll.courses:
            if course.kind != kind or not _is(course, asked.subject) or not _taken(line, course):
                continue
            if asked.what == "subject":
                yield _Fact(pupil, results, course, line.value(course.code))
            elif asked.slot in course.slots:
                mark = marks.get((line.pupil_id, course.code))
                yield _Fact(pupil, results, course, None if is_owed(mark) else mark)

    def _stages(self, asked: StatisticsQuery, results: AnyResults, line: PrimaryResult) -> Iterator[_Fact]:
        """The levels of a primary pupil's subjects."""
        for course in results.roll.courses:
            if course.code in line.levels and asked.subject in (*KINDS_OF_SUBJECT, course.code):
                yield _Fact(self._pupils[line.pupil_id], results, course, line.levels[course.code])

    def _marks(self, slot: str) -> dict[tuple[str, str], Mark]:
        rows = self._db.all(
            "select pupil_id, code, value from mark where year = ? and term = ? and slot = ? and gone = 0",
            (self.year, self.term, slot),
        )
        return {(pupil, code): value for pupil, code, value in rows}

    # -- in groups

    def _grouped(
        self, asked: StatisticsQuery, facts: Iterable[_Fact], placed: Placed, categories: int
    ) -> Iterator[StatRow]:
        found: dict[str, list[_Fact]] = {}
        for fact in facts:
            found.setdefault(self._group(asked, fact), []).append(fact)
        for key, members in found.items():
            label, note = self._named(asked, members[0])
            yield StatRow(key, label, note, tally((placed(fact.value) for fact in members), categories))

    def _group(self, asked: StatisticsQuery, fact: _Fact) -> str:
        if asked.by == "grade":
            return str(fact.results.roll.grade)
        if asked.by == "class" or fact.course is None:
            return fact.results.roll.class_id
        return fact.course.code if asked.by == "subject" else fact.course.teacher_id or ""

    def _named(self, asked: StatisticsQuery, fact: _Fact) -> tuple[str, str]:
        roll = fact.results.roll
        if asked.by == "grade":
            return _("Khối {grade}").format(grade=roll.grade), ""
        if asked.by == "class" or fact.course is None:
            course = fact.course if asked.subject not in KINDS_OF_SUBJECT else None
            teacher = course.teacher_id if course else roll.homeroom_id if fact.course is None else None
            return roll.class_name, self._staff.get(teacher or "", "")
        if asked.by == "subject":
            return fact.course.name, ""
        return self._staff.get(fact.course.teacher_id or "") or _("Chưa phân công"), ""

    # -- beside others

    def _compared(
        self, asked: StatisticsQuery, rows: Sequence[StatRow], total: StatRow, good: int
    ) -> tuple[tuple[StatRow, ...], StatRow]:
        earlier = self._before(asked)
        if earlier is not None:
            then = {row.key: row.tally.reached(good) for row in earlier.rows}
            rows = [replace(row, before=then.get(row.key)) for row in rows]
            total = replace(total, before=earlier.total.tally.reached(good))
        if asked.by != "class":
            return tuple(rows), total
        grades = self._of_grades(rows, good)
        return tuple(replace(row, peers=grades[row.key]) for row in rows), total

    def _of_grades(self, rows: Sequence[StatRow], good: int) -> dict[str, int | None]:
        """For each class the share of its whole grade; None where the class is the only one."""
        grade_of = {one.roll.class_id: one.roll.grade for one in self._every}
        members: dict[int, list[Tally]] = {}
        for row in rows:
            members.setdefault(grade_of[row.key], []).append(row.tally)
        shares = {
            grade: _sum(tallies, len(tallies[0].counts)).reached(good) if len(tallies) > 1 else None
            for grade, tallies in members.items()
        }
        return {row.key: shares[grade_of[row.key]] for row in rows}

    def _before(self, asked: StatisticsQuery) -> Statistics | None:
        """The same in term I, for term II."""
        return self._first.statistics(asked) if self.term == 2 else None

    @cached_property
    def _first(self) -> SchoolYear:
        return SchoolYear(self._db, self.year, 1)

    def _notes(self, asked: StatisticsQuery, facts: Sequence[_Fact]) -> Iterator[str]:
        values = {fact.pupil.id: fact.pupil for fact in facts}.values()
        blank = sum(pupil.ethnic is None for pupil in values)
        if blank and asked.split in ("all", "minority"):
            yield _("{n} em chưa ghi dân tộc, không tính là dân tộc thiểu số.").format(n=blank)
        if self.primary and self.classes and asked.what not in OF_PRIMARY:
            words = _("Không gồm {n} lớp tiểu học; xem các mục Tiểu học.")
            yield words.format(n=len(self.primary))
        if asked.what == "promotion":
            yield _("Lên lớp gồm cả hoàn thành chương trình ở lớp cuối cấp.")
        if asked.what in ("subject", "slot") and self._kind(asked.subject) == SCORES:
            yield _("Các mốc điểm do nhà trường đặt, không phải mức của thông tư.")


def _value(line: AnyLine, what: str) -> str | None:
    if isinstance(line, PrimaryResult):
        return line.level
    if what == "title":
        return (line.title or NO_TITLE) if line.learning and line.conduct else None
    return {"learning": line.learning, "conduct": line.conduct, "promotion": line.promotion}[what]


def _taken(line: PupilResult, course: Course) -> bool:
    return course.code in line.averages or course.code in line.comments


def _is(course: Course, subject: str) -> bool:
    return subject in (course.code, course.kind)


def _sum(tallies: Sequence[Tally], categories: int) -> Tally:
    return sum(tallies, Tally((0,) * categories))


# -- the school's bands


def read_bands(db: Database) -> tuple[Band, ...]:
    """The school's bands of marks."""
    return bands(tuple(db.setting(BANDS, list(USUAL_BANDS))))


def save_bands(db: Database, starts: Sequence[int]) -> Step:
    """Set where the bands begin, in tenths, the best first. Raises Refused STATISTICS_BANDS."""
    bands(starts)
    return db.do(Step(_("Đặt mốc điểm thống kê"), db.put_setting(BANDS, list(starts))))
