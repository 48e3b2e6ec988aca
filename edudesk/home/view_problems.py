"""The window “Cần xem lại”: what cannot be in the data and is, each with the way to the place that settles it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from edudesk.kernel.state_problem import StateProblem
from edudesk.kernel.words import _
from edudesk.storage.state_problems import state_problems
from edudesk.ui.cells import CellStyle
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import answer_f1
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.table.view import Column, RecordTable
from edudesk.ui.theme import BODY, TITLE

WIDTH, HEIGHT = 980, 520


def _columns() -> list[Column]:
    return [
        Column("message", _("Điều cần xem lại"), lambda problem: problem.message, 0, least=320, names=True),
        Column("next", _("Cách xử lí"), lambda problem: problem.next, 380, style=_next_style),
    ]


def _next_style(problem: StateProblem) -> CellStyle:
    return CellStyle(problem.next, muted=True)


class ProblemsDialog(QDialog):
    """Every problem of the open year; Enter opens the place of one, a second button settles it where one action can."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(_("Cần xem lại"))
        self._desk = desk
        self.table = RecordTable(_columns())
        self.table.setAccessibleName(_("Cần xem lại"))
        self.table.opened.connect(self._go)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._offer_mend())
        note = label(
            _(
                "Hai máy ghi riêng rồi gộp lại có thể để lại những chỗ này. Sổ vẫn dùng được; xử lí dần từng dòng."
            ),
            role="text2",
            points=BODY,
        )
        note.setWordWrap(True)
        self.title = label("", points=TITLE, bold=True)
        self.open_place = button(_("Mở chỗ này"), kind="main", on=lambda: self._go(self.table.current()))
        self.mend = button("", on=self._mend)
        self.table.enable_on_row(self.open_place)
        column = stack(self.title, note, spacing=10, pad=(20, 16, 20, 16))
        column.addWidget(self.table, 1)
        column.addLayout(bar(None, button(_("Đóng"), on=self.reject), self.mend, self.open_place))
        self.setLayout(column)
        answer_f1(self, [note.text()])
        self.resize(WIDTH, HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._read()
        self.table.setFocus()

    def _read(self) -> None:
        problems = state_problems(self._desk.db, self._desk.year)
        self.table.set_rows(problems, key=lambda problem: (problem.code, problem.row))
        words = _("Cần xem lại: {n} chỗ") if problems else _("Không còn chỗ nào cần xem lại")
        self.title.setText(words.format(n=len(problems)))
        self._offer_mend()

    def _offer_mend(self) -> None:
        problem: StateProblem | None = self.table.current()
        mend = problem.mend if problem else None
        self.mend.setVisible(mend is not None)
        if mend is not None:
            self.mend.setText(_(mend.verb))

    def _go(self, problem: StateProblem | None) -> None:
        if problem is not None:
            self.accept()
            self._desk.go(problem.place)

    def _mend(self) -> None:
        problem: StateProblem | None = self.table.current()
        if problem is None or problem.mend is None:
            return
        self._desk.do(problem.mend.action, problem.row)
        self._read()


def show_problems(desk: Desk) -> ProblemsDialog:
    """Open the window over the board."""
    dialog = ProblemsDialog(desk)
    dialog.open()
    return dialog
