"""Sheets of labels on A4: a QR code, and beside it what people read. Sheets are full to the edge of the paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from edudesk.paper.blocks import Piece
from edudesk.paper.pen import MM, Pen, Style, wrapped

WIDTH, HEIGHT = 210 * MM, 296.8 * MM  # a hair less than A4, so that rows never spill
QUIET = 4  # modules of white around a code
_MASK = 0  # any of the eight may be read; trying them all would be most of the time of a sheet


@lru_cache(maxsize=4096)
def qr_modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of a QR code, row by row, with medium error correction."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    version = code.calculate_version()
    frame, places = _frame(version)
    rows = [list(row) for row in frame]
    data = QRCode.createData(version, QRErrorCorrectLevel.M, code.dataList)
    bits = (byte >> shift & 1 for byte in data for shift in range(7, -1, -1))
    for (column, row), bit in zip(places, bits, strict=False):  # a few places are left over
        rows[row][column] ^= bool(bit)
    return tuple(map(tuple, rows))


@lru_cache(maxsize=8)
def _frame(version: int) -> tuple[list[list[bool]], list[tuple[int, int]]]:
    """A code of that size with nothing in it but eyes, lines and mask, and where its data goes: (column, row)."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(version, QRErrorCorrectLevel.M)
    code.dataCache = []
    code.makeImpl(False, _MASK)
    return [[bool(dark) for dark in row] for row in code.modules], list(code.dataPosIterator())


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says: the `code` as QR and in bold, a name of up to three lines, and small lines below."""

    code: str
    name: str
    small: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Labels in `columns` × `rows` on each page; the first `start` - 1 places of the first page stay free."""

    labels: Sequence[Label]
    columns: int = 3
    rows: int = 8
    start: int = 1

    def pieces(self, width: float) -> Iterator[Piece]:
        places: list[Label | None] = [*[None] * (self.start - 1), *self.labels]
        for first in range(0, len(places), self.columns):
            yield self._row(places[first : first + self.columns])

    def _row(self, row: Sequence[Label | None]) -> Piece:
        width, height = WIDTH / self.columns, HEIGHT / self.rows

        def draw(pen: Pen, left: float, top: float) -> None:
            for place, label in enumerate(row):
                if label is not None:
                    _draw(pen, label, (left + place * width, top, width, height))

        return Piece(height, draw)


Box = tuple[float, float, float, float]  # left, top, width, height


def _draw(pen: Pen, label: Label, box: Box) -> None:
    left, top, width, height = box
    modules = qr_modules(label.code)
    share = min(height - 6 * MM, width * 0.46) / (len(modules) + QUIET)
    size = share * len(modules)
    start = left + 1 * MM + QUIET * share
    pen.boxes(start, top + (height - size) / 2, share, boxes=_boxes(modules))
    beside = start + size + 2.5 * MM
    _words(pen, label, (beside, top, left + width - beside - 2 * MM, height))


@lru_cache(maxsize=4096)
def _boxes(modules: tuple[tuple[bool, ...], ...]) -> str:
    """Every run of dark modules as a box of a path, in modules from the upper left corner."""
    rows = ((across, down, n) for down, row in enumerate(modules, 1) for across, n in _runs(row))
    return " ".join(f"{across} {-down} {n} 1 re" for across, down, n in rows)


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """(place, length) of each unbroken run of dark modules."""
    start = None
    for place, dark in enumerate((*row, False)):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place - start
            start = None


def _words(pen: Pen, label: Label, box: Box) -> None:
    left, top, width, height = box
    big, plain, small = Style(10, bold=True), Style(8.5), Style(7)
    lines = [(line, big) for line in wrapped(label.code, big, width)[:2]]
    lines += [(line, plain) for line in wrapped(label.name, plain, width)[:3]]
    lines += [(line, small) for text in label.small for line in wrapped(text, small, width)[:2]]
    used = sum(style.leading for _line, style in lines)
    down = top + max(0.0, (height - used) / 2)
    for line, style in lines:
        pen.line(line, left, down, width, style=style)
        down += style.leading
