"""What a file would do to a list, row by row, before anything is written; one button writes it as one Step."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from edudesk.kernel.change import Step
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
from edudesk.sheets.listing import (
    ADDED,
    CHANGED,
    UNCHANGED,
    ListKind,
    ListPlan,
    PlannedRow,
    write_refused_rows,
)
from edudesk.sheets.preview import PlanRow, PreviewFormat, file_words
from edudesk.sheets.reader import READS
from edudesk.sheets.source import Source
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import answer_f1
from edudesk.ui.parts import bar, button, label, set_role, stack
from edudesk.ui.table.plan import MENDED, PlanTable
from edudesk.ui.theme import BODY, TITLE

MakePlan = Callable[[Database, "Path | Source"], ListPlan]
Apply = Callable[[Database, ListPlan], Step]


@dataclass(frozen=True, slots=True)
class How:
    """How a kind of list is planned, written and shown."""

    plan: MakePlan
    apply: Apply
    kind: ListKind


def import_list(desk: Desk, title: str, how: How) -> None:
    """Ask for a file, read it away from the screen's thread, and show what it would do."""
    kinds = " ".join(f"*{ending}" for ending in READS.split())
    path = desk.choose_file(title, _("Bảng tính ({kinds})").format(kinds=kinds))
    if path is not None:
        preview_file(desk, title, path, how)


def preview_file(desk: Desk, title: str, path: Path, how: How) -> None:
    """The same for a file that is known."""
    _planned(desk, path, how, lambda plan: ListPreview(desk, title, plan, how).open())


def _planned(desk: Desk, path: Path | Source, how: How, done: Callable[[ListPlan], object]) -> None:
    db = desk.db

    def job(_progress: Progress) -> ListPlan:
        with closing(db.clone()) as twin:
            return how.plan(twin, path)

    words = _("Đọc {file}").format(file=(path.path if isinstance(path, Source) else path).name)
    desk.work.run(words, job, done, failed=lambda no: desk.alert(no.problems))


WIDE = 1440  # so that no reason stands beyond the edge where the screen has room


class ListPreview(QDialog):
    """Rows that would be added, changed or stay, and those that are refused with the reason; wrong cells are mended in
    place, and the plan is made anew."""

    def __init__(self, desk: Desk, title: str, plan: ListPlan, how: How) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._how = desk, how
        self.table = PlanTable()
        self.table.mended.connect(self._mend)
        self.table.picked.connect(lambda _row: self._say_reason())
        self.reason = label("", role="bad", points=BODY)
        self.reason.setWordWrap(True)
        self.take = button("", kind="main", on=self._take)
        self.take.setDefault(True)
        self.write = button("", icon="upload", on=self._write_refused)
        self.summary = label("", role="text2")
        self.summary.setWordWrap(True)
        column = stack(label(title, points=TITLE, bold=True), self.summary, spacing=10, pad=(20, 16, 20, 16))
        column.addWidget(self.table, 1)
        column.addWidget(self.reason)
        column.addLayout(bar(None, self.write, button(_("Thôi"), on=self.reject), self.take))
        self.setLayout(column)
        window = self.parentWidget()
        room = self.screen().availableGeometry().size()  # nothing is active while another program is in front
        self.resize(
            min(WIDE, (window.width() if window else room.width()) - 40), min(560, room.height() - 40)
        )
        self.show_plan(plan)
        answer_f1(self, [self.summary.text()])
        (self.table if plan.refused_rows else self.take).setFocus()

    def show_plan(self, plan: ListPlan) -> None:
        """Show a plan."""
        self.plan = plan
        taken, refused = plan.count(ADDED) + plan.count(CHANGED), len(plan.refused_rows)
        self.table.show_plan(plan, list_format(self._how.kind))
        self.table.go_to_wrong()
        self.take.setText(_("Nhập {n} dòng").format(n=taken))
        self.take.setEnabled(bool(taken))
        self.write.setText(_("Ghi {n} dòng lỗi ra Excel").format(n=refused))
        self.write.setVisible(bool(refused))
        self.summary.setText(_summary(plan))
        self._say_reason()

    def _say_reason(self) -> None:
        """Why the row under the cursor waits, where it can be read whole: its column may stand beyond the edge."""
        row = self.table.current()
        waits = isinstance(row, PlanRow) and row.kind in MENDED
        words = _("Dòng {row}: {why} {fix}") if waits else ""
        self.reason.setText(words.format(row=row.row, why=row.why, fix=row.fix).strip() if waits else "")
        set_role(self.reason, "role", "bad" if waits and row.kind == "refused" else "ask")

    def _mend(self, record: PlanRow, key: str, text: str) -> None:
        spot = record.spot(key)
        if spot is not None:
            source = self.plan.source.with_cell(spot, text)
            _planned(self._desk, source, self._how, self.show_plan)

    def _write_refused(self) -> None:
        proposal = _("{name} - dòng lỗi.xlsx").format(name=self.plan.path.stem)
        path = self._desk.save_file(_("Ghi dòng lỗi"), proposal, "Excel (*.xlsx)")
        if path is not None:
            words = _("Đã ghi {file}").format(file=path.name)
            self._desk.do(lambda _db: write_refused_rows(self.plan, path), toast=words)

    def _take(self) -> None:
        n = self.plan.count(ADDED) + self.plan.count(CHANGED)
        if self._desk.do(self._how.apply, self.plan, toast=_("Đã nhập {n} dòng").format(n=n)) is not None:
            self.accept()


def list_format(kind: ListKind) -> PreviewFormat:
    """How the rows of a list are shown: its fields, and of a taken row its values."""
    fields = {column.key: column for column in kind.fields}

    def shown(row: PlannedRow) -> dict[str, str]:
        return {key: fields[key].show(value) for key, value in row.fields.items() if key in fields}

    return PreviewFormat(
        {key: _(column.label) for key, column in fields.items()}, shown, lambda row: str(row.words)
    )


def _summary(plan: ListPlan) -> str:
    counts = _("{added} sẽ thêm, {changed} sẽ sửa, {unchanged} không đổi, {refused} không nhận.").format(
        added=plan.count(ADDED),
        changed=plan.count(CHANGED),
        unchanged=plan.count(UNCHANGED),
        refused=len(plan.refused_rows),
    )
    place = _("{file} · trang “{sheet}” · tiêu đề ở dòng {row} · chưa ghi gì vào máy")
    origin = place.format(file=plan.path.name, sheet=plan.sheet, row=plan.head_row)
    return "\n".join((origin, counts, *file_words(plan)[:5]))
