"""Counts the marks a lock would close: how many are entered, how many are still owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edudesk.gradebook.register.roll import TERMS, Course, Roll, read_roll, read_rolls
from edudesk.gradebook.register.stored_marks import StoredValues, read_stored
from edudesk.gradebook.rules.locks import RegisterCell, Scope
from edudesk.gradebook.rules.marks import OWED
from edudesk.kernel.words import _
from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class LockCount:
    """How many marks are entered and how many are still owed."""

    filled: int
    owed: int

    @property
    def words(self) -> str:
        """The count in a sentence."""
        if not self.owed:
            return _("Có {n} điểm, không thiếu điểm nào.").format(n=self.filled)
        words = _("Có {n} điểm, còn thiếu {owed}; khóa rồi thì phải có phiếu mới ghi được.")
        return words.format(n=self.filled, owed=self.owed)


def count_cells(db: Database, scope: Scope) -> LockCount:
    """The cells of a scope. Raises Refused like `read_roll`."""
    rolls = [read_roll(db, scope.class_id)] if scope.class_id else read_rolls(db, scope.year)
    numbers = [0, 0]
    for term in TERMS if scope.term is None else (scope.term,):
        stored = read_stored(db, scope.year, term, class_id=scope.class_id)
        for roll in rolls:
            for course in roll.courses:
                for place, count in enumerate(_counted(roll, course, _at(scope, term), stored)):
                    numbers[place] += count
    return LockCount(*numbers)


def _at(scope: Scope, term: int) -> Scope:
    return Scope(scope.year, scope.class_id, scope.code, term, scope.slot, scope.pupil_id)


def _counted(roll: Roll, course: Course, scope: Scope, helds: Mapping[str, StoredValues]) -> tuple[int, int]:
    term, here = int(scope.term or 0), frozenset((roll.class_id,))
    wanted = {
        slot
        for slot in course.slots
        if scope.covers(RegisterCell(roll.year, here, course.code, term, slot, scope.pupil_id or ""))
    }
    count = owed = 0
    for pupil in roll.pupils if wanted else ():
        if scope.pupil_id in (None, pupil.id) and roll.takes(pupil.id, course):
            slots, values = helds.get(pupil.id, {}).get((course.code, term), ("", ""))
            pairs = zip(slots.split(","), values.split(","), strict=True)
            marks = sum(slot in wanted and value not in OWED for slot, value in pairs)
            count += marks
            owed += (len(wanted) - marks) * roll.owes(pupil, term)
    return count, owed
