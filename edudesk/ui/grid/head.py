"""The tall header of a grid: name and lock, histogram of ten bins, how many are there of how many."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from edudesk.ui import icons
from edudesk.ui.table.columns import Column, ColumnHead
from edudesk.ui.table.model import TableModel
from edudesk.ui.theme import SMALL, font, token

HEIGHT = 56
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_PLAIN = ColumnHead()


class GridHeader(QHeaderView):
    """Paints `ColumnHead`s; `active` is the column being entered, in accent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.active = -1
        self.heads: dict[str, ColumnHead] = {}
        self.setFixedHeight(HEIGHT)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def set_heads(self, heads: Mapping[str, ColumnHead]) -> None:
        """Show these; only the sections that say something else are painted again."""
        was, self.heads = self.heads, dict(heads)
        model = self.model()
        assert isinstance(model, TableModel)
        for place, column in enumerate(model.columns):
            if was.get(column.key) != self.heads.get(column.key) and not self.isSectionHidden(place):
                self.repaint_section(place)

    def repaint_section(self, place: int) -> None:
        """Paint the head of one column again."""
        left, wide = self.sectionViewportPosition(place), self.sectionSize(place)
        self.viewport().update(QRect(left, 0, wide, self.height()))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:  # noqa: N802
        model = self.model()
        assert isinstance(model, TableModel)
        column = model.columns[logical]
        active = logical == self.active
        painter.fillRect(rect, token("accent" if active else "sunken"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, token("line2"))
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), token("line2" if active else "line"))
        head = self.heads.get(column.key, _PLAIN)
        self._words(painter, rect.adjusted(6, 0, -7, 0), column, head, active)
        if head.bins:
            _bars(painter, QRect(rect.left() + 6, rect.top() + 21, rect.width() - 14, 15), head.bins, active)

    def _waiting(self, column: Column) -> int:
        """How many texts of a column were not accepted."""
        model = self.model()
        assert isinstance(model, TableModel)
        return sum(key == column.key for _row, key in model.refusals)

    def _words(self, p: QPainter, rect: QRect, column: Column, head: ColumnHead, active: bool) -> None:
        side = _RIGHT if column.align == "right" and not (head.bins or head.count) else _LEFT
        ink = "on_accent" if active else "text2"
        p.setFont(font(SMALL, True))
        p.setPen(token("on_accent" if active else "text"))
        p.drawText(QRect(rect.left(), rect.top() + 3, rect.width(), 18), side, column.label)
        if head.lock:
            p.drawPixmap(rect.right() - 11, rect.top() + 6, icons.pixmap("lock", 12, ink))
        p.setFont(font(SMALL))
        if head.sub:
            p.setPen(token(ink))
            p.drawText(QRect(rect.left(), rect.top() + 20, rect.width(), 18), side, head.sub)
        foot = QRect(rect.left(), rect.top() + 38, rect.width(), 17)
        waiting = self._waiting(column)
        if waiting:
            foot = _waiting_sign(p, foot, waiting, active)
        if head.count:
            _count(p, foot, replace(head, side="", full=False) if waiting else head, active)


def _waiting_sign(p: QPainter, rect: QRect, waiting: int, active: bool) -> QRect:
    """How many texts wait in the column, at the right; answers the room left of it."""
    ink = "on_accent" if active else "bad"
    words = str(waiting)
    wide = p.fontMetrics().horizontalAdvance(words)
    p.setPen(token(ink))
    p.drawText(rect, _RIGHT, words)
    p.drawPixmap(rect.right() - wide - 14, rect.top() + 2, icons.pixmap("refused", 12, ink))
    return rect.adjusted(0, 0, -wide - 18, 0)


def _count(p: QPainter, rect: QRect, head: ColumnHead, active: bool) -> None:
    ink = "on_accent" if active else "ok" if head.full else "ask"
    p.setPen(token(ink))
    words = p.fontMetrics().horizontalAdvance
    room = rect.width() - words(head.count) - (14 if head.full else 0)
    if active and words(head.side) + 6 <= room:
        p.drawText(rect, _RIGHT, head.side)
    if head.full:
        p.drawPixmap(rect.left(), rect.top() + 2, icons.pixmap("check", 12, ink))
        rect = rect.adjusted(14, 0, 0, 0)
    if words(head.count) <= rect.width():  # a number that is cut short is another number
        p.drawText(rect, _LEFT, head.count)


def _bars(p: QPainter, rect: QRect, bins: tuple[int, ...], active: bool) -> None:
    """Ten bars on whole pixels, the tallest filling the height; an empty bin is a tick of one pixel."""
    pitch = rect.width() // len(bins)
    left = rect.right() - pitch * len(bins) + 1
    top = max(bins) or 1
    ink = token("on_accent" if active else "hist")
    for place, count in enumerate(bins):
        high = max(1, rect.height() * count // top) if count else 1
        p.fillRect(left + place * pitch, rect.bottom() + 1 - high, max(1, pitch - 1), high, ink)
