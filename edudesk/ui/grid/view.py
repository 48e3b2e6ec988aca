"""One half of a grid: the table view that takes the keys and keeps the input method honest."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from edudesk.ui.grid.copying import copied, selected
from edudesk.ui.grid.editor import CellEditor, EditDelegate, move_of
from edudesk.ui.grid.head import GridHeader
from edudesk.ui.table.model import TableModel
from edudesk.ui.theme import BODY, font, token

Index = QModelIndex | QPersistentModelIndex
_TRIGGERS = (
    QAbstractItemView.EditTrigger.AnyKeyPressed
    | QAbstractItemView.EditTrigger.EditKeyPressed
    | QAbstractItemView.EditTrigger.DoubleClicked
)
_ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect


@cache
def _arrows() -> dict[int, tuple[int, int]]:
    key = Qt.Key
    return {key.Key_Up: (-1, 0), key.Key_Down: (1, 0), key.Key_Left: (0, -1), key.Key_Right: (0, 1)}


class GridView(QTableView):
    """`asked(row, column)` is F2 where nothing can be typed, `barred` any other key there; `zoomed(±1)` is Ctrl and the wheel.

    `again(row, column)` is F2 once more, in the editor the first one opened.

    `emptied(CellBlock)` is Del over several cells; over one it clears that cell.
    """

    asked = Signal(int, int)
    again = Signal(int, int)
    barred = Signal(int, int)
    zoomed = Signal(int)
    left_grid = Signal(bool)
    emptied = Signal(object)
    resized = Signal()

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.sheet = model
        self.paint_ = EditDelegate(self, gridded=True)
        self.paint_.look_of = model.style
        self.paint_.is_picked = self._is_picked
        self.paint_.leaving.connect(self._uncover)
        self.paint_.moved.connect(self.step)
        self.paint_.again.connect(
            lambda: self.again.emit(self.currentIndex().row(), self.currentIndex().column())
        )
        self.setItemDelegate(self.paint_)
        self.setModel(model)
        self.head = GridHeader(self)
        self.setHorizontalHeader(self.head)
        self.setEditTriggers(_TRIGGERS)
        self.setFont(font(BODY))
        self.setShowGrid(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(18)

    def step(self, rows: int, columns: int) -> None:
        """Move the cursor: by rows, or to the next (previous) column that can be written, on to the next row."""
        place = self._place_after(rows, columns)
        if place is not None:
            self._stand(*place)

    def _uncover(self, rows: int, columns: int) -> None:
        """Scroll to where the cursor goes next. Once an editor has closed, Qt paints all cells instead of moving them."""
        place = self._place_after(rows, columns)
        if place is not None:
            self.scrollTo(self.sheet.index(*place))

    def _place_after(self, rows: int, columns: int) -> tuple[int, int] | None:
        here = self.currentIndex()
        if rows:
            return self._next_row(here, rows), here.column()
        return self._next_editable(here.row(), here.column(), columns) if columns else None

    def _is_picked(self, row: int, column: int) -> bool:
        return self.selectionModel().isSelected(self.sheet.index(row, column))

    def _stand(self, row: int, column: int) -> None:
        """Put the cursor on a cell, which alone is selected, whatever keys are held."""
        self.selectionModel().setCurrentIndex(self.sheet.index(row, column), _ALONE)

    def _extend(self, rows: int, columns: int) -> None:
        """Shift and an arrow: move the cursor and select from where that began."""
        here = self.currentIndex()
        block = selected(self)
        if block is None or not here.isValid():
            return
        opposite = (block.top + block.bottom - here.row(), block.left + block.right - here.column())
        row = min(max(here.row() + rows, 0), self.sheet.rowCount() - 1)
        column = min(here.column() + columns, len(self.sheet.columns) - 1)
        if self.isColumnHidden(column):
            return
        spot = self.sheet.index(row, column)
        self.selectionModel().select(QItemSelection(self.sheet.index(*opposite), spot), _ALONE)
        self.selectionModel().setCurrentIndex(spot, QItemSelectionModel.SelectionFlag.NoUpdate)

    def selectionChanged(self, new: QItemSelection, old: QItemSelection) -> None:  # noqa: N802
        self.paint_.ranged = len(self.selectedIndexes()) > 1
        super().selectionChanged(new, old)

    def _next_row(self, here: Index, rows: int) -> int:
        """From a cell that is written, past the rows that are locked there: what is typed next must not be lost."""
        column, end = here.column(), self.sheet.rowCount()
        row = here.row() + rows
        if self.sheet.can_edit(here.row(), column):
            while 0 <= row < end and not self.sheet.can_edit(row, column):
                row += rows
            return row if 0 <= row < end else here.row()
        return min(max(row, 0), end - 1)

    def _next_editable(self, row: int, column: int, step: int) -> tuple[int, int] | None:
        wide = len(self.sheet.columns)
        total = wide * self.sheet.rowCount()
        place = row * wide + column + step
        while 0 <= place < total:
            at = divmod(place, wide)
            if not self.isColumnHidden(at[1]) and self.sheet.can_edit(*at):
                return at
            place += step
        return None

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Tab goes along the cells that can be written; past the last of them it leaves, as it does anywhere."""
        here = self.currentIndex()
        inside = self._next_editable(here.row(), here.column(), 1 if forward else -1) is not None
        return False if inside else super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        here = self.currentIndex()
        modifier = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        more = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and event.key() in _arrows()
        move = None if modifier or more else move_of(event, sideways=False)
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and modifier:
            self.left_grid.emit(event.key() == Qt.Key.Key_Tab)
        elif more and not modifier:
            self._extend(*_arrows()[event.key()])
        elif move is not None:
            self.step(*move)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.key() == Qt.Key.Key_F2 and not self.sheet.can_edit(here.row(), here.column()):
            self.asked.emit(here.row(), here.column())
        elif event.key() == Qt.Key.Key_Delete:
            self._clear(here)
        elif modifier or not event.text() or not event.text().isprintable():
            super().keyPressEvent(event)
        else:
            self._letter(event, here)

    def _copy(self) -> None:
        block = selected(self)
        if block is not None:
            QGuiApplication.clipboard().setText(copied(self.sheet, block))

    def _clear(self, here: Index) -> None:
        if self.paint_.ranged:
            self.emptied.emit(selected(self))
        elif self.sheet.refusal(here.row(), here.column()):
            self.sheet.settle(here.row(), here.column())  # what was typed goes, what is stored stays
        elif self.sheet.can_edit(here.row(), here.column()):
            self.sheet.write(here.row(), here.column(), "")
        else:
            self.barred.emit(here.row(), here.column())

    def _letter(self, event: QKeyEvent, here: Index) -> None:
        """A printable key: writes at once, or opens the editor. What is no mark is refused in words when it is done."""
        if not self.sheet.can_edit(here.row(), here.column()):
            self.barred.emit(here.row(), here.column())
            return
        edit = self.sheet.columns[here.column()].edit
        assert edit is not None
        if edit.letters and event.text() == " ":
            return  # a blank would be read as nothing, and clear the cell
        word = edit.keys.get(event.text().upper())
        if word is not None:
            self.sheet.write(here.row(), here.column(), word)
        else:
            super().keyPressEvent(event)
            editor = self.indexWidget(here)
            if isinstance(editor, CellEditor):
                editor.typed = True

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Words that are composed reach the cells that take words, and no mark."""
        if self.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            super().inputMethodEvent(event)
        else:
            event.ignore()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802
        """A sheet is not searched by typing."""

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        super().currentChanged(current, previous)
        self._allow_input_method()
        self.paint_.cursor, self.paint_.lit = (current.row(), current.column()), current.row()
        for row in {previous.row(), current.row()} - {-1}:
            self.repaint_row(row)

    def light(self) -> None:
        """Draw the cursor where it is: rows that come or go above it move it and tell nobody."""
        current = self.currentIndex()
        place = (current.row(), current.column())
        if self.paint_.cursor != place:
            self.paint_.cursor, self.paint_.lit = place, current.row()
            self.viewport().update()

    def dataChanged(self, first: Index, last: Index, _roles: Sequence[int] = ()) -> None:  # noqa: N802
        """Paint the rows that changed; the view's own answer is to paint all of them."""
        top = self.rowViewportPosition(first.row())
        bottom = self.rowViewportPosition(last.row()) + self.rowHeight(last.row())
        self.viewport().update(QRect(0, top, self.viewport().width(), bottom - top))

    def focusInEvent(self, _event: QFocusEvent) -> None:  # noqa: N802
        """Instead of the view's own, which paints every cell whenever an editor opens or closes."""
        self._allow_input_method()
        self.repaint_row(self.currentIndex().row())

    def focusOutEvent(self, _event: QFocusEvent) -> None:  # noqa: N802
        self.repaint_row(self.currentIndex().row())

    def _allow_input_method(self) -> None:
        """On in cells that take words, off in cells that take marks, where it would swallow keys."""
        here = self.currentIndex()
        edit = self.sheet.columns[here.column()].edit if here.isValid() else None
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, bool(edit and not edit.letters))

    def repaint_row(self, row: int) -> None:
        """Paint one row again."""
        self.viewport().update(
            QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))
        )

    def repaint_column(self, column: int) -> None:
        """Paint one column and its head again."""
        left, wide = self.columnViewportPosition(column), self.columnWidth(column)
        self.viewport().update(QRect(left, 0, wide, self.viewport().height()))
        self.head.repaint_section(column)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """The cells of the region and nothing around them, instead of the view's own way through style and model.

        The ground first: the view is opaque, so that what is scrolled is moved and not painted again.
        """
        self.executeDelayedItemsLayout()
        self.paint_.ratio = self.devicePixelRatioF()
        painter = QPainter(self.viewport())
        for rect in event.region():  # type: ignore[attr-defined]  # iterable, though its stub does not say so
            painter.fillRect(rect, token("surface"))
            self._paint_cells(painter, rect)
        painter.end()

    def _paint_cells(self, painter: QPainter, rect: QRect) -> None:
        columns = [
            (column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in range(len(self.sheet.columns))
            if not self.isColumnHidden(column)
        ]
        columns = [
            record for record in columns if record[1] <= rect.right() and record[1] + record[2] > rect.left()
        ]
        first, last = self.rowAt(rect.top()), self.rowAt(rect.bottom())
        end = last if last >= 0 else self.sheet.rowCount() - 1
        for row in range(first, end + 1) if first >= 0 else ():
            top, high = self.rowViewportPosition(row), self.rowHeight(row)
            for column, left, wide in columns:
                self.paint_.paint_cell(painter, QRect(left, top, wide, high), row, column)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


class FrozenView(GridView):
    """The left half: it shows who the row is. A click puts the cursor on that row of the other half."""

    rowed = Signal(int)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        row = self.rowAt(int(event.position().y()))
        if row >= 0:
            self.rowed.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self.mousePressEvent(event)
