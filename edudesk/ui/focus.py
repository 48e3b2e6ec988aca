"""The focus ring: two pixels of accent around what the keyboard is on, shown for Tab and not for the mouse."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QDialog,
    QWidget,
)
from shiboken6 import isValid

from edudesk.ui.theme import token


class Painted(QWidget):
    """A sheet that paints itself and takes the keyboard; it gets the ring like a list."""


RINGED = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, Painted)
_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


class FocusRing(QWidget):
    """One click-through overlay per window. Fields draw their own edge; buttons and lists get the ring.

    A dialog gets its own when the keyboard first enters it, and shows it whenever no mouse button is down.
    """

    # Of the class, too: when its window goes, the keyboard moves on while half of the ring is gone already.
    _window: QWidget | None = None
    _on: QWidget | None = None
    by_keyboard = False

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self._on and event.type() in _FOLLOWED:
            self._place()
        return False

    def follow(self, now: QWidget) -> None:
        """Look at what has the keyboard already."""
        self._moved(None, now)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(token("accent"), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        window, on = self._window, self._on
        if window is None or not (isValid(self) and isValid(window)):
            return
        if on is not None and isValid(on):
            on.removeEventFilter(self)
        self._on = now if now is not None and self._wanted(now) else None
        self.by_keyboard = False
        if self._on is not None:
            self._on.installEventFilter(self)
        self._place()

    def _wanted(self, now: QWidget) -> bool:
        ring_dialog(now)
        dialog = isinstance(self._window, QDialog)
        quiet = QApplication.mouseButtons() == Qt.MouseButton.NoButton
        shown = self.by_keyboard or (dialog and quiet)
        return shown and isinstance(now, RINGED) and now.window() is self._window

    def _place(self) -> None:
        on, window = self._on, self._window
        if window is None or on is None or not isValid(on) or not on.isVisible():
            self.hide()
            return
        edge = 1 if isinstance(on, QAbstractItemView | Painted) else -3
        box = on.rect().adjusted(edge, edge, -edge, -edge)
        box.moveTopLeft(on.mapTo(window, box.topLeft()))
        self.setGeometry(box)
        self.show()
        self.raise_()


def ring_dialog(now: QWidget) -> None:
    """Give the dialog that the keyboard has entered a ring of its own, once."""
    window = now.window()
    if isinstance(window, QDialog) and window.findChild(FocusRing) is None:
        FocusRing(window).follow(now)
