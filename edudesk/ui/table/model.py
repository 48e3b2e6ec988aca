"""The one table model: frozen records under columns, repainted row by row."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from edudesk.kernel.errors import Problem, Refused, Unavailable
from edudesk.ui.cells import STYLE, Align, CellStyle
from edudesk.ui.table.columns import ASKED, Column, GroupRow, Refusal

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_NOWHERE = QModelIndex()
_READABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_WRITABLE = _READABLE | Qt.ItemFlag.ItemIsEditable


class TableModel(QAbstractTableModel):
    """Frozen records under columns. New records replace old ones row by row: only what differs is repainted.

    `gate(row, column, text)` may stop a text before it is written; `noted(row key, column key, refusal)` hears of every
    text that was not taken, and (None) of its end.
    """

    refused = Signal(int, int)

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.records: list[Any] = []
        self.refusals: dict[tuple[Hashable, str], Refusal] = {}
        self.gate: Callable[[int, int, str], Problem | None] = lambda _row, _column, _text: None
        self.noted: Callable[[Hashable, str, Refusal | None], object] = lambda _row, _column, _refusal: None
        self._keys: list[Hashable] = []
        self._styles: list[dict[int, CellStyle]] = []
        self._key: Callable[[Any], Hashable] = id
        self._order: tuple[str, bool] | None = (
            None  # the column's key, whatever its place, and whether downwards
        )

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns (another subject): the view is laid out anew."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self._styles = [{} for _record in self.records]
        self.endResetModel()

    def set_rows(self, records: Sequence[Any], key: Callable[[Any], Hashable] | None = None) -> None:
        """Show these records; `key` names a record over changes (its id)."""
        self._key = key or self._key
        fresh = self._sorted(list(records))
        keys = [self._key(record) for record in fresh]
        if keys != self._keys:
            self._splice(fresh, keys)
        changed = [row for row, record in enumerate(fresh) if record != self.records[row]]
        if self.refusals:
            self._settle_changed(fresh, changed)
        self.records = fresh
        for first, last in _runs(changed):
            self.redraw(first, last)

    def record(self, row: int) -> Any:
        """The record of a row; None outside."""
        return self.records[row] if 0 <= row < len(self.records) else None

    def key_of(self, record: Any) -> Hashable:
        """The name a record keeps over changes."""
        return self._key(record)

    def row_of(self, key: Hashable) -> int:
        """The row of a key, -1 when it is not shown."""
        return self._keys.index(key) if key in self._keys else -1

    def column_of(self, key: str) -> int:
        """The place of a column, -1 when there is none of that name."""
        return next((place for place, column in enumerate(self.columns) if column.key == key), -1)

    def redraw(self, first: int, last: int) -> None:
        """Forget what rows `first`…`last` looked like and repaint them."""
        for row in range(first, last + 1):
            self._styles[row] = {}
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def style(self, row: int, column: int) -> CellStyle:
        """What a cell looks like, remembered until its record changes."""
        known = self._styles[row]
        if column not in known:
            known[column] = self._made(row, column)
        return known[column]

    def refusal(self, row: int, column: int) -> Refusal | None:
        """The refused text that waits in a cell."""
        if not self.refusals or not 0 <= row < len(self._keys):
            return None
        return self.refusals.get((self._keys[row], self.columns[column].key))

    def settle(self, row: int, column: int) -> None:
        """Drop the refused text of a cell; what is stored shows again."""
        place = (self._keys[row], self.columns[column].key)
        if self.refusals.pop(place, None):
            self.redraw(row, row)
            self.noted(*place, None)

    def restore(self, key: Hashable, column: int, text: str, problems: Sequence[Problem]) -> None:
        """Show a text again that was refused before the rows were read."""
        row = self.row_of(key)
        self.refusals[key, self.columns[column].key] = self._refused(column, text, problems)
        self.redraw(row, row)

    def waiting(self, column: int) -> list[int]:
        """The rows in which a text of the column waits."""
        keys = [row for row, key in self.refusals if key == self.columns[column].key]
        return sorted(row for row in map(self.row_of, keys) if row >= 0)

    def can_edit(self, row: int, column: int) -> bool:
        """Whether something can be typed into the cell."""
        if not (0 <= row < len(self.records) and 0 <= column < len(self.columns)):
            return False
        if self.columns[column].edit is None or isinstance(self.records[row], GroupRow):
            return False
        style = self.style(row, column)
        return not (style.locked or style.off)

    def write(self, row: int, column: int, text: str) -> bool:
        """Write a text into a cell. What is not taken stays in the cell with its reason; False then."""
        edit = self.columns[column].edit
        if edit is None:
            return False
        place = (self._keys[row], self.columns[column].key)
        try:
            if problem := self.gate(row, column, text):
                raise Refused(problem)
            edit.write(self.records[row], text)
        except (Refused, Unavailable) as no:
            self.refusals[place] = self._refused(column, text, no.problems)
            self.redraw(row, row)
            self.noted(*place, self.refusals[place])
            self.refused.emit(row, column)
            return False
        if self.refusals.pop(place, None):
            self.redraw(row, row)
            self.noted(*place, None)
        return True

    def _refused(self, column: int, text: str, problems: Sequence[Problem]) -> Refusal:
        edit = self.columns[column].edit
        asked = bool(problems) and problems[0].code == ASKED
        fixes = edit.fixes(text) if edit and edit.fixes and not asked else ()
        return Refusal(text, tuple(problems), tuple(fixes))

    def _settle_changed(self, fresh: Sequence[Any], changed: Sequence[int]) -> None:
        """A cell that holds another value than before has been written since: what waited in it is settled."""
        for row in changed:
            old, new = self.records[row], fresh[row]
            if isinstance(old, GroupRow) or isinstance(new, GroupRow):
                continue
            for column in self.columns:
                place = (self._keys[row], column.key)
                if place in self.refusals and column.show(old) != column.show(new):
                    del self.refusals[place]
                    self.noted(*place, None)

    def start_text(self, row: int, column: int) -> str:
        """What an editor opens with: the refused text if there is one, else the value."""
        waiting = self.refusal(row, column)
        if waiting:
            return waiting.text
        edit = self.columns[column].edit
        record = self.records[row]
        return edit.start(record) if edit and edit.start else self.columns[column].show(record)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role == STYLE:
            return self.style(index.row(), index.column())
        reader = _READERS.get(role)
        return reader(self, index.row(), index.column()) if reader else None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:  # noqa: N802
        return role == Role.EditRole and self.write(index.row(), index.column(), str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _WRITABLE if self.can_edit(index.row(), index.column()) else _READABLE

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: N802
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Role.DisplayRole:
            return self.columns[section].label
        return self.columns[section].tip or None if role == Role.ToolTipRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns) or self.columns[column].sort is None:
            return
        self._order = (self.columns[column].key, order == Qt.SortOrder.DescendingOrder)
        self.set_rows(self.records)

    def _made(self, row: int, column: int) -> CellStyle:
        record = self.records[row]
        if isinstance(record, GroupRow):
            side: Align = self.columns[column].align if column else "left"
            return CellStyle(record.title if column == 0 else record.note, side, head=True)
        style = self.columns[column].cell(record)
        waiting = self.refusal(row, column)
        if waiting is None:
            return style
        message = waiting.problems[0].sentence
        return style._replace(
            text=waiting.text, chips=(), bad=True, ask=False, owed=False, off=False, tip=message
        )

    def _sorted(self, records: list[Any]) -> list[Any]:
        if self._order is None or any(isinstance(record, GroupRow) for record in records):
            return records
        name, downwards = self._order
        key = next((column.sort for column in self.columns if column.key == name), None)
        return sorted(records, key=key, reverse=downwards) if key else records

    def _splice(self, fresh: list[Any], keys: list[Hashable]) -> None:
        """Replace the stretch of rows that differs, leaving the same head and tail alone."""
        old, new = list(self._keys), keys
        head = _same(old, new)
        tail = min(_same(old[::-1], new[::-1]), min(len(old), len(new)) - head)
        if len(old) > head + tail:
            self.beginRemoveRows(_NOWHERE, head, len(old) - tail - 1)
            for kept in (self.records, self._keys, self._styles):
                del kept[head : len(old) - tail]
            self.endRemoveRows()
        if len(new) > head + tail:
            stop = len(new) - tail
            self.beginInsertRows(_NOWHERE, head, stop - 1)
            self.records[head:head] = fresh[head:stop]
            self._keys[head:head] = keys[head:stop]
            self._styles[head:head] = [{} for _row in range(head, stop)]
            self.endInsertRows()


def _spoken(model: TableModel, row: int, column: int) -> str:
    """“Họ và tên, cột, giá trị” for a screen reader."""
    style = model.style(row, column)
    words = style.text or ", ".join(chip.text for chip in style.chips)
    return f"{model.columns[column].label}: {words}"


def _shown(model: TableModel, row: int, column: int) -> str:
    style = model.style(row, column)
    return style.text or ", ".join(chip.text for chip in style.chips)


_READERS: dict[int, Callable[[TableModel, int, int], Any]] = {
    Role.DisplayRole: _shown,
    Role.EditRole: lambda model, row, column: model.start_text(row, column),
    Role.ToolTipRole: lambda model, row, column: model.style(row, column).tip or None,
    Role.AccessibleTextRole: _spoken,
    Role.AccessibleDescriptionRole: lambda model, row, column: model.style(row, column).tip or None,
}


def _same(keys: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    count = 0
    for a, b in zip(keys, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending numbers as (first, last) of each unbroken run."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
