"""Another database takes the place of the present one, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from edudesk.kernel.ids import new_id
from edudesk.storage.connection import Connection, connect, in_words
from edudesk.storage.places import (
    DATABASE,
    KEY,
    NEXT,
    TAIL,
    remove_database,
    school_key,
    sync_file,
    sync_folder,
)


def swap_in(folder: Path, staged: Path) -> None:
    """Put the closed database file `staged` in the place of the school's, which nobody has open.

    The rename to `school.db.next` decides: whatever stops the program after it, the next opening goes on from there.
    """
    with in_words(staged):
        sync_file(staged)
        staged.replace(folder / NEXT)
        sync_folder(folder)
    finish_swap(folder)


def finish_swap(folder: Path) -> None:
    """Go on with a swap that was decided. What lies beside the old file goes first, lest it be read into the new."""
    following = folder / NEXT
    if not following.exists():
        return
    with in_words(folder / DATABASE):
        for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
            (folder / name).unlink(missing_ok=True)
        remove_database(folder / TAIL)
        following.replace(folder / DATABASE)
        sync_folder(folder)


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
        with in_words(folder / DATABASE):
            connection.execute("pragma journal_mode = delete")
            connection.execute(f"pragma rekey = \"x'{key.hex()}'\"")
    finally:
        connection.close()
    (folder / KEY).write_text(key.hex(), encoding="ascii")
