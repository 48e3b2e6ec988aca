"""Any list from a spreadsheet by its Fields: columns found by their headings, every refusal at once, a plan before a write.

Who keeps the list says what becomes of a row (`place`): a record that is added, changed or stays, or a refusal. A blank
cell never erases what is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from edudesk.kernel.change import Change, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field, as_text
from edudesk.kernel.note import Note
from edudesk.kernel.text import heading_key
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.sheets import SheetOut, read_sheet, sheet_names, write_sheet

HEAD_WITHIN = 12  # rows from the top in which the heading row is looked for
ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"


@dataclass(frozen=True, slots=True)
class Line:
    """A row that could be read: as the spreadsheet counts it, its values by field, None where a cell is blank."""

    row: int
    values: Mapping[str, Value]

    @property
    def given(self) -> dict[str, Value]:
        """What the row says: its cells that are not blank."""
        return {key: value for key, value in self.values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of a row: `kind` is "added", "changed" or "unchanged"; `fields` are written, `name` is shown."""

    row: int
    kind: str
    id: str
    name: str
    fields: Mapping[str, Value]
    words: str = ""


@dataclass(frozen=True, slots=True)
class ListPlan:
    """What importing a file would do, and everything said against it. Nothing has been written."""

    path: Path
    sheet: str
    head_row: int
    heads: tuple[str, ...]
    rows: tuple[Planned, ...]
    refused: tuple[Note, ...]
    warnings: tuple[Note, ...]
    cells: Mapping[int, tuple[str, ...]] = field(repr=False, default_factory=dict)

    def count(self, kind: str) -> int:
        """How many rows are "added", "changed" or "unchanged"."""
        return sum(row.kind == kind for row in self.rows)

    @property
    def refused_rows(self) -> list[int]:
        """The rows that will not be taken, as the spreadsheet counts them."""
        return sorted({note.row for note in self.refused})


class Refusing(Protocol):
    """What a plan of any import tells of the rows it does not take: `cells` by row as they were read."""

    @property
    def heads(self) -> tuple[str, ...]: ...
    @property
    def refused(self) -> tuple[Note, ...]: ...
    @property
    def refused_rows(self) -> list[int]: ...
    @property
    def cells(self) -> Mapping[int, tuple[str, ...]]: ...


@dataclass(frozen=True, slots=True)
class _Head:
    row: int
    fields: Mapping[str, tuple[int, str]]  # key → place and heading
    unknown: tuple[str, ...]


def plan_list(
    path: Path, fields: Sequence[Field], place: Callable[[Line], Planned], *, sheet: str = ""
) -> ListPlan:
    """Read a list and say what importing it would do. `place` answers for a row or raises Refused.

    A required field must have its column. `sheet` is read when the file has one of that name, else the first.
    Raises Unavailable when the file cannot be read; Refused HEAD_MISSING, HEAD_TWICE.
    """
    found = read_sheet(path, sheet if sheet and sheet in sheet_names(path) else None)
    head = _find_head(found.rows, fields, found.name)
    rows, refused, cells = [], [], {}
    for index, raw in enumerate(found.rows[head.row + 1 :], head.row + 1):
        if not _is_record(raw, head, fields):
            continue
        number = index + found.first_row
        line, notes = _read(number, raw, head, fields)
        try:
            if not notes:
                rows.append(place(line))
        except Refused as no:
            notes = [_note(number, problem, raw, head, fields) for problem in no.problems]
        refused += notes
        if notes:
            cells[number] = tuple(as_text(cell) for cell in raw)
    top, heads = head.row + found.first_row, tuple(as_text(cell) for cell in found.rows[head.row])
    return ListPlan(path, found.name, top, heads, tuple(rows), tuple(refused), _unknown(head, top), cells)


def _unknown(head: _Head, row: int) -> tuple[Note, ...]:
    reason, fix = _("Không biết cột này, nên không đọc."), _("Bỏ qua, hoặc đổi tên cột.")
    return tuple(Note(row, name, "", "COLUMN_UNKNOWN", reason, fix) for name in head.unknown)


def planned(
    line: Line, row_id: str, name: str, fields: Mapping[str, Value], stored: Mapping[str, Value] | None
) -> Planned:
    """A row against what is stored of it (None: nothing yet): added, changed in `fields` that differ, or as it is."""
    if stored is None:
        return Planned(line.row, ADDED, row_id, name, fields)
    differs = {key: value for key, value in fields.items() if stored.get(key) != value}
    return Planned(line.row, CHANGED if differs else UNCHANGED, row_id, name, differs)


def list_changes(db: Database, table: str, plan: ListPlan) -> tuple[Change, ...]:
    """What must be written for a plan of one table."""
    added = {row.id: row.fields for row in plan.rows if row.kind == ADDED}
    changed = {row.id: row.fields for row in plan.rows if row.kind == CHANGED}
    return db.insert_all(table, added) + db.update_all(table, changed)


def write_refused_rows(plan: Refusing, path: Path) -> Path:
    """The refused rows as they were, with a column that says why, to be corrected and imported again."""
    reasons: dict[int, list[str]] = {}
    for note in plan.refused:
        said = f"{note.column}: {note.reason}" if note.column else note.reason
        reasons.setdefault(note.row, []).append(f"{said} {note.fix}".strip())
    rows = [(*plan.cells[row], " ".join(reasons[row])) for row in plan.refused_rows]
    heads = (*plan.heads, _("Vì sao không nhận"))
    widths = [*[16] * len(plan.heads), 60]
    write_sheet(path, [SheetOut(_("Dòng lỗi"), heads, rows, widths, frozenset(range(len(heads))))])
    return path


# -- reading


def _find_head(rows: Sequence[Sequence[object]], fields: Sequence[Field], sheet: str) -> _Head:
    known = {_(one.label): one.key for one in fields}
    keys = {heading_key(label): key for label, key in known.items()}
    keys |= {heading: one.key for one in fields for heading in one.headings}
    heads = [
        [(keys.get(heading_key(as_text(cell))), as_text(cell)) for cell in row] for row in rows[:HEAD_WITHIN]
    ]
    best = max(range(len(heads)), key=lambda n: (_matched(heads[n]), -n), default=-1)
    found = heads[best] if best >= 0 else []
    _require_heads(found, fields, sheet)
    places = {key: (place, text) for place, (key, text) in enumerate(found) if key}
    return _Head(best, places, tuple(text for key, text in found if text and not key))


def _matched(head: Sequence[tuple[str | None, str]]) -> int:
    return len({key for key, _text in head if key})


def _require_heads(found: Sequence[tuple[str | None, str]], fields: Sequence[Field], sheet: str) -> None:
    given = [key for key, _text in found if key]
    place = _("Trang “{sheet}”").format(sheet=sheet)
    missing = [_(one.label) for one in fields if one.required and one.key not in given]
    problems = []
    if missing:
        message = _("Không thấy cột {names} trong {n} dòng đầu.").format(
            names=", ".join(f"“{name}”" for name in missing), n=HEAD_WITHIN
        )
        problems.append(
            Problem("HEAD_MISSING", message, place, _("Đặt tên cột ở một dòng, như tệp đã xuất ra."))
        )
    for key in sorted({key for key in given if given.count(key) > 1}):
        names = ", ".join(f"“{text}”" for one, text in found if one == key)
        message = _("Các cột {names} cùng một nội dung.").format(names=names)
        problems.append(Problem("HEAD_TWICE", message, place, _("Đổi tên hoặc bỏ một cột.")))
    if problems:
        raise Refused(*problems)


def _is_record(raw: Sequence[object], head: _Head, fields: Sequence[Field]) -> bool:
    """Not a blank row, nor a footer that says nothing under a required heading and little elsewhere."""
    filled = sum(bool(as_text(cell)) for cell in raw)
    named = any(one.required and as_text(_cell(raw, head, one.key)) for one in fields)
    return filled > 0 and (named or filled > 2)


def _cell(raw: Sequence[object], head: _Head, key: str) -> object:
    place = head.fields[key][0] if key in head.fields else len(raw)
    return raw[place] if place < len(raw) else None


def _read(row: int, raw: Sequence[object], head: _Head, fields: Sequence[Field]) -> tuple[Line, list[Note]]:
    values: dict[str, Value] = {}
    notes: list[Note] = []
    for one in fields:
        try:
            values[one.key] = one.parse(_cell(raw, head, one.key))
        except Refused as no:
            notes += [_note(row, problem, raw, head, [one]) for problem in no.problems]
    return Line(row, values), notes


def _note(row: int, problem: Problem, raw: Sequence[object], head: _Head, fields: Sequence[Field]) -> Note:
    key = problem.field or (fields[0].key if len(fields) == 1 else "")
    labels: Iterator[str] = (_(one.label) for one in fields if one.key == key)
    heading = head.fields[key][1] if key in head.fields else next(labels, "")
    value = as_text(_cell(raw, head, key)) if key else ""
    return Note(row, heading, value, problem.code, problem.message, problem.next)
