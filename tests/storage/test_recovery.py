"""A damaged file is found and rebuilt from backup, tail and what can still be read; what is missing is said."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest_storage import NOTES, notes_module

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Unavailable
from edudesk.storage.backups.backup import make_backup
from edudesk.storage.backups.catalogue import list_backups
from edudesk.storage.database import Database
from edudesk.storage.doctor import examine
from edudesk.storage.places import DATABASE, KEY, TAIL
from edudesk.storage.recovery.recover import damage, open_as_is, recover, sentences, start_from_backup

CORRUPTIONS = int(os.environ.get("EDUDESK_CORRUPTIONS", "25"))


def write(db: Database, first: int, last: int) -> None:
    for n in range(first, last):
        db.do(Step(f"Ghi {n}", db.upsert("note", f"n{n}", text="chữ " * 40, pages=n, topic=f"t{n % 3}")))


def school(folder: Path, *, backed: int = 30, after: int = 30) -> None:
    """A closed school: some notes, a backup, some more notes."""
    notes_module("notes_migrations")
    with Database.open(folder, [NOTES], create=True) as db:
        write(db, 0, backed)
        if backed:
            make_backup(db)
        write(db, backed, backed + after)


def notes(folder: Path) -> dict[str, int]:
    with Database.open(folder, [NOTES]) as db:
        assert [f.message for f in examine(db) if not f.fine] == []
        return {row: pages for row, pages in db.all("select id, pages from note where gone = 0")}


def wanted(count: int) -> dict[str, int]:
    return {f"n{n}": n for n in range(count)}


def tear(path: Path, at: int, data: bytes = b"\x55" * 64) -> None:
    with path.open("rb+") as file:
        file.seek(at)
        file.write(data)


def test_a_whole_school_shows_no_damage(folder: Path) -> None:
    school(folder)
    assert damage(folder) is None


HURTS: dict[str, Callable[[Path], object]] = {
    "zeroed header": lambda path: tear(path, 0, bytes(4096)),
    "torn page": lambda path: tear(path, 4096 * 9 + 77),
    "truncated": lambda path: os.truncate(path, path.stat().st_size // 2),
    "emptied": lambda path: os.truncate(path, 0),
    "every page torn": lambda path: [tear(path, at) for at in range(0, path.stat().st_size, 4096)],
}


@pytest.mark.parametrize("hurt", HURTS.values(), ids=HURTS)
def test_a_damaged_file_is_rebuilt_from_backup_and_tail(folder: Path, hurt: Callable[[Path], object]) -> None:
    school(folder)
    hurt(folder / DATABASE)
    assert damage(folder) is not None
    done = recover(folder, [NOTES])
    assert done.is_whole and done.base is not None and done.over == 30
    assert notes(folder) == wanted(60)
    assert (done.damaged_folder / DATABASE).exists()
    assert any("Không thiếu việc nào" in said for said in sentences(done))


def test_a_rebuilt_school_writes_numbers_nobody_has_seen(folder: Path) -> None:
    school(folder)
    with Database.open(folder, [NOTES]) as db:
        before = db.origin
    tear(folder / DATABASE, 0, bytes(4096))
    recover(folder, [NOTES])
    with Database.open(folder, [NOTES]) as db:
        assert db.origin.epoch != before.epoch and db.origin.device == before.device
        write(db, 60, 62)
    assert notes(folder) == wanted(62)
    tear(folder / DATABASE, 0, bytes(4096))
    assert recover(folder, [NOTES]).is_whole
    assert notes(folder) == wanted(62)


def test_a_young_school_without_a_backup_is_rebuilt_from_its_tail(folder: Path) -> None:
    school(folder, backed=0)
    tear(folder / DATABASE, 0, bytes(4096))
    done = recover(folder, [NOTES])
    assert done.base is None and done.is_whole
    assert "không cần bản sao lưu" in sentences(done)[0]
    assert notes(folder) == wanted(30)


def test_without_tail_and_backup_there_is_nothing_to_build_from(folder: Path) -> None:
    school(folder, backed=0)
    tear(folder / DATABASE, 0, bytes(4096))
    (folder / TAIL).unlink()
    before = (folder / DATABASE).read_bytes()
    with pytest.raises(Unavailable) as caught:
        recover(folder, [NOTES])
    assert caught.value.code == "RECOVERY_FAILED" and caught.value.next
    assert (folder / DATABASE).read_bytes() == before


def test_without_a_tail_what_can_still_be_read_is_taken_over(folder: Path) -> None:
    school(folder)
    (folder / TAIL).unlink()
    for page in range((folder / DATABASE).stat().st_size // 4096 - 1, 12, -3):
        tear(folder / DATABASE, 4096 * page)
    done = recover(folder, [NOTES])
    found = notes(folder)
    assert not done.is_whole and done.over + done.again + done.tables > 0
    assert set(wanted(30)) <= set(found) and len(found) > 30
    assert any("Có thể thiếu" in said for said in sentences(done))


def test_a_lost_write_ahead_file_is_noticed_and_made_good(folder: Path, tmp_path: Path) -> None:
    school(folder)
    db = Database.open(folder, [NOTES])
    write(db, 60, 70)
    shutil.copytree(folder, tmp_path / "killed")
    db.close()
    (tmp_path / "killed" / f"{DATABASE}-wal").unlink()
    with pytest.raises(Unavailable) as caught:
        Database.open(tmp_path / "killed", [NOTES])
    assert caught.value.code == "DATABASE_BEHIND"
    problem = damage(tmp_path / "killed")
    assert problem is not None and problem.code == "DATABASE_BEHIND"
    done = recover(tmp_path / "killed", [NOTES])
    assert (done.base, done.over, done.is_whole) == (None, 10, True)
    assert notes(tmp_path / "killed") == wanted(70)


def test_an_older_copy_put_there_on_purpose_is_opened_in_a_new_epoch(folder: Path, tmp_path: Path) -> None:
    school(folder)
    shutil.copyfile(folder / DATABASE, tmp_path / "old.db")
    with Database.open(folder, [NOTES]) as db:
        epoch = db.origin.epoch
        write(db, 60, 63)
    shutil.copyfile(tmp_path / "old.db", folder / DATABASE)
    open_as_is(folder)
    assert notes(folder) == wanted(60)
    with Database.open(folder, [NOTES]) as db:
        assert db.origin.epoch != epoch


def test_a_lost_key_is_found_in_a_backup(folder: Path) -> None:
    school(folder)
    (folder / KEY).unlink()
    problem = damage(folder)
    assert problem is not None and problem.code == "KEY_MISSING"
    assert recover(folder, [NOTES]).is_whole
    assert notes(folder) == wanted(60)


def test_without_recovery_the_newest_backup_is_opened(folder: Path) -> None:
    school(folder)
    tear(folder / DATABASE, 0, bytes(4096))
    done = start_from_backup(folder, [NOTES])
    assert notes(folder) == wanted(30)
    assert (done.damaged_folder / TAIL).exists() and not done.is_whole


def test_a_torn_backup_is_passed_over(folder: Path) -> None:
    school(folder)
    with Database.open(folder, [NOTES]) as db:
        second = make_backup(db, "manual").backup.path
    tear(second, second.stat().st_size // 2)
    tear(folder / DATABASE, 0, bytes(4096))
    done = recover(folder, [NOTES])
    assert done.base is not None and done.base.why == "daily" and done.is_whole
    assert notes(folder) == wanted(60)


def hurt_at_random(folder: Path, chance: random.Random) -> str:
    """Flip, zero or cut bytes of the database or its write-ahead file; answers what was done."""
    files = [path for path in (folder / DATABASE, folder / f"{DATABASE}-wal") if path.exists()]
    path = chance.choice(files)
    size = path.stat().st_size
    at = chance.randrange(size)
    way = chance.choice(("flip", "zero", "cut"))
    if way == "cut":
        os.truncate(path, at)
    else:
        length = chance.choice((1, 64, 5000))
        tear(path, at, bytes(length) if way == "zero" else chance.randbytes(length))
    return f"{way} {path.name} at {at} of {size}"


def survive(source: Path, folder: Path, chance: random.Random, *, tail: bool) -> None:
    shutil.copytree(source, folder)
    if not tail:
        for name in (TAIL, f"{TAIL}-wal"):
            (folder / name).unlink(missing_ok=True)
    what = hurt_at_random(folder, chance)
    problem = damage(folder)
    done = recover(folder, [NOTES]) if problem else None
    found = notes(folder)
    if tail:
        assert found == wanted(70), (what, problem, done)
    elif found != wanted(70):
        assert set(found.items()) <= set(wanted(70).items()), (what, problem, done)
        assert done is None or not done.is_whole, (what, problem, done)
    assert done is None or list_backups(folder)[0].manifest.why == "recovered"


@pytest.fixture(scope="module")
def unclosed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A school as a kill leaves it, its write-ahead file full of what was committed."""
    folder = tmp_path_factory.mktemp("kill") / "trường"
    school(folder)
    db = Database.open(folder, [NOTES])
    write(db, 60, 70)
    shutil.copytree(folder, folder.with_name("killed"))
    db.close()
    return folder.with_name("killed")


@pytest.mark.parametrize("seed", range(CORRUPTIONS))
def test_bytes_hurt_anywhere_lose_no_acknowledged_row(unclosed: Path, tmp_path: Path, seed: int) -> None:
    survive(unclosed, tmp_path / "hurt", random.Random(seed), tail=seed % 4 != 0)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1500))
def test_bytes_hurt_anywhere_500_times(unclosed: Path, tmp_path: Path, seed: int) -> None:
    survive(unclosed, tmp_path / "hurt", random.Random(seed), tail=seed % 4 != 0)
