"""The roll: the pupils of a class with what they owe, and its subjects with their cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from edudesk.gradebook.rules.assessment import (
    SHAPES,
    AnyRegulation,
    Assessment,
    Shape,
    assessment_for,
    assessment_of,
    family_for,
    kind_in,
    term_slots,
)
from edudesk.gradebook.rules.regulation import CourseKind, Family, Regulation
from edudesk.gradebook.rules.slots import is_regular, slot_label, slot_short
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.school.programme import Subject, proposed_subjects, subject
from edudesk.school.store import year_of_class
from edudesk.storage.database import Database
from edudesk.students.store import Pupil, pupils

YEAR = 0  # the whole year where a term is asked for
TERMS = (1, 2)


@dataclass(frozen=True, slots=True)
class Course:
    """A subject as a class is assessed in it. `taken` "all" or "chosen"; `counted` towards the level of learning.

    `slots` are its cells in each term; with `topics` the last regular one holds the cụm chuyên đề.
    """

    code: str
    name: str
    short: str
    kind: CourseKind
    slots: tuple[str, ...]
    taken: str
    counted: bool
    topics: bool
    teacher_id: str | None

    @property
    def assessment(self) -> Assessment:
        """How the subject is assessed."""
        return assessment_of(self.kind)

    def label(self, slot: str) -> str:
        """The heading of a cell: "ĐĐGtx1", "ĐĐGtx3 (CĐ)" for the cụm chuyên đề."""
        if slot in self.assessment.labels:
            return _(self.assessment.labels[slot])
        message = slot_label(slot)
        return _("{slot} (CĐ)").format(slot=message) if self.topics and slot == self.last_regular else message

    @property
    def last_regular(self) -> str:
        """The last regular assessment, "tx3"; "" in primary school, which has none."""
        return max(filter(is_regular, self.slots), default="")


@dataclass(frozen=True)
class Roll:
    """A class with its pupils, subjects and regulation, and when each term ends (ISO)."""

    class_id: str
    class_name: str
    year: int
    grade: int
    homeroom_id: str | None
    law: AnyRegulation
    courses: tuple[Course, ...]
    pupils: tuple[Pupil, ...]
    ends: Mapping[int, str]
    choices: Mapping[tuple[str, str], bool]

    @property
    def family(self) -> Family:
        """The shape of the regulation the class follows."""
        return self.law.family

    @property
    def shape(self) -> Shape:
        """What regulations of this shape have in common."""
        return SHAPES[self.family]

    @property
    def regulation(self) -> Regulation:
        """The regulation of a class that has averages. Raises Refused NO_AVERAGES for primary school."""
        if not isinstance(self.law, Regulation):
            message = _("Lớp tiểu học không có điểm trung bình.")
            raise Refused(
                Problem("NO_AVERAGES", message, self.class_name, _("Xem mức đạt được của từng môn."))
            )
        return self.law

    @cached_property
    def by_id(self) -> dict[str, Pupil]:
        """The pupils by their identity."""
        return {pupil.id: pupil for pupil in self.pupils}

    def course(self, code: str) -> Course:
        """A subject of the class. Raises Refused SUBJECT_NOT_TAUGHT."""
        found = next((course for course in self.courses if course.code == code), None)
        if found is None:
            message = _("Lớp {name} không học môn {subject}.")
            sentence = message.format(name=self.class_name, subject=subject(code).name)
            known = ", ".join(course.code for course in self.courses)
            raise Refused(
                Problem("SUBJECT_NOT_TAUGHT", sentence, next=_("Các môn: {known}.").format(known=known))
            )
        return found

    def takes(self, pupil_id: str, course: Course) -> bool:
        """Whether the pupil studies the subject: those who chose it, or all who did not say no."""
        return self.choices.get((pupil_id, course.code), course.taken == "all")

    def owes(self, pupil: Pupil, term: int) -> bool:
        """Whether the pupil was still there at the end of the term (or of the year)."""
        return pupil.left_on is None or pupil.left_on > self.ends.get(term or TERMS[-1], "")


def read_roll(db: Database, class_id: str) -> Roll:
    """The roll of one class. Raises Refused CLASS_UNKNOWN, NO_REGULATION."""
    return read_rolls(db, year_of_class(db, class_id), class_id=class_id)[0]


def family_of(db: Database, class_id: str) -> Family:
    """The shape of the regulation a class follows. Raises Refused CLASS_UNKNOWN."""
    row = db.one("select year, grade from school_class where id = ? and gone = 0", (class_id,))
    if row is None:
        raise Refused(Problem("CLASS_UNKNOWN", _("Không còn lớp này."), next=_("Chọn lớp khác.")))
    return family_for(int(row[0]), int(row[1]))


def read_rolls(db: Database, year: int, *, class_id: str | None = None) -> list[Roll]:
    """The rolls of every class of a year whose grade has a regulation, in the school's order.

    Raises Refused NO_REGULATION when the one class asked for has none.
    """
    classes = db.all(
        f"""select id, name, grade, homeroom_id from school_class where year = ? and gone = 0 {_only("id", class_id)}
        order by grade, position, length(name), name""",
        _params(year, class_id),
    )
    by_class: dict[str, list[Pupil]] = {}
    for pupil in pupils(db, year, class_id=class_id):
        by_class.setdefault(pupil.class_id, []).append(pupil)
    ends = dict(db.all("select number, ends from term where year = ? and gone = 0", (year,)))
    courses, choices = _courses(db, year, class_id), _choices(db, year)
    return [
        Roll(
            class_id=row,
            class_name=name,
            year=year,
            grade=grade,
            homeroom_id=homeroom_id,
            law=law,
            courses=tuple(_course(course, grade, law) for course in courses.get(row, ())),
            pupils=tuple(by_class.get(row, ())),
            ends=ends,
            choices=choices,
        )
        for row, name, grade, homeroom_id in classes
        if (law := _law(year, grade, wanted=class_id is not None))
    ]


def _law(year: int, grade: int, *, wanted: bool) -> AnyRegulation | None:
    try:
        return assessment_for(year, grade)
    except Refused as refusal:
        if wanted or refusal.code != "NO_REGULATION":
            raise
        return None


def _courses(db: Database, year: int, class_id: str | None) -> dict[str, list[tuple[object, ...]]]:
    rows = db.all(
        f"""select s.class_id, s.code, p.kind, p.periods, s.taken, p.taken, s.topics, s.teacher_id
        from class_subject s join school_class c on c.id = s.class_id and c.gone = 0
        join subject_plan p on p.year = c.year and p.grade = c.grade and p.code = s.code and p.gone = 0
        where c.year = ? and s.gone = 0 {_only("s.class_id", class_id)} order by p.position""",
        _params(year, class_id),
    )
    courses: dict[str, list[tuple[object, ...]]] = {}
    for row, *rest in rows:
        courses.setdefault(row, []).append(tuple(rest))
    return courses


def _course(row: tuple[object, ...], grade: int, law: AnyRegulation) -> Course:
    code, planned_kind, periods, taken, planned, topics, teacher_id = row
    known = subject(str(code))
    kind = kind_in(law.family, planned_kind)
    return Course(
        code=known.code,
        name=_name(known, grade) if SHAPES[law.family].by_grade else known.name,
        short=known.short,
        kind=kind,
        slots=term_slots(known.code, kind, int(str(periods or 0)), grade=grade, regulation=law),
        taken="chosen" if taken == "chosen" else "all",
        counted=planned != "optional" or law.optional_counted,
        topics=bool(topics) and kind == CourseKind.SCORE,
        teacher_id=str(teacher_id) if teacher_id else None,
    )


def _name(known: Subject, grade: int) -> str:
    """What the programme of the grade calls a subject."""
    names = (proposal.name for proposal in proposed_subjects(grade) if proposal.code == known.code)
    return next(names, known.name)


def _choices(db: Database, year: int) -> dict[tuple[str, str], bool]:
    rows = db.all("select pupil_id, code, takes from elective where year = ? and gone = 0", (year,))
    return {(pupil, code): bool(takes) for pupil, code, takes in rows}


def _only(column: str, class_id: str | None) -> str:
    return "" if class_id is None else f"and {column} = ?"


def _params(year: int, class_id: str | None) -> tuple[object, ...]:
    return (year,) if class_id is None else (year, class_id)


def cells_named(slots: tuple[str, ...]) -> str:
    """Cells in a sentence: "TX4, CK"."""
    return ", ".join(slot_short(slot) for slot in slots)
