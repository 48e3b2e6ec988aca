"""A whole copy of a school folder, the key included, made while the school is open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from edudesk.storage.connection import Connection, connect, in_words
from edudesk.storage.places import BACKUPS, DATABASE, KEY, school_key


def copy_school(connection: Connection, folder: Path, target: Path) -> Path:
    """Copy the open school into a new folder `target` and look that the copy opens. Answers the target.

    It is built under a `.part` name, so a copy that exists is whole.
    """
    part = target.with_name(f"{target.name}.part")
    key = school_key(folder)
    with in_words(target):
        part.mkdir(parents=True)
        (part / KEY).write_text(key.hex(), encoding="ascii")
        _copy_pages(connection, part / DATABASE, key)
        part.replace(target)
    return target


def _copy_pages(connection: Connection, path: Path, key: bytes) -> None:
    copy = connect(path, key)
    try:
        connection.backup(copy)
        copy.execute("pragma journal_mode = delete")
        copy.execute("select count(*) from sqlite_master").fetchone()
    finally:
        copy.close()


def before_migration(connection: Connection, folder: Path) -> Path:
    """The copy made before the tables are reshaped, named by the day and time."""
    stamp = dt.datetime.now().strftime("%Y%m%d-%H%M%S-%f")
    return copy_school(connection, folder, folder / BACKUPS / f"truoc-nang-cap-{stamp}")
