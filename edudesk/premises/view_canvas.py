"""The sheet a storey is drawn on: rooms as boxes, moved by the mouse or by the arrow keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap

from edudesk.kernel.words import _
from edudesk.premises.fields import LAB, LEARNING, ROOM_KINDS, STATES
from edudesk.premises.rules_area import show_area
from edudesk.premises.rules_plan import COLUMNS, ROWS, Box, check_box
from edudesk.premises.store import Room
from edudesk.premises.store_plan import Placed
from edudesk.ui.focus import Painted
from edudesk.ui.theme import BODY, SMALL, font, token

BY_STATE, BY_KIND = "state", "kind"
CORNER = 12  # px of the corner by which a box is resized
STATE_COLOURS = {"TOT": "ok", "CAN_SUA": "ask", "NGUNG": "bad"}
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def kind_colour(kind: str) -> str:
    """The family of tokens a kind is painted in: "wait" for computer rooms, "ok" where pupils are taught, "" else."""
    return "wait" if kind == LAB else "ok" if kind in LEARNING else ""


class Canvas(Painted):
    """`placed(id, Box)` when a person put a room somewhere, `picked(id)`, `opened(id)` by Enter or a double click,
    `taken(id)` by Del, `told(words)` when a place is refused. Arrows move, Shift and arrows resize, PgUp and PgDn
    go from room to room."""

    placed = Signal(str, object)
    picked = Signal(str)
    opened = Signal(str)
    taken = Signal(str)
    told = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(480, 280)
        self.setAccessibleName(_("Sơ đồ tầng"))
        self.rooms: tuple[Placed, ...] = ()
        self.current = ""
        self.colours = BY_STATE
        self.behind = QPixmap()
        self._held: tuple[str, Box, QPoint, bool] | None = None  # id, box at first, pressed at, by the corner
        self._ghost: Box | None = None

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(840, 490)

    def show_rooms(self, rooms: Sequence[Placed], behind: QPixmap) -> None:
        """Show a storey; the cursor stays on its room when that is still there."""
        self.rooms, self.behind = tuple(rooms), behind
        if self.current not in self._boxes():
            self.current = rooms[0].room.id if rooms else ""
        self._ghost = self._held = None
        self._describe()
        self.update()

    def pick(self, room_id: str) -> None:
        """Put the cursor on a room."""
        self.current = room_id
        self._describe()
        self.picked.emit(room_id)
        self.update()

    def words(self) -> str:
        """Where the room under the cursor stands, in words."""
        spot = next((placed for placed in self.rooms if placed.room.id == self.current), None)
        if spot is None:
            return ""
        message = _("{room}: {what}; cột {col}, hàng {row}, rộng {w} × {h} ô")
        box, what = spot.box, ", ".join(room_words(spot.room))
        return message.format(
            room=spot.room.name, what=what, col=box.col + 1, row=box.row + 1, w=box.w, h=box.h
        )

    def _describe(self) -> None:
        self.setAccessibleDescription(self.words())

    def _boxes(self) -> Mapping[str, Box]:
        return {placed.room.id: placed.box for placed in self.rooms}

    # -- geometry

    @property
    def square(self) -> int:
        """px of a square of the grid."""
        return max(16, min(self.width() // COLUMNS, self.height() // ROWS))

    @property
    def _origin(self) -> QPoint:
        return QPoint((self.width() - self.square * COLUMNS) // 2, 0)

    def rect_of(self, box: Box) -> QRect:
        """Where a box is painted."""
        px = self.square
        return QRect(box.col * px, box.row * px, box.w * px, box.h * px).translated(self._origin)

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key, box = Qt.Key(event.key()), self._boxes().get(self.current)
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._go(1 if key == Qt.Key.Key_PageDown else -1)
        elif box is None:
            super().keyPressEvent(event)
        elif key in ARROWS:
            wider = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._put(self.current, box.resized(*ARROWS[key]) if wider else box.moved(*ARROWS[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit(self.current)
        elif key == Qt.Key.Key_Delete:
            self.taken.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _go(self, places: int) -> None:
        ids = [placed.room.id for placed in self.rooms]
        if ids:
            at = ids.index(self.current) if self.current in ids else 0
            self.pick(ids[(at + places) % len(ids)])

    def _put(self, room_id: str, box: Box) -> None:
        """Ask for a room to stand there, or say why it cannot."""
        if box == self._boxes()[room_id]:
            return
        problem = check_box(box, self._others(room_id))
        if problem:
            self.told.emit(f"{problem.message} {problem.next}")
        else:
            self.placed.emit(room_id, box)

    def _others(self, room_id: str) -> dict[str, Box]:
        return {placed.room.name: placed.box for placed in self.rooms if placed.room.id != room_id}

    # -- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        spot = event.position().toPoint()
        placed = next((at for at in reversed(self.rooms) if self.rect_of(at.box).contains(spot)), None)
        if placed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        low = self.rect_of(placed.box).bottomRight()
        by_corner = low.x() - spot.x() < CORNER and low.y() - spot.y() < CORNER
        self._held = (placed.room.id, placed.box, spot, by_corner)
        self.pick(placed.room.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._held is not None:
            _id, box, start, by_corner = self._held
            way = (event.position().toPoint() - start) / self.square
            self._ghost = box.resized(way.x(), way.y()) if by_corner else box.moved(way.x(), way.y())
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
        row, ghost = self._held, self._ghost
        self._held = self._ghost = None
        if row is not None and ghost is not None:
            self._put(row[0], ghost)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        spot = event.position().toPoint()
        if any(
            placed.room.id == self.current and self.rect_of(placed.box).contains(spot)
            for placed in self.rooms
        ):
            self.opened.emit(self.current)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        self.update()

    # -- paint

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        p = QPainter(self)
        sheet = self.rect_of(Box(0, 0, COLUMNS, ROWS))
        p.fillRect(sheet, token("surface"))
        if not self.behind.isNull():
            size = self.behind.size().scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRect(QPoint(0, 0), size)
            box.moveCenter(sheet.center())
            p.drawPixmap(box, self.behind)
        self._grid(p, sheet)
        for spot in self.rooms:
            self._room(p, spot)
        if self._ghost is not None and self._held is not None:
            fits = check_box(self._ghost, self._others_by_id(self._held[0])) is None
            p.setPen(QPen(token("accent" if fits else "bad"), 2, Qt.PenStyle.DashLine))
            p.drawRect(self.rect_of(self._ghost))
        p.end()

    def _others_by_id(self, room_id: str) -> dict[str, Box]:
        return {key: box for key, box in self._boxes().items() if key != room_id}

    def _grid(self, p: QPainter, sheet: QRect) -> None:
        p.setPen(token("line"))
        for col in range(COLUMNS + 1):
            x = sheet.left() + col * self.square
            p.drawLine(x, sheet.top(), x, sheet.top() + ROWS * self.square)
        for row in range(ROWS + 1):
            y = sheet.top() + row * self.square
            p.drawLine(sheet.left(), y, sheet.left() + COLUMNS * self.square, y)

    def _room(self, p: QPainter, box: Placed) -> None:
        rect = self.rect_of(box.box).adjusted(1, 1, -1, -1)
        by_state = self.colours == BY_STATE
        colour = STATE_COLOURS.get(box.room.state or "", "") if by_state else kind_colour(box.room.kind)
        p.fillRect(rect, token(f"{colour}_bg" if colour else "sunken"))
        on = box.room.id == self.current
        pen = QPen(token("accent" if on else f"{colour}_line" if colour else "line2"), 2 if on else 1)
        p.setPen(pen)
        p.drawRect(rect)
        if on and self.hasFocus():
            p.setPen(QPen(token("accent"), 1, Qt.PenStyle.DotLine))
            p.drawRect(rect.adjusted(3, 3, -3, -3))
        if on:
            low = rect.bottomRight()
            p.fillRect(QRect(low - QPoint(CORNER - 5, CORNER - 5), low), token("accent"))
        self._words(p, rect.adjusted(4, 3, -4, -3), box.room)

    def _words(self, p: QPainter, room: QRect, one: Room) -> None:
        """Its name, then as many of its words as have room."""
        top = room.top()
        for place, text in enumerate((one.name, *room_words(one))):
            p.setFont(font(BODY if not place else SMALL, not place))
            height = p.fontMetrics().height()
            if top + height > room.bottom() + 3:
                return
            p.setPen(token("text" if not place else "text2"))
            shown = p.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            p.drawText(QRect(room.left(), top, room.width(), height), Qt.AlignmentFlag.AlignLeft, shown)
            top += height


def room_words(room: Room) -> list[str]:
    """What is said of a room: its state, its kind, its area."""
    state = _(dict(STATES)[room.state]) if room.state in STATE_COLOURS and room.state else ""
    area = _("{area} m²").format(area=show_area(room.area)) if room.area else ""
    return [text for text in (state, _(dict(ROOM_KINDS).get(room.kind, "")), area) if text]
