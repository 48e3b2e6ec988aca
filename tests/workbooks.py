"""Spreadsheets as another program leaves them: every value kept, no protection, no validation, no metadata."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import python_calamine
import xlsxwriter

Rows = list[list[object]]
Book = dict[str, Rows]


def read_book(path: Path) -> tuple[Book, set[str]]:
    """Every sheet with its cells, and the names of those hidden."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    hidden = {
        one.name for one in book.sheets_metadata if one.visible != python_calamine.SheetVisibleEnum.Visible
    }
    found: Book = {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in book.sheet_names
    }
    book.close()
    return found, hidden


def resave(path: Path, edit: Callable[[Book], object] = lambda _book: None) -> Path:
    """Read a workbook, let somebody edit it, and write it as an office program would."""
    book, hidden = read_book(path)
    edit(book)
    out = xlsxwriter.Workbook(str(path))
    day = out.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in book.items():
        page = out.add_worksheet(name)
        for row, cells in enumerate(rows):
            for place, value in enumerate(cells):
                if isinstance(value, dt.date):
                    page.write_datetime(row, place, dt.datetime.combine(value, dt.time()), day)
                elif isinstance(value, int | float | Decimal):
                    page.write_number(row, place, value)
                elif value:
                    page.write_string(row, place, str(value))
        if name in hidden:
            page.hide()
    out.close()
    return path


def put(sheet: str, name: str, slot: str, value: object) -> Callable[[Book], None]:
    """Write a value into the row of a pupil's name and the column of a slot of a form."""

    def edit(book: Book) -> None:
        rows = book[sheet]
        place = rows[0].index(slot)
        next(row for row in rows if name in row)[place] = value

    return edit
