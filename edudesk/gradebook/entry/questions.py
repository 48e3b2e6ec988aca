"""Asks about marks that look mistyped: amber cells with a tip, and one sentence in a strip over the grid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from edudesk.gradebook.entry.strip import QuestionStrip, StripButton
from edudesk.gradebook.register.marks import SheetKey, enter_marks
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine
from edudesk.gradebook.register.typing_choices import read_settled
from edudesk.gradebook.rules.marks import Mark
from edudesk.kernel.words import N_, _
from edudesk.ui.cells import CellStyle
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid
from edudesk.ui.keys import on_key
from edudesk.ui.table.columns import Column

if TYPE_CHECKING:
    from edudesk.gradebook.anomalies.questions import Inquiry, MarkQuestion

KEYS = (("F8", N_("Tới chỗ đang được hỏi")), ("Shift+F8", N_("Đúng rồi, không hỏi nữa")))
REST = 40  # milliseconds after a mark until the page is looked over: between two keys, not before a cell is painted
_CELLS = ("FAR", "LOW", "SWAPPED")  # what is marked in the cells themselves
Tips = dict[tuple[str, str], tuple[str, bool]]  # (pupil, slot) → what is said, whether it asks


class Questions(QObject):
    """`check(sheet, column)` asks at once, `follow` (after a mark) and `begin` (another page) when typing pauses; `strip` is the frame to put over the grid.

    `first` is the grid's first column of marks. `open_` are the questions of the active column, the first one shown.
    """

    rested = Signal()

    def __init__(self, desk: Desk, grid: Grid, sheet: Callable[[], ClassSheet | None], *, first: int) -> None:
        super().__init__(grid)
        self._desk = desk
        self._grid = grid
        self._sheet = sheet
        self._first = first
        self._settled = read_settled(desk.db)
        self._before: dict[tuple[object, ...], dict[tuple[str, str], Mark]] = {}
        self._tips: Tips = {}
        self.open_: tuple[MarkQuestion, ...] = ()
        self._column = -1
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._look_over)
        self.strip = QuestionStrip(grid.right)
        for keys, action in (("F8", self.go), ("Shift+F8", self.settle)):
            on_key(grid.right, keys, action)

    @cached_property
    def _inquiry(self) -> Inquiry:
        """Imported when the first page has been seen: a start waits for no question."""
        from edudesk.gradebook.anomalies.questions import Inquiry

        return Inquiry(self._desk.db, self._settled)

    def dressed(self, columns: Sequence[Column]) -> list[Column]:
        """The columns of the grid, their mark cells amber where something is asked, quiet where it was settled."""
        return [
            replace(column, style=partial(self._style, column.key, column.style))
            if column.edit and column.style
            else column
            for column in columns
        ]

    def check(self, sheet: ClassSheet | None, column: int) -> None:
        """Ask anew about a page, as a whole about the column (of the grid) that is being entered.

        While a look at it is put off, that look is at the new column.
        """
        if sheet is not None and self._rest.isActive():
            self.follow(column)
            return
        questions: tuple[MarkQuestion, ...] = ()
        self.open_ = ()
        if sheet is not None:
            from edudesk.gradebook.anomalies.questions import of_column

            questions = self._inquiry.open_questions(sheet, column - self._first, self._stood(sheet))
            self.open_ = of_column(questions, self._slot(sheet, column))
        self._mark(questions)
        self._say()

    def begin(self, sheet: ClassSheet) -> None:
        """Another page: nothing is asked yet, and what stands on it now is what stood before."""
        self._stood(sheet)
        self._mark(())
        self.open_ = ()
        self._say()
        self.follow(-1)

    def follow(self, column: int) -> None:
        """The same once typing pauses."""
        self._column = column
        self._rest.start()

    def catch_up(self) -> None:
        """What `follow` put off is done now: somebody answers, or looks."""
        if self._rest.isActive():
            self._look_over()

    def go(self) -> None:
        """Put the cursor on the first mark that is asked about."""
        self.catch_up()
        if self.open_:
            asked = self.open_[0]
            model = self._grid.model
            self._grid.go(max(model.row_of(asked.pupils[0]), 0), model.column_of(asked.slot))

    def settle(self) -> None:
        """The marks are right: do not ask again while they stand."""
        self.catch_up()
        sheet = self._sheet()
        if not self.open_ or sheet is None:
            return
        asked = self.open_[0]
        if asked.question.code == "REPLACED":
            stands = sheet.stored
            self._stood(sheet).update({spot: stands[spot] for spot in stands if spot[1] == asked.slot})
        else:
            self._inquiry.settle(asked)
        self.check(sheet, self._grid.model.column_of(asked.slot))

    def mend(self) -> None:
        """Mend the first question as one Step, or show the problems."""
        self.catch_up()
        sheet = self._sheet()
        if not self.open_ or sheet is None or not self.open_[0].mend:
            return
        from edudesk.gradebook.anomalies.questions import mend_entries

        asked = self.open_[0]
        entries = mend_entries(sheet, asked, self._stood(sheet))
        key = SheetKey(sheet.roll.class_id, sheet.course.code, sheet.term)
        self._desk.do(partial(enter_marks, label=asked.mend), key, entries, toast=asked.mend)

    def forget(self) -> None:
        """What stands now is what stood before: another day."""
        self._before.clear()

    # -- inside

    def _look_over(self) -> None:
        self._rest.stop()
        self.check(self._sheet(), self._column)
        self.rested.emit()

    def _stood(self, sheet: ClassSheet) -> dict[tuple[str, str], Mark]:
        """What stood on the page when it was first opened today."""
        key = (sheet.roll.class_id, sheet.course.code, sheet.term, dt.date.today())
        if key not in self._before:
            self._before[key] = sheet.stored
        return self._before[key]

    def _slot(self, sheet: ClassSheet | None, column: int) -> str:
        place = column - self._first
        return sheet.columns[place].slot if sheet is not None and 0 <= place < len(sheet.columns) else ""

    def _mark(self, questions: Sequence[MarkQuestion]) -> None:
        """Remember what each cell says; paint the rows where that changed."""
        tips: Tips = {}
        for asked in questions:
            if asked.question.code in _CELLS:
                words = f"{asked.sentence} {asked.advice}" if asked.question.asks else asked.advice
                tips |= {(pupil, asked.slot): (words, asked.question.asks) for pupil in asked.pupils}
        changed = {
            spot[0] for spot in tips.keys() | self._tips.keys() if tips.get(spot) != self._tips.get(spot)
        }
        self._tips = tips
        for pupil in changed:
            row = self._grid.model.row_of(pupil)
            if row >= 0:
                self._grid.model.redraw(row, row)

    def _style(self, slot: str, base: Callable[[SheetLine], CellStyle], line: SheetLine) -> CellStyle:
        style = base(line)
        message, asks = self._tips.get((line.pupil_id, slot), ("", False))
        if style.locked:
            return style
        if asks:
            return style._replace(ask=True, tip=message)
        if message:
            return style._replace(ask=False, colour=style.colour or "bad", tip=message)
        return style._replace(ask=False, tip="") if style.ask else style

    def _say(self) -> None:
        if not self.open_:
            self.strip.clear()
            return
        asked = self.open_[0]
        offers = [StripButton(asked.mend, self.mend)] if asked.mend else []
        offers += [
            StripButton(_("Xem lại"), self.go, "F8"),
            StripButton(_("Đúng rồi"), self.settle, "Shift+F8"),
        ]
        more = len(self.open_) - 1
        message = _("{sentence} (còn {n} câu hỏi nữa)").format(sentence=asked.sentence, n=more)
        self.strip.ask(message if more else asked.sentence, offers, tip=asked.advice)
