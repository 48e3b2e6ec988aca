"""The board for the vice-head: who still owes which marks, down to the column; a row opens the gradebook there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStyleOptionViewItem, QWidget

from edudesk.gradebook.places import GradebookPlace
from edudesk.gradebook.results.board import KINDS, BoardGroup, BoardLine, FillShare, board, chosen, grouped
from edudesk.kernel.change import Step
from edudesk.kernel.numbers import thousands
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import N_, _
from edudesk.storage.database import Database
from edudesk.ui.cells import CellDelegate, CellStyle
from edudesk.ui.choices import Chooser, Segmented
from edudesk.ui.desk import Desk
from edudesk.ui.parts import ElidedLabel, bar, button, stack
from edudesk.ui.table.view import Column, GroupRow, RecordTable
from edudesk.ui.theme import BODY, font, token

TABLES = (
    *(
        "mark",
        "school_class",
        "class_subject",
        "subject_plan",
        "enrolment",
        "status_event",
        "elective",
        "term",
    ),
    *("staff", "pupil"),
)
KEYS = ((N_("Enter, bấm đúp"), N_("Mở sổ điểm ở cột còn thiếu")),)
BAR, KIND_WIDTH = 4, 132
FIRST = 2  # the first column of a kind of mark
Index = QModelIndex | QPersistentModelIndex


class ShareDelegate(CellDelegate):
    """Under “38/42” a bar as long as the share that is there."""

    def __init__(self, table: RecordTable, share: Callable[[object], FillShare | None]) -> None:
        super().__init__(table)
        self._table = table
        self._share = share
        table.picked.connect(self._follow)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        share = self._share(self._table.records[index.row()])
        if share is None or not share.owed or not share.missing:
            return
        rect: QRect = option.rect
        track = QRect(rect.left() + 8, rect.bottom() - BAR, rect.width() - 16, BAR - 1)
        painter.fillRect(track, token("bar_bg"))
        track.setWidth(track.width() * share.filled // share.owed)
        painter.fillRect(track, token("accent"))

    def _follow(self, _record: object) -> None:
        self.lit = self._table.currentIndex().row()


class BoardTab(QWidget):
    """Rows of teachers or of classes; reads in `refresh`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lines: tuple[BoardLine, ...] = ()
        self.terms = Segmented([(1, _("HK I")), (2, _("HK II"))], name=_("Học kì"))
        self.terms.choose(desk.term or 1)
        self.views = Segmented([("teacher", _("Theo giáo viên")), ("class", _("Theo lớp"))], name=_("Xếp"))
        self.views.choose("teacher")
        self.grades = Chooser(name=_("Khối"), width=116)
        self.unfinished = QCheckBox(_("Chỉ phần còn thiếu"))
        self.unfinished.setChecked(True)
        self.total = ElidedLabel(role="text")
        self.total.setFont(font(BODY, True))
        self.total.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table = RecordTable(())
        self.table.setAccessibleName(_("Tiến độ nhập điểm"))
        self.table.opened.connect(self._open)
        for place, kind in enumerate(KINDS, FIRST):
            self.table.setItemDelegateForColumn(place, ShareDelegate(self.table, _share_of(kind)))
        column = stack(spacing=8)
        column.addLayout(self._tools())
        column.addWidget(self.table, 1)
        self.setLayout(column)
        self.terms.chosen.connect(lambda _value: self.refresh(None))
        for thing in (self.views, self.grades):
            thing.chosen.connect(lambda _value: self._show())
        self.unfinished.toggled.connect(lambda _on: self._show())

    def refresh(self, step: Step | None = None) -> None:
        """Read again after a Step that touches marks or who owes them, or everything when None."""
        if step is not None and not step.touches(*TABLES):
            return
        self._lines = board(self._desk.db, self._desk.year, self.term)
        grades = sorted({line.grade for line in self._lines})
        every: list[tuple[object, str]] = [(0, _("Mọi khối"))]
        self.grades.offer([*every, *((number, _("Khối {grade}").format(grade=number)) for number in grades)])
        self._show()

    @property
    def term(self) -> int:
        """The term that is shown."""
        return int(str(self.terms.value() or 1))

    def _tools(self) -> QHBoxLayout:
        out = button(_("Xuất Excel"), icon="upload", on=self._export)
        printing = button(_("In danh sách"), icon="printer", on=self._print)
        row = bar(self.terms, self.views, self.grades, self.unfinished, 8)
        row.addWidget(self.total, 1)
        row.addWidget(out)
        row.addWidget(printing)
        return row

    def _show(self) -> None:
        grade, view = int(self.grades.currentData() or 0), str(self.views.value())
        every = chosen(self._lines, grade=grade)
        shown = [line for line in every if line.missing or not self.unfinished.isChecked()]
        groups = grouped(shown, view)
        missing, owed = sum(line.missing for line in every), sum(line.owed for line in every)
        message = (
            _("Còn thiếu {n}/{all} điểm").format(n=thousands(missing), all=thousands(owed))
            if missing
            else _("Đã đủ điểm")
        )
        self.total.setText(message)
        self.table.set_columns(_columns(view))
        self.table.set_rows([row for group in groups for row in _rows(group)], key=_key)

    def _open(self, line: BoardLine) -> None:
        """Go to the gradebook: at the kind under the cursor, else where marks are waiting."""
        kinds, place = list(KINDS), self.table.currentIndex().column() - FIRST
        share = line.shares.get(kinds[place]) if 0 <= place < len(kinds) else None
        slot = share.slot if share is not None else line.slot
        if self._desk.term != self.term:
            self._desk.set_season(term=self.term)
        self._desk.go(GradebookPlace(class_id=line.class_id, code=line.code, slot=slot))

    # -- papers

    def _print(self) -> None:
        from edudesk.gradebook.papers.board import board_paper
        from edudesk.paper.document import write_pdf

        year, term, view = self._desk.year, self.term, str(self.views.value())
        grade, unfinished = int(self.grades.currentData() or 0), self.unfinished.isChecked()

        def write(db: Database, path: Path) -> None:
            write_pdf(path, board_paper(db, year, term, view=view, grade=grade, unfinished=unfinished))

        self._save(_("In danh sách"), ".pdf", write)

    def _export(self) -> None:
        from edudesk.gradebook.exchange.board_sheet import board_sheet
        from edudesk.sheets.writer import write_sheet

        lines = chosen(
            self._lines, grade=int(self.grades.currentData() or 0), unfinished=self.unfinished.isChecked()
        )
        term = self.term
        self._save(_("Xuất Excel"), ".xlsx", lambda _db, path: write_sheet(path, [board_sheet(lines, term)]))

    def _save(self, title: str, ending: str, make: Callable[[Database, Path], object]) -> None:
        kinds = "PDF (*.pdf)" if ending == ".pdf" else "Excel (*.xlsx)"
        name = _("Tiến độ nhập điểm HK{term}").format(term=self.term) + ending
        path = self._desk.save_file(title, name, kinds)
        if path is None:
            return
        db, target = self._desk.db, path if path.suffix else path.with_suffix(ending)

        def job(progress: Progress) -> Path:
            progress.step(0, 1, target.name)
            with db.clone() as twin:
                make(twin, target)
            return target

        done = _("Đã ghi tệp {name}")
        self._desk.work.run(title, job, lambda made: self._desk.toast(done.format(name=made.name)))


def _columns(view: str) -> list[Column]:
    first = [
        Column("class", _("Lớp"), lambda line: line.class_name, 96, names=True),
        Column("subject", _("Môn"), lambda line: line.subject, 0),
    ]
    if view == "class":
        first = [
            Column("subject", _("Môn"), lambda line: line.subject, 200, names=True),
            Column("teacher", _("Giáo viên"), lambda line: line.teacher or _("Chưa phân công"), 0),
        ]
    return [
        *first,
        *(_kind_column(kind, words) for kind, words in KINDS.items()),
        Column("missing", _("Còn thiếu"), lambda line: str(line.missing or ""), 168, "right", style=_missing),
    ]


def _kind_column(kind: str, words: str) -> Column:
    share = _share_of(kind)
    return Column(
        kind,
        _(words),
        lambda line: _count(share(line)),
        KIND_WIDTH,
        "right",
        style=lambda line: _style(share(line)),
    )


def _share_of(kind: str) -> Callable[[object], FillShare | None]:
    return lambda line: line.shares.get(kind) if isinstance(line, BoardLine) else None


def _count(share: FillShare | None) -> str:
    return f"{share.filled}/{share.owed}" if share is not None and share.owed else "–"


def _style(share: FillShare | None) -> CellStyle:
    text = _count(share)
    if share is None or not share.owed:
        return CellStyle(text, off=True)
    if not share.missing:
        return CellStyle(text, "right", icon="check", colour="ok")
    tip = _("Còn thiếu {n} điểm.").format(n=share.missing)
    return CellStyle(text, "right", owed=not share.filled, bold=True, colour="ask", tip=tip)


def _missing(line: BoardLine) -> CellStyle:
    return CellStyle(str(line.missing or ""), "right", bold=True, colour="ask" if line.missing else "")


def _rows(group: BoardGroup) -> list[object]:
    done = group.owed - group.missing
    note = _("còn thiếu {n} · {done}/{all}").format(
        n=group.missing, done=thousands(done), all=thousands(group.owed)
    )
    return [GroupRow(group.title, note if group.missing else _("đã đủ")), *group.lines]


def _key(row: object) -> object:
    return (row.class_id, row.code) if isinstance(row, BoardLine) else row
