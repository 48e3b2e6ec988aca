"""A school folder with one table of notes, enough to try storage without any slice."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from pathlib import Path

import pytest

from edudesk.kernel.replicated import Replicated
from edudesk.storage.connection import teach_sqlite_utils
from edudesk.storage.database import Database
from edudesk.storage.slice_tables import SliceTables

teach_sqlite_utils()
from sqlite_utils import Database as Tables  # noqa: E402
from sqlite_utils import Migrations  # noqa: E402


def notes_module(name: str, *, fail_in: str = "") -> types.ModuleType:
    """A migrations module for the notes table, as a slice would bring one."""
    migrations = Migrations("notes")

    @migrations()
    def m001_notes(db: Tables) -> None:
        db.execute(
            "create table note (id text primary key, gone integer not null default 0, text, pages, topic)"
        )

    @migrations()
    def m002_index(db: Tables) -> None:
        db.execute("create index note_topic on note (topic)")
        if fail_in == "m002_index":
            raise RuntimeError("broken migration")

    module = types.ModuleType(name)
    module.__dict__["migrations"] = migrations
    sys.modules[name] = module
    return module


NOTES = SliceTables(
    name="notes",
    tables=(
        Replicated(
            "note",
            fields=("text", "pages", "topic"),
            scope=lambda row: f"topic:{row['topic']}",
            natural=("topic",),
        ),
    ),
    module="notes_migrations",
    steps=("m001_notes", "m002_index"),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "trường Ánh Dương"


@pytest.fixture
def db(folder: Path) -> Iterator[Database]:
    notes_module("notes_migrations")
    with Database.open(folder, [NOTES], create=True) as opened:
        yield opened
