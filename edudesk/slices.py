"""The slices of the program, one name a line; what each offers stands in its `slice.py`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from edudesk.kernel.access import Author
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.storage.connection import translating_errors
from edudesk.storage.database import Database, Doors
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
from edudesk.storage.slice import Code, PageSpec, Slice
from edudesk.storage.slice_tables import Reader

NAMES = (
    "school",
    "staff",
    "students",
    "gradebook",
    "premises",
    "labs",
    "equipment",
    "dx",
    "home",
    "handbook",
    "trouble",
    "demo",
)
SLICES: tuple[Slice, ...] = tuple(import_module(f"edudesk.{name}.slice").SLICE for name in NAMES)
TABLES = tuple(tables for part in SLICES for tables in part.tables)
PAGES: tuple[PageSpec, ...] = tuple(
    sorted((page for part in SLICES for page in part.pages), key=lambda page: page.order)
)
ROW_NAMES = {table: name for part in SLICES for table, name in part.row_names.items()}


def guard(read: Reader, step: Step) -> list[Problem]:
    """Every problem that a slice's guards see in a Step. Guards of tables it does not touch are not even imported."""
    guards = [
        check
        for part in SLICES
        for each in part.guards
        if step.touches(*each.tables)
        for check in each.guards.load()
    ]
    return [problem for check in guards for problem in check(read, step)]


def row_name(db: Database, table: str, row: str) -> str:
    """What people call a row; empty where they have no name for it."""
    name = ROW_NAMES.get(table)
    if name is None:
        return ""
    return str(name(db, row) if isinstance(name, Code) else db.value(name, (row,), ""))


def open_school(folder: Path, *, create: bool = False, author: Author | None = None) -> Database:
    """The school in a folder, with every slice's tables and guards. Raises like `Database.open`."""
    return Database.open(folder, TABLES, author=author, guards=(guard,), slices=SLICES, create=create)


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
    with translating_errors(folder):
        private_folder(folder)
    lock = FolderLock(folder)
    try:
        clear_attempt(folder)
        with translating_errors(folder):
            (folder / MAKING).touch()
    except BaseException:
        lock.release()
        raise
    return lock


DOORS = Doors(open_school, new_school, TABLES)
