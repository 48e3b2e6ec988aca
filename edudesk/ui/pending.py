"""Texts a grid did not accept: kept on this PC at once, counted where they are seen, shown again after a restart."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.pending import PendingCell, PendingPage, drop_pending, keep_pending, pending
from edudesk.ui.parts import button
from edudesk.ui.table.columns import Refusal

if TYPE_CHECKING:
    from edudesk.ui.grid.entry import Grid


class PendingTexts(QObject):
    """All that waits on this PC; one per window. `changed` when there is more or less of it.

    `unasked` are the pages of the window on which something has come to wait since a person was last asked about it.
    """

    changed = Signal()

    def __init__(self, db: Database, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._db = db
        self.cells = pending(db)
        self.unasked: set[str] = set()

    def keep(self, cell: PendingCell) -> None:
        """Keep a text that was not accepted."""
        keep_pending(self._db, cell)
        self.unasked.add(cell.sheet.page)
        self._reread()

    def drop(self, sheet: PendingPage, row: str, column: str) -> None:
        """What waits in a cell was accepted, or is not wanted any more."""
        if any(cell.at(sheet, row, column) for cell in self.cells):
            drop_pending(self._db, sheet, row, column)
            self._reread()

    def on(self, page: str) -> list[PendingCell]:
        """What waits on one page of the window."""
        return [cell for cell in self.cells if cell.sheet.page == page]

    def lines(self, cells: Sequence[PendingCell]) -> str:
        """“6A1 · Toán · HK I: 2 ô”, a line for each page of cells."""
        counted: dict[str, int] = {}
        for cell in cells:
            counted[cell.sheet.words] = counted.get(cell.sheet.words, 0) + 1
        return "\n".join(_("{place}: {n} ô").format(place=place, n=n) for place, n in counted.items())

    def _reread(self) -> None:
        self.cells = pending(self._db)
        self.changed.emit()


def count_words(n: int) -> str:
    """“2 ô chưa nhận”."""
    return _("{n} ô chưa nhận").format(n=n)


class PendingCells(QObject):
    """Between one grid and what is kept: `open(sheet)` after its rows are shown; `badge` counts and leads to the next."""

    def __init__(self, texts: PendingTexts, grid: Grid) -> None:
        super().__init__(grid)
        self._texts = texts
        self._grid = grid
        self._sheet: PendingPage | None = None
        self.badge = button("", kind="low", icon="refused", tip=_("Tới ô chưa nhận"), on=self.to_next)
        self.badge.hide()
        grid.model.noted = self._noted
        texts.changed.connect(self._count)

    def close(self) -> None:
        """No sheet is shown, or another one will be."""
        self._sheet = None
        self._count()

    def open(self, sheet: PendingPage) -> None:
        """Put what waits on the sheet back into its cells; what has no cell any more is dropped."""
        self._sheet = sheet
        model = self._grid.model
        for cell in [cell for cell in self._texts.cells if cell.sheet.same(sheet)]:
            column = model.column_of(cell.column)
            if column < 0 or model.row_of(cell.row) < 0:
                self._texts.drop(sheet, cell.row, cell.column)
            else:
                model.restore(cell.row, column, cell.text, cell.problems)
        self._count()

    def shows(self, cell: PendingCell) -> bool:
        """Whether the cell is on the sheet that is shown."""
        return (
            self._sheet is not None
            and self._sheet.same(cell.sheet)
            and self._grid.model.row_of(cell.row) >= 0
        )

    def to_next(self) -> None:
        """Put the cursor on the next cell that waits, after the one it is on."""
        model = self._grid.model
        places = sorted((model.column_of(str(column)), model.row_of(row)) for row, column in model.refusals)
        here = (self._grid.place[1], self._grid.place[0])
        after = [place for place in places if place > here] or places
        if after:
            self._grid.go(after[0][1], after[0][0])

    def _noted(self, row: Hashable, column: str, refusal: Refusal | None) -> None:
        if self._sheet is None:
            return
        if refusal is None:
            self._texts.drop(self._sheet, str(row), column)
        else:
            problems: tuple[Problem, ...] = refusal.problems
            self._texts.keep(PendingCell(self._sheet, str(row), column, refusal.text, problems))

    def _count(self) -> None:
        sheet = self._sheet
        n = 0 if sheet is None else sum(cell.sheet.same(sheet) for cell in self._texts.cells)
        self.badge.setText(count_words(n) if n else "")
        self.badge.setVisible(n > 0)
        for view in (self._grid.left, self._grid.right):
            view.head.viewport().update()
