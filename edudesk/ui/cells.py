"""One cell on the screen: its style (`CellStyle`) and the one delegate that paints it.

Every table and grid of the program uses this delegate. It reads a small frozen record and the theme, nothing else.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QBrush, QFontMetrics, QHelpEvent, QPainter, QPen, QPixmap, QPolygon
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from edudesk.ui import icons
from edudesk.ui.theme import BODY, SMALL, font, is_dark, token

Align = Literal["left", "right", "center"]
ChipKind = Literal["soft", "grey", "word", "ok", "wait", "ask", "bad"]
Index = QModelIndex | QPersistentModelIndex
STYLE = int(Qt.ItemDataRole.UserRole) + 1
KEPT = 130  # pixels of width up to which a cell is kept as a picture
_WHOLE = (1.0, 2.0, 3.0)  # ratios at which a picture stands on whole pixels
_FLAGS: dict[Align, Qt.AlignmentFlag] = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


class Chip(NamedTuple):
    """A word in a small box. `soft` and `grey` are for levels, the rest are states and carry an icon or a word."""

    text: str
    kind: ChipKind = "grey"
    icon: str = ""


class CellStyle(NamedTuple):
    """Everything the painter knows of a cell; a tuple, because thousands are made and compared while one scrolls.

    `locked` cannot be written; `owed` is hatched; `bad` was refused; `ask` should be looked at again; `conflict` was
    written differently by two desks; `off` is the quiet "–" where nothing is due (and nothing can be typed);
    `colour` is a token name for the text; `detail` a second small line; `head` marks a row that titles those below.
    """

    text: str = ""
    align: Align = "left"
    locked: bool = False
    owed: bool = False
    bad: bool = False
    ask: bool = False
    conflict: bool = False
    muted: bool = False
    italic: bool = False
    bold: bool = False
    off: bool = False
    head: bool = False
    small: bool = False
    icon: str = ""
    colour: str = ""
    detail: str = ""
    chips: tuple[Chip, ...] = ()
    tip: str = ""


EMPTY = CellStyle()


class Face(NamedTuple):
    """All that a painted cell depends on besides its size: its look, and where it stands.

    `ground` is the token of its background; `lit` is the cursor's row, `named` its name there; `ruled` has a line
    after it; `boxed` is the cursor; `phase` lets the hatching of neighbours join.
    """

    style: CellStyle
    ground: str
    lit: bool
    named: bool
    ruled: bool
    boxed: bool
    gridded: bool
    phase: int


class CellDelegate(QStyledItemDelegate):
    """Paints a CellLook; `gridded` adds vertical lines, `active` is the lit column, `lit` the cursor's row.

    A view that tells its `ratio` (pixels to a point) has its narrow cells kept as pictures: marks are few and equal.
    `look_of(row, column)` is the short way to a look, for `paint_cell`.
    """

    def __init__(self, parent: QObject | None = None, *, gridded: bool = False) -> None:
        super().__init__(parent)
        self.gridded = gridded
        self.active = -1
        self.lit = -1
        self.cursor: tuple[int, int] = (-1, -1)
        self.rules: frozenset[int] = frozenset()
        self.names: frozenset[int] = frozenset()
        self.lit_token = "cross" if gridded else "soft"
        self.ratio = 0.0
        self.look_of: Callable[[int, int], CellStyle] | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        face = self._face(index.data(STYLE) or EMPTY, option.rect, index.row(), index.column())
        self._show(painter, option.rect, face)

    def paint_cell(self, painter: QPainter, rect: QRect, row: int, column: int) -> None:
        """The same for a view that knows where its cells are and what they look like."""
        assert self.look_of is not None
        self._show(painter, rect, self._face(self.look_of(row, column), rect, row, column))

    def _show(self, painter: QPainter, rect: QRect, face: Face) -> None:
        if self.ratio in _WHOLE and rect.width() <= KEPT:
            picture = _picture(face, rect.width(), rect.height(), self.ratio, is_dark())
            painter.drawPixmap(rect.topLeft(), picture)
        else:
            _draw(painter, rect, face)

    def helpEvent(  # noqa: N802
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """What does not fit into its cell is told whole when the mouse rests on it."""
        style: CellStyle = index.data(STYLE) or EMPTY
        room = option.rect.width() - (13 if self.gridded else 16) - (20 if style.icon else 0)
        if (
            event.type() != QEvent.Type.ToolTip
            or style.tip
            or _fit(style, _is_bold(style), room) == style.text
        ):
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), style.text, view)
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return QSize(40, 22)

    def _face(self, style: CellStyle, rect: QRect, row: int, column: int) -> Face:
        lit = row == self.lit
        return Face(
            style,
            self._ground_token(style, column, lit=lit),
            lit=lit,
            named=lit and column in self.names,
            ruled=self.gridded or column in self.rules,
            boxed=(row, column) == self.cursor,
            gridded=self.gridded,
            phase=rect.left() % 6 if style.owed else 0,
        )

    def _ground_token(self, style: CellStyle, column: int, *, lit: bool) -> str:
        if style.bad:
            return "bad_bg"
        if lit:
            return self.lit_token
        if style.head or style.locked:
            return "sunken"
        return "active_col" if column == self.active else "surface"


@lru_cache(maxsize=2048)
def _picture(face: Face, width: int, height: int, ratio: float, _dark: bool) -> QPixmap:
    """A cell as a picture; the theme is an argument so that a new one makes new pictures."""
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    painter = QPainter(picture)
    _draw(painter, QRect(0, 0, width, height), face)
    painter.end()
    return picture


def _draw(p: QPainter, rect: QRect, face: Face) -> None:
    style = face.style
    if style.owed and not style.bad:
        hatch(p, rect, face.phase)
    else:
        p.fillRect(rect, token(face.ground))
    p.fillRect(rect.left(), rect.bottom(), rect.width(), 1, token("line"))
    if face.ruled:
        p.fillRect(rect.right(), rect.top(), 1, rect.height(), token("line"))
    inside = rect.adjusted(6, 0, -7, -1) if face.gridded else rect.adjusted(8, 0, -8, -1)
    _content(p, inside, face)
    _marks(p, rect, style)
    if face.boxed or style.bad:
        _box(p, rect, "bad_fill" if style.bad else "accent")


def _content(p: QPainter, rect: QRect, face: Face) -> None:
    style = face.style
    if style.chips:
        _chips(p, rect, style.chips, face.lit)
        return
    if style.icon:
        p.drawPixmap(
            rect.left(), rect.center().y() - 6, icons.pixmap(style.icon, 14, style.colour or "text2")
        )
        rect = rect.adjusted(20, 0, 0, 0)
    if not style.text:
        return
    bold = _is_bold(style) or face.named
    p.setFont(font(SMALL if style.small else BODY, bold, style.italic))
    p.setPen(token(_text_token(style)))
    if style.detail:
        _two_lines(p, rect, style)
        return
    p.drawText(rect, _FLAGS["center" if style.off else style.align], _fit(style, bold, rect.width()))


def _is_bold(style: CellStyle) -> bool:
    return style.bold or style.bad or style.head


def _marks(p: QPainter, rect: QRect, style: CellStyle) -> None:
    sign = "swap" if style.conflict else "triangle" if style.ask else ""
    if sign:
        p.drawPixmap(rect.left() + 4, rect.center().y() - 6, icons.pixmap(sign, 12, "ask"))
    if style.conflict:
        corner = QPolygon([rect.topRight(), rect.topRight() - QPoint(8, 0), rect.topRight() + QPoint(0, 8)])
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(QBrush(token("ask_fill")))
        p.drawPolygon(corner)


def _text_token(style: CellStyle) -> str:
    if style.bad:
        return "bad"
    if style.colour:
        return style.colour
    if style.off:
        return "off"
    if style.owed:
        return "ask"
    return "text3" if style.muted else "text"


def _fit(style: CellStyle, bold: bool, width: int) -> str:
    if len(style.text) < 6:
        return style.text
    return _elided(style.text, SMALL if style.small else BODY, bold, style.italic, width)


@lru_cache(maxsize=8192)
def _elided(text: str, points: int, bold: bool, italic: bool, width: int) -> str:
    return QFontMetrics(font(points, bold, italic)).elidedText(text, Qt.TextElideMode.ElideRight, width)


def _two_lines(p: QPainter, rect: QRect, style: CellStyle) -> None:
    middle = rect.center().y() + 1
    top = QRect(rect.left(), middle - 18, rect.width(), 19)
    p.drawText(top, _FLAGS[style.align], _fit(style, style.bold, rect.width()))
    p.setFont(font(SMALL))
    p.setPen(token("text2"))
    detail = _elided(style.detail, SMALL, False, False, rect.width())
    p.drawText(top.translated(0, 18), _FLAGS[style.align], detail)


def _box(p: QPainter, rect: QRect, name: str) -> None:
    p.setPen(QPen(token(name), 2))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawRect(rect.adjusted(1, 1, -1, -1))


_CHIP: dict[str, tuple[str, str, str]] = {
    "soft": ("soft", "accent_text", "soft_line"), "grey": ("sunken", "text2", "line2"),
    "word": ("", "text2", ""), "ok": ("ok_bg", "ok", "ok_line"), "wait": ("wait_bg", "wait", "wait_line"),
    "ask": ("ask_bg", "ask", "ask_line"), "bad": ("bad_bg", "bad", "bad_line"),
}  # fmt: skip


def _chips(p: QPainter, rect: QRect, chips: tuple[Chip, ...], lit: bool) -> None:
    left = rect.left() - 2
    for chip in chips:
        left = draw_chip(p, QPoint(left, rect.center().y() - 8), chip, outlined=lit) + 4


def chip_width(chip: Chip) -> int:
    """The width of a chip in pixels."""
    words = QFontMetrics(font(SMALL)).horizontalAdvance(chip.text)
    return words + 12 + (16 if chip.icon else 0)


def draw_chip(p: QPainter, at: QPoint, chip: Chip, *, outlined: bool = False) -> int:
    """Paint a chip 18 px high with its top left at `at`; answers the x just after it."""
    ground, ink, line = _CHIP[chip.kind]
    box = QRect(at.x(), at.y(), chip_width(chip), 18)
    if ground:
        p.save()
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(token(line) if outlined else Qt.PenStyle.NoPen)
        p.setBrush(token("surface") if outlined and chip.kind == "grey" else token(ground))
        half = 0.5 if outlined else 0.0
        p.drawRoundedRect(box.toRectF().adjusted(half, half, -half, -half), 3, 3)
        p.restore()
    left = box.left() + 6
    if chip.icon:
        p.drawPixmap(left, box.top() + 3, icons.pixmap(chip.icon, 12, ink))
        left += 16
    p.setFont(font(SMALL))
    p.setPen(token(ink))
    p.drawText(QRect(left, box.top(), box.width(), 18), _FLAGS["left"], chip.text)
    return box.right() + 1


def hatch(p: QPainter, rect: QRect, phase: int | None = None) -> None:
    """Fill with the slanted lines that mean "something is owed here"; neighbours join."""
    tile = _tile(
        rect.height(), token("hatch").rgba(), token("hatch_bg").rgba(), p.device().devicePixelRatio()
    )
    p.drawTiledPixmap(rect, tile, QPoint(rect.left() % 6 if phase is None else phase, 0))


@lru_cache(maxsize=16)
def _tile(height: int, _line: int, _ground: int, ratio: float) -> QPixmap:
    """One period (6 px) of the hatching; the colours are arguments so that a new theme makes a new tile."""
    tile = QPixmap(round(6 * ratio), round(height * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(token("hatch_bg"))
    p = QPainter(tile)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setPen(QPen(token("hatch"), 1))
    for x in range(-(height // 6 + 2) * 6, 12, 6):
        p.drawLine(QPointF(x, height), QPointF(x + height, 0))
    p.end()
    return tile
