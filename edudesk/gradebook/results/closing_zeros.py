"""Tells which zeros of a pupil's term came from closing it, for the explanation."""

from __future__ import annotations

from edudesk.gradebook.register.history import MarkChange, mark_history
from edudesk.gradebook.register.locks import locked_before
from edudesk.gradebook.register.marks import SheetKey
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine
from edudesk.gradebook.rules.closing import TURNED
from edudesk.gradebook.rules.marks import FAILED
from edudesk.gradebook.rules.slots import slot_short
from edudesk.kernel.access import actor_words
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.history import step_rows


def closing_notice(db: Database, sheet: ClassSheet, line: SheetLine) -> tuple[str, str]:
    """A title and a sentence about the cells that closing the term turned; ("", "") where there is none."""
    if not sheet.term or not {0, FAILED} & {*line.marks}:
        return "", ""
    key = SheetKey(sheet.roll.class_id, sheet.course.code, sheet.term)
    last = {change.slot: change for change in mark_history(db, key, pupil_id=line.pupil_id)}
    turned = [change for change in last.values() if _by_closing(db, key, change)]
    if not turned:
        return "", ""
    words = _("{cell}: {letter}, tính khi đóng sổ {day} ({who}: {reason})")
    lines = [
        words.format(
            cell=slot_short(change.slot),
            letter=change.old,
            day=show_date(change.day),
            who=actor_words(change.actor),
            reason=change.reason.rstrip("."),
        )
        for change in turned
    ]
    return _("Có ô tính khi đóng sổ"), "; ".join(lines) + "."


def _by_closing(db: Database, key: SheetKey, change: MarkChange) -> bool:
    """Whether a change was made by closing the term; known from what its Step changed, never from what it is called.

    Closing locks the whole term in the same Step. A term that was locked already gets no second lock: there a letter
    is turned for a stated reason.
    """
    if change.old not in TURNED or change.new not in (0, FAILED):
        return False
    locks = [row.change.fields for row in step_rows(db, change.step, "mark_lock")]
    if locks:
        return any(lock["term"] == key.term and not lock["code"] and not lock["slot"] for lock in locks)
    return bool(change.reason) and locked_before(db, key.class_id, key.term, change.wall)
