"""The page “Kết quả lớp”: subjects by pupils, levels, titles, going up, for a term or the year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from edudesk.gradebook.entry import saving
from edudesk.gradebook.entry.empty_state import EmptyState
from edudesk.gradebook.entry.explanation_sheet import explanation_sheet
from edudesk.gradebook.entry.level_chips import level_chip, year_level_chip
from edudesk.gradebook.entry.page_key import CLASS, PageKey, class_choices, term_words
from edudesk.gradebook.pages.decision import ask_decision
from edudesk.gradebook.pages.primary_columns import primary_columns
from edudesk.gradebook.pages.results_columns import result_columns
from edudesk.gradebook.pages.results_summary import ResultSum
from edudesk.gradebook.places import ResultsPlace
from edudesk.gradebook.results.explain import explain_level
from edudesk.gradebook.results.families import AnyLine, AnyResults, results_of
from edudesk.gradebook.results.primary import PrimaryResult
from edudesk.gradebook.results.secondary import PupilResult
from edudesk.gradebook.rules.regulation import CourseKind, Family
from edudesk.kernel.calendar import year_name
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.place import Place
from edudesk.kernel.words import N_, _
from edudesk.ui.callout import Callout
from edudesk.ui.cells import Chip
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.keys import on_key
from edudesk.ui.page import Page
from edudesk.ui.parts import PageHead, button, menu_button, stack
from edudesk.ui.table.columns import Column
from edudesk.ui.table.view import RecordTable

USUAL, WIDE = 388, 460  # pixels of an explanation
ROOMY = 1000  # pixels of page from which the line of figures has room for its bar and all its words
KEYS = (
    ("↑ ↓", N_("Em trên, em dưới")),
    ("F2, Enter", N_("Vì sao em này được mức này")),
)
DECIDE = ("Ctrl+E", N_("Xét danh hiệu, lên lớp của em đang chọn"))


class ResultsPage(Page):
    """Nothing here is stored: all of it is worked out from the marks when shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.class_id = str(desk.db.local(CLASS, ""))
        self.results: AnyResults | None = None
        self._popover: Callout | None = None
        self._shape: tuple[object, ...] = ()
        self._roomy = True
        self.classes = Chooser(name=_("Lớp"), width=92, bold=True)
        self.table = RecordTable((), row=24)
        self.table.setAccessibleName(_("Bảng kết quả của lớp"))
        self._decider = button(_("Xét cuối năm…"), icon="pencil")
        self.head = PageHead(_("Kết quả lớp"), choosers=[self.classes], buttons=self._buttons())
        self.summary = ResultSum()
        self.empty = EmptyState(desk, "chart")
        self._body = QWidget()
        self._layers = QStackedLayout(self._body)
        self._build()
        self.setFocusProxy(self.table)
        self.classes.chosen.connect(lambda value: self.open_at(ResultsPlace(class_id=value)))
        self.table.opened.connect(self.explain)
        self.table.picked.connect(lambda _line: self._close())
        on_key(self, "Ctrl+E", self.decide)

    def refresh(self, step: Step | None) -> None:
        classes = class_choices(self.desk.db, self.desk.year)
        if not classes:
            sentence = _("Trang này tổng hợp điểm, mức học tập, rèn luyện, danh hiệu và lên lớp của cả lớp.")
            self._show_empty(partial(self.empty.tell, _("Năm học này chưa có lớp nào"), sentence))
        self.classes.offer(classes, self.class_id)
        self.class_id = str(self.classes.currentData() or "")
        if self.class_id:
            self._read()

    def open_at(self, place: Place) -> None:
        if not isinstance(place, ResultsPlace):
            return
        self.class_id = place.class_id or self.class_id
        self.desk.db.set_local(CLASS, self.class_id)
        self.refresh(None)
        self.table.pick(place.pupil)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        if roomy != self._roomy:
            self._roomy = roomy
            if self.results is not None:
                self._sum_up(self.results)

    def hint(self) -> str:
        more = [_("Ctrl+E xét cuối năm")] if self._deciding() else []
        return " · ".join([*self._shorts(), _("F2 vì sao"), *more])

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        keys = (*KEYS, DECIDE) if self._deciding() else KEYS
        return tuple((key, _(action)) for key, action in keys)

    def _shorts(self) -> list[str]:
        """What the narrow headings of the comment subjects stand for."""
        courses = self.results.roll.courses if self.results else ()
        return [
            f"{course.short} {course.name}"
            for course in courses
            if course.kind != CourseKind.SCORE and len(course.short) < 4
        ]

    def explain(self, line: AnyLine) -> None:
        """How the pupil's level came about, pointing at it."""
        term = self.desk.term
        explanation = explain_level(self.desk.db, self.class_id, term=term, pupil_id=line.pupil_id)
        self._close()
        self._popover = Callout(
            self.table.viewport(),
            explanation_sheet(explanation, chip=self._view.chip(line), on_print=self._for_parents),
            width=self._view.width,
        )
        self._popover.closed.connect(self.table.setFocus)
        row = self.table.currentIndex().row()
        column = next(
            n for n, one in enumerate(self.table.columns) if one.key in ("learning", "level", "absent")
        )
        cell = self.table.visualRect(self.table.model().index(row, column))
        self._popover.point_at(QRect(cell.topLeft() + QPoint(0, 2), cell.size()), grab=True)

    def decide(self) -> None:
        """What a person must decide about the pupil under the cursor."""
        pupil = self.table.current()
        if isinstance(pupil, AnyLine) and self._deciding() and self._view.decide is not None:
            self._close()
            self._view.decide(self.desk, self.results, pupil)

    def _deciding(self) -> bool:
        """Whether this is the whole year of a class about which people decide."""
        return self.results is not None and self._view.decide is not None and not self.results.term

    @property
    def _view(self) -> _View:
        """How the results that are shown look."""
        assert self.results is not None
        return _VIEWS[self.results.roll.family]

    def _why_current(self) -> None:
        if isinstance(self.table.current(), AnyLine):
            self.explain(self.table.current())

    def _print_cards(self) -> None:
        saving.print_report_cards(self.desk, self._place(), " ".join((_("Phiếu"), self._file_name())))

    def _print_card(self) -> None:
        pupil = self.table.current()
        if isinstance(pupil, AnyLine):
            name = " ".join((_("Phiếu"), pupil.name, term_words(self.desk.term)))
            saving.print_report_cards(self.desk, self._place(), name, pupil.pupil_id)

    def _for_parents(self) -> None:
        pupil = self.table.current()
        if isinstance(pupil, AnyLine):
            name = " ".join((_("Giải thích"), pupil.name, term_words(self.desk.term)))
            self._close()
            saving.print_explanation(self.desk, self._place(), name, pupil.pupil_id)

    def _close(self) -> None:
        if self._popover is not None:
            self._popover.dismiss()
            self._popover.deleteLater()
            self._popover = None

    def _buttons(self) -> list[QWidget]:
        """Excel, paper, and what is done for the pupil under the cursor."""
        excel = button(_("Xuất Excel"), icon="upload", on=lambda: self._file(saving.export_results))
        paper = button(
            _("In bảng tổng hợp"), kind="main", icon="printer", on=lambda: self._file(saving.print_results)
        )
        choices = [
            ("info", _("Vì sao em này được mức này (F2)"), self._why_current),
            ("printer", _("In giải thích cho phụ huynh em đang chọn"), self._for_parents),
            ("", "", self._close),
            ("printer", _("In phiếu kết quả cả lớp"), self._print_cards),
            ("printer", _("In phiếu kết quả em đang chọn"), self._print_card),
        ]
        self._decider.clicked.connect(self.decide)
        return [excel, self._decider, paper, menu_button(choices)]

    def _file(self, action: saving.SavePaper) -> None:
        action(self.desk, self._place(), self._file_name())

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

    def _show_empty(self, tell: Callable[[], None]) -> None:
        """Show why there are no results instead of them; another class can still be chosen."""
        self.results, self._shape = None, ()
        tell()
        self._show_work(False)

    def _show_work(self, on: bool) -> None:
        self._layers.setCurrentIndex(0 if on else 1)
        self.classes.setVisible(self.classes.count() > 0)
        for widget in (self.head.note, *self.head.buttons):
            widget.setVisible(on)
        self._decider.setVisible(on and self._deciding())

    def _place(self) -> PageKey:
        return PageKey(self.desk.year, self.desk.term, self.class_id)

    def _file_name(self) -> str:
        return " ".join((_("Kết quả"), self.classes.currentText(), term_words(self.desk.term)))

    def _read(self) -> None:
        db, term = self.desk.db, self.desk.term
        try:
            self.results = results_of(db, self.class_id, term)
        except Refused as no:
            self._show_empty(partial(self.empty.tell, no.message, no.next))
            return
        if not self.results.pupils:
            self._show_empty(self.empty.tell_no_pupils)
            return
        self._show_work(True)
        self._shape_for(self.results)
        self.table.set_rows(self.results.pupils, key=lambda line: line.pupil_id)
        self.head.note.setText(f"{term_words(term)} {year_name(self.desk.year)}")
        self._sum_up(self.results)
        if self.table.current() is None:
            self.table.pick(self.results.pupils[0].pupil_id)

    def _shape_for(self, results: AnyResults) -> None:
        """The columns of the class and the season, where they are others than before."""
        shape = (self._place(), results.roll.courses)
        if shape != self._shape:
            self._shape = shape
            self.table.set_rows(())
            self.table.set_columns(self._view.columns(results))

    def _sum_up(self, results: AnyResults) -> None:
        self._view.sum_up(self.summary, results, roomy=self._roomy)


def _learning_chip(line: PupilResult) -> Chip | None:
    """The level in the corner of an explanation."""
    return level_chip(line.learning, raised=line.adjusted) if line.learning else None


def _year_chip(line: PrimaryResult) -> Chip | None:
    return year_level_chip(line.level) if line.level else None


class _View(NamedTuple):
    """What the page shows by the shape of the regulation; `width` of an explanation, `decide` where people do."""

    columns: Callable[[Any], list[Column]]
    sum_up: Callable[..., None]
    chip: Callable[[Any], Chip | None]
    width: int
    decide: Callable[[Desk, Any, Any], object] | None = None


_VIEWS: Mapping[Family, _View] = {
    Family.AVERAGES: _View(result_columns, ResultSum.show_results, _learning_chip, USUAL),
    Family.STAGES: _View(primary_columns, ResultSum.show_primary, _year_chip, WIDE, ask_decision),
}
