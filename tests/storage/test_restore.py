"""Going back: told before, the present kept, the numbers new."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest_storage import NOTES

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused, Unavailable
from edudesk.storage.backups.archive import unpack
from edudesk.storage.backups.backup import make_backup
from edudesk.storage.backups.catalogue import list_backups
from edudesk.storage.backups.restore import (
    finish_restore,
    prepare_restore,
    preview_restore,
    restore,
    restore_new,
)
from edudesk.storage.database import Database
from edudesk.storage.doctor import examine
from edudesk.storage.places import DATABASE, NEXT, has_school
from edudesk.storage.swap import finish_swap, use_key


def write(db: Database, name: str, pages: int = 1) -> Step:
    step = db.do(Step(f"Ghi {name}", db.upsert("note", name, text="chữ", pages=pages, topic="t")))
    if db.setting("school.name") is None:
        db.do(Step("Tên", db.put_setting("school.name", "THCS Sông Trăng")))
    return step


def pages(db: Database) -> dict[str, int]:
    return dict(db.all("select id, pages from note where gone = 0"))


def sound(db: Database) -> bool:
    return all(finding.fine for finding in examine(db))


@pytest.fixture
def backup(db: Database) -> Path:
    """A backup of two notes; since then one was changed and one came."""
    write(db, "a", 1)
    write(db, "b", 2)
    path = make_backup(db).backup.path
    write(db, "a", 10)
    write(db, "c", 3)
    return path


def test_what_would_be_lost_is_told_and_nothing_changes(db: Database, backup: Path) -> None:
    told = preview_restore(db, backup)
    assert (told.lost, told.gained, told.rows) == (2, 0, {"note": 2})
    assert [one.label for one in told.lost_last] == ["Ghi c", "Ghi a"]
    assert told.lost_last[0].actor == "office" and told.lost_last[0].wall
    assert told.manifest.school == "THCS Sông Trăng"
    assert pages(db) == {"a": 10, "b": 2, "c": 3}


def test_going_back_keeps_the_present_and_begins_a_new_epoch(db: Database, backup: Path) -> None:
    before = db.origin
    db.set_local("shell.page", "marks")
    heard: list[Step] = []
    db.watch(heard.append)
    assert restore(db, backup).last == 3
    assert pages(db) == {"a": 1, "b": 2} and sound(db)
    assert db.origin.epoch != before.epoch and db.origin.device == before.device
    assert db.local("shell.page") == "marks"
    assert db.undo_label == ""
    write(db, "d", 4)
    assert len(heard) == 1 and sound(db)
    assert {one.manifest.why for one in list_backups(db.folder)} >= {"restore", "restored"}


def test_the_backup_gone_back_to_may_be_thinned_meanwhile(db: Database, backup: Path) -> None:
    make_backup(db, "manual")
    restore(db, backup)
    assert pages(db) == {"a": 1, "b": 2} and not backup.exists()


def test_and_forward_again(db: Database, backup: Path) -> None:
    restore(db, backup)
    (present,) = (one for one in list_backups(db.folder) if one.manifest.why == "restore")
    told = preview_restore(db, present.path)
    assert (told.lost, told.gained) == (0, 2) and told.gained_last
    restore(db, present.path)
    assert pages(db) == {"a": 10, "b": 2, "c": 3} and sound(db)


def test_what_is_written_while_it_is_prepared_is_not_lost(db: Database, backup: Path) -> None:
    with db.clone() as twin:
        staged = prepare_restore(twin, backup)
    write(db, "late")
    with pytest.raises(Refused) as caught:
        finish_restore(db, staged)
    assert caught.value.code == "STALE" and "late" in pages(db)


def test_nothing_is_replaced_while_somebody_else_reads(db: Database, backup: Path) -> None:
    staged = prepare_restore(db, backup)
    db.connection.execute("pragma busy_timeout = 20")
    with db.clone() as other:
        other.connection.execute("begin")
        other.value("select count(*) from note")
        with pytest.raises(Unavailable) as caught:
            finish_restore(db, staged)
        other.connection.execute("rollback")
    assert caught.value.code == "BUSY"
    assert pages(db) == {"a": 10, "b": 2, "c": 3}
    write(db, "still here")


def test_another_schools_backup_is_refused(db: Database, backup: Path, tmp_path: Path) -> None:
    with Database.open(tmp_path / "other", [NOTES], create=True) as other:
        write(other, "x")
        with pytest.raises(Refused) as caught:
            restore(other, backup)
        assert caught.value.code == "OTHER_SCHOOL" and "Sông Trăng" in caught.value.message
        assert pages(other) == {"x": 1}


def test_a_backup_becomes_the_school_of_another_pc(db: Database, backup: Path, tmp_path: Path) -> None:
    origin = db.origin
    restore_new(tmp_path / "mới", backup)
    with Database.open(tmp_path / "mới", [NOTES]) as moved:
        assert pages(moved) == {"a": 1, "b": 2} and sound(moved)
        assert moved.origin.device != origin.device and moved.origin.epoch != origin.epoch
    with pytest.raises(Refused) as caught:
        restore_new(tmp_path / "mới", backup)
    assert caught.value.code == "SCHOOL_EXISTS"


def test_a_swap_that_was_decided_is_gone_on_with(db: Database, backup: Path, folder: Path) -> None:
    db.close()
    unpack(backup, folder / "work")
    (folder / "work" / DATABASE).replace(folder / NEXT)
    (folder / DATABASE).unlink()
    assert has_school(folder)
    with Database.open(folder, [NOTES]) as again:
        assert pages(again) == {"a": 1, "b": 2}
    finish_swap(folder)
    assert not (folder / NEXT).exists()


def test_a_backup_under_another_key_takes_the_folders(db: Database, backup: Path, folder: Path) -> None:
    unpack(backup, folder / "work")
    use_key(folder / "work", bytes(range(32)))
    with Database.open(folder / "work", [NOTES]) as copy:
        assert pages(copy) == {"a": 1, "b": 2}
    use_key(folder / "work", bytes(range(32)))


def test_a_backup_before_a_slice_had_its_tables_is_compared_too(db: Database, backup: Path) -> None:
    from edudesk.storage.backups.restore import _different
    from edudesk.storage.connection import connect

    other = connect(db.folder / "leer.db", bytes(32), create=True)
    assert _different(db, other, "note") == 3
    other.close()
