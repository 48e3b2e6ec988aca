"""What draws on a page: text that is measured, wrapped and placed, lines, tints. Points, from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

MM = 72 / 25.4
LEADING = 1.2
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
        return {(0, 0): "regular", (1, 0): "bold", (0, 1): "italic"}.get(
            (int(self.bold), int(self.italic)), "bold-italic"
        )

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
    pieces, piece = [], ""
    for letter in word:
        if piece and text_width(piece + letter, style.face, style.size) > width:
            pieces.append(piece)
            piece = ""
        piece += letter
    return [*pieces, piece]


class Pen:
    """A canvas seen from the top of the page. `top` grows downwards."""

    def __init__(self, canvas: Any, page_height: float) -> None:
        self.canvas = canvas
        self.page_height = page_height

    def line(self, text: str, left: float, top: float, width: float, *, style: Style) -> None:
        """One line of text, set within `width`; `top` is the top of its line."""
        if not text:
            return
        if style.align != "left":
            free = width - text_width(text, style.face, style.size)
            left += free if style.align == "right" else free / 2
        self.canvas.setFont(style.face, style.size)
        self.canvas.drawString(left, self.page_height - top - style.size * 0.92, text)

    def lines(self, texts: Sequence[str], left: float, top: float, width: float, *, style: Style) -> None:
        """Lines one below the other."""
        for place, text in enumerate(texts):
            self.line(text, left, top + place * style.leading, width, style=style)

    def rules(self, strokes: Sequence[tuple[float, float, float, float]], thick: float = 0.5) -> None:
        """Straight lines from (x, top) to (x, top)."""
        height = self.page_height
        self.canvas.setLineWidth(thick)
        self.canvas.lines([(x1, height - y1, x2, height - y2) for x1, y1, x2, y2 in strokes])

    def tint(self, left: float, top: float, width: float, height: float, *, grey: float = 0.92) -> None:
        """A light area behind words."""
        self.canvas.saveState()
        self.canvas.setFillGray(grey)
        self.canvas.rect(left, self.page_height - top - height, width, height, stroke=0, fill=1)
        self.canvas.restoreState()
