"""Making the demo school, from its name to the marks of two terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from edudesk.demo import marks
from edudesk.demo.dx import write_dx
from edudesk.demo.equipment import write_equipment
from edudesk.demo.facility import write_facility
from edudesk.demo.marks import Gift
from edudesk.demo.primary import write_year
from edudesk.demo.school import (
    DEFAULT_PUPILS,
    LEVELS,
    PRIMARY,
    Builder,
    Classroom,
    class_sizes,
    taught_apart,
)
from edudesk.gradebook.rules.assessment import term_slots
from edudesk.gradebook.rules.slots import SlotKind, kind_of
from edudesk.kernel.ids import name_id
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import _
from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Demo:
    """What was made."""

    level: str
    year: int
    classes: int
    pupils: int
    marks: int


def make_demo(
    db: Database,
    *,
    level: str = "thcs",
    year: int,
    pupils: int | None = None,
    seed: int = 1,
    progress: Progress = SILENT,
) -> Demo:
    """Fill an empty school folder. Raises Refused for a level that has no demo (DEMO_LEVEL)."""
    builder = Builder(db, level=level, year=year, seed=seed)
    grades = LEVELS[level][1]
    per_grade = classes_in_a_grade(level, pupils or DEFAULT_PUPILS)
    places = [(grade, n) for grade in grades for n in range(1, per_grade + 1)]
    progress.step(0, len(places), _("Lập năm học và đội ngũ"))
    builder.settings()
    builder.calendar()
    builder.plan(grades)
    subjects = sorted({code for place in places for code in taught_apart(*place)})
    teachers = builder.staff(subjects, len(places))
    builder.do(_("Lập trường mẫu"))
    total, made = 0, []
    sizes = class_sizes(pupils or DEFAULT_PUPILS, len(places))
    for done, (place, size) in enumerate(zip(places, sizes, strict=True)):
        progress.step(done, len(places), _("Lớp {grade}A{n}").format(grade=place[0], n=place[1]))
        classroom = builder.classroom(*place, size, teachers)
        builder.do(_("Lập lớp {name}").format(name=classroom.name))
        write = write_year if place[0] in PRIMARY else _write_marks
        total += write(builder, classroom, late=done % 4 == 3)
        made.append((classroom.id, classroom.name, classroom.grade))
    write_facility(builder, made)
    write_equipment(builder)
    write_dx(builder)
    return Demo(level, year, len(places), sum(sizes), total)


def classes_in_a_grade(level: str, pupils: int) -> int:
    """As many as a school of that size has, at least one; a class has some fifteen pupils or more."""
    most = 3 if level == "thcs" else 4
    return min(most, max(1, pupils // (len(LEVELS[level][1]) * 15)))


def _write_marks(builder: Builder, classroom: Classroom, *, late: bool) -> int:
    count = 0
    codes = [subject.code for subject in classroom.subjects]
    gifts = {pupil: marks.gift(builder.random, codes) for pupil in classroom.pupils}
    for term in (1, 2):
        for slot in _cells(builder, classroom, term, late=late and term == 2):
            count += _write_cell(builder, classroom, gifts, slot)
        for pupil in classroom.pupils:
            if pupil not in classroom.leavers:
                _write_record(builder, classroom, pupil, gifts[pupil], term=term)
                _write_remarks(builder, classroom, pupil, gifts[pupil], term=term)
    builder.do(_("Điểm lớp {name}").format(name=classroom.name))
    return count


Slot = tuple[int, str, str, str]  # term, subject, kind, slot


def _cells(builder: Builder, classroom: Classroom, term: int, *, late: bool) -> Iterator[Slot]:
    """The columns that have been filled; in a late class some teachers have not entered the last test."""
    for subject in classroom.subjects:
        waiting = late and builder.random.random() < 0.25
        for slot in term_slots(subject.code, subject.kind, subject.periods):
            if not (waiting and kind_of(slot) is SlotKind.CK):
                yield term, subject.code, subject.kind, slot


def _write_cell(builder: Builder, classroom: Classroom, gifts: dict[str, Gift], cell: Slot) -> int:
    term, code, kind, slot = cell
    count = 0
    for pupil in classroom.pupils:
        value = _value(builder.random, gifts[pupil], (kind, code, slot))
        if value is None or pupil in classroom.leavers:
            continue
        builder.put_new(
            "mark",
            name_id("mark", pupil, builder.year, code, term, slot),
            pupil_id=pupil,
            year=builder.year,
            code=code,
            term=term,
            slot=slot,
            class_id=classroom.id,
            value=value,
        )
        count += 1
    return count


def _value(random: Random, gift: Gift, cell: tuple[str, str, str]) -> int | str | None:
    kind, code, slot = cell
    if random.random() < 0.0008:
        return random.choice(("V", None))
    return marks.passed(random, gift) if kind == "comment" else marks.score(random, gift, code, slot)


def _write_record(builder: Builder, classroom: Classroom, pupil: str, gift: Gift, *, term: int) -> None:
    excused, unexcused = marks.absences(builder.random)
    builder.put_new(
        "term_record",
        name_id("term_record", pupil, builder.year, term),
        pupil_id=pupil,
        year=builder.year,
        term=term,
        class_id=classroom.id,
        conduct=marks.conduct(builder.random, gift),
        absent_excused=excused,
        absent_unexcused=unexcused,
        comment=builder.random.choice(marks.REMARKS),
    )


def _write_remarks(builder: Builder, classroom: Classroom, pupil: str, gift: Gift, *, term: int) -> None:
    """Teachers of scored subjects have written something for about half of the pupils."""
    for subject in classroom.subjects:
        if subject.kind == "score" and builder.random.random() < 0.5:
            builder.put_new(
                "subject_comment",
                name_id("subject_comment", pupil, builder.year, subject.code, term),
                pupil_id=pupil,
                year=builder.year,
                code=subject.code,
                term=term,
                class_id=classroom.id,
                text=marks.subject_remark(builder.random, gift, subject.code),
            )
