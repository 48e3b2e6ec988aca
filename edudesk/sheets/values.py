"""A cell as the value a field wants, or why not; what was read in another way than it stands is told, never silent."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field, as_text
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import _
from edudesk.sheets.cells import Cell, ErrorCell
from edudesk.sheets.letters import has_controls, legacy_fonts, legacy_text

LONGEST_NAME, LONGEST_TEXT = 100, 2000
_POWERS = re.compile(r"\d(?:[.,]\d+)?[eE]\+\d{2,}")  # how a spreadsheet writes a long number
_SHORT_YEAR = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*\d{4}")
_MOST_DIGITS = 10**15  # a spreadsheet keeps no more
_LEAST_SERIAL = 10_000  # smaller numbers under a date are years or mistypings, not days
NUMBERS = ("phone", "id12")
_LOST = "?\ufffd"  # what stands where a letter could not be kept
Reading = tuple[Value, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Ages:
    """The years somebody on the list may be born in: what makes a year of two digits one year."""

    first: int
    last: int

    def year(self, short: int) -> int | None:
        """The one year of these that ends in two digits; None when there is none or more than one."""
        fits = [year for year in range(self.first, self.last + 1) if year % 100 == short]
        return fits[0] if len(fits) == 1 else None


def require_value(cell: Cell) -> None:
    """Raises Refused CELL_ERROR, CELL_FORMULA for a cell that holds no value."""
    if not isinstance(cell, ErrorCell):
        return
    if cell.text == "=":
        message = _("Ô là công thức mà tệp không lưu kết quả.")
        step = _("Mở tệp bằng Excel, lưu lại rồi nhập; hoặc gõ thẳng giá trị.")
        raise Refused(Problem("CELL_FORMULA", message, next=step))
    message = _("Ô lỗi {error}.").format(error=cell.text[:20])
    raise Refused(Problem("CELL_ERROR", message, next=_("Sửa công thức trong Excel, hoặc gõ thẳng giá trị.")))


def clean_cell(cell: Cell) -> Cell:
    """Text without letters nobody sees; other cells as they are."""
    return (squeeze(cell) or None) if isinstance(cell, str) else cell


def read_value(field: Field, cell: Cell, *, ages: Ages | None = None, person: bool = False) -> Reading:
    """The value of a field and what a person should look at; of a `person` the names are looked at closely.

    Raises Refused with the field's own words.
    """
    require_value(cell)
    if isinstance(cell, str):
        _require_text(field, cell, named=person and field.key.endswith("name"))
    value = clean_cell(cell)
    if field.kind == "date":
        return _read_date(field, value, ages)
    if field.kind in ("text", *NUMBERS):
        _require_digits(field, value)
    return field.parse(value), ()


def _require_text(field: Field, text: str, *, named: bool) -> None:
    if has_controls(text):
        message = _("Ô có kí tự điều khiển không nhìn thấy.")
        raise Refused(Problem("TEXT_CONTROL", message, next=_("Gõ lại ô này."), field=field.key))
    if named:
        _require_letters(field, text)
    most = LONGEST_NAME if named else LONGEST_TEXT
    if len(text) > most:
        message = _("Ô dài {n} chữ, nhiều nhất {most}.").format(n=len(text), most=most)
        raise Refused(Problem("TEXT_LONG", message, next=_("Gõ lại ô này cho đúng cột."), field=field.key))


def _require_letters(field: Field, text: str) -> None:
    """Raises Refused for a name whose letters were lost, or are an old font's: LETTERS_LOST, FONT_OLD."""
    fonts = legacy_fonts(text)
    if fonts:
        message = _("Tên có lẽ viết bằng phông chữ cũ.")
        names = _(" hay ").join(dict.fromkeys(legacy_text(text, font) for font in fonts))
        step = _("Có phải {names}? Gõ lại tên.").format(names=names[:LONGEST_NAME])
        raise Refused(Problem("FONT_OLD", message, next=step, field=field.key))
    if any(sign in text for sign in _LOST):
        message = _("Tên đã mất chữ (“{text}”): tệp lưu sai bảng mã.").format(text=text[:60])
        step = _("Lưu lại tệp dạng .xlsx, hoặc CSV UTF-8, từ chương trình gốc; hoặc gõ lại tên.")
        raise Refused(Problem("LETTERS_LOST", message, next=step, field=field.key))


def _require_digits(field: Field, cell: Cell) -> None:
    """A long number that a spreadsheet cut or wrote as a power has lost its digits for good."""
    lost = isinstance(cell, int) and abs(cell) >= _MOST_DIGITS
    lost = lost or (isinstance(cell, Decimal) and field.kind in NUMBERS)
    if lost or (isinstance(cell, str) and _POWERS.fullmatch(cell.strip("' "))):
        message = _("Số dài đã bị Excel rút gọn ({text}), mất chữ số.").format(text=as_text(cell)[:24])
        step = _("Định dạng cột là Văn bản (Text) rồi gõ lại số.")
        raise Refused(Problem("DIGITS_LOST", message, next=step, field=field.key))


# -- dates


def _read_date(field: Field, cell: Cell, ages: Ages | None) -> Reading:
    if isinstance(cell, dt.datetime):
        reason = _("Ô ngày có cả giờ ({clock}): đã lấy ngày {day}.")
        sentence = reason.format(clock=f"{cell:%H:%M}", day=show_date(cell.date()))
        return field.parse(cell.date()), (
            Problem("DATE_TIME", sentence, next=_("Xem có lệch một ngày không.")),
        )
    if isinstance(cell, Decimal):
        message = _("Ô là số {text}, không phải ngày.").format(text=as_text(cell)[:20])
        raise Refused(Problem("DATE_NUMBER", message, next=_("Gõ ngày/tháng/năm, như 05/06/2012.")))
    serial = (
        cell if isinstance(cell, int) else int(cell) if isinstance(cell, str) and _is_serial(cell) else None
    )
    if serial is not None:
        return _from_number(field, serial)
    short = _SHORT_YEAR.fullmatch(as_text(cell)) if isinstance(cell, str) else None
    return _from_short(field, short, ages) if short and ages else (field.parse(cell), ())


def _is_serial(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _from_number(field: Field, number: int) -> Reading:
    if number < _LEAST_SERIAL:
        message = _("Ô chỉ có số {n}, không đủ ngày tháng năm.").format(n=number)
        raise Refused(Problem("DATE_NUMBER", message, next=_("Gõ ngày/tháng/năm, như 05/06/2012.")))
    value = field.parse(number)
    reason = _("Ô là số {n}, không phải ngày: đã đọc theo cách đếm ngày của Excel là {day}.")
    sentence = reason.format(n=number, day=show_date(str(value)))
    return value, (Problem("DATE_NUMBER", sentence, next=_("Xem lại ngày này.")),)


def _from_short(field: Field, short: re.Match[str], ages: Ages) -> Reading:
    year = ages.year(int(short.group(3)))
    if year is None:
        return field.parse(short.group()), ()  # refused in the words of every date
    value = field.parse(f"{short.group(1)}/{short.group(2)}/{year}")
    reason = _("Năm chỉ có hai chữ số: đã đọc là {day}.").format(day=show_date(str(value)))
    return value, (Problem("YEAR_SHORT", reason, next=_("Xem lại năm, nên gõ đủ bốn chữ số.")),)


def months_come_first(cells: Sequence[Cell]) -> bool:
    """Whether a column has text dates that can only be month first: then those that could be either are in doubt."""
    texts = [day for cell in cells if isinstance(cell, str) and (day := _DAY_FIRST.fullmatch(squeeze(cell)))]
    return any(int(text.group(2)) > 12 >= int(text.group(1)) for text in texts)


def days_seem_swapped(cells: Sequence[Cell]) -> bool:
    """Whether a column of dates bears the mark of a month-first Excel: it took each date whose day could be a month
    (day and month swapped) and left the others as text."""
    days = [cell for cell in cells if isinstance(cell, dt.date)]
    texts = [
        match for cell in cells if isinstance(cell, str) and (match := _DAY_FIRST.fullmatch(squeeze(cell)))
    ]
    return (
        bool(days and texts)
        and all(day.day <= 12 for day in days)
        and all(int(text.group(1)) > 12 for text in texts)
    )
