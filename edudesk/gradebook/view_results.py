"""The page “Kết quả lớp”: subjects by pupils, levels, titles, going up, for a term or the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from edudesk.gradebook import view_papers as papers
from edudesk.gradebook.explain import explain_level
from edudesk.gradebook.results import ClassResults, PupilResult, class_results
from edudesk.gradebook.view_explain import sheet as fact_sheet
from edudesk.gradebook.view_levels import LEVELS, TITLES, level_chip, level_token, level_word
from edudesk.gradebook.view_nothing import Nothing
from edudesk.gradebook.view_place import CLASS, Place, class_choices, term_words
from edudesk.gradebook.view_table import result_columns
from edudesk.kernel.calendar import year_name
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.words import N_, _
from edudesk.ui.callout import Callout
from edudesk.ui.charts import Dot, Stripes
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page
from edudesk.ui.parts import (
    ElidedLabel,
    PageHead,
    bar,
    button,
    frame,
    icon_label,
    label,
    menu_button,
    rule,
    stack,
)
from edudesk.ui.table import Table

ROOMY = 1000  # pixels of page from which the line of figures has room for its bar and all its words
KEYS = (
    ("↑ ↓", N_("Em trên, em dưới")),
    ("F2, Enter", N_("Vì sao em này được mức này")),
)


class ResultsPage(Page):
    """Nothing here is stored: all of it is worked out from the marks when shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.class_id = str(desk.db.local(CLASS, ""))
        self.results: ClassResults | None = None
        self._popover: Callout | None = None
        self._shape: tuple[object, ...] = ()
        self._roomy = True
        self.classes = Chooser(name=_("Lớp"), width=92, bold=True)
        self.table = Table((), row=24)
        self.table.setAccessibleName(_("Bảng kết quả của lớp"))
        self.head = PageHead(
            _("Kết quả lớp"),
            choosers=[self.classes],
            buttons=[
                button(
                    _("Xuất Excel"),
                    icon="upload",
                    on=lambda: papers.export_results(desk, self._place(), self._file_name()),
                ),
                button(
                    _("In bảng tổng hợp"),
                    kind="main",
                    icon="printer",
                    on=lambda: papers.print_results(desk, self._place(), self._file_name()),
                ),
                menu_button(
                    [
                        ("info", _("Vì sao em này được mức này (F2)"), self._why_current),
                        ("printer", _("In phiếu kết quả cả lớp"), self._slips),
                        ("printer", _("In phiếu kết quả em đang chọn"), self._slip),
                    ]
                ),
            ],
        )
        self.summary = frame("card", height=44)
        self._bar = Stripes()
        self.empty = Nothing(desk, "chart")
        self._body = QWidget()
        self._layers = QStackedLayout(self._body)
        self._build()
        self.setFocusProxy(self.table)
        self.classes.chosen.connect(lambda value: self.choose(class_id=value))
        self.table.opened.connect(self.explain)
        self.table.picked.connect(lambda _line: self._close())

    def refresh(self, step: Step | None) -> None:
        classes = class_choices(self.desk.db, self.desk.year)
        if not classes:
            sentence = _("Trang này tổng hợp điểm, mức học tập, rèn luyện, danh hiệu và lên lớp của cả lớp.")
            self._nothing(partial(self.empty.tell, _("Năm học này chưa có lớp nào"), sentence))
        self.classes.offer(classes, self.class_id)
        self.class_id = str(self.classes.currentData() or "")
        if self.class_id:
            self._read()

    def choose(self, **choice: object) -> None:
        """`class_id` and `pupil`."""
        self.class_id = str(choice.get("class_id", self.class_id))
        self.desk.db.set_local(CLASS, self.class_id)
        self.refresh(None)
        self.table.pick(str(choice.get("pupil", "")))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        if roomy != self._roomy:
            self._roomy = roomy
            if self.results is not None:
                self._sum_up(self.results)

    def hint(self) -> str:
        return " · ".join([*self._shorts(), _("F2 vì sao")])

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((key, _(deed)) for key, deed in KEYS)

    def _shorts(self) -> list[str]:
        """What the narrow headings of the comment subjects stand for."""
        courses = self.results.roll.courses if self.results else ()
        return [f"{one.short} {one.name}" for one in courses if one.kind != "score" and len(one.short) < 4]

    def explain(self, line: PupilResult) -> None:
        """How the pupil's level came about, pointing at it."""
        term = self.desk.term
        explained = explain_level(self.desk.db, self.class_id, term=term, pupil_id=line.pupil_id)
        chip = level_chip(line.learning, raised=line.adjusted) if line.learning else None
        self._close()
        self._popover = Callout(self.table.viewport(), fact_sheet(explained, chip=chip), width=388)
        self._popover.closed.connect(self.table.setFocus)
        row = self.table.currentIndex().row()
        column = next(n for n, one in enumerate(self.table.columns) if one.key == "learning")
        cell = self.table.visualRect(self.table.model().index(row, column))
        self._popover.point_at(QRect(cell.topLeft() + QPoint(0, 2), cell.size()), grab=True)

    def _why_current(self) -> None:
        if isinstance(self.table.current(), PupilResult):
            self.explain(self.table.current())

    def _slips(self) -> None:
        papers.print_slips(self.desk, self._place(), " ".join((_("Phiếu"), self._file_name())))

    def _slip(self) -> None:
        pupil = self.table.current()
        if isinstance(pupil, PupilResult):
            name = " ".join((_("Phiếu"), pupil.name, term_words(self.desk.term)))
            papers.print_slips(self.desk, self._place(), name, pupil.pupil_id)

    def _close(self) -> None:
        if self._popover is not None:
            self._popover.dismiss()
            self._popover.deleteLater()
            self._popover = None

    def _build(self) -> None:
        work = QWidget()
        column = stack(self.summary, spacing=12)
        column.addWidget(self.table, 1)
        work.setLayout(column)
        self._layers.addWidget(work)
        self._layers.addWidget(self.empty)
        whole = stack(self.head, spacing=12, pad=(16, 10, 16, 24))
        whole.addWidget(self._body, 1)
        self.setLayout(whole)

    def _nothing(self, tell: Callable[[], None]) -> None:
        """Show why there are no results instead of them; another class can still be chosen."""
        self.results, self._shape = None, ()
        tell()
        self._show_work(False)

    def _show_work(self, on: bool) -> None:
        self._layers.setCurrentIndex(0 if on else 1)
        self.classes.setVisible(self.classes.count() > 0)
        for thing in (self.head.note, *self.head.buttons):
            thing.setVisible(on)

    def _place(self) -> Place:
        return Place(self.desk.year, self.desk.term, self.class_id)

    def _file_name(self) -> str:
        return " ".join((_("Kết quả"), self.classes.currentText(), term_words(self.desk.term)))

    def _read(self) -> None:
        try:
            self.results = class_results(self.desk.db, self.class_id, self.desk.term)
        except Refused as no:
            self._nothing(partial(self.empty.tell, no.message, no.next))
            return
        if not self.results.pupils:
            self._nothing(self.empty.tell_no_pupils)
            return
        self._show_work(True)
        shape = (self._place(), self.results.roll.courses)
        if shape != self._shape:
            self._shape = shape
            self.table.set_rows(())
            self.table.set_columns(result_columns(self.results))
        self.table.set_rows(self.results.pupils, key=lambda line: line.pupil_id)
        self.head.note.setText(f"{term_words(self.desk.term)} {year_name(self.desk.year)}")
        self._sum_up(self.results)
        if self.table.current() is None and self.results.pupils:
            self.table.pick(self.results.pupils[0].pupil_id)

    def _sum_up(self, results: ClassResults) -> None:
        """The bar of levels with their counts, titles, and how many were raised."""
        counts = Counter(line.learning for line in results.pupils if line.learning)
        owing = [line for line in results.pupils if line.owes]
        things: list[QWidget | int | None] = [label(_("{n} em").format(n=len(owing)), bold=True), 6]
        if self._roomy:
            stripes = Stripes()
            stripes.setFixedWidth(136)
            stripes.set_parts([(counts[level], level_token(level)) for level in LEVELS])
            things += [stripes, 6]
        for level in LEVELS:
            things += [Dot(level_token(level)), label(level_word(level), role="text2")]
            things += [label(str(counts[level]), bold=True), 8]
        waiting = sum(1 for line in owing if line.missing)
        things += self._rest(results, waiting)
        self._swap(things, results.roll.regulation.name)

    def _rest(self, results: ClassResults, waiting: int) -> list[QWidget | int | None]:
        titles = Counter(line.title for line in results.pupils if line.title)
        raised = sum(1 for line in results.pupils if line.adjusted)
        things: list[QWidget | int | None] = [_bar_line()] if titles else []
        for title in (title for title in TITLES if titles[title]):
            things += [label(_(TITLES[title]), role="text2"), label(str(titles[title]), bold=True), 6]
        if raised:
            said = _("Điều chỉnh theo Điều 9.3") if self._roomy else _("Điều 9.3")
            words = label(said, role="text2")
            things += [_bar_line(), icon_label("arrow-up", 14, "accent_text"), words]
            things += [label(str(raised), bold=True)]
        if waiting:
            told = label(_("{n} em chưa đủ điểm").format(n=waiting), role="ask")
            things += [_bar_line(), icon_label("triangle", 14, "ask"), told]
        return things

    def _swap(self, things: Sequence[QWidget | int | None], regulation: str) -> None:
        """Put a fresh line into the summary card."""
        fresh = frame("card", height=44)
        row = bar(*things, 8, pad=(14, 0, 16, 0))
        rules = ElidedLabel()
        rules.setText(regulation.replace(_("Thông tư"), _("TT")))
        row.addWidget(rules, 1)
        fresh.setLayout(row)
        layout = self.summary.parentWidget()
        holder = layout.layout() if layout else None
        if holder is not None:
            holder.replaceWidget(self.summary, fresh)
        self.summary.hide()
        self.summary.deleteLater()
        self.summary = fresh


def _bar_line() -> QFrame:
    line = rule(upright=True)
    line.setFixedHeight(18)
    return line
