"""The callout beside a refused cell: what was not taken, why, and one button per likely fix, or the question it raises."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from edudesk.kernel.words import _
from edudesk.ui.callout import Callout
from edudesk.ui.parts import button, icon_label, key_cap, label
from edudesk.ui.table.columns import Refusal

_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class RefusalCallout(Callout):
    """`chosen(text)` is a fix that was pressed, `retype()` asks for the editor again, `dropped()` forgets the text."""

    chosen = Signal(str)
    retype = Signal()
    dropped = Signal()

    def __init__(self, anchor: QWidget, refusal: Refusal) -> None:
        body = QWidget()
        super().__init__(anchor, body, tone="bad", width=318)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(_title(_("Chưa nhận {value}").format(value=refusal.text[:24]), "refused", "bad"))
        for problem in refusal.problems:
            fixed = bool(refusal.fixes) or not problem.next
            column.addWidget(_wrapped(problem.message if fixed else f"{problem.message} {problem.next}"))
        column.addLayout(self._buttons(refusal))

    def _buttons(self, refusal: Refusal) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for place, text in enumerate(refusal.fixes):
            press = _press(_("Ghi {value}").format(value=text), main=not place)
            press.clicked.connect(lambda _checked=False, text=text: self.chosen.emit(text))
            row.addWidget(press)
        for words, signal in ((_("Gõ lại"), self.retype), (_("Bỏ"), self.dropped)):
            press = _press(words)
            press.clicked.connect(signal)
            row.addWidget(press)
        row.addStretch(1)
        return row


class QuestionCallout(Callout):
    """Asks at the cell whether a text belongs there: Enter or Space agrees, Esc drops it, whatever else goes on.

    `agreed()` and `dropped()`; it takes no key from an editor that is open.
    """

    agreed = Signal()
    dropped = Signal()

    def __init__(self, anchor: QWidget, refusal: Refusal) -> None:
        body = QWidget()
        super().__init__(anchor, body, width=318)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        problem = refusal.problems[0]
        column.addLayout(_title(problem.message, "pencil", "text2", esc=False))
        column.addWidget(_wrapped(problem.next))
        row = QHBoxLayout()
        row.setSpacing(6)
        offers = ((_("Chuyển và ghi"), self.agreed, "Enter"), (_("Bỏ"), self.dropped, "Esc"))
        for place, (words, signal, key) in enumerate(offers):
            press = _press(words, main=not place)
            press.clicked.connect(signal)
            row.addWidget(press)
            row.addWidget(key_cap(key))
        row.addStretch(1)
        column.addLayout(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        key = event.key() if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else None
        mine = isinstance(watched, QWidget) and self.isVisible() and watched.window() is self._host
        if key is None or not mine or isinstance(QApplication.focusWidget(), QLineEdit):
            return super().eventFilter(watched, event)
        if key in (*_ENTERS, Qt.Key.Key_Space):
            self.agreed.emit()
            return True
        if key == Qt.Key.Key_Escape:
            self.dropped.emit()
            return True
        return super().eventFilter(watched, event)


def _press(words: str, *, main: bool = False) -> QPushButton:
    press = button(words, kind="tinymain" if main else "tiny")
    press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return press


def _wrapped(words: str) -> QLabel:
    made = label(words)
    made.setWordWrap(True)
    return made


def _title(words: str, icon: str, tone: str, *, esc: bool = True) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(icon_label(icon, 14, tone))
    title: QLabel = label(words, role="bad" if tone == "bad" else "", bold=True)
    title.setWordWrap(True)
    row.addWidget(title, 1)
    if esc:
        row.addWidget(key_cap("Esc"))
    return row
