"""The editor inside a cell: a line with the ghost of what will be stored, and the keys that commit and move on."""

from collections.abc import Callable
from functools import cache

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from edudesk.kernel.words import _
from edudesk.ui.cells import CellDelegate
from edudesk.ui.table.columns import Edit
from edudesk.ui.table.model import TableModel
from edudesk.ui.theme import BODY, font, token

Index = QModelIndex | QPersistentModelIndex
Hint = QStyledItemDelegate.EndEditHint


@cache
def _moves() -> dict[int, tuple[int, int]]:
    """(rows, columns) by the keys that write a cell and go on."""
    key = Qt.Key
    down: dict[int, tuple[int, int]] = {key.Key_Return: (1, 0), key.Key_Enter: (1, 0), key.Key_Down: (1, 0)}
    return {**down, key.Key_Up: (-1, 0), key.Key_Tab: (0, 1), key.Key_Backtab: (0, -1)}


def move_of(event: QKeyEvent, *, sideways: bool) -> tuple[int, int] | None:
    """(rows, columns) a key moves the cursor by, None for other keys; `sideways` lets the arrows ← → move too."""
    key = event.key()
    if sideways and key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        return 0, 1 if key == Qt.Key.Key_Right else -1
    move = _moves().get(key)
    if move == (1, 0) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return -1, 0
    return move


class CellEditor(QLineEdit):
    """The line in a cell. `typed` tells that it was opened by typing, so that arrows commit as in a sheet."""

    def __init__(self, edit: Edit, parent: QWidget, *, label: str) -> None:
        super().__init__(parent)
        self.edit_ = edit
        self.typed = False
        self.setProperty("kind", "cell")
        self.setFont(font(BODY))
        self.setAccessibleName(label)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, edit.phrases or not edit.letters)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        super().paintEvent(event)
        ghost = self.edit_.ghost(self.text()) if self.edit_.ghost and self.text() else ""
        if not ghost:
            return
        painter = QPainter(self)
        painter.setFont(font(BODY))
        painter.setPen(token("text3"))
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(0, 0, -7, 0), side, "→ " + ghost)
        painter.end()


class EditDelegate(CellDelegate):
    """The painting delegate with an editor. `moved(rows, columns)` asks the grid to go on after a commit.

    `leaving(rows, columns)` says so a moment before, while the editor is still there. `again` is F2 in an open editor: it closes, and whoever listens tells more about the cell.
    """

    leaving = Signal(int, int)
    moved = Signal(int, int)
    again = Signal()
    ranged = False  # whether more than the cursor's cell is selected, and has to be shown

    def __init__(self, parent: QObject | None = None, *, gridded: bool = False) -> None:
        super().__init__(parent, gridded=gridded)
        self.is_picked: Callable[[int, int], bool] = lambda _row, _column: False

    def paint_cell(self, painter: QPainter, rect: QRect, row: int, column: int) -> None:
        """The cell, and a wash over it where it is one of several that are selected."""
        super().paint_cell(painter, rect, row, column)
        if self.ranged and self.is_picked(row, column):
            wash = QColor(token("accent"))
            wash.setAlpha(44)
            painter.fillRect(rect, wash)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        model = index.model()
        assert isinstance(model, TableModel)
        column = model.columns[index.column()]
        assert column.edit is not None
        return CellEditor(column.edit, parent, label=_("Nhập {what}").format(what=column.label))

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802
        model = index.model()
        if isinstance(editor, CellEditor) and isinstance(model, TableModel) and not editor.isModified():
            editor.setText(model.start_text(index.row(), index.column()))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:  # noqa: N802
        if isinstance(editor, CellEditor) and isinstance(model, TableModel):
            unchanged = editor.text() == model.start_text(index.row(), index.column())
            if not unchanged or model.refusal(index.row(), index.column()):
                model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802
        rect: QRect = option.rect
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802
        pressed = event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if not (pressed and isinstance(editor, CellEditor) and isinstance(event, QKeyEvent)):
            return super().eventFilter(editor, event)
        move = move_of(event, sideways=editor.typed)
        if move is None and event.key() != Qt.Key.Key_F2:
            return super().eventFilter(editor, event)
        self.commitData.emit(editor)
        if move is not None:
            self.leaving.emit(*move)
        self.closeEditor.emit(editor, Hint.NoHint)
        if move is None:
            self.again.emit()
        else:
            self.moved.emit(*move)
        return True
