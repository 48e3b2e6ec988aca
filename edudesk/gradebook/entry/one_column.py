"""One column at a time: what is typed lands in the column being entered, and another is entered only when one says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from edudesk.gradebook.register.sheet import ClassSheet
from edudesk.gradebook.register.typing_choices import typing_choices
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import N_, _
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid
from edudesk.ui.table.columns import ASKED

KEYS = (
    (N_("Enter, ở cột khác"), N_("Chuyển sang nhập cột đó, ghi những gì đã gõ ở đó")),
    (N_("Esc, khi được hỏi"), N_("Bỏ chữ vừa gõ ở cột khác, về cột đang nhập")),
)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class OneColumn(QObject):
    """Stands before every mark that is written while its setting is on.

    The cursor may go anywhere. A mark typed in a column that is not entered is kept in its cell and asked about there;
    the cursor goes on down as ever, so whoever types with the eyes on the paper fills the rows that were meant. Enter
    without a mark enters the column and writes all that waits in it, Esc drops what was asked about and goes back.
    `enter(column)` (of the grid) must make the column active.
    """

    def __init__(
        self,
        desk: Desk,
        grid: Grid,
        sheet: Callable[[], ClassSheet | None],
        *,
        first: int,
        enter: Callable[[int], object],
    ) -> None:
        super().__init__(grid)
        self._desk = desk
        self._grid = grid
        self._sheet = sheet
        self._first = first
        self._enter = enter
        self.on = typing_choices(desk.db).one_column
        grid.model.gate = self._gate
        grid.right.installEventFilter(self)
        grid.agreed.connect(self.go_over)
        grid.dropped.connect(self._go_back)

    def follows(self) -> bool:
        """Whether the column being entered is simply that of the cursor: the setting is off, or none is chosen yet."""
        return not self.on or self._grid.active < self._first

    def reread(self) -> None:
        """After the setting was changed."""
        self.on = typing_choices(self._desk.db).one_column
        self._grid.drop_callout()

    def allows(self, column: int, question: str) -> bool:
        """Whether many cells from a column on may be written: it is entered, or a person says so and it is from now on."""
        if not self._elsewhere(column):
            return True
        sure = self._desk.ask(question, yes=_("Chuyển và ghi"), detail=self._question(column))
        if sure:
            self._enter(column)
        return sure

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if not pressed or not isinstance(event, QKeyEvent) or event.key() not in _ENTERS:
            return False
        column = self._grid.place[1]
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or not self._elsewhere(column):
            return False
        self.go_over(column)
        return True

    def go_over(self, column: int) -> None:
        """Enter a column, and write what was typed there before it was."""
        model = self._grid.model
        self._enter(column)
        for row in self._waiting_rows(column):
            model.write(row, column, model.start_text(row, column))

    def _waiting_rows(self, column: int) -> list[int]:
        """The rows in which a text waits for a column to be entered."""
        model = self._grid.model
        waiting = [(row, model.refusal(row, column)) for row in model.waiting(column)]
        return [row for row, refusal in waiting if refusal is not None and refusal.asks]

    def _elsewhere(self, column: int) -> bool:
        """Whether it is a column of marks that is not the one being entered."""
        sheet, place = self._sheet(), column - self._first
        marks = sheet is not None and bool(sheet.term) and 0 <= place < len(sheet.columns)
        return marks and not self.follows() and column != self._grid.active

    def _gate(self, row: int, column: int, text: str) -> Problem | None:
        """What stands against a text in a column that is not entered."""
        if not self._elsewhere(column):
            return None
        columns = self._grid.model.columns
        n = len({row, *self._waiting_rows(column)})
        words = _("Ghi “{text}” vào {name}?") if text else _("Xóa ô này ở {name}?")
        words = _("Ghi {n} ô đã gõ vào {name}?") if n > 1 else words
        message = words.format(n=n, text=text, name=columns[column].label)
        return Problem(ASKED, message, next=self._question(column))

    def _question(self, column: int) -> str:
        columns = self._grid.model.columns
        words = _("Đang nhập {here}. Chuyển sang nhập {there}?")
        return words.format(here=columns[self._grid.active].label, there=columns[column].label)

    def _go_back(self, row: int, column: int) -> None:
        """After a text was dropped: ask about the one before it, or go back to the column that is entered."""
        if asked := self._waiting_rows(column):
            self._grid.go(asked[-1], column)
        else:
            self._grid.go(row, self._grid.active)
