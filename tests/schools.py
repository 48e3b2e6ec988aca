"""Small schools for tests, made through the stores as a clerk would make them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from templates import school_copy

from edudesk.kernel.change import Step
from edudesk.school.rules import usual_year
from edudesk.school.store import class_by_id
from edudesk.school.store_setup import save_class, set_up
from edudesk.school.store_subjects import class_subjects, save_class_subject
from edudesk.slices import open_school
from edudesk.storage.database import Database

YEAR = 2026


def make_school(
    folder: Path,
    classes: Sequence[str] = ("6A1", "9A2"),
    *,
    levels: Sequence[str] = ("thcs",),
    year: int = YEAR,
) -> Database:
    """A school with one year, subjects from the programme, and classes; still open."""

    def make(template: Path) -> Database:
        db = open_school(template, create=True)
        set_up(db, name="Trường THCS Sông Trăng", levels=levels, year=usual_year(year), class_names=classes)
        return db

    return school_copy(folder, ("school", tuple(classes), tuple(levels), year), make)


def change_class(db: Database, class_id: str, **fields: str | None) -> Step:
    """Save a class with some of its fields (`homeroom_id`, `site_id`, `name`) changed, as its form does."""
    school_class = class_by_id(db, class_id)
    stored = {name: getattr(school_class, name) for name in ("name", "homeroom_id", "site_id")}
    return save_class(db, class_id, **(stored | fields))


def change_subject(db: Database, class_id: str, code: str, **fields: Any) -> Step:
    """Save a subject of a class with some of its fields (`teacher_id`, `taken`, `topics`) changed, as its form does."""
    course = next(course for course in class_subjects(db, class_id) if course.code == code)
    stored = {name: getattr(course, name) for name in ("teacher_id", "taken", "topics")}
    return save_class_subject(db, class_id, code, **(stored | fields))
