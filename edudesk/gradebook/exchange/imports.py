"""Marks from Excel or CSV: first a plan that says what would happen cell by cell, then one Step.

A blank cell never erases what is stored, and importing a file twice changes nothing. Values are read exactly: 85 is
refused with "Ghi 8,5", never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from edudesk.gradebook.exchange.mark_files import RawCell, read_cells, read_slot, read_term
from edudesk.gradebook.register.locks import ClassLocks
from edudesk.gradebook.register.marks import Entry, SheetKey, cell_changes, check_entry, mark_id
from edudesk.gradebook.register.roll import Roll, read_roll
from edudesk.gradebook.rules.locks import locked_problem
from edudesk.gradebook.rules.marks import Mark, read_mark
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import as_text
from edudesk.kernel.note import Note
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.text import fold
from edudesk.kernel.words import _
from edudesk.school.programme import subject_named
from edudesk.school.store import class_named, require_year
from edudesk.storage.database import Database
from edudesk.storage.sheets import read_sheet, sheet_names
from edudesk.students.store import Pupil

EVERY = 500  # cells between two words of progress


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """A mark that will be taken: `kind` is "added", "changed" or "unchanged"."""

    row: int
    kind: str
    key: SheetKey
    entry: Entry
    name: str
    old: Mark


@dataclass(frozen=True, slots=True)
class MarkPlan:
    """What importing a file of marks would do. Nothing has been written."""

    path: Path
    year: int
    marks: tuple[PlannedMark, ...]
    refused: tuple[Note, ...]
    warnings: tuple[Note, ...] = ()

    def count(self, kind: str) -> int:
        """How many marks are "added", "changed" or "unchanged"."""
        return sum(mark.kind == kind for mark in self.marks)


def plan_marks(db: Database, path: Path, *, year: int, progress: Progress = SILENT) -> MarkPlan:
    """Read a file of marks and say what importing it would do.

    Raises Unavailable when the file cannot be read, Refused when its headings cannot be understood (HEAD_MISSING).
    """
    require_year(db, year)
    cells, skipped = _read(path)
    planner = _Planner(db, year)
    for done, cell in enumerate(cells):
        if done % EVERY == 0:
            progress.step(done, len(cells), _("Soát từng điểm"))
        planner.take(cell)
    warnings = (*skipped, *planner.warnings)
    return MarkPlan(path, year, tuple(planner.marks), tuple(planner.refused), warnings)


def _read(path: Path) -> tuple[list[RawCell], list[Note]]:
    """The cells of every sheet; a warning for each sheet that is none of marks, unless none of them is."""
    cells: list[RawCell] = []
    skipped: list[tuple[Note, Refused]] = []
    names = sheet_names(path)
    for name in names:
        try:
            found = read_cells(read_sheet(path, name if len(names) > 1 else None))
        except Refused as refusal:
            reason = _("Trang “{name}” không có tiêu đề của bảng điểm, nên không đọc.").format(name=name)
            skipped.append((Note(1, name, "", "SHEET_SKIPPED", reason), refusal))
        else:
            cells += (
                found if len(names) == 1 else [replace(c, heading=f"{name} · {c.heading}") for c in found]
            )
    if skipped and len(skipped) == len(names):
        raise skipped[0][1]
    return cells, [note for note, _refusal in skipped]


def apply_marks(db: Database, plan: MarkPlan, *, reason: str = "") -> Step:
    """Write a plan as one Step, which one undo takes back."""
    cells: dict[str, list[tuple[SheetKey, Entry]]] = {}
    for mark in plan.marks:
        if mark.kind != "unchanged":
            cells.setdefault(mark.key.class_id, []).append((mark.key, mark.entry))
    changes: list[Change] = []
    for class_id, wanted in cells.items():
        changes += cell_changes(db, read_roll(db, class_id), wanted)
    n = plan.count("added") + plan.count("changed")
    label = _("Nhập {n} điểm từ {file}").format(n=n, file=plan.path.name)
    return db.do(Step(label, tuple(changes), reason))


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
            value = as_text(cell.raw)
            self.refused.append(Note(cell.row, cell.heading, value, first.code, first.message, first.next))
        else:
            if planned is not None:
                self.marks.append(planned)

    def _planned(self, cell: RawCell) -> PlannedMark | None:
        roll = self._roll(cell.class_text)
        key = SheetKey(roll.class_id, _subject(cell), _term(cell))
        course = roll.course(key.code)
        pupil = _pupil(roll, cell)
        self._look(pupil, cell)
        entry = Entry(pupil.id, _slot(cell), read_mark(cell.raw, course.kind))
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
        return PlannedMark(cell.row, kind, key, entry, pupil.name, old)

    def _look(self, pupil: Pupil, cell: RawCell) -> None:
        """A person should look where the code says one pupil and the name another."""
        if cell.pupil and cell.name and fold(pupil.name) != fold(cell.name):
            reason = _("Mã này là của {name}.").format(name=pupil.name)
            fix = _("Xem lại mã và tên của dòng này.")
            self.warnings.append(Note(cell.row, cell.heading, cell.name, "NAME_DIFFERS", reason, fix))

    def _said_before(self, row: str, cell: RawCell, value: Mark) -> bool:
        """Whether the file has the cell already; the same value again is harmless, another one is refused."""
        first, said = self._seen.setdefault(row, (cell.row, value))
        if said != value:
            message = _("Ô điểm này đã có ở dòng {row} với giá trị khác.").format(row=first)
            raise Refused(Problem("ROW_TWICE", message, next=_("Xem hai dòng, bỏ một.")))
        return first != cell.row

    def _roll(self, text: str) -> Roll:
        if text not in self._rolls:
            self._rolls[text] = self._read_roll(text)
        found = self._rolls[text]
        if isinstance(found, Refused):
            raise found
        return found

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
    found = subject_named(cell.subject)
    if found is None:
        message = _("Không biết môn “{subject}”.").format(subject=cell.subject)
        raise Refused(Problem("SUBJECT_UNKNOWN", message, next=_("Gõ tên môn như Toán, hoặc mã như toan.")))
    return found.code


def _term(cell: RawCell) -> int:
    found = read_term(cell.term)
    if found is None:
        message = _("Không biết học kì “{term}”.").format(term=cell.term)
        raise Refused(Problem("TERM_UNKNOWN", message, next=_("Gõ 1 hoặc 2.")))
    return found


def _slot(cell: RawCell) -> str:
    return cell.slot if "." in cell.slot else read_slot(cell.slot) or cell.slot


def _pupil(roll: Roll, cell: RawCell) -> Pupil:
    """The pupil of a cell: by code, number or `#7`; on a class sheet by number and name, or name alone."""
    if cell.pupil:
        found = [p for p in roll.pupils if _is(p, cell.pupil)]
    else:
        named = [p for p in roll.pupils if fold(p.name) == fold(cell.name)]
        found = [p for p in named if p.number == cell.number] or named
    if len(found) == 1:
        return found[0]
    who = cell.pupil or cell.name
    if found:
        message = _("Lớp có {n} em tên {name}.").format(n=len(found), name=who)
        raise Refused(Problem("PUPIL_TWICE", message, next=_("Thêm cột mã học sinh hoặc số thứ tự.")))
    message = _("Lớp {class_name} không có học sinh “{who}”.").format(class_name=roll.class_name, who=who)
    raise Refused(Problem("PUPIL_UNKNOWN", message, next=_("Xem lại danh sách lớp.")))


def _is(pupil: Pupil, who: str) -> bool:
    if who.startswith("#"):
        return str(pupil.number) == who[1:]
    return who in (pupil.id, pupil.code, pupil.personal_number)
