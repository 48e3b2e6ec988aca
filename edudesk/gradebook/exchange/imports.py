"""Marks from Excel or CSV: first a plan that says what would happen cell by cell, then one Step.

A blank cell never erases what is stored, and importing a file twice changes nothing. Values are read exactly: 85 is
refused with "Ghi 8,5", never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from edudesk.gradebook.exchange.mark_files import (
    RawCell,
    blank_values,
    column_notes,
    has_marks,
    mark_words,
    read_cells,
    read_slot,
    read_term,
)
from edudesk.gradebook.register.locks import ClassLocks
from edudesk.gradebook.register.marks import (
    MarkEntry,
    PlannedCell,
    SheetKey,
    check_entry,
    mark_id,
    planned_changes,
)
from edudesk.gradebook.register.roll import Roll, read_roll
from edudesk.gradebook.rules.assessment import read_mark
from edudesk.gradebook.rules.locks import locked_problem
from edudesk.gradebook.rules.marks import Mark
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import as_text
from edudesk.kernel.note import Note
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import _
from edudesk.school.programme import subject_named
from edudesk.school.store import class_named, require_year
from edudesk.sheets.letters import exact, is_poorer
from edudesk.sheets.persons import find_named
from edudesk.sheets.plan import FilePlan, by_weight, heads_of, on_sheet, row_texts
from edudesk.sheets.source import Source, open_source, tables_of
from edudesk.sheets.tables import ListTable
from edudesk.sheets.values import require_value
from edudesk.storage.database import Database
from edudesk.students.store import Pupil, several_pupils

EVERY = 500  # cells between two words of progress


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """A mark that will be taken: `kind` is "added", "changed" or "unchanged"."""

    row: int
    sheet: str
    kind: str
    key: SheetKey
    entry: MarkEntry
    name: str
    old: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPlan(FilePlan[PlannedMark]):
    """What importing a file of marks would do: a row is one mark."""

    year: int


def plan_marks(db: Database, path: Path | Source, *, year: int, progress: Progress = SILENT) -> MarkPlan:
    """Read a file of marks and say what importing it would do.

    Raises Unavailable when the file cannot be read, Refused when its headings cannot be understood (HEAD_MISSING).
    """
    require_year(db, year)
    source = open_source(path)
    hint = _("Cần class, pupil, subject, term, slot, value; hoặc Họ và tên, ĐĐGtx1, …, ĐĐGgk, ĐĐGck.")
    tables, notes = tables_of(source, mark_words(), has_marks, hint=hint)
    cells = [cell for table in tables for cell in read_cells(table)]
    planner = _Planner(db, year)
    for done, cell in enumerate(cells):
        if done % EVERY == 0:
            progress.step(done, len(cells), _("Soát từng điểm"))
        planner.take(cell)
    for table in tables:
        notes += on_sheet([*column_notes(table), *_blanks(table)], table.sheet.name)
    return MarkPlan(
        source=source,
        year=year,
        tables=tuple(map(heads_of, tables)),
        rows=tuple(planner.marks),
        refused=tuple(planner.refused),
        warnings=by_weight([*notes, *planner.warnings]),
        cells=row_texts(tables),
    )


def _blanks(table: ListTable) -> list[Note]:
    rows = blank_values(table)
    if not rows:
        return []
    reason = _("{n} dòng để trống điểm: điểm đã có trong sổ giữ nguyên.").format(n=len(rows))
    fix = _("Muốn xóa điểm thì xóa trong sổ điểm.")
    return [Note(rows[0], table.columns.heading("value"), "", "CELLS_BLANK", reason, fix)]


def apply_marks(db: Database, plan: MarkPlan, *, reason: str = "") -> Step:
    """Write a plan as one Step, which one undo takes back. Raises Stale for cells written since it was shown."""
    written = [mark for mark in plan.rows if mark.kind != "unchanged"]
    label = _("Nhập {n} điểm từ {file}").format(n=len(written), file=plan.path.name)
    planned = [PlannedCell(mark.name, mark.key, mark.entry, mark.old) for mark in written]
    return db.do(Step(label, planned_changes(db, planned), reason))


class _Planner:
    """Turns raw cells into planned marks, with a note for each that cannot be."""

    def __init__(self, db: Database, year: int) -> None:
        self._db = db
        self._year = year
        self._rolls: dict[str, Roll | Refused] = {}
        self._locks: dict[str, ClassLocks] = {}
        self._seen: dict[str, tuple[int, Mark]] = {}
        self.marks: list[PlannedMark] = []
        self.refused: list[Note] = []
        self.warnings: list[Note] = []

    def take(self, cell: RawCell) -> None:
        """Plan one cell, or say why it is refused."""
        try:
            planned = self._planned(cell)
        except Refused as refusal:
            first = refusal.problems[0]
            self.refused.append(_note(cell, as_text(cell.raw), first))
        else:
            if planned is not None:
                self.marks.append(planned)

    def _planned(self, cell: RawCell) -> PlannedMark | None:
        require_value(cell.raw)
        roll = self._roll(cell.class_text)
        key = SheetKey(roll.class_id, _subject(cell), _term(cell))
        course = roll.course(key.code)
        pupil = _pupil(roll, cell)
        self._check_name(pupil, cell)
        entry = MarkEntry(pupil.id, _slot(cell), read_mark(cell.raw, course.kind))
        problem = check_entry(roll, key, entry)
        if problem:
            raise Refused(problem)
        row = mark_id(roll, key, entry)
        if self._said_before(row, cell, entry.value):
            return None
        stored = self._db.row("mark", row)
        old = stored["value"] if stored and not stored["gone"] else None
        kind = "unchanged" if old == entry.value else "added" if old is None else "changed"
        lock = self._locks[roll.class_id].against(pupil.id, key.code, key.term, entry.slot)
        if lock is not None and kind != "unchanged":
            raise Refused(locked_problem(lock, name=pupil.name, row=row))
        return PlannedMark(cell.row, cell.sheet, kind, key, entry, pupil.name, old)

    def _check_name(self, pupil: Pupil, cell: RawCell) -> None:
        """A person should look where the code says one pupil and the name another."""
        if not (cell.pupil and cell.name) or exact(pupil.name) == exact(cell.name):
            return
        if not is_poorer(cell.name, pupil.name):
            problem = Problem("NAME_DIFFERS", _("Mã này là của {name}.").format(name=pupil.name))
            problem = replace(problem, next=_("Xem lại mã và tên của dòng này."))
            self.warnings.append(_note(cell, cell.name, problem))

    def _said_before(self, row: str, cell: RawCell, value: Mark) -> bool:
        """Whether the file has the cell already; the same value again is harmless, another one is refused."""
        first, first_value = self._seen.setdefault(row, (cell.row, value))
        if first_value != value:
            message = _("Ô điểm này đã có ở dòng {row} với giá trị khác.").format(row=first)
            raise Refused(Problem("ROW_TWICE", message, next=_("Xem hai dòng, bỏ một.")))
        return first != cell.row

    def _roll(self, text: str) -> Roll:
        if text not in self._rolls:
            self._rolls[text] = self._read_roll(text)
        roll = self._rolls[text]
        if isinstance(roll, Refused):
            raise roll
        return roll

    def _read_roll(self, text: str) -> Roll | Refused:
        if not text:
            next_step = _("Ghi “Lớp: 9A2” phía trên bảng, hoặc thêm cột Lớp.")
            return Refused(Problem("CLASS_UNKNOWN", _("Tệp không ghi lớp."), next=next_step))
        try:
            roll = read_roll(self._db, class_named(self._db, self._year, text).id)
        except Refused as refusal:
            return refusal
        self._locks.setdefault(roll.class_id, ClassLocks(self._db, roll))
        return roll


def _subject(cell: RawCell) -> str:
    subject = subject_named(cell.subject)
    if subject is None:
        message = _("Không biết môn “{subject}”.").format(subject=cell.subject)
        raise Refused(Problem("SUBJECT_UNKNOWN", message, next=_("Gõ tên môn như Toán, hoặc mã như toan.")))
    return subject.code


def _term(cell: RawCell) -> int:
    number = read_term(cell.term)
    if number is None:
        message = _("Không biết học kì “{term}”.").format(term=cell.term)
        raise Refused(Problem("TERM_UNKNOWN", message, next=_("Gõ 1 hoặc 2.")))
    return number


def _slot(cell: RawCell) -> str:
    return cell.slot if "." in cell.slot else read_slot(cell.slot) or cell.slot


def _pupil(roll: Roll, cell: RawCell) -> Pupil:
    """The pupil of a cell: by code, number or `#7`; on a class sheet by exact name, by number among namesakes."""
    if not cell.pupil:
        person = (
            find_named(roll.pupils, cell.name, cell.number, unknown=_unknown(roll, cell.name))
            if cell.name
            else _nameless()
        )
        if isinstance(person, Problem):
            raise Refused(person)
        return person
    named = [pupil for pupil in roll.pupils if _is(pupil, cell.pupil)]
    if len(named) != 1:
        raise Refused(several_pupils(cell.pupil, named) if named else _unknown(roll, cell.pupil))
    _require_no_other(roll, named[0], cell)
    return named[0]


def _require_no_other(roll: Roll, pupil: Pupil, cell: RawCell) -> None:
    """Raises Refused NAME_DIFFERS when the code is one pupil's and the name exactly another's of the class."""
    others = [p for p in roll.pupils if cell.name and exact(p.name) == exact(cell.name)]
    if others and pupil not in others:
        message = _("Mã {code} là của {name}, tên ghi trong dòng là của em khác.")
        sentence = message.format(code=cell.pupil, name=pupil.name)
        raise Refused(Problem("NAME_DIFFERS", sentence, next=_("Sửa mã hoặc tên trong tệp.")))


def _nameless() -> Problem:
    return Problem("FIELD_MISSING", _("Dòng có điểm mà thiếu họ và tên."), next=_("Gõ tên, hoặc xóa dòng."))


def _unknown(roll: Roll, who: str) -> Problem:
    message = _("Lớp {class_name} không có học sinh “{who}”.").format(class_name=roll.class_name, who=who)
    return Problem("PUPIL_UNKNOWN", message, next=_("Xem lại danh sách lớp."))


def _note(cell: RawCell, value: str, problem: Problem) -> Note:
    return Note(cell.row, cell.heading, value, problem.code, problem.message, problem.next, cell.sheet)


def _is(pupil: Pupil, who: str) -> bool:
    if who.startswith("#"):
        return str(pupil.number) == who[1:]
    return who in (pupil.id, pupil.code, pupil.personal_number)
