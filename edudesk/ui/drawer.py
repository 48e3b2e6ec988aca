"""The drawer at the right: one record, its tabs, its form, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from edudesk.kernel.words import _
from edudesk.ui.parts import Avatar, bar, button, frame, label, rule, stack
from edudesk.ui.theme import TITLE, font

WIDTH = 388


class Drawer(QFrame):
    """`closed()` on Esc or ×, `stepped(±1)` on the arrows beside it. Add tabs, then buttons at the foot."""

    closed = Signal()
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None, *, width: int = WIDTH) -> None:
        super().__init__(parent)
        self.setProperty("face", "panel")
        self.setFixedWidth(width)
        self.avatar = Avatar("")
        self.title = label("", points=TITLE, bold=True)
        self.subtitle = label("", role="text2")
        self._tabs = QButtonGroup(self)
        self._tab_row = bar(spacing=22)
        self._tab_row.setContentsMargins(20, 0, 20, 0)
        self._pages = QStackedWidget()
        self.note = label("", role="text2")
        self.foot = bar(self.note, None)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addLayout(self._tab_row)
        column.addWidget(rule())
        column.addWidget(self._pages, 1)
        column.addWidget(self._foot())

    def add_tab(self, title: str, content: QWidget) -> None:
        """Another tab; one tab alone shows no row of tabs."""
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = frame("surface")
        holder.setLayout(stack(content, pad=(20, 12, 20, 12)))
        area.setWidget(holder)
        place = self._pages.addWidget(area)
        press = button(title, kind="tab", on=lambda: self._pages.setCurrentIndex(place))
        press.setCheckable(True)
        press.setFixedHeight(34)
        press.toggled.connect(lambda down: press.setFont(font(9, down)))
        press.setChecked(not place)
        self._tabs.addButton(press, place)
        self._tab_row.insertWidget(place, press)
        if not place:
            self._tab_row.addStretch(1)
        for other in self._tabs.buttons():
            other.setVisible(place > 0)

    def set_buttons(self, buttons: Sequence[QWidget]) -> None:
        """What can be done, at the foot, the main one last."""
        for widget in buttons:
            self.foot.addWidget(widget)

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Whose record it is."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.avatar.set_name(title)
        self.setAccessibleName(title)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _head(self) -> QVBoxLayout:
        back = button(
            kind="bare", icon="chevron-left", tip=_("Hồ sơ trước"), on=lambda: self.stepped.emit(-1)
        )
        on = button(kind="bare", icon="chevron-right", tip=_("Hồ sơ sau"), on=lambda: self.stepped.emit(1))
        close = button(kind="bare", icon="close", tip=_("Đóng (Esc)"), on=self.closed.emit)
        self.arrows = (back, on)
        words = QWidget()
        words.setLayout(stack(self.title, self.subtitle, spacing=0))
        row = bar(self.avatar, words, None, back, on, close)
        holder = stack()
        holder.addLayout(row)
        holder.setContentsMargins(20, 10, 16, 8)
        return holder

    def _foot(self) -> QFrame:
        made = frame("drawerfoot", height=50)
        made.setLayout(self.foot)
        self.foot.setContentsMargins(20, 0, 16, 0)
        return made
