"""The page “Trang chủ”: the season's board. It paints at once from the calendar and fills its numbers from a worker."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from edudesk.gradebook.places import LOCKS, GradebookPlace, RegisterPlace
from edudesk.home import store
from edudesk.home.places import PROBLEMS
from edudesk.home.rules import coming, heading, term_of
from edudesk.home.rules_board import BoardFigures, FillLine, Owing
from edudesk.home.view_begin import BeginCard
from edudesk.home.view_due import LINE, DueCard
from edudesk.home.view_lines import due_lines
from edudesk.home.view_parts import DaysCard, LocksCard, OwingCard, PartsCard
from edudesk.kernel import clock
from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Step
from edudesk.kernel.place import Place
from edudesk.kernel.progress import Progress
from edudesk.kernel.words import N_, _
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page
from edudesk.ui.parts import PageHead, bar, button, label, stack

SIDE, SOON, NEXT_DAYS = 288, 40, 6  # pixels; milliseconds before the numbers are asked for; days in the card
WITH_SIDE, WITH_PARTS = 1100, 760  # pixels of width
FEWEST, BESIDE_LINES = 2, 290  # lines of the board; pixels of height for all else
WEEKDAYS = (
    *(N_("Thứ hai"), N_("Thứ ba"), N_("Thứ tư"), N_("Thứ năm")),
    *(N_("Thứ sáu"), N_("Thứ bảy"), N_("Chủ nhật")),
)
KEYS = (
    (N_("Enter, bấm đúp"), N_("Mở sổ điểm ở chỗ còn thiếu")),
    ("Ctrl+K", N_("Tìm học sinh, lớp, trang, lệnh")),
)


def today() -> dt.date:
    """The day on this PC."""
    return clock.today()


class HomePage(Page):
    """`figures` are None until the worker has brought them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.figures: BoardFigures | None = None
        self._season = (0, 0)
        self._asked = 0
        self._due = False  # the numbers are to be counted again; a hidden page waits until it is seen
        self._waiting = False
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(lambda: self._ask() if self.isVisible() else None)
        days = button(_("Việc cả năm"), icon="calendar-check", on=self.choose_days, key="days")
        self.head = PageHead("", buttons=(days,))
        self.today_words = label("", role="text2")
        self.begin = BeginCard(desk)
        self.due = DueCard(desk.go)
        self.owing, self.parts = OwingCard(), PartsCard()
        self.days, self.locks = DaysCard(), LocksCard()
        self._board = QWidget()
        self._lay_out()
        self._connect()

    def refresh(self, step: Step | None) -> None:
        """Say what is known at once, then ask for the numbers."""
        self._show()
        self._due = True
        self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Count what fell due while the page was hidden."""
        super().showEvent(event)
        if self._due:
            self._soon.start()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hand the keyboard on: to the next step of a new school, else to the first line of the board."""
        super().focusInEvent(event)
        if not self.begin.isHidden():
            self.begin.begin()
        else:
            (self.due.rows[0] if self.due.rows else self.owing.table).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In a small window: fewer lines, then no side, then one table."""
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= WITH_SIDE)
        self.parts.setVisible(self.width() >= WITH_PARTS)
        self.due.show_most(max(FEWEST, (self.height() - BESIDE_LINES) // LINE))

    def open_at(self, place: Place) -> None:
        super().open_at(place)
        if place.tab == PROBLEMS.tab:
            from edudesk.home.view_problems import show_problems

            show_problems(self.desk)

    def hint(self) -> str:
        return _("Enter mở chỗ đang chọn · Ctrl+K tìm · F1 trợ giúp")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((_(key), _(action)) for key, action in KEYS)

    def settle(self) -> None:
        if self._due:
            self._soon.stop()
            self._ask()
        while self._waiting:
            QApplication.processEvents()

    def choose_days(self) -> None:
        """Open the year's days."""
        from edudesk.home.view_days import choose_days

        choose_days(self.desk)

    @property
    def term(self) -> int:
        """The term that is counted: the one chosen on top, for the whole year the one the day is in."""
        return self.desk.term or term_of(store.terms(self.desk.db, self.desk.year), today())

    # -- inside

    def _lay_out(self) -> None:
        left = stack(self.due, spacing=12)
        below = bar(spacing=12)
        below.addWidget(self.owing, 3)
        below.addWidget(self.parts, 2)
        left.addLayout(below, 1)
        self._side = side = QWidget()
        side.setFixedWidth(SIDE)
        side.setLayout(stack(self.days, self.locks, None, spacing=12))
        row = bar(spacing=14)
        row.addLayout(left, 1)
        row.addWidget(side)
        self._board.setLayout(row)
        column: QVBoxLayout = stack(
            self.head, self.today_words, 4, self.begin, spacing=2, pad=(20, 10, 16, 12)
        )
        column.addWidget(self._board, 1)
        column.addStretch(0)
        self.setLayout(column)

    def _connect(self) -> None:
        self.owing.table.opened.connect(self._open)
        self.parts.table.opened.connect(self._open)
        self.days.edit.connect(self.choose_days)
        self.locks.opened.connect(lambda: self.desk.go(RegisterPlace(tab=LOCKS)))
        self.begin.put_off.connect(partial(self.refresh, None))

    def _show(self) -> None:
        db, year, now = self.desk.db, self.desk.year, today()
        events = store.events(db, year)
        figures = self.figures if self.figures and self._fits(self.figures) else None
        begun = store.beginning(db, year)
        self.head.title.setText(heading(events, now))
        self.today_words.setText(f"{_(WEEKDAYS[now.weekday()])}, {show_date(now)}")
        self.begin.show_stage(begun)
        self._board.setVisible(bool(begun.classes and begun.pupils) or self.begin.isHidden())
        self.due.show_lines(due_lines(events, figures, term=self.term, today=now))
        self.days.show_days(coming(events, now, NEXT_DAYS), now)
        if figures:
            self.owing.show_figures(figures)
            self.parts.show_figures(figures)
            self.locks.show_locks(figures.locks, now)

    def _fits(self, figures: BoardFigures) -> bool:
        return self._season == (self.desk.year, figures.term) and figures.term == self.term

    def _ask(self) -> None:
        """Count in a worker; an answer that is not the last one asked for is dropped."""
        self._due, self._waiting = False, True
        self._asked += 1
        asked, db, year, term = self._asked, self.desk.db, self.desk.year, self.term

        def job(_progress: Progress) -> BoardFigures:
            from edudesk.home.store_board import figures

            with closing(db.clone()) as twin:
                return figures(twin, year, term, today=today())

        def done(figures: BoardFigures) -> None:
            if asked == self._asked:
                self.figures, self._season, self._waiting = figures, (year, term), False
                self._show()

        self.desk.quiet.run(_("Đếm điểm"), job, done, failed=lambda _no: self._give_up())

    def _give_up(self) -> None:
        self._waiting = False

    def _open(self, owing: Owing | FillLine) -> None:
        if self.desk.term != self.term:
            self.desk.set_season(term=self.term)
        self.desk.go(GradebookPlace(class_id=owing.class_id, code=owing.code, slot=owing.slot))
