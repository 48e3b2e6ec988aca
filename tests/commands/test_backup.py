"""Backup and restore from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from schools import make_school

from edudesk.cli import main
from edudesk.slices import open_school
from edudesk.storage.backups.catalogue import list_backups
from edudesk.storage.instance import FolderLock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "trường"
    make_school(made).close()
    return made


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any, str]:
    code = main([*map(str, words), "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def rename(folder: Path, name: str) -> None:
    from edudesk.school.store import save_settings

    with open_school(folder) as db:
        save_settings(db, name=name)


def name_of(folder: Path) -> str:
    with open_school(folder) as db:
        return str(db.setting("school.name"))


def test_a_backup_is_told_with_its_hash(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, data, _err = run(capsys, "backup", "--data", folder)
    (made,) = list_backups(folder)
    assert (code, data["file"], data["why"], data["sound"]) == (0, str(made.path), "manual", True)
    assert data["sha256"] == made.manifest.sha256 and data["second"] is None


def test_there_and_back(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "giữ.edubackup"
    rename(folder, "THCS Cũ")
    assert run(capsys, "backup", "-o", file, "--data", folder)[0] == 0
    rename(folder, "THCS Mới")
    code, data, _err = run(capsys, "restore", file, "--data", folder)
    assert (code, data["lost"], data["gained"], data["changed"]) == (0, 1, 0, {"setting": 1})
    assert name_of(folder) == "THCS Cũ"
    assert main(["restore", str(file), "--data", str(folder)]) == 0
    assert "trở về bản sao lưu" in capsys.readouterr().out


def test_a_backup_opens_on_another_pc(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "giữ.edubackup"
    rename(folder, "THCS Sông Trăng")
    run(capsys, "backup", "-o", file, "--data", folder)
    code, data, _err = run(capsys, "restore", file, "--data", tmp_path / "máy mới")
    assert (code, data["school"]) == (0, "THCS Sông Trăng")
    assert name_of(tmp_path / "máy mới") == "THCS Sông Trăng"


def test_a_file_that_is_no_backup_is_unavailable(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "x.edubackup").write_text("no")
    code, data, _err = run(capsys, "restore", tmp_path / "x.edubackup", "--data", folder)
    assert (code, data["error"]["code"]) == (4, "BACKUP_TORN")
    code, data, _err = run(capsys, "restore", tmp_path / "none.edubackup", "--data", folder)
    assert (code, data["error"]["code"]) == (4, "FILE_MISSING")


def test_while_a_window_is_open_a_backup_works_and_a_restore_does_not(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    rename(folder, "THCS Sông Trăng")
    with FolderLock(folder):
        code, data, _err = run(capsys, "backup", "--data", folder)
        assert code == 0
        code, said, _err = run(capsys, "restore", data["file"], "--data", folder)
        assert (code, said["error"]["code"]) == (4, "BUSY")


def test_a_strange_file_that_was_put_aside_is_said_once(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    (folder / "school.db.next").write_bytes(b"abcd")
    code, _data, said = run(capsys, "doctor", "--data", folder)
    assert code == 0 and "school.db.next.1" in said
    assert run(capsys, "doctor", "--data", folder)[2] == ""


def test_another_schools_backup_is_refused(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    make_school(tmp_path / "khác").close()
    file = tmp_path / "khác.edubackup"
    run(capsys, "backup", "-o", file, "--data", tmp_path / "khác")
    code, data, _err = run(capsys, "restore", file, "--data", folder)
    assert (code, data["error"]["code"]) == (3, "OTHER_SCHOOL")


@pytest.fixture(params=["empty", "removed"])
def lost(request: pytest.FixtureRequest, folder: Path) -> Path:
    """A school that was backed up and written to, whose database is lost."""
    assert main(["backup", "--data", str(folder)]) == 0
    rename(folder, "Sau sao lưu")
    database = folder / "school.db"
    database.write_bytes(b"") if request.param == "empty" else database.unlink()
    return folder


def test_every_verb_says_that_the_database_is_lost_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], lost: Path, tmp_path: Path
) -> None:
    before = {path.name: path.stat().st_size for path in lost.iterdir()}
    level = ("--level", "thcs")
    for words in (
        ("doctor", "--data", lost),
        ("backup", "--data", lost),
        ("backup", "-o", tmp_path / "a.edubackup", "--data", lost),
        ("pupils", "--data", lost),
        ("init", "--out", lost, "--name", "Trường mới", *level),
    ):
        code = main([str(word) for word in words])
        assert code in (3, 4) and "school.db" in capsys.readouterr().err, words
        assert {path.name: path.stat().st_size for path in lost.iterdir()} == before, words


def test_its_own_backup_takes_the_place_of_a_lost_database(
    capsys: pytest.CaptureFixture[str], lost: Path
) -> None:
    (backup,) = list_backups(lost)
    capsys.readouterr()
    code, data, _said = run(capsys, "restore", backup.path, "--data", lost)
    assert code == 0 and (Path(data["kept"]) / "journal-tail").exists()
    assert (data["lost"], data["gained"], data["changed"]) == (None, None, None), (
        "nobody knows, so nothing is claimed"
    )
    assert name_of(lost) != "Sau sao lưu"


@pytest.mark.parametrize(
    ("name", "content"), [("school.db", b"?" * 50_000), ("school.db", None), ("school.key", b"")]
)
def test_a_backup_takes_the_place_of_a_school_that_cannot_be_opened(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    file = tmp_path / "giữ.edubackup"
    assert run(capsys, "backup", "-o", file, "--data", folder)[0] == 0
    before = (folder / name).read_bytes() if content is None else b""
    (folder / name).write_bytes(before[:20_000] if content is None else content)
    torn = (folder / name).read_bytes()
    assert run(capsys, "doctor", "--data", folder)[0] == 4
    code, data, _err = run(capsys, "restore", file, "--data", folder)
    assert code == 0 and (Path(data["kept"]) / name).read_bytes() == torn  # nothing is thrown away
    assert run(capsys, "doctor", "--data", folder)[0] == 0


def test_a_bad_backup_leaves_a_damaged_school_as_it_is(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    (folder / "school.db").write_bytes(b"?" * 50_000)
    bad = tmp_path / "bad.edubackup"
    bad.write_bytes(b"?" * 1000)
    assert run(capsys, "restore", bad, "--data", folder)[1]["error"]["code"] == "BACKUP_TORN"
    assert (folder / "school.db").read_bytes() == b"?" * 50_000
