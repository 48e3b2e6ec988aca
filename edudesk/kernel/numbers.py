"""Marks and averages are whole tenths (85 is 8,5); one rounding, half up; JSON without floats."""

from __future__ import annotations

import json
import re
from collections import Counter
from decimal import ROUND_DOWN, Context, Decimal, Inexact, InvalidOperation
from functools import lru_cache
from typing import Any, NoReturn

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import _

HIGHEST = 100  # 10,0 in tenths
MOST_DIGITS = 15  # of a number somebody counts or pays; beyond, no spreadsheet keeps every digit
_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)([.,][0-9]+)?")
_DOTTED = re.compile(r"[0-9]{1,3}([. ][0-9]{3})+")
_TWO_DIGITS = re.compile(r"[0-9]{2}")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_INTEGER = 4000  # Python refuses to read longer ones
_exact = Context(prec=64, traps=[Inexact, InvalidOperation])
_cut = Context(prec=64, rounding=ROUND_DOWN)


def half_up(numerator: int, divisor: int) -> int:
    """The quotient to the nearest whole number, a half going up (“làm tròn”). `divisor` is positive."""
    return (2 * numerator + divisor) // (2 * divisor)


def parse_tenths(raw: object) -> int:
    """A mark in tenths from "8,5", "8.5", 8 or a Decimal: 0 to 10 with at most one decimal, nothing rounded.

    Raises Refused with the likely fix: MARK_NOT_NUMBER, MARK_RANGE, MARK_STEP. A float is refused: it has lost
    what was written.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str):
        raise _not_number(raw)
    return _read(raw) if isinstance(raw, str) else _tenths(Decimal(raw))


@lru_cache(maxsize=512)
def _read(raw: str) -> int:
    """Kept, because a block of marks says few things many times."""
    text = squeeze(raw)
    if not _PLAIN.fullmatch(text):
        raise _not_number(text)
    return _tenths(Decimal(text.replace(",", ".")))


def _tenths(number: Decimal) -> int:
    if not number.is_finite():
        raise _not_number(number)
    if not 0 <= number <= 10:
        raise _out_of_range(number)
    try:
        tenths = _exact.multiply(number, Decimal(10))
    except Inexact:
        raise _too_fine(number) from None
    if tenths != tenths.to_integral_value():
        raise _too_fine(number)
    return int(tenths)


def show_tenths(tenths: int) -> str:
    """Tenths as people read them: 85 is "8,5", 80 is "8,0"."""
    sign = "-" if tenths < 0 else ""
    whole, tenth = divmod(abs(tenths), 10)
    return f"{sign}{whole},{tenth}"


def show_hundredths(hundredths: int | None) -> str:
    """Hundredths as people read them: 4850 is "48,5", 480000 is "4.800"; "" for none."""
    if hundredths is None:
        return ""
    whole, part = divmod(hundredths, 100)
    return f"{thousands(whole)},{part:02}".rstrip("0").rstrip(",")


def thousands(number: int) -> str:
    """A count or a sum of money as people read it: 15000000 is "15.000.000"."""
    return f"{number:,}".replace(",", ".")


def without_dots(text: str) -> str:
    """A whole number typed with dots or blanks between thousands as plain digits; other text as it is."""
    return re.sub("[. ]", "", text) if _DOTTED.fullmatch(text) else text


def as_decimal(tenths: int) -> Decimal:
    """Tenths as the number they stand for, for JSON and spreadsheets: 79 is 7.9."""
    return Decimal(tenths).scaleb(-1)


class Doubled(dict[str, Any]):
    """An object of a JSON document that names `key` twice: which of the two is meant nobody can know."""

    def __init__(self, pairs: list[tuple[str, Any]], key: str) -> None:
        super().__init__(pairs)
        self.key = key


def read_json(text: str, *, doubled: bool = False) -> Any:
    """A JSON document with Decimal for every decimal number. Raises Refused JSON_BAD; NaN and Infinity too.

    An object that names a key twice is refused (JSON_DOUBLED), or with `doubled` told by its kind.
    """
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            parse_float=Decimal,
            parse_int=_whole_number,
            parse_constant=_no_constant,
            object_pairs_hook=_object if doubled else _plain_object,
        )
    except (ValueError, RecursionError, InvalidOperation) as error:
        place = _("dòng {n}").format(n=error.lineno) if isinstance(error, json.JSONDecodeError) else ""
        next_step = _("Kiểm tra lại tệp; số thập phân dùng dấu chấm.")
        raise Refused(Problem("JSON_BAD", _("Không đọc được tệp JSON."), place, next_step)) from None


def write_json(value: Any, *, indent: int = 1) -> str:
    """A JSON document in which a Decimal stays the number it is (7.9), never a float and never text."""
    return _written(value, "", " " * indent)


def _written(value: Any, margin: str, step: str) -> str:
    inner = margin + step
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict) and value:
        pairs = (f"{_leaf(str(key))}: {_written(item, inner, step)}" for key, item in value.items())
        return _bracketed("{}", pairs, margin, inner)
    if isinstance(value, list | tuple) and value:
        return _bracketed("[]", (_written(item, inner, step) for item in value), margin, inner)
    return _leaf(value)


def _leaf(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if not _LONE_SURROGATE.search(text) else json.dumps(value)


def _bracketed(brackets: str, parts: Any, margin: str, inner: str) -> str:
    middle = f",\n{inner}".join(parts)
    return f"{brackets[0]}\n{inner}{middle}\n{margin}{brackets[1]}"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    return Doubled(pairs, Counter(key for key, _value in pairs).most_common(1)[0][0])


def _plain_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = _object(pairs)
    if isinstance(made, Doubled):
        message = _("Khóa “{key}” có hai lần trong một đối tượng.").format(key=made.key[:40])
        raise Refused(Problem("JSON_DOUBLED", message, next=_("Bỏ một trong hai rồi làm lại.")))
    return made


def _whole_number(literal: str) -> int | Decimal:
    return int(literal) if len(literal) < _LONGEST_INTEGER else Decimal(literal)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _not_number(raw: object) -> Refused:
    message = _("“{text}” không phải là điểm.").format(text=str(raw)[:20])
    return Refused(Problem("MARK_NOT_NUMBER", message, next=_("Gõ số từ 0 đến 10, như 8,5.")))


def _out_of_range(number: Decimal) -> Refused:
    text = format(number, "f") if -20 < number.adjusted() < 20 else str(number)
    next_step = _("Gõ số từ 0 đến 10, như 8,5.")
    if _TWO_DIGITS.fullmatch(text):
        next_step = _("Ghi {likely}.").format(likely=f"{text[0]},{text[1]}")
    return Refused(Problem("MARK_RANGE", _("Điểm phải từ 0 đến 10."), next=next_step))


def _too_fine(number: Decimal) -> Refused:
    below = int(_cut.multiply(number, Decimal(10)))
    fixes = {"upper": _short(below + 1), "lower": _short(below)}
    next_step = _("Ghi {upper} hoặc {lower}.").format(**fixes)
    return Refused(Problem("MARK_STEP", _("Điểm chỉ có một chữ số thập phân."), next=next_step))


def _short(tenths: int) -> str:
    return show_tenths(tenths).removesuffix(",0")
