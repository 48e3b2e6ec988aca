"""The window shown instead of the program when the data is damaged: rebuild, or the newest backup, or leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from edudesk.kernel.errors import Failure, Problem
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
from edudesk.storage.recovery.recover import (
    Recovery,
    damage,
    open_as_is,
    recover,
    sentences,
    start_from_backup,
)
from edudesk.storage.slice_tables import SliceTables
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import fit
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.theme import BODY, TITLE
from edudesk.ui.work import Work

WIDTH = 560
RECOVER = 64  # the exit code of a window that was closed to rebuild its data


class RecoveryDialog(QDialog):
    """Accepted when the school can be opened; rejected when the person leaves."""

    def __init__(self, folder: Path, parts: Sequence[SliceTables], problem: Problem) -> None:
        super().__init__()
        self._folder, self._parts = folder, tuple(parts)
        self.setWindowTitle("EduDesk")
        self.work = Work(self)
        self.title = label(_("Dữ liệu cần được dựng lại"), points=TITLE, bold=True)
        self.words = label(_sentence(problem), points=BODY)
        self.words.setWordWrap(True)
        self.rebuild = button(_("Dựng lại dữ liệu"), kind="main", on=self._rebuild)
        self.backup = button(_("Mở bản sao lưu gần nhất"), on=self._from_backup)
        self.as_is = button(_("Mở như đang có"), on=self._as_is)
        self.as_is.setVisible(problem.code == "DATABASE_BEHIND")
        self.leave = button(_("Thoát"), on=self.reject)
        self.open_school = button(_("Mở EduDesk"), kind="main", on=self.accept)
        self.open_school.hide()
        column = stack(self.title, self.words, spacing=12, pad=(20, 16, 20, 16))
        column.addLayout(bar(None, self.leave, self.as_is, self.backup, self.rebuild, self.open_school))
        self.setLayout(column)
        self.work.stepped.connect(
            lambda _done, _total, what: self._say(_("Đang làm: {what}…").format(what=what))
        )
        fit(self, WIDTH)

    def _rebuild(self) -> None:
        self._run(lambda progress: recover(self._folder, self._parts, progress=progress))

    def _from_backup(self) -> None:
        self._run(lambda _progress: start_from_backup(self._folder, self._parts))

    def _as_is(self) -> None:
        self._run(lambda _progress: open_as_is(self._folder))

    def _run(self, job: Callable[[Progress], Recovery | None]) -> None:
        self._enable(False)
        self.work.run(_("Đang dựng lại"), job, self._done, failed=self._failed)

    def _done(self, done: Recovery | None) -> None:
        self._enable(True)
        if done is None:
            self.accept()
            return
        self.title.setText(_("Đã dựng lại dữ liệu"))
        self._say("\n".join(sentences(done)))
        for press in (self.rebuild, self.backup, self.as_is, self.leave):
            press.hide()
        self.open_school.show()
        self.open_school.setFocus()

    def _failed(self, failure: Failure) -> None:
        self._enable(True)
        self.title.setText(_("Chưa dựng lại được"))
        self._say(failure.sentence)

    def _say(self, text: str) -> None:
        self.words.setText(text)
        fit(self, WIDTH)

    def _enable(self, on: bool) -> None:
        for press in (self.rebuild, self.backup, self.as_is, self.leave):
            press.setEnabled(on)

    def reject(self) -> None:
        if self.leave.isEnabled():  # not while something is being written
            super().reject()


def _sentence(problem: Problem) -> str:
    more = _("Chương trình dựng lại từ bản sao lưu và nhật kí. Tệp hỏng được giữ riêng, không xóa gì.")
    return f"{problem.message} {more}"


def run_recovery(folder: Path, parts: Sequence[SliceTables], problem: Problem) -> bool:
    """Show the window and stay in it; whether the school can be opened afterwards."""
    dialog = RecoveryDialog(folder, parts, problem)
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.work.close()
    return accepted


def check_later(desk: Desk) -> None:
    """After the first paint: look at the whole file on a connection of its own. Where it is damaged, offer to close
    the window with the exit code RECOVER; whoever opened it then rebuilds."""
    folder = desk.db.folder

    def found(problem: Problem | None) -> None:
        if problem is None:
            return
        if desk.ask(problem.message, yes=_("Đóng và dựng lại"), detail=_sentence(problem), danger=True):
            QApplication.exit(RECOVER)

    desk.work.run(_("Đang xem dữ liệu có nguyên vẹn"), lambda _progress: damage(folder), found)
