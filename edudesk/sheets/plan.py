"""What a plan of any import keeps of the file: its lists, their rows as they stand, and what is said against them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from edudesk.kernel.field import as_text
from edudesk.kernel.note import Note
from edudesk.kernel.words import _
from edudesk.sheets.cells import Cell
from edudesk.sheets.source import Source, Where
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


class Planned(Protocol):
    """A row that will be taken."""

    @property
    def row(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def sheet(self) -> str: ...


R = TypeVar("R", bound=Planned)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePlan(Generic[R]):
    """What importing a file would do, and everything said against it. Nothing has been written.

    `rows` are those that will be taken, each of the kind "added", "changed" or "unchanged".
    """

    source: Source
    tables: tuple[Heads, ...]
    rows: tuple[R, ...]
    refused: tuple[Note, ...]
    warnings: tuple[Note, ...] = ()
    cells: Mapping[Where, RowText] = field(repr=False, default_factory=dict)

    def count(self, kind: str) -> int:
        """How many rows are of a kind."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def path(self) -> Path:
        """The file."""
        return self.source.path

    @property
    def sheet(self) -> str:
        """The sheets the lists are on."""
        return ", ".join(dict.fromkeys(table.sheet for table in self.tables))

    @property
    def head_row(self) -> int:
        """The heading row of the first list."""
        return self.tables[0].head_row

    @property
    def heads(self) -> tuple[str, ...]:
        """The headings of the first list."""
        return self.tables[0].heads

    @property
    def refused_rows(self) -> list[int]:
        """The rows that will not be taken, as Excel counts them."""
        return [row for _sheet, row in refused_rows(self.refused)]


def row_texts(tables: Sequence[ListTable]) -> dict[Where, RowText]:
    """Every row of the lists as it stands."""
    return {
        (table.sheet.name, row.number): RowText(n, row.cells)
        for n, table in enumerate(tables)
        for row in table.rows
    }


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


def write_refused_rows(plan: FilePlan[Any], path: Path) -> Path:
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
