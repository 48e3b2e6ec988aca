"""The program in the places where school PCs put it: names with accents and spaces, no temporary folder, other drives,
other languages of the system, two users, a clock that is wrong, a folder that is not this PC's alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from schools import YEAR, make_school

from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_marks
from edudesk.slices import open_school
from edudesk.students.store import add_pupil

ROOT = Path(__file__).parents[2]
PERSON = "Nguyễn Thị Ánh Đào (văn phòng)"
NO_TEMP = """
import sys, tempfile
def none(*_a): raise FileNotFoundError(2, "No usable temporary directory found")
tempfile._get_default_tempdir = none
sys.argv = ["edudesk", *sys.argv[1:]]
from edudesk.cli import main
raise SystemExit(main())
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a user of the PC."""
    place = tmp_path / "Users" / PERSON
    place.mkdir(parents=True)
    return place


def environment(home: Path, **more: str) -> dict[str, str]:
    mine = {"HOME": str(home), "XDG_DATA_HOME": str(home / "AppData"), "LOCALAPPDATA": str(home / "AppData")}
    return {**os.environ, **mine, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT), **more}


def edudesk(
    home: Path, *words: object, code: str = "", cwd: Path | None = None, **more: str
) -> subprocess.CompletedProcess[str]:
    start = ["-c", code] if code else ["-m", "edudesk"]
    return subprocess.run(
        [sys.executable, *start, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env=environment(home, **more),
        cwd=cwd or home,
        timeout=120,
        check=False,
    )


def made(folder: Path) -> Path:
    with make_school(folder) as db:
        class_id = str(db.value("select id from school_class where name = '9A2'"))
        for name in ("Lò Thị Ánh", "Bùi Tiến Đạt"):
            add_pupil(db, YEAR, class_id, {"name": name})
        first = db.value("select pupil_id from enrolment order by number")
        enter_marks(db, SheetKey(class_id, "toan", 1), [MarkEntry(str(first), "tx1", 85)])
        db.set_local("shell.page", "gradebook")
    return folder


def fine(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_user_and_folders_with_accents_spaces_and_brackets(home: Path) -> None:
    school = made(home / "AppData" / ("EduDesk" if sys.platform == "win32" else "edudesk"))
    assert json.loads(fine(edudesk(home, "--measure")))["page"] == "gradebook"
    paper = home / "Bảng điểm lớp 9A2 (học kì I).pdf"
    fine(edudesk(home, "print", "class-list", "--class", "9A2", "-o", paper))
    assert paper.read_bytes().startswith(b"%PDF")
    listed = home / "Danh sách – 9A2.xlsx"
    fine(edudesk(home, "export", "students", "-o", listed))
    told = json.loads(fine(edudesk(home, "import", "students", listed, "--json")))
    assert (told["added"], told["unchanged"]) == (0, 2)
    assert school.is_dir()


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    """Another file system, where the machine has one that anybody may write to."""
    shared = Path("/dev/shm")
    place = Path(tempfile.mkdtemp(dir=shared if shared.is_dir() else tmp_path, prefix="ổ D "))
    yield place
    shutil.rmtree(place)


def test_the_data_on_another_drive_and_papers_and_backups_across_drives(home: Path, drive: Path) -> None:
    school = made(drive / "Dữ liệu trường")
    where = ("--data", school)
    fine(edudesk(home, "--measure", *where))
    here, there = home / "bản lưu.edubak", drive / "bảng.pdf"
    fine(edudesk(home, "backup", "-o", here, *where))
    fine(edudesk(home, "print", "class-list", "--class", "9A2", "-o", there, *where))
    fine(edudesk(home, "restore", here, "--data", home / "mở lại"))
    with open_school(home / "mở lại") as db:
        assert db.value("select count(*) from pupil where gone = 0") == 2


def test_a_pc_without_a_temporary_folder(home: Path) -> None:
    school = made(home / "trường")
    where = ("--data", school)
    nowhere = {name: f"{os.devnull}/x" for name in ("TMPDIR", "TEMP", "TMP")}
    done = edudesk(home, "--measure", *where, code=NO_TEMP, **nowhere)
    assert json.loads(fine(done))["page"] == "gradebook"
    for words in (
        ("print", "class-list", "--class", "9A2", "-o", home / "lớp.pdf"),
        ("export", "students", "-o", home / "lớp.xlsx"),
        ("export", "marks", "--class", "9A2", "--term", "1", "-o", home / "điểm.xlsx"),
        ("import", "students", home / "lớp.xlsx"),
        ("backup",),
        ("doctor",),
    ):
        fine(edudesk(home, *words, *where, code=NO_TEMP, **nowhere))


def test_a_program_that_may_not_write_where_it_lies_writes_nothing_there(home: Path, tmp_path: Path) -> None:
    program = tmp_path / "Program Files"
    shutil.copytree(ROOT / "edudesk", program / "edudesk", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "resources", program / "resources")
    before = {file: file.stat().st_mtime_ns for file in program.rglob("*")}
    school = made(home / "trường")
    more = {"PYTHONPATH": str(program), "PYTHONDONTWRITEBYTECODE": "1"}
    fine(edudesk(home, "--measure", "--data", school, **more))
    fine(
        edudesk(
            home, "print", "class-list", "--class", "9A2", "-o", home / "lớp.pdf", "--data", school, **more
        )
    )
    fine(edudesk(home, "backup", "--data", school, **more))
    assert {file: file.stat().st_mtime_ns for file in program.rglob("*")} == before


@pytest.mark.parametrize("language", ["en_US.UTF-8", "vi_VN.UTF-8", "de_DE.UTF-8", "C"])
def test_the_language_of_the_system_changes_no_number_date_or_name(home: Path, language: str) -> None:
    school = made(home / "trường")
    words = (
        "explain",
        "--class",
        "9A2",
        "--pupil",
        "#1",
        "--subject",
        "toan",
        "--term",
        "1",
        "--data",
        school,
    )
    plain = fine(edudesk(home, *words))
    assert "8,5" in plain
    more = {"LC_ALL": language, "LANG": language, "LANGUAGE": language}
    assert fine(edudesk(home, *words, **more)) == plain
    listed = ("pupils", "--data", school)
    assert fine(edudesk(home, *listed, **more)) == fine(edudesk(home, *listed))
    assert json.loads(fine(edudesk(home, "--measure", "--data", school, **more)))["page"] == "gradebook"


def test_two_users_of_one_pc_have_a_school_and_a_look_each(home: Path) -> None:
    other = home.with_name("Hiệu trưởng")
    other.mkdir()
    own = {
        one: made(one / "AppData" / ("EduDesk" if sys.platform == "win32" else "edudesk"))
        for one in (home, other)
    }
    with open_school(own[other]) as db:
        class_id = str(db.value("select id from school_class where name = '6A1'"))
        add_pupil(db, YEAR, class_id, {"name": "Vàng A Sử"})
    assert "Vàng A Sử" in fine(edudesk(other, "pupils"))
    assert "Vàng A Sử" not in fine(edudesk(home, "pupils"))


def test_two_users_on_one_folder_write_one_after_the_other(home: Path) -> None:
    from edudesk.storage.instance import FolderLock

    school = made(home / "chung")
    other = home.with_name("Hiệu trưởng")
    other.mkdir()
    lock = ("lock", "--class", "9A2", "--reason", "Đã họp xét", "--data", school)
    with FolderLock(school):
        refused = edudesk(other, *lock)
        assert refused.returncode == 4 and refused.stderr.startswith("BUSY: ")
        fine(edudesk(other, "pupils", "--data", school))
    fine(edudesk(other, *lock))


CLOCK = """
import datetime as dt, sys
moved = dt.timedelta(days=int(sys.argv[1]))
class Wrong(dt.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + moved
class WrongDay(dt.date):
    @classmethod
    def today(cls):
        return super().today() + moved
dt.datetime, dt.date = Wrong, WrongDay
sys.argv = ["edudesk", *sys.argv[2:]]
from edudesk.cli import main
raise SystemExit(main())
"""


def test_a_clock_years_ahead_and_then_right_again_loses_nothing(home: Path) -> None:
    school = made(home / "trường")
    where = ("--data", school)
    cell = ("--class", "9A2", "--subject", "toan", "--term", "1", "--pupil", "#2", "--slot", "tx1")
    fine(edudesk(home, "3650", "marks", "set", *cell, "--value", "6", *where, code=CLOCK))
    fine(edudesk(home, "3650", "backup", *where, code=CLOCK))
    fine(edudesk(home, "marks", "set", *cell, "--value", "7", *where))
    fine(edudesk(home, "-9000", "marks", "set", *cell, "--value", "8", *where, code=CLOCK))
    history = json.loads(fine(edudesk(home, "marks", "history", *cell, *where, "--json")))
    assert "8" in fine(edudesk(home, "marks", "get", *cell[:6], "--pupil", "#2", *where))
    assert len(json.dumps(history)) > 100
    for words in (("doctor", *where), ("--measure", *where)):
        for days in ("-9000", "0", "3650"):
            fine(edudesk(home, days, *words, code=CLOCK))


@pytest.mark.parametrize("place", ["OneDrive - Phòng GDĐT", "Dropbox", "Google Drive"])
def test_a_synchronised_folder_is_refused_by_window_and_commands_alike(home: Path, place: str) -> None:
    folder = home / place / "EduDesk"
    for words in (
        ("--measure",),
        ("pupils",),
        ("init", "--name", "Trường A", "--level", "thcs", "--out", folder),
    ):
        done = edudesk(home, *words, *(() if "--out" in words else ("--data", folder)))
        assert done.returncode == 3 and done.stderr.startswith("SYNCED_FOLDER: ")
        assert "sao lưu" in done.stderr
    assert not folder.exists()


def test_a_program_with_a_window_alone_says_in_a_box_why_it_cannot_open(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QMessageBox

    from edudesk import app, cli

    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    monkeypatch.setattr(app, "crashes_watched", nullcontext)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "stderr", None)
    assert cli.main(["--data", str(home / "Dropbox" / "EduDesk"), "--measure"]) == 3
    assert len(said) == 1 and "Dropbox" in said[0]
