"""Sheets of LibreOffice (.ods) read as a stream, like those of Excel."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from edudesk.sheets.cells import (
    MOST_CELLS,
    MOST_COLUMNS,
    Cell,
    ErrorCell,
    FilledCells,
    Merge,
    Sheet,
    iso_cell,
    number_cell,
    sheet_of,
    text_cell,
)
from edudesk.sheets.files import locked, unreadable
from edudesk.sheets.markup import Attributes
from edudesk.sheets.parts import Parts

_NUMBERS = frozenset({"float", "percentage", "currency"})
_ERRORS = ("#", "Err:")
_FARTHEST = 1 << 21  # rows and columns a repetition may reach


@dataclass(slots=True)
class OdsSheet:
    """A sheet of the document and whether people see it."""

    sheet: Sheet
    visible: bool


def read_ods(path: Path, data: bytes) -> list[OdsSheet]:
    """Every sheet of the document. Raises Unavailable."""
    parts = Parts(path, data)
    if "content.xml" not in parts.names:
        raise unreadable(path)
    if _is_encrypted(parts):
        raise locked(path)
    reader = _OdsReader(parts)
    parts.feed("content.xml", reader.start, reader.end, reader.text)
    return reader.sheets


def _is_encrypted(parts: Parts) -> bool:
    marks: list[str] = []
    if "META-INF/manifest.xml" in parts.names:
        parts.feed(
            "META-INF/manifest.xml",
            lambda tag, _given: marks.append(tag) if tag == "encryption-data" else None,
        )
    return bool(marks)


@dataclass(slots=True)
class _Cell:
    """A cell while it is being read."""

    kind: str = ""
    value: str = ""
    formula: bool = False
    error: bool = False
    repeated: int = 1
    wide: int = 1
    high: int = 1
    lines: list[list[str]] = field(default_factory=list)


class _OdsReader:
    """Handlers over the whole content."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.sheets: list[OdsSheet] = []
        self._hidden: set[str] = set()
        self._style = ""
        self._name, self._shown = "", True
        self._cells = FilledCells()
        self._merges: list[Merge] = []
        self._row = self._column = 0
        self._rows = 1
        self._line: dict[int, Cell] = {}
        self._cell: _Cell | None = None
        self._aside = 0
        self._deep = 0

    def start(self, tag: str, given: Attributes) -> None:
        """An element begins."""
        own = {name.rpartition(" ")[2]: value for name, value in given.items()}
        if tag == "annotation":
            self._aside += 1
        elif tag == "style":
            self._style = own.get("name", "")
        elif tag == "table-properties" and own.get("display") == "false":
            self._hidden.add(self._style)
        elif tag == "table":
            self._begin_table(own)
        elif tag == "table-row":
            self._rows, self._column, self._line = _repeated(own, "number-rows-repeated"), 0, {}
        elif tag in ("table-cell", "covered-table-cell"):
            self._begin_cell(given, own)
        elif self._cell is not None and not self._aside:
            self._inside(tag, own)

    def end(self, tag: str) -> None:
        """An element is whole."""
        if tag == "annotation":
            self._aside -= 1
        elif tag in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._end_cell(self._cell)
        elif tag == "table-row":
            self._end_row()
        elif tag == "table":
            self._deep -= 1
            if not self._deep:
                self.sheets.append(OdsSheet(sheet_of(self._name, self._cells, self._merges), self._shown))
        elif tag in ("p", "h"):
            self._paragraph = False

    _paragraph = False

    def text(self, text: str) -> None:
        """A piece of text."""
        if self._cell is not None and self._paragraph and not self._aside:
            self._cell.lines[-1].append(text)

    def _begin_table(self, own: Attributes) -> None:
        self._deep += 1
        if self._deep == 1:
            self._name, self._shown = own.get("name", ""), own.get("style-name", "") not in self._hidden
            self._cells, self._merges, self._row = FilledCells(), [], 0

    def _begin_cell(self, given: Attributes, own: Attributes) -> None:
        values = {own_key: value for own_key, value in own.items() if own_key.endswith("value")}
        kind = next(
            (v for k, v in given.items() if k.endswith("office:1.0 value-type")), own.get("value-type", "")
        )
        self._cell = _Cell(
            kind=kind,
            value=next(
                (values[k] for k in ("date-value", "boolean-value", "time-value", "value") if k in values), ""
            ),
            formula="formula" in own,
            error=any(k.endswith("value-type") and v == "error" for k, v in given.items()),
            repeated=_repeated(own, "number-columns-repeated"),
            wide=_repeated(own, "number-columns-spanned"),
            high=_repeated(own, "number-rows-spanned"),
        )

    def _inside(self, tag: str, own: Attributes) -> None:
        assert self._cell is not None
        if tag in ("p", "h"):
            self._cell.lines.append([])
            self._paragraph = True
        elif self._cell.lines and self._paragraph:
            if tag == "s":
                self._cell.lines[-1].append(" " * min(_repeated(own, "c"), 100))
            elif tag in ("tab", "line-break"):
                self._cell.lines[-1].append("\t" if tag == "tab" else "\n")

    def _end_cell(self, cell: _Cell) -> None:
        value = _value(cell)
        if value is not None:
            for place in range(self._column, self._column + min(cell.repeated, MOST_COLUMNS + 1)):
                self._line[place] = value
        if (cell.wide > 1 or cell.high > 1) and len(self._merges) < 10_000:
            last = (self._row + cell.high - 1, self._column + cell.wide - 1)
            self._merges.append((self._row, self._column, *last))
        self._column = min(self._column + cell.repeated, _FARTHEST)
        self._cell = None

    def _end_row(self) -> None:
        if self._line:
            if self._cells.count + len(self._line) * self._rows > MOST_CELLS:
                raise self._parts.too_many()
            for row in range(self._row, self._row + self._rows):
                self._cells.add(row, self._line)
            if self._cells.too_many:
                raise self._parts.too_many()
        self._row = min(self._row + self._rows, _FARTHEST)


def _repeated(own: Attributes, name: str) -> int:
    text = own.get(name, "1")
    return min(int(text), _FARTHEST) if text.isascii() and text.isdigit() and len(text) < 12 else 1


def _value(cell: _Cell) -> Cell:
    text = "\n".join("".join(line) for line in cell.lines)
    if cell.error or (cell.formula and text.startswith(_ERRORS)):
        return ErrorCell(text or "#VALUE!")
    if cell.kind in _NUMBERS:
        return number_cell(cell.value)
    if cell.kind == "date":
        return iso_cell(cell.value)
    if cell.kind == "boolean":
        return "x" if cell.value == "true" else None
    return text_cell(text)
