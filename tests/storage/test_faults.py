"""What may happen to a PC in the middle of anything: a kill, a full disk, a disk that fails, a clock that jumps."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from conftest_storage import NOTES, notes_module

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Failure, Unavailable
from edudesk.storage import swap, tail_file
from edudesk.storage.backups import catalogue, pack, restore
from edudesk.storage.backups.backup import make_backup
from edudesk.storage.backups.catalogue import list_backups
from edudesk.storage.database import Database
from edudesk.storage.doctor import examine
from edudesk.storage.instance import FolderLock
from edudesk.storage.places import TAIL
from edudesk.storage.recovery.recover import damage, recover

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("EDUDESK_KILLS", "500"))


def write(db: Database, name: str, pages: int = 1) -> Step:
    return db.do(Step(f"Ghi {name}", db.upsert("note", name, text="chữ", pages=pages, topic="t")))


def notes(db: Database) -> dict[str, int]:
    return dict(db.all("select id, pages from note where gone = 0"))


def sound(db: Database) -> bool:
    return all(finding.fine for finding in examine(db))


# -- kill -9


def kill(folder: Path, seed: int, count: int) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("kills.py")), str(folder), str(seed), str(count)],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{Path(__file__).parent}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    told: dict[str, int] = json.loads(done.stdout)
    return told


def test_kills_lose_nothing_acknowledged_and_need_no_hand(tmp_path: Path) -> None:
    told = kill(tmp_path / "trường", 1, KILLS)
    assert told["acknowledged"] > 0 and told["unfinished"] > 0 and told["unclean"] > 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10))
def test_ten_thousand_kills(tmp_path: Path, seed: int) -> None:
    assert kill(tmp_path / "trường", 100 + seed, 1000)["acknowledged"] > 0


# -- every statement failing once


class Failing:
    """A connection whose k-th statement fails; after that it works again."""

    def __init__(self, real: Any, at: int, said: str) -> None:
        self.real, self.left, self.said = real, at, said

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise sqlcipher.OperationalError(self.said)

    def execute(self, *args: object) -> Any:
        self._count()
        return self.real.execute(*args)

    def executemany(self, *args: object) -> Any:
        self._count()
        return self.real.executemany(*args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


def session(db: Database) -> Iterator[tuple[str, int]]:
    """What a person does, each deed told once it is acknowledged: a note and its value."""
    for n in range(3):
        write(db, f"n{n}", n)
        yield f"n{n}", n
    many = tuple(
        c for n in range(30) for c in db.upsert("note", f"m{n}", text="x", pages=n, topic=f"t{n % 2}")
    )
    db.do(Step("Nhập", many))
    yield from ((f"m{n}", n) for n in range(30))
    write(db, "n1", 50)
    yield "n1", 50
    db.undo()
    yield "n1", 1
    db.redo()
    yield "n1", 50


@pytest.mark.parametrize("said", ["database or disk is full", "disk I/O error"])
def test_every_statement_of_a_session_may_fail_once(db: Database, folder: Path, said: str) -> None:
    real = db.connection
    failed, at = True, 0
    while failed:
        at += 1
        failing = Failing(real, at, said)
        db._connection = db._stack._connection = failing  # type: ignore[assignment]
        told: dict[str, int] = {}
        with suppress(Unavailable):
            told.update(session(db))
        failed = failing.left <= 0
        db._connection = db._stack._connection = real
        found = notes(db)
        assert {row: found[row] for row in told} == told
        assert not real.in_transaction
    assert at > 60 and sound(db)
    db.close()
    assert damage(folder) is None


@pytest.mark.parametrize("said", ["database or disk is full", "disk I/O error"])
def test_every_statement_of_the_tail_may_fail_and_stops_no_mark(
    db: Database, folder: Path, said: str
) -> None:
    for at in range(1, 30):
        write(db, f"k{at}")
        real = db.tail._connection
        assert real is not None
        db.tail._connection = Failing(real, at, said)  # type: ignore[assignment]
        for n in range(5):
            write(db, f"k{at}-{n}", n)
        if db.tail._connection is not None and isinstance(db.tail._connection, Failing):
            db.tail._connection = real
    count = len(notes(db))
    db.close()
    with (folder / "school.db").open("rb+") as file:
        file.write(bytes(4096))
    assert recover(folder, [NOTES]).is_whole
    with Database.open(folder, [NOTES]) as again:
        assert len(notes(again)) == count


# -- every write to a file failing once


WRITERS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"),
    (Path, "replace"),
    (Path, "mkdir"),
    (Path, "write_text"),
    (Path, "write_bytes"),
    (shutil, "copyfile"),
)


def failing_at(monkeypatch: pytest.MonkeyPatch, at: int, error: OSError) -> Callable[[], bool]:
    """Let the at-th call that writes a file fail; answers whether one did."""
    left = [at]

    def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kw: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                raise error
            return real(*args, **kw)

        return call

    for owner, name in WRITERS:
        monkeypatch.setattr(owner, name, wrap(getattr(owner, name)))
    return lambda: left[0] <= 0


FULL, BROKEN = OSError(28, "No space left on device"), OSError(5, "Input/output error")


@pytest.mark.parametrize("error", [FULL, BROKEN], ids=["full", "broken"])
@pytest.mark.parametrize("deed", ["backup", "restore", "recover"])
def test_every_write_to_a_file_may_fail_once(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, deed: str
) -> None:
    notes_module("notes_migrations")
    with Database.open(folder, [NOTES], create=True) as db:
        write(db, "a", 1)
        path = make_backup(db).backup.path
        write(db, "b", 2)
    if deed == "recover":
        with (folder / "school.db").open("rb+") as file:
            file.write(bytes(4096))
    failed, at = True, 0
    while failed:
        at += 1
        here = tmp_path / f"{at}"
        shutil.copytree(folder, here)
        with monkeypatch.context() as patch:
            happened = failing_at(patch, at, error)
            with suppress(Failure):  # whatever is raised is in words
                work(here, deed, here / "backups" / path.name)
            failed = happened()
        if deed == "recover" and damage(here) is not None:
            recover(here, [NOTES])
        with Database.open(here, [NOTES]) as again:
            assert notes(again) in ({"a": 1, "b": 2}, {"a": 1} if deed == "restore" else {"a": 1, "b": 2})
            assert sound(again)
        assert len(list_backups(here)) >= 1
    assert at > 4


def work(folder: Path, action: str, backup: Path) -> None:
    if action == "recover":
        recover(folder, [NOTES])
        return
    with Database.open(folder, [NOTES]) as db:
        if action == "backup":
            make_backup(db, "manual")
        else:
            restore.restore(db, backup)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a Unix matter")
@pytest.mark.parametrize("room", [1, 20, 60, 90])
def test_a_file_that_may_not_grow_is_a_full_disk(folder: Path, room: int) -> None:
    script = """
import resource, signal, sys
from pathlib import Path
from conftest_storage import NOTES, notes_module
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Unavailable
from edudesk.storage.database import Database
notes_module("notes_migrations")
with Database.open(Path(sys.argv[1]), [NOTES], create=True) as db:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limit = db.path.with_name("school.db-wal").stat().st_size + int(sys.argv[2]) * 4096
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    done = 0
    try:
        for n in range(200):
            db.do(Step("Ghi", db.upsert("note", f"n{n}", text="x" * 500, pages=n, topic="t")))
            done = n + 1
    except Unavailable as error:
        print(error.code, done, db.value("select count(*) from note"))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), str(room)],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{Path(__file__).parent}"},
        capture_output=True,
        text=True,
        check=True,
    )
    code, acknowledged, found = done.stdout.split()
    assert code in ("DISK_FULL", "DISK_IO") and acknowledged == found
    with Database.open(folder, [NOTES]) as db:
        assert len(notes(db)) == int(acknowledged) and sound(db)
        write(db, "again")


def test_a_folder_that_may_only_be_read_is_one_sentence(db: Database) -> None:
    write(db, "a", 1)
    db.connection.execute("pragma query_only = on")
    with pytest.raises(Unavailable) as caught:
        write(db, "b", 2)
    assert caught.value.code == "READ_ONLY" and caught.value.next
    db.connection.execute("pragma query_only = off")
    assert notes(db) == {"a": 1}


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (PermissionError(13, "held"), "NOT_ALLOWED"),
        (OSError(30, "read-only"), "READ_ONLY"),
        (FULL, "DISK_FULL"),
    ],
)
def test_a_backup_that_cannot_be_written_is_one_sentence(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    write(db, "a")

    def no(*_a: object, **_k: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", no)
        with pytest.raises(Unavailable) as caught:
            make_backup(db)
    assert caught.value.code == code and caught.value.next
    assert list((folder / "backups").iterdir()) == []


def test_a_mark_of_an_end_that_was_no_end_is_seen_once(db: Database, folder: Path) -> None:
    with FolderLock(folder) as lock:
        assert not lock.unclean
    (folder / "school.open").touch()
    lock = FolderLock(folder)
    assert lock.unclean
    lock.release()
    lock.release()
    assert not (folder / "school.open").exists()


# -- clocks


TRUE = dt.datetime


class Clock(dt.datetime):
    """A clock that somebody has set."""

    shift = dt.timedelta()

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        return TRUE.now(tz) + cls.shift


@pytest.mark.parametrize("years", [-30, -1, 10])
def test_a_clock_that_jumps_hides_and_removes_no_backup(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch, years: int
) -> None:
    write(db, "a")
    true = make_backup(db).backup
    monkeypatch.setattr(Clock, "shift", dt.timedelta(days=365 * years))
    monkeypatch.setattr(dt, "datetime", Clock)
    write(db, "b")
    jumped = make_backup(db).backup
    assert {one.path for one in list_backups(folder)} == {true.path, jumped.path}
    assert catalogue.newest(list_backups(folder), db.origin.epoch) == jumped
    swapped = restore.restore(db, true.path)
    assert swapped.made == true.manifest.made and notes(db) == {"a": 1} and sound(db)


# -- the tail


def test_the_tail_reaches_the_disk_by_itself_a_little_later(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(tail_file, "AT_MOST", 0.0)
    monkeypatch.setattr(os, "fsync", synced.append)
    write(db, "a")
    timer = db.tail._sync._timer
    if timer is not None:
        timer.join()
    assert synced


def test_the_tail_is_encrypted_and_holds_what_backups_lack(db: Database, folder: Path) -> None:
    write(db, "a")
    make_backup(db)
    write(db, "bí mật")
    make_backup(db)
    write(db, "c")
    count = "select group_concat(label) from journal_step"
    connection = tail_file.open_tail(folder / TAIL, pack.school_key(folder))
    held = connection.execute(count).fetchone()[0]
    connection.close()
    assert held == "Ghi bí mật,Ghi c"
    db.close()
    assert "bí mật".encode() not in (folder / TAIL).read_bytes()


@pytest.mark.parametrize("hurt", [bytes(4096), b"x" * 9000])
def test_a_damaged_tail_is_begun_anew(db: Database, folder: Path, hurt: bytes) -> None:
    write(db, "a")
    db.close()
    (folder / TAIL).write_bytes(hurt)
    with Database.open(folder, [NOTES]) as again:
        write(again, "b")
        write(again, "c")
        make_backup(again)
    with (folder / "school.db").open("rb+") as file:
        file.write(bytes(4096))
    assert recover(folder, [NOTES]).is_whole


def test_the_tail_of_another_epoch_is_not_gone_on_with(db: Database, folder: Path) -> None:
    write(db, "a")
    swap.begin_epoch(db.connection)
    db.close()
    with Database.open(folder, [NOTES]) as again:
        write(again, "b")
        connection = tail_file.open_tail(folder / TAIL, pack.school_key(folder))
        told = connection.execute("select value from meta where key = 'epoch'").fetchone()[0]
        connection.close()
        assert told == again.origin.epoch


def test_a_large_tail_gives_its_room_back(db: Database, folder: Path) -> None:
    many = tuple(c for n in range(3000) for c in db.upsert("note", f"m{n}", text="y" * 99, topic="t"))
    db.do(Step("Nhập", many))
    make_backup(db)
    large = (folder / TAIL).stat().st_size
    make_backup(db)
    assert (folder / TAIL).stat().st_size < large / 4
    write(db, "a")
    assert tail_file.read_end(folder / TAIL, pack.school_key(folder)) == (db.origin.epoch, 2)
