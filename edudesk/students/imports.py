"""A class list from Excel or CSV: first a plan that says what would happen row by row, then one Step.

Rows are matched to pupils by sector code, then personal number, then exact name and birth date in the class; so
importing the same file twice changes nothing. A blank cell never erases what is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.note import Note
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import _
from edudesk.school.rules import class_key
from edudesk.school.store import classes, require_year
from edudesk.school.store_setup import class_changes
from edudesk.sheets.listing import swapped_days
from edudesk.sheets.plan import Heads, RowQuestion, RowText, by_weight, heads_of, on_sheet, refused_rows
from edudesk.sheets.source import Source, Where, open_source, tables_of
from edudesk.sheets.tables import ListTable
from edudesk.storage.database import Database
from edudesk.students.columns import pupil_words
from edudesk.students.fields import FIELDS
from edudesk.students.import_match import Matcher
from edudesk.students.import_numbers import number_rows
from edudesk.students.import_rows import PlannedRow, ReadRow, RowReader, missing_columns
from edudesk.students.store import born_pupil, enrol_changes


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What importing a file would do, and everything said against it. Nothing has been written."""

    source: Source
    year: int
    tables: tuple[Heads, ...]
    rows: tuple[PlannedRow, ...]
    refused: tuple[Note, ...]
    warnings: tuple[Note, ...]
    asked: tuple[RowQuestion, ...]
    new_classes: tuple[str, ...]
    cells: dict[Where, RowText] = field(repr=False, default_factory=dict)

    def count(self, kind: str) -> int:
        """How many rows are "added", "changed" or "unchanged"."""
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


def plan_import(
    db: Database,
    path: Path | Source,
    *,
    year: int,
    class_text: str = "",
    create_classes: bool = False,
    progress: Progress = SILENT,
) -> ImportPlan:
    """Read a file and say what importing it would do. `class_text` is the class of rows that name none.

    Raises Unavailable when the file cannot be read, Refused when its headings cannot be understood.
    """
    require_year(db, year)
    progress.step(0, 3, _("Đọc tệp"))
    source = open_source(path)
    tables, notes = tables_of(source, pupil_words())
    progress.step(1, 3, _("Soát từng dòng"))
    read = [
        [reader.read(row) for row in table.rows] for table in tables for reader in [RowReader(table, year)]
    ]
    rows = [row for part in read for row in part]
    progress.step(2, 3, _("So với dữ liệu đang có"))
    matcher = Matcher(db, year, default_class=class_text, create_classes=create_classes)
    matcher.answers = source.answers
    planned = matcher.place_all(rows)
    new = [sum(_is_new(planned.get(id(row))) for row in part) for part in read]
    notes += missing_columns(list(zip(tables, new, strict=True)))
    notes += [note for table in tables for note in _of_table(table)]
    numbered, taken = number_rows(db, year, [planned[id(row)] for row in rows if id(row) in planned])
    notes += taken
    return ImportPlan(
        source=source,
        year=year,
        tables=tuple(map(heads_of, tables)),
        rows=numbered,
        refused=tuple(note for row in rows for note in row.refused),
        warnings=by_weight([*notes, *(n for row in rows if not row.refused for n in row.warnings)]),
        asked=tuple(matcher.questions),
        new_classes=tuple(matcher.new_classes.values()),
        cells=_texts(tables, read),
    )


def _is_new(row: PlannedRow | None) -> bool:
    return row is not None and row.kind == "added"


def _of_table(table: ListTable) -> list[Note]:
    return on_sheet([*table.notes, *swapped_days(table, FIELDS)], table.sheet.name)


def _texts(tables: list[ListTable], read: list[list[ReadRow]]) -> dict[Where, RowText]:
    return {
        (row.sheet, row.row): RowText(n, source.cells)
        for n, (table, part) in enumerate(zip(tables, read, strict=True))
        for row, source in zip(part, table.rows, strict=True)
    }


def apply_import(db: Database, plan: ImportPlan) -> Step:
    """Write a plan as one Step, which one undo takes back.

    Raises Refused CLASS_UNKNOWN where a class is gone since, ROW_THERE or ROW_MISSING where a pupil came or went.
    """
    changes: list[Change] = []
    if plan.new_classes:
        changes += class_changes(db, plan.year, plan.new_classes)
    class_ids = {class_key(school_class.name): school_class.id for school_class in classes(db, plan.year)}
    class_ids |= {
        class_key(str(change.fields["name"])): change.row
        for change in changes
        if change.table == "school_class"
    }
    _require_classes(plan, class_ids)
    for row in plan.rows:
        if row.kind == "unchanged":
            continue
        class_id = class_ids[row.class_key]
        if row.kind == "added":
            changes += born_pupil(db, row.pupil_id, row.fields)
        else:
            changes += db.update("pupil", row.pupil_id, **row.fields)
        stored = db.one(
            "select class_id from enrolment where pupil_id = ? and year = ? and gone = 0",
            (row.pupil_id, plan.year),
        )
        if stored is None or stored[0] != class_id:
            changes += enrol_changes(db, row.pupil_id, plan.year, class_id, number=row.number)
    label = _("Nhập {n} học sinh từ {file}")
    n = plan.count("added") + plan.count("changed")
    return db.do(Step(label.format(n=n, file=plan.path.name), tuple(changes)))


def _require_classes(plan: ImportPlan, class_ids: Mapping[str, str]) -> None:
    gone = sorted({row.class_key for row in plan.rows if row.kind != "unchanged"} - class_ids.keys())
    if gone:
        step = _("Chọn lại tệp để xem trước lần nữa.")
        raise Refused(*(Problem("CLASS_UNKNOWN", _("Không còn lớp này."), name, step) for name in gone))
