"""The few charts of the screen, painted on whole pixels: histogram, stacked bars, dots."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from edudesk.kernel.numbers import thousands
from edudesk.ui.cells import hatch
from edudesk.ui.theme import SMALL, font, token

DEEP = ("accent", "bad_fill")  # colours on which words are light


class Histogram(QWidget):
    """Ten bins of marks, 0 to 10, with their counts above and a scale below."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(112)
        self.bins: tuple[int, ...] = (0,) * 10

    def set_bins(self, bins: Sequence[int]) -> None:
        """Ten counts: marks from 0 to under 1, … from 9 to 10."""
        self.bins = tuple(bins)
        self.setAccessibleName(
            ", ".join(f"{place}–{place + 1}: {count}" for place, count in enumerate(bins) if count)
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        p = QPainter(self)
        p.setFont(font(SMALL))
        pitch, floor = self.width() // 10, self.height() - 20
        left = (self.width() - pitch * 10) // 2
        top = max(self.bins) or 1
        p.fillRect(0, floor, self.width(), 1, token("line2"))
        for place, count in enumerate(self.bins):
            if count:
                high = max(2, (floor - 18) * count // top)
                box = QRect(left + place * pitch + 1, floor - high, pitch - 2, high)
                p.fillRect(box, token("accent"))
                p.setPen(token("text2"))
                p.drawText(
                    QRect(box.left() - 6, box.top() - 17, box.width() + 12, 16),
                    Qt.AlignmentFlag.AlignCenter,
                    str(count),
                )
        p.setPen(token("text2"))
        for mark in range(0, 11, 2):
            spot = QRect(left + mark * pitch - 12, floor + 3, 24, 16)
            p.drawText(spot.translated(*_inward(mark)), Qt.AlignmentFlag.AlignCenter, str(mark))
        p.end()


def _inward(mark: int) -> tuple[int, int]:
    return {0: (5, 0), 10: (-7, 0)}.get(mark, (0, 0))


class Stripes(QWidget):
    """A rounded bar of shares: (count, token) one after another; nothing counted leaves the empty track."""

    def __init__(self, height: int = 8) -> None:
        super().__init__()
        self.setFixedHeight(height)
        self.parts: tuple[tuple[int, str], ...] = ()

    def set_parts(self, parts: Sequence[tuple[int, str]]) -> None:
        """Counts and the tokens of their colours, from the left."""
        self.parts = tuple(parts)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        from PySide6.QtGui import QPainterPath

        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(self.rect().toRectF(), self.height() / 2, self.height() / 2)
        p.setClipPath(shape)
        p.fillRect(self.rect(), token("bar_bg"))
        total = sum(count for count, _name in self.parts)
        done = 0
        for count, name in self.parts if total else ():
            start = self.width() * done // total
            done += count
            p.fillRect(start, 0, self.width() * done // total - start, self.height(), token(name))
        p.end()


Parts = Sequence[tuple[int, str]]


class RowBars(QWidget):
    """Stacked bars that stand beside the rows of a table: as high as they are, scrolled with them.

    A part is (count, token); an empty token is hatched (what is missing). A number stands in each part that has room.
    """

    def __init__(self, *, head: int, row: int) -> None:
        super().__init__()
        self._head = head
        self._row = row
        self._first = 0
        self.rows: tuple[Parts, ...] = ()
        self.setMinimumWidth(120)

    def set_rows(self, rows: Sequence[Parts]) -> None:
        """The parts of each row, from the top."""
        self.rows = tuple(rows)
        self.update()

    def set_first(self, row: int) -> None:
        """The row of the table that stands at the top."""
        self._first = row
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        p = QPainter(self)
        p.fillRect(self.rect(), token("surface"))
        p.fillRect(0, 0, self.width(), self._head, token("sunken"))
        p.fillRect(0, self._head - 1, self.width(), 1, token("line2"))
        p.setFont(font(SMALL))
        top = self._head
        for parts in self.rows[self._first :]:
            self._bar(p, QRect(8, top + 4, self.width() - 16, self._row - 9), parts)
            p.fillRect(0, top + self._row - 1, self.width(), 1, token("line"))
            top += self._row
        p.end()

    def _bar(self, p: QPainter, room: QRect, parts: Parts) -> None:
        total, done = sum(count for count, _name in parts), 0
        for count, name in parts if total else ():
            left = room.left() + room.width() * done // total
            done += count
            box = QRect(left, room.top(), room.left() + room.width() * done // total - left, room.height())
            if not box.width():
                continue
            if name:
                p.fillRect(box.adjusted(0, 0, -1 if box.width() > 3 else 0, 0), token(name))
            else:
                hatch(p, box)
            words = thousands(count)
            if p.fontMetrics().horizontalAdvance(words) + 4 <= box.width():
                p.setPen(token("on_accent" if name in DEEP else "text"))
                p.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class Dot(QWidget):
    """A coloured dot beside a word of a legend."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._token = name
        self.setFixedSize(9, 9)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(token(self._token))
        p.drawEllipse(self.rect().adjusted(0, 0, -1, -1))
        p.end()
