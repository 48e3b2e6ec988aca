"""The page “Rèn luyện”: the homeroom teacher's judgement, absences and comment of every pupil of a class.

In primary school its judgement is that of qualities and competences (“phẩm chất, năng lực”).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from edudesk.gradebook.entry.empty_state import EmptyState
from edudesk.gradebook.entry.page_key import CLASS, PageKey, class_choices, term_words
from edudesk.gradebook.pages.conduct_columns import (
    ConductYear,
    term_columns,
    term_heads,
    year_columns,
    year_line,
)
from edudesk.gradebook.pages.qualities import legend_words, quality_heads
from edudesk.gradebook.pages.qualities_actions import QualityPart
from edudesk.gradebook.places import HomeroomPlace
from edudesk.gradebook.register.marks import HomeroomLine, homeroom_lines, save_term_record
from edudesk.gradebook.register.qualities import QualityLine
from edudesk.gradebook.register.roll import TERMS, family_of, read_roll
from edudesk.gradebook.rules.assessment import SHAPES
from edudesk.gradebook.rules.locks import ask_words
from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Refused
from edudesk.kernel.place import Place
from edudesk.kernel.words import N_, _
from edudesk.school.store import class_by_id
from edudesk.staff.store import names
from edudesk.storage.pending import PendingCell, PendingPage
from edudesk.ui.charts import Stripes
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid
from edudesk.ui.page import Page
from edudesk.ui.parts import HatchSwatch, bar, frame, label, stack
from edudesk.ui.pending import PendingCells
from edudesk.ui.table.columns import ColumnHead

TABLES = (
    *("term_record", "enrolment", "status_event", "pupil", "school_class"),
    *("mark_lock", "mark_unlock", "seal", "quality"),
)
KEYS = (
    ("T, K, Đ, C", N_("Tốt, Khá, Đạt, Chưa đạt")),
    ("0–9", N_("Số buổi nghỉ")),
    ("Enter, ↓", N_("Ghi, xuống em kế tiếp")),
    ("Tab, →", N_("Ghi, sang ô nhập kế tiếp")),
    ("F2", N_("Sửa tại chỗ")),
    ("Del", N_("Xóa ô")),
    ("Ctrl+Tab", N_("Ra khỏi bảng")),
)
Line = HomeroomLine | ConductYear | QualityLine
PRIMARY_KEYS = (
    ("T, Đ, C", N_("Tốt, Đạt, Cần cố gắng")),
    *KEYS[1:4],
    ("Ctrl+D", N_("Điền xuống các ô trống")),
    *KEYS[4:],
)


class HomeroomPage(Page):
    """Term I and II are entered; the whole year is worked out from both and can only be read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.class_id = str(desk.db.local(CLASS, ""))
        self._shape: tuple[object, ...] = ()
        self.classes = Chooser(name=_("Lớp"), width=92, bold=True)
        self.term = label("", bold=True)
        self.note = label("", role="text2")
        self.done = label("", bold=True)
        self.gauge = Stripes()
        self.gauge.setFixedWidth(160)
        self.grid = Grid((), frozen=2)
        self.grid.right.setAccessibleName(_("Bảng rèn luyện"))
        self.grid.left.setAccessibleName(_("Số thứ tự và họ tên"))
        self.pending = PendingCells(desk.pending, self.grid)
        self.quality = QualityPart(desk, self.grid)
        self.legend = label("", role="text2")
        self.empty = EmptyState(desk, "award")
        self._body = QWidget()
        self._layers = QStackedLayout(self._body)
        self._build()
        self.setFocusProxy(self.grid)
        self.classes.chosen.connect(lambda value: self.open_at(HomeroomPlace(class_id=value)))
        self.grid.moved.connect(self._moved)
        self.grid.barred.connect(self._barred)
        self.quality.turned.connect(lambda: self.refresh(None))

    def refresh(self, step: Step | None) -> None:
        if step is not None and not step.touches(*TABLES):
            return
        if step is None or step.touches("school_class"):
            classes = class_choices(self.desk.db, self.desk.year)
            if not classes:
                sentence = _(
                    "Trang này để chủ nhiệm đánh giá rèn luyện, ghi số buổi nghỉ và nhận xét từng em."
                )
                self._show_empty(partial(self.empty.tell, _("Năm học này chưa có lớp nào"), sentence))
            self.classes.offer(classes, self.class_id)
            self.class_id = str(self.classes.currentData() or "")
        if self.class_id:
            self._read()

    def open_at(self, place: Place) -> None:
        if not isinstance(place, HomeroomPlace):
            return
        if place.stage:
            self.quality.turn(place.stage)
        self.class_id = place.class_id or self.class_id
        self.desk.db.set_local(CLASS, self.class_id)
        self.refresh(None)
        row = self.grid.model.row_of(place.pupil)
        self.grid.go(max(row, 0), max(self.grid.model.column_of(place.slot), 2))

    def pending_place(self, cell: PendingCell) -> Place:
        return HomeroomPlace(pupil=cell.row, slot=cell.column, **dict(cell.sheet.choice))

    def hint(self) -> str:
        if not self.desk.term:
            return _("Cả năm chỉ xem; chọn học kì ở trên để nhập")
        if self.quality.place is not None:
            return _("T Tốt · Đ Đạt · C Cần cố gắng · Ctrl+D điền xuống · F1 phím tắt")
        return _("T Tốt · K Khá · Đ Đạt · C Chưa đạt · F1 phím tắt")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        keys = KEYS if self.quality.place is None else PRIMARY_KEYS
        return tuple((key, _(action)) for key, action in keys)

    def _build(self) -> None:
        work = QWidget()
        column = stack(spacing=0)
        column.addWidget(self.grid, 1)
        column.addWidget(self._legend())
        work.setLayout(column)
        self._layers.addWidget(work)
        self._layers.addWidget(self.empty)
        self._head = self._banner()
        whole = stack(self._head, spacing=0)
        whole.addWidget(self._body, 1)
        self.setLayout(whole)

    def _banner(self) -> QFrame:
        banner = frame("banner", height=44)
        left = (self.classes, self.term, self.quality.stages, 4, self.note)
        banner.setLayout(bar(*left, self.pending.badge, None, self.done, self.gauge, 4, pad=(16, 0, 16, 0)))
        return banner

    def _legend(self) -> QFrame:
        legend = frame("legend", height=24)
        owed, off = label(_("chưa đánh giá"), role="text2"), label(_("đã rời trường"), role="text2")
        dash = label("–", role="text2")
        things = (HatchSwatch(), owed, 10, dash, off, None, self.legend)
        legend.setLayout(bar(*things, spacing=6, pad=(12, 0, 12, 0)))
        return legend

    def _read(self) -> None:
        place = PageKey(self.desk.year, self.desk.term, self.class_id)
        try:
            staged = not SHAPES[family_of(self.desk.db, self.class_id)].conduct
            lines = self.quality.read(place) if staged else self._lines(place)
        except Refused as no:
            self._show_empty(partial(self.empty.tell, no.message, no.next))
            return
        if not lines:
            self._show_empty(self.empty.tell_no_pupils)
            return
        another = self._shape_for(place, staged=staged)
        self._show_work(True)
        self.grid.set_rows(lines, key=lambda line: line.pupil_id)
        if another:
            self.pending.open(self._pending_sheet(place, staged=staged))
        self._sum_up(lines)
        if self.grid.place[0] < 0:
            self.grid.right.setCurrentIndex(self.grid.model.index(0, 2))

    def _lines(self, place: PageKey) -> Sequence[HomeroomLine | ConductYear]:
        self.quality.sleep()
        return homeroom_lines(self.desk.db, self.class_id, place.term) if place.term else self._year()

    def _pending_sheet(self, place: PageKey, *, staged: bool) -> PendingPage:
        """The page by which what was not accepted is kept."""
        name = class_by_id(self.desk.db, place.class_id).name
        words = " · ".join((name, _("Rèn luyện"), term_words(place.term)))
        stage = self.quality.stage if staged else ""
        choice = (("class_id", place.class_id), ("stage", stage))
        return PendingPage("homeroom", place.year, place.term, choice, words)

    def _shape_for(self, place: PageKey, *, staged: bool) -> bool:
        """The columns of the class and the season, where they are others than before; whether they are."""
        shape = (*place, self.quality.stage if staged else "")
        if shape == self._shape:
            return False
        self._shape = shape
        self.pending.close()
        self.grid.set_rows(())
        usual = term_columns(self._write) if place.term else year_columns()
        self.grid.set_columns(self.quality.columns(place) if staged else usual)
        self.grid.set_active("")
        season = term_words(place.term)
        self.term.setText(_("Phẩm chất, năng lực · {season}").format(season=season) if staged else season)
        self.legend.setText(legend_words() if staged else "")
        return True

    def _show_empty(self, tell: Callable[[], None]) -> None:
        """Show why there is no list instead of one; another class can still be chosen."""
        self._shape = ()
        self.pending.close()
        tell()
        self._show_work(False)

    def _show_work(self, on: bool) -> None:
        self._layers.setCurrentIndex(0 if on else 1)
        self._head.setVisible(self.classes.count() > 0)
        for thing in (self.term, self.note, self.done, self.gauge):
            thing.setVisible(on)
        self.quality.stages.setVisible(on and self.quality.place is not None and bool(self.desk.term))

    def _year(self) -> list[ConductYear]:
        """Both terms side by side, with the conduct of the year that follows from them (Điều 8)."""
        regulation = read_roll(self.desk.db, self.class_id).regulation
        terms = [homeroom_lines(self.desk.db, self.class_id, term) for term in TERMS]
        return [year_line(first, second, regulation) for first, second in zip(*terms, strict=True)]

    def _sum_up(self, lines: Sequence[Line]) -> None:
        owing = [line for line in lines if line.owes]
        judged = sum(1 for line in owing if _judged(line))
        message = _("{all} em, {owing} đang học").format(all=len(lines), owing=len(owing))
        self.grid.set_heads(self._heads(lines) | {"name": ColumnHead(message)})
        teacher = class_by_id(self.desk.db, self.class_id).homeroom_id
        name = names(self.desk.db).get(teacher or "")
        self.note.setText(_("Chủ nhiệm: {name}").format(name=name or _("chưa phân công")))
        self.done.setText(_("{done}/{all} em đã đánh giá").format(done=judged, all=len(owing)))
        self.gauge.set_parts([(judged, "ok_fill"), (len(owing) - judged, "bar_bg")])

    def _heads(self, lines: Sequence[Line]) -> dict[str, ColumnHead]:
        locked = bool(self.desk.term) and all(_lock(line) for line in lines)
        if self.quality.lines:
            return quality_heads(self.quality.lines[0].codes, locked=locked)
        return term_heads(locked=locked) if self.desk.term else {}

    def _moved(self, _row: int, column: int) -> None:
        if self.desk.term and column >= 0:
            self.grid.set_active(self.grid.model.columns[column].key)

    def _barred(self, row: int, _column: int) -> None:
        """A key on a locked cell: who locked it, why, and whom to ask."""
        line = self.grid.model.record(row)
        if line is not None and _lock(line):
            self.desk.toast(f"{_lock(line)} {ask_words()}")

    def _write(self, line: HomeroomLine, **fields: Value) -> object:
        return save_term_record(self.desk.db, self.class_id, self.desk.term, pupil_id=line.pupil_id, **fields)


def _lock(line: Line) -> str:
    """Who locked the line and why; "" where it may be written."""
    return "" if isinstance(line, ConductYear) else line.lock


def _judged(line: Line) -> bool:
    return line.complete if isinstance(line, QualityLine) else bool(line.conduct)
