"""Which subjects a grade and a class have, and who teaches them; one Step per write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import _
from edudesk.school.programme import proposed_subjects, subject
from edudesk.school.rules import (
    PlannedSubject,
    check_plan,
)
from edudesk.school.store import Changes, classes
from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Taught:
    """A subject as one class has it: with its plan, its teacher, and whether every pupil takes it.

    `topics` says that a cụm chuyên đề of the subject counts as its last ĐĐGtx.
    """

    id: str
    code: str
    name: str
    short: str
    periods: int
    kind: str
    taken: str
    topics: bool
    teacher_id: str | None
    position: int


def plan(db: Database, year: int, grade: int) -> list[PlannedSubject]:
    """The subjects of a grade in a year, in their order."""
    rows = db.all(
        """select code, periods, kind, taken, position from subject_plan
        where year = ? and grade = ? and gone = 0 order by position""",
        (year, grade),
    )
    return [PlannedSubject(*row) for row in rows]


def proposed_plan(grade: int) -> list[PlannedSubject]:
    """What the 2018 programme proposes for a grade, without the optional subjects."""
    return [
        PlannedSubject(proposal.code, proposal.periods, proposal.kind, proposal.taken, proposal.position)
        for proposal in proposed_subjects(grade)
        if proposal.taken != "optional"
    ]


def plan_changes(db: Database, year: int, grade: int, planned: Sequence[PlannedSubject]) -> Changes:
    """What must change for a grade to have these subjects. Raises Refused with every problem."""
    problems = check_plan(grade, planned, {one.code: subject(one.code).name for one in planned})
    if problems:
        raise Refused(*problems)
    changes: list[Change] = []
    for entry in planned:
        row = name_id("subject_plan", year, grade, entry.code)
        changes += db.upsert(
            "subject_plan",
            row,
            year=year,
            grade=grade,
            code=entry.code,
            periods=entry.periods,
            kind=entry.kind,
            taken=entry.taken,
            position=entry.position,
        )
    planned_codes = {subject.code for subject in planned}
    for entry in plan(db, year, grade):
        if entry.code not in planned_codes:
            changes += db.drop("subject_plan", name_id("subject_plan", year, grade, entry.code))
    return tuple(changes)


def save_plan(db: Database, year: int, grade: int, planned: Sequence[PlannedSubject]) -> Step:
    """Set the subjects and yearly periods of a grade; every class of the grade gets a subject all pupils take."""
    changes = plan_changes(db, year, grade, planned)
    everyone = [row.code for row in planned if row.taken == "all"]
    for school_class in classes(db, year):
        if school_class.grade == grade:
            changes += _missing_subjects(db, school_class.id, everyone)
    return db.do(Step(_("Lưu môn học khối {grade}").format(grade=grade), changes))


def subjects_of_new_class(db: Database, class_id: str, year: int, grade: int) -> Changes:
    planned = plan(db, year, grade) or proposed_plan(grade)
    return _missing_subjects(db, class_id, [row.code for row in planned if row.taken == "all"])


def _missing_subjects(db: Database, class_id: str, codes: Iterable[str]) -> Changes:
    there = {
        code
        for (code,) in db.all("select code from class_subject where class_id = ? and gone = 0", (class_id,))
    }
    rows = [(name_id("class_subject", class_id, code), code) for code in codes if code not in there]
    return tuple(
        change
        for row, code in rows
        for change in db.upsert("class_subject", row, class_id=class_id, code=code, taken="all", topics=0)
    )


def class_subjects(db: Database, class_id: str) -> list[Taught]:
    """The subjects a class has, in the order of its grade's plan."""
    rows = db.all(
        """select s.id, s.code, p.periods, p.kind, s.taken, s.topics, s.teacher_id, p.position
        from class_subject s join school_class c on c.id = s.class_id
        join subject_plan p on p.year = c.year and p.grade = c.grade and p.code = s.code and p.gone = 0
        where s.class_id = ? and s.gone = 0 order by p.position""",
        (class_id,),
    )
    return [_taught(row) for row in rows]


def _taught(row: tuple[object, ...]) -> Taught:
    row_id, code, periods, kind, taken, topics, teacher_id, position = row
    known = subject(str(code))
    return Taught(
        id=str(row_id),
        code=known.code,
        name=known.name,
        short=known.short,
        periods=int(str(periods)),
        kind=str(kind),
        taken=str(taken or "all"),
        topics=bool(topics),
        teacher_id=str(teacher_id) if teacher_id else None,
        position=int(str(position)),
    )


def set_class_subjects(db: Database, class_id: str, codes: Sequence[str]) -> Step:
    """Which of its grade's subjects a class studies. A guard refuses to drop one that has marks."""
    changes = _missing_subjects(db, class_id, codes)
    for row, code in db.all(
        "select id, code from class_subject where class_id = ? and gone = 0", (class_id,)
    ):
        if code not in codes:
            changes += db.drop("class_subject", row)
    return db.do(Step(_("Chọn môn học của lớp"), changes))


def save_class_subject(
    db: Database, class_id: str, code: str, *, teacher_id: str | None, taken: str, topics: bool
) -> Step:
    """Who teaches a subject to a class, who takes it, and whether its chuyên đề count, in one Step."""
    row = name_id("class_subject", class_id, code)
    changes = db.update("class_subject", row, teacher_id=teacher_id, taken=taken, topics=int(topics))
    return db.do(Step(_("Phân công giảng dạy"), changes))
