"""The journal's tail: beside the database, what was written since the newest backups, in a file of its own.

It is the same journal in a second small encrypted file. A commit does not wait for the disk there (the database's own
commit does); a timer brings it to the disk a few seconds later. So a damaged database loses nothing its backup lacks.
Nothing that goes wrong with the tail may stop a mark from being written: it falls behind, and catches up by itself.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]

from edudesk.kernel.errors import Unavailable
from edudesk.storage.connection import Connection, connect
from edudesk.storage.journal import Origin
from edudesk.storage.places import TAIL, remove_database, sync_folder

AT_MOST = 4.0  # seconds a commit waits for the disk here
WHOLE = 2_000  # a school with fewer steps gets a tail that tells it from its first
PAGES = 4_000  # of the write-ahead file before it is folded into the tail

_TABLES = """
create table if not exists meta (key text primary key, value) without rowid;
create table if not exists scope_key (scope text primary key, key blob not null) without rowid;
create table if not exists journal_stream (n integer primary key, device text, epoch text, scope text);
create table if not exists journal_step (n integer primary key, id text, label text, size integer,
    indivisible integer, wall text, clock integer, actor text, standing text, reason text);
create table if not exists journal (stream integer, seq integer, step integer, kind text, tbl text, row text,
    field text, old, new, seen text, schema integer, c blob, primary key (stream, seq)) without rowid;
"""
_LOST = ("malformed", "not a database", "no such table")


class Tail:
    """The tail of one open Database, in its thread. `origin` says whose it is: another epoch's is begun anew."""

    def __init__(self, folder: Path, key: bytes, origin: Origin) -> None:
        self.path = folder / TAIL
        self._key = key
        self._origin = origin
        self._connection: Connection | None = None
        self._last = 0
        self._owed = 0
        self._sync = _Sync(folder)

    def follow(self, source: Connection, number: int) -> None:
        """Take over what the journal has and the tail has not; step `number` was just committed."""
        self._owed = number
        try:
            self._append(source, number)
            self._owed = 0
        except (sqlcipher.DatabaseError, OSError, Unavailable) as error:
            self._give_up(error)

    def forget(self, number: int) -> None:
        """A verified backup holds every step up to `number`: drop what the backup before it held too."""
        try:
            connection = self._open(number)
            with _transaction(connection):
                held = _meta(connection, "held")
                connection.execute("insert or replace into meta values ('held', ?)", (number,))
                connection.execute("delete from journal where step <= ?", (held or 0,))
                connection.execute("delete from journal_step where n <= ?", (held or 0,))
            if _mostly_empty(connection):
                connection.execute("vacuum")
            connection.execute("pragma wal_checkpoint(truncate)").fetchall()
        except (sqlcipher.DatabaseError, OSError, Unavailable) as error:
            self._give_up(error)

    def catch_up(self, source: Connection) -> None:
        """Try once more what failed, before the source is closed."""
        if self._owed:
            self.follow(source, self._owed)

    def close(self) -> None:
        """Bring what was written to the disk."""
        self._sync.close()
        if self._connection is not None:
            with suppress(sqlcipher.DatabaseError):
                self._connection.close()
            self._connection = None

    def _append(self, source: Connection, number: int) -> None:
        connection = self._open(number)
        with _transaction(connection):
            for table, rows in _news(source, self._last):
                marks = ", ".join("?" * len(rows[0]))
                connection.executemany(f"insert or ignore into {table} values ({marks})", rows)
        self._last = number
        self._sync.soon()

    def _open(self, number: int) -> Connection:
        if self._connection is None:
            connection = open_tail(self.path, self._key)
            if _meta(connection, "epoch") not in (None, self._origin.epoch):
                connection.close()
                remove_database(self.path)
                connection = open_tail(self.path, self._key)
            self._connection = connection
            self._last = self._begin(connection, number)
        return self._connection

    def _begin(self, connection: Connection, number: int) -> int:
        """The last step the tail has; of a new one, the one before where it begins."""
        found = connection.execute("select max(n) from journal_step").fetchone()[0]
        if _meta(connection, "epoch") is None:
            found = 0 if number <= WHOLE else number - 1
            told = (("epoch", self._origin.epoch), ("device", self._origin.device), ("held", found))
            with _transaction(connection):
                connection.executemany("insert or replace into meta values (?, ?)", told)
        return int(found if found is not None else _meta(connection, "held"))

    def _give_up(self, error: Exception) -> None:
        """Close, so that the next step tries again; a tail that cannot be read is begun anew."""
        self.close()
        said = str(error).lower()
        if any(part in said for part in _LOST) or getattr(error, "code", "") in (
            "DATABASE_KEY",
            "DATABASE_DAMAGED",
        ):
            with suppress(OSError):
                remove_database(self.path)


def open_tail(path: Path, key: bytes) -> Connection:
    """The tail's file, made when it is not there. Raises Unavailable, or what the library raises of a damaged one."""
    fresh = not path.exists()
    connection = connect(path, key)
    try:
        connection.execute("pragma synchronous = normal")
        connection.execute(f"pragma wal_autocheckpoint = {PAGES}")
        connection.execute("pragma busy_timeout = 1000")
        connection.executescript(_TABLES)
    except BaseException:
        connection.close()
        raise
    if fresh:
        sync_folder(path.parent)
    return connection


def last_step(path: Path, key: bytes, epoch: str) -> int:
    """The number of the last step a tail of this epoch holds; 0 when there is none that can be read."""
    if not path.exists():
        return 0
    try:
        connection = open_tail(path, key)
    except (sqlcipher.DatabaseError, Unavailable):
        return 0
    try:
        if _meta(connection, "epoch") != epoch:
            return 0
        found = connection.execute("select max(n) from journal_step").fetchone()[0]
        return int(found or 0)
    except sqlcipher.DatabaseError:
        return 0
    finally:
        connection.close()


Rows = list[tuple[Any, ...]]


def _news(source: Connection, last: int) -> Iterator[tuple[str, Rows]]:
    """What the journal has after a step, by table; streams and their keys where they are named."""
    steps = source.execute("select * from journal_step where n > ?", (last,)).fetchall()
    rows = source.execute("select * from journal where step > ?", (last,)).fetchall()
    streams: Rows = []
    for n in sorted({row[0] for row in rows}):
        streams += source.execute("select * from journal_stream where n = ?", (n,)).fetchall()
    keys: Rows = []
    for scope in sorted({row[3] for row in streams}):
        keys += source.execute("select * from scope_key where scope = ?", (scope,)).fetchall()
    told = (("scope_key", keys), ("journal_stream", streams), ("journal_step", steps), ("journal", rows))
    return ((table, found) for table, found in told if found)


def _mostly_empty(connection: Connection) -> bool:
    free, pages = (
        connection.execute(f"pragma {name}").fetchone()[0] for name in ("freelist_count", "page_count")
    )
    return bool(free * 2 > pages)


def _meta(connection: Connection, key: str) -> Any:
    found = connection.execute("select value from meta where key = ?", (key,)).fetchone()
    return found[0] if found else None


@contextmanager
def _transaction(connection: Connection) -> Iterator[None]:
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        with suppress(sqlcipher.DatabaseError):
            connection.execute("rollback")
        raise


class _Sync:
    """Brings the tail's write-ahead file to the disk, at most AT_MOST after the first write that waits for it."""

    def __init__(self, folder: Path) -> None:
        self._files: Sequence[Path] = (folder / f"{TAIL}-wal", folder / TAIL)
        self._timer: threading.Timer | None = None

    def soon(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(AT_MOST, self.now)
            self._timer.daemon = True
            self._timer.start()

    def now(self) -> None:
        self._timer = None
        for path in self._files:
            with suppress(OSError):
                file = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
                try:
                    os.fsync(file)
                finally:
                    os.close(file)

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self.now()
