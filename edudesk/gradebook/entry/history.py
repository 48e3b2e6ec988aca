"""The history of a cell, as a small sheet that points at it: when, who, from what to what, in which action and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QWidget

from edudesk.gradebook.entry.page_key import PageKey, term_words
from edudesk.gradebook.register.history import MarkChange, comment_history, mark_history
from edudesk.gradebook.register.marks import SheetKey
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine
from edudesk.gradebook.rules.slots import slot_short
from edudesk.gradebook.rules.words import mark_text
from edudesk.kernel.calendar import show_date
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.ui.callout import Callout
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid
from edudesk.ui.parts import bar, button, icon_label, label, rule, stack
from edudesk.ui.theme import BODY

WIDTH, MOST = 420, 6  # pixels; changes shown before “và … thay đổi trước đó”
COMMENT, AVERAGE = "comment", "average"


class CellHistory(QObject):
    """`sheet` answers the page of the register the grid shows, `place` which one it is."""

    def __init__(
        self, desk: Desk, grid: Grid, sheet: Callable[[], ClassSheet | None], place: Callable[[], PageKey]
    ) -> None:
        super().__init__(grid)
        self._desk = desk
        self._grid = grid
        self._sheet = sheet
        self._place = place
        self._callout: Callout | None = None
        grid.moved.connect(lambda _row, _column: self.close())

    def open(self, row: int, column: int) -> None:
        """Show what happened to a cell; beside the cells, to the pupil's whole row in this page."""
        sheet, line = self._sheet(), self._grid.model.record(row)
        if sheet is None or not sheet.term or not isinstance(line, SheetLine):
            self._desk.toast(_("Chọn một học kì để xem lịch sử sửa điểm."))
            return
        slot = self._grid.model.columns[column].key
        key = SheetKey(self._place().class_id, sheet.course.code, sheet.term)
        found = self._desk.do(_changes, key, sheet, line.pupil_id, slot)
        if found is None:
            return
        self.close()
        body = history_body(
            _title(sheet, line, slot),
            found,
            named=slot not in _slots(sheet),
            paper=self._button(key, slot, sheet),
        )
        self._callout = Callout(self._grid.right.viewport(), body, width=WIDTH)
        self._callout.closed.connect(self._grid.right.setFocus)
        self._callout.point_at(self._grid.cell_rect(row, column), below=True, grab=True)

    def close(self) -> None:
        """Put the sheet away."""
        if self._callout is not None:
            self._callout.dismiss()
            self._callout.deleteLater()
            self._callout = None

    def _button(self, key: SheetKey, slot: str, sheet: ClassSheet) -> QWidget | None:
        """The record of changes of the column on paper, or of the page beside the columns; comments have none."""
        if slot == COMMENT:
            return None
        only = slot if slot in _slots(sheet) else None
        words = _("In biên bản sửa điểm cột này") if only else _("In biên bản sửa điểm")
        return button(words, kind="ghost", icon="printer", on=lambda: self.print_record(key, only))

    def print_record(self, key: SheetKey, slot: str | None) -> None:
        """The record of changes (“biên bản”) of a column, or of the whole page, as a PDF."""
        from edudesk.gradebook.papers.changes import changes_paper_of, changes_record
        from edudesk.gradebook.papers.heading import read_frame
        from edudesk.paper.document import write_pdf

        self.close()
        title = _("In biên bản sửa điểm")
        path = self._desk.save_file(title, self._file(key, slot), "PDF (*.pdf)")
        if path is None:
            return
        target, db = path.with_suffix(".pdf"), self._desk.db

        def job(progress: Progress) -> Path:
            progress.step(0, 1, target.name)
            with db.clone() as twin:
                write_pdf(target, changes_paper_of(changes_record(twin, key, slot=slot), read_frame(twin)))
            return target

        done = _("Đã ghi tệp {name}").format(name=target.name)
        self._desk.work.run(title, job, lambda _made: self._desk.toast(done))

    def _file(self, key: SheetKey, slot: str | None) -> str:
        """“Biên bản sửa điểm 9A2 Toán GK Học kì I.pdf”."""
        sheet = self._sheet()
        page = (sheet.roll.class_name, sheet.course.name) if sheet else ()
        parts = (_("Biên bản sửa điểm"), *page, slot_short(slot) if slot else "", term_words(key.term))
        return f"{' '.join(filter(None, parts))}.pdf"


def _slots(sheet: ClassSheet) -> list[str]:
    return [column.slot for column in sheet.columns]


def _changes(db: Database, key: SheetKey, sheet: ClassSheet, pupil_id: str, slot: str) -> list[MarkChange]:
    if slot == COMMENT:
        return comment_history(db, key, pupil_id)
    return mark_history(db, key, pupil_id=pupil_id, slot=slot if slot in _slots(sheet) else None)


def _title(sheet: ClassSheet, line: SheetLine, slot: str) -> str:
    what = _("{subject}, mọi cột").format(subject=sheet.course.name)
    if slot == COMMENT:
        what = _("Nhận xét môn {subject}").format(subject=sheet.course.name)
    elif slot in _slots(sheet):
        what = f"{sheet.course.name} {slot_short(slot)}"
    return _("Lịch sử: {name} · {what}").format(name=line.name, what=what)


def history_body(title: str, changes: Sequence[MarkChange], *, named: bool, paper: QWidget | None) -> QWidget:
    """The newest change first; `named` says of each which column it was; `paper` is the way to the record."""
    body = QWidget()
    column = stack(label(title, points=BODY, bold=True), spacing=6)
    body.setLayout(column)
    if not changes:
        column.addWidget(label(_("Chưa có thay đổi nào."), role="text2"))
    for change in list(reversed(changes))[:MOST]:
        column.addWidget(rule())
        for part in _change_words(change, named):
            column.addWidget(part)
        if change.doubtful:
            column.addLayout(
                bar(icon_label("clock", 14, "ask"), label(_("giờ máy đáng ngờ"), role="ask"), None)
            )
    if len(changes) > MOST:
        words = _("và {n} thay đổi trước đó, có trong biên bản").format(n=len(changes) - MOST)
        column.addWidget(label(words, role="text2"))
    if changes and paper is not None:
        column.addWidget(rule())
        column.addLayout(bar(paper, None))
    return body


def _change_words(change: MarkChange, named: bool) -> list[QLabel]:
    """The labels of one change: old and new value, who, when, the action and the reason."""
    old, new = (_value(change, value) or _("trống") for value in (change.old, change.new))
    what = (
        f"{slot_short(change.slot)}: {old} → {new}" if named and change.slot != COMMENT else f"{old} → {new}"
    )
    when = f"{show_date(change.day)} {change.wall[11:16]}"
    who = f"{when} · {change.who}"
    why = f"{change.label} · {change.reason}" if change.reason else change.label
    lines = [label(what, points=BODY, bold=True), label(who, role="text2"), label(why, role="text2")]
    for line in lines:
        line.setWordWrap(True)
    return lines


def _value(change: MarkChange, value: object) -> str:
    if change.slot == COMMENT:
        return f"“{value}”" if value else ""
    return mark_text(value)  # type: ignore[arg-type]
