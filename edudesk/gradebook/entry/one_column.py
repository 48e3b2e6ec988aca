"""One column at a time: what is typed lands in the column being entered, and another is entered only when one says so."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from edudesk.gradebook.entry.strip import Offer, Strip
from edudesk.gradebook.register.sheet import ClassSheet
from edudesk.gradebook.register.typing_choices import typing_choices
from edudesk.kernel.words import N_, _
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid

KEYS = (
    (N_("Enter, ở cột khác"), N_("Chuyển sang nhập cột đó")),
    (N_("phím cách"), N_("Trả lời “chuyển” khi được hỏi; Esc về cột đang nhập")),
)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class OneColumn(QObject):
    """Watches the keys of the grid while its setting is on.

    The cursor may go anywhere. In a column that is not entered Enter begins to enter it; a mark typed there is not
    taken, but asked about in `strip`: Space goes over, Esc goes back. Enter is no answer then, because whoever types
    with the eyes on the paper presses it after every mark. `enter(column)` (of the grid) must make the column active.
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
        self.strip = Strip(grid.right)
        grid.right.installEventFilter(self)
        grid.right.viewport().installEventFilter(self)
        grid.moved.connect(lambda _row, _column: self.strip.clear())

    def follows(self) -> bool:
        """Whether the column being entered is simply that of the cursor: the setting is off, or none is chosen yet."""
        return not self.on or self._grid.active < self._first

    def reread(self) -> None:
        """After the setting was changed."""
        self.on = typing_choices(self._desk.db).one_column
        self.strip.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.MouseButtonDblClick:
            return self._elsewhere() and self._ask()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not self._elsewhere():
            return False
        return self._asked(event) if not self.strip.isHidden() else self._first_key(event)

    def _elsewhere(self) -> bool:
        """Whether the cursor stands in a column of marks that is not the one being entered."""
        sheet, place = self._sheet(), self._grid.place[1] - self._first
        marks = sheet is not None and bool(sheet.term) and 0 <= place < len(sheet.columns)
        return marks and not self.follows() and self._grid.place[1] != self._grid.active

    def _first_key(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTERS and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._go_over()
            return True
        return _writes(event) and self._ask()

    def _ask(self) -> bool:
        """Ask where the mark is meant to go; False where none can be written anyway."""
        if not self._grid.model.can_edit(*self._grid.place):
            return False
        columns = self._grid.model.columns
        there, here = columns[self._grid.place[1]].label, columns[self._grid.active].label
        said = _("Đang nhập {here}. Chuyển sang nhập {there}?").format(here=here, there=there)
        offers = [
            Offer(_("Chuyển"), self._go_over, _("phím cách")),
            Offer(_("Về {here}").format(here=here), self._go_back, "Esc"),
        ]
        self.strip.ask(said, offers, tip=_("Điểm vừa gõ chưa được ghi."))
        return True

    def _asked(self, event: QKeyEvent) -> bool:
        """While it is asked only Space, Esc and what moves the cursor do anything."""
        if event.key() == Qt.Key.Key_Space:
            self._go_over()
        elif event.key() == Qt.Key.Key_Escape:
            self._go_back()
        elif event.key() not in _ENTERS and not _writes(event):
            return False
        return True

    def _go_over(self) -> None:
        self.strip.clear()
        self._enter(self._grid.place[1])

    def _go_back(self) -> None:
        self._grid.go(self._grid.place[0], self._grid.active)


def _writes(event: QKeyEvent) -> bool:
    """Whether a key would change the cell: a letter, a digit, F2, Del."""
    if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
        return not event.modifiers()
    return bool(event.text()) and event.text().isprintable() and not event.modifiers() & _HELD
