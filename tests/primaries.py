"""A class 4A of a primary school for tests, with whole years written in it."""

from __future__ import annotations

from pathlib import Path

from registers import Register

from edudesk.gradebook.register.qualities import QualityEntry, QualityKey, codes_of, save_qualities
from edudesk.gradebook.register.roll import TERMS, read_roll
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.slots import is_test


class Primary(Register):
    """A register of primary school."""

    def __init__(self, folder: Path, name: str = "4A") -> None:
        super().__init__(folder, name, levels=("tieu_hoc",))

    def levels(self, pupil: int, level: str, test: int = 100, **other: str) -> None:
        """Both terms: a level in every subject (`other` by code), the same test everywhere, in tenths."""
        for course in read_roll(self.db, self.class_id).courses:
            given = other.get(course.code, level)
            cells: dict[str, Mark] = {slot: test if is_test(slot) else given for slot in course.slots}
            for term in TERMS:
                self.enter(pupil, course.code, term, cells)

    def qualities(self, pupil: int, value: str = "T", **other: str) -> None:
        """Both moments of both terms: a value for every quality (`other` by code)."""
        codes = codes_of(read_roll(self.db, self.class_id))
        entries = [QualityEntry(self.pupils[pupil], code, other.get(code, value)) for code in codes]
        for term in TERMS:
            for stage in ("gk", "ck"):
                save_qualities(self.db, QualityKey(self.class_id, term, stage), entries)

    def year(self, pupil: int, level: str = "T", test: int = 100, value: str = "T") -> None:
        """A whole year of one pupil."""
        self.levels(pupil, level, test)
        self.qualities(pupil, value)
