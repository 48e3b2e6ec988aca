"""One row of a class list: cells into values, with a note for each that cannot be, and for each read otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from edudesk.kernel.change import Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import as_text
from edudesk.kernel.note import Note
from edudesk.kernel.text import fold, squeeze
from edudesk.kernel.words import _
from edudesk.sheets.cells import Cell
from edudesk.sheets.letters import is_strange
from edudesk.sheets.tables import ListRow, ListTable, class_in
from edudesk.sheets.values import Ages, read_value, require_value
from edudesk.students.columns import CLASS, IS_FEMALE, NAME, NUMBER
from edudesk.students.fields import BY_KEY, ethnic_codes
from edudesk.students.idnumber import check_id_number

Fields = dict[str, Value]
OLDEST, YOUNGEST = 20, 5  # years before the school year in which a pupil was born
IMPORTANT = ("personal_number", "birth_date")  # told once when the whole column is missing


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A row that will be taken: `kind` is "added", "changed" or "unchanged"."""

    row: int
    kind: str
    pupil_id: str
    class_key: str
    number: int | None
    fields: Fields
    sheet: str = ""


@dataclass(slots=True)
class ReadRow:
    """A row while it is being looked at. `titles` are the classes that its list and its sheet are named after,
    `columns` the headings of the list by field."""

    row: int
    sheet: str
    cells: Sequence[Cell]
    fields: Fields
    class_text: str = ""
    titles: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=dict)
    number: int | None = None
    refused: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)


class RowReader:
    """Turns cells into values, with a note for each that cannot be."""

    def __init__(self, table: ListTable, year: int) -> None:
        self._table = table
        self._columns = table.columns
        self._ages = Ages(year - OLDEST, year - YOUNGEST)
        self._names = {key: self._columns.heading(key) for key in self._columns.places}

    def read(self, source: ListRow) -> ReadRow:
        """The row's values."""
        row = ReadRow(source.number, self._table.sheet.name, source.cells, {}, columns=self._names)
        titled = next((name for title in reversed(source.titles) if (name := class_in(title))), "")
        row.titles = tuple(name for name in (titled, _class_of_sheet(row.sheet)) if name)
        self._read_name(row)
        if source.doubtful:
            reason = _("Dòng chỉ có tên, không có số thứ tự như các dòng khác: không rõ có phải học sinh.")
            self._refuse(
                row, NAME, "", Problem("ROW_DOUBTFUL", reason, next=_("Gõ số thứ tự, hoặc xóa dòng."))
            )
        for key in self._columns.places:
            if key in BY_KEY and key != NAME:
                self._read_field(row, key)
        self._read_place(row)
        self._check_number(row)
        return row

    def _cell(self, cells: Sequence[Cell], key: str) -> Cell:
        return self._columns.cell(cells, key)

    def _read_name(self, row: ReadRow) -> None:
        text = as_text(self._cell(row.cells, NAME))
        try:
            for place in self._columns.places.get(NAME, ()):
                require_value(row.cells[place] if place < len(row.cells) else None)
            row.fields[NAME], _doubts = read_value(BY_KEY[NAME], self._cell(row.cells, NAME), person=True)
        except Refused as no:
            row.fields[NAME] = None
            blank = Problem("FIELD_MISSING", _("Thiếu họ và tên."), next=_("Gõ tên."))
            self._refuse(row, NAME, text, no.problems[0] if text else blank)
        if is_strange(text):
            reason = _("Tên có chữ không có trong tiếng Việt.")
            self._warn(row, NAME, text, Problem("NAME_LETTERS", reason, next=_("Xem lại họ tên.")))

    def _read_field(self, row: ReadRow, key: str) -> None:
        raw = self._cell(row.cells, key)
        text = squeeze(as_text(raw))
        if not text:
            return
        try:
            if key == "ethnic" and fold(text) in ethnic_codes():
                row.fields[key] = ethnic_codes()[fold(text)]
            elif key == "personal_number":
                row.fields[key] = self._number(row, raw, text)
            else:
                row.fields[key], doubts = read_value(BY_KEY[key], raw, ages=self._ages, person=True)
                for doubt in doubts:
                    self._warn(row, key, text, doubt)
        except Refused as refusal:
            self._refuse(row, key, text, refusal.problems[0])

    def _number(self, row: ReadRow, raw: Cell, text: str) -> Value:
        digits = text.replace(" ", "")
        if len(digits) == 11 and digits.isdigit() and self._fits("0" + digits, row):
            reason = _("Số chỉ có 11 chữ số: đã thêm lại số 0 đầu mà Excel bỏ mất ({number}).")
            self._warn(row, "personal_number", text, Problem("ID_ZERO", reason.format(number="0" + digits)))
            return "0" + digits
        return read_value(BY_KEY["personal_number"], raw)[0]

    def _fits(self, number: str, row: ReadRow) -> bool:
        try:
            day, _doubts = read_value(
                BY_KEY["birth_date"], self._cell(row.cells, "birth_date"), ages=self._ages
            )
            code, _doubts = read_value(BY_KEY["sex"], self._cell(row.cells, "sex"))
        except Refused:
            return False
        checked = check_id_number(number, dt.date.fromisoformat(str(day)) if day else None, _sex(code))
        return checked.ok and not checked.warnings

    def _read_place(self, row: ReadRow) -> None:
        cell = self._cell(row.cells, CLASS)
        try:
            require_value(cell)
            row.class_text = squeeze(as_text(cell))
        except Refused as no:
            self._refuse(row, CLASS, as_text(cell), no.problems[0])
        number = as_text(self._cell(row.cells, NUMBER))
        short = number.isascii() and number.isdigit() and len(number) < 3
        row.number = int(number) or None if short else None
        if (
            "sex" not in row.fields
            and "sex" not in self._columns.places
            and IS_FEMALE in self._columns.places
        ):
            row.fields["sex"] = "NU" if as_text(self._cell(row.cells, IS_FEMALE)) else "NAM"

    def _check_number(self, row: ReadRow) -> None:
        number = row.fields.get("personal_number")
        if not number:
            blank = "personal_number" in self._columns.places
            if blank and not any(note.key == "personal_number" for note in row.refused):
                problem = Problem("ID_MISSING", _("Chưa có số định danh."), next=_("Bổ sung sau."))
                self._warn(row, "personal_number", "", problem)
            return
        born = row.fields.get("birth_date")
        day = dt.date.fromisoformat(str(born)) if born else None
        for problem in check_id_number(str(number), day, _sex(row.fields.get("sex"))).warnings:
            self._warn(row, "personal_number", str(number), problem)

    def _heading(self, key: str) -> str:
        return self._columns.heading(key) or (_(BY_KEY[key].label) if key in BY_KEY else _("Lớp"))

    def _refuse(self, row: ReadRow, key: str, text: str, problem: Problem) -> None:
        row.refused.append(self._note(row, key, text, problem))

    def _warn(self, row: ReadRow, key: str, text: str, problem: Problem) -> None:
        row.warnings.append(self._note(row, key, text, problem))

    def _note(self, row: ReadRow, key: str, text: str, problem: Problem) -> Note:
        place = (row.row, self._heading(key), text[:200])
        return Note(*place, problem.code, problem.message, problem.next, sheet=row.sheet, key=key)


def missing_columns(lists: Sequence[tuple[ListTable, int]]) -> list[Note]:
    """One word on each important column that lists with so many new pupils do not have."""
    notes = []
    for key in IMPORTANT:
        without = [(table, new) for table, new in lists if new and key not in table.columns.places]
        if without:
            first, label = without[0][0], _(BY_KEY[key].label)
            reason = _("Danh sách không có cột {name}: {n} em mới sẽ thiếu, bổ sung sau được; đã có thì giữ.")
            sentence = reason.format(name=label, n=sum(new for _table, new in without))
            note = Note(first.head_number, label, "", "COLUMN_MISSING", sentence, sheet=first.sheet.name)
            notes.append(note)
    return notes


def _class_of_sheet(name: str) -> str:
    """The class a sheet is named after: "9A1" or "Lớp 9A1"; "" for none."""
    return class_in(name) or (class_in(f"lớp {name}") if name[:1].isdigit() and len(name) <= 8 else "")


def _sex(code: Value) -> str | None:
    return str(code) if code else None
