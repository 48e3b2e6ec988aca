"""A ruled table that breaks between rows and repeats its headings on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby

from edudesk.paper.blocks import Piece
from edudesk.paper.pen import MM, Align, Pen, Style, wrapped

PAD = 2.5
WIDOW = 2  # last rows of a table that never begin a page alone: its sums stand under what they sum up


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: `width` in millimetres, 0 shares what is left; neighbours with the same `group` get one heading above."""

    head: str
    width: float = 0
    align: Align = "left"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not plain."""

    text: str
    bold: bool = False
    italic: bool = False
    tinted: bool = False
    align: Align | None = None


Row = Sequence[str | Cell]


@dataclass(frozen=True, slots=True)
class TitleRow:
    """A row that is one cell: a group's title inside the table."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under columns. `size` of the letters in points, `tight` for sheets of many small rows."""

    columns: Sequence[TableColumn]
    rows: Sequence[Row | TitleRow]
    size: float = 11
    tight: bool = False
    number_row: bool = False  # (1) (2) (3) … under the headings

    def pieces(self, width: float) -> Iterator[Piece]:
        frame = _Frame(self, _widths(self.columns, width))
        head = frame.head()
        yield replace(head, keep=self.size * 3)
        alone = len(self.rows) - WIDOW if len(self.rows) > 3 * WIDOW else len(self.rows)
        for place, row in enumerate(self.rows):
            piece = frame.row(row, head)
            yield replace(piece, pulls=1) if place >= alone else piece


def _widths(columns: Sequence[TableColumn], width: float) -> tuple[float, ...]:
    """Points for each column; together they fill the width, shrunk or stretched alike where none is loose."""
    fixed = sum(column.width for column in columns) * MM
    loose = sum(1 for column in columns if not column.width)
    least = loose * min(60.0, width / len(columns))
    fit = (width - least) / fixed if fixed else 1.0
    scale = min(1.0, fit) if loose else fit
    share = (width - fixed * scale) / loose if loose else 0.0
    return tuple(column.width * MM * scale if column.width else share for column in columns)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A table whose widths are known."""

    table: Table
    widths: tuple[float, ...]
    lefts: tuple[float, ...] = field(init=False)

    def __post_init__(self) -> None:
        lefts = [0.0]
        for width in self.widths:
            lefts.append(lefts[-1] + width)
        object.__setattr__(self, "lefts", tuple(lefts))

    @property
    def style(self) -> Style:
        return Style(self.table.size)

    def row(self, row: Row | TitleRow, head: Piece) -> Piece:
        """One row as a piece."""
        if isinstance(row, TitleRow):
            return self._band(row, head)
        cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
        placed = [
            _Placed.of(cell, column.align, self.style, width)
            for cell, column, width in zip(cells, self.table.columns, self.widths, strict=True)
        ]
        height = max(len(box.lines) for box in placed) * self.style.leading + (
            2 if self.table.tight else 2 * PAD
        )

        def draw(pen: Pen, x: float, top: float) -> None:
            for box, left, width in zip(placed, self.lefts, self.widths, strict=False):
                box.draw(pen, (x + left, top), width, height)
            self._grid(pen, x, top, height)

        return Piece(height, draw, head)

    def _band(self, band: TitleRow, head: Piece) -> Piece:
        height = self.style.leading + 2 * PAD
        whole = self.lefts[-1]

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.tint(x, top, whole, height)
            pen.line(band.text, x + PAD, top + PAD, whole, style=replace(self.style, bold=True))
            pen.rules([(x, top, x, top + height), (x + whole, top, x + whole, top + height)])
            pen.rules([(x, y, x + whole, y) for y in (top, top + height)])

        return Piece(height, draw, head, keep=height)

    def _grid(self, pen: Pen, x: float, top: float, height: float) -> None:
        upright = [(x + left, top, x + left, top + height) for left in self.lefts]
        across = [(x, y, x + self.lefts[-1], y) for y in (top, top + height)]
        pen.rules([*upright, *across])

    def head(self) -> Piece:
        """The headings, in one line or two."""
        style = replace(self.style, bold=True, align="center")
        grouped = any(column.group for column in self.table.columns)
        texts = [
            wrapped(column.head, style, width - 2)
            for column, width in zip(self.table.columns, self.widths, strict=True)
        ]
        upper = self._groups_height(style) if grouped else 0.0
        lower = max(map(len, texts)) * style.leading + 2 * PAD
        numbers = self.style.leading if self.table.number_row else 0.0

        def draw(pen: Pen, x: float, top: float) -> None:
            whole = self.lefts[-1]
            pen.tint(x, top, whole, upper + lower)
            pen.rules([(x, top, x + whole, top), (x, top + upper + lower, x + whole, top + upper + lower)])
            for place, lines in enumerate(texts):
                self._heading(pen, place, lines, (x, top, upper, lower), style)
            self._groups(pen, x, top, upper, style)
            self._numbers(pen, x, top + upper + lower, numbers)

        return Piece(upper + lower + numbers, draw)

    def _heading(
        self,
        pen: Pen,
        place: int,
        lines: Sequence[str],
        box: tuple[float, float, float, float],
        style: Style,
    ) -> None:
        x, top, upper, lower = box
        start = top + upper if self.table.columns[place].group else top
        height = top + upper + lower - start
        left, width = x + self.lefts[place], self.widths[place]
        pen.lines(lines, left, start + (height - len(lines) * style.leading) / 2, width, style=style)
        pen.rules([(left, start, left, start + height), (left + width, start, left + width, start + height)])

    def _spans(self) -> Iterator[tuple[str, float, float]]:
        """(group, left, width) of neighbouring columns under one heading."""
        for group, members in groupby(enumerate(self.table.columns), key=lambda item: item[1].group):
            places = [place for place, _column in members]
            if group:
                yield group, self.lefts[places[0]], self.lefts[places[-1] + 1] - self.lefts[places[0]]

    def _groups_height(self, style: Style) -> float:
        most = max(len(wrapped(group, style, width - 2)) for group, _left, width in self._spans())
        return most * style.leading + 2 * PAD

    def _groups(self, pen: Pen, x: float, top: float, height: float, style: Style) -> None:
        for group, left, width in self._spans():
            lines = wrapped(group, style, width - 2)
            pen.lines(lines, x + left, top + (height - len(lines) * style.leading) / 2, width, style=style)
            box = (x + left, x + left + width)
            pen.rules([(box[0], top + height, box[1], top + height)])
            pen.rules([(side, top, side, top + height) for side in box])

    def _numbers(self, pen: Pen, x: float, top: float, height: float) -> None:
        if not height:
            return
        style = replace(self.style, size=self.table.size - 1.5, italic=True, align="center")
        for place, (left, width) in enumerate(zip(self.lefts, self.widths, strict=False), 1):
            pen.line(f"({place})", x + left, top + 1, width, style=style)
        self._grid(pen, x, top, height)


@lru_cache(maxsize=256)
def _styled(size: float, bold: bool, italic: bool, align: Align) -> Style:
    return Style(size, bold, italic, align)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell cut into lines."""

    lines: tuple[str, ...]
    style: Style
    tinted: bool

    @classmethod
    def of(cls, cell: Cell, align: Align, style: Style, width: float) -> _Placed:
        style = _styled(style.size, cell.bold, cell.italic, cell.align or align)
        return cls(wrapped(cell.text, style, width - 2 * PAD), style, cell.tinted)

    def draw(self, pen: Pen, corner: tuple[float, float], width: float, height: float) -> None:
        left, top = corner
        if self.tinted:
            pen.tint(left, top, width, height)
        free = height - len(self.lines) * self.style.leading
        pen.lines(self.lines, left + PAD, top + free / 2, width - 2 * PAD, style=self.style)
