"""Small schools for tests, made through the stores as a clerk would make them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from templates import school_copy

from edudesk.school.rules import usual_year
from edudesk.school.store_setup import set_up
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
