"""Sheets of Excel's workbooks read as a stream: only what is filled takes room, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from edudesk.sheets.cells import (
    Cell,
    ErrorCell,
    FilledCells,
    Merge,
    Sheet,
    column_place,
    day_cell,
    iso_cell,
    number_cell,
    sheet_of,
    text_cell,
)
from edudesk.sheets.markup import Attributes
from edudesk.sheets.usual import TEXT, Column, Usual
from edudesk.sheets.xlsx import SheetPart, Workbook, plain_text

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
# A cell as programs write it: letters and number of its place, style and kind, formula, and value or text.
_PLACE, _STYLE, _KIND = r' r="([A-Z]{1,3})([0-9]{1,7})"', r'(?: s="[0-9]{1,5}")', r'(?: t="[A-Za-z]{1,9}")'
_FORMULA = (
    r'<f(?: t="[a-z]+")?(?: aca="[a-z]+")?(?: ref="[A-Z0-9:]+")?(?: ca="[a-z0-9]+")?(?: si="[0-9]+")?'
    rf"(?:/>|>{TEXT}(?:&(?:amp|lt|gt|quot|apos);{TEXT})*</f>)"
)
_VALUE = rf"""(?:<v>({TEXT})</v>|<is><t(?: xml:space="preserve")?>({TEXT})</t></is>)"""
_USUAL_CELL = re.compile(
    f"(<c{_PLACE}({_STYLE}?{_KIND}?|{_KIND}{_STYLE})(?:/>|>({_FORMULA})?{_VALUE}?</c>))".encode()
)
_NO_FORMULA = ("str", "inlineStr")  # kinds whose formulas may well make nothing
_ATTRIBUTE = re.compile(r'([st])="([^"]*)"')


def read_sheet_part(book: Workbook, sheet: SheetPart) -> Sheet:
    """The filled cells of a sheet. Raises Unavailable."""
    reader = _CellReader(book)
    usual = Usual(["worksheet", "sheetData", "row"], _USUAL_CELL, reader.take)
    book.parts.feed(sheet.path, reader.start, reader.end, reader.text, usual)
    return sheet_of(sheet.name, reader.cells, reader.merges)


@dataclass(frozen=True, slots=True)
class _Form:
    """What cells of one kind and style hold: `read` says it of their text, None for blank."""

    kind: str
    read: Callable[[str], Cell]

    def cell(self, text: str | None, formula: object) -> Cell:
        """The cell; `text` is None where there is none, `formula` whether it has one."""
        cell = None if text is None else self.read(text)
        if cell is None and formula and self.kind not in _NO_FORMULA and (text is None or self.kind == "n"):
            return ErrorCell("=")
        return cell


class _Forms:
    """The forms of a workbook's cells."""

    def __init__(self, book: Workbook) -> None:
        self._texts, self._days = book.texts, book.days
        # A sheet of marks or of days says the same few numbers again and again.
        self._number = _unless_blank(lru_cache(1 << 12)(number_cell))
        self._day = _unless_blank(lru_cache(1 << 12)(partial(day_cell, from_1904=book.from_1904)))
        self._kinds: dict[str, Callable[[str], Cell]] = {
            "n": self._number,
            "s": self._shared,
            "b": lambda text: "x" if text.strip() == "1" else None,
            "e": lambda text: ErrorCell(text.strip() or "#VALUE!"),
            "d": iso_cell,
        }
        self.form = lru_cache(1 << 10)(self._form)  # by kind and style
        self.usual_form = lru_cache(1 << 10)(self._usual_form)  # by the attributes as they stand

    def _form(self, kind: str, style: str) -> _Form:
        is_day = (int(style) if style.isdigit() else 0) in self._days
        return _Form(kind, self._day if is_day and kind == "n" else self._kinds.get(kind, _text))

    def _usual_form(self, attributes: bytes) -> _Form:
        given = dict(_ATTRIBUTE.findall(attributes.decode()))
        return self.form(given.get("t", "n"), given.get("s", ""))

    def _shared(self, text: str) -> Cell:
        """The shared text of a number; none for what is no such number."""
        try:
            number = int(text)
            return self._texts[number] if number >= 0 else None
        except (ValueError, IndexError):
            return None


def _unless_blank(read: Callable[[str], Cell]) -> Callable[[str], Cell]:
    return lambda text: read(text) if text.strip() else None


def _text(text: str) -> Cell:
    return text_cell(plain_text(text))


class _CellReader:
    """Handlers over one sheet."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._forms = _Forms(book)
        self.cells = FilledCells()
        self.merges: list[Merge] = []
        self._row, self._column = -1, -1
        self._form = self._forms.form("n", "")
        self._pieces: list[str] = []
        self._value: str | None = None
        self._formula = self._on = False
        self._aside = 0

    def start(self, tag: str, given: Attributes) -> None:
        """An element begins."""
        if tag == "c":
            self._begin(given)
        elif tag in ("v", "t"):
            self._on = not self._aside
            if tag == "v":
                self._pieces.clear()
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            row = given.get("r", "")
            self._row = int(row) - 1 if row.isdigit() else self._row + 1
            self._column = -1
        elif tag == "rPh":
            self._aside += 1
        elif tag == "mergeCell" and len(self.merges) < 10_000:
            self._merge(given.get("ref", ""))

    def end(self, tag: str) -> None:
        """An element is whole."""
        if tag in ("v", "t"):
            self._on = False
            if tag == "v":
                self._value = "".join(self._pieces)
        elif tag == "rPh":
            self._aside -= 1
        elif tag == "c":
            text = "".join(self._pieces) if self._form.kind == "inlineStr" else self._value
            cell = self._form.cell(text, self._formula)
            if cell is not None and self._column >= 0:
                self._keep({self._column: cell})

    def text(self, text: str) -> None:
        """A piece of text."""
        if self._on:
            self._pieces.append(text)

    def take(self, columns: list[Column]) -> bool:
        """Cells of the row that was begun, in the usual shape."""
        letters, numbers, attributes, formulas, values, inlines = columns
        if set(numbers) != {b"%d" % (self._row + 1)}:
            return False
        places, forms = list(map(_column, letters)), map(self._forms.usual_form, attributes)
        line: dict[int, Cell] = {}
        for place, form, formula, value, inline in zip(places, forms, formulas, values, inlines, strict=True):
            if inline is not None and form.kind != "inlineStr":
                return False
            text = value if inline is None else inline
            cell = form.cell(None if text is None else text.decode(), formula and formula.decode())
            if cell is not None:
                line[place] = cell
        self._column = places[-1]
        self._keep(line)
        return True

    def _begin(self, given: Attributes) -> None:
        place = _place(given.get("r", ""), self._row)
        self._row, self._column = place or (self._row, self._column + 1)
        self._form = self._forms.form(given.get("t", "n"), given.get("s", ""))
        self._value, self._formula = None, False
        self._pieces.clear()

    def _keep(self, line: dict[int, Cell]) -> None:
        if self._row >= 0:
            self.cells.add(self._row, line)
            if self.cells.too_many:
                raise self._book.parts.too_many()

    def _merge(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(part) for part in reference.split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            (left, top), (right, bottom) = corners[0].groups(), corners[1].groups()
            self.merges.append((int(top) - 1, column_place(left), int(bottom) - 1, column_place(right)))


def _place(reference: str, row: int) -> tuple[int, int] | None:
    """Row and column of "AB12" from 0; None for what names no cell. Most stand in `row`, the one that was begun."""
    number = str(row + 1)
    letters = reference.removesuffix(number)
    if letters == reference or not letters.isalpha():
        letters = reference.rstrip("0123456789")
        number = reference[len(letters) :]
    if not letters or not number or not letters.isascii() or len(reference) > 11:
        return None
    return int(number) - 1, column_place(letters)


@lru_cache(maxsize=1 << 12)
def _column(letters: bytes) -> int:
    return column_place(letters.decode())
