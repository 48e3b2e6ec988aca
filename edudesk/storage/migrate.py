"""Bringing a file's tables up to the program: own tables first, then each slice's steps, after a backup."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

from edudesk.kernel import checks
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import new_id
from edudesk.kernel.replicated import Identity, Replicated
from edudesk.kernel.words import _
from edudesk.storage.connection import Connection, teach_sqlite_utils
from edudesk.storage.journal import Origin
from edudesk.storage.slice_tables import SliceTables

STORAGE = SliceTables(
    name="storage",
    tables=(
        Replicated(
            "setting",
            fields=("value",),
            natural=(),
            identity=Identity("natural", words="the setting's key"),
            checks={"value": checks.JSON},
        ),
    ),
    module="edudesk.storage.migrations",
    steps=("m001_settings", "m002_journal"),
)


def bring_up_to_date(connection: Connection, parts: Sequence[SliceTables], *, folder: Path) -> None:
    """Apply every missing migration step. Refuses a file a newer program has written (NEWER_FILE)."""
    applied = applied_steps(connection)
    _refuse_newer(parts, applied, folder)
    pending = [part for part in parts if not set(part.steps) <= applied.get(part.name, set())]
    if not pending:
        return
    if applied:
        from edudesk.storage.backups.pack import before_migration

        before_migration(connection, folder)
    teach_sqlite_utils()
    import sqlite_utils

    database = sqlite_utils.Database(connection)
    for part in pending:
        importlib.import_module(part.module).migrations.apply(database)


def applied_steps(connection: Connection) -> dict[str, set[str]]:
    """The migration steps the file has had, by slice."""
    there = connection.execute("select 1 from sqlite_master where name = '_sqlite_migrations'").fetchone()
    steps: dict[str, set[str]] = {}
    if there:
        for part, step in connection.execute("select migration_set, name from _sqlite_migrations"):
            steps.setdefault(part, set()).add(step)
    return steps


def _refuse_newer(parts: Sequence[SliceTables], applied: dict[str, set[str]], folder: Path) -> None:
    known = {part.name: set(part.steps) for part in parts}
    if any(steps - known.get(part, set()) for part, steps in applied.items()):
        raise Refused(
            Problem(
                "NEWER_FILE",
                _("Dữ liệu này do một bản EduDesk mới hơn ghi."),
                place=str(folder),
                next=_("Cài bản mới nhất rồi mở lại. Dữ liệu còn nguyên."),
            )
        )


def identity(connection: Connection) -> Origin:
    """This device and epoch, made once when the school is."""
    return Origin(_local_id(connection, "device"), _local_id(connection, "epoch"))


def _local_id(connection: Connection, key: str) -> str:
    found = connection.execute("select value from identity where key = ?", (key,)).fetchone()
    if found:
        return str(found[0])
    made = new_id()
    connection.execute("insert into identity values (?, ?)", (key, made))
    return made
