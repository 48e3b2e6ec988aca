"""A small sheet that points at something: the reason of a refusal, or how a number came about.

It is a child of the window, not a popup, so that it never steals the input method from the editor.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from edudesk.ui.theme import token

MARGIN, ARROW = 12, 8
_CLOSING = (QEvent.Type.Wheel, QEvent.Type.MouseButtonPress)


class Callout(QFrame):
    """Holds `body` and points at a rectangle. Closes on Esc, on scrolling and on a press elsewhere."""

    closed = Signal()
    again = Signal()

    def __init__(self, anchor: QWidget, body: QWidget, *, tone: str = "plain", width: int = 0) -> None:
        super().__init__(anchor.window())
        self._host = anchor.window()
        self._anchor = anchor
        self._tone = tone
        self._tip = QPointF()
        layout = QVBoxLayout(self)
        edge = MARGIN + 12
        layout.setContentsMargins(edge, edge - 2, edge, edge - 2)
        layout.addWidget(body)
        if width:
            self.setFixedWidth(width + 2 * MARGIN)
        self.hide()

    def point_at(self, rect: QRect, *, below: bool = False, grab: bool = False) -> None:
        """Show beside `rect` (in the anchor's coordinates), right of it or `below`; flips where there is no room.

        `grab` gives it the keyboard until it closes.
        """
        target = QRect(self._anchor.mapTo(self._host, rect.topLeft()), rect.size())
        self._fit()
        spots = (self._below, self._above) if below else (self._right, self._left)
        room = self._host.rect()
        for spot in spots:
            box = spot(target, room)
            if room.contains(box.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)):
                break
        self._tip = QPointF(self._near(target, box)) - QPointF(box.topLeft())
        self.setGeometry(box)
        self.show()
        self.raise_()
        app = QApplication.instance()
        if app:
            app.installEventFilter(self)
        if grab:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self) -> None:
        """As high as the wrapped words need at this width, which `adjustSize` only guesses."""
        self.ensurePolished()
        layout = self.layout()
        assert layout is not None
        layout.activate()
        wide = (
            self.maximumWidth() if self.minimumWidth() == self.maximumWidth() else layout.sizeHint().width()
        )
        high = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.sizeHint().height()
        self.resize(wide, high)

    def dismiss(self) -> None:
        """Close and give the keyboard back if it was taken."""
        if self.isHidden():
            return
        app = QApplication.instance()
        if app:
            app.removeEventFilter(self)
        focused = QApplication.focusWidget()
        held = focused is not None and (focused is self or self.isAncestorOf(focused))
        self.hide()
        if held:
            self._anchor.setFocus(Qt.FocusReason.PopupFocusReason)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Hears what its own window gets, while it is seen there: Esc in another window is not its own."""
        if not (isinstance(watched, QWidget) and self.isVisible() and watched.window() is self._host):
            return False
        kind = event.type()
        if (
            kind == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return True
        if kind in _CLOSING and not (watched is self or self.isAncestorOf(watched)):
            self.dismiss()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_F2:
            self.again.emit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        shade(painter, box)
        painter.setPen(token("bad_line" if self._tone == "bad" else "line2"))
        painter.setBrush(token("raised"))
        painter.drawPath(self._outline(box.adjusted(0.5, 0.5, -0.5, -0.5)))
        painter.end()

    def _outline(self, box: QRectF) -> QPainterPath:
        path = QPainterPath()
        path.addRoundedRect(box, 6, 6)
        tip, wide = self._tip, ARROW
        root = QPointF(
            min(max(tip.x(), box.left() + 14), box.right() - 14),
            min(max(tip.y(), box.top() + 14), box.bottom() - 14),
        )
        sideways = not box.left() < tip.x() < box.right()
        across = QPointF(0, wide) if sideways else QPointF(wide, 0)
        inner = (
            QPointF(min(max(tip.x(), box.left() + 1), box.right() - 1), root.y())
            if sideways
            else QPointF(root.x(), min(max(tip.y(), box.top() + 1), box.bottom() - 1))
        )
        arrow = QPainterPath()
        arrow.addPolygon(QPolygonF([tip, inner + across, inner - across, tip]))
        return path.united(arrow)

    def _right(self, target: QRect, room: QRect) -> QRect:
        return self._box(target.right() + 1 + ARROW - MARGIN, self._slid_top(target, room))

    def _left(self, target: QRect, room: QRect) -> QRect:
        return self._box(target.left() - self.width() - ARROW + MARGIN, self._slid_top(target, room))

    def _below(self, target: QRect, room: QRect) -> QRect:
        return self._box(self._slid_left(target, room), target.bottom() + 1 + ARROW - MARGIN)

    def _above(self, target: QRect, room: QRect) -> QRect:
        return self._box(self._slid_left(target, room), target.top() - self.height() - ARROW + MARGIN)

    def _box(self, left: int, top: int) -> QRect:
        return QRect(left, top, self.width(), self.height())

    def _slid_top(self, target: QRect, room: QRect) -> int:
        lowest = room.bottom() - self.height() + MARGIN
        return max(room.top() - MARGIN, min(target.center().y() - 48, lowest))

    def _slid_left(self, target: QRect, room: QRect) -> int:
        rightmost = room.right() - self.width() + MARGIN
        return max(room.left() - MARGIN, min(target.right() + 1 - self.width() + MARGIN, rightmost))

    def _near(self, target: QRect, box: QRect) -> QPointF:
        inner = box.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        if inner.left() > target.right():
            return QPointF(target.right() + 1, target.center().y())
        if inner.right() < target.left():
            return QPointF(target.left(), target.center().y())
        y = target.bottom() + 1 if inner.top() > target.bottom() else target.top()
        return QPointF(target.center().x(), y)


def shade(painter: QPainter, box: QRectF) -> None:
    """A soft shadow of six translucent rounded boxes; style sheets have none."""
    ink = QColor(token("shadow"))
    ink.setAlpha(max(4, ink.alpha() // 8))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for spread in range(6):
        painter.drawRoundedRect(box.adjusted(-spread, 2 - spread, spread, 3 + spread), 6 + spread, 6 + spread)
