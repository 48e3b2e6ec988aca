"""Backups: one verified file each, thinned without trusting the clock, carried to a second place."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import zipfile
from dataclasses import asdict, replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest_storage import NOTES

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Unavailable
from edudesk.kernel.progress import Progress
from edudesk.storage.backups import catalogue, leftovers, pack
from edudesk.storage.backups.archive import Backup, read_archive, unpack
from edudesk.storage.backups.backup import choose_second_place, is_backup_due, make_backup, second_place
from edudesk.storage.backups.catalogue import (
    age_words,
    is_due,
    list_backups,
    newest,
    thin,
    when,
    worth_keeping,
)
from edudesk.storage.database import Database
from edudesk.storage.doctor import examine


def write(db: Database, name: str, pages: int = 1) -> Step:
    return db.do(Step(f"Ghi {name}", db.upsert("note", name, text="chữ", pages=pages, topic="t")))


def test_a_backup_is_one_readable_verified_file(db: Database, folder: Path) -> None:
    write(db, "a")
    write(db, "b")
    made = make_backup(db, "manual").backup
    assert list_backups(folder) == [made]
    told = json.loads(zipfile.ZipFile(made.path).read("manifest.json"))
    assert (told["why"], told["last"], told["rows"], told["counts"]["note"]) == ("manual", 2, 2, 2)
    assert told["sound"] and len(told["sha256"]) == 64
    (stream,) = told["heads"]
    assert told["heads"][stream][0] == 2
    unpack(made.path, folder / "lại")
    with Database.open(folder / "lại", [NOTES]) as copy:
        assert copy.value("select count(*) from note") == 2
    assert sorted(path.name for path in (folder / "backups").iterdir()) == [made.path.name]


def test_a_backup_may_be_written_to_a_file_of_its_own(db: Database, folder: Path, tmp_path: Path) -> None:
    write(db, "a")
    made = make_backup(db, "manual", target=tmp_path / "usb" / "trường.edubackup")
    assert read_archive(tmp_path / "usb" / "trường.edubackup") == made.backup
    assert list_backups(folder) == []


def test_a_second_place_is_spoken_of_only_where_one_is_chosen(db: Database, tmp_path: Path) -> None:
    spoken: list[str] = []
    progress = Progress(lambda _done, _total, what: spoken.append(what))
    make_backup(db, progress=progress)
    assert not any("thứ hai" in words for words in spoken)
    choose_second_place(db, tmp_path)
    make_backup(db, progress=progress)
    assert any("thứ hai" in words for words in spoken)


def test_two_backups_in_one_second_have_two_names(db: Database, folder: Path) -> None:
    write(db, "a")
    paths = {make_backup(db, "manual").backup.path for _ in range(2)}
    assert len(paths) == 2


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.99])
def test_a_torn_copy_is_never_offered(db: Database, folder: Path, keep: float) -> None:
    write(db, "a")
    path = make_backup(db).backup.path
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    assert list_backups(folder) == []
    with pytest.raises(Unavailable) as caught:
        read_archive(path)
    assert caught.value.code == "BACKUP_TORN" and caught.value.next


def test_a_byte_that_changed_inside_is_found_when_it_is_unpacked(db: Database, folder: Path) -> None:
    write(db, "a")
    path = make_backup(db).backup.path
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(Unavailable) as caught:
        unpack(path, folder / "lại")
    assert caught.value.code == "BACKUP_TORN"


def test_a_database_that_is_not_the_manifests_is_found_when_it_is_unpacked(
    db: Database, folder: Path
) -> None:
    write(db, "a")
    made = make_backup(db).backup
    told = {"format": 1, **asdict(made.manifest), "sha256": "0" * 64}
    rewritten(made.path, {"manifest.json": json.dumps(told).encode()})
    with pytest.raises(Unavailable) as caught:
        unpack(made.path, folder / "lại")
    assert caught.value.code == "BACKUP_TORN"


def rewritten(path: Path, entries: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path) as old:
        there = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w") as new:
        for name, data in {**there, **entries}.items():
            if data:
                new.writestr(name, data)


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"manifest.json": b""}, "BACKUP_TORN"),
        ({"manifest.json": b"{"}, "BACKUP_TORN"),
        ({"manifest.json": b'{"format": 1}'}, "BACKUP_TORN"),
        ({"school.key": b""}, "BACKUP_TORN"),
        ({"manifest.json": b'{"format": 2}'}, "BACKUP_NEWER"),
    ],
)
def test_a_file_that_is_no_backup_is_said(db: Database, entries: dict[str, bytes], code: str) -> None:
    write(db, "a")
    path = make_backup(db).backup.path
    rewritten(path, entries)
    with pytest.raises(Unavailable) as caught:
        read_archive(path)
    assert caught.value.code == code


def test_what_does_not_read_back_gets_no_name(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(db, "a")
    poured: list[bytes] = []

    def weak(source: object, target: object) -> str:
        target.write(source.read()[:-9] + b"faulty...")  # type: ignore[attr-defined]
        poured.append(b"")
        return ""

    monkeypatch.setattr("edudesk.storage.backups.archive._pour", weak)
    with pytest.raises(Unavailable) as caught:
        make_backup(db)
    assert caught.value.code == "BACKUP_TORN" and poured
    assert list((folder / "backups").iterdir()) == []


def test_a_full_disk_is_said_before_anything_is_written(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(db, "a")
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=1 << 20))
    with pytest.raises(Unavailable) as caught:
        make_backup(db)
    assert caught.value.code == "DISK_FULL" and "1 MB" in caught.value.message
    assert list((folder / "backups").iterdir()) == []


def test_data_changed_behind_the_program_is_backed_up_as_unsound(db: Database, folder: Path) -> None:
    write(db, "a")
    good = make_backup(db).backup
    db.connection.execute("update note set pages = 99")
    bad = make_backup(db, "manual").backup
    assert not bad.manifest.sound and bad.manifest.said
    assert newest(list_backups(folder)) == good
    assert good.path.exists() and bad.path.exists()


def test_a_copy_whose_file_is_damaged_is_no_backup(tmp_path: Path) -> None:
    pack.require_sound("ok", tmp_path)
    with pytest.raises(Unavailable) as caught:
        pack.require_sound("row 3 missing", tmp_path)
    assert caught.value.code == "BACKUP_TORN"


def test_this_weeks_daily_backup_checks_the_chain_from_where_the_last_ended(db: Database) -> None:
    write(db, "a")
    make_backup(db)
    db.connection.execute("update journal set old = 5 where seq = 1")
    write(db, "b")
    assert make_backup(db).backup.manifest.sound
    assert not make_backup(db, "manual").backup.manifest.sound


def test_the_doctor_tells_the_age_of_the_backups(db: Database) -> None:
    write(db, "a")
    assert any(f.code == "BACKUP" and "chưa có" in f.message for f in examine(db))
    make_backup(db)
    assert any(f.code == "BACKUP" and "hôm nay" in f.message and not f.next for f in examine(db))


# -- the second place


def test_backups_also_go_to_a_second_place(db: Database, tmp_path: Path) -> None:
    write(db, "a")
    stick = tmp_path / "usb"
    stick.mkdir()
    choose_second_place(db, stick)
    assert second_place(db) == stick
    made = make_backup(db)
    assert made.second is not None and made.problem is None
    assert made.second.path.is_relative_to(stick)
    assert read_archive(made.second.path).manifest == made.backup.manifest
    choose_second_place(db, None)
    assert second_place(db) is None and make_backup(db).second is None


def test_a_stick_that_is_not_there_stops_no_backup(db: Database, folder: Path, tmp_path: Path) -> None:
    write(db, "a")
    choose_second_place(db, tmp_path / "usb")
    made = make_backup(db)
    assert made.problem is not None and made.problem.code == "SECOND_PLACE"
    assert list_backups(folder) == [made.backup]


def test_a_stick_that_fails_is_told_and_stops_nothing(db: Database, folder: Path, tmp_path: Path) -> None:
    write(db, "a")
    choose_second_place(db, tmp_path)
    name = pack.identity_of(db.connection)[:8]
    (tmp_path / f"EduDesk-{name}").write_text("not a folder")
    made = make_backup(db)
    assert made.problem is not None and made.second is None
    assert list_backups(folder) == [made.backup]


def test_attached_files_go_to_the_second_place_once(db: Database, folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    stick.mkdir()
    choose_second_place(db, stick)
    kept = folder / "attachments" / "ab" / "abcd"
    kept.parent.mkdir(parents=True)
    kept.write_bytes("minh chứng".encode())
    made = make_backup(db)
    assert made.second is not None and made.problem is None
    there = made.second.path.parent / "attachments" / "ab" / "abcd"
    assert there.read_bytes() == kept.read_bytes()
    there.write_bytes(b"as it was carried")
    make_backup(db)
    assert there.read_bytes() == b"as it was carried" and not list(stick.rglob("*.part"))


def test_the_schools_own_folder_is_no_second_place(db: Database, folder: Path) -> None:
    with pytest.raises(Unavailable) as caught:
        choose_second_place(db, folder / "backups")
    assert caught.value.code == "SECOND_PLACE" and second_place(db) is None


# -- age and thinning


@pytest.fixture
def one(db: Database) -> Backup:
    write(db, "a")
    return make_backup(db).backup


def at(one: Backup, moment: dt.datetime, why: str = "daily", *, sound: bool = True) -> Backup:
    manifest = replace(one.manifest, made=moment.astimezone().isoformat(), why=why, sound=sound)
    return Backup(one.path.with_name(f"{moment:%Y%m%d-%H%M}-{why}.edubackup"), manifest)


NOON = dt.datetime(2026, 11, 22, 12)


@pytest.mark.parametrize(
    ("days", "said", "tone"),
    [
        (0, "Sao lưu: hôm nay 12:00", "ok"),
        (1, "Sao lưu: hôm qua 12:00", "ok"),
        (3, "Sao lưu: 3 ngày trước", "ok"),
        (4, "Sao lưu: 4 ngày trước", "wait"),
        (-3650, "Sao lưu: đồng hồ máy đã lùi, xem lại ngày giờ", "wait"),
    ],
)
def test_the_age_is_told_in_words(one: Backup, days: int, said: str, tone: str) -> None:
    assert age_words([at(one, NOON - dt.timedelta(days=days))], NOON) == (said, tone)


def test_no_backup_is_amber(one: Backup) -> None:
    assert age_words([], NOON) == ("Sao lưu: chưa có", "wait")
    assert age_words([at(one, NOON, sound=False)], NOON)[1] == "wait"


def test_a_backup_is_due_once_a_day(db: Database, one: Backup) -> None:
    assert not is_backup_due(db, dt.date.today())
    assert is_due([at(one, NOON)], dt.date(2026, 11, 23))
    assert is_due([at(one, NOON, sound=False)], NOON.date())
    assert not is_due([at(one, NOON)], NOON.date())


def test_the_last_of_each_day_week_and_month_stays(one: Backup) -> None:
    hourly = [at(one, NOON - dt.timedelta(hours=6 * n)) for n in range(4 * 800)]
    stay = worth_keeping(hourly)
    days = {(NOON - dt.timedelta(days=n)).date() for n in range(7)}
    assert days <= {when(b).date() for b in hourly if b.path in stay}
    assert len({when(b).isocalendar()[:2] for b in hourly if b.path in stay}) >= 8
    assert len({(when(b).year, when(b).month) for b in hourly if b.path in stay}) == 24
    assert len(stay) <= 7 + 8 + 24 + 2
    assert hourly[0].path in stay


def test_a_clock_ten_years_ahead_throws_nothing_away(one: Backup) -> None:
    past = [at(one, NOON - dt.timedelta(days=n)) for n in range(5)]
    ahead = at(one, NOON.replace(year=2036))
    assert worth_keeping([*past, ahead]) == {b.path for b in [*past, ahead]}


def test_the_last_ones_before_an_action_stay_whatever_their_day(one: Backup) -> None:
    actions = [at(one, NOON - dt.timedelta(minutes=n), "import") for n in range(9)]
    stay = worth_keeping([*actions, *(at(one, NOON + dt.timedelta(minutes=m)) for m in (1, 2, 3))])
    assert sum("import" in path.name for path in stay) == 5


def test_an_unsound_backup_pushes_no_sound_one_out(one: Backup) -> None:
    sound = at(one, NOON)
    bad = at(one, NOON + dt.timedelta(hours=1), sound=False)
    assert sound.path in worth_keeping([sound, bad])
    assert worth_keeping([bad]) == {bad.path}


def test_thinning_removes_files_and_leaves_torn_ones_to_a_person(db: Database, folder: Path) -> None:
    for name in "abcd":
        write(db, name)
        make_backup(db)
    (folder / "backups" / "torn.edubackup").write_bytes(b"PK")
    assert thin(folder / "backups") == []
    assert len(list_backups(folder)) == 2
    assert (folder / "backups" / "torn.edubackup").exists()


def test_a_file_that_cannot_be_removed_stops_nothing(
    db: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(db, "a")
    for _ in range(2):
        make_backup(db)
    monkeypatch.setattr(Path, "unlink", lambda *_a, **_k: (_ for _ in ()).throw(PermissionError()))
    monkeypatch.setattr(catalogue, "LATEST", 1)
    assert len(thin(folder / "backups")) == 1
    assert len(list_backups(folder)) == 2


def test_what_a_killed_program_left_half_written_is_swept_after_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".dang-ghi-x").mkdir()
    (tmp_path / "a.edubackup.part").write_bytes(b"")
    leftovers.sweep(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    monkeypatch.setattr(leftovers, "LEFT_OVER", -60)
    leftovers.sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []
    shutil.rmtree(tmp_path)
    leftovers.sweep(tmp_path)


def test_the_nearest_of_an_epoch_is_told_by_steps_not_by_the_clock(one: Backup) -> None:
    before = at(one, NOON.replace(year=2036))
    after = at(one, NOON)
    after = Backup(after.path, replace(after.manifest, last=one.manifest.last + 5))
    assert newest([before, after], one.manifest.epoch) == after
    assert newest([before, after], "another") == before
    assert newest([]) is None


def test_what_was_just_made_stays_however_many_were_made_within_the_second(db: Database) -> None:
    write(db, "a")
    for _ in range(4):
        assert make_backup(db).backup.path.exists()
