"""What draws on a page: text that is measured, wrapped and placed, lines, tints. Points, from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from edudesk.paper.fonts import FACES

MM = 72 / 25.4
LEADING = 1.2
SEAMS = "-/."  # after which a word too long for its line is parted
Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Style:
    """How words look: size in points."""

    size: float = 13
    bold: bool = False
    italic: bool = False
    align: Align = "left"

    @property
    def face(self) -> str:
        return FACES[self.bold + 2 * self.italic]

    @property
    def leading(self) -> float:
        return self.size * LEADING


@lru_cache(maxsize=65536)
def text_width(text: str, face: str, size: float) -> float:
    """The width of a line in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, face, size))


@lru_cache(maxsize=16384)
def wrapped(text: str, style: Style, width: float) -> tuple[str, ...]:
    """The lines a text needs in a width; a word wider than that is broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if text_width(longer, style.face, style.size) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            *whole, line = _broken(word, style, width)
            lines += whole
        lines.append(line)
    return tuple(lines)


def _broken(word: str, style: Style, width: float) -> list[str]:
    """A word in pieces that fit: after a hyphen, stroke or dot where it has one (TUONG-, RAO), else anywhere."""
    pieces, piece = [], ""
    for letter in word:
        if piece and text_width(piece + letter, style.face, style.size) > width:
            end = max(piece.rfind(sign) for sign in SEAMS) + 1 or len(piece)
            pieces.append(piece[:end])
            piece = piece[end:]
        piece += letter
    return [*pieces, piece]


class Pen:
    """A canvas seen from the top of the page. `top` grows downwards."""

    def __init__(self, canvas: Any, page_height: float) -> None:
        self.canvas = canvas
        self.page_height = page_height
        self._set: dict[tuple[str, str, float], str] = {}  # texts as the page writes them, at the origin

    def line(self, text: str, left: float, top: float, width: float, *, style: Style) -> None:
        """One line of text, set within `width`; `top` is the top of its line."""
        if not text:
            return
        if style.align != "left":
            free = width - text_width(text, style.face, style.size)
            left += free if style.align == "right" else free / 2
        up = self.page_height - top - style.size * 0.92
        self.canvas.addLiteral(f"q 1 0 0 1 {left:.2f} {up:.2f} cm {self._written(text, style)} Q")

    def _written(self, text: str, style: Style) -> str:
        """A line of text at the origin; made once, because the same words and numbers fill whole columns."""
        key = (text, style.face, style.size)
        if key not in self._set:
            self.canvas.setFont(style.face, style.size)
            made = self.canvas.beginText(0, 0)
            made.textLine(text)
            self._set[key] = str(made.getCode())
        return self._set[key]

    def lines(self, texts: Sequence[str], left: float, top: float, width: float, *, style: Style) -> None:
        """Lines one below the other."""
        for place, text in enumerate(texts):
            self.line(text, left, top + place * style.leading, width, style=style)

    def rules(self, strokes: Sequence[tuple[float, float, float, float]], thick: float = 0.5) -> None:
        """Straight lines from (x, top) to (x, top)."""
        height = self.page_height
        self.canvas.setLineWidth(thick)
        lines = (f"{x1:.2f} {height - y1:.2f} m {x2:.2f} {height - y2:.2f} l" for x1, y1, x2, y2 in strokes)
        self.canvas.addLiteral(f"n {' '.join(lines)} S")

    def boxes(self, left: float, top: float, share: float, *, boxes: str) -> None:
        """Filled boxes in units of `share` points with their origin at a corner, as “x y width height re” each."""
        up = self.page_height - top
        self.canvas.addLiteral(f"q {share:.4f} 0 0 {share:.4f} {left:.2f} {up:.2f} cm n {boxes} f Q")

    def tint(self, left: float, top: float, width: float, height: float, *, grey: float = 0.92) -> None:
        """A light area behind words."""
        self.canvas.saveState()
        self.canvas.setFillGray(grey)
        self.canvas.rect(left, self.page_height - top - height, width, height, stroke=0, fill=1)
        self.canvas.restoreState()
