"""The file of the journal's tail: opened, checked, filled from a journal, put aside."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]

from edudesk.kernel.errors import Unavailable
from edudesk.storage.connection import Connection, connect
from edudesk.storage.journal_schema import SHAPES, StreamRow, created, insert, select
from edudesk.storage.places import TAIL, WITNESS, sync_folder

AT_MOST = 4.0  # seconds a commit waits for the disk here
PAGES = 4_000  # of the write-ahead file before it is folded into the tail
BATCH = 2_000  # rows in one transaction, where one Step has not more by itself

_META = "create table if not exists meta (key text primary key, value) without rowid"


def open_tail(path: Path, key: bytes) -> Connection:
    """The tail's file, made when it is not there. Raises Unavailable, or what the library raises of a damaged one."""
    fresh = not path.exists()
    connection = connect(path, key, create=True)
    try:
        connection.execute("pragma synchronous = normal")
        connection.execute(f"pragma wal_autocheckpoint = {PAGES}")
        connection.execute("pragma busy_timeout = 1000")
        for made in (_META, *map(created, SHAPES)):
            connection.execute(made)
    except BaseException:
        connection.close()
        raise
    if fresh:
        sync_folder(path.parent)
    return connection


def fits(connection: Connection) -> bool:
    """Whether the tail's tables have every column this program writes."""
    return all(
        set(shape._fields) <= {row[1] for row in connection.execute(f"pragma table_info({table})")}
        for table, shape in SHAPES.items()
    )


def read_end(path: Path, key: bytes) -> tuple[str, int]:
    """Epoch and number of the last step a tail tells of; ("", 0) when there is none that can be read."""
    if not path.exists():
        return "", 0
    try:
        connection = connect(path, key, readonly=True)
    except (sqlcipher.DatabaseError, Unavailable):
        return "", 0
    try:
        last = connection.execute("select max(n) from journal_step").fetchone()[0]
        return str(meta(connection, "epoch") or ""), int(last or 0)
    except sqlcipher.DatabaseError:
        return "", 0
    finally:
        connection.close()


def last_of_batch(source: Connection, last: int) -> int:
    """The step up to which the next batch goes that begins after step `last`; `last` when nothing is left."""
    rows, end = 0, last
    for number, size in source.execute("select n, size from journal_step where n > ? order by n", (last,)):
        if rows and rows + size > BATCH:
            break
        rows, end = rows + size, int(number)
    return end


def _never_stop() -> None:
    """Nobody wants to stop."""


def copy_steps(
    source: Connection,
    tail: Connection,
    span: tuple[int, int],
    *,
    known: set[int],
    check: Callable[[], None] = _never_stop,
) -> None:
    """Take the steps after one up to another over into the tail, in one transaction; `check` may stop it.

    `known` are the streams the tail has been told of, and is told of more.
    """
    here = "step > ? and step <= ?"
    named = {row[0] for row in source.execute(f"select distinct stream from journal where {here}", span)}
    with transaction(tail):
        for n in sorted(named - known):
            _copy_stream(source, tail, n)
        for table, where in (("journal_step", "n > ? and n <= ?"), ("journal", here)):
            rows = source.execute(f"{select(table)} where {where}", span)
            tail.executemany(insert(table, "insert or ignore"), _checked(rows, check))
    known |= named


def _copy_stream(source: Connection, tail: Connection, n: int) -> None:
    """A stream's name, and the key of its scope."""
    stream = source.execute(f"{select('journal_stream')} where n = ?", (n,)).fetchone()
    tail.execute(insert("journal_stream", "insert or ignore"), stream)
    key = source.execute(f"{select('scope_key')} where scope = ?", (StreamRow(*stream).scope,)).fetchone()
    tail.execute(insert("scope_key", "insert or ignore"), key)


def _checked(rows: Iterator[Any], check: Callable[[], None]) -> Iterator[Any]:
    for row in rows:
        check()
        yield row


def meta(connection: Connection, key: str) -> Any:
    """What the tail knows of itself: its epoch, device, and how far a verified backup holds it."""
    row = connection.execute("select value from meta where key = ?", (key,)).fetchone()
    return row[0] if row else None


def mostly_empty(connection: Connection) -> bool:
    """Whether more than half of the file is free room."""
    free, pages = (
        connection.execute(f"pragma {name}").fetchone()[0] for name in ("freelist_count", "page_count")
    )
    return bool(free * 2 > pages)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All of it or nothing."""
    connection.execute("begin immediate")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        with suppress(sqlcipher.DatabaseError):
            connection.execute("rollback")
        raise


class Sync:
    """Brings tail and witness to the disk, at most AT_MOST after the first write that waits for it."""

    def __init__(self, folder: Path) -> None:
        self._files: Sequence[Path] = (folder / f"{TAIL}-wal", folder / TAIL, folder / WITNESS)
        self._timer: threading.Timer | None = None

    def soon(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(AT_MOST, self.now)
            self._timer.daemon = True
            self._timer.start()

    def now(self) -> None:
        self._timer = None
        self.flush()

    def flush(self) -> None:
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
