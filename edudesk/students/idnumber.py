"""The personal identification number (“số định danh cá nhân”): twelve digits that say place, sex, century and year.

There is no check digit. Only its length and digits can be wrong; the rest are warnings, because records of civil
status are corrected and codes of places change (NĐ 137/2015 Điều 13).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from edudesk.kernel.errors import Problem
from edudesk.kernel.regulation import rule_file_by_code
from edudesk.kernel.words import N_, _

LENGTH = 12
SEXES = ("NAM", "NU")
FIRST_CENTURY = 19  # the digits 0 and 1 mean 1900–1999
_MESSAGES = {
    "ID_LENGTH": (N_("Số định danh có {n} chữ số, cần 12."), N_("Gõ lại số.")),
    "ID_DIGITS": (N_("Số định danh chỉ gồm chữ số."), N_("Gõ lại số.")),
    "GENDER": (N_("Chữ số thứ tư không khớp giới tính."), N_("Xem lại số hoặc giới tính.")),
    "CENTURY": (N_("Chữ số thứ tư không khớp thế kỉ của năm sinh."), N_("Xem lại số hoặc ngày sinh.")),
    "YEAR": (N_("Hai chữ số năm sinh không khớp ngày sinh."), N_("Xem lại số hoặc ngày sinh.")),
    "PROVINCE": (N_("Ba chữ số đầu không có trong danh mục nơi đăng kí khai sinh."), N_("Xem lại số.")),
}


@dataclass(frozen=True, slots=True)
class IdCheck:
    """What was found: the `problem` that makes it no number, `warnings` to look at, and the likely number where a
    spreadsheet took the leading zero."""

    problem: Problem | None = None
    warnings: tuple[Problem, ...] = ()
    suggestion: str | None = None

    @property
    def ok(self) -> bool:
        return self.problem is None


def check_id_number(number: str, born: dt.date | None = None, sex: str | None = None) -> IdCheck:
    """Check a number alone, or against a birthday and a sex ("NAM", "NU").

    Problem codes ID_LENGTH, ID_DIGITS; warning codes GENDER, CENTURY, YEAR, PROVINCE.
    """
    if not (number.isascii() and number.isdigit()):
        return IdCheck(_say("ID_DIGITS"))
    if len(number) != LENGTH:
        lost_zero = len(number) == LENGTH - 1
        return IdCheck(_say("ID_LENGTH", len(number)), suggestion="0" + number if lost_zero else None)
    return IdCheck(warnings=tuple(_say(code) for code in _warnings(number, born, sex)))


def _say(code: str, n: int = LENGTH) -> Problem:
    message, next_step = _MESSAGES[code]
    return Problem(code, _(message).format(n=n), next=_(next_step), field="personal_number")


def _warnings(number: str, born: dt.date | None, sex: str | None) -> list[str]:
    century, woman = divmod(int(number[3]), 2)
    warnings = []
    if sex is not None and SEXES[woman] != sex:
        warnings.append("GENDER")
    if born is not None and FIRST_CENTURY + century != born.year // 100:
        warnings.append("CENTURY")
    if born is not None and int(number[4:6]) != born.year % 100:
        warnings.append("YEAR")
    if number[:3] not in _provinces():
        warnings.append("PROVINCE")
    return warnings


@lru_cache(maxsize=1)
def _provinces() -> frozenset[str]:
    table = rule_file_by_code("NĐ137/2015").table
    codes = table.table("provinces").texts("codes") + table.table("more_provinces").texts("codes")
    table.finish()
    return frozenset(codes)
