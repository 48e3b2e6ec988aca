"""One row of a class list: cells into values, with a note for each that cannot be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from edudesk.kernel.change import Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import as_text
from edudesk.kernel.note import Note
from edudesk.kernel.text import fold
from edudesk.kernel.words import _
from edudesk.students.columns import CLASS, FAMILY, GIVEN, IS_FEMALE, NUMBER, Columns
from edudesk.students.fields import BY_KEY, ethnic_codes
from edudesk.students.idnumber import check_id_number

Fields = dict[str, Value]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row that will be taken: `kind` is "added", "changed" or "unchanged"."""

    row: int
    kind: str
    pupil_id: str
    class_key: str
    number: int | None
    fields: Fields


@dataclass(slots=True)
class ReadRow:
    """A row while it is being looked at."""

    row: int
    cells: Sequence[object]
    fields: Fields
    class_text: str = ""
    number: int | None = None
    refused: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)


class RowReader:
    """Turns cells into values, with a note for each that cannot be."""

    def __init__(self, columns: Columns, first_row: int) -> None:
        self._columns = columns
        self._first = first_row

    def unknown_columns(self) -> list[Note]:
        """A warning for each heading nobody knows: its cells are not read."""
        row = self._columns.head_row + self._first
        reason, fix = _("Không biết cột này, nên không đọc."), _("Bỏ qua, hoặc đổi tên cột.")
        return [Note(row, heading, "", "COLUMN_UNKNOWN", reason, fix) for heading in self._columns.unknown]

    def read(self, index: int, cells: Sequence[object]) -> ReadRow | None:
        """The row's values; None for a row that is blank, or is no pupil (a footer, a row of column numbers)."""
        row = ReadRow(index + self._first, cells, {})
        name = self._name(cells)
        texts = [as_text(cell) for cell in cells]
        if name.strip("()").isdigit() or (not name and sum(bool(text) for text in texts) < 3):
            return None
        row.fields["name"] = name or None
        if not name:
            self._refuse(row, "name", "", Problem("FIELD_MISSING", _("Thiếu họ và tên."), next=_("Gõ tên.")))
        for key in self._columns.places:
            if key in BY_KEY and key != "name":
                self._read_field(row, key)
        self._read_place(row)
        self._check_number(row)
        return row

    def _cell(self, cells: Sequence[object], key: str) -> object:
        place = self._columns.places.get(key)
        return cells[place] if place is not None and place < len(cells) else None

    def _name(self, cells: Sequence[object]) -> str:
        whole = as_text(self._cell(cells, "name"))
        parts = (as_text(self._cell(cells, FAMILY)), as_text(self._cell(cells, GIVEN)))
        return (
            whole
            if whole and FAMILY not in self._columns.places
            else " ".join(p for p in (*parts,) if p) or whole
        )

    def _read_field(self, row: ReadRow, key: str) -> None:
        raw = self._cell(row.cells, key)
        text = as_text(raw)
        if not text:
            return
        try:
            if key == "ethnic" and fold(text) in ethnic_codes():
                row.fields[key] = ethnic_codes()[fold(text)]
            elif key == "personal_number":
                row.fields[key] = self._number(row, text)
            else:
                row.fields[key] = BY_KEY[key].parse(raw)
        except Refused as refusal:
            self._refuse(row, key, text, refusal.problems[0])

    def _number(self, row: ReadRow, text: str) -> Value:
        digits = text.replace(" ", "")
        if len(digits) == 11 and digits.isdigit() and self._fits("0" + digits, row):
            reason = _("Số chỉ có 11 chữ số: đã thêm lại số 0 đầu mà Excel bỏ mất ({number}).")
            self._warn(row, "personal_number", text, Problem("ID_ZERO", reason.format(number="0" + digits)))
            return "0" + digits
        return BY_KEY["personal_number"].parse(text)

    def _fits(self, number: str, row: ReadRow) -> bool:
        born, sex = self._cell(row.cells, "birth_date"), self._cell(row.cells, "sex")
        try:
            day, code = BY_KEY["birth_date"].parse(born), BY_KEY["sex"].parse(sex)
        except Refused:
            return False
        checked = check_id_number(number, dt.date.fromisoformat(str(day)) if day else None, _sex(code))
        return checked.ok and not checked.warnings

    def _read_place(self, row: ReadRow) -> None:
        row.class_text = as_text(self._cell(row.cells, CLASS))
        number = as_text(self._cell(row.cells, NUMBER))
        row.number = int(number) if number.isascii() and number.isdigit() and 0 < int(number) < 100 else None
        if "sex" not in row.fields and IS_FEMALE in self._columns.places:
            row.fields["sex"] = "NU" if as_text(self._cell(row.cells, IS_FEMALE)) else "NAM"

    def _check_number(self, row: ReadRow) -> None:
        number = row.fields.get("personal_number")
        if not number:
            if not any(note.column == self._heading("personal_number") for note in row.refused):
                self._warn(
                    row,
                    "personal_number",
                    "",
                    Problem("ID_MISSING", _("Chưa có số định danh."), next=_("Bổ sung sau.")),
                )
            return
        born = row.fields.get("birth_date")
        day = dt.date.fromisoformat(str(born)) if born else None
        for problem in check_id_number(str(number), day, _sex(row.fields.get("sex"))).warnings:
            self._warn(row, "personal_number", str(number), problem)

    def _heading(self, key: str) -> str:
        return self._columns.headings.get(key) or _(BY_KEY[key].label)

    def _refuse(self, row: ReadRow, key: str, text: str, problem: Problem) -> None:
        row.refused.append(
            Note(row.row, self._heading(key), text, problem.code, problem.message, problem.next)
        )

    def _warn(self, row: ReadRow, key: str, text: str, problem: Problem) -> None:
        row.warnings.append(
            Note(row.row, self._heading(key), text, problem.code, problem.message, problem.next)
        )


def _sex(code: Value) -> str | None:
    return str(code) if code else None
