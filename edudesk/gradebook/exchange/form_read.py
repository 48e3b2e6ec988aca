"""Plans the import of a returned form cell by cell: changed in the file, changed here meanwhile; then one Step.

Three values decide a cell: what it was when the form was written, what it is here, what the file says. Where the file
left a cell alone nothing happens; where both changed it a person decides, and until then what is here stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from edudesk.gradebook.exchange.form_file import FilledPage, FormLine, read_filled, read_template
from edudesk.gradebook.exchange.form_template import FormPage, FormRow, Template, by_pupil
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
from edudesk.gradebook.rules.marks import FAILED, PASSED, Mark
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import as_text
from edudesk.kernel.note import Note
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import _
from edudesk.sheets.cells import Cell
from edudesk.sheets.letters import same_name
from edudesk.sheets.values import require_value
from edudesk.storage.database import Database
from edudesk.storage.identity import school_identity

TAKEN = ("new", "changed")
ASKED = ("conflict", "cleared")
Spot = tuple[int, str, str]  # page, pupil, slot


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form: `base` is its value when the form was written, `here` its value now, `text` that in the file.

    `kind`: "new", "changed", "same"; "refused" with its `problem`; "conflict" or "cleared", which a person decides
    (`why` says what happened). `value` is what the file wants.
    """

    page: FormPage
    row: int
    pupil_id: str
    name: str
    slot: str
    base: Mark = None
    here: Mark = None
    text: str = ""
    kind: str = "same"
    value: Mark = None
    problem: Problem | None = None
    why: str = ""

    @property
    def spot(self) -> Spot:
        """Which cell it is."""
        return self.page.n, self.pupil_id, self.slot


@dataclass(frozen=True, slots=True)
class FormPlan:
    """What taking a form would do. Nothing has been written. `notes` are what should be looked at besides."""

    path: Path
    template: Template
    cells: tuple[FormCell, ...]
    notes: tuple[Note, ...] = ()

    def count(self, *kinds: str) -> int:
        """How many cells are of these kinds."""
        return sum(cell.kind in kinds for cell in self.cells)

    def of(self, *kinds: str) -> list[FormCell]:
        """The cells of these kinds, in the order of the file."""
        return [cell for cell in self.cells if cell.kind in kinds]


def require_ours(db: Database, template: Template) -> None:
    """Raises Refused FORM_SCHOOL for a form of another school."""
    if template.school != school_identity(db):
        message = _("Phiếu này của trường khác: {school}.").format(school=template.school_name)
        raise Refused(Problem("FORM_SCHOOL", message, next=_("Chọn phiếu do trường mình lập.")))


def plan_form(db: Database, path: Path, *, progress: Progress = SILENT) -> FormPlan:
    """Read a form and say what taking it would do.

    Raises Refused FORM_MISSING for a file that is no form, FORM_DAMAGED, FORM_NEWER, FORM_SCHOOL; Unavailable.
    """
    template = read_template(path)
    if template is None:
        message = _("Tệp này không phải phiếu nhập điểm của EduDesk.")
        raise Refused(Problem("FORM_MISSING", message, next=_("Nhập tệp như một bảng điểm thường.")))
    require_ours(db, template)
    pages, notes = read_filled(path, template)
    cells: list[FormCell] = []
    for done, page in enumerate(pages):
        progress.step(done, len(pages), page.sheet)
        cells += _PageJudge(db, template, page.page).cells(page)
    return FormPlan(path, template, tuple(cells), (*notes, *_older(db, template)))


def apply_form(db: Database, plan: FormPlan, *, take: Collection[Spot] = ()) -> Step:
    """Write the new and the changed cells, and those of `take` that a person decided for the file; one Step.

    Raises Stale for cells written since the plan was shown.
    """
    chosen = set(take)
    written = [
        cell for cell in plan.cells if cell.kind in TAKEN or (cell.kind in ASKED and cell.spot in chosen)
    ]
    planned = (PlannedCell(cell.name, _key(cell.page), _entry(cell), cell.here) for cell in written)
    changes = list(planned_changes(db, planned))
    if changes:
        for page in {cell.page.n: cell.page for cell in written}.values():
            changes += _remember(db, plan.template, page)
    label = _("Đọc phiếu nhập điểm: {n} ô").format(n=len(written))
    return db.do(Step(label, tuple(changes)))


def _remember(db: Database, template: Template, page: FormPage) -> tuple[Change, ...]:
    last = _last_read(db, page)
    if not template.written or (last is not None and last >= template.moment):
        return ()
    return db.put_setting(page.key, template.written)


def _last_read(db: Database, page: FormPage) -> dt.datetime | None:
    found = db.setting(page.key)
    return dt.datetime.fromisoformat(found) if found else None


def is_older(db: Database, template: Template, page: FormPage) -> bool:
    """Whether a form written later was already read back for the page."""
    last = _last_read(db, page)
    return last is not None and last > template.moment


def _older(db: Database, template: Template) -> Iterator[Note]:
    for page in template.pages:
        if is_older(db, template, page):
            where = _("Lớp {name}").format(name=page.class_name)
            reason = _("Một phiếu lập sau phiếu này đã được đọc; ô nào khác đi phải chọn.")
            yield Note(1, where, "", "FORM_OLDER", reason, _("Xem có nhầm tệp cũ không."))


def _key(page: FormPage) -> SheetKey:
    return SheetKey(page.class_id, page.code, page.term)


def _entry(cell: FormCell) -> MarkEntry:
    return MarkEntry(cell.pupil_id, cell.slot, cell.value)


# -- what would become of it


class _PageJudge:
    """Decides every cell of a page."""

    def __init__(self, db: Database, template: Template, page: FormPage) -> None:
        self._db = db
        self._page = page
        self._rows = by_pupil(page)
        self._older = is_older(db, template, page)
        self._roll: Roll | None = None
        self._refusal: Problem | None = None
        try:
            self._roll = read_roll(db, page.class_id)
            self._kind = self._roll.course(page.code).kind
        except Refused as no:
            self._refusal = no.problems[0]
        self._locks = ClassLocks(db, self._roll) if self._roll else None
        self._stored = self._marks()
        self._rows_read: dict[str, int] = {}

    def _marks(self) -> dict[tuple[str, str], Mark]:
        rows = self._db.all(
            "select pupil_id, slot, value from mark where year = ? and code = ? and term = ? and gone = 0",
            (self._page.year, self._page.code, self._page.term),
        )
        return {(pupil, slot): value for pupil, slot, value in rows}

    def cells(self, filled: FilledPage) -> Iterator[FormCell]:
        """Every cell of the page with what would become of it."""
        for line in filled.lines:
            row = self._rows.get(line.pupil_id)
            problem = self._against_line(line, row)
            bases = dict(zip(self._page.slots, row.marks, strict=True)) if row else {}
            for slot, raw in line.cells.items():
                cell = FormCell(
                    page=self._page,
                    row=line.row,
                    pupil_id=line.pupil_id,
                    name=line.name or (row.name if row else ""),
                    slot=slot,
                    base=bases.get(slot),
                    here=self._stored.get((line.pupil_id, slot)),
                    text=as_text(raw),
                )
                yield self._judged(cell, raw, problem)

    def _against_line(self, line: FormLine, row: FormRow | None) -> Problem | None:
        if row is None:
            message = _("Dòng này thêm vào bằng tay, phiếu không có.")
            return Problem("ROW_ADDED", message, next=_("Nhập điểm em này ngay trong sổ điểm."))
        first = self._rows_read.setdefault(line.pupil_id, line.row)
        if first != line.row:
            return Problem("ROW_TWICE", _("Em này đã có ở dòng {row}.").format(row=first))
        if not same_name(line.name, row.name):
            message = _("Tên ở dòng này không phải {name}, nên không biết điểm của em nào.")
            step = _("Có lẽ cột tên đã bị xếp lại: lấy phiếu mới rồi chép điểm sang.")
            return Problem("NAME_MOVED", message.format(name=row.name), next=step)
        return None

    def _judged(self, cell: FormCell, raw: Cell, problem: Problem | None) -> FormCell:
        """The cell with its kind."""
        problem = problem or self._refusal
        if problem is not None:
            return replace(cell, kind="refused", problem=problem) if self._touched(cell) else cell
        try:
            value = _read(raw, self._kind)
        except Refused as no:
            return replace(cell, kind="refused", problem=no.problems[0])
        cell = replace(cell, value=value)
        if value in (cell.here, cell.base):
            return cell
        problem = self._against(cell)
        return replace(cell, kind="refused", problem=problem) if problem else self._decided(cell)

    def _touched(self, cell: FormCell) -> bool:
        """Whether somebody wrote into a cell that cannot be taken anyway."""
        try:
            return (
                read_mark(
                    cell.text or None,
                    CourseKind.COMMENT if cell.base in (PASSED, FAILED) else CourseKind.SCORE,
                )
                != cell.base
            )
        except Refused:
            return True

    def _against(self, cell: FormCell) -> Problem | None:
        assert self._roll is not None
        assert self._locks is not None
        problem = check_entry(self._roll, _key(self._page), _entry(cell))
        if problem is not None:
            return problem
        lock = self._locks.against(cell.pupil_id, self._page.code, self._page.term, cell.slot)
        row = mark_id(self._roll, _key(self._page), _entry(cell))
        return locked_problem(lock, name=cell.name, row=row) if lock else None

    def _decided(self, cell: FormCell) -> FormCell:
        """New, changed, cleared, or changed on both sides."""
        if cell.here != cell.base:
            return replace(cell, kind="conflict", why=_("Sổ đã sửa sau khi lập phiếu."))
        if self._older:
            return replace(cell, kind="conflict", why=_("Đã đọc một phiếu mới hơn."))
        if cell.value is None:
            return replace(cell, kind="cleared", why=_("Trong phiếu đã xóa ô này."))
        return replace(cell, kind="new" if cell.here is None else "changed")


def _read(raw: Cell, kind: str) -> Mark:
    require_value(raw)
    if isinstance(raw, dt.date):
        message = _("Excel đã đổi điểm thành ngày {day}.").format(day=f"{raw:%d/%m/%Y}")
        raise Refused(Problem("MARK_NOT_NUMBER", message, next=_("Gõ lại điểm ở ô này, như 8,5.")))
    return read_mark(raw, kind)
