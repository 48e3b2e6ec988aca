"""Another database takes the place of the present one, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]

from edudesk.kernel.errors import Unavailable
from edudesk.kernel.ids import new_id
from edudesk.storage.connection import Connection, connect, translating_errors
from edudesk.storage.identity import identity_of
from edudesk.storage.places import (
    DATABASE,
    KEY,
    NEXT,
    WITNESS,
    next_aside,
    put_tail_aside,
    school_key,
    sync_file,
    sync_folder,
    write_key,
)


def swap_in(folder: Path, staged: Path) -> None:
    """Put the closed database file `staged` in the place of the school's, which nobody has open.

    The rename to `school.db.next` decides: whatever stops the program after it, the next opening goes on from there.
    """
    with translating_errors(staged):
        sync_file(staged)
        staged.replace(folder / NEXT)
        sync_folder(folder)
    finish_swap(folder)


def finish_swap(folder: Path) -> None:
    """Go on with a swap that was decided. What lies beside the old file goes first, lest it be read into the new.

    A file of that name that is not this school's is put aside among the backups; see `notices`.
    """
    following = folder / NEXT
    if not following.exists() or not (folder / KEY).exists():
        return
    with translating_errors(folder / DATABASE):
        if not _is_ours(folder):
            following.replace(next_aside(folder, NEXT))
            sync_folder(folder)
            return
        for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
            (folder / name).unlink(missing_ok=True)
        put_tail_aside(folder)
        (folder / WITNESS).unlink(missing_ok=True)  # what it promised is kept by the backup of the present
        following.replace(folder / DATABASE)
        sync_folder(folder)


def _is_ours(folder: Path) -> bool:
    """Whether the file that waits opens with the school's key, is a school, and no other than the present one."""
    key = school_key(folder)
    waiting = _identity(folder / NEXT, key)
    present = _identity(folder / DATABASE, key) if (folder / DATABASE).exists() else None
    return waiting is not None and (present is None or not present or present == waiting)


def _identity(path: Path, key: bytes) -> str | None:
    """Which school a file holds; None when it cannot be read as one."""
    try:
        connection = connect(path, key, readonly=True)
    except Unavailable as no:
        if no.code in ("DATABASE_KEY", "DATABASE_DAMAGED"):
            return None
        raise
    try:
        connection.execute("select count(*) from identity where key = 'epoch'").fetchone()
        connection.execute("select max(n) from journal_step").fetchone()
        return identity_of(connection)
    except sqlcipher.DatabaseError:
        return None
    finally:
        connection.close()


def begin_epoch(connection: Connection, *, new_device: bool = False) -> None:
    """What is written from here on has numbers no peer has seen. Own steps from before can no longer be undone."""
    keys = ("epoch", "device") if new_device else ("epoch",)
    connection.execute("begin immediate")
    for key in keys:
        connection.execute("insert or replace into identity values (?, ?)", (key, new_id()))
    connection.execute("delete from undo_stack")
    connection.execute("commit")


def use_key(folder: Path, key: bytes) -> None:
    """Encrypt the closed school in `folder` with another key, and let that key lie beside it."""
    old = school_key(folder)
    if old == key:
        return
    connection = connect(folder / DATABASE, old)
    try:
        with translating_errors(folder / DATABASE):
            connection.execute("pragma journal_mode = delete")
            connection.execute(f"pragma rekey = \"x'{key.hex()}'\"")
    finally:
        connection.close()
    with translating_errors(folder):
        write_key(folder / KEY, key)
