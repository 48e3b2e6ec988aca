"""Dates as people write them and as the store keeps them; school years by their first calendar year."""

from __future__ import annotations

import datetime as dt
import re

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _

# Day 1 of a spreadsheet is 1 January 1900; the day before 1 March 1900 never was, so serials from 61 on
# count from 30 December 1899.
_EXCEL_EPOCH = dt.date(1899, 12, 30)
_EXCEL_FIRST, _EXCEL_LAST = 61, 109574  # 01/03/1900 … 31/12/2199
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})(?:\s+0?0:00(?::00)?)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}")
_MONTH_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{4}")


def parse_date(value: object) -> dt.date | None:
    """A date from text (day first, or ISO), a date cell, or a spreadsheet's day number. Blank is None.

    Raises Refused (DATE_UNREADABLE, DATE_NO_SUCH_DAY, DATE_SHORT_YEAR, DATE_NO_DAY).
    """
    if value is None or isinstance(value, dt.date):
        return value.date() if isinstance(value, dt.datetime) else value
    if isinstance(value, int) and not isinstance(value, bool):
        return from_serial(value)
    text = str(value).strip().lstrip("'")
    return _from_text(text) if text else None


def from_serial(number: int) -> dt.date:
    """The date a spreadsheet means by a day number in its 1900 system."""
    if not _EXCEL_FIRST <= number <= _EXCEL_LAST:
        raise _unreadable(str(number))
    return _EXCEL_EPOCH + dt.timedelta(days=number)


def _from_text(text: str) -> dt.date:
    if day_first := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, day_first.groups())
    elif iso := _ISO.fullmatch(text):
        year, month, day = map(int, iso.groups())
    elif text.isascii() and text.isdigit() and len(text) == 5:
        return from_serial(int(text))
    else:
        raise _unreadable(text)
    try:
        return dt.date(year, month, day)
    except ValueError:
        message = _("Không có ngày {day:02d}/{month:02d}.").format(day=day, month=month)
        if month > 12:
            message = _("Không có tháng {month}.").format(month=month)
        raise Refused(Problem("DATE_NO_SUCH_DAY", message, next=_("Gõ ngày đúng."))) from None


def _unreadable(text: str) -> Refused:
    if _TWO_DIGIT_YEAR.fullmatch(text):
        return Refused(Problem("DATE_SHORT_YEAR", _("Năm phải đủ bốn chữ số."), next=_("Gõ như 05/06/2012.")))
    if _MONTH_YEAR.fullmatch(text):
        return Refused(Problem("DATE_NO_DAY", _("Thiếu ngày."), next=_("Gõ đủ ngày/tháng/năm.")))
    message = _("Không đọc được ngày “{text}”.").format(text=text[:40])
    return Refused(Problem("DATE_UNREADABLE", message, next=_("Gõ ngày/tháng/năm, như 05/06/2012.")))


def show_date(day: dt.date | str | None) -> str:
    """22/11/2026, from a date or from its stored ISO form; nothing for None."""
    if not day:
        return ""
    if isinstance(day, str):
        day = dt.date.fromisoformat(day)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def year_name(year: int) -> str:
    """The school year that begins in `year`, as people write it: 2026–2027 (“năm học”)."""
    return f"{year}–{year + 1}"


def school_year_of(day: dt.date) -> int:
    """The school year a day belongs to; a new one begins with August."""
    return day.year if day.month >= 8 else day.year - 1
