"""A class with pupils and marks for tests, made through the stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from schools import YEAR, make_school
from templates import school_copy

from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_marks, save_term_record
from edudesk.gradebook.register.roll import TERMS, read_roll
from edudesk.gradebook.rules.marks import Mark
from edudesk.school.store import class_named
from edudesk.storage.database import Database
from edudesk.students.store import add_pupil, pupils

NAMES = ("Lò Thị Ánh", "Vàng A Bình", "Nguyễn Văn Cường", "Phan Hương Giang")


def _class_of_four(folder: Path, *, name: str, levels: Sequence[str]) -> Database:
    db = make_school(folder, (name, "6A1") if "thcs" in levels else (name,), levels=levels)
    class_id = class_named(db, YEAR, name).id
    for number, pupil in enumerate(NAMES, 1):
        add_pupil(db, YEAR, class_id, {"name": pupil, "code": f"HS{number:03d}", "sex": "NU"})
    return db


class Register:
    """One class of a small school, its pupils by the order of NAMES."""

    def __init__(self, folder: Path, name: str = "9A2", *, levels: Sequence[str] = ("thcs",)) -> None:
        make = partial(_class_of_four, name=name, levels=levels)
        self.db: Database = school_copy(folder, ("register", name, tuple(levels)), make)
        self.class_id = class_named(self.db, YEAR, name).id
        self.pupils = [pupil.id for pupil in pupils(self.db, YEAR, class_id=self.class_id)]

    def key(self, code: str = "toan", term: int = 1) -> SheetKey:
        return SheetKey(self.class_id, code, term)

    def enter(self, pupil: int, code: str, term: int, marks: Mapping[str, Mark]) -> None:
        """Write some cells of the pupil of that place."""
        entries = [MarkEntry(self.pupils[pupil], slot, value) for slot, value in marks.items()]
        enter_marks(self.db, self.key(code, term), entries)

    def fill(self, pupil: int, score: int, *, terms: Sequence[int] = TERMS, **other: Mark) -> None:
        """Every cell of every subject: the score, D for comments; `other` by subject code."""
        for course in read_roll(self.db, self.class_id).courses:
            value = other.get(course.code, "D" if course.kind == "comment" else score)
            for term in terms:
                self.enter(pupil, course.code, term, dict.fromkeys(course.slots, value))

    def conduct(self, pupil: int, *levels: str, absent: int = 0) -> None:
        """The homeroom teacher's record of both terms."""
        for term, level in enumerate(levels, 1):
            save_term_record(
                self.db,
                self.class_id,
                term,
                pupil_id=self.pupils[pupil],
                conduct=level,
                absent_excused=absent if term == 1 else 0,
            )
