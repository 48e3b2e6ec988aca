"""What the homeroom teacher's record of a term may hold."""

from __future__ import annotations

from edudesk.gradebook.rules.bounds import MOST_ABSENCES
from edudesk.gradebook.rules.regulation import LEVELS
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _


def read_count(text: str) -> int | str | None:
    """A number that was typed; None for blank; else the text itself, which no field takes."""
    typed = text.strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else typed or None


def check_record_field(key: str, value: object) -> Problem | None:
    """What stands against a field of the homeroom teacher's record."""
    if value is None or key == "comment":
        return None
    if key == "conduct":
        fits, message = value in LEVELS, _("Rèn luyện chỉ nhận Tốt, Khá, Đạt, Chưa đạt.")
        return None if fits else Problem("CONDUCT", message, next=_("Gõ T, K, Đ hoặc C."), field=key)
    number = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_ABSENCES
    message = _("Số buổi nghỉ là số nguyên từ 0 đến {most}.").format(most=MOST_ABSENCES)
    return None if number else Problem("ABSENCES", message, next=_("Gõ lại số buổi."), field=key)
