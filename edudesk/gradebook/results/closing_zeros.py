"""Which noughts of a pupil's term came from closing it, so that an explanation can say so."""

from __future__ import annotations

from edudesk.gradebook.register.closing import closing_label
from edudesk.gradebook.register.history import MarkChange, mark_history
from edudesk.gradebook.register.marks import SheetKey
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine
from edudesk.gradebook.rules.closing import TURNED
from edudesk.gradebook.rules.marks import FAILED, slot_short
from edudesk.kernel.access import actor_words
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import _
from edudesk.storage.database import Database


def closing_notice(db: Database, sheet: ClassSheet, line: SheetLine) -> tuple[str, str]:
    """A title and a sentence about the cells that closing the term turned; ("", "") where there is none."""
    if not sheet.term or not {0, FAILED} & {*line.marks}:
        return "", ""
    key = SheetKey(sheet.roll.class_id, sheet.course.code, sheet.term)
    last = {change.slot: change for change in mark_history(db, key, pupil_id=line.pupil_id)}
    turned = [change for change in last.values() if _by_closing(change, sheet.term)]
    if not turned:
        return "", ""
    words = _("{cell}: {letter}, tính khi đóng sổ {day} ({who}: {reason})")
    told = [
        words.format(
            cell=slot_short(change.slot),
            letter=change.old,
            day=show_date(change.day),
            who=actor_words(change.actor),
            reason=change.reason.rstrip("."),
        )
        for change in turned
    ]
    return _("Có ô tính khi đóng sổ"), "; ".join(told) + "."


def _by_closing(change: MarkChange, term: int) -> bool:
    return change.old in TURNED and change.new in (0, FAILED) and change.label == closing_label(term)
