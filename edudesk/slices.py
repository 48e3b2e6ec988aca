"""The list of slices: their tables, and the guards that look at every Step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from edudesk.dx import schema as dx
from edudesk.dx.guards import GUARDS as DX_GUARDS
from edudesk.equipment import schema as equipment
from edudesk.gradebook.register import schema as gradebook
from edudesk.gradebook.register.guards import GUARDS as GRADEBOOK_GUARDS
from edudesk.gradebook.rules.marks import slot_label
from edudesk.kernel.access import Author
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.premises import schema as facility
from edudesk.premises.guards import GUARDS as FACILITY_GUARDS
from edudesk.school import schema as school
from edudesk.staff import schema as staff
from edudesk.storage.connection import in_words
from edudesk.storage.database import Database
from edudesk.storage.instance import FolderLock
from edudesk.storage.places import (
    MAKING,
    clear_attempt,
    database_gone,
    elsewhere,
    forget,
    has_database,
    has_school,
    private_folder,
    sync_folder,
)
from edudesk.students import schema as students
from edudesk.students.guards import GUARDS as STUDENT_GUARDS

PARTS = (school.PART, staff.PART, students.PART, gradebook.PART, facility.PART, equipment.PART, dx.PART)
GUARDS = (*STUDENT_GUARDS, *GRADEBOOK_GUARDS, *DX_GUARDS, *FACILITY_GUARDS)


# What people call a row, by table: a query of its name by id, and of its column in the register if it is a mark.
_NAMES = {
    "pupil": "select name from pupil where id = ?",
    "enrolment": "select p.name from enrolment e join pupil p on p.id = e.pupil_id where e.id = ?",
    "status_event": "select p.name from status_event e join pupil p on p.id = e.pupil_id where e.id = ?",
    "term_record": "select p.name from term_record r join pupil p on p.id = r.pupil_id where r.id = ?",
    "subject_comment": "select p.name from subject_comment c join pupil p on p.id = c.pupil_id where c.id = ?",
    "mark": "select p.name, m.slot from mark m join pupil p on p.id = m.pupil_id where m.id = ?",
    "school_class": "select name from school_class where id = ?",
    "staff": "select name from staff where id = ?",
    "site": "select name from site where id = ?",
    "building": "select name from building where id = ?",
    "room": "select name from room where id = ?",
    "machine": "select name from machine where id = ?",
    "room_detail": "select name from room where id = ?",
    "dx_resource": "select title from dx_resource where id = ?",
    "dx_system": "select name from dx_system where id = ?",
    "equipment": "select name from equipment where id = ?",
    "equipment_event": "select e.name from equipment_event v join equipment e on e.id = v.equipment_id where v.id = ?",
}


def row_name(db: Database, table: str, row: str) -> str:
    """What people call a row; empty where they have no name for it."""
    name, *slot = (db.one(_NAMES[table], (row,)) if table in _NAMES else None) or ("",)
    return f"{name} · {slot_label(str(slot[0]))}" if slot else str(name)


def open_school(folder: Path, *, create: bool = False, author: Author | None = None) -> Database:
    """The school in a folder, with every slice's tables and guards. Raises like `Database.open`."""
    return Database.open(folder, PARTS, author=author, guards=GUARDS, create=create)


@contextmanager
def new_school(folder: Path) -> Iterator[Database]:
    """A school being made in a folder that has none; whole afterwards, or not there at all.

    Raises Refused SCHOOL_EXISTS, and whatever making it raises.
    """
    _require_free(folder)
    lock = _being_made(folder)
    try:
        with lock:
            with open_school(folder, create=True) as db:
                yield db
                db.forget_undo()
            (folder / MAKING).unlink()
            sync_folder(folder)  # from here on it is a school, whatever happens to the power
    except BaseException:
        forget(folder)
        raise


def _require_free(folder: Path) -> None:
    """Refuse a folder that has a school, be its database lost: nothing of it may be begun over."""
    if problem := elsewhere(folder):
        raise Refused(problem)
    if not has_school(folder):
        return
    if not has_database(folder):
        raise Refused(database_gone(folder))
    message = _("Thư mục này đã có dữ liệu trường.")
    raise Refused(Problem("SCHOOL_EXISTS", message, str(folder), _("Chọn một thư mục khác.")))


def _being_made(folder: Path) -> FolderLock:
    """A folder marked as one in which a school is being made; what a killed attempt left goes first."""
    with in_words(folder):
        private_folder(folder)
    lock = FolderLock(folder)
    try:
        clear_attempt(folder)
        with in_words(folder):
            (folder / MAKING).touch()
    except BaseException:
        lock.release()
        raise
    return lock
