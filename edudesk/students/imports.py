"""A class list from Excel or CSV: first a plan that says what would happen row by row, then one Step.

Rows are matched to pupils by sector code, then personal number, then name and birth date in the class; so importing
the same file twice changes nothing. A blank cell never erases what is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edudesk.kernel.change import Change, Step
from edudesk.kernel.field import as_text
from edudesk.kernel.note import Note
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import _
from edudesk.school.rules import class_key
from edudesk.school.store import classes, require_year
from edudesk.school.store_setup import class_changes
from edudesk.storage.database import Database
from edudesk.storage.sheets import read_sheet
from edudesk.students.columns import find_columns
from edudesk.students.import_match import Matcher
from edudesk.students.import_rows import PlannedRow, RowReader
from edudesk.students.store import born_pupil, enrol_changes


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What importing a file would do, and everything said against it. Nothing has been written."""

    path: Path
    sheet: str
    year: int
    head_row: int
    heads: tuple[str, ...]
    rows: tuple[PlannedRow, ...]
    refused: tuple[Note, ...]
    warnings: tuple[Note, ...]
    new_classes: tuple[str, ...]
    cells: dict[int, tuple[str, ...]] = field(repr=False, default_factory=dict)

    def count(self, kind: str) -> int:
        """How many rows are "added", "changed" or "unchanged"."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def refused_rows(self) -> list[int]:
        """The rows that will not be taken, as Excel counts them."""
        return sorted({note.row for note in self.refused})


def plan_import(
    db: Database,
    path: Path,
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
    sheet = read_sheet(path)
    columns = find_columns(sheet.rows, sheet.name)
    progress.step(1, 3, _("Soát từng dòng"))
    reader = RowReader(columns, sheet.first_row)
    rows = [reader.read(index, cells) for index, cells in enumerate(sheet.rows) if index > columns.head_row]
    taken = [row for row in rows if row is not None]
    progress.step(2, 3, _("So với dữ liệu đang có"))
    matcher = Matcher(db, year, default_class=class_text, create_classes=create_classes)
    planned = [found for row in taken if (found := matcher.place(row)) is not None]
    refused = {note.row for row in taken for note in row.refused}
    looks = [*reader.unknown_columns(), *(note for row in taken for note in row.warnings)]
    return ImportPlan(
        path=path,
        sheet=sheet.name,
        year=year,
        head_row=columns.head_row + sheet.first_row,
        heads=_texts(sheet.rows[columns.head_row]),
        rows=tuple(found for found in planned if found.row not in refused),
        refused=tuple(note for row in taken for note in row.refused),
        warnings=tuple(note for note in looks if note.row not in refused),
        new_classes=tuple(matcher.new_classes.values()),
        cells={row.row: _texts(row.cells) for row in taken if row.refused},
    )


def _texts(cells: Sequence[object]) -> tuple[str, ...]:
    return tuple(as_text(cell) for cell in cells)


def apply_import(db: Database, plan: ImportPlan) -> Step:
    """Write a plan as one Step, which one undo takes back."""
    changes: list[Change] = []
    if plan.new_classes:
        changes += class_changes(db, plan.year, plan.new_classes)
    class_ids = {class_key(one.name): one.id for one in classes(db, plan.year)}
    class_ids |= {
        class_key(str(change.fields["name"])): change.row
        for change in changes
        if change.table == "school_class"
    }
    numbers = _last_numbers(db, plan.year)
    counted_through = _counted_through(plan)
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
            given = 0 if counted_through else row.number or 0
            numbers[class_id] = max(numbers.get(class_id, 0) + 1, given)
            number = given or numbers[class_id]
            changes += enrol_changes(db, row.pupil_id, plan.year, class_id, number=number)
    label = _("Nhập {n} học sinh từ {file}")
    n = plan.count("added") + plan.count("changed")
    return db.do(Step(label.format(n=n, file=plan.path.name), tuple(changes)))


def _counted_through(plan: ImportPlan) -> bool:
    """Whether the file counts its rows over several classes, so that its numbers are not those of a class."""
    numbers = [row.number for row in plan.rows if row.number]
    return len({row.class_key for row in plan.rows}) > 1 and len(set(numbers)) == len(numbers)


def _last_numbers(db: Database, year: int) -> dict[str, int]:
    found = db.all(
        "select class_id, max(number) from enrolment where year = ? and gone = 0 group by class_id", (year,)
    )
    return {class_id: number or 0 for class_id, number in found}
