"""The window that shows the report of a trouble, every word of it, before it is saved."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QListWidget, QPlainTextEdit, QWidget

from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
from edudesk.trouble.store import ReportFile, gather, report_name, write_report
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import answer_f1
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.shell import Shell
from edudesk.ui.theme import BODY, TITLE, font

SIZE = (900, 600)
LIST = 220
MOST_SHOWN = 400_000  # letters of a part on the screen; the file holds all of them


def show_trouble(desk: Desk, parent: QWidget) -> None:
    """Gather the report in the background, then show it."""

    def job(progress: Progress) -> tuple[ReportFile, ...]:
        with desk.db.clone() as db:
            return gather(db, progress=progress)

    desk.work.run(_("Chuẩn bị báo lỗi"), job, lambda parts: Trouble(desk, parts, parent).open())


class Trouble(QDialog):
    """What was gathered, part by part, and a place to tell what happened."""

    def __init__(self, desk: Desk, parts: tuple[ReportFile, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Báo lỗi"))
        self.resize(*SIZE)
        self._desk = desk
        self._parts = tuple(part for part in parts if part.name != "loi-ke.txt")
        self.story = QPlainTextEdit()
        self.story.setFont(font(BODY))
        self.story.setFixedHeight(76)
        self.story.setTabChangesFocus(True)
        self.story.setAccessibleName(_("Bạn đang làm gì, và điều gì xảy ra?"))
        self.story.setPlaceholderText(_("Bạn đang làm gì, và điều gì xảy ra? Đừng ghi tên hay điểm của ai."))
        self.list = QListWidget()
        self.list.setFont(font(BODY))
        self.list.setFixedWidth(LIST)
        self.list.setAccessibleName(_("Các phần của báo lỗi"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Nội dung của phần"))
        self.save = button(_("Lưu tệp báo lỗi…"), kind="main", on=self._save)
        self._build()
        self.list.addItems([part.title for part in self._parts])
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)

    @property
    def parts(self) -> tuple[ReportFile, ...]:
        """What is saved: what is shown, and what was told."""
        message = self.story.toPlainText().strip()
        return (*((ReportFile("loi-ke.txt", message),) if message else ()), *self._parts)

    def _build(self) -> None:
        words = _(
            "Tệp này gửi cho người sửa chương trình. Tên, số, ngày sinh và điểm đã được thay bằng chữ số khác, "
            "không đổi ngược lại được. Xem từng phần trước khi lưu; chương trình không tự gửi đi đâu."
        )
        note = label(words, role="text2", points=BODY)
        note.setWordWrap(True)
        across = bar(self.list, spacing=8)
        across.addWidget(self.text, 1)
        title = label(_("Báo lỗi"), points=TITLE, bold=True)
        column = stack(title, note, self.story, spacing=10, pad=(20, 16, 20, 16))
        column.addLayout(across, 1)
        column.addLayout(bar(None, button(_("Thôi"), on=self.reject), self.save))
        self.setLayout(column)
        answer_f1(self, [words])

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._parts):
            self.text.setPlainText(self._parts[row].text[:MOST_SHOWN])

    def _save(self) -> None:
        path = self._desk.save_file(_("Lưu tệp báo lỗi"), report_name(dt.date.today()), "Zip (*.zip)")
        if path is None:
            return
        saved = _("Đã lưu {name}").format(name=path.name)
        if self._desk.do(lambda _db: write_report(path, self.parts), toast=saved):
            self.accept()


def report_trouble(shell: Shell) -> None:
    """Gather the report of a trouble and show it."""
    show_trouble(shell.desk, shell)
