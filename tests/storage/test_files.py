"""Folders, keys, locks, migrations and disks that fail: each in one sentence, nothing half-done."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from conftest_storage import NOTES, notes_module

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused, Unavailable
from edudesk.storage import places
from edudesk.storage.backups.archive import unpack
from edudesk.storage.backups.catalogue import list_backups
from edudesk.storage.connection import disk_problem, translating_errors
from edudesk.storage.database import Database
from edudesk.storage.instance import FolderLock
from edudesk.storage.slice_tables import SliceTables


def test_a_missing_school_is_refused_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        Database.open(tmp_path / "nowhere", [NOTES])
    assert caught.value.code == "NO_SCHOOL" and caught.value.next
    assert not (tmp_path / "nowhere").exists()


def test_a_network_share_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "is_network", lambda _folder: True)
    with pytest.raises(Refused) as caught:
        Database.open(folder, [NOTES], create=True)
    assert caught.value.code == "NETWORK_SHARE"
    assert not folder.exists()


@pytest.mark.parametrize("text", [None, "", "abc", "zz" * 32, "ab" * 31])
def test_a_missing_or_torn_key_is_said(db: Database, folder: Path, text: str | None) -> None:
    db.close()
    (folder / "school.key").unlink()
    if text is not None:
        (folder / "school.key").write_text(text)
    with pytest.raises(Unavailable) as caught:
        Database.open(folder, [NOTES])
    assert caught.value.code == "KEY_MISSING"


def test_another_schools_key_does_not_open_the_file(db: Database, folder: Path) -> None:
    db.close()
    (folder / "school.key").write_text("ab" * 32)
    with pytest.raises(Unavailable) as caught:
        Database.open(folder, [NOTES])
    assert caught.value.code == "DATABASE_KEY"


def test_a_database_left_without_its_key_gets_no_new_one(db: Database, folder: Path) -> None:
    db.close()
    (folder / "school.key").unlink()
    with pytest.raises(Unavailable):
        Database.open(folder, [NOTES], create=True)
    assert not (folder / "school.key").exists()


def test_the_file_is_encrypted_on_disk(db: Database, folder: Path) -> None:
    db.do(Step("Ghi", db.upsert("note", "a", text="Nguyễn Văn Bí Mật", topic="t")))
    db.close()
    raw = b"".join(path.read_bytes() for path in folder.glob("school.db*"))
    assert b"SQLite format" not in raw and "Bí Mật".encode() not in raw


def test_what_is_committed_is_on_disk_before_the_cursor_moves(db: Database) -> None:
    assert db.value("pragma journal_mode") == "wal"
    assert db.value("pragma synchronous") == 2


def test_a_full_disk_is_one_sentence_and_leaves_nothing(db: Database) -> None:
    db.do(Step("Ghi", db.upsert("note", "a", text="x", topic="t")))
    pages = db.value("pragma page_count")
    db.connection.execute(f"pragma max_page_count = {pages}")
    many = tuple(c for n in range(400) for c in db.upsert("note", f"m{n}", text="y" * 200, topic="t"))
    with pytest.raises(Unavailable) as caught:
        db.do(Step("Nhiều", many))
    assert caught.value.code == "DISK_FULL" and caught.value.next
    assert db.value("select count(*) from note") == 1
    db.connection.execute("pragma max_page_count = 100000")
    db.do(Step("Nhiều", many))
    assert db.value("select count(*) from note") == 401


def test_a_write_while_another_writes_waits_and_then_says_so(db: Database) -> None:
    db.connection.execute("pragma busy_timeout = 50")
    with db.clone() as other:
        other.connection.execute("begin immediate")
        with pytest.raises(Unavailable) as caught:
            db.do(Step("Ghi", db.upsert("note", "a", text="x")))
        other.connection.execute("rollback")
    assert caught.value.code == "BUSY"
    db.do(Step("Ghi", db.upsert("note", "a", text="x")))


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "no space"), "DISK_FULL"),
        (PermissionError(errno.EACCES, "denied"), "NOT_ALLOWED"),
        (OSError(errno.EROFS, "read-only"), "READ_ONLY"),
        (FileNotFoundError(errno.ENOENT, "none"), "FILE_MISSING"),
        (OSError(errno.EIO, "i/o"), "DISK_IO"),
        (OSError("odd"), "DISK_IO"),
    ],
)
def test_errors_of_the_disk_are_said_in_words(tmp_path: Path, error: OSError, code: str) -> None:
    problem = disk_problem(error, tmp_path / "a.xlsx").problems[0]
    assert (problem.code, problem.place) == (code, str(tmp_path / "a.xlsx"))
    assert problem.next
    with pytest.raises(Unavailable), translating_errors(tmp_path):
        raise error


def test_an_error_of_ours_is_not_dressed_up(db: Database) -> None:
    with pytest.raises(Exception, match="no such table"):
        db.all("select * from nowhere")


def test_a_second_opener_is_told_it_is_busy(db: Database, folder: Path) -> None:
    with FolderLock(folder):
        with pytest.raises(Unavailable) as caught:
            FolderLock(folder)
        assert caught.value.code == "BUSY"
    FolderLock(folder).release()


def test_the_lock_is_let_go_when_its_process_is_killed(db: Database, folder: Path) -> None:
    hold = (
        "import sys, pathlib, edudesk.storage.instance as i; "
        "l = i.FolderLock(pathlib.Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", hold, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert holder.stdout is not None and holder.stdin is not None
    assert holder.stdout.readline().strip() == b"held"
    with pytest.raises(Unavailable):
        FolderLock(folder)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    holder.stdin.close()
    FolderLock(folder).release()


def test_a_file_of_a_newer_program_is_refused_and_left_alone(db: Database, folder: Path) -> None:
    db.close()
    before = (folder / "school.db").read_bytes()
    older = SliceTables(NOTES.name, NOTES.tables, NOTES.module, steps=("m001_notes",))
    with pytest.raises(Refused) as caught:
        Database.open(folder, [older])
    assert caught.value.code == "NEWER_FILE"
    assert (folder / "school.db").read_bytes() == before


def older_school(folder: Path) -> None:
    module = notes_module("notes_migrations_old")
    module.__dict__["migrations"]._migrations.pop()
    with Database.open(
        folder, [SliceTables("notes", NOTES.tables, module.__name__, ("m001_notes",))], create=True
    ) as db:
        db.do(Step("Ghi", db.upsert("note", "a", text="cũ", topic="t")))


def test_tables_are_brought_up_after_a_backup_that_opens(folder: Path) -> None:
    older_school(folder)
    notes_module("notes_migrations")
    with Database.open(folder, [NOTES]) as db:
        assert db.value("select text from note") == "cũ"
        assert db.value("select 1 from sqlite_master where name = 'note_topic'") == 1
    (backup,) = list_backups(folder)
    assert (backup.manifest.why, backup.manifest.sound) == ("upgrade", True)
    unpack(backup.path, folder / "bản cũ")
    notes_module("notes_migrations")
    with Database.open(folder / "bản cũ", [NOTES]) as copy:
        assert copy.value("select text from note") == "cũ"


def test_a_migration_that_fails_leaves_the_file_as_it_was(folder: Path) -> None:
    older_school(folder)
    notes_module("notes_migrations", fail_in="m002_index")
    with pytest.raises(RuntimeError, match="broken migration"):
        Database.open(folder, [NOTES])
    old = SliceTables("notes", NOTES.tables, "notes_migrations_old", ("m001_notes",))
    with Database.open(folder, [old]) as db:
        assert db.value("select text from note") == "cũ"
        assert db.value("select 1 from sqlite_master where name = 'note_topic'") is None


def test_the_steps_a_part_names_are_those_of_its_module() -> None:
    from edudesk.storage.migrate import STORAGE
    from edudesk.storage.migrations import migrations

    assert tuple(m.name for m in migrations._migrations) == STORAGE.steps


@pytest.mark.parametrize(("free", "code"), [(0, "DISK_FULL"), (1 << 30, "DISK_IO")])
def test_an_error_of_a_full_disk_is_called_that(
    db: Database, monkeypatch: pytest.MonkeyPatch, free: int, code: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=free))
    with pytest.raises(Unavailable) as caught, translating_errors(db.path):
        raise sqlcipher.OperationalError("disk I/O error")
    assert caught.value.code == code


def test_a_disk_that_does_not_even_say_its_room_has_an_error(db: Database, tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as caught, translating_errors(tmp_path / "không có" / "school.db"):
        raise sqlcipher.OperationalError("disk I/O error")
    assert caught.value.code == "DISK_IO"
