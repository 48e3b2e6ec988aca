"""The two binary kinds of workbook (.xls, .xlsb): looked through for what would not do, then read by calamine.

calamine allocates the whole used range and gives no error cells, so the records are walked first: a cell far off the
list, a password, and the cells that hold #N/A are found before it begins.
"""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.words import _
from edudesk.sheets.cells import (
    Cell,
    ErrorCell,
    FilledCells,
    Sheet,
    cell_name,
    moment_cell,
    number_cell,
    sheet_of,
    text_cell,
)
from edudesk.sheets.files import MOST_PART, locked, opened_zip, unreadable

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MOST_RANGE = 4_000_000  # cells of a used range, filled or not
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_XLS_CELLS = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
_FORMULA, _ERROR, _BOUNDS, _BEGIN, _PASSWORD = 0x0006, 0x0205, 0x0085, 0x0809, 0x002F
_XLSB_ERRORS, _XLSB_ROW, _XLSB_LAST_CELL = (3, 11), 0, 11


@dataclass(slots=True)
class Used:
    """What a walk over a sheet's records found: how far it reaches, and its error cells."""

    row: int = -1
    column: int = -1
    errors: dict[tuple[int, int], ErrorCell] = field(default_factory=dict)

    def reach(self, row: int, column: int) -> None:
        """A cell stands here."""
        self.row, self.column = max(self.row, row), max(self.column, column)


def read_binary(path: Path, data: bytes) -> list[tuple[Sheet, bool]]:
    """Every sheet and whether people see it. Raises Unavailable."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    used = _walk_xlsb(path, data) if data.startswith(b"PK") else _walk_xls(path, data)
    for reached in used.values():
        if (reached.row + 1) * (reached.column + 1) > MOST_RANGE:
            raise _far(path, reached)
    with _calamine(path, data) as book:
        return [
            (_sheet(book, sheet.name, used.get(sheet.name)), sheet.visible == SheetVisibleEnum.Visible)
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet
        ]


def _far(path: Path, reached: Used) -> Unavailable:
    cell = cell_name(reached.row, reached.column)
    message = _("Bảng tính kéo tới tận ô {cell}, xa hơn mọi danh sách.").format(cell=cell)
    step = _("Mở bằng Excel, xóa những ô ở cuối bảng rồi lưu lại dạng .xlsx.")
    return Unavailable(Problem("FILE_TOO_LARGE", message, str(path), step))


@contextmanager
def _calamine(path: Path, data: bytes) -> Iterator[CalamineWorkbook]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        yield book
        book.close()
    except PasswordError as error:
        raise locked(path) from error
    except (CalamineError, ValueError, OSError) as error:
        raise unreadable(path) from error
    except BaseException as error:  # a panic of the library is none of Python's own errors
        if type(error).__name__ == "PanicException":
            raise unreadable(path) from error
        raise


def _sheet(book: CalamineWorkbook, name: str, used: Used | None) -> Sheet:
    cells = FilledCells()
    page = book.get_sheet_by_name(name)
    for row, values in enumerate(page.to_python(skip_empty_area=False)):
        line = enumerate(map(_cell, values))
        cells.add(row, {column: cell for column, cell in line if cell is not None})
    for (row, column), error in used.errors.items() if used else ():
        cells.add(row, {column: error})
    merged = page.merged_cell_ranges or []
    return sheet_of(name, cells, [(*first, *last) for first, last in merged])


def _cell(value: object) -> Cell:
    match value:
        case bool():
            return "x" if value else None
        case str():
            return text_cell(value)
        case float() | int():
            return number_cell(repr(value))
        case dt.datetime():
            return moment_cell(value)
        case dt.date():
            return value
    return text_cell(str(value))


# -- .xls: an OLE file with a stream of records


def _walk_xls(path: Path, data: bytes) -> dict[str, Used]:
    try:
        stream = _workbook_stream(data)
        names = dict(_sheets(stream))
        return {name: _walk_sheet(stream, start) for start, name in names.items()}
    except _Password:
        raise locked(path) from None
    except (struct.error, IndexError, ValueError, KeyError, UnicodeError) as error:
        raise unreadable(path) from error


class _Password(Exception):
    """The stream says it is enciphered."""


def _workbook_stream(data: bytes) -> bytes:
    """The stream called Workbook (or Book) of an OLE file."""
    big = 1 << struct.unpack_from("<H", data, 30)[0]
    small = 1 << struct.unpack_from("<H", data, 32)[0]
    count, first_dir, least, first_small = (
        struct.unpack_from("<I", data, place)[0] for place in (44, 48, 56, 60)
    )
    if big not in (512, 4096) or small != 64:
        raise ValueError(big)
    sectors = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    while more < 0xFFFFFFFA and len(sectors) < 1 << 16:
        block = struct.unpack_from(f"<{big // 4}I", data, (more + 1) * big)
        sectors += block[:-1]
        more = block[-1]
    table: list[int] = []
    for sector in sectors[:count]:
        table += struct.unpack_from(f"<{big // 4}I", data, (sector + 1) * big)
    directory = _chain(data, table, first_dir, big)
    entries = [directory[place : place + 128] for place in range(0, len(directory) - 127, 128)]
    root = next(entry for entry in entries if entry[66] == 5)
    stream = next(entry for entry in entries if _entry_name(entry) in ("workbook", "book") and entry[66] == 2)
    start, size = struct.unpack_from("<I", stream, 116)[0], struct.unpack_from("<I", stream, 120)[0]
    if size >= least:
        return _chain(data, table, start, big)[:size]
    small_table = _chain(data, table, first_small, big)
    inner = struct.unpack(f"<{len(small_table) // 4}I", small_table)
    holder = _chain(data, table, struct.unpack_from("<I", root, 116)[0], big)
    return _pieces(holder, list(inner), start, small, 0)[:size]


def _entry_name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(0, length - 2)].decode("utf-16-le", "replace").lower()


def _chain(data: bytes, table: list[int], start: int, size: int) -> bytes:
    return _pieces(data, table, start, size, 1)


def _pieces(data: bytes, table: list[int], start: int, size: int, skip: int) -> bytes:
    pieces: list[bytes] = []
    while start < 0xFFFFFFFA:
        if len(pieces) > len(table):
            raise ValueError("a chain that never ends")
        pieces.append(data[(start + skip) * size : (start + skip + 1) * size])
        start = table[start]
    return b"".join(pieces)


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """(kind, place of the body, length) of the records from a place on."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, start + 4, length
        start += 4 + length


def _sheets(stream: bytes) -> Iterator[tuple[int, str]]:
    for kind, place, _length in _records(stream, 0):
        if kind == _PASSWORD:
            raise _Password
        if kind == _BOUNDS:
            start, _state, _type, letters, wide = struct.unpack_from("<IBBBB", stream, place)
            raw = stream[place + 8 : place + 8 + letters * (2 if wide & 1 else 1)]
            yield start, raw.decode("utf-16-le" if wide & 1 else "latin-1")
        if kind == 0x000A:
            return


def _walk_sheet(stream: bytes, start: int) -> Used:
    used, deep = Used(), 0
    for kind, place, length in _records(stream, start):
        if kind == _BEGIN:
            deep += 1
        elif kind == 0x000A:
            deep -= 1
            if not deep:
                break
        elif deep == 1 and kind in _XLS_CELLS and length >= 6:
            row, column = struct.unpack_from("<HH", stream, place)
            last = struct.unpack_from("<H", stream, place + length - 2)[0] if kind == 0x00BD else column
            used.reach(row, last)
            code = _xls_error(kind, stream[place : place + length])
            if code is not None:
                used.errors[row, column] = ErrorCell(ERRORS.get(code, "#VALUE!"))
    return used


def _xls_error(kind: int, body: bytes) -> int | None:
    if kind == _ERROR and len(body) >= 8 and body[7]:
        return body[6]
    if kind == _FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
        return body[8]
    return None


# -- .xlsb: a zip with streams of records


def _walk_xlsb(path: Path, data: bytes) -> dict[str, Used]:
    parts = opened_zip(path, BytesIO(data))
    names = sorted(
        name for name in parts.namelist() if name.startswith("xl/worksheets/") and name.endswith(".bin")
    )
    try:
        if parts.testzip() is not None:  # a part is not what the directory says of it
            raise unreadable(path)
        titles = _xlsb_titles(parts.read("xl/workbook.bin"), parts.read("xl/_rels/workbook.bin.rels"))
        used: dict[str, Used] = {}
        for name in names:
            with parts.open(name) as stream:
                body = stream.read(MOST_PART + 1)
            title = titles.get(name.removeprefix("xl/"))
            if title is not None:
                used[title] = _walk_xlsb_sheet(body)
        return used
    except (
        struct.error,
        IndexError,
        KeyError,
        ValueError,
        OSError,
        EOFError,
        UnicodeError,
        BadZipFile,
        zlib.error,
    ) as error:
        raise unreadable(path) from error


def _xlsb_records(body: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place < len(body):
        kind, place = body[place], place + 1
        if kind & 0x80:
            kind, place = (kind & 0x7F) | (body[place] << 7), place + 1
        length = shift = 0
        for _byte in range(4):
            byte, place = body[place], place + 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield kind, body[place : place + length]
        place += length


def _xlsb_titles(book: bytes, rels: bytes) -> dict[str, str]:
    """Part of the workbook → the name of its sheet."""
    import re

    text = rels.decode("utf-8")
    targets = {}
    for tag in re.findall(r"<Relationship\b[^>]*>", text):
        given = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        targets[given.get("Id", "")] = given.get("Target", "").lstrip("/").removeprefix("xl/")
    titles = {}
    for kind, body in _xlsb_records(book):
        if kind == 156:  # BrtBundleSh: state, id, relation, name
            row, place = _wide_text(body, 8)
            name, _end = _wide_text(body, place)
            titles[targets.get(row, "")] = name
    return titles


def _wide_text(body: bytes, place: int) -> tuple[str, int]:
    count = struct.unpack_from("<I", body, place)[0]
    if count == 0xFFFFFFFF:
        return "", place + 4
    end = place + 4 + 2 * count
    return body[place + 4 : end].decode("utf-16-le"), end


def _walk_xlsb_sheet(body: bytes) -> Used:
    used, row = Used(), 0
    for kind, record in _xlsb_records(body):
        if kind == _XLSB_ROW:
            row = struct.unpack_from("<I", record)[0]
        elif 1 < kind <= _XLSB_LAST_CELL:
            column = struct.unpack_from("<I", record)[0]
            used.reach(row, column)
            if kind in _XLSB_ERRORS:
                used.errors[row, column] = ErrorCell(ERRORS.get(record[8], "#VALUE!"))
    return used
