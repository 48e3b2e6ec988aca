"""The history of marks: every change of a cell, a column or a page, read from the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from edudesk.gradebook.register.marks import SheetKey
from edudesk.gradebook.register.roll import Roll, read_roll
from edudesk.gradebook.rules.locks import COMMENT
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.words import STANDING_WORDS, word_of
from edudesk.kernel.access import actor_words
from edudesk.kernel.change import GONE, JournalRow, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.history import history


@dataclass(frozen=True, slots=True)
class MarkChange:
    """One change of one cell: what was seen there before and after, by whom (`standing` at the time) and why.

    `wall` is the PC's own time with its offset; `doubtful` when it contradicts the order of the cell's changes.
    `label` names the action it was part of, for people; `step` is that action's id. `first` is the first mark the cell ever held: an entry, not a correction.
    """

    pupil_id: str
    number: int | None
    name: str
    slot: str
    old: Mark
    new: Mark
    wall: str
    actor: str
    standing: str
    label: str
    reason: str
    first: bool = False
    doubtful: bool = False
    step: str = ""

    @property
    def who(self) -> str:
        """The author with the standing of then: "Lê Thị Hoa (giáo viên bộ môn)"; the office is just that."""
        standing = word_of(STANDING_WORDS, self.standing)
        return standing if actor_words(self.actor) == standing else f"{self.actor} ({standing})"

    @property
    def day(self) -> dt.date:
        """The day on the PC that wrote it."""
        return dt.date.fromisoformat(self.wall[:10])


def mark_history(
    db: Database,
    key: SheetKey,
    *,
    pupil_id: str | None = None,
    slot: str | None = None,
    days: tuple[dt.date | None, dt.date | None] = (None, None),
) -> list[MarkChange]:
    """The changes of a page of the register, or of one pupil, column or cell of it, oldest first.

    `days` are the first and the last day, both included. Raises Refused CLASS_UNKNOWN, SUBJECT_NOT_TAUGHT, MARK_SLOT.
    """
    roll = read_roll(db, key.class_id)
    known = roll.course(key.code).slots
    if slot is not None and slot not in known:
        raise Refused(no_such_slot(slot, known))
    cells = _cells(db, roll, key, pupil_id=pupil_id, slot=slot)
    order = {row: place for place, row in enumerate(cells)}
    rows = sorted(history(db, "mark", cells), key=lambda row: order[row.change.row])  # stable: clocks stay
    changes = [
        (clock, change)
        for row, entries in groupby(rows, key=lambda row: row.change.row)
        for clock, change in _doubtful_times(list(_changes(list(entries), cells[row], roll)))
        if _within(change.day, *days)
    ]
    return [change for _clock, change in sorted(changes, key=lambda pair: pair[0])]


def comment_history(db: Database, key: SheetKey, pupil_id: str) -> list[MarkChange]:
    """The changes of what a subject's teacher says of a pupil in a term, oldest first; `old` and `new` are texts.

    Raises Refused CLASS_UNKNOWN.
    """
    roll = read_roll(db, key.class_id)
    row = name_id("subject_comment", pupil_id, roll.year, key.code, key.term)
    rows = history(db, "subject_comment", [row])
    return [
        change
        for _clock, change in _doubtful_times(list(_changes(rows, (pupil_id, COMMENT), roll, field="text")))
    ]


def no_such_slot(slot: str, known: Sequence[str]) -> Problem:
    """The problem of a column that the subject does not have."""
    message = _("Không có cột “{slot}”.").format(slot=slot)
    return Problem("MARK_SLOT", message, next=_("Các cột: {known}.").format(known=", ".join(known)))


def _within(day: dt.date, first: dt.date | None, last: dt.date | None) -> bool:
    return (first is None or day >= first) and (last is None or day <= last)


def _cells(
    db: Database, roll: Roll, key: SheetKey, *, pupil_id: str | None, slot: str | None
) -> dict[str, tuple[str, str]]:
    """Row → (pupil, slot) of every cell asked for, also of those that were taken back."""
    rows = db.all(
        """select id, pupil_id, slot from mark where year = ? and code = ? and term = ?
        and pupil_id in (select pupil_id from enrolment where class_id = ? and gone = 0)""",
        (roll.year, key.code, key.term, roll.class_id),
    )
    return {
        row: (pupil, cell) for row, pupil, cell in rows if pupil_id in (None, pupil) and slot in (None, cell)
    }


Clocked = tuple[int, MarkChange]


def _changes(
    rows: Sequence[JournalRow], cell: tuple[str, str], roll: Roll, *, field: str = "value"
) -> Iterator[Clocked]:
    """A cell's changes as people saw them: one for each action that changed what stood there."""
    pupil = next((enrolled for enrolled in roll.pupils if enrolled.id == cell[0]), None)
    state: dict[str, Value] = {}
    ever = False
    for _step, written in groupby(rows, key=lambda row: row.step):
        old, parts = _cell_value(state, field), list(written)
        for row in parts:
            state |= {GONE: 0, **row.change.fields} if row.change.kind == "ins" else row.change.fields
        new, row = _cell_value(state, field), parts[-1]
        if new == old:
            continue
        yield (
            row.clock,
            MarkChange(
                pupil_id=cell[0],
                number=pupil.number if pupil else None,
                name=pupil.name if pupil else "",
                slot=cell[1],
                old=old,
                new=new,
                wall=row.wall,
                actor=row.actor,
                standing=row.standing,
                label=row.label,
                reason=row.reason,
                first=not ever,
                step=row.step,
            ),
        )
        ever = True


def _cell_value(state: Mapping[str, Value], field: str) -> Mark:
    """What stands in a cell: nothing while its row is gone."""
    return None if state.get(GONE, 1) else state.get(field)


def _doubtful_times(changes: list[Clocked]) -> list[Clocked]:
    """The same changes; where a later one says an earlier time, both of their times are doubtful."""
    times = [dt.datetime.fromisoformat(change.wall) for _clock, change in changes]
    back = {place for place, (moment, next_one) in enumerate(pairwise(times)) if next_one < moment}
    return [
        (clock, replace(change, doubtful=place in back or place - 1 in back))
        for place, (clock, change) in enumerate(changes)
    ]
