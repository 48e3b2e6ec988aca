"""Guards over locks: no Step changes a locked cell or removes the lock itself."""

from __future__ import annotations

from collections.abc import Collection

from edudesk.gradebook.register.locks import read_book
from edudesk.gradebook.rules.locks import COMMENT, RECORD, LockBook, RegisterCell, locked_problem
from edudesk.kernel.change import Change, Fields, Step
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _
from edudesk.storage.slice_tables import Guard, Reader, many

CLOSING = ("closed_at", "vector")  # what may still be written in a permit


HELD = {
    "mark": ("slot", "code"),
    "subject_comment": ("code",),
    "term_record": (),
    "quality": (),
}  # what a lock holds: table → fields
_ROW = ("pupil_id", "year", "class_id", "term")
_SLOTS = {"subject_comment": COMMENT, "term_record": RECORD, "quality": RECORD}
Cells = dict[tuple[str, str], Fields]  # (table, row) → its fields


def locked_cells_stay(read: Reader, step: Step) -> list[Problem]:
    """No cell that is locked or sealed today is changed: typed, pasted, imported, undone or done again."""
    if not step.touches(*HELD) or not read("select 1 from mark_lock where gone = 0 limit 1"):
        return []
    problems: list[Problem] = []
    books: dict[int, LockBook] = {}
    for (table, row), place in _places(read, step).items():
        if place.year not in books:
            books[place.year] = read_book(read, place.year)
        lock = books[place.year].against(place)
        if lock is not None:
            problems.append(locked_problem(lock, name=_name(read, place.pupil_id), table=table, row=row))
    return problems


def _places(read: Reader, step: Step) -> dict[tuple[str, str], RegisterCell]:
    """The cells a step changes, by table and row."""
    cells: Cells = {}
    for table in HELD:
        changes = [change for change in step.changes if change.table == table]
        born = {change.row: change.fields for change in changes if change.kind == "ins"}
        born |= _stored(read, table, {change.row for change in changes} - born.keys())
        cells |= {(table, row): fields for row, fields in born.items()}
    now = _classes_now(read, {str(fields["pupil_id"]) for fields in cells.values()})
    return {cell: _place(cell[0], fields, now) for cell, fields in cells.items()}


def _place(table: str, fields: Fields, now: dict[tuple[str, int], str]) -> RegisterCell:
    pupil, year, born = str(fields["pupil_id"]), int(str(fields["year"])), str(fields["class_id"])
    return cell_of(table, fields, frozenset((born, now.get((pupil, year), born))))


def cell_of(table: str, fields: Fields, classes: frozenset[str]) -> RegisterCell:
    """The cell of a row of a table that locks hold, whose pupil is or was in the classes."""
    slot = _SLOTS.get(table) or str(fields["slot"])
    code = str(fields["code"]) if "code" in HELD[table] else ""
    year, term = int(str(fields["year"])), int(str(fields["term"]))
    return RegisterCell(year, classes, code, term, slot, str(fields["pupil_id"]))


def _stored(read: Reader, table: str, rows: Collection[str]) -> dict[str, Fields]:
    fields = (*_ROW, *HELD[table])
    records = many(read, f"select id, {', '.join(fields)} from {table} where id in", rows)
    return {str(row[0]): dict(zip(fields, row[1:], strict=True)) for row in records}


def _classes_now(read: Reader, pupils: Collection[str]) -> dict[tuple[str, int], str]:
    rows = many(read, "select pupil_id, year, class_id from enrolment where gone = 0 and pupil_id in", pupils)
    return {(str(pupil), int(str(year))): str(class_id) for pupil, year, class_id in rows}


def _name(read: Reader, pupil_id: str) -> str:
    rows = read("select name from pupil where id = ?", (pupil_id,))
    return str(rows[0][0]) if rows else ""


def locks_stay(_read: Reader, step: Step) -> list[Problem]:
    """A lock or a seal is never taken away or changed, a permit only closed: undo and scripts included."""
    return [
        Problem(
            "LOCK_STAYS",
            _("Khóa sổ, phiếu mở khóa và niêm phong không sửa, không xóa được."),
            next=_("Lập phiếu mới."),
            table=change.table,
            row=change.row,
        )
        for change in step.changes
        if change.table in ("mark_lock", "mark_unlock", "seal") and not _allowed(change)
    ]


def _allowed(change: Change) -> bool:
    closing = change.table == "mark_unlock" and change.field in CLOSING and change.old is None
    return change.kind == "ins" or closing


LOCK_GUARDS: tuple[Guard, ...] = (locked_cells_stay, locks_stay)
