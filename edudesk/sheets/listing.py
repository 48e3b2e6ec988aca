"""Any list from a spreadsheet by its Fields: found by its headings, every refusal at once, a plan before a write.

Who keeps the list says what becomes of a row (`place`): a record that is added, changed or stays, or a refusal. A blank
cell never erases what is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from edudesk.kernel.change import Change, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field, as_text
from edudesk.kernel.note import Note
from edudesk.kernel.words import _
from edudesk.sheets.headings import Columns, Vocabulary, vocabulary
from edudesk.sheets.plan import (
    ADDED,
    CHANGED,
    UNCHANGED,
    FilePlan,
    by_weight,
    heads_of,
    on_sheet,
    row_texts,
    write_refused_rows,
)
from edudesk.sheets.source import Source, open_source, tables_of
from edudesk.sheets.tables import ListRow, ListTable
from edudesk.sheets.values import days_seem_swapped, months_come_first, read_value
from edudesk.storage.births import born
from edudesk.storage.database import Database

__all__ = [
    "ADDED",
    "CHANGED",
    "UNCHANGED",
    "ListLine",
    "ListPlan",
    "PlannedRow",
    "list_changes",
    "plan_list",
    "planned",
    "write_refused_rows",
]


@dataclass(frozen=True, slots=True)
class ListLine:
    """A row that could be read: as the spreadsheet counts it, its values by field, None where a cell is blank."""

    row: int
    values: Mapping[str, Value]
    sheet: str = ""

    @property
    def given(self) -> dict[str, Value]:
        """What the row says: its cells that are not blank."""
        return {key: value for key, value in self.values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of a row: `kind` is "added", "changed" or "unchanged"; `fields` are written, `name` is shown."""

    row: int
    kind: str
    id: str
    name: str
    fields: Mapping[str, Value]
    words: str = ""
    sheet: str = ""


ListPlan = FilePlan[PlannedRow]


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of list: the name of its headings in `headings.toml`, and its fields."""

    name: str
    fields: Sequence[Field]
    persons: bool = False  # whether its names are people's

    @property
    def words(self) -> Vocabulary:
        """Its headings."""
        return vocabulary(self.name, self.fields)


def plan_list(path: Path | Source, kind: ListKind, place: Callable[[ListLine], PlannedRow]) -> ListPlan:
    """Read every list of a kind in a file and say what importing it would do. `place` answers for a row or raises
    Refused.

    Raises Unavailable when the file cannot be read; Refused HEAD_MISSING.
    """
    source = open_source(path)
    tables, notes = tables_of(source, kind.words)
    taker = _Taker(kind, place)
    for table in tables:
        taker.take(table)
    return FilePlan(
        source=source,
        tables=tuple(map(heads_of, tables)),
        rows=tuple(taker.rows),
        refused=tuple(taker.refused),
        warnings=by_weight([*notes, *taker.warnings]),
        cells=row_texts(tables),
    )


@dataclass(slots=True)
class _Taker:
    """Goes through the rows of every list."""

    kind: ListKind
    place: Callable[[ListLine], PlannedRow]
    rows: list[PlannedRow] = field(default_factory=list)
    refused: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)

    def take(self, table: ListTable) -> None:
        """Plan the rows of a list."""
        sheet = table.sheet.name
        self.warnings += on_sheet([*table.notes, *swapped_days(table, self.kind.fields)], sheet)
        for row in table.rows:
            refused, warnings = self._row(table, row)
            self.refused += on_sheet(refused, sheet)
            self.warnings += on_sheet(warnings, sheet)

    def _row(self, table: ListTable, row: ListRow) -> tuple[list[Note], list[Note]]:
        line, refused, warnings = _read(table, row, self.kind)
        if refused:
            return refused, []
        try:
            self.rows.append(replace(self.place(line), sheet=table.sheet.name))
        except Refused as no:
            return [_note(table.columns, row, problem, self.kind.fields) for problem in no.problems], []
        return [], warnings


def swapped_days(table: ListTable, fields: Sequence[Field]) -> list[Note]:
    """One warning for each column of dates that bears the mark of a month-first Excel."""
    notes = []
    for column in fields:
        cells = (
            [table.columns.cell(row.cells, column.key) for row in table.rows] if column.kind == "date" else []
        )
        if cells and days_seem_swapped(cells):
            reason = _("Ngày kiểu chữ đều có ngày trên 12, ngày kiểu Excel đều từ 12 trở xuống.")
            fix = _("Có lẽ Excel đã đổi chỗ ngày và tháng ở các ô kiểu ngày: so vài em với giấy tờ.")
            heading = table.columns.heading(column.key)
            notes.append(Note(table.head_number, heading, "", "DATES_SWAPPED", reason, fix))
        if cells and months_come_first(cells):
            reason = _("Cột có ngày chỉ có thể viết tháng trước ngày sau, như 05/13/2012.")
            fix = _("Cả cột có lẽ viết như thế: sửa trong tệp thành ngày/tháng/năm rồi nhập.")
            heading = table.columns.heading(column.key)
            notes.append(Note(table.head_number, heading, "", "DATES_MONTH_FIRST", reason, fix))
    return notes


def _read(table: ListTable, row: ListRow, kind: ListKind) -> tuple[ListLine, list[Note], list[Note]]:
    values: dict[str, Value] = {}
    refused: list[Note] = []
    warnings: list[Note] = []
    for column in kind.fields:
        cell = table.columns.cell(row.cells, column.key)
        try:
            values[column.key], doubts = read_value(column, cell, person=kind.persons)
            warnings += [_note(table.columns, row, problem, [column]) for problem in doubts]
        except Refused as no:
            refused += [_note(table.columns, row, problem, [column]) for problem in no.problems]
    return ListLine(row.number, values, table.sheet.name), refused, warnings


def _note(columns: Columns, row: ListRow, problem: Problem, fields: Sequence[Field]) -> Note:
    key = problem.field or (fields[0].key if len(fields) == 1 else "")
    label = next((_(column.label) for column in fields if column.key == key), "")
    heading = columns.heading(key) or label
    value = as_text(columns.cell(row.cells, key)) if key else ""
    return Note(row.number, heading, value, problem.code, problem.message, problem.next)


def planned(
    line: ListLine, row_id: str, name: str, fields: Mapping[str, Value], stored: Mapping[str, Value] | None
) -> PlannedRow:
    """A row against what is stored of it (None: nothing yet): added, changed in `fields` that differ, or as it is."""
    if stored is None:
        return PlannedRow(line.row, ADDED, row_id, name, fields)
    differs = {key: value for key, value in fields.items() if stored.get(key) != value}
    return PlannedRow(line.row, CHANGED if differs else UNCHANGED, row_id, name, differs)


def list_changes(db: Database, table: str, plan: ListPlan) -> tuple[Change, ...]:
    """What must be written for a plan of one table."""
    added = {row.id: row.fields for row in plan.rows if row.kind == ADDED}
    changed = {row.id: row.fields for row in plan.rows if row.kind == CHANGED}
    return born(db, table, added) + db.update_all(table, changed)
