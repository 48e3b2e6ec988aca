"""What could be lost without a word: an empty file taken for no school, a strange file taken for ours, ends cut off."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest_storage import NOTES, notes_module
from schools import make_school

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Failure, Refused, Unavailable
from edudesk.slices import new_school, open_school
from edudesk.storage import connection as opening
from edudesk.storage import tail
from edudesk.storage.attachments import attachment_path, keep_bytes, unsound_files
from edudesk.storage.backups import leftovers, pack
from edudesk.storage.backups.archive import MANIFEST, read_archive, unpack, write_archive
from edudesk.storage.backups.backup import choose_second_place, make_backup
from edudesk.storage.backups.catalogue import list_backups
from edudesk.storage.backups.restore import prepare_restore, restore, restore_new
from edudesk.storage.connection import connect
from edudesk.storage.database import Database
from edudesk.storage.doctor import examine
from edudesk.storage.instance import FolderLock
from edudesk.storage.journal_schema import SHAPES
from edudesk.storage.notices import notices
from edudesk.storage.places import (
    BACKUPS,
    DATABASE,
    KEY,
    MAKING,
    NEXT,
    STAGED,
    TAIL,
    WITNESS,
    has_school,
    put_tail_aside,
    school_key,
    thin_tails_aside,
)
from edudesk.storage.recovery.recover import damage, recover, sentences, start_from_backup
from edudesk.storage.swap import begin_epoch, finish_swap
from edudesk.storage.tail_file import read_end
from edudesk.storage.witness import Promise, read_witness, write_witness

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights of files are another matter there")


def write(db: Database, name: str, pages: int = 0) -> Step:
    return db.do(Step(f"Ghi {name}", db.upsert("note", name, text="chữ", pages=pages, topic="t")))


def name_school(db: Database, name: str) -> None:
    db.do(Step("Đặt tên", db.put_setting("school.name", name)))


def names(db: Database) -> set[str]:
    return {str(row[0]) for row in db.all("select id from note where gone = 0")}


def refusal(action: object, *args: object, **more: object) -> str:
    with pytest.raises(Failure) as caught:
        action(*args, **more)  # type: ignore[operator]
    assert caught.value.message and caught.value.next
    return caught.value.code


# -- a database that is gone


@pytest.fixture(params=["empty", "removed"])
def lost(request: pytest.FixtureRequest, db: Database, folder: Path) -> Path:
    """A school folder with acknowledged notes whose database is lost."""
    name_school(db, "Trường A")
    write(db, "a")
    make_backup(db)
    write(db, "b")
    db.close()
    if request.param == "empty":
        os.truncate(folder / DATABASE, 0)
    else:
        (folder / DATABASE).unlink()
    return folder


def test_a_lost_database_is_damage_and_no_read_makes_another(lost: Path) -> None:
    before = {path.name: path.stat().st_size for path in lost.iterdir()}
    assert has_school(lost)
    assert refusal(Database.open, lost, [NOTES]) == "DATABASE_DAMAGED"
    assert refusal(Database.open, lost, [NOTES], create=True) == "DATABASE_DAMAGED"
    problem = damage(lost)
    assert problem is not None and problem.code == "DATABASE_DAMAGED"
    assert {path.name: path.stat().st_size for path in lost.iterdir()} == before


def test_a_lost_database_comes_back_from_backup_and_tail(lost: Path) -> None:
    assert recover(lost, [NOTES]).is_whole
    with Database.open(lost, [NOTES]) as again:
        assert names(again) == {"a", "b"}


def test_a_chosen_backup_takes_the_place_of_a_lost_database_and_the_tail_is_kept(lost: Path) -> None:
    (backup,) = list_backups(lost)
    done = start_from_backup(lost, [NOTES], chosen=backup.path)
    assert (done.damaged_folder / TAIL).exists() and read_end(done.damaged_folder / TAIL, school_key(lost))[
        1
    ] == 3
    with Database.open(lost, [NOTES]) as again:
        assert names(again) == {"a"}


def test_a_chosen_backup_of_another_school_does_not(lost: Path, tmp_path: Path) -> None:
    with Database.open(tmp_path / "khác", [NOTES], create=True) as other:
        name_school(other, "Trường B")
        backup = make_backup(other).backup.path
    assert refusal(start_from_backup, lost, [NOTES], chosen=backup) == "OTHER_SCHOOL"


@pytest.mark.parametrize("left", [KEY, TAIL, WITNESS, BACKUPS])
def test_no_school_is_begun_beside_what_one_left(tmp_path: Path, left: str) -> None:
    folder = tmp_path / "trường"
    with make_school(folder, ["6A1"]) as db:
        make_backup(db)
    for path in folder.iterdir():
        if path.name != left:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(Refused) as caught, new_school(folder):
        pytest.fail("begun over")
    assert caught.value.code == "DATABASE_DAMAGED" and caught.value.next
    assert [path.name for path in folder.iterdir()] == [left]


def test_an_empty_file_with_nothing_beside_it_is_no_school(tmp_path: Path) -> None:
    (tmp_path / DATABASE).touch()
    assert not has_school(tmp_path)
    with Database.open(tmp_path, [NOTES], create=True) as db:
        write(db, "a")


def test_a_school_whose_making_was_killed_is_made_again(tmp_path: Path) -> None:
    folder = tmp_path / "trường"
    with open_school(folder, create=True):
        (folder / MAKING).touch()
    assert not has_school(folder)
    with new_school(folder) as db:
        db.do(Step("Ghi", db.put_setting("school.name", "Trường A")))
    with open_school(folder) as db:
        assert db.setting("school.name") == "Trường A"
    assert (folder / "trường lập dở" / DATABASE).exists(), "what may be a school is put away"


@pytest.mark.parametrize("left", [(), (KEY,), (DATABASE,)])
def test_what_little_a_killed_making_left_goes(db: Database, tmp_path: Path, left: tuple[str, ...]) -> None:
    name_school(db, "Trường A")
    backup = make_backup(db).backup.path
    folder = tmp_path / "mới"
    folder.mkdir()
    for name in (MAKING, *left):
        (folder / name).touch()
    restore_new(folder, backup)
    assert has_school(folder)
    with Database.open(folder, [NOTES]) as again:
        assert again.setting("school.name") == "Trường A"


def test_a_school_another_process_is_making_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "trường"
    with new_school(folder):
        with pytest.raises(Unavailable) as caught, new_school(folder):
            pytest.fail("begun over")
        assert caught.value.code == "BUSY"
    assert has_school(folder)


def test_nothing_is_written_into_a_folder_that_was_moved_away(db: Database, folder: Path) -> None:
    write(db, "a")
    moved = folder.rename(folder.with_name("chuyển"))
    assert refusal(write, db, "b") == "DATABASE_MOVED"
    moved.rename(folder)
    write(db, "b")
    assert names(db) == {"a", "b"}


# -- a tail is never deleted


def tails(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / BACKUPS).glob(f"{TAIL}.*") if path.suffix[1:].isdecimal())


def test_the_tail_of_another_epoch_is_put_aside_with_all_it_has(db: Database, folder: Path) -> None:
    write(db, "a")
    epoch = db.origin.epoch
    begin_epoch(db.connection)
    db.close()
    with Database.open(folder, [NOTES]) as again:
        write(again, "b")
    assert tails(folder) == [f"{TAIL}.1"]
    assert read_end(folder / BACKUPS / f"{TAIL}.1", school_key(folder)) == (epoch, 1)


def test_a_damaged_tail_is_put_aside(db: Database, folder: Path) -> None:
    write(db, "a")
    db.close()
    (folder / TAIL).write_bytes(b"x" * 9000)
    with Database.open(folder, [NOTES]) as again:
        write(again, "b")
        write(again, "c")
        assert read_end(folder / TAIL, school_key(folder)) == (again.origin.epoch, 3)
    assert (folder / BACKUPS / f"{TAIL}.1").read_bytes() == b"x" * 9000


def test_only_the_newest_tails_that_were_put_aside_stay_and_only_once_a_backup_holds_all(
    db: Database, folder: Path
) -> None:
    for n in range(12):
        (folder / TAIL).write_bytes(bytes([n]))
        put_tail_aside(folder)
    assert len(tails(folder)) == 12
    thin_tails_aside(folder)
    assert {name.rpartition(".")[2] for name in tails(folder)} == {str(n) for n in range(5, 13)}
    assert put_tail_aside(folder) is None


def test_a_restore_keeps_the_tail_it_leaves(db: Database, folder: Path) -> None:
    write(db, "a")
    backup = make_backup(db).backup.path
    write(db, "b")
    epoch = db.origin.epoch
    restore(db, backup)
    assert read_end(folder / BACKUPS / f"{TAIL}.1", school_key(folder)) == (epoch, 2)


# -- one column more does not stop it


def test_a_column_more_in_the_journal_does_not_stop_the_tail(db: Database, folder: Path) -> None:
    for table in SHAPES:
        if table != "scope_key":
            db.connection.execute(f"alter table {table} add column more text")
    write(db, "a")
    write(db, "b")
    assert db.tail.behind == 0 and read_end(folder / TAIL, school_key(folder))[1] == 2
    db.close()
    with (folder / DATABASE).open("rb+") as file:
        file.write(bytes(4096))
    assert recover(folder, [NOTES]).is_whole


def test_a_tail_that_lacks_a_column_is_put_aside(db: Database, folder: Path) -> None:
    write(db, "a")
    db.close()
    connection = connect(folder / TAIL, school_key(folder))
    connection.execute("alter table journal_step drop column reason")
    connection.close()
    with Database.open(folder, [NOTES]) as again:
        write(again, "b")
    assert read_end(folder / TAIL, school_key(folder))[1] == 2 and tails(folder) == [f"{TAIL}.1"]


# -- much is taken over in the background


@pytest.fixture
def long_school(db: Database, folder: Path) -> Iterator[Database]:
    """A school with a long journal and no tail, as after a restore."""
    for n in range(40):
        wanted = {f"n{n}-{place}": {"text": "x", "pages": place, "topic": "t"} for place in range(150)}
        db.do(Step("Nhập", db.upsert_all("note", wanted)))
    db.tail.wait(60)
    db.close()
    put_tail_aside(folder)
    with Database.open(folder, [NOTES]) as again:
        yield again


def test_the_first_mark_of_a_long_journal_waits_for_nothing(
    long_school: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tail, "PAUSE", 0.05)
    copied: list[str] = []
    real = tail.copy_steps
    monkeypatch.setattr(
        tail,
        "copy_steps",
        lambda *a, **k: (copied.append(tail.threading.current_thread().name), real(*a, **k)),
    )
    write(long_school, "one more")
    assert long_school.tail.behind > 0 and "MainThread" not in copied
    write(long_school, "and another")
    assert long_school.tail.wait(60)
    assert long_school.tail.behind == 0 and len(copied) >= 3, "in several parts"
    write(long_school, "the last")
    assert copied[-1] == "MainThread", "a little is taken over at once"
    assert read_end(folder / TAIL, school_key(folder))[1] == 43
    long_school.close()
    (folder / DATABASE).unlink()
    assert recover(folder, [NOTES]).is_whole


def test_closing_leaves_what_takes_too_long_and_the_doctor_says_so(
    long_school: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tail, "PAUSE", 30.0)
    write(long_school, "a")
    long_school.tail.close(patience=0.0)
    (line,) = [finding for finding in examine(long_school) if finding.code == "TAIL"]
    assert line.fine and line.next and any(letter.isdigit() for letter in line.message)
    monkeypatch.undo()
    write(long_school, "b")
    assert long_school.tail.wait(60)
    (line,) = [finding for finding in examine(long_school) if finding.code == "TAIL"]
    assert line.fine and not line.next


def test_a_copier_that_fails_is_begun_again_with_the_next_mark(
    long_school: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(tail, "last_of_batch", lambda *_a: (_ for _ in ()).throw(OSError(5, "i/o")))
        write(long_school, "a")
        assert long_school.tail.wait(60) and long_school.tail.behind
    write(long_school, "b")
    write(long_school, "c")
    assert long_school.tail.wait(60) and not long_school.tail.behind


def test_after_a_swap_the_tail_follows_the_new_epoch(db: Database, folder: Path) -> None:
    write(db, "a")
    restore(db, make_backup(db).backup.path)
    write(db, "b")
    assert db.tail.wait(60)
    assert read_end(folder / TAIL, school_key(folder)) == (db.origin.epoch, 2)


# -- both write-ahead files lost


def cut_off(folder: Path, target: Path) -> None:
    """The folder as it is after a crash of the PC that took both write-ahead files."""
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("*-wal", "*-shm", "school.lock"))


def test_marks_lost_with_both_write_ahead_files_are_counted_and_said(
    db: Database, folder: Path, tmp_path: Path
) -> None:
    write(db, "a")
    make_backup(db)
    db.connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    for n in range(30):
        write(db, f"n{n}")
    cut_off(folder, tmp_path / "cắt")
    problem = damage(tmp_path / "cắt")
    assert problem is not None and problem.code == "DATABASE_BEHIND"
    assert refusal(Database.open, tmp_path / "cắt", [NOTES]) == "DATABASE_BEHIND"
    done = recover(tmp_path / "cắt", [NOTES])
    assert done.lost_steps == 30 and not done.is_whole
    assert any("Thiếu 30 việc" in line for line in sentences(done))
    with Database.open(tmp_path / "cắt", [NOTES]) as again:
        write(again, "đi tiếp")


def test_of_them_the_tail_gives_back_what_had_reached_the_disk(
    db: Database, folder: Path, tmp_path: Path
) -> None:
    write(db, "a")
    db.connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    for n in range(20):
        write(db, f"n{n}")
    db.tail.forget(0)  # folds the tail's write-ahead file into it
    for n in range(10):
        write(db, f"m{n}")
    cut_off(folder, tmp_path / "cắt")
    done = recover(tmp_path / "cắt", [NOTES])
    assert (done.over, done.lost_steps) == (20, 10)


def test_an_older_copy_that_was_written_to_is_told_from_the_present(
    db: Database, folder: Path, tmp_path: Path
) -> None:
    write(db, "a")
    db.connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    shutil.copytree(folder, tmp_path / "bản cũ", ignore=shutil.ignore_patterns("*-wal", "*-shm", TAIL))
    (tmp_path / "bản cũ" / WITNESS).unlink()
    with Database.open(tmp_path / "bản cũ", [NOTES]) as older:
        write(older, "x")
    write(db, "b")
    db.close()
    shutil.copy(tmp_path / "bản cũ" / DATABASE, folder / DATABASE)
    (folder / TAIL).unlink()
    assert refusal(Database.open, folder, [NOTES]) == "DATABASE_BEHIND"


def test_a_torn_witness_tells_of_the_step_before(tmp_path: Path) -> None:
    write_witness(tmp_path, Promise("e", 1, "first"))
    write_witness(tmp_path, Promise("e", 2, "second"))
    whole = (tmp_path / WITNESS).read_bytes()
    assert read_witness(tmp_path) == Promise("e", 2, "second")
    (tmp_path / WITNESS).write_bytes(b"\xff" * 20 + whole[20:])
    assert read_witness(tmp_path) == Promise("e", 1, "first")
    (tmp_path / WITNESS).write_bytes(b"")
    assert read_witness(tmp_path) is None


# -- looking while another process writes

WRITER = """
import sys, pathlib
sys.path[:0] = sys.argv[2:]
from conftest_storage import NOTES, notes_module
from edudesk.kernel.change import Step
from edudesk.storage.database import Database
notes_module("notes_migrations")
with Database.open(pathlib.Path(sys.argv[1]), [NOTES]) as db:
    print("ready", flush=True)
    for n in range(1_000_000):
        db.do(Step("Ghi", db.upsert("note", f"w{n % 50}", text=str(n), pages=n, topic="t")))
"""


def test_nothing_is_reported_while_another_process_writes(db: Database, folder: Path) -> None:
    write(db, "a")
    paths = [str(Path(__file__).parent), str(Path(__file__).parents[2])]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), *paths], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert writer.stdout is not None and writer.stdout.readline().strip() == b"ready"
        looked = 0
        while looked < 12 or db.value("select count(*) from journal_step") < 12:
            looked += 1
            assert [finding for finding in examine(db) if not finding.fine] == []
            assert damage(folder) is None
            Database.open(folder, [NOTES]).close()
            assert writer.poll() is None, "it wrote all the while"
    finally:
        writer.kill()
        writer.wait()
        writer.stdout.close()  # type: ignore[union-attr]


# -- what takes the place of the database


def test_a_strange_file_never_takes_the_place_of_the_school(db: Database, folder: Path) -> None:
    write(db, "a")
    db.close()
    for strange in (b"abcd", b"", b"x" * 9000):
        (folder / NEXT).write_bytes(strange)
        with Database.open(folder, [NOTES]) as again:
            assert names(again) == {"a"}
        assert not (folder / NEXT).exists()
    assert (folder / BACKUPS / f"{NEXT}.1").read_bytes() == b"abcd"
    assert any(f"{NEXT}.3" in words for words in notices(folder))


def test_another_schools_file_does_not_either(db: Database, folder: Path, tmp_path: Path) -> None:
    write(db, "a")
    name_school(db, "Trường A")
    key = school_key(folder)
    db.close()
    with Database.open(tmp_path / "khác", [NOTES], create=True) as other:
        name_school(other, "Trường B")
        other.connection.execute("pragma journal_mode = delete")
        other.connection.execute(f"pragma rekey = \"x'{key.hex()}'\"")
    shutil.copy(tmp_path / "khác" / DATABASE, folder / NEXT)
    with Database.open(folder, [NOTES]) as again:
        assert names(again) == {"a"}


def test_a_swap_waits_for_its_key(tmp_path: Path) -> None:
    (tmp_path / NEXT).write_bytes(b"abcd")
    finish_swap(tmp_path)
    assert (tmp_path / NEXT).exists()


def hostile(path: Path, text: str, data: bytes = b"x" * 4096, key: bytes = b"0" * 64) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, text)
        archive.writestr(KEY, key)
        archive.writestr(DATABASE, data)
    return path


def manifest_text(db: Database, **other: object) -> str:
    made = make_backup(db, target=db.folder.parent / "thật.edubackup").backup
    manifest = json.loads(zipfile.ZipFile(made.path).read(MANIFEST))
    return json.dumps({**manifest, **other})


def test_a_backup_that_inflates_is_refused_before_it_does(db: Database, tmp_path: Path) -> None:
    bomb = hostile(tmp_path / "a.edubackup", manifest_text(db, bytes=64 << 20), bytes(64 << 20))
    assert bomb.stat().st_size < 1 << 20
    assert refusal(unpack, bomb, tmp_path / "work") == "BACKUP_TORN"
    assert not (tmp_path / "work").exists()


@pytest.mark.parametrize("wrong", ["deep", "list", "moment", "number", "negative", "far", "head", "key"])
def test_a_hostile_manifest_is_one_sentence(db: Database, tmp_path: Path, wrong: str) -> None:
    write(db, "a")
    texts = {
        "deep": "[" * 200_000,
        "list": "[]",
        "moment": manifest_text(db, made="hôm qua"),
        "number": manifest_text(db, last="x"),
        "negative": manifest_text(db, rows=-1),
        "far": manifest_text(db, made="0001-01-01T00:00:00+14:00"),
        "head": manifest_text(db, heads={"a": [1, "zz"]}),
        "key": manifest_text(db),
    }
    path = tmp_path / "a.edubackup"
    hostile(path, texts[wrong], os.urandom(4096), key=b"0" * (5000 if wrong == "key" else 64))
    assert refusal(read_archive, path) == "BACKUP_TORN"
    assert refusal(restore_new, tmp_path / "mới", path) == "BACKUP_TORN"


def test_a_backup_without_a_school_in_it_is_refused(db: Database, folder: Path, tmp_path: Path) -> None:
    write(db, "a")
    backup = make_backup(db).backup
    unpack(backup.path, tmp_path / "work")
    connection = connect(tmp_path / "work" / DATABASE, school_key(folder))
    connection.execute("pragma journal_mode = delete")
    connection.execute("drop table local")
    connection.close()
    made = write_archive(tmp_path / "work", tmp_path / "giả.edubackup", backup.manifest)
    assert refusal(restore_new, tmp_path / "mới", made.path) == "BACKUP_TORN"
    assert refusal(prepare_restore, db, made.path) == "BACKUP_TORN"


def test_a_backup_whose_journal_was_changed_is_refused(db: Database, folder: Path, tmp_path: Path) -> None:
    write(db, "a")
    backup = make_backup(db).backup
    unpack(backup.path, tmp_path / "work")
    connection = connect(tmp_path / "work" / DATABASE, school_key(folder))
    connection.execute("pragma journal_mode = delete")
    connection.execute("update journal_step set actor = 'ai đó'")
    connection.close()
    made = write_archive(tmp_path / "work", tmp_path / "sửa.edubackup", backup.manifest)
    assert refusal(restore_new, tmp_path / "mới", made.path) == "BACKUP_TORN"


def test_a_disk_too_small_for_a_backup_is_told_before(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(db, "a")
    path = make_backup(db).backup.path
    usage = shutil.disk_usage(tmp_path)._replace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert refusal(unpack, path, tmp_path / "work") == "DISK_FULL"


# -- what killed programs left


def test_what_a_killed_restore_left_goes_at_the_next_start_and_what_is_in_use_stays(
    db: Database, folder: Path, tmp_path: Path
) -> None:
    place = folder / BACKUPS
    (place / ".dang-ghi-chết").mkdir(parents=True)
    (place / ".dang-ghi-chết" / leftovers.IN_USE).touch()
    os.utime(place / ".dang-ghi-chết", (1, 1))
    with pack.scratch(place) as work:
        Database.open(folder, [NOTES]).close()
        os.utime(work, (1, 1))
        Database.open(folder, [NOTES]).close()
        assert work.exists() and not (place / ".dang-ghi-chết").exists()
    assert not work.exists()


def test_on_a_stick_it_goes_with_the_next_backup(db: Database, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    choose_second_place(db, stick)
    write(db, "a")
    make_backup(db)
    (own,) = [path for path in stick.iterdir() if path.is_dir()]
    (own / ".dang-ghi-chết").mkdir()
    (own / ".dang-ghi-chết" / leftovers.IN_USE).touch()
    os.utime(own / ".dang-ghi-chết", (1, 1))
    make_backup(db)
    assert not (own / ".dang-ghi-chết").exists()


def test_a_restore_that_was_killed_before_it_was_decided_leaves_nothing(db: Database, folder: Path) -> None:
    (folder / STAGED).write_bytes(b"x")
    (folder / "school.open").touch()
    with FolderLock(folder):
        assert not (folder / STAGED).exists()


# -- who may read


@POSIX
def test_nobody_else_of_the_pc_can_read_the_school(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        notes_module("notes_migrations")
        folder = tmp_path / "trường"
        with Database.open(folder, [NOTES], create=True) as db:
            write(db, "a")
            kept = attachment_path(db, keep_bytes(db, "a.txt", b"a").sha256)
            backup = make_backup(db).backup.path
            files = [
                folder / name for name in (DATABASE, KEY, TAIL, WITNESS, f"{DATABASE}-wal", f"{TAIL}-wal")
            ]
            for path in (*files, kept, backup):
                assert path.stat().st_mode & 0o077 == 0, path.name
            for path in (folder, folder / BACKUPS, kept.parent):
                assert path.stat().st_mode & 0o077 == 0, path.name
        (folder / KEY).chmod(0o644)
        Database.open(folder, [NOTES]).close()
        assert (folder / KEY).stat().st_mode & 0o077 == 0, "one an older program made, too"
    finally:
        os.umask(before)


# -- attached files


def test_an_attached_file_is_on_the_disk_before_its_name_is(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (done.append("sync"), sync(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda a, b: (done.append("name"), replace(a, b))[1])
    keep_bytes(db, "ảnh.jpg", b"abc")
    assert (done[:2] == ["sync", "name"] and "sync" in done[2:]) or sys.platform == "win32"


def test_a_file_that_was_torn_is_written_again_when_it_is_kept_again(db: Database) -> None:
    kept = keep_bytes(db, "a", b"all of it")
    attachment_path(db, kept.sha256).write_bytes(b"")
    keep_bytes(db, "a", b"all of it")
    assert attachment_path(db, kept.sha256).read_bytes() == b"all of it"


def test_the_doctor_tells_of_attached_files_that_are_gone_or_changed(tmp_path: Path) -> None:
    with make_school(tmp_path / "s", ["6A1"]) as db:
        kept = [keep_bytes(db, name, name.encode()) for name in ("a", "b", "c")]
        fields = {"owner": "x"}
        changes = tuple(
            change
            for n, file in enumerate(kept)
            for change in db.insert("photo", f"p{n}", **fields, name=file.name, sha256=file.sha256, size=1)
        )
        db.do(Step("Thêm ảnh", changes))
        assert all(finding.fine for finding in examine(db) if finding.code == "ATTACHMENTS")
        attachment_path(db, kept[0].sha256).unlink()
        attachment_path(db, kept[1].sha256).write_bytes(b"other")
        unsound = unsound_files(db)
        assert (unsound.missing, unsound.changed) == ((kept[0].sha256,), (kept[1].sha256,))
        (line,) = [finding for finding in examine(db) if finding.code == "ATTACHMENTS"]
        assert not line.fine and line.next


# -- a medium that can only be read


@pytest.fixture
def still(db: Database, folder: Path, tmp_path: Path) -> Iterator[Path]:
    """The school's folder mounted so that nobody can write it."""
    write(db, "a")
    db.close()
    place = tmp_path / "đĩa"
    place.mkdir()
    bind = ["mount", "--bind", str(folder), str(place)]
    try:
        mounted = subprocess.run(bind, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("nothing can be mounted here")
    subprocess.run(["mount", "-o", "remount,ro,bind", str(place)], capture_output=True, check=True)
    yield place
    subprocess.run(["umount", str(place)], capture_output=True, check=True)


def test_a_school_that_can_only_be_read_is_read_and_refuses_in_words(still: Path) -> None:
    with Database.open(still, [NOTES]) as db:
        assert names(db) == {"a"} and all(finding.fine for finding in examine(db))
        assert refusal(write, db, "b") == "READ_ONLY"
    assert refusal(FolderLock, still) == "READ_ONLY"


def test_a_file_nobody_can_write_opens_as_it_lies_there(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(db, "a")
    key = school_key(folder)
    real = opening._opened

    def no_room_for_wal(path: Path, key: bytes, how: str) -> object:
        if "immutable" not in how:
            error = opening.sqlcipher.OperationalError("unable to open database file")
            error.sqlite_errorcode = opening.sqlcipher.SQLITE_CANTOPEN
            raise error
        return real(path, key, how)

    monkeypatch.setattr(opening, "_opened", no_room_for_wal)
    monkeypatch.setattr(opening, "can_write", lambda _folder: False)
    assert refusal(connect, folder / DATABASE, key) == "READ_ONLY", "what was written last is not in the file"
    monkeypatch.undo()
    db.close()
    monkeypatch.setattr(opening, "_opened", no_room_for_wal)
    monkeypatch.setattr(opening, "can_write", lambda _folder: False)
    connection = connect(folder / DATABASE, key)
    assert connection.execute("select count(*) from note").fetchone() == (1,)
    with pytest.raises(Unavailable) as caught, opening.translating_errors(folder):
        connection.execute("delete from note")
    assert caught.value.code == "READ_ONLY"
    connection.close()


def test_an_error_is_known_by_its_code_not_by_its_words(folder: Path) -> None:
    error = opening.sqlcipher.OperationalError("the words are another language's")
    error.sqlite_errorcode = opening.sqlcipher.SQLITE_BUSY | 2 << 8
    with pytest.raises(Unavailable) as caught, opening.translating_errors(folder):
        raise error
    assert caught.value.code == "BUSY"
