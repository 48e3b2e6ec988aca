"""A class list from Excel or CSV: first a plan that says what would happen row by row, then one Step.

Rows are matched to pupils by sector code, then personal number, then exact name and birth date in the class; so
importing the same file twice changes nothing. A blank cell never erases what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
from edudesk.sheets.plan import FilePlan, RowQuestion, by_weight, heads_of, on_sheet, row_texts
from edudesk.sheets.source import Source, open_source, tables_of
from edudesk.sheets.tables import ListTable
from edudesk.storage.births import born
from edudesk.storage.database import Database
from edudesk.students.columns import pupil_words
from edudesk.students.fields import FIELDS
from edudesk.students.import_match import Matcher
from edudesk.students.import_numbers import number_rows
from edudesk.students.import_rows import PlannedRow, ReadRow, RowReader, missing_columns
from edudesk.students.store import enrol_changes


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan(FilePlan[PlannedRow]):
    """Also what is asked of a person, and the classes that would be made."""

    year: int
    asked: tuple[RowQuestion, ...]
    new_classes: tuple[str, ...]


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
    read = [_read(table, year) for table in tables]
    rows = [row for part in read for row in part]
    progress.step(2, 3, _("So với dữ liệu đang có"))
    matcher = Matcher(db, year, default_class=class_text, create_classes=create_classes)
    matcher.answers = source.answers
    planned = matcher.place_all(rows)
    numbered, taken = number_rows(db, year, [planned[id(row)] for row in rows if id(row) in planned])
    new = [sum(_is_new(planned.get(id(row))) for row in part) for part in read]
    notes += missing_columns(list(zip(tables, new, strict=True)))
    notes += [*(note for table in tables for note in _of_table(table)), *taken]
    return ImportPlan(
        source=source,
        year=year,
        tables=tuple(map(heads_of, tables)),
        rows=numbered,
        refused=tuple(note for row in rows for note in row.refused),
        warnings=by_weight([*notes, *(n for row in rows if not row.refused for n in row.warnings)]),
        asked=tuple(matcher.questions),
        new_classes=tuple(matcher.new_classes.values()),
        cells=row_texts(tables),
    )


def _read(table: ListTable, year: int) -> list[ReadRow]:
    reader = RowReader(table, year)
    return [reader.read(row) for row in table.rows]


def _is_new(row: PlannedRow | None) -> bool:
    return row is not None and row.kind == "added"


def _of_table(table: ListTable) -> list[Note]:
    return on_sheet([*table.notes, *swapped_days(table, FIELDS)], table.sheet.name)


def apply_import(db: Database, plan: ImportPlan) -> Step:
    """Write a plan as one Step, which one undo takes back.

    Raises Refused CLASS_UNKNOWN where a class is gone since, ROW_THERE or ROW_MISSING where a pupil came or went.
    """
    written = [row for row in plan.rows if row.kind != "unchanged"]
    changes = list(class_changes(db, plan.year, plan.new_classes)) if plan.new_classes else []
    class_ids = _class_ids(db, plan.year, changes)
    _require_classes(plan, class_ids)
    stored = "select pupil_id, class_id from enrolment where year = ? and gone = 0"
    places = dict(db.all(stored, (plan.year,)))
    for row in written:
        if row.kind == "added":
            changes += born(db, "pupil", {row.pupil_id: row.fields})
        else:
            changes += db.update("pupil", row.pupil_id, **row.fields)
        class_id = class_ids[row.class_key]
        if places.get(row.pupil_id) != class_id:
            changes += enrol_changes(db, row.pupil_id, plan.year, class_id, number=row.number)
    label = _("Nhập {n} học sinh từ {file}").format(n=len(written), file=plan.path.name)
    return db.do(Step(label, tuple(changes)))


def _class_ids(db: Database, year: int, changes: Iterable[Change]) -> dict[str, str]:
    """Class key → id, of the classes of the year and of those the changes make."""
    class_ids = {class_key(school_class.name): school_class.id for school_class in classes(db, year)}
    new = (change for change in changes if change.table == "school_class")
    return class_ids | {class_key(str(change.fields["name"])): change.row for change in new}


def _require_classes(plan: ImportPlan, class_ids: Mapping[str, str]) -> None:
    gone = sorted({row.class_key for row in plan.rows if row.kind != "unchanged"} - class_ids.keys())
    if gone:
        step = _("Chọn lại tệp để xem trước lần nữa.")
        raise Refused(*(Problem("CLASS_UNKNOWN", _("Không còn lớp này."), name, step) for name in gone))
