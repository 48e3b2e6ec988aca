"""The callout beside a refused cell: what was not taken, why, and one button per likely fix."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from edudesk.kernel.words import _
from edudesk.ui.callout import Callout
from edudesk.ui.parts import button, icon_label, key_cap, label
from edudesk.ui.table.columns import Refusal


class RefusalCallout(Callout):
    """`chosen(text)` is a fix that was pressed, `retype()` asks for the editor again."""

    chosen = Signal(str)
    retype = Signal()

    def __init__(self, anchor: QWidget, refusal: Refusal) -> None:
        body = QWidget()
        super().__init__(anchor, body, tone="bad", width=318)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(_title(refusal))
        for problem in refusal.problems:
            fixed = bool(refusal.fixes) or not problem.next
            said = label(problem.message if fixed else f"{problem.message} {problem.next}")
            said.setWordWrap(True)
            column.addWidget(said)
        column.addLayout(self._buttons(refusal))

    def _buttons(self, refusal: Refusal) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for place, text in enumerate(refusal.fixes):
            press = button(_("Ghi {value}").format(value=text), kind="tiny" if place else "tinymain")
            press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            press.clicked.connect(lambda _checked=False, text=text: self.chosen.emit(text))
            row.addWidget(press)
        again = button(_("Gõ lại"), kind="tiny")
        again.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        again.clicked.connect(self.retype)
        row.addWidget(again)
        row.addStretch(1)
        return row


def _title(refusal: Refusal) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(icon_label("refused", 14, "bad"))
    words: QLabel = label(_("Chưa nhận {value}").format(value=refusal.text[:24]), role="bad", bold=True)
    row.addWidget(words, 1)
    row.addWidget(key_cap("Esc"))
    return row
