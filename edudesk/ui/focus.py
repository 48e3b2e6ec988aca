"""The focus ring: two pixels of accent around what the keyboard is on, shown for Tab and not for the mouse."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget

from edudesk.ui.theme import token

_FOLLOWED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show)


class FocusRing(QWidget):
    """One click-through overlay per window. Fields draw their own edge; buttons and lists get the ring."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.by_keyboard = False
        self._on: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self._on and event.type() in _FOLLOWED:
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(token("accent"), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._on is not None:
            self._on.removeEventFilter(self)
        shown = self.by_keyboard and isinstance(now, QAbstractButton | QAbstractItemView) and now is not None
        inside = shown and now is not None and self._window.isAncestorOf(now)
        self._on = now if inside else None
        self.by_keyboard = False
        if self._on is not None:
            self._on.installEventFilter(self)
        self._place()

    def _place(self) -> None:
        on = self._on
        if on is None or not on.isVisible():
            self.hide()
            return
        edge = 1 if isinstance(on, QAbstractItemView) else -3
        box = on.rect().adjusted(edge, edge, -edge, -edge)
        box.moveTopLeft(on.mapTo(self._window, box.topLeft()))
        self.setGeometry(box)
        self.show()
        self.raise_()
