"""“Cách nhập điểm”: how marks are typed on this PC."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from edudesk.gradebook.register.typing_choices import TypingChoices, save_typing_choices, typing_choices
from edudesk.kernel.words import N_, _
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import fit
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.theme import BODY, TITLE, font

WIDTH = 460
WORDS = {
    "one_column": (
        N_("Mỗi lúc chỉ nhập một cột"),
        N_("Gõ ở cột khác thì máy hỏi trước. Tắt đi nếu quen nhập theo hàng ngang."),
    ),
    "fast_decimals": (N_("Gõ nhanh số lẻ"), N_("Gõ 85 là 8,5; 10 vẫn là 10. Tắt đi thì phải gõ dấu phẩy.")),
    "read_back": (
        N_("Mở bảng soát khi cột vừa đủ điểm"),
        N_("Lúc nào cũng mở được bằng F7."),
    ),
}


class TypingDialog(QDialog):
    """Three settings of this PC; `changed()` after they were kept."""

    def __init__(self, desk: Desk, parent: QWidget, *, changed: Callable[[], object]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Cách nhập điểm"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self._changed = changed
        column = stack(label(_("Cách nhập điểm"), points=TITLE, bold=True), spacing=12, pad=(20, 16, 20, 16))
        self.boxes: dict[str, QCheckBox] = {}
        for name, value in asdict(typing_choices(desk.db)).items():
            column.addLayout(self._choice(name, value))
        note = label(_("Chỉ đổi trên máy này."), role="text2")
        keep = button(_("Lưu"), kind="main", on=self._keep)
        keep.setDefault(True)
        column.addLayout(bar(note, None, button(_("Thôi"), on=self.reject), keep))
        self.setLayout(column)
        fit(self, WIDTH)

    def _choice(self, name: str, value: bool) -> QVBoxLayout:
        title, detail = WORDS[name]
        box = QCheckBox(_(title))
        box.setFont(font(BODY))
        box.setChecked(value)
        box.setAccessibleDescription(_(detail))
        self.boxes[name] = box
        note = label(_(detail), role="text2")
        note.setWordWrap(True)
        return stack(box, note, spacing=2)

    def _keep(self) -> None:
        save_typing_choices(self._desk.db, TypingChoices(**{k: b.isChecked() for k, b in self.boxes.items()}))
        self._changed()
        self.accept()


def choose_typing(desk: Desk, parent: QWidget, *, changed: Callable[[], object]) -> TypingDialog:
    """Open the settings over a page."""
    dialog = TypingDialog(desk, parent, changed=changed)
    dialog.open()
    return dialog
