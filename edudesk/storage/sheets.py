"""Spreadsheets in and out, and nothing of what they mean.

Reading answers plain values by row and column as the spreadsheet counts them. Writing goes to `*.part` first, so that a
full disk never leaves half a file.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.text import nfc
from edudesk.kernel.words import _
from edudesk.storage.connection import disk_problem

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

Cell = str | int | Decimal | dt.date | None
READS = ".xlsx .xlsm .xls .xlsb .ods .csv .txt"
_ENCODINGS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))
MOST_ROWS = 100_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as read. `rows[0]` is row `first_row` of the file; every row has the same length."""

    name: str
    rows: list[list[Cell]]
    first_row: int = 1


@dataclass(frozen=True, slots=True)
class SheetOut:
    """One sheet to write: `notes` above the headings, `text_columns` (by place) never turned into numbers.

    `widths` are in characters; `marked` are (row, column) places of `rows` to colour as wrong.
    """

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Sequence[int] = ()
    text_columns: frozenset[int] = frozenset()
    notes: Sequence[str] = ()
    marked: frozenset[tuple[int, int]] = field(default_factory=frozenset)


def sheet_names(path: Path) -> list[str]:
    """The names of a workbook's visible sheets; a text file has one, named after it. Raises Unavailable."""
    if _is_text(path):
        return [path.stem]
    with _workbook(path) as book:
        return _visible(book)


def read_hidden(path: Path, sheet: str) -> Sheet | None:
    """A sheet by name whether it is shown or hidden; None when the workbook has none. Raises Unavailable."""
    if _is_text(path):
        return None
    with _workbook(path) as book:
        if sheet not in book.sheet_names:
            return None
        rows = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        return Sheet(sheet, [[_cell(value) for value in row] for row in rows])


def read_sheet(path: Path, sheet: str | None = None) -> Sheet:
    """A sheet by name, or the first one that holds anything.

    Cells: composed text, int, Decimal, date, None for blank. Raises Unavailable: FILE_MISSING, FILE_LOCKED,
    FILE_PASSWORD, FILE_UNREADABLE, SHEET_MISSING.
    """
    if _is_text(path):
        return Sheet(path.stem, _read_text(path))
    with _workbook(path) as book:
        names = _visible(book)
        if sheet is not None and sheet not in names:
            message = _("Tệp không có trang “{name}”.").format(name=sheet)
            raise Unavailable(
                Problem(
                    "SHEET_MISSING",
                    message,
                    path.name,
                    _("Các trang: {names}.").format(names=", ".join(names)),
                )
            )
        for name in [sheet] if sheet is not None else names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(cell != "" for row in rows for cell in row):
                return Sheet(name, [[_cell(value) for value in row] for row in rows])
        return Sheet(sheet or (names[0] if names else path.stem), [])


def _visible(book: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        one.name
        for one in book.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
    ]


@contextmanager
def _workbook(path: Path) -> Iterator[CalamineWorkbook]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with _opened(path) as file:
            book = CalamineWorkbook.from_filelike(file)
            yield book
            book.close()
    except PasswordError as error:
        step = _("Mở tệp, bỏ mật khẩu rồi lưu lại.")
        raise Unavailable(
            Problem("FILE_PASSWORD", _("Tệp có mật khẩu nên không đọc được."), str(path), step)
        ) from error
    except (CalamineError, ValueError) as error:
        raise _unreadable(path) from error


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        with path.open("rb") as file:
            yield file
    except PermissionError as error:
        step = _("Đóng tệp trong Excel rồi làm lại.")
        message = _("Tệp đang mở ở chương trình khác hoặc không được phép đọc.")
        raise Unavailable(Problem("FILE_LOCKED", message, str(path), step)) from error
    except IsADirectoryError as error:
        raise _unreadable(path) from error
    except OSError as error:
        if error.errno is None:
            raise _unreadable(path) from error  # the reader says so of a damaged file
        raise disk_problem(error, path) from error


def _unreadable(path: Path) -> Unavailable:
    step = _("Mở bằng Excel, lưu lại dạng .xlsx rồi chọn tệp mới.")
    return Unavailable(Problem("FILE_UNREADABLE", _("Tệp hỏng hoặc không phải bảng tính."), str(path), step))


def _cell(value: object) -> Cell:
    match value:
        case bool():
            return "x" if value else None
        case str():
            return nfc(value) if value.strip() else None
        case float():
            return int(value) if value.is_integer() else Decimal(repr(value))
        case dt.datetime():
            return value.date()
        case int() | dt.date():
            return value
    return str(value)


# -- text files


def _is_text(path: Path) -> bool:
    return path.suffix.lower() in (".csv", ".txt", ".tsv")


def _read_text(path: Path) -> list[list[Cell]]:
    with _opened(path) as file:
        data: bytes = file.read()
    text = _decode(data)
    if "\0" in text:
        raise _unreadable(path)
    rows = list(csv.reader(text.splitlines(), delimiter=_delimiter(text)))
    width = max(map(len, rows), default=0)
    return [[_cell(value) for value in row] + [None] * (width - len(row)) for row in rows]


def _decode(data: bytes) -> str:
    named = next((encoding for mark, encoding in _ENCODINGS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(named)
    except UnicodeError:
        return data.decode("cp1258", errors="replace")  # what old Vietnamese Windows writes


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    return max("\t;,", key=lambda mark: sum(line.count(mark) for line in lines))


# -- writing


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Write to the path given, beside the real one; it takes its place only when all went well.

    Raises Unavailable: FILE_LOCKED, DISK_FULL, NOT_ALLOWED.
    """
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        part.replace(path)
    except PermissionError as error:
        if not path.exists():
            raise disk_problem(error, path) from error
        message = _("Tệp đang mở ở chương trình khác nên không ghi đè được.")
        step = _("Đóng tệp rồi làm lại, hoặc ghi tên khác.")
        raise Unavailable(Problem("FILE_LOCKED", message, str(path), step)) from error
    except OSError as error:
        raise disk_problem(error, path) from error
    finally:
        with suppress(OSError):
            part.unlink()


@contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """A workbook to fill; it takes its place under its name when it is whole. Raises Unavailable."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with whole_file(path) as part:
        book = Workbook(str(part), options)
        yield book
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error


def write_sheet(path: Path, sheets: Sequence[SheetOut]) -> None:
    """A workbook with these sheets. Text stays text: no number, link or formula is made of it. Raises Unavailable."""
    with new_workbook(path) as book:
        for sheet in sheets:
            _write_one(book, sheet)


def _write_one(book: Any, sheet: SheetOut) -> None:
    page = book.add_worksheet(sheet.name[:31])
    head = book.add_format(
        {"bold": True, "bg_color": "#E6F1F0", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    looks = _Looks(book)
    for line, note in enumerate(sheet.notes):
        page.write_string(line, 0, nfc(note))
    top = len(sheet.notes)
    for place, name in enumerate(sheet.heads):
        page.set_column(place, place, sheet.widths[place] if place < len(sheet.widths) else 14)
        page.write_string(top, place, nfc(name), head)
    page.freeze_panes(top + 1, 0)
    for row, record in enumerate(sheet.rows):
        for place, value in enumerate(record):
            bad = (row, place) in sheet.marked
            looks.write(page, (top + 1 + row, place), value, as_text=place in sheet.text_columns, bad=bad)


class _Looks:
    """The few formats of a workbook, and which a value gets."""

    def __init__(self, book: Any) -> None:
        wrong = {"bg_color": "#FBE6E4", "font_color": "#AE2118"}
        kinds = {"text": {"num_format": "@"}, "date": {"num_format": "dd/mm/yyyy"}, "plain": {}}
        self._made = {
            (kind, bad): book.add_format({**look, **(wrong if bad else {})})
            for kind, look in kinds.items()
            for bad in (False, True)
        }

    def write(self, page: Any, place: tuple[int, int], value: object, *, as_text: bool, bad: bool) -> None:
        """One cell in its own kind."""
        if value is None or value == "":
            page.write_blank(*place, None, self._made["text" if as_text else "plain", bad])
        elif isinstance(value, dt.date) and not as_text:
            page.write_datetime(*place, value, self._made["date", bad])
        elif isinstance(value, int | Decimal) and not as_text:
            page.write_number(*place, value, self._made["plain", bad])
        else:
            page.write_string(*place, nfc(str(value)), self._made["text", bad])
