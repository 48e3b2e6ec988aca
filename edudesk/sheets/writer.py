"""Spreadsheets out: what the name's ending says is what is written; whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from edudesk.kernel.calendar import show_date
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import nfc
from edudesk.kernel.words import _
from edudesk.storage.files.whole import whole_file

WORKBOOK, TEXT = ".xlsx", ".csv"
WRITES = (WORKBOOK, TEXT)
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


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


def require_ending(path: Path, endings: Sequence[str] = WRITES) -> None:
    """Raises Refused OUTPUT_ENDING for a file whose name says it is what cannot be written."""
    if path.suffix.lower() not in endings:
        names = _(" hoặc ").join(endings)
        message = _("Không ghi được loại tệp “{ending}”.").format(ending=path.suffix or path.name)
        step = _("Đặt tên tệp có đuôi {names}.").format(names=names)
        raise Refused(Problem("OUTPUT_ENDING", message, str(path), step))


def write_sheet(path: Path, sheets: Sequence[SheetOut]) -> None:
    """These sheets as a workbook, or as text where the name ends in .csv. Text stays text: no number, link or formula
    is made of it. Raises Unavailable; Refused OUTPUT_ENDING."""
    require_ending(path)
    if path.suffix.lower() == TEXT:
        _write_text(path, sheets)
        return
    with new_workbook(path) as book:
        names = _SheetNames()
        for sheet in sheets:
            _write_one(book, sheet, names.take(sheet.name))


@contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """A workbook to fill; it takes its place under its name when it is whole. Raises Unavailable."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    options = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with whole_file(path) as part:
        made = (
            BytesIO()
        )  # zipped in memory: a disk that fills up leaves a zip half closed, which complains at the end
        book = Workbook(made, options)
        yield book
        try:
            book.close()
        except FileCreateError as error:
            raise error.args[0] if isinstance(error.args[0], OSError) else OSError(str(error)) from error
        part.write_bytes(made.getbuffer())


class _SheetNames:
    """Names a workbook takes for its sheets: without its forbidden signs, short, no two alike."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        plain = sheet_name(name)
        whole, n = plain, 2
        while whole.casefold() in self._taken:
            tail = f" ({n})"
            whole, n = plain[: _LONGEST_NAME - len(tail)] + tail, n + 1
        self._taken.add(whole.casefold())
        return whole


def sheet_name(name: str) -> str:
    """A sheet's name as a workbook takes it: 9/1 is 9-1."""
    plain = _NOT_IN_NAMES.sub("-", nfc(name)).strip().strip("'")[:_LONGEST_NAME].strip()
    return plain if plain and plain.casefold() != "history" else f"{plain or _('Trang')} 1"


def _write_one(book: Any, sheet: SheetOut, name: str) -> None:
    page = book.add_worksheet(name)
    head = book.add_format(
        {"bold": True, "bg_color": "#E6F1F0", "border": 1, "text_wrap": True, "valign": "vcenter"}
    )
    looks = _Formats(book)
    for line, note in enumerate(sheet.notes):
        page.write_string(line, 0, _written(note))
    top = len(sheet.notes)
    for place, title in enumerate(sheet.heads):
        page.set_column(place, place, sheet.widths[place] if place < len(sheet.widths) else 14)
        page.write_string(top, place, _written(title), head)
    page.freeze_panes(top + 1, 0)
    for row, record in enumerate(sheet.rows):
        for place, value in enumerate(record):
            bad = (row, place) in sheet.marked
            looks.write(page, (top + 1 + row, place), value, as_text=place in sheet.text_columns, bad=bad)


def _written(value: object) -> str:
    """Text that a workbook can hold: composed, half letters and non-letters replaced, no longer than a cell."""
    text = str(value)
    if any("\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff" for letter in text):
        text = "".join(
            "\ufffd" if "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff" else letter
            for letter in text
        )
    return nfc(text)[:32_767]


class _Formats:
    """The few formats of a workbook, and which a value gets."""

    def __init__(self, book: Any) -> None:
        wrong = {"bg_color": "#FBE6E4", "font_color": "#AE2118"}
        kinds = {"text": {"num_format": "@"}, "date": {"num_format": "dd/mm/yyyy"}, "plain": {}}
        self._made = {
            (kind, bad): book.add_format({**style, **(wrong if bad else {})})
            for kind, style in kinds.items()
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
            page.write_string(*place, _written(value), self._made["text", bad])


# -- text


def _write_text(path: Path, sheets: Sequence[SheetOut]) -> None:
    """One list after another with a blank line between, in UTF-8 with the mark that Excel looks for."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    for n, sheet in enumerate(sheets):
        if n:
            file.write("\r\n")
        titles = sheet.notes or ([sheet.name] if len(sheets) > 1 else [])
        writer.writerows([_plain(title)] for title in titles)
        writer.writerow([_plain(head) for head in sheet.heads])
        writer.writerows([_plain(value) for value in row] for row in sheet.rows)
    with whole_file(path) as part:
        part.write_bytes(b"\xef\xbb\xbf" + file.getvalue().encode("utf-8"))


def _plain(value: object) -> str:
    """A value as text; what a spreadsheet would take for a formula stands behind an apostrophe, which reading drops."""
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return show_date(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    text = _written(value)
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) and not _NUMBER.fullmatch(text) else text
