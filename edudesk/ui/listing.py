"""What a file would do to a list, row by row, before anything is written; one button writes it as one Step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from edudesk.kernel.change import Step
from edudesk.kernel.note import Note
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
from edudesk.sheets.listing import ADDED, CHANGED, UNCHANGED, ListPlan, Planned, write_refused_rows
from edudesk.sheets.reader import READS
from edudesk.storage.database import Database
from edudesk.ui.cells import Chip
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import answer_f1
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.table import Column, Table
from edudesk.ui.theme import TITLE

Plan = Callable[[Database, Path], ListPlan]
Apply = Callable[[Database, ListPlan], Step]


def import_list(desk: Desk, title: str, plan: Plan, apply: Apply) -> None:
    """Ask for a file, read it away from the screen's thread, and show what it would do."""
    kinds = " ".join(f"*{ending}" for ending in READS.split())
    path = desk.choose_file(title, _("Bảng tính ({kinds})").format(kinds=kinds))
    if path is not None:
        look_at(desk, title, path, (plan, apply))


def look_at(desk: Desk, title: str, path: Path, how: tuple[Plan, Apply]) -> None:
    """The same for a file that is known."""
    plan, apply = how
    db = desk.db

    def job(_progress: Progress) -> ListPlan:
        with closing(db.sibling()) as twin:
            return plan(twin, path)

    def done(found: ListPlan) -> None:
        ListPreview(desk, title, found, apply).open()

    said = _("Đọc {file}").format(file=path.name)
    desk.work.run(said, job, done, failed=lambda no: desk.alert(no.problems))


class ListPreview(QDialog):
    """Rows that would be added, changed or stay, and those that are refused with the reason."""

    def __init__(self, desk: Desk, title: str, plan: ListPlan, apply: Apply) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._apply, self.plan = desk, apply, plan
        self.table = Table(_columns())
        self.table.setAccessibleName(_("Các dòng của tệp"))
        self.table.set_rows(_rows(plan))
        taken = plan.count(ADDED) + plan.count(CHANGED)
        self.take = button(_("Nhập {n} dòng").format(n=taken), kind="main", on=self._take)
        self.take.setDefault(True)
        self.take.setEnabled(bool(taken))
        refused = len(plan.refused_rows)
        words = _("Ghi {n} dòng lỗi ra Excel").format(n=refused)
        self.write = button(words, icon="upload", on=self._write_refused)
        self.write.setVisible(bool(refused))
        self.said = label(_summary(plan), role="text2")
        self.said.setWordWrap(True)
        column = stack(label(title, points=TITLE, bold=True), self.said, spacing=10, pad=(20, 16, 20, 16))
        column.addWidget(self.table, 1)
        column.addLayout(bar(None, self.write, button(_("Thôi"), on=self.reject), self.take))
        self.setLayout(column)
        self.resize(1000, 560)
        answer_f1(self, [self.said.text()])
        (self.take if taken else self.table).setFocus()

    def _write_refused(self) -> None:
        proposal = _("{name} - dòng lỗi.xlsx").format(name=self.plan.path.stem)
        path = self._desk.save_file(_("Ghi dòng lỗi"), proposal, "Excel (*.xlsx)")
        if path is not None:
            said = _("Đã ghi {file}").format(file=path.name)
            self._desk.do(lambda _db: write_refused_rows(self.plan, path), toast=said)

    def _take(self) -> None:
        n = self.plan.count(ADDED) + self.plan.count(CHANGED)
        if self._desk.do(self._apply, self.plan, toast=_("Đã nhập {n} dòng").format(n=n)) is not None:
            self.accept()


def _summary(plan: ListPlan) -> str:
    counts = _("{added} sẽ thêm, {changed} sẽ sửa, {unchanged} không đổi, {refused} không nhận.").format(
        added=plan.count(ADDED),
        changed=plan.count(CHANGED),
        unchanged=plan.count(UNCHANGED),
        refused=len(plan.refused_rows),
    )
    place = _("{file} · trang “{sheet}” · tiêu đề ở dòng {row} · chưa ghi gì vào máy")
    said = place.format(file=plan.path.name, sheet=plan.sheet, row=plan.head_row)
    strange = ", ".join(note.column for note in plan.warnings)
    unread = _(" Không đọc cột: {names}.").format(names=strange) if strange else ""
    return f"{said}\n{counts}{unread}"


Row = Planned | Note


def _rows(plan: ListPlan) -> list[Row]:
    """Refusals first, then what changes, then what stays."""
    order = {ADDED: 1, CHANGED: 0, UNCHANGED: 2}
    return [*plan.refused, *sorted(plan.rows, key=lambda one: (order[one.kind], one.row))]


def _columns() -> list[Column]:
    return [
        Column("row", _("Dòng"), lambda x: str(x.row), 60, "right"),
        Column("kind", _("Sẽ làm"), _kind, 110, chip=_chip),
        Column("name", _("Nội dung"), _name, 220, names=True),
        Column("words", _("Chi tiết, vì sao"), _words, 0),
    ]


def _kind(one: Row) -> str:
    if isinstance(one, Note):
        return _("không nhận")
    return {ADDED: _("thêm"), CHANGED: _("sửa"), UNCHANGED: _("không đổi")}[one.kind]


def _chip(one: Row) -> Chip:
    if isinstance(one, Note):
        return Chip(_kind(one), "bad")
    return Chip(_kind(one), "ok" if one.kind == ADDED else "wait" if one.kind == CHANGED else "grey")


def _name(one: Row) -> str:
    if isinstance(one, Planned):
        return one.name
    return f"{one.column}: {one.value}" if one.column and one.value else one.column or one.value


def _words(one: Row) -> str:
    return one.words if isinstance(one, Planned) else f"{one.reason} {one.fix}".strip()
