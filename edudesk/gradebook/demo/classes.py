"""The invented register of a class: its marks, records and comments; those of a primary class are in demo_primary."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from edudesk.gradebook.demo import marks
from edudesk.gradebook.demo.marks import Gift
from edudesk.gradebook.demo.primary import write_year
from edudesk.gradebook.rules.assessment import term_slots
from edudesk.gradebook.rules.slots import SlotKind, kind_of
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import _
from edudesk.school.demo import PRIMARY, Classroom, DemoBuilder


def write_class(builder: DemoBuilder, classroom: Classroom, *, late: bool) -> int:
    """Everything of one class, `late` when some teachers have not entered the last test; how many marks."""
    write = write_year if classroom.grade in PRIMARY else _write_marks
    return write(builder, classroom, late=late)


def _write_marks(builder: DemoBuilder, classroom: Classroom, *, late: bool) -> int:
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


def _cells(builder: DemoBuilder, classroom: Classroom, term: int, *, late: bool) -> Iterator[Slot]:
    """The columns that have been filled; in a late class some teachers have not entered the last test."""
    for subject in classroom.subjects:
        waiting = late and builder.random.random() < 0.25
        for slot in term_slots(subject.code, subject.kind, subject.periods):
            if not (waiting and kind_of(slot) is SlotKind.CK):
                yield term, subject.code, subject.kind, slot


def _write_cell(builder: DemoBuilder, classroom: Classroom, gifts: dict[str, Gift], cell: Slot) -> int:
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


def _write_record(builder: DemoBuilder, classroom: Classroom, pupil: str, gift: Gift, *, term: int) -> None:
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


def _write_remarks(builder: DemoBuilder, classroom: Classroom, pupil: str, gift: Gift, *, term: int) -> None:
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
