"""The part “Khóa sổ”: the locks, permits and seals of the year, and the ways to make them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedLayout, QWidget

from edudesk.gradebook.pages.lock_dialogs import CalendarDialog, open_lock
from edudesk.gradebook.register.lock_list import LockRow, lock_rows
from edudesk.kernel.calendar import year_name
from edudesk.kernel.change import Step
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
from edudesk.ui.cells import CellStyle, Chip
from edudesk.ui.desk import Desk
from edudesk.ui.parts import EmptyPage, bar, button, label, menu_button, stack
from edudesk.ui.table.view import Column, RecordTable

TABLES = ("mark_lock", "mark_unlock", "seal", "school_class")


class LocksTab(QWidget):
    """What is locked, opened and sealed this year. `refresh(step)` reads again where a step asks for it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.table = RecordTable(_columns())
        self.table.setAccessibleName(_("Khóa sổ, phiếu mở khóa và niêm phong"))
        self.table.picked.connect(lambda _row: self._offer())
        self.open_ = button(_("Mở khóa…"), on=self.unlock)
        self.note = label("", role="text2")
        self.body = QWidget()
        self._layers = QStackedLayout(self.body)
        self._layers.addWidget(self.table)
        self._layers.addWidget(self._empty())
        column = stack(spacing=10)
        column.addLayout(bar(self.note, None, *self._buttons()))
        column.addWidget(self.body, 1)
        self.setLayout(column)

    def refresh(self, step: Step | None = None) -> None:
        """Read the list."""
        if step is not None and not step.touches(*TABLES):
            return
        rows = lock_rows(self.desk.db, self.desk.year)
        self.table.set_rows(rows, key=lambda row: row.id)
        self._layers.setCurrentIndex(0 if rows else 1)
        self.note.setText(_counted(rows))
        self._offer()

    def _buttons(self) -> tuple[QWidget, ...]:
        more = menu_button(
            [
                ("shield", _("Kiểm tra mã niêm phong…"), self.verify),
                ("", _("Mở niêm phong…"), self.unseal),
                ("", "", self.refresh),
                ("printer", _("In danh sách"), self.print_list),
            ]
        )
        return (
            self.open_,
            button(_("Niêm phong…"), icon="shield", on=self.seal),
            button(_("Khóa theo lịch…"), icon="lock", on=self.lock),
            button(_("Đóng sổ học kì…"), kind="main", on=self.close_term),
            more,
        )

    def _empty(self) -> EmptyPage:
        return EmptyPage(
            _("Năm học này chưa khóa sổ nào"),
            _(
                "Khóa sổ giữ điểm, nhận xét và rèn luyện không bị sửa sau khi nộp; muốn sửa phải có phiếu ghi lí do "
                "và thời hạn. Đặt ngày khóa chung cho cả trường, hoặc bấm Ctrl+L ở bảng điểm để khóa từng cột."
            ),
            icon="lock",
            action=button(_("Khóa theo lịch…"), kind="main", on=self.lock),
        )

    def _offer(self) -> None:
        self.open_.setEnabled(self._picked() is not None)

    def _picked(self) -> LockRow | None:
        """The row of the cursor where it is a lock."""
        row = self.table.current()
        return row if isinstance(row, LockRow) and row.lock is not None else None

    # -- actions

    def lock(self) -> None:
        """Lock the school, or a grade, from a day on."""
        CalendarDialog(self.desk).begin()

    def unlock(self) -> None:
        """Write a permit for the picked lock."""
        row = self._picked()
        if row is not None and row.lock is not None:
            open_lock(self.desk, row.lock, row.what)

    def close_term(self) -> None:
        """Close a term of the school or of a class."""
        from edudesk.gradebook.pages.closing import ClosingDialog

        ClosingDialog(self.desk, self.window()).begin()

    def seal(self) -> None:
        """Seal a locked page."""
        from edudesk.gradebook.pages.seals import SealDialog

        SealDialog(self.desk).begin()

    def verify(self) -> None:
        """Check the code of a seal."""
        from edudesk.gradebook.pages.seals import VerifyDialog

        row = self.table.current()
        seal = row.seal if isinstance(row, LockRow) else None
        VerifyDialog(self.desk, self.window(), code=seal.code if seal else "").open()

    def unseal(self) -> None:
        """Open the picked seal."""
        from edudesk.gradebook.pages.seals import UnsealDialog

        row = self.table.current()
        if not isinstance(row, LockRow) or row.seal is None:
            self.desk.toast(_("Chọn một niêm phong trong danh sách trước."))
            return
        UnsealDialog(self.desk, row.seal).begin()

    def print_list(self) -> None:
        """The list as a PDF."""
        from edudesk.gradebook.papers.locks import locks_paper
        from edudesk.paper.document import write_pdf

        title, year = _("In danh sách khóa sổ"), self.desk.year
        name = _("Danh sách khóa sổ {year}").format(year=year_name(year))
        path = self.desk.save_file(title, f"{name}.pdf", "PDF (*.pdf)")
        if path is None:
            return
        target, db = path.with_suffix(".pdf"), self.desk.db

        def job(progress: Progress) -> Path:
            progress.step(0, 1, target.name)
            with db.clone() as twin:
                write_pdf(target, locks_paper(twin, year))
            return target

        done = _("Đã ghi tệp {name}").format(name=target.name)
        self.desk.work.run(title, job, lambda _made: self.desk.toast(done))


def _columns() -> list[Column]:
    return [
        Column("what", _("Nội dung"), lambda row: row.what, 0, style=_what, names=True),
        Column("since", _("Từ ngày"), lambda row: row.since, 92),
        Column(
            "state",
            _("Tình trạng"),
            lambda row: row.state,
            172,
            chip=lambda row: Chip(row.state, row.tone),
        ),
        Column("who", _("Người lập"), lambda row: row.who, 214, style=lambda row: _tipped(row.who)),
        Column("reason", _("Lí do"), lambda row: row.reason, 240, style=lambda row: _tipped(row.reason)),
    ]


def _counted(rows: list[LockRow]) -> str:
    count = sum(row.lock is not None for row in rows)
    opened = sum(row.under and row.tone == "ask" for row in rows)
    sealed = sum(row.seal is not None and row.tone == "ok" for row in rows)
    words = _("{locks} khóa sổ, {slips} phiếu đang mở, {seals} niêm phong")
    return words.format(locks=count, slips=opened, seals=sealed) if rows else ""


def _what(row: LockRow) -> CellStyle:
    words = f"            {row.what}" if row.under else row.what
    icon = "shield" if row.seal else "" if row.under else "lock"
    return CellStyle(words, icon=icon, muted=row.tone == "grey", tip=row.what)


def _tipped(words: str) -> CellStyle:
    return CellStyle(words, colour="text2", tip=words)
