"""The list view. A page writes `RecordTable([Column("name", _("Họ và tên"), lambda p: p.name, 160), …])` and then
`table.set_rows(records, key=…)`.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPushButton, QTableView, QWidget

from edudesk.kernel.words import _
from edudesk.ui import icons
from edudesk.ui.cells import CellDelegate
from edudesk.ui.table.columns import Column, Edit, GroupRow, Refusal
from edudesk.ui.table.model import TableModel
from edudesk.ui.theme import BODY, SMALL, font, list_row, token

__all__ = ["Column", "Edit", "GroupRow", "RecordTable", "Refusal", "TableModel"]
HEADER = 32


class ListHeader(QHeaderView):
    """A 32-px header: quiet words, a small arrow where the list is sorted."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(HEADER)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(24)
        self.sorted = (-1, Qt.SortOrder.AscendingOrder)

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:  # noqa: N802
        model = self.model()
        assert isinstance(model, TableModel)
        column = model.columns[logical]
        painter.fillRect(rect, token("sunken"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, token("line2"))
        if column.rule:
            painter.fillRect(rect.right(), rect.top(), 1, rect.height(), token("line"))
        painter.setFont(font(SMALL, True))
        painter.setPen(token("text2"))
        words = rect.adjusted(2 if column.align == "right" else 8, 0, -8, 0)
        heading = painter.fontMetrics().elidedText(column.label, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, _side(column), heading)
        if self.sorted[0] == logical:
            down = self.sorted[1] == Qt.SortOrder.AscendingOrder
            left = words.left() + painter.fontMetrics().horizontalAdvance(column.label) + 4
            painter.drawPixmap(
                left, rect.center().y() - 6, icons.pixmap("chevron-down" if down else "chevron-up", 12)
            )


def _side(column: Column) -> int:
    sides = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight}
    side = sides.get(column.align, Qt.AlignmentFlag.AlignHCenter)
    return int(side | Qt.AlignmentFlag.AlignVCenter)


class RecordTable(QTableView):
    """A list of records. `picked(record)` follows the cursor, `opened(record)` is Enter, F2 or a double click."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, columns: Sequence[Column], parent: QWidget | None = None, *, row: int = 0) -> None:
        """`row` is the height of a row in pixels, 0 for what the person prefers."""
        super().__init__(parent)
        self._model = TableModel(columns, self)
        self._paint = CellDelegate(self)
        self._row_presses: dict[QPushButton, str] = {}
        self.setModel(self._model)
        self.setItemDelegate(self._paint)
        self._header = ListHeader(self)
        self.setHorizontalHeader(self._header)
        self._header.sectionClicked.connect(self._sort)
        self._dress(row or list_row())
        self._lay_out()
        self.doubleClicked.connect(lambda index: self._open(index.row()))

    def set_rows(self, records: Sequence[Any], key: Callable[[Any], Hashable] | None = None) -> None:
        """Show the records; the cursor stays on the record it was on. `key` names a record (its id)."""
        picked = self.picked_key()
        self.clearSpans()
        self._model.set_rows(records, key)
        for row, record in enumerate(self._model.records):
            if isinstance(record, GroupRow):
                self.setSpan(row, 0, 1, len(self._model.columns) - bool(record.note))
        if picked is not None and self.picked_key() != picked:
            self.pick(picked)
        self._light()
        self._offer_presses()

    def enable_on_row(self, *presses: QPushButton) -> None:
        """These buttons do something to the record under the cursor: without one they cannot be pressed, and say so."""
        self._row_presses |= {press: press.toolTip() for press in presses}
        self._offer_presses()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns over the same records."""
        self._model.set_columns(columns)
        self._lay_out()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return self._model.columns

    @property
    def records(self) -> list[Any]:
        """The records in the order shown."""
        return self._model.records

    def current(self) -> Any:
        """The record under the cursor; None when there is none."""
        return self._model.record(self.currentIndex().row())

    def picked_key(self) -> Hashable:
        """The key of the record under the cursor; None when there is none."""
        record = self.current()
        return None if record is None else self._model.key_of(record)

    def pick(self, key: Hashable) -> bool:
        """Put the cursor on the record of a key; False when it is not shown."""
        row = self._model.row_of(key)
        if row < 0:
            return False
        self.setCurrentIndex(self._model.index(row, 0))
        return True

    def currentChanged(  # noqa: N802
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().currentChanged(current, previous)
        self._light()
        for row in {previous.row(), current.row()} - {-1}:
            self.viewport().update(
                QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
            )
        if current.row() != previous.row():
            self._offer_presses()
            self.picked.emit(self.current())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.current() is not None:
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._stretch()

    def _light(self) -> None:
        """Light the row the cursor is on: rows that come or go above it move the cursor and tell nobody."""
        row = self.currentIndex().row()
        if self._paint.lit != row:
            self._paint.lit = row
            self.viewport().update()

    def _offer_presses(self) -> None:
        record = self.current()
        chosen = record is not None and not isinstance(record, GroupRow)
        for press, tip in self._row_presses.items():
            press.setEnabled(chosen)
            press.setToolTip(tip if chosen else _("Chọn một dòng trước."))

    def _open(self, row: int) -> None:
        record = self._model.record(row)
        if record is not None and not isinstance(record, GroupRow):
            self.opened.emit(record)

    def _sort(self, place: int) -> None:
        if self._model.columns[place].sort is None:
            return
        was, order = self._header.sorted
        down = was == place and order == Qt.SortOrder.AscendingOrder
        self._header.sorted = (place, Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder)
        picked = self.picked_key()
        self._model.sort(place, self._header.sorted[1])
        self.pick(picked)
        self._header.viewport().update()

    def _dress(self, row: int) -> None:
        self.setProperty("face", "framed")
        self.setFont(font(BODY))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalHeader().setDefaultSectionSize(row)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()

    def _lay_out(self) -> None:
        columns = self._model.columns
        self._paint.rules = frozenset(place for place, column in enumerate(columns) if column.rule)
        self._paint.names = frozenset(place for place, column in enumerate(columns) if column.names)
        for place, column in enumerate(columns):
            if column.width:
                self.setColumnWidth(place, column.width)
        self._stretch()

    def _stretch(self) -> None:
        """Give the columns of width 0 the room that is left, never less than they need."""
        loose = [place for place, column in enumerate(self._model.columns) if not column.width]
        fixed = sum(column.width for column in self._model.columns)
        for place in loose:
            self.setColumnWidth(
                place, max(self._model.columns[place].least, (self.viewport().width() - fixed) // len(loose))
            )
