"""Making the demo school, from its name to the marks of two terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edudesk.demo.school import (
    DEFAULT_PUPILS,
    Builder,
    class_sizes,
    taught_apart,
)
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import _
from edudesk.school.demo import LEVELS
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
    teachers = _begin(builder, places)
    class_writers = [part.class_demo for part in db.slices if part.class_demo]
    total, made = 0, []
    sizes = class_sizes(pupils or DEFAULT_PUPILS, len(places))
    for done, (place, size) in enumerate(zip(places, sizes, strict=True)):
        progress.step(done, len(places), _("Lớp {grade}A{n}").format(grade=place[0], n=place[1]))
        classroom = builder.classroom(*place, size, teachers)
        builder.do(_("Lập lớp {name}").format(name=classroom.name))
        for write in class_writers:
            total += write(builder, classroom, late=done % 4 == 3)
        made.append((classroom.id, classroom.name, classroom.grade))
    for part in db.slices:
        if part.demo:
            part.demo(builder, made)
    return Demo(level, year, len(places), sum(sizes), total)


def _begin(builder: Builder, places: Sequence[tuple[int, int]]) -> dict[str, list[str]]:
    """The school, its year, its plan and its staff, for classes of these grades and numbers; one Step."""
    builder.settings()
    builder.calendar()
    builder.plan(tuple(sorted({grade for grade, _n in places})))
    subjects = sorted({code for place in places for code in taught_apart(*place)})
    teachers = builder.staff(subjects, len(places))
    builder.do(_("Lập trường mẫu"))
    return teachers


def classes_in_a_grade(level: str, pupils: int) -> int:
    """As many as a school of that size has, at least one; a class has some fifteen pupils or more."""
    most = 3 if level == "thcs" else 4
    return min(most, max(1, pupils // (len(LEVELS[level][1]) * 15)))
