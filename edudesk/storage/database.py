"""The school's data: read with SQL, write only by `do(Step)`.

One Step is one transaction of rows and journal; guards look at it first, watchers hear of it after. A Database stays
in the thread that opened it; work in another thread opens a `clone`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from edudesk.kernel import clock
from edudesk.kernel.access import Author
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused, Stale, Unavailable
from edudesk.kernel.ids import new_id
from edudesk.kernel.text import squeeze
from edudesk.kernel.unfit import unfit
from edudesk.kernel.words import _
from edudesk.storage import journal, migrate, rows
from edudesk.storage.backups.leftovers import sweep
from edudesk.storage.connection import Connection, connect, translating_errors
from edudesk.storage.places import (
    BACKUPS,
    DATABASE,
    NEXT,
    database_gone,
    has_database,
    has_school,
    make_private,
    prepare_folder,
    school_key,
)
from edudesk.storage.slice import Slice
from edudesk.storage.slice_tables import Guard, SliceTables
from edudesk.storage.swap import finish_swap, swap_in
from edudesk.storage.tables import OpenTables
from edudesk.storage.tail import Tail
from edudesk.storage.undo import UndoStack, staying
from edudesk.storage.witness import missing, promised


def _connected(folder: Path, *, create: bool) -> tuple[Connection, bytes]:
    """The file of a school folder and its key, as they can be opened; a read never makes one."""
    prepare_folder(folder, create=create)
    if not create or has_school(folder):
        finish_swap(folder)
        if not has_database(folder):
            raise Unavailable(database_gone(folder))
        create = False
    key = school_key(folder, create=create)
    sweep(folder / BACKUPS)
    connection = connect(folder / DATABASE, key, create=create)
    make_private(folder)
    return connection, key


class Database(OpenTables):
    """An open school folder. Make one with `Database.open`; close it, or use it as a context manager."""

    def __init__(
        self,
        connection: Connection,
        folder: Path,
        *,
        parts: Sequence[SliceTables],
        author: Author,
        guards: Sequence[Guard],
        slices: Sequence[Slice] = (),
    ) -> None:
        self.folder = folder
        self.path = folder / DATABASE
        self._parts = tuple(parts)
        self._guards = tuple(guards)
        self.slices = tuple(slices)
        """What every slice offers: a slice that composes (the board, the self-score) reads there what others add."""
        self._tables = {table.table: table for part in parts for table in part.tables}
        self._watchers: list[Callable[[Step], None]] = []
        self.author = author
        self.wall = clock.wall_time
        self._attach(connection)

    @classmethod
    def open(
        cls,
        folder: Path,
        parts: Sequence[SliceTables],
        *,
        author: Author | None = None,
        guards: Sequence[Guard] = (),
        slices: Sequence[Slice] = (),
        create: bool = False,
    ) -> Database:
        """Open the school in a folder, bringing its tables up to date (after a backup).

        Raises Unavailable when the folder, key or file cannot be used, Refused for a network share (NETWORK_SHARE),
        a folder with no school (NO_SCHOOL) or a file from a newer program (NEWER_FILE).
        """
        every_part = (migrate.STORAGE, *parts)
        connection, key = _connected(folder, create=create)
        try:
            with translating_errors(folder / DATABASE):
                migrate.bring_up_to_date(connection, every_part, folder=folder)
                who = author or Author()
                db = cls(connection, folder, parts=every_part, author=who, guards=guards, slices=slices)
                db.require_present(key)
                return db
        except BaseException:
            connection.close()
            raise

    def clone(self, folder: Path | None = None) -> Database:
        """A second Database on the same file, or on a copy in `folder`. Call it in the thread it is for."""
        folder = folder or self.folder
        connection = connect(folder / DATABASE, school_key(folder))
        twin = Database(
            connection,
            folder,
            parts=self._parts,
            author=self.author,
            guards=self._guards,
            slices=self.slices,
        )
        twin.wall = self.wall
        return twin

    def opened_at(self, folder: Path) -> Database:
        """The school of another folder with the same slices and guards, brought up to date. Raises as `open`."""
        parts = self._parts[1:]
        return Database.open(folder, parts, author=self.author, guards=self._guards, slices=self.slices)

    def require_present(self, key: bytes) -> None:
        """Refuse a file that lacks what was acknowledged: a lost write-ahead file, an old copy.

        Raises Unavailable DATABASE_BEHIND; going on would give numbers a second time.
        """
        promises = promised(self.folder, key)  # before the database: another process may be writing
        lacking = missing(self._connection, self.origin.epoch, promises)
        if lacking:
            message = _("Tệp dữ liệu thiếu {n} việc đã ghi gần đây.").format(n=lacking)
            step = _("Mở cửa sổ EduDesk để lấy lại từ nhật kí.")
            raise Unavailable(Problem("DATABASE_BEHIND", message, str(self.folder), step))

    def replace_with(self, staged: Path) -> None:
        """Let another database file take the place of this one, and be that. Watchers stay; nobody is told.

        Raises Unavailable BUSY while somebody else has the file open; then nothing has changed.
        """
        self.tail.close()
        if self.value("pragma journal_mode = delete") != "delete":
            message = _("Dữ liệu đang mở trong một cửa sổ EduDesk khác.")
            raise Unavailable(Problem("BUSY", message, str(self.folder), _("Đóng cửa sổ đó rồi làm lại.")))
        self._connection.close()
        try:
            swap_in(self.folder, staged)
        except BaseException:
            (self.folder / NEXT).unlink(
                missing_ok=True
            )  # what is written from here on must not be replaced later
            raise
        finally:
            self._attach(connect(self.path, school_key(self.folder)))

    def _attach(self, connection: Connection) -> None:
        """Be the school at this connection."""
        self._connection = connection
        self.origin = migrate.identity(connection)
        self._stack = UndoStack(connection, self.author.actor, self.origin.device)
        self.tail = Tail(self.folder, school_key(self.folder), self.origin)

    def close(self) -> None:
        """Let go of the file; what the journal's tail still holds back goes to the disk."""
        self._watchers.clear()
        self.tail.catch_up(self._connection)
        self.tail.close()
        self._connection.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- writing

    def do(self, step: Step, *, final: bool = False) -> Step:
        """Write a Step: all of its changes and their journal rows, or nothing. A `final` one is not undone.

        Answers the step as written. Raises Refused with every guard's problems, Stale when a cell no longer holds
        what the step says it held, Unavailable when the disk fails. A step without changes is not written.
        """
        if not step.changes:
            return step
        with self._transaction():
            written = self._write(step)
            if not final:
                self._stack.push(written.number)
        self._tell(written)
        return written

    def undo(self, *, rest: bool = False) -> Step | None:
        """Take back the newest own Step. None when there is none.

        Raises Stale or Refused with the rows that stand against it; `rest` takes back all the others.
        """
        with translating_errors(self.path):
            entry = self._stack.last_done()
            if entry is None:
                return None
            number, label = entry
            changes = tuple(reversed(journal.step_changes(self._connection, number)))
        with self._transaction():
            inverse = self._possible(_("Hoàn tác: {label}").format(label=label), changes, rest=rest)
            written = self._write(inverse)
            self._stack.mark_undone(number, written.number)
        self._tell(written)
        return written

    def redo(self) -> Step | None:
        """Do again what was last undone. None when there is nothing. Raises like `undo`."""
        with translating_errors(self.path):
            entry = self._stack.first_undone()
            if entry is None:
                return None
            number, undone_by, label = entry
            changes = tuple(reversed(journal.step_changes(self._connection, undone_by)))
        with self._transaction():
            again = Step(_("Làm lại: {label}").format(label=label), tuple(c.inverse() for c in changes))
            written = self._write(again)
            self._stack.mark_redone(number, written.number)
        self._tell(written)
        return written

    def forget_undo(self) -> None:
        """Make what was done so far final: a school just made is not taken back step by step."""
        with translating_errors(self.path):
            self._stack.clear()

    @property
    def undo_label(self) -> str:
        """What undo would take back, in the user's words; empty when nothing."""
        with translating_errors(self.path):
            entry = self._stack.last_done()
        return entry[1] if entry else ""

    def watch(self, callback: Callable[[Step], None]) -> Callable[[], None]:
        """Hear of every Step written here, after its commit. Answers how to stop hearing."""
        self._watchers.append(callback)

        def unwatch() -> None:
            if callback in self._watchers:
                self._watchers.remove(callback)

        return unwatch

    # -- inside

    def _require_in_place(self) -> None:
        """Refuse to write into a file that was moved or removed while it is open: nobody would find it again."""
        if not has_database(self.folder):
            message = _("Tệp dữ liệu không còn ở chỗ cũ: thư mục đã bị chuyển đi hoặc bị xóa. Chưa ghi gì.")
            step = _("Đưa thư mục về chỗ cũ rồi làm lại, hoặc đóng EduDesk và mở ở chỗ mới.")
            raise Unavailable(Problem("DATABASE_MOVED", message, str(self.path), step))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._require_in_place()
        with translating_errors(self.path):
            self._connection.execute("begin immediate")
            try:
                yield
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                raise

    def _write(self, step: Step) -> Step:
        step = replace(step, id=new_id(), reason=squeeze(step.reason))
        problems = [problem for guard in self._guards for problem in guard(self.all, step)]
        problems = problems or unfit(self._tables, step)
        if problems:
            raise Refused(*problems)
        scopes = rows.scopes(self._connection, self._tables, step.changes)
        rows.apply(self._connection, self._tables, step.changes)
        if problems := rows.strangers(self._connection, self._tables, step.changes):
            raise Refused(*problems)
        number = journal.append(
            self._connection,
            step,
            journal.Provenance(self.author, self.origin, self.wall()),
            scope_of=lambda change: scopes[change.table, change.row],
            tables=self._tables,
        )
        return replace(step, number=number)

    def _possible(self, label: str, changes: Sequence[Change], *, rest: bool) -> Step:
        problems = [rows.stale(c) for c in changes if not rows.as_left(self.row(c.table, c.row), c)]
        step = Step(label, tuple(change.inverse() for change in changes))
        problems += [problem for guard in self._guards for problem in guard(self.all, step)]
        if problems and not rest:
            refusal = Stale if all(problem.code == "STALE" for problem in problems) else Refused
            raise refusal(*problems)
        staying_rows = staying(changes, {problem.row for problem in problems})
        left = tuple(change for change in step.changes if change.row not in staying_rows)
        if not left:
            raise Refused(*problems)
        return replace(step, changes=left)

    def _tell(self, step: Step) -> None:
        """The step is on the disk: the tail follows, then everybody hears of it."""
        self.tail.follow(self._connection, step.number, step=step.id, size=len(step.changes))
        for watcher in tuple(self._watchers):
            watcher(step)


class Doors(NamedTuple):
    """Ways into a school folder with every slice's tables: one that is there, one being made, one being rebuilt."""

    open_school: Callable[[Path], Database]
    new_school: Callable[[Path], AbstractContextManager[Database]]
    tables: tuple[SliceTables, ...]
