"""What argparse says, in Vietnamese; it asks its own gettext, which knows only English."""

from __future__ import annotations

import argparse

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import N_, _

FIRST_YEAR, LAST_YEAR = 2000, 2100
WORDS = {
    "usage: ": N_("cách dùng: "),
    "options": N_("tùy chọn"),
    "positional arguments": N_("tham số"),
    "show this help message and exit": N_("in lời giúp này rồi thoát"),
    "argument %(argument_name)s: %(message)s": N_("%(argument_name)s: %(message)s"),
    "expected one argument": N_("cần một giá trị"),
    "expected at least one argument": N_("cần ít nhất một giá trị"),
    "invalid choice: %(value)r (choose from %(choices)s)": N_("không có %(value)r, chọn trong: %(choices)s"),
    "invalid %(type)s value: %(value)r": N_("%(value)r không phải là %(type)s"),
    "the following arguments are required: %s": N_("còn thiếu: %s"),
    "unrecognized arguments: %s": N_("không hiểu: %s"),
    "ambiguous option: %(option)s could match %(matches)s": N_("%(option)s có thể là %(matches)s"),
    "ignored explicit argument %r": N_("không nhận giá trị %r"),
}


def speak(parser_module: object = argparse) -> None:
    """Let argparse speak the program's language."""
    setattr(parser_module, "_", lambda words: _(WORDS[words]) if words in WORDS else words)  # noqa: B010


def school_year(text: str) -> int:
    """A school year by its first calendar year. Raises Refused YEAR_RANGE."""
    year = int(text)
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year
    message = _("Năm học phải từ {first} đến {last}.").format(first=FIRST_YEAR, last=LAST_YEAR)
    raise Refused(Problem("YEAR_RANGE", message, next=_("Gõ năm bắt đầu, như 2026.")))


school_year.__name__ = N_("năm")
