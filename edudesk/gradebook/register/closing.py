"""Closing a term of a class or of the school: the confirmed zeros and the lock in one final Step."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from edudesk.gradebook.register.locks import ClassLocks, lock_changes, locked_already, require_office
from edudesk.gradebook.register.marks import MarkEntry, SheetKey, cell_changes
from edudesk.gradebook.register.roll import TERMS, Course, Roll, read_roll, read_rolls
from edudesk.gradebook.register.stored_marks import StoredValues, read_stored
from edudesk.gradebook.rules.closing import (
    CellKey,
    ClosingPage,
    ClosingPlan,
    OwedCell,
    check_confirmed,
    owed_cells,
)
from edudesk.gradebook.rules.locks import Scope, check_lock
from edudesk.gradebook.rules.marks import Mark
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.students.store import Pupil


def closing_plan(db: Database, year: int, term: int, class_id: str | None = None) -> ClosingPlan:
    """What closing a term (1 or 2) would do. Raises Refused TERM_UNKNOWN, CLASS_UNKNOWN, NO_REGULATION of a class."""
    if term not in TERMS:
        message, next_step = _("Đóng sổ theo học kì 1 hoặc 2."), _("Chọn học kì.")
        raise Refused(Problem("TERM_UNKNOWN", message, next=next_step))
    rolls = [read_roll(db, class_id)] if class_id else read_rolls(db, year)
    stored = read_stored(db, year, term, class_id=class_id)
    pages = [page for roll in rolls for page in _pages(db, roll, term, stored)]
    all_pages = tuple(page for page in pages if page.cells or page.blank)
    return ClosingPlan(year, term, class_id, len(rolls), all_pages)


def _pages(db: Database, roll: Roll, term: int, helds: Mapping[str, StoredValues]) -> list[ClosingPage]:
    locks = ClassLocks(db, roll)
    pupils = [pupil for pupil in roll.pupils if roll.owes(pupil, term)]
    return [_page(roll, course, term, pupils, (helds, locks)) for course in roll.courses]


def _page(
    roll: Roll,
    course: Course,
    term: int,
    pupils: list[Pupil],
    read: tuple[Mapping[str, StoredValues], ClassLocks],
) -> ClosingPage:
    stored, locks = read
    zero = course.assessment.absent(roll.law)
    cells: list[OwedCell] = []
    blank = 0
    for pupil in pupils:
        if not roll.takes(pupil.id, course):
            continue
        owed, empty = owed_cells(course.slots, _marks(stored.get(pupil.id, {}).get((course.code, term))))
        blank += empty + (len(owed) if zero is None else 0)
        if zero is None:  # a regulation such as that of primary school makes nothing of what is owed
            continue
        for slot, value in owed:
            lock = locks.against(pupil.id, course.code, term, slot)
            key = CellKey(pupil.id, course.code, slot)
            cells.append(OwedCell(key, pupil.number, pupil.name, value, zero, lock is not None))
    article = roll.law.cite(course.assessment.owed_article)
    return ClosingPage(roll.class_id, roll.class_name, course.code, course.name, tuple(cells), blank, article)


def _marks(texts: tuple[str, str] | None) -> dict[str, Mark]:
    """Slot → what it holds, as text: enough to tell letters from marks."""
    return dict(zip(*(text.split(",") for text in texts), strict=True)) if texts else {}


def close_term(db: Database, plan: ClosingPlan, confirmed: Collection[CellKey], reason: str) -> Step:
    """Turn the confirmed cells and lock the term, all or nothing; final like a lock. The rest stays owed.

    Raises Refused: LOCK_REASON, LOCK_STANDING, CLOSING_STALE and CLOSING_HELD for every such cell, LOCK_THERE when
    the term is locked already and no cell is to be turned.
    """
    scope = Scope(plan.year, plan.class_id, None, plan.term)
    if problems := check_lock(scope, reason):
        raise Refused(*problems)
    require_office(db, _("Chỉ văn phòng hoặc hiệu trưởng đóng sổ học kì."))
    now = closing_plan(db, plan.year, plan.term, plan.class_id)
    if problems := check_confirmed(plan, now, confirmed):
        raise Refused(*problems)
    turned = _turned(db, now, confirmed)
    locked: tuple[Change, ...] = ()
    if locked_already(db, scope, None) is None:
        locked = lock_changes(db, scope, reason, writing=turned)
    if not turned and not locked:
        message, next_step = _("Học kì này đã đóng sổ."), _("Lập phiếu mở khóa nếu phải sửa.")
        raise Refused(Problem("LOCK_THERE", message, next=next_step))
    return db.do(Step(closing_label(plan.term), (*turned, *locked), squeeze(reason)), final=True)


def closing_label(term: int) -> str:
    """What the action is called in the journal."""
    return _("Đóng sổ học kì {term}").format(term="I" * term)


def _turned(db: Database, plan: ClosingPlan, confirmed: Collection[CellKey]) -> tuple[Change, ...]:
    wanted = set(confirmed)
    classes: dict[str, list[tuple[SheetKey, MarkEntry]]] = {}
    for page in plan.pages:
        key = SheetKey(page.class_id, page.code, plan.term)
        for cell in page.cells:
            if cell.key in wanted:
                entry = MarkEntry(cell.key.pupil_id, cell.key.slot, cell.becomes)
                classes.setdefault(page.class_id, []).append((key, entry))
    changes: list[Change] = []
    for class_id, cells in classes.items():
        changes += cell_changes(db, read_roll(db, class_id), cells)
    return tuple(changes)
