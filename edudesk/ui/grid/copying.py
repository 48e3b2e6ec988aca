"""What is selected in a grid, and its text as a spreadsheet takes it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QTableView

from edudesk.ui.table.model import TableModel

_QUOTED = frozenset('\t\r\n"')


@dataclass(frozen=True, slots=True)
class CellBlock:
    """A rectangle of cells, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


def selected(view: QTableView) -> CellBlock | None:
    """The selection, or the cell of the cursor; None where there is neither."""
    places = [(index.row(), index.column()) for index in view.selectionModel().selectedIndexes()]
    here = view.currentIndex()
    if not places and here.isValid():
        places = [(here.row(), here.column())]
    if not places:
        return None
    rows, columns = {row for row, _column in places}, {column for _row, column in places}
    return CellBlock(min(rows), min(columns), max(rows), max(columns))


def copied(model: TableModel, block: CellBlock) -> str:
    """The cells with tabs between and a line each, decimals with a comma as shown; "–" is an empty cell."""
    return "\n".join(
        "\t".join(_text(model, row, column) for column in range(block.left, block.right + 1))
        for row in range(block.top, block.bottom + 1)
    )


def _text(model: TableModel, row: int, column: int) -> str:
    style = model.style(row, column)
    text = "" if style.off else style.text or ", ".join(chip.text for chip in style.chips)
    return '"' + text.replace('"', '""') + '"' if _QUOTED & set(text) else text
