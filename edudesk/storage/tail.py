"""The journal's tail: beside the database, what was written since the newest backups, in a file of its own.

It is the same journal in a second small encrypted file. A commit does not wait for the disk there (the database's own
commit does); a timer brings it to the disk a few seconds later. So a damaged database loses nothing its backup lacks.
Nothing that goes wrong with the tail may stop a mark from being written: it falls behind, and catches up by itself.
What is much to catch up, a thread of its own brings over in small parts; a commit does a little or nothing of it.
"""

from __future__ import annotations

import threading
from contextlib import closing, suppress
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]

from edudesk.kernel.errors import Unavailable
from edudesk.storage.connection import Connection, connect
from edudesk.storage.journal import Origin
from edudesk.storage.places import DATABASE, TAIL, put_tail_aside
from edudesk.storage.tail_file import (
    Sync,
    copy_steps,
    fits,
    last_of_batch,
    meta,
    mostly_empty,
    open_tail,
    transaction,
)
from edudesk.storage.witness import Promise, write_witness

WHOLE = 2_000  # a school with fewer steps gets a tail that tells it from its first
FEW, LITTLE = 64, 2_000  # steps, and rows of them, that a commit takes over itself
PATIENCE = 5.0  # seconds that closing waits for what is still being taken over
PAUSE = 0.002  # seconds between two parts, for whoever types

_LOST = (sqlcipher.SQLITE_NOTADB, sqlcipher.SQLITE_CORRUPT)
_LOST_WORDS = ("malformed", "not a database", "no such table")  # where the library gives no code of its own
_LOST_CODES = ("DATABASE_KEY", "DATABASE_DAMAGED")
_FAILURES = (sqlcipher.DatabaseError, OSError, Unavailable)


class Tail:
    """The tail of one open Database, in its thread. `origin` says whose it is: another epoch's is put aside."""

    def __init__(self, folder: Path, key: bytes, origin: Origin) -> None:
        self.path = folder / TAIL
        self._folder = folder
        self._key = key
        self._origin = origin
        self._connection: Connection | None = None
        self._last = 0
        self._owed = 0
        self._known: set[int] = set()  # streams the file has been told of
        self._copier: _Copier | None = None
        self._sync = Sync(folder)

    @property
    def behind(self) -> int:
        """How many steps written here the tail does not have yet."""
        last = self._copier.last if self._copier is not None else self._last
        return max(self._owed - last, 0)

    def follow(self, source: Connection, number: int, *, step: str = "", size: int = 0) -> None:
        """Take over what the journal has and the tail has not; step `number` with the id `step` was just committed,
        of `size` rows where that is known."""
        self._owed = max(self._owed, number)
        if step:
            write_witness(self._folder, Promise(self._origin.epoch, number, step))
        if self._copier is not None and self._copier.go_on(self._owed):
            return
        try:
            self._join()
            self._append(source, number, size)
        except _FAILURES as error:
            self._give_up(error)
        self._sync.soon()

    def forget(self, number: int) -> None:
        """A verified backup holds every step up to `number`: drop what the backup before it held too."""
        if not self.wait(PATIENCE):
            return  # the next backup will do it
        try:
            self._join()
            connection = self._open(number)
            with transaction(connection):
                before = meta(connection, "held") or 0
                connection.execute("insert or replace into meta values ('held', ?)", (number,))
                connection.execute("delete from journal where step <= ?", (before,))
                connection.execute("delete from journal_step where n <= ?", (before,))
            if mostly_empty(connection):
                connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)").fetchall()
        except _FAILURES as error:
            self._give_up(error)

    def catch_up(self, source: Connection) -> None:
        """Try once more what failed, before the source is closed."""
        if self._copier is None and self.behind:
            self.follow(source, self._owed)

    def wait(self, seconds: float) -> bool:
        """Wait for what is being taken over; whether that came to its end."""
        return self._copier is None or self._copier.wait(seconds)

    def close(self, *, patience: float = PATIENCE) -> None:
        """Bring what was written to the disk. What is still being taken over after that time is left to the next time."""
        if self._copier is not None and not self._copier.wait(patience):
            self._copier.stop()
        with suppress(*_FAILURES):
            self._join()
        self._sync.close()
        self._let_go()

    def _append(self, source: Connection, number: int, size: int) -> None:
        connection = self._open(number)
        if self._is_little(source, size):
            copy_steps(source, connection, (self._last, self._owed), known=self._known)
            self._last = self._owed
        elif self._owed > self._last:
            self._copier = _Copier(self, last=self._last, until=self._owed)

    def _is_little(self, source: Connection, size: int) -> bool:
        if size and self._owed == self._last + 1:
            return size <= LITTLE
        if self._owed - self._last > FEW:
            return False
        rows = source.execute("select coalesce(sum(size), 0) from journal_step where n > ?", (self._last,))
        return bool(rows.fetchone()[0] <= LITTLE)

    def _open(self, number: int) -> Connection:
        if self._connection is None:
            connection = open_tail(self.path, self._key)
            if meta(connection, "epoch") not in (None, self._origin.epoch) or not fits(connection):
                connection.close()
                put_tail_aside(self._folder)
                connection = open_tail(self.path, self._key)
            self._connection = connection
            self._last = self._begin(connection, number)
        return self._connection

    def _begin(self, connection: Connection, number: int) -> int:
        """The last step the tail has; of a new one, the one before where it begins."""
        last = connection.execute("select max(n) from journal_step").fetchone()[0]
        if meta(connection, "epoch") is None:
            last = 0 if number <= WHOLE else number - 1
            row = (("epoch", self._origin.epoch), ("device", self._origin.device), ("held", last))
            with transaction(connection):
                connection.executemany("insert or replace into meta values (?, ?)", row)
        return int(last if last is not None else meta(connection, "held"))

    def _join(self) -> None:
        """Go on from where the copier came to. Raises what stopped it."""
        copier, self._copier = self._copier, None
        if copier is None:
            return
        copier.wait(PATIENCE)
        self._last = copier.last
        if copier.error is not None:
            raise copier.error

    def bring_to_disk(self) -> None:
        """Wait until what was written is on the disk; for the thread that takes much over."""
        self._sync.flush()

    def copier_connections(self) -> tuple[Connection, Connection]:
        """The journal, to read, and the tail: for the thread that asks."""
        source = connect(self._folder / DATABASE, self._key, readonly=True)
        try:
            return source, open_tail(self.path, self._key)
        except BaseException:
            source.close()
            raise

    def _let_go(self) -> None:
        self._known.clear()
        if self._connection is not None:
            with suppress(sqlcipher.DatabaseError):
                self._connection.close()
            self._connection = None

    def _give_up(self, error: Exception) -> None:
        """Close, so that the next step tries again; a tail that cannot be read is put aside and begun anew."""
        self._let_go()
        if is_lost(error):
            with suppress(OSError):
                put_tail_aside(self._folder)


def is_lost(error: Exception) -> bool:
    """Whether an error says that a file of the tail cannot be gone on with."""
    if getattr(error, "code", "") in _LOST_CODES or getattr(error, "sqlite_errorcode", 0) & 0xFF in _LOST:
        return True
    return any(part in str(error).lower() for part in _LOST_WORDS)


class _Stopped(Exception):
    """Closing did not wait."""


class _Copier:
    """Brings the tail up to the journal in a thread of its own, one part after the other."""

    def __init__(self, tail: Tail, *, last: int, until: int) -> None:
        self.last = last
        self.error: Exception | None = None
        self._tail = tail
        self._until = until
        self._ended = False
        self._lock = threading.Lock()
        self._known: set[int] = set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tail", daemon=True)
        self._thread.start()

    def go_on(self, until: int) -> bool:
        """Take one more step over, too; False when the thread is at its end."""
        with self._lock:
            self._until = max(self._until, until)
            return not self._ended

    def wait(self, seconds: float) -> bool:
        """Whether the thread ended within that time."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Leave the rest, with the part that is being written; the thread is gone afterwards."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            source, tail = self._tail.copier_connections()
            with closing(source), closing(tail):
                while not self._is_done():
                    self._copy(source, tail)
                    self._tail.bring_to_disk()
                    self._stop.wait(PAUSE)
        except _Stopped:
            pass
        except _FAILURES as error:
            self.error = error
        finally:
            with self._lock:
                self._ended = True

    def _copy(self, source: Connection, tail: Connection) -> None:
        end = last_of_batch(source, self.last)
        if end == self.last:
            raise _Stopped  # the journal has no more
        copy_steps(source, tail, (self.last, end), known=self._known, check=self._check)
        self.last = end

    def _is_done(self) -> bool:
        self._check()
        with self._lock:
            self._ended = self.last >= self._until
            return self._ended

    def _check(self) -> None:
        if self._stop.is_set():
            raise _Stopped
