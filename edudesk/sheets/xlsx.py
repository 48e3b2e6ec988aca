"""Workbooks of Excel (.xlsx, .xlsm) read as a stream: only what is filled takes room, wherever it stands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from edudesk.sheets.cells import (
    MOST_CELLS,
    Cell,
    ErrorCell,
    Merge,
    Sheet,
    column_place,
    day_cell,
    iso_cell,
    number_cell,
    sheet_of,
    text_cell,
)
from edudesk.sheets.files import BROKEN_ZIP, MOST_PART, opened_zip, too_large, unreadable

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DAY_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
CHUNK = 1 << 16
DEEPEST = 64  # elements one in another; a spreadsheet has a dozen
Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Where a sheet of a workbook lies, and whether people see it."""

    name: str
    path: str
    visible: bool


class Parts:
    """The XML parts of a workbook, fed to handlers bit by bit and never whole in memory."""

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        self._zip: ZipFile = opened_zip(path, BytesIO(data))
        self.names = frozenset(self._zip.namelist())

    def feed(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Run the handlers over a part. Raises Unavailable FILE_UNREADABLE, FILE_TOO_LARGE."""
        parser = self._parser(start, end)
        if text is not None:
            parser.CharacterDataHandler = text
        try:
            self._pump(part, parser)
        except (expat.ExpatError, *BROKEN_ZIP) as error:
            raise unreadable(self._path) from error

    def _parser(
        self, start: Callable[[str, Attributes], None], end: Callable[[str], None] | None
    ) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        names = _ElementNames()
        deep = 0

        def begin(name: str, given: Attributes) -> None:
            nonlocal deep
            deep += 1
            if deep > DEEPEST:
                raise unreadable(self._path)
            start(names[name], given)

        def close(name: str) -> None:
            nonlocal deep
            deep -= 1
            if end is not None:
                end(names[name])

        parser.StartElementHandler, parser.EndElementHandler = begin, close
        parser.EntityDeclHandler = self._no_entities
        return parser

    def _pump(self, part: str, parser: Any) -> None:
        done = 0
        with self._zip.open(part) as stream:
            while chunk := stream.read(CHUNK):
                done += len(chunk)
                if done > MOST_PART:  # whatever the directory of the zip says
                    raise too_large(self._path)
                parser.Parse(chunk, False)
        parser.Parse(b"", True)

    def _no_entities(self, *_declared: object) -> None:
        raise unreadable(self._path)  # no spreadsheet declares any; a bomb does

    def too_many(self) -> Exception:
        """What is raised for a sheet with more filled cells than any list."""
        return too_large(self._path)


@dataclass(slots=True)
class Workbook:
    """What the sheets of a workbook share: their names, its texts, which formats are days."""

    parts: Parts
    sheets: list[SheetPart] = field(default_factory=list)
    texts: list[Cell] = field(default_factory=list)
    days: frozenset[int] = frozenset()
    from_1904: bool = False


def open_xlsx(path: Path, data: bytes) -> Workbook:
    """The workbook with its shared tables read. Raises Unavailable."""
    book = Workbook(Parts(path, data))
    main = _main_part(book.parts)
    if main is None:
        raise unreadable(path)
    targets = _relations(book.parts, main)
    _read_main(book, main, targets)
    folder = posixpath.dirname(main)
    known = {target for target, _kind in targets.values()}
    _read_texts(
        book, next((t for t in known if t.endswith("sharedStrings.xml")), f"{folder}/sharedStrings.xml")
    )
    _read_styles(book, next((t for t in known if t.endswith("styles.xml")), f"{folder}/styles.xml"))
    return book


def _main_part(parts: Parts) -> str | None:
    if "_rels/.rels" in parts.names:
        for target, kind in _relations(parts, "").values():
            if kind.endswith("/officeDocument") and target in parts.names:
                return target
    return "xl/workbook.xml" if "xl/workbook.xml" in parts.names else None


def _relations(parts: Parts, of: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(of)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    targets: dict[str, tuple[str, str]] = {}

    def start(tag: str, given: Attributes) -> None:
        if tag == "Relationship":
            target = given.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            targets[given.get("Id", "")] = (posixpath.normpath(whole), given.get("Type", ""))

    if rels in parts.names:
        parts.feed(rels, start)
    return targets


def _read_main(book: Workbook, main: str, targets: Mapping[str, tuple[str, str]]) -> None:
    def start(tag: str, given: Attributes) -> None:
        if tag == "workbookPr":
            book.from_1904 = given.get("date1904", "") in ("1", "true")
        elif tag == "sheet":
            row = next((value for key, value in given.items() if _local(key) == "id" and " " in key), "")
            target, kind = targets.get(row, ("", ""))
            if kind.endswith("/worksheet") and target in book.parts.names:
                shown = given.get("state", "visible") == "visible"
                book.sheets.append(SheetPart(given.get("name", ""), target, shown))

    book.parts.feed(main, start)


def _read_texts(book: Workbook, part: str) -> None:
    if part in book.parts.names:
        reader = _TextReader(book)
        book.parts.feed(part, reader.start, reader.end, reader.text)


class _TextReader:
    """Handlers over the shared texts; what stands in a phonetic guide is no text."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._pieces: list[str] = []
        self._on, self._aside = False, 0

    def start(self, tag: str, _given: Attributes) -> None:
        """An element begins."""
        if tag == "si":
            self._pieces.clear()
        elif tag == "rPh":
            self._aside += 1
        elif tag == "t":
            self._on = not self._aside

    def end(self, tag: str) -> None:
        """An element is whole."""
        if tag == "t":
            self._on = False
        elif tag == "rPh":
            self._aside -= 1
        elif tag == "si":
            self._book.texts.append(text_cell(plain_text("".join(self._pieces))))
            if len(self._book.texts) > MOST_CELLS:
                raise self._book.parts.too_many()

    def text(self, text: str) -> None:
        """A piece of text."""
        if self._on:
            self._pieces.append(text)


def _read_styles(book: Workbook, part: str) -> None:
    if part not in book.parts.names:
        return
    own: dict[str, str] = {}
    formats: list[str] = []
    inside: list[str] = []

    def start(tag: str, given: Attributes) -> None:
        if tag == "numFmt":
            own[given.get("numFmtId", "")] = given.get("formatCode", "")
        elif tag == "cellXfs":
            inside.append(tag)
        elif tag == "xf" and inside:
            formats.append(given.get("numFmtId", "0"))

    def end(tag: str) -> None:
        if tag == "cellXfs" and inside:
            inside.pop()

    book.parts.feed(part, start, end)
    book.days = frozenset(n for n, kind in enumerate(formats) if _is_day(kind, own.get(kind)))


def _is_day(kind: str, code: str | None) -> bool:
    if code is None:
        return kind.isdigit() and int(kind) in _DAY_FORMATS
    return any(letter in _QUOTED.sub("", code).lower().split(";")[0] for letter in "dy")


# -- sheets


def read_sheet_part(book: Workbook, sheet: SheetPart) -> Sheet:
    """The filled cells of a sheet. Raises Unavailable."""
    reader = _CellReader(book)
    book.parts.feed(sheet.path, reader.start, reader.end, reader.text)
    return sheet_of(sheet.name, reader.cells, reader.merges)


class _CellReader:
    """Handlers over one sheet."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: list[Merge] = []
        self._row, self._column = -1, -1
        self._kind, self._style = "n", 0
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
            self._keep()

    def text(self, text: str) -> None:
        """A piece of text."""
        if self._on:
            self._pieces.append(text)

    def _begin(self, given: Attributes) -> None:
        place = _place(given.get("r", ""), self._row)
        self._row, self._column = place or (self._row, self._column + 1)
        style = given.get("s", "")
        self._kind, self._style = given.get("t", "n"), int(style) if style.isdigit() else 0
        self._value, self._formula = None, False
        self._pieces.clear()

    def _keep(self) -> None:
        value = self._cell()
        if value is not None and self._row >= 0 and self._column >= 0:
            self.cells[self._row, self._column] = value
            if len(self.cells) > MOST_CELLS:
                raise self._book.parts.too_many()

    def _cell(self) -> Cell:
        if self._kind == "inlineStr":
            return text_cell(plain_text("".join(self._pieces)))
        if self._value is None:
            return ErrorCell("=") if self._formula and self._kind != "str" else None
        return self._read(self._value)

    def _read(self, value: str) -> Cell:
        if self._kind == "n":
            return self._number(value)
        if self._kind == "s":
            return self._shared(value)
        if self._kind == "b":
            return "x" if value.strip() == "1" else None
        if self._kind == "e":
            return ErrorCell(value.strip() or "#VALUE!")
        return iso_cell(value) if self._kind == "d" else text_cell(plain_text(value))

    def _shared(self, value: str) -> Cell:
        """The shared text of a number; none for what is no such number."""
        try:
            number = int(value)
            return self._book.texts[number] if number >= 0 else None
        except (ValueError, IndexError):
            return None

    def _number(self, value: str) -> Cell:
        if not value.strip():
            return ErrorCell("=") if self._formula else None
        if self._style in self._book.days:
            return day_cell(value, from_1904=self._book.from_1904)
        return number_cell(value)

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


def plain_text(text: str) -> str:
    """Text with what a workbook had to escape: `_x000D_` and kin."""
    return _ESCAPED.sub(_letter, text) if "_x" in text else text


def _letter(escape: re.Match[str]) -> str:
    code = int(escape.group(1), 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


class _ElementNames(dict[str, str]):
    """The names of elements without their namespace, worked out once each."""

    def __missing__(self, name: str) -> str:
        return self.setdefault(name, _local(name))


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
