"""The settings of this PC, seen as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from edudesk.storage.connection import translating_errors
from edudesk.storage.database import Database


@contextmanager
def local_untouched(db: Database) -> Iterator[None]:
    """Whatever is done inside, this PC's settings are afterwards what they were: last page, class, folder."""
    rows = db.all("select key, value from local")
    try:
        yield
    finally:
        with translating_errors(db.path):
            db.connection.execute("delete from local")
            db.connection.executemany("insert into local values (?, ?)", rows)
