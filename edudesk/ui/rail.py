"""The rail of places at the left: icon, word, accent tick, and how many things wait."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from edudesk.kernel.words import _
from edudesk.storage.slice import PageSpec
from edudesk.ui import icons
from edudesk.ui.theme import BODY, SMALL, font, token

WIDE, NARROW = 168, 52


class RailItem(QAbstractButton):
    """One place. The counter is for what this person must do, never red."""

    def __init__(self, spec: PageSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = spec.icon
        self.count = 0
        self.setCheckable(True)
        self.setText(_(spec.title))
        self.setAccessibleName(_(spec.title))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(36)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_count(self, count: int) -> None:
        """How many things wait here; 0 shows nothing."""
        if count != self.count:
            self.count = count
            self.setAccessibleDescription(_("{n} việc chờ").format(n=count) if count else "")
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(WIDE - 16, 36)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        p = QPainter(self)
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        down = self.isChecked()
        if down or self.underMouse():
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(token("soft" if down else "sunken"))
            p.drawRoundedRect(self.rect().adjusted(0, 2, 0, -2), 4, 4)
        if down:
            p.fillRect(QRect(0, 10, 3, 16), token("accent"))
        ink = "accent_text" if down else "text"
        p.drawPixmap(12, 9, icons.pixmap(self._icon, 18, ink if down else "text2"))
        if self.width() > NARROW:
            self._words(p, ink, down)
        p.end()

    def _words(self, p: QPainter, ink: str, down: bool) -> None:
        p.setFont(font(SMALL, down))
        p.setPen(token(ink))
        p.drawText(self.rect().adjusted(39, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        if not self.count:
            return
        p.setFont(font(SMALL, True))
        words = str(self.count) if self.count < 1000 else "999+"
        wide = max(18, p.fontMetrics().horizontalAdvance(words) + 10)
        pill = QRect(self.width() - wide - 6, 9, wide, 18)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(token("ask_bg"))
        p.drawRoundedRect(pill, 9, 9)
        p.setPen(token("ask"))
        p.drawText(pill, Qt.AlignmentFlag.AlignCenter, words)


class _Brand(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(48)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        p = QPainter(self)
        p.drawPixmap(24 if self.width() > NARROW else 16, 14, icons.pixmap("cap", 20, "accent"))
        if self.width() > NARROW:
            p.setFont(font(BODY, True))
            p.setPen(token("text"))
            p.drawText(self.rect().adjusted(53, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "EduDesk")
        p.end()


class Rail(QFrame):
    """`chosen(key)` when a person goes to a place."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("face", "rail")
        self.setFixedWidth(WIDE)
        self.setAccessibleName(_("Các nơi làm việc"))
        self.items: dict[str, RailItem] = {}
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Brand())
        column.addSpacing(4)
        column.addLayout(self._items([page for page in pages if not page.foot], group))
        column.addStretch(1)
        foot = QFrame()
        foot.setProperty("face", "railfoot")
        places = self._items([page for page in pages if page.foot], group)
        places.setContentsMargins(8, 7, 8, 7)
        foot.setLayout(places)
        column.addWidget(foot)
        foot.setHidden(not any(page.foot for page in pages))

    def _items(self, pages: Sequence[PageSpec], group: QButtonGroup) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(0)
        for page in pages:
            item = RailItem(page, self)
            item.clicked.connect(lambda _checked=False, key=page.key: self.chosen.emit(key))
            group.addButton(item)
            column.addWidget(item)
            self.items[page.key] = item
        return column

    def mark(self, key: str) -> None:
        """Show which place is open."""
        self.items[key].setChecked(True)

    def fold(self, narrow: bool) -> None:
        """Icons alone where the window is narrow; the words become tooltips."""
        self.setFixedWidth(NARROW if narrow else WIDE)
        for item in self.items.values():
            item.setToolTip(item.text() if narrow else "")
