"""Workbooks of Excel (.xlsx, .xlsm): what their sheets share. The sheets themselves are read by `xlsx_cells`."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from edudesk.sheets.cells import MOST_CELLS, Cell, text_cell
from edudesk.sheets.files import unreadable
from edudesk.sheets.markup import Attributes
from edudesk.sheets.parts import Parts
from edudesk.sheets.usual import TEXT, Column, Usual

_USUAL_TEXT = re.compile(rf"""(<si><t(?: xml:space="preserve")?>({TEXT})</t></si>)""".encode())
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DAY_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Where a sheet of a workbook lies, and whether people see it."""

    name: str
    path: str
    visible: bool


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
            row = next((value for key, value in given.items() if key.endswith(" id")), "")
            target, kind = targets.get(row, ("", ""))
            if kind.endswith("/worksheet") and target in book.parts.names:
                shown = given.get("state", "visible") == "visible"
                book.sheets.append(SheetPart(given.get("name", ""), target, shown))

    book.parts.feed(main, start)


def _read_texts(book: Workbook, part: str) -> None:
    if part in book.parts.names:
        reader = _TextReader(book)
        usual = Usual(["sst"], _USUAL_TEXT, reader.take)
        book.parts.feed(part, reader.start, reader.end, reader.text, usual)


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
            self._add(["".join(self._pieces)])

    def take(self, columns: list[Column]) -> bool:
        """Texts in the usual shape."""
        self._add([text.decode() for text in columns[0] if text is not None])
        return True

    def _add(self, texts: Iterable[str]) -> None:
        self._book.texts += [text_cell(plain_text(text)) for text in texts]
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


def plain_text(text: str) -> str:
    """Text with what a workbook had to escape: `_x000D_` and kin."""
    return _ESCAPED.sub(_letter, text) if "_x" in text else text


def _letter(escape: re.Match[str]) -> str:
    code = int(escape.group(1), 16)
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
