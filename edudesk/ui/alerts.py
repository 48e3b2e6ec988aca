"""Messages without a dialog: the toast about what was done, and the banner of problems at their place."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _
from edudesk.ui.callout import MARGIN, shade
from edudesk.ui.parts import bar, button, icon_label, label, stack
from edudesk.ui.theme import BODY, token

SHORT, LONG = 6000, 12000  # milliseconds; long when there is something to press


class Toast(QFrame):
    """Bottom centre of its host for a few seconds; stays while the mouse or the keyboard is on it."""

    undo = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self.words = label("", points=BODY)
        self._undo = button(_("Hoàn tác"), kind="ghost", on=self._take_back)
        self._close = button(kind="bare", icon="close", tip=_("Đóng thông báo"), on=self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN + 12, MARGIN + 6, MARGIN + 6, MARGIN + 6)
        row.setSpacing(8)
        for thing in (icon_label("check", 16, "ok"), self.words, self._undo, self._close):
            row.addWidget(thing)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._leave)
        host.installEventFilter(self)
        self.hide()

    def say(self, text: str, *, undo: bool = False) -> None:
        """Show one sentence; `undo` adds the button that takes the action back."""
        self.words.setText(text)
        self._undo.setVisible(undo)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(LONG if undo else SHORT)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def enterEvent(self, _event: QEnterEvent) -> None:  # noqa: N802
        self._timer.stop()

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802
        self._timer.start(SHORT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        shade(painter, box)
        painter.setPen(token("line2"))
        painter.setBrush(token("raised"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.end()

    def _take_back(self) -> None:
        self.hide()
        self.undo.emit()

    def _leave(self) -> None:
        if self._undo.hasFocus() or self._close.hasFocus():
            self._timer.start(SHORT)
        else:
            self.hide()

    def _place(self) -> None:
        self.move((self._host.width() - self.width()) // 2, self._host.height() - self.height() - 16 + MARGIN)


class ProblemBanner(QFrame):
    """The problems of an action, where it was done: one line each, the first three, then how many more."""

    def __init__(self, parent: QWidget | None = None, *, shown: int = 3) -> None:
        super().__init__(parent)
        self.setProperty("face", "bad")
        self._most = shown
        self._lines = QWidget()
        close = button(kind="bare", icon="close", tip=_("Đóng thông báo lỗi"), on=self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self._lines, 1)
        self._row = row
        row.addWidget(close)
        self.hide()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say these; an empty list hides the banner."""
        self._lines.deleteLater()
        self._lines = self._problem_lines(problems)
        self._row.insertWidget(0, self._lines, 1)
        self.setVisible(bool(problems))
        if problems:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, problems[0].sentence))

    def clear(self) -> None:
        """Say nothing any more."""
        self.show_problems(())

    def _problem_lines(self, problems: Sequence[Problem]) -> QWidget:
        lines = QWidget()
        column = stack(spacing=4)
        for problem in problems[: self._most]:
            note = label(problem.sentence, role="bad")
            note.setWordWrap(True)
            line = bar(icon_label("refused", 14, "bad"))
            line.addWidget(note, 1)
            column.addLayout(line)
        rest = len(problems) - self._most
        if rest > 0:
            column.addWidget(label(_("và {n} điều nữa").format(n=rest), role="bad"))
        lines.setLayout(column)
        return lines
