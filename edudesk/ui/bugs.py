"""The box for an unexpected failure: shown once, with the place of the log."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox

from edudesk.kernel.errors import Failure
from edudesk.kernel.log import log_file, write_bug
from edudesk.kernel.words import _


def say_failure(failure: Failure) -> None:
    """A failure before there is a window: for a program that has no other place to say it."""
    _box(" ".join(problem.sentence for problem in failure.problems), ())


def say_bug(_kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write a bug to the log, say so, and go on. A Failure that nobody caught is said in its own words."""
    if isinstance(error, Failure):
        _box(error.sentence, ())
        return
    log = write_bug(error, trace) or log_file()
    message = _("Chương trình gặp lỗi, việc vừa làm có thể chưa xong. Dữ liệu đã lưu vẫn còn nguyên.")
    more = _(
        "Ctrl+K rồi gõ “báo lỗi” để lưu một tệp gửi người sửa chương trình; tên và điểm trong đó đã được xáo."
    )
    _box(message, (more, str(log)))


def _box(text: str, more: Sequence[str]) -> None:
    box = QMessageBox(QApplication.activeWindow())
    box.setWindowTitle("EduDesk")
    box.setIcon(QMessageBox.Icon.Warning)
    box.setText(text)
    box.setInformativeText("\n".join(more))
    box.addButton(_("Đã hiểu"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
