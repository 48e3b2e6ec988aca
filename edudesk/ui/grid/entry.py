"""The entry grid: two views of one model, the first columns frozen, made for typing down a column.

`Grid(columns, frozen=2)`; `grid.set_rows(records, key=…)`, `grid.set_heads({...})`. Every commit is written at once by
the column's `Edit`; what is refused stays red in its cell with the reason and the likely fixes beside it.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QWidget

from edudesk.ui.grid.refusal import QuestionCallout, RefusalCallout
from edudesk.ui.grid.view import FrozenView, GridView
from edudesk.ui.table.columns import Column, ColumnHead, Refusal
from edudesk.ui.table.model import TableModel
from edudesk.ui.theme import grid_row

ZOOMS = (18, 20, 22)
Index = QModelIndex | QPersistentModelIndex


class Grid(QWidget):
    """`moved(row, column)` follows the cursor; `asked` is F2 on a computed cell, `barred` a key on a locked one.

    `again` is F2 once more in a cell that is being edited. `agreed(column)` when the question about a text that was
    typed in another column was answered with yes, `dropped(row, column)` with no.
    """

    moved = Signal(int, int)
    asked = Signal(int, int)
    again = Signal(int, int)
    barred = Signal(int, int)
    settled = Signal()
    agreed = Signal(int)
    dropped = Signal(int, int)

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None, *, frozen: int = 2) -> None:
        super().__init__(parent)
        self.model = TableModel(columns, self)
        self.left = FrozenView(self.model, self)
        self.right = GridView(self.model, self)
        self.active = -1
        self._frozen = frozen
        self._callout: RefusalCallout | QuestionCallout | None = None
        self._join()
        self._lay_out()
        self.set_row_height(grid_row())

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns: another subject."""
        self.model.refusals.clear()
        self.model.set_columns(columns)
        self._lay_out()

    def set_rows(self, records: Sequence[Any], key: Callable[[Any], Hashable] | None = None) -> None:
        """Show the records; only rows that differ are painted again."""
        self.model.set_rows(records, key)
        for view in (self.left, self.right):
            view.light()

    def set_heads(self, heads: Mapping[str, ColumnHead]) -> None:
        """What the header says of each column, by its key."""
        for view in (self.left, self.right):
            view.head.set_heads(heads)

    def set_active(self, key: str) -> None:
        """The column that is being entered; "" for none."""
        was, self.active = self.active, self.model.column_of(key)
        self.right.paint_.active = self.right.head.active = self.active
        for column in {was, self.active} - {-1}:
            self.right.repaint_column(column)

    def set_row_height(self, height: int) -> None:
        """22, 20 or 18 px; letters keep their size."""
        for view in (self.left, self.right):
            view.verticalHeader().setDefaultSectionSize(height)

    def go(self, row: int, column: int) -> None:
        """Put the cursor on a cell and the keyboard on the grid."""
        self.right.setCurrentIndex(self.model.index(row, column))
        self.right.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def place(self) -> tuple[int, int]:
        """(row, column) of the cursor, (-1, -1) when there is none."""
        here = self.right.currentIndex()
        return here.row(), here.column()

    def cell_rect(self, row: int, column: int) -> QRect:
        """Where a cell stands, in the coordinates of the right half's viewport."""
        return self.right.visualRect(self.model.index(row, column))

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self.drop_callout()
        super().hideEvent(event)

    def _join(self) -> None:
        """One selection, one vertical position, one zoom for both halves."""
        left, right = self.left, self.right
        left.setSelectionModel(right.selectionModel())
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        left.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        left.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right.verticalScrollBar().valueChanged.connect(left.verticalScrollBar().setValue)
        left.verticalScrollBar().valueChanged.connect(right.verticalScrollBar().setValue)
        right.horizontalScrollBar().rangeChanged.connect(self._level)
        left.rowed.connect(self._row_clicked)
        right.asked.connect(self.asked)
        right.again.connect(self.again)
        right.barred.connect(self.barred)
        right.resized.connect(self._stretch)
        right.left_grid.connect(self.focusNextPrevChild)
        for view in (left, right):
            view.zoomed.connect(self._zoom)
        right.selectionModel().currentChanged.connect(self._cursor_moved)
        self.model.refused.connect(self._refused)
        self.setFocusProxy(right)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(right, 1)

    def _lay_out(self) -> None:
        for place, column in enumerate(self.model.columns):
            mine = place < self._frozen
            for view, shown in ((self.left, mine), (self.right, not mine)):
                view.setColumnHidden(place, not shown)
                view.setColumnWidth(place, column.width or 120)
                view.paint_.names = frozenset({self._frozen - 1})
        self.left.setFixedWidth(sum(column.width for column in self.model.columns[: self._frozen]) + 2)
        self._stretch()

    def _stretch(self) -> None:
        """The columns of width 0 share what is left of the right half."""
        columns = self.model.columns[self._frozen :]
        loose = [place for place, column in enumerate(columns, self._frozen) if not column.width]
        room = self.right.viewport().width() - sum(column.width for column in columns)
        for place in loose:
            self.right.setColumnWidth(place, max(140, room // len(loose)))

    def _level(self, _low: int, high: int) -> None:
        """Keep both halves equally high when the right one has a bar below."""
        policy = Qt.ScrollBarPolicy
        self.left.setHorizontalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if high else policy.ScrollBarAlwaysOff
        )

    def _row_clicked(self, row: int) -> None:
        column = self.place[1]
        self.go(row, column if column >= self._frozen else max(self.active, self._frozen))

    def _zoom(self, step: int) -> None:
        now = self.right.verticalHeader().defaultSectionSize()
        place = ZOOMS.index(now) if now in ZOOMS else len(ZOOMS) - 1
        self.set_row_height(ZOOMS[min(max(place + step, 0), len(ZOOMS) - 1)])

    def _cursor_moved(self, current: Index, _previous: Index) -> None:
        if not current.isValid():
            return
        row, column = current.row(), current.column()
        if self.model.refusal(row, column) is not None:
            self.explain(row, column)
        self.moved.emit(row, column)

    def _refused(self, row: int, column: int) -> None:
        self.explain(row, column)

    def explain(self, row: int, column: int) -> None:
        """Say beside the cell why its text was not taken."""
        self.drop_callout()
        waiting = self.model.refusal(row, column)
        if waiting is None or not self.isVisible():
            return
        anchor = self.right.viewport()
        self._callout = self._question(column, waiting) if waiting.asks else RefusalCallout(anchor, waiting)
        if isinstance(self._callout, RefusalCallout):
            self._callout.chosen.connect(lambda text: self._fix(row, column, text))
            self._callout.retype.connect(lambda: self._retype(row, column))
        self._callout.dropped.connect(lambda: self._drop(row, column))
        self._callout.point_at(self.cell_rect(row, column))

    def _question(self, column: int, waiting: Refusal) -> QuestionCallout:
        asked = QuestionCallout(self.right.viewport(), waiting)
        asked.agreed.connect(lambda: self._agree(column))
        return asked

    def _agree(self, column: int) -> None:
        self.drop_callout()
        self.right.setFocus(Qt.FocusReason.OtherFocusReason)
        self.agreed.emit(column)

    def _drop(self, row: int, column: int) -> None:
        """Forget the text; what is stored shows again, and the next text that waits in the column is asked about."""
        asked = self.model.refusal(row, column)
        self.drop_callout()
        self.model.settle(row, column)
        self.right.setFocus(Qt.FocusReason.OtherFocusReason)
        if asked is not None and asked.asks:
            self.dropped.emit(row, column)

    def _fix(self, row: int, column: int, text: str) -> None:
        self.drop_callout()
        self.model.write(row, column, text)
        self.right.setFocus(Qt.FocusReason.OtherFocusReason)
        self.settled.emit()

    def _retype(self, row: int, column: int) -> None:
        self.drop_callout()
        self.go(row, column)
        if self.model.can_edit(row, column):  # locked while the callout stood there, it can only be looked at
            self.right.edit(self.model.index(row, column))

    def drop_callout(self) -> None:
        """Put away what is said beside a cell; what waits in it stays."""
        if self._callout is not None:
            self._callout.dismiss()
            self._callout.deleteLater()
            self._callout = None
