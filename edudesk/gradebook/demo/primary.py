"""The invented register of a primary class: levels, tests, qualities, comments; most of term II is there.

Some pupils are excellent on purpose, some good, a few weak in one subject, so that each level has somebody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from edudesk.gradebook.demo import marks
from edudesk.gradebook.rules.decisions import AGREES, OUTSTANDING, YES
from edudesk.gradebook.rules.primary import primary_regulation, primary_slots
from edudesk.gradebook.rules.qualities import MOMENTS, qualities_of
from edudesk.gradebook.rules.slots import SlotKind, is_test, period_of
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import _
from edudesk.school.demo import Classroom, DemoBuilder

KINDS, SHARES = ("excellent", "good", "ordinary", "weak"), (15, 22, 56, 7)
HARD = ("toan", "tieng_viet")  # what a weak pupil is weak in
REMARKS = (
    "Ngoan, lễ phép, hòa đồng với bạn bè.",
    "Chăm học, viết chữ sạch đẹp.",
    "Mạnh dạn phát biểu, tích cực xây dựng bài.",
    "Cần đọc to, rõ ràng và tính toán cẩn thận hơn.",
    "Có tiến bộ rõ so với đầu năm học.",
    "Biết giúp đỡ bạn, giữ gìn sách vở cẩn thận.",
)
SUBJECT_REMARKS = {
    "T": (
        "Nắm chắc kiến thức, vận dụng tốt.",
        "Làm bài nhanh, trình bày sạch đẹp.",
        "Rất tích cực trong giờ học.",
    ),
    "H": (
        "Hiểu bài, cần luyện tập thêm.",
        "Hoàn thành các bài tập trong lớp.",
        "Cần tự tin hơn khi trả lời.",
    ),
    "C": ("Cần cô giáo giúp đỡ thêm ở lớp.", "Cần ôn lại các bài đã học.", "Cần gia đình cùng kèm thêm."),
}


@dataclass(frozen=True, slots=True)
class Child:
    """What one pupil brings along: a kind, and the subject a weak one is weak in."""

    kind: str
    hard: str


def write_year(builder: DemoBuilder, classroom: Classroom, *, late: bool) -> int:
    """Write both terms; in a `late` class the end of term II is still waiting in places. Answers how many marks."""
    random, count = builder.random, 0
    present = [pupil for pupil in classroom.pupils if pupil not in classroom.leavers]
    children = {pupil: _child(random) for pupil in present}
    for term in (1, 2):
        for code, slots in _cells(builder, classroom, late=late and term == 2):
            for pupil, child in children.items():
                count += _write_subject(builder, classroom, pupil, child, cell=(term, code, slots))
        for pupil, child in children.items():
            _write_record(builder, classroom, pupil, term)
            _write_qualities(builder, classroom, pupil, child, term=term)
    if not late:
        _write_ticks(builder, classroom, children)
    builder.do(_("Mức đạt được lớp {name}").format(name=classroom.name))
    return count


def _child(random: Random) -> Child:
    return Child(random.choices(KINDS, SHARES)[0], random.choice(HARD))


def _cells(
    builder: DemoBuilder, classroom: Classroom, *, late: bool
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for subject in classroom.subjects:
        slots = primary_slots(subject.code, classroom.grade, regulation=primary_regulation())
        waiting = late and builder.random.random() < 0.25
        yield subject.code, tuple(slot for slot in slots if not (waiting and period_of(slot) is SlotKind.CK))


Cell = tuple[int, str, tuple[str, ...]]  # term, subject, its cells
Place = dict[str, int | str | None]


def _write_subject(
    builder: DemoBuilder, classroom: Classroom, pupil: str, child: Child, *, cell: Cell
) -> int:
    term, code, slots = cell
    random = builder.random
    final = _level(random, child, code, term)
    for slot in slots:
        level = final if period_of(slot) is SlotKind.CK or random.random() < 0.8 else "H"
        value = _test(random, child, level) if is_test(slot) else level
        place: Place = {"pupil_id": pupil, "year": builder.year, "code": code, "term": term, "slot": slot}
        row = name_id("mark", pupil, builder.year, code, term, slot)
        builder.put_new("mark", row, class_id=classroom.id, value=value, **place)
    if random.random() < 0.4:
        words = random.choice(SUBJECT_REMARKS[final])
        row = name_id("subject_comment", pupil, builder.year, code, term)
        said: Place = {"pupil_id": pupil, "year": builder.year, "code": code, "term": term}
        builder.put_new("subject_comment", row, class_id=classroom.id, text=words, **said)
    return len(slots)


def _level(random: Random, child: Child, code: str, term: int) -> str:
    if child.kind == "weak":
        return "C" if code == child.hard else random.choices("TH", (25, 75))[0]
    if child.kind == "ordinary":
        return random.choices("TH", (55, 45))[0]
    return "H" if term == 1 and random.random() < 0.06 else "T"


_TESTS = {"excellent": (90, 90, 100, 100), "good": (70, 80, 80, 90, 90, 100)}
_BY_LEVEL = {"T": (80, 90, 90, 100), "H": (50, 60, 60, 70, 70, 80), "C": (20, 30, 40)}


def _test(random: Random, child: Child, level: str) -> int:
    usual = _BY_LEVEL[level]
    return random.choice(_TESTS.get(child.kind, usual) if level == "T" else usual)


def _write_qualities(
    builder: DemoBuilder, classroom: Classroom, pupil: str, child: Child, *, term: int
) -> None:
    weights = {"ordinary": (72, 28, 0), "weak": (25, 65, 10)}.get(child.kind, (100, 0, 0))
    for stage in MOMENTS:
        for code in qualities_of(classroom.grade, regulation=primary_regulation()):
            value = builder.random.choices("TDC", weights)[0]
            place: Place = {
                "pupil_id": pupil,
                "year": builder.year,
                "term": term,
                "stage": stage,
                "code": code,
            }
            row = name_id("quality", pupil, builder.year, term, stage, code)
            builder.put_new("quality", row, class_id=classroom.id, value=value, **place)


def _write_record(builder: DemoBuilder, classroom: Classroom, pupil: str, term: int) -> None:
    excused, unexcused = marks.absences(builder.random)
    builder.put_new(
        "term_record",
        name_id("term_record", pupil, builder.year, term),
        pupil_id=pupil,
        year=builder.year,
        term=term,
        class_id=classroom.id,
        absent_excused=excused,
        absent_unexcused=unexcused,
        comment=builder.random.choice(REMARKS),
    )


def _write_ticks(builder: DemoBuilder, classroom: Classroom, children: dict[str, Child]) -> None:
    """About half of the good pupils are outstanding in something and the class agrees; for some only one of both."""
    for pupil, child in children.items():
        if child.kind != "good":
            continue
        for kind, share in ((OUTSTANDING, 0.7), (AGREES, 0.8)):
            if builder.random.random() < share:
                _write_tick(builder, classroom, pupil, kind)


def _write_tick(builder: DemoBuilder, classroom: Classroom, pupil: str, kind: str) -> None:
    builder.put_new(
        "year_decision",
        name_id("year_decision", pupil, builder.year, kind),
        pupil_id=pupil,
        year=builder.year,
        class_id=classroom.id,
        kind=kind,
        value=YES,
        decided_by=builder.db.author.actor,
        decided_at=f"{builder.year + 1}-05-22T09:00:00+07:00",
    )
