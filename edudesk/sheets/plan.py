"""What a plan of any import keeps of the file: its lists, their rows as they stand, and what is said against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from edudesk.kernel.field import as_text
from edudesk.kernel.note import Note
from edudesk.kernel.words import _
from edudesk.sheets.cells import Cell
from edudesk.sheets.source import Where
from edudesk.sheets.tables import ListTable, class_in
from edudesk.sheets.writer import SheetOut, write_sheet

ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"
# What a person looks at first: what may be wrong in the file as a whole, then a row's own doubts, then what is told.
_WEIGHTS = {
    code: weight
    for weight, codes in enumerate(
        (
            ("DATES_MONTH_FIRST", "DATES_SWAPPED", "FONT_OLD", "FONT_DOUBT", "CELLS_BLANK"),
            (
                "NAME_DIFFERS",
                "NAMESAKE",
                "CLASS_MOVED",
                "CLASS_TITLE",
                "YEAR_SHORT",
                "DATE_NUMBER",
                "DATE_TIME",
            ),
            ("BYTE_BAD", "NAME_LETTERS", "ID_ZERO", "AGE"),
            ("NAME_SPELLING", "CELL_FAR", "COLUMN_NOT_READ", "COLUMN_MISSING", "SHEET_SKIPPED"),
            ("ID_MISSING", "BIRTH_MISSING", "COLUMN_UNKNOWN", "ROW_PASSED"),
        )
    )
    for code in codes
}
_USUAL = 2


@dataclass(frozen=True, slots=True)
class Heads:
    """One list of the file: its sheet, heading row, headings in their places, titles, and column → field."""

    sheet: str
    head_row: int
    heads: tuple[str, ...]
    titles: tuple[str, ...] = ()
    keys: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowText:
    """A row as it stands: of which list, and its cells, read as texts only when somebody looks."""

    table: int
    cells: Sequence[Cell]

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells as texts."""
        return tuple(as_text(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class RowQuestion:
    """A row that is asked about: what, and the answers as (code, words). `key` is the field in doubt."""

    sheet: str
    row: int
    key: str
    question: str
    options: tuple[tuple[str, str], ...]


class Refusing(Protocol):
    """What a plan of any import tells of the rows it does not take."""

    @property
    def tables(self) -> tuple[Heads, ...]: ...
    @property
    def refused(self) -> tuple[Note, ...]: ...
    @property
    def cells(self) -> Mapping[Where, RowText]: ...


def heads_of(table: ListTable) -> Heads:
    """What a plan keeps of a list."""
    keys = {place: key for key, places in table.columns.places.items() for place in places}
    return Heads(table.sheet.name, table.head_number, table.heads, table.titles, keys)


def on_sheet(notes: Iterable[Note], sheet: str) -> list[Note]:
    """The notes with the sheet they stand on."""
    return [note if note.sheet else replace(note, sheet=sheet) for note in notes]


def by_weight(notes: Iterable[Note]) -> tuple[Note, ...]:
    """Warnings, the weightiest first; of one weight in the order of the file."""
    return tuple(sorted(notes, key=lambda note: _WEIGHTS.get(note.code, _USUAL)))


def refused_rows(notes: Iterable[Note]) -> list[Where]:
    """The rows that will not be taken, in the order of the file."""
    return list(dict.fromkeys((note.sheet, note.row) for note in sorted(notes, key=lambda note: note.row)))


def write_refused_rows(plan: Refusing, path: Path) -> Path:
    """The refused rows as they were, with a column that says why, to be corrected and imported again.

    Each list on a sheet of its name and under its titles, so that a class that only a title names is not lost.
    """
    reasons: dict[Where, list[str]] = {}
    for note in plan.refused:
        sentence = f"{note.column}: {note.reason}" if note.column else note.reason
        reasons.setdefault((note.sheet, note.row), []).append(f"{sentence} {note.fix}".strip())
    pages = [
        _page(heads, [(plan.cells[where], reasons[where]) for where in rows], several=len(plan.tables) > 1)
        for n, heads in enumerate(plan.tables)
        if (rows := [w for w in refused_rows(plan.refused) if w in plan.cells and plan.cells[w].table == n])
    ]
    write_sheet(path, pages)
    return path


def _page(heads: Heads, rows: Sequence[tuple[RowText, list[str]]], *, several: bool) -> SheetOut:
    wide = len(heads.heads)
    return SheetOut(
        name=heads.sheet if several else _("Dòng lỗi"),
        heads=(*heads.heads, _("Vì sao không nhận")),
        rows=[((*row.texts, *[""] * wide)[:wide] + (" ".join(reasons),)) for row, reasons in rows],
        widths=[*[16] * wide, 60],
        text_columns=frozenset(range(wide + 1)),
        notes=tuple(title for title in heads.titles if class_in(title)),
    )
