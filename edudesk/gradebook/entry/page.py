"""The page “Sổ điểm”: one class, one subject, one term, typed down one column at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QMenu, QStackedLayout, QWidget

from edudesk.gradebook.entry.actions import GradebookActions
from edudesk.gradebook.entry.banner import KEYS, Banner, legend
from edudesk.gradebook.entry.columns import full_name, grid_columns, heads, missing_in
from edudesk.gradebook.entry.empty_state import EmptyState
from edudesk.gradebook.entry.page_key import (
    CLASS,
    SUBJECT,
    PageKey,
    class_choices,
    subject_choices,
    term_words,
)
from edudesk.gradebook.entry.panel import ColumnPanel
from edudesk.gradebook.entry.panel_fill import show_column
from edudesk.gradebook.places import GradebookPlace
from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_mark, mark_id, save_subject_comment
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine, class_sheet, sheet_after
from edudesk.gradebook.register.typing_choices import typing_choices
from edudesk.gradebook.rules.assessment import read_typed
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.place import Place
from edudesk.kernel.words import _
from edudesk.storage.pending import PendingCell, PendingPage
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid
from edudesk.ui.page import Page
from edudesk.ui.parts import bar, stack
from edudesk.ui.pending import PendingCells

SHAPE = ("school_class", "class_subject", "subject_plan")
TABLES = (
    *(*SHAPE, "mark", "mark_lock", "mark_unlock", "seal", "subject_comment"),
    *("enrolment", "status_event", "pupil", "elective", "term"),
)
FROZEN = 2
ROOMY = 1040  # pixels of page from which the panel has room beside the grid


class GradebookPage(Page):
    """Every committed cell is stored before the cursor moves; averages follow at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.class_id = str(desk.db.local(CLASS, ""))
        self.code = str(desk.db.local(SUBJECT, ""))
        self.sheet: ClassSheet | None = None
        self._shape: tuple[object, ...] = ()
        self._fast = self._compared = True
        self.grid = Grid((), frozen=FROZEN)
        self.grid.right.setAccessibleName(_("Bảng điểm"))
        self.grid.left.setAccessibleName(_("Số thứ tự và họ tên"))
        self.panel = ColumnPanel()
        self.controllers = GradebookActions(self, first=FROZEN)
        self.pending = PendingCells(desk.pending, self.grid)
        self.banner = Banner(self.controllers.buttons(), badge=self.pending.badge)
        self.empty = EmptyState(desk, "table")
        self._body = QWidget()
        self._layers = QStackedLayout(self._body)
        self._build()
        self._connect()

    def refresh(self, step: Step | None) -> None:
        if step is not None and not step.touches(*TABLES):
            return
        if step is None or step.touches(*SHAPE):
            self._offer()
        if self.sheet is not None and step is not None and step.changes and _marks_alone(step):
            self._show(sheet_after(self.desk.db, self.sheet, step))
        elif self.code:
            self._read()

    def open_at(self, place: Place) -> None:
        if not isinstance(place, GradebookPlace):
            return
        self.class_id = place.class_id or self.class_id
        self.code = place.code or self.code
        self.refresh(None)
        self.desk.db.set_local(CLASS, self.class_id)
        self.desk.db.set_local(SUBJECT, self.code)
        slot = self.grid.model.column_of(place.slot)
        row = self.grid.model.row_of(place.pupil)
        if slot >= 0:
            self.enter(slot)
        if slot >= 0 or row >= 0:
            self.grid.go(max(row, 0), slot if slot >= 0 else max(self.grid.active, FROZEN))

    def pending_place(self, cell: PendingCell) -> Place:
        return GradebookPlace(pupil=cell.row, slot=cell.column, **dict(cell.sheet.choice))

    def enter(self, column: int) -> None:
        """Begin to enter a column of marks: say which it is, and show what is in it."""
        sheet, place = self.sheet, column - FROZEN
        if sheet is None or not sheet.term or not 0 <= place < len(sheet.columns):
            return
        self.grid.set_active(sheet.columns[place].slot)
        self.banner.show_column(sheet.columns[place], scored=sheet.course.kind == CourseKind.SCORE)
        self._show_panel(compare=True)
        self.controllers.check(sheet, column)

    def hint(self) -> str:
        row, column = self.grid.place
        line = self.grid.model.record(row)
        if line is None or column < 0:
            return _("F2 vì sao · F1 phím tắt")
        return f"{line.number} · {line.name} · {self.grid.model.columns[column].label}"

    def settle(self) -> None:
        self.controllers.questions.catch_up()

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((_(key), _(action)) for key, action in KEYS)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._show_panel(compare=True)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        if not self._compared:
            self.controllers.questions.follow(self.grid.active)

    # -- building

    def _build(self) -> None:
        work = QWidget()
        middle = bar(spacing=0)
        middle.addLayout(stack(self.grid, self._foot(), spacing=0), 1)
        middle.addWidget(self.panel)
        work.setLayout(middle)
        self._layers.addWidget(work)
        self._layers.addWidget(self.empty)
        column = stack(self.banner, spacing=0)
        column.addWidget(self._body, 1)
        self.setLayout(column)
        self.setFocusProxy(self.grid)

    def _foot(self) -> QWidget:
        """The signs and their meaning; what is asked covers them."""
        foot = QWidget()
        layers = QGridLayout(foot)
        layers.setContentsMargins(0, 0, 0, 0)
        for widget in (legend(), self.controllers.strip):
            layers.addWidget(widget, 0, 0)
        return foot

    def _connect(self) -> None:
        self.banner.classes.chosen.connect(lambda value: self._chosen(GradebookPlace(class_id=value)))
        self.banner.subjects.chosen.connect(lambda value: self._chosen(GradebookPlace(code=value)))
        self.banner.active.clicked.connect(self._pick_column)
        self.grid.moved.connect(self._moved)
        self.desk.returned.connect(self._returned)
        self.panel.wanted.connect(self.to_pupil)
        self.controllers.questions.rested.connect(self._rested)
        self.grid.right.head.sectionClicked.connect(self._to_column)

    # -- reading

    def _chosen(self, place: GradebookPlace) -> None:
        self.open_at(place)
        self.grid.setFocus()

    def _offer(self) -> None:
        db = self.desk.db
        classes = class_choices(db, self.desk.year)
        self.class_id = self.banner.offer(classes, self.class_id)
        subjects = subject_choices(db, self.class_id) if self.class_id else []
        self.code = self.banner.offer_subjects(subjects, self.code)
        if not self.class_id:
            sentence = _("Sổ điểm cần lớp, môn học và học sinh của năm học này. Lập lớp và môn trước.")
            self._show_empty(partial(self.empty.tell, _("Năm học này chưa có lớp nào"), sentence))
        elif not self.code:
            sentence = _("Chọn môn học cho khối lớp ở trang Trường lớp.")
            self._show_empty(partial(self.empty.tell, _("Lớp này chưa có môn học nào"), sentence))

    def _show_empty(self, tell: Callable[[], None]) -> None:
        """Show why there is no grid instead of one; another class can still be chosen."""
        self.sheet, self._shape = None, ()
        self.pending.close()
        self.controllers.check(None, -1)
        tell()
        self.banner.show_nothing(choosers=bool(self.class_id))
        self._layers.setCurrentIndex(1)

    def _read(self) -> None:
        """Read the page of the register, or say why there is none."""
        try:
            sheet = class_sheet(self.desk.db, self.class_id, self.code, self.desk.term)
        except Refused as no:
            self._show_empty(partial(self.empty.tell, no.message, no.next))
            return
        if not sheet.lines:
            somebody = bool(sheet.roll.pupils)
            self._show_empty(self.empty.tell_no_takers if somebody else self.empty.tell_no_pupils)
            return
        self._show(sheet)

    def _show(self, sheet: ClassSheet) -> None:
        """Lay out anew only when it is another page of the register."""
        self._layers.setCurrentIndex(0)
        shape = (self.place(), sheet.columns)
        another = shape != self._shape
        self.sheet, self._shape = sheet, shape
        if another:
            self._lay_out(sheet)
        self.grid.set_rows(sheet.lines, key=lambda line: line.pupil_id)
        self.grid.set_heads(heads(sheet))
        if another:
            self.controllers.begin(sheet)
            self._start(sheet)
            self.pending.open(_pending_sheet(sheet))
        self._show_panel()
        self._compared = self._compared and not another
        self.controllers.follow(sheet, self.grid.active)

    def _lay_out(self, sheet: ClassSheet) -> None:
        self.pending.close()
        self.grid.set_rows(())
        self._fast = typing_choices(self.desk.db).fast_decimals
        columns = grid_columns(sheet, self._write, self._write_comment, fast=self._fast)
        self.grid.set_columns(self.controllers.dressed(columns))
        self.grid.set_active("")
        self.banner.show_sheet(sheet)

    def retyped(self) -> None:
        """The way of typing was changed: lay the same page out anew."""
        self._shape = ()
        self.refresh(None)

    def _start(self, sheet: ClassSheet) -> None:
        """Begin where work is waiting: the first column that is not full, its first pupil without a mark."""
        slots = [column.slot for column in sheet.columns]
        waiting = next((n for n, slot in enumerate(slots) if missing_in(sheet, slot)), len(slots) - 1)
        missing = missing_in(sheet, slots[waiting])
        row = self.grid.model.row_of(missing[0].pupil_id) if missing and sheet.term else 0
        self.grid.right.setCurrentIndex(self.grid.model.index(row, FROZEN + waiting))

    # -- writing

    def place(self) -> PageKey:
        return PageKey(self.desk.year, self.desk.term, self.class_id, self.code)

    def _key(self) -> SheetKey:
        return SheetKey(self.class_id, self.code, self.desk.term)

    def _write(self, line: SheetLine, slot: str, text: str) -> object:
        assert self.sheet is not None
        value = read_typed(text, kind=self.sheet.course.kind, fast=self._fast)
        entry = MarkEntry(line.pupil_id, slot, value)
        return enter_mark(self.desk.db, self._key(), entry, roll=self.sheet.roll)

    def _write_comment(self, line: SheetLine, text: str) -> object:
        return save_subject_comment(self.desk.db, self._key(), line.pupil_id, text)

    # -- the column that is being entered

    def _moved(self, _row: int, column: int) -> None:
        if self.controllers.column.follows() and column != self.grid.active:
            self.enter(column)
        if self.isVisible():
            self.desk.note(self.hint())

    def _show_panel(self, *, compare: bool = False) -> None:
        """The figures of the column; what others have in it is read only when another column is shown."""
        sheet, place = self.sheet, self.grid.active - FROZEN
        shown = sheet is not None and 0 <= place < len(sheet.columns) and self.width() >= ROOMY
        self.panel.setVisible(shown)
        if sheet is not None and shown:
            show_column(self.panel, self.desk.db, sheet, place, compare=compare)

    def _rested(self) -> None:
        """The page has been seen: what others have in the column comes beside it."""
        if not self._compared and self.isVisible():
            self._compared = True
            self._show_panel(compare=True)

    def _pick_column(self) -> None:
        menu = QMenu(self.banner.active)
        for place, column in enumerate(self.sheet.columns if self.sheet else (), FROZEN):
            menu.addAction(full_name(column), partial(self._to_column, place))
        menu.exec(self.banner.active.mapToGlobal(self.banner.active.rect().bottomLeft()))

    def _to_column(self, column: int) -> None:
        self.enter(column)
        self.grid.go(max(self.grid.place[0], 0), column)

    def to_pupil(self, pupil_id: str) -> None:
        row = self.grid.model.row_of(pupil_id)
        if row >= 0:
            self.grid.go(row, max(self.grid.active, FROZEN))

    def _returned(self, step: Step) -> None:
        """Undo and redo put the cursor on what they changed here."""
        if self.sheet is None or not self.isVisible():
            return
        rows = step.rows("mark")
        for place, column in enumerate(self.sheet.columns, FROZEN):
            for row, line in enumerate(self.sheet.lines):
                if mark_id(self.sheet.roll, self._key(), MarkEntry(line.pupil_id, column.slot, None)) in rows:
                    self.enter(place)
                    self.grid.go(row, place)
                    return


def _pending_sheet(sheet: ClassSheet) -> PendingPage:
    """The page of the register by which what was not accepted is kept."""
    roll = sheet.roll
    words = " · ".join((roll.class_name, sheet.course.name, term_words(sheet.term)))
    choice = (("class_id", roll.class_id), ("code", sheet.course.code))
    return PendingPage("gradebook", roll.year, sheet.term, choice, words)


def _marks_alone(step: Step) -> bool:
    return all(change.table == "mark" for change in step.changes)
