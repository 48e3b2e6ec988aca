"""What a file of pupils would do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QWidget

from edudesk.kernel.change import Step
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import _
from edudesk.school.store import classes
from edudesk.sheets.listing import write_refused_rows
from edudesk.sheets.preview import OF_FILE, PlanRow, file_words
from edudesk.sheets.reader import READS
from edudesk.sheets.source import Source
from edudesk.storage.backups.backup import LARGE, make_backup
from edudesk.students.imports import ImportPlan, apply_import, plan_import
from edudesk.students.view_plan import plan_format
from edudesk.ui.charts import Stripes
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.parts import PageHead, bar, button, frame, icon_label, label, rule, show_inside, stack
from edudesk.ui.table.plan import PlanTable, QuestionBar
from edudesk.ui.theme import PAGE


def ask_file(desk: Desk) -> Path | None:
    """The file to import; None when nothing was chosen."""
    kinds = " ".join(f"*{ending}" for ending in READS.split())
    return desk.choose_file(_("Chọn danh sách học sinh"), _("Bảng tính ({kinds})").format(kinds=kinds))


class ImportPreview(QWidget):
    """`preview` reads a file; the button at the foot writes what can be taken as one Step."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.plan: ImportPlan | None = None
        self._path: Path | Source = Path()
        self._then: Callable[[], object] = lambda: None
        again = button(_("Chọn tệp khác"), on=self._other_file)
        self.head = PageHead(_("Xem trước khi nhập"), buttons=(again,))
        self.summary = label("", role="text2")
        self.summary.setWordWrap(True)
        self.table = PlanTable()
        self.table.mended.connect(self._mend)
        self.table.answered.connect(self._answer)
        self.question = QuestionBar()
        self.question.answered.connect(self._answer)
        self.table.picked.connect(self.question.show_row)
        self.make_classes = QCheckBox(_("Tạo lớp chưa có"))
        self.make_classes.clicked.connect(lambda: self.preview(self._path))
        self.whole_class = Chooser(name=_("Lớp của những dòng không ghi lớp"), width=150)
        self.whole_class.chosen.connect(lambda _class: self.preview(self._path))
        self.write = button("", icon="upload", on=self._write_refused)
        self.take = button("", kind="main", on=self._take)
        self.take.setDefault(True)
        self._figures = QFrame()
        self._card = frame("card", height=52)
        self.footnote = label("", role="text2")
        self._lay_out()

    def _lay_out(self) -> None:
        back = button(_("Quay lại"), kind="ghost", icon="chevron-left", on=self.closed.emit)
        foot = bar(back, None, self.footnote, self.write, self.take)
        column = stack(self.head, self.summary, self._card, self.question, spacing=8, pad=(20, 12, 20, 10))
        column.addWidget(self.table, 1)
        column.addLayout(foot)
        self.setLayout(column)

    def preview(self, path: Path | Source, *, then: Callable[[], object] = lambda: None) -> None:
        """Read the file away from the screen's thread, then show what it would do and call `then`."""
        self._path = path
        name = (path.path if isinstance(path, Source) else path).name
        db, year = self.desk.db, self.desk.year
        create, class_text = self.make_classes.isChecked(), str(self.whole_class.currentData() or "")

        def job(progress: Progress) -> ImportPlan:
            with closing(db.clone()) as twin:
                return plan_import(
                    twin, path, year=year, class_text=class_text, create_classes=create, progress=progress
                )

        def done(plan: ImportPlan) -> None:
            self.show_plan(plan)
            then()

        self.desk.work.run(
            _("Đọc {file}").format(file=name), job, done, failed=lambda no: self.desk.alert(no.problems)
        )

    def show_plan(self, plan: ImportPlan) -> None:
        """Show a plan."""
        self.plan = plan
        class_names = {
            school_class.id: school_class.name for school_class in classes(self.desk.db, self.desk.year)
        }
        names = {
            key: name
            for name in (*class_names.values(), *plan.new_classes)
            for key in (name.replace(".", ""), name)
        }
        self._path = plan.source
        self.table.show_plan(plan, plan_format(names), plan.asked)
        self.table.go_to_wrong()
        self.question.show_row(self.table.current())
        sheet = _("{file} · trang “{sheet}” · tiêu đề ở dòng {row} · chưa ghi gì vào máy")
        message = sheet.format(file=plan.path.name, sheet=plan.sheet, row=plan.head_row)
        self.summary.setText("\n".join((message, *file_words(plan)[:5])))
        self.whole_class.offer([("", _("Chọn lớp")), *((name, name) for name in class_names.values())])
        self._say(plan)

    def _mend(self, record: PlanRow, key: str, text: str) -> None:
        """A text typed over a cell: the whole plan is made again from the file with it."""
        spot = record.spot(key)
        if self.plan is not None and spot is not None:
            self.preview(self.plan.source.with_cell(spot, text))

    def _answer(self, record: PlanRow, answer: str) -> None:
        if self.plan is not None:
            self.preview(self.plan.source.with_answer(record.where, answer))

    def _say(self, plan: ImportPlan) -> None:
        taken, refused = plan.count("added") + plan.count("changed"), len(plan.refused_rows)
        rows = {(row.sheet, row.row) for row in plan.rows}
        asked = len({(note.sheet, note.row) for note in plan.warnings if note.code not in OF_FILE} & rows)
        figures = [
            ("plus", "ok", plan.count("added"), _("sẽ thêm")),
            ("pencil", "wait", plan.count("changed"), _("sẽ sửa")),
            ("check", "ok", plan.count("unchanged"), _("không đổi")),
            ("triangle", "ask", asked, _("nên xem lại")),
            ("refused", "bad", refused, _("không nhận")),
        ]
        self._show_figures([row for place, row in enumerate(figures) if row[2] or not place], plan)
        self.footnote.setText(
            _("Gõ ngay vào ô đỏ để sửa; hoặc ghi các dòng không nhận ra một tệp riêng.") if refused else ""
        )
        self.write.setText(_("Ghi {n} dòng lỗi ra Excel").format(n=refused))
        self.write.setVisible(bool(refused))
        self.take.setText(_("Nhập {n} học sinh").format(n=taken))
        self.take.setEnabled(bool(taken))
        self.take_keyboard()

    def take_keyboard(self) -> None:
        """To what is to be mended first, else to the button that takes all."""
        (self.table if self.plan and self.plan.refused_rows else self.take).setFocus()

    def _show_figures(self, figures: list[tuple[str, str, int, str]], plan: ImportPlan) -> None:
        row = bar(spacing=10, pad=(16, 0, 16, 0))
        for icon, colour, count, words in figures:
            for note in (
                icon_label(icon, 16, colour),
                label(str(count), points=PAGE, bold=True),
                label(words, role="text2"),
            ):
                row.addWidget(note)
            row.addWidget(rule(upright=True))
        for chooser, needed in self._offers(plan):
            show_inside(chooser, needed)
            row.addWidget(chooser)
        row.addStretch(1)
        meter = Stripes()
        meter.setFixedWidth(200)
        taken = len(plan.rows)
        meter.set_parts([(taken, "ok_fill"), (len(plan.refused_rows), "bad_fill")])
        row.addWidget(meter)
        _replace_layout(self._card, row, keep=(self.make_classes, self.whole_class))

    def _offers(self, plan: ImportPlan) -> list[tuple[QWidget, bool]]:
        """The two ways to settle rows without a class the school has."""
        unknown = [note for note in plan.refused if note.code == "CLASS_UNKNOWN"]
        named, blank = any(note.value for note in unknown), any(not note.value for note in unknown)
        return [
            (self.make_classes, named or bool(plan.new_classes)),
            (self.whole_class, blank or bool(self.whole_class.currentData())),
        ]

    def _other_file(self) -> None:
        path = ask_file(self.desk)
        if path is not None:
            self.preview(path)

    def _write_refused(self) -> None:
        if self.plan is None:
            return
        proposal = _("{name} - dòng lỗi.xlsx").format(name=self.plan.path.stem)
        path = self.desk.save_file(_("Ghi dòng lỗi"), proposal, "Excel (*.xlsx)")
        if path is not None:
            plan = self.plan
            message = _("Đã ghi {file}").format(file=path.name)
            self.desk.do(lambda _db: write_refused_rows(plan, path))
            self.desk.toast(message)

    def _take(self) -> None:
        plan, db = self.plan, self.desk.db
        if plan is None:
            return

        def job(progress: Progress) -> Step:
            with closing(db.clone()) as twin:
                if plan.count("added") + plan.count("changed") > LARGE:
                    make_backup(twin, "import", progress=progress)
                return apply_import(twin, plan)

        def done(step: Step) -> None:
            self.closed.emit()
            self.desk.reread()
            self.desk.toast(step.label, undo=True)

        self.take.setEnabled(False)
        self.desk.work.run(_("Nhập học sinh"), job, done, failed=lambda no: self.desk.alert(no.problems))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def _replace_layout(holder: QFrame, row: QHBoxLayout, *, keep: tuple[QWidget, ...]) -> None:
    """Another row of widgets in a holder; those kept are not thrown away with the old row."""
    old = holder.layout()
    if old is not None:
        while (item := old.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget not in keep:
                widget.deleteLater()
        QWidget().setLayout(old)
    holder.setLayout(row)
