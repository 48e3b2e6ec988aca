"""One description of a datum, from which form, import, export and search are made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from edudesk.kernel import checks
from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.checks import Check
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import MOST_DIGITS, thousands, without_dots
from edudesk.kernel.text import fold, heading_key, squeeze
from edudesk.kernel.words import N_, _

Kind = Literal["text", "date", "choice", "number", "money", "phone", "id12", "flag"]
Value = None | int | str
WHOLE = ("number", "money")  # kinds whose values are whole numbers, for spreadsheets too
_YES, _NO = (
    frozenset({"1", "x", "co", "true", "yes", "dung"}),
    frozenset({"0", "khong", "false", "no", "sai"}),
)


@dataclass(frozen=True, slots=True)
class Field:
    """`key` is the column, `label` the heading on screen, `aliases` other headings seen in schools' files.

    `choices` are (code, label); `check` looks at a parsed value and answers a Problem or None; `width` in pixels.
    `stored` is what the table asks of the value, where that is not what every field of the kind keeps.
    """

    key: str
    label: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    check: Callable[[Value], Problem | None] | None = None
    width: int = 120
    personal: bool = True
    stored: Check | None = None

    @property
    def keeps(self) -> Check:
        """What a value must be to be stored: no form takes what a table would refuse."""
        return self.stored or _KEEPS.get(self.kind) or _one_of(self.choices)

    @property
    def headings(self) -> frozenset[str]:
        """Every heading that means this field, as the importer compares them."""
        return frozenset(heading_key(name) for name in (self.key, self.label, *self.aliases))

    def parse(self, raw: object) -> Value:
        """The value to store: ISO text for a date, a code for a choice, 0/1 for a flag, None for blank.

        Raises Refused with the field's own words.
        """
        text = as_text(raw)
        if not text:
            if self.required:
                raise Refused(self._problem("FIELD_MISSING", _("Thiếu {what}.")))
            return None
        value = _PARSERS[self.kind](self, raw, text)
        problem = self.check(value) if self.check else None
        problem = problem or (None if self.keeps(value) else self._unfit(value))
        if problem:
            raise Refused(problem)
        return value

    def problems(self, raw: object) -> tuple[Problem, ...]:
        """What speaks against a value, for whoever says all problems of a record at once."""
        try:
            self.parse(raw)
        except Refused as refusal:
            return refusal.problems
        return ()

    def show(self, value: Value) -> str:
        """The value as people read it."""
        if value is None or value == "":
            return ""
        if self.kind == "date":
            return show_date(str(value))
        if self.kind == "money":
            return thousands(int(value))
        if self.kind == "flag":
            return "x" if value else ""
        return next((_(label) for code, label in self.choices if code == str(value)), str(value))

    def _unfit(self, value: Value) -> Problem:
        """What is said of a value that was read and cannot be stored."""
        check = self.keeps
        if check.letters is not None:
            message, counts = (
                _("{what} dài {n} chữ cái, nhiều nhất {most}."),
                (len(str(value)), check.letters),
            )
            n, most = map(thousands, counts)
            return self._problem("FIELD_LONG", message, _("Viết ngắn lại."), n=n, most=most)
        if check.least is None or check.most is None:
            return self._problem("FIELD_SHAPE", _("{what} không đúng dạng."), _("Gõ lại."))
        message = _("{what} phải từ {least} đến {most}.")
        return self._problem("FIELD_NUMBER", message, _("Gõ lại số."), least=check.least, most=check.most)

    def _problem(self, code: str, message: str, next_step: str = "", **numbers: int | str) -> Problem:
        sentence = message.format(what=lower_first(_(self.label)), **numbers)
        return Problem(code, sentence[:1].upper() + sentence[1:], next=next_step, field=self.key)


def lower_first(words: str) -> str:
    """The words in the middle of a sentence: "Số định danh" is số định danh, "ID number" stays."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def as_text(raw: object) -> str:
    """A cell as text: composed, squeezed, whole numbers without a decimal point."""
    if raw is None:
        return ""
    if isinstance(raw, str):  # most are
        return squeeze(raw.lstrip("'"))
    if isinstance(raw, dt.date):
        return show_date(raw)
    if isinstance(raw, Decimal) and raw == raw.to_integral_value():
        return str(int(raw))
    return squeeze(str(raw).lstrip("'"))


def _parse_text(_field: Field, _raw: object, text: str) -> Value:
    return text


def _parse_date(field: Field, raw: object, text: str) -> Value:
    try:
        day = parse_date(raw if isinstance(raw, dt.date | int) else text)
    except Refused as refusal:
        raise Refused(*(_at(problem, field.key) for problem in refusal.problems)) from None
    return day.isoformat() if day else None


def _at(problem: Problem, key: str) -> Problem:
    return Problem(problem.code, problem.message, problem.place, problem.next, field=key)


@lru_cache(maxsize=64)
def _codes(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Folded code and folded label → code; a code wins over a label."""
    labels = {fold(label): code for code, label in reversed(choices)}
    return {**labels, **{fold(code): code for code, _label in choices}}


@lru_cache(maxsize=64)
def _one_of(choices: tuple[tuple[str, str], ...]) -> Check:
    return checks.one_of(*(code for code, _label in choices))


def _parse_choice(field: Field, _raw: object, text: str) -> Value:
    wanted = fold(text)
    code = _codes(field.choices).get(wanted)
    if code is None:  # the label in the language on screen
        code = {fold(_(label)): code for code, label in reversed(field.choices)}.get(wanted)
    if code is not None:
        return code
    known = ", ".join(_(label) for _code, label in field.choices[:6])
    message = _("Không có {what} “{text}”.").format(what=lower_first(_(field.label)), text=text[:40])
    raise Refused(
        Problem("FIELD_CHOICE", message, next=_("Chọn: {known}…").format(known=known), field=field.key)
    )


def _parse_number(field: Field, raw: object, text: str) -> Value:
    digits = _digits(raw, text)
    if not digits:
        raise Refused(field._problem("FIELD_NUMBER", _("{what} phải là số nguyên.")))
    if len(digits) > MOST_DIGITS:
        raise Refused(field._problem("FIELD_NUMBER", _("{what} quá lớn."), _("Gõ lại số.")))
    return int(digits)


def _digits(raw: object, text: str) -> str:
    """The digits of a whole number, with or without dots between thousands; "" for anything else. A decimal number
    has no such dots: 1.500 there is one and a half."""
    bare = text if isinstance(raw, Decimal) else without_dots(text)
    return bare if bare.isascii() and bare.isdigit() else ""


def _parse_money(field: Field, raw: object, text: str) -> Value:
    digits = _digits(raw, text)
    if not digits or len(digits) > MOST_DIGITS:
        message = _("Số tiền phải là số nguyên đồng.")
        raise Refused(field._problem("FIELD_NUMBER", message, _("Gõ lại, như 12.500.000.")))
    return int(digits)


def _parse_phone(field: Field, _raw: object, text: str) -> Value:
    digits = "".join(c for c in text if c.isdigit() or c == "+")
    digits = "0" + digits[3:] if digits.startswith("+84") else digits
    if len(digits) == 9 and digits[0] != "0":
        digits = "0" + digits  # a spreadsheet drops the leading zero
    if not (digits.isascii() and digits.isdigit() and len(digits) in (10, 11)):
        message = _("{what} cần 10 chữ số.")
        raise Refused(field._problem("FIELD_PHONE", message, _("Gõ như 0912 345 678.")))
    return digits


def _parse_id12(field: Field, _raw: object, text: str) -> Value:
    digits = text.replace(" ", "").replace(".", "")
    if not (digits.isascii() and digits.isdigit()):
        raise Refused(field._problem("ID_DIGITS", _("{what} chỉ gồm chữ số.")))
    if len(digits) != 12:
        message = _("{what} có {n} chữ số, cần 12.")
        raise Refused(field._problem("ID_LENGTH", message, _("Gõ lại số."), n=len(digits)))
    return digits


def _parse_flag(field: Field, _raw: object, text: str) -> Value:
    word = fold(text)
    if word in _YES or word in _NO:
        return int(word in _YES)
    raise Refused(field._problem("FIELD_FLAG", _("{what} chỉ nhận x hoặc để trống.")))


_PARSERS: dict[Kind, Callable[[Field, object, str], Value]] = {
    "text": _parse_text,
    "date": _parse_date,
    "choice": _parse_choice,
    "number": _parse_number,
    "money": _parse_money,
    "phone": _parse_phone,
    "id12": _parse_id12,
    "flag": _parse_flag,
}
_KEEPS: dict[Kind, Check] = {
    "text": checks.NAME,
    "date": checks.DATE,
    "number": checks.COUNT,
    "money": checks.MONEY,
    "phone": checks.PHONE,
    "id12": checks.ID12,
    "flag": checks.FLAG,
}
REASON = Field("reason", N_("Lí do"), width=300, stored=checks.NOTE)
"""Why something was done, as a Step keeps it."""
