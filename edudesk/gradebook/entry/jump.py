"""Ctrl+G: to a pupil by number or by name without accents."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from edudesk.gradebook.register.sheet import SheetLine
from edudesk.kernel.text import matches
from edudesk.kernel.words import _
from edudesk.ui.parts import stack
from edudesk.ui.search.field import FindField
from edudesk.ui.theme import BODY, font


class JumpBox(QDialog):
    """Type "17" or "nt lan", Enter goes there."""

    def __init__(self, parent: QWidget | None, lines: Sequence[SheetLine]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Tới em…"))
        self._lines = lines
        self.field = FindField(_("Số thứ tự hoặc tên, không cần dấu"), width=320)
        self.matches = QListWidget()
        self.matches.setAccessibleName(_("Học sinh tìm thấy"))
        self.matches.setFont(font(BODY))
        self.setLayout(stack(self.field, self.matches, pad=(12, 12, 12, 12)))
        self.field.textChanged.connect(self._show)
        self.field.returnPressed.connect(self.accept)
        self.matches.itemActivated.connect(lambda _item: self.accept())
        self._show("")

    def line(self) -> SheetLine | None:
        """The pupil that is picked."""
        row = self.matches.currentRow()
        item = self.matches.item(row) if row >= 0 else None
        entry: SheetLine | None = item.data(Qt.ItemDataRole.UserRole) if item else None
        return entry

    def _show(self, text: str) -> None:
        self.matches.clear()
        wanted = text.strip()
        for line in self._lines:
            if str(line.number) == wanted or (not wanted.isdigit() and matches(wanted, line.name)):
                item = QListWidgetItem(f"{line.number or 0:>2}  {line.name}")
                item.setData(Qt.ItemDataRole.UserRole, line)
                self.matches.addItem(item)
        self.matches.setCurrentRow(0)


def choose_line(parent: QWidget, lines: Sequence[SheetLine]) -> SheetLine | None:
    """Ask for a pupil; None when nobody was chosen."""
    box = JumpBox(parent, lines)
    return box.line() if box.exec() == QDialog.DialogCode.Accepted else None
