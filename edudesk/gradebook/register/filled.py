"""How full the registers are: for each class, subject and kind of mark, how many are there of how many owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edudesk.gradebook.register.roll import Roll, read_rolls
from edudesk.gradebook.rules.marks import OWED
from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class ColumnFill:
    """A column of a register: how many of the `owed` marks are `filled`."""

    class_id: str
    class_name: str
    code: str
    subject: str
    teacher_id: str | None
    slot: str
    filled: int
    owed: int

    @property
    def full(self) -> bool:
        return self.filled >= self.owed


def completeness(db: Database, year: int, term: int, *, class_id: str | None = None) -> list[ColumnFill]:
    """Every column of every class in a term (1 or 2), in the order of classes, subjects and slots."""
    filled_slots = _filled_slots(db, year, term)
    return [
        filling
        for roll in read_rolls(db, year, class_id=class_id)
        for filling in _of_class(roll, term, filled_slots)
    ]


def _of_class(roll: Roll, term: int, filled_slots: Mapping[tuple[str, str], str]) -> list[ColumnFill]:
    pupil_ids = [pupil.id for pupil in roll.pupils if roll.owes(pupil, term)]
    fills = []
    for course in roll.courses:
        owing = [pupil for pupil in pupil_ids if roll.takes(pupil, course)]
        full = ",".join(sorted(course.slots))
        texts = [filled_slots.get((pupil, course.code), "") for pupil in owing]
        parts = [text.split(",") for text in texts if text != full]
        fills += [
            ColumnFill(
                class_id=roll.class_id,
                class_name=roll.class_name,
                code=course.code,
                subject=course.name,
                teacher_id=course.teacher_id,
                slot=slot,
                filled=len(owing) - sum(slot not in part for part in parts),
                owed=len(owing),
            )
            for slot in course.slots
        ]
    return fills


def _filled_slots(db: Database, year: int, term: int) -> dict[tuple[str, str], str]:
    """(pupil, subject) → the slots that hold a mark, comma between, in the order of the index."""
    letters = ", ".join("?" * len(OWED))
    rows = db.all(
        f"""select pupil_id, code, group_concat(slot) from mark
        where pupil_id in (select pupil_id from enrolment where year = ? and gone = 0)
        and year = ? and term = ? and gone = 0 and value is not null and value not in ({letters})
        group by pupil_id, code, term""",
        (year, year, term, *OWED),
    )
    return {(pupil, code): slots for pupil, code, slots in rows}
