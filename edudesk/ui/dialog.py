"""A small window that asks for a few fields and does one thing with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import _
from edudesk.ui.alerts import ProblemBanner
from edudesk.ui.form import Form
from edudesk.ui.parts import bar, button, label, show_inside, stack
from edudesk.ui.theme import BODY, TITLE

OnProblems = Callable[[Sequence[Problem]], object]
WIDTH = 420
Action = Callable[[dict[str, Value], OnProblems], object]


class FormDialog(QDialog):
    """`action(values, on_problems)` answers None when it was refused; then the window stays, with the problems in place."""

    def __init__(
        self, title: str, fields: Sequence[Field], *, yes: str, action: Action, sentence: str = ""
    ) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(title)
        self._action = action
        self.form = Form(fields)
        self.problems = ProblemBanner()
        self.yes = button(yes, kind="main", on=self._do)
        self.yes.setDefault(True)
        note = label(sentence, role="text2", points=BODY)
        note.setWordWrap(True)
        show_inside(note, bool(sentence))
        column = stack(
            label(title, points=TITLE, bold=True),
            note,
            self.problems,
            self.form,
            spacing=12,
            pad=(20, 16, 20, 16),
        )
        column.addLayout(bar(None, button(_("Thôi"), on=self.reject), self.yes))
        self.setLayout(column)
        answer_f1(self, [sentence] if sentence else [])
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def start(self, values: Mapping[str, Value]) -> None:
        """Open with these values, the keyboard in the first field."""
        self.form.set_values(values)
        self.form.start()
        fit(self, WIDTH)
        self.open()

    def _do(self) -> None:
        try:
            values = self.form.values()
        except Refused:
            fit(self, WIDTH)
            return
        if self._action(values, self._show_problems) is not None:
            self.accept()

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        self.problems.show_problems(self.form.problems(problems))
        fit(self, WIDTH)


def fit(dialog: QDialog, width: int) -> None:
    """As high as the wrapped words need at this width, which `adjustSize` only guesses."""
    column = dialog.layout()
    if column is not None:
        column.activate()
        dialog.setFixedWidth(width)
        dialog.setMinimumHeight(max(column.totalHeightForWidth(width), column.totalSizeHint().height()))
        dialog.resize(width, dialog.minimumHeight())


def answer_f1(window: QDialog, words: Sequence[str]) -> None:
    """Let F1 say what a window is for, and its keys."""

    def show() -> None:
        from edudesk.ui.keyhelp import show_window_help

        show_window_help(window, words)

    key = QShortcut(QKeySequence("F1"), window)
    key.activated.connect(show)
