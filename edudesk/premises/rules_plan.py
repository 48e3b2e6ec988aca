"""The plan of a storey: rooms as boxes on a grid of squares. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _

COLUMNS, ROWS = 24, 14
USUAL = (4, 3)  # the width and height a room begins with


@dataclass(frozen=True, slots=True)
class Box:
    """Where a room stands: its first column and row (from 0), so many squares wide and high."""

    col: int
    row: int
    w: int
    h: int

    @property
    def inside(self) -> bool:
        """Whether it lies on the grid."""
        across = self.col >= 0 and self.w >= 1 and self.col + self.w <= COLUMNS
        return across and self.row >= 0 and self.h >= 1 and self.row + self.h <= ROWS

    def meets(self, other: Box) -> bool:
        """Whether both cover a square."""
        across = self.col < other.col + other.w and other.col < self.col + self.w
        return across and self.row < other.row + other.h and other.row < self.row + self.h

    def moved(self, cols: int, rows: int) -> Box:
        """Moved by so many squares, as far as the grid lets it."""
        col = min(max(self.col + cols, 0), COLUMNS - self.w)
        row = min(max(self.row + rows, 0), ROWS - self.h)
        return replace(self, col=col, row=row)

    def resized(self, cols: int, rows: int) -> Box:
        """Wider and higher by so many squares, as far as the grid lets it; never less than one."""
        w = min(max(self.w + cols, 1), COLUMNS - self.col)
        h = min(max(self.h + rows, 1), ROWS - self.row)
        return replace(self, w=w, h=h)


def check_box(box: Box, others: Mapping[str, Box]) -> Problem | None:
    """Why a box cannot stand there, `others` by the names of their rooms."""
    if not box.inside:
        message = _("Phòng phải nằm trong lưới {columns} × {rows} ô.").format(columns=COLUMNS, rows=ROWS)
        return Problem("PLAN_EDGE", message, next=_("Dời hoặc thu nhỏ phòng."))
    met = [name for name, other in others.items() if box.meets(other)]
    if met:
        message = _("Chỗ ấy đã có {names}.").format(names=", ".join(met))
        return Problem("PLAN_OVERLAP", message, next=_("Dời phòng ấy trước, hoặc chọn chỗ trống."))
    return None


def free_spot(others: Mapping[str, Box]) -> Box | None:
    """The first place, row by row, where a room of the usual size fits; None on a full storey."""
    w, h = USUAL
    spots = (Box(col, row, w, h) for row in range(ROWS - h + 1) for col in range(COLUMNS - w + 1))
    return next((box for box in spots if not any(box.meets(other) for other in others.values())), None)
