"""A panel that scrolls where the window is low, as on a small screen whose letters are enlarged."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from edudesk.ui.parts import show_inside

_MOST = 16_777_215  # pixels; Qt's word for “as wide as there is room”


class Scrolled(QScrollArea):
    """As wide as its content was, there when its content is, with a bar only when not all of it fits."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFixedWidth(content.maximumWidth())
        content.setMinimumWidth(0)
        content.setMaximumWidth(_MOST)
        fill = content.autoFillBackground()
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(fill)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self.widget() and event.type() in (
            QEvent.Type.ShowToParent,
            QEvent.Type.HideToParent,
        ):
            show_inside(self, event.type() == QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)
