"""The popover of the entry grid: F2 explains a computed number, a key on a locked cell names its lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from edudesk.gradebook.entry.page_key import PageKey
from edudesk.gradebook.register.sheet import SheetLine
from edudesk.gradebook.rules.locks import ask_words
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid

if TYPE_CHECKING:
    from edudesk.ui.callout import Callout

WIDTH = 352


class ExplanationPopover(QObject):
    """`place` answers which page of the register the grid shows, its marks from the column `first` on.

    `history(row, column)` tells what happened to a cell: F2 once more, or at once where nothing is computed.
    """

    def __init__(
        self,
        desk: Desk,
        grid: Grid,
        place: Callable[[], PageKey],
        *,
        first: int,
        history: Callable[[int, int], object],
    ) -> None:
        super().__init__(grid)
        self._desk = desk
        self._grid = grid
        self._place = place
        self._first = first
        self._history = history
        self.callout: Callout | None = None
        grid.asked.connect(self.open)
        grid.barred.connect(self.say_lock)
        grid.moved.connect(lambda _row, _column: self.close())

    def open(self, row: int, column: int) -> None:
        """F2 on a computed cell: how the number came about. On a locked one its history."""
        from edudesk.gradebook.entry.explanation_sheet import explanation_sheet
        from edudesk.gradebook.results.explain import explain_average
        from edudesk.ui.callout import Callout

        line = self._grid.model.record(row)
        if not isinstance(line, SheetLine):
            return
        if self._grid.model.columns[column].key != "average":
            self._history(row, column)
            return
        at = self._place()
        explanation = explain_average(
            self._desk.db, at.class_id, at.code, term=at.term, pupil_id=line.pupil_id
        )
        self.close()
        self.callout = Callout(self._grid.right.viewport(), explanation_sheet(explanation), width=WIDTH)
        self.callout.closed.connect(self._grid.right.setFocus)
        self.callout.again.connect(partial(self._again, row, column))
        self.callout.point_at(self._grid.cell_rect(row, column), below=True, grab=True)

    def close(self) -> None:
        """Put the sheet away."""
        if self.callout is not None:
            self.callout.dismiss()
            self.callout.deleteLater()
            self.callout = None

    def say_lock(self, row: int, column: int) -> None:
        """A key on a locked cell: who locked it, why, and whom to ask."""
        line, place = self._grid.model.record(row), column - self._first
        if not isinstance(line, SheetLine):
            return
        stored = line.lock(place) if 0 <= place < len(line.locks) else line.comment_lock
        if stored and self._grid.model.columns[column].edit is not None:
            self._desk.toast(f"{stored} {ask_words()}")

    def _again(self, row: int, column: int) -> None:
        self.close()
        self._history(row, column)
