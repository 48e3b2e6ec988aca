"""What the program is, its version, and the licences of everything that comes with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from edudesk import __version__
from edudesk.kernel.paths import program_folder
from edudesk.kernel.words import _
from edudesk.ui.dialog import answer_f1
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.theme import BODY, TITLE

ALL, OWN = (
    "LICENSES.txt",
    "LICENSE",
)  # a build gathers all of them beside the program; a source tree has its own
SIZE = (760, 560)


class About(QDialog):
    """`text` holds the licences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Giới thiệu"))
        self.resize(*SIZE)
        words = _("Phần mềm tự do theo giấy phép Apache 2.0. Dưới đây là giấy phép của mọi phần đi kèm.")
        self.text = QPlainTextEdit(licences())
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Giấy phép"))
        column = stack(
            label(f"EduDesk {__version__}", points=TITLE, bold=True),
            label(words, role="text2", points=BODY),
            self.text,
            spacing=10,
            pad=(20, 16, 20, 16),
        )
        column.addLayout(bar(None, button(_("Đóng"), on=self.accept)))
        self.setLayout(column)
        answer_f1(self, [words])


def licences() -> str:
    """The licences of the program and of what is bundled with it."""
    folder = program_folder()
    places = [folder / ALL] if folder else []
    places.append(Path(__file__).parents[2] / OWN)
    path = next((place for place in places if place.exists()), None)
    return path.read_text(encoding="utf-8") if path else "Apache-2.0"
