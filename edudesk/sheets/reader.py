"""Spreadsheets as schools have them, read into plain cells by row and column as the spreadsheet counts them.

Nothing of what they mean. A file is bytes within bounds (`files`), its kind is told by its first bytes, and what reads
it never takes more room than what is filled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.words import _
from edudesk.sheets.cells import Cell, ErrorCell, Sheet
from edudesk.sheets.files import OLE, ZIP, file_bytes, is_encrypted_office, locked, opened_zip, unreadable
from edudesk.sheets.plaintext import read_text

__all__ = [
    "READS",
    "Book",
    "Cell",
    "ErrorCell",
    "Sheet",
    "read_book",
    "read_hidden",
    "read_sheet",
    "sheet_names",
]
READS = ".xlsx .xlsm .xls .xlsb .ods .csv .txt"
TEXTS = (".csv", ".txt", ".tsv")


@dataclass(frozen=True, slots=True)
class Book:
    """A file as read: `sheets` are those people see, `hidden` the others."""

    path: Path
    sheets: tuple[Sheet, ...]
    hidden: tuple[Sheet, ...] = ()


def read_book(path: Path) -> Book:
    """Every sheet of a file.

    Raises Unavailable: FILE_MISSING, FILE_LOCKED, FILE_PASSWORD, FILE_UNREADABLE, FILE_TOO_LARGE.
    """
    data = file_bytes(path)
    if path.suffix.lower() in TEXTS and not data.startswith((ZIP, OLE)):
        return Book(path, (read_text(path, data),))
    if data.startswith(OLE):
        if is_encrypted_office(data):
            raise locked(path)
        return _sorted(path, _binary(path, data))
    if data.startswith(ZIP):
        return _sorted(path, _zipped(path, data))
    raise unreadable(path)


def _sorted(path: Path, sheets: Sequence[tuple[Sheet, bool]]) -> Book:
    shown = tuple(sheet for sheet, visible in sheets if visible)
    return Book(path, shown, tuple(sheet for sheet, visible in sheets if not visible))


def _binary(path: Path, data: bytes) -> list[tuple[Sheet, bool]]:
    from edudesk.sheets.binary import read_binary

    return read_binary(path, data)


def _zipped(path: Path, data: bytes) -> list[tuple[Sheet, bool]]:
    from io import BytesIO

    with opened_zip(path, BytesIO(data)) as parts:
        names = set(parts.namelist())
    if "content.xml" in names:
        from edudesk.sheets.ods import read_ods

        return [(page.sheet, page.visible) for page in read_ods(path, data)]
    if "xl/workbook.bin" in names:
        return _binary(path, data)
    from edudesk.sheets.xlsx import open_xlsx
    from edudesk.sheets.xlsx_cells import read_sheet_part

    book = open_xlsx(path, data)
    return [(read_sheet_part(book, part), part.visible) for part in book.sheets]


def sheet_names(path: Path) -> list[str]:
    """The names of a workbook's visible sheets; a text file has one, named after it. Raises Unavailable."""
    return [sheet.name for sheet in read_book(path).sheets]


def read_hidden(path: Path, sheet: str) -> Sheet | None:
    """A sheet by name whether it is shown or hidden; None when the workbook has none. Raises Unavailable."""
    if path.suffix.lower() in TEXTS:
        return None
    book = read_book(path)
    return next((page for page in (*book.sheets, *book.hidden) if page.name == sheet), None)


def read_sheet(path: Path, sheet: str | None = None) -> Sheet:
    """A sheet by name, or the first one that holds anything.

    Cells: composed text, int, Decimal, date, ErrorCell, None for blank. Raises Unavailable as `read_book`, and
    SHEET_MISSING.
    """
    sheets = read_book(path).sheets
    names = [page.name for page in sheets]
    if sheet is not None and sheet not in names:
        message = _("Tệp không có trang “{name}”.").format(name=sheet)
        step = _("Các trang: {names}.").format(names=", ".join(names))
        raise Unavailable(Problem("SHEET_MISSING", message, path.name, step))
    wanted = [page for page in sheets if sheet in (None, page.name)]
    return next((page for page in wanted if page.rows), wanted[0] if wanted else Sheet(path.stem, []))
