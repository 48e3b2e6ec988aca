"""A search field that forgives accents and waits for the typist."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from edudesk.kernel.words import _
from edudesk.ui import icons
from edudesk.ui.theme import BODY, font

DELAY = 180  # milliseconds after the last key


class FindField(QLineEdit):
    """`searched(text)` shortly after typing stops, at once on Enter; compare with `kernel.text.matches`."""

    searched = Signal(str)

    def __init__(self, hint: str, *, width: int = 228) -> None:
        super().__init__()
        self.setProperty("kind", "find")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setFont(font(BODY))
        self.setFixedWidth(width)
        self._glass = QAction(self)
        self._glass.setText(_("Tìm"))
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._dress()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY)
        self._timer.timeout.connect(self._say)
        self.textChanged.connect(lambda _text: self._timer.start())
        self.returnPressed.connect(self._say)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self._dress()

    def _dress(self) -> None:
        self._glass.setIcon(icons.icon("search", 16, "text3"))

    def _say(self) -> None:
        self._timer.stop()
        self.searched.emit(self.text())
