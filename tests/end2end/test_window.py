"""The window as a process: one to a folder, milestones on demand, bugs said and survived."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school

from edudesk import app
from edudesk.kernel import log
from edudesk.kernel.access import Author
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.ids import name_id
from edudesk.kernel.names import name_key
from edudesk.slices import PAGES, open_school
from edudesk.storage.instance import FolderLock
from edudesk.students.store import add_pupil, pupils, save_pupil
from edudesk.ui import bugs

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "dữ liệu trường"
    with make_school(place) as db:
        class_id = db.value("select id from school_class where name = '9A2'")
        for name in ("Lò Thị Ánh", "Bùi Tiến Đạt"):
            add_pupil(db, YEAR, class_id, {"name": name})
        db.set_local("shell.page", "gradebook")
    return place


def edudesk(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "edudesk", *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, env=ENVIRONMENT, cwd=ROOT, timeout=60, check=False
    )


def test_measure_prints_milestones_and_quits(folder: Path) -> None:
    done = edudesk("--data", folder, "--measure")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["page"] == "gradebook"
    assert 0 < told["import"] < told["window"] < told["data"] < told["painted"]
    assert 20 < told["memory_mb"] < 150


def test_measure_without_a_school_is_refused_in_words(tmp_path: Path) -> None:
    done = edudesk("--data", tmp_path / "không có", "--measure")
    assert done.returncode == 3 and done.stderr.startswith("NO_SCHOOL: ")


def test_a_second_click_raises_the_first_window(qtbot: QtBot, folder: Path) -> None:
    with FolderLock(folder), open_school(folder) as db:
        shell = app.make_shell(db)
        qtbot.addWidget(shell)
        shell.show()
        qtbot.waitExposed(shell)
        server = app._listen(folder, shell)
        shell.setWindowState(shell.windowState() | Qt.WindowState.WindowMinimized)
        second = subprocess.Popen(
            [sys.executable, "-m", "edudesk", "--data", str(folder)],
            env=ENVIRONMENT,
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )
        qtbot.waitUntil(lambda: not shell.isMinimized(), timeout=20_000)
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
        assert second.returncode == 0
        server.close()
        shell.close()


def test_while_a_command_holds_the_folder_a_window_says_it_is_busy(folder: Path) -> None:
    with FolderLock(folder), pytest.raises(Unavailable) as caught:
        app.run_window(folder)
    assert caught.value.code == "BUSY"


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    monkeypatch.setattr(log, "user_data_dir", lambda: tmp_path / "nhà")
    return said


def test_a_bug_is_logged_said_and_survived(boxes: list[str], tmp_path: Path) -> None:
    try:
        raise ZeroDivisionError("chia cho 0")
    except ZeroDivisionError as error:
        bugs.say_bug(type(error), error, error.__traceback__)
    assert "Dữ liệu đã lưu vẫn còn nguyên" in boxes[0]
    assert "ZeroDivisionError: xxxx xxx 0" in (tmp_path / "nhà" / "edudesk.log").read_text(encoding="utf-8")


def test_a_failure_nobody_caught_is_said_in_its_own_words(boxes: list[str], tmp_path: Path) -> None:
    full = Unavailable(Problem("DISK_FULL", "Ổ đĩa đã đầy.", next="Dọn bớt chỗ."))
    bugs.say_bug(Unavailable, full, None)
    assert boxes == ["Ổ đĩa đã đầy. Dọn bớt chỗ."]
    assert not (tmp_path / "nhà").exists()


def test_an_undo_that_is_only_partly_possible_says_who_stands_against_it_and_does_the_rest(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    with open_school(folder) as db:
        shell = app.make_shell(db)
        qtbot.addWidget(shell)
        class_id = db.value("select id from school_class where name = '9A2'")
        changes: list[Change] = []
        for name in ("Cà Thị Huệ", "Vàng A Bình"):
            fields = {"pupil_id": name_id("t", name), "year": YEAR, "class_id": class_id, "number": 9}
            changes += db.insert("pupil", name_id("t", name), name=name)
            changes += db.upsert("enrolment", name_id("enrolment", name_id("t", name), YEAR), **fields)
        db.do(Step("Nhập 2 học sinh", tuple(changes)))
        with open_school(folder, author=Author("hạnh", "subject_teacher")) as teacher:
            save_pupil(teacher, name_id("t", "Vàng A Bình"), {"phone": "0900123456"})
        monkeypatch.setattr(shell.desk, "ask", lambda _q, detail="", **_k: asked.append(detail) or True)
        shell.desk.undo()
        assert asked == ["Vàng A Bình: Ô này đã được sửa sau đó."]
        assert db.row("pupil", name_id("t", "Vàng A Bình"))["gone"] == 0  # type: ignore[index]
        assert db.row("pupil", name_id("t", "Cà Thị Huệ"))["gone"] == 1  # type: ignore[index]
        assert "Vàng A Bình" in {p.name for p in pupils(db, YEAR, class_id=class_id)}
        shell.close()


def test_every_page_opens_reads_and_has_help(qtbot: QtBot, folder: Path) -> None:
    with open_school(folder) as db:
        shell = app.make_shell(db)
        qtbot.addWidget(shell)
        shell.show()
        for spec in PAGES:
            page = shell.show_page(spec.key)
            page.settle()
            assert shell.current == spec.key
            assert all(key and action for key, action in page.help_keys())
        shell.close()


def test_a_school_moved_to_another_folder_opens_there(folder: Path, tmp_path: Path) -> None:
    moved = tmp_path / "ổ khác" / "Trường Ánh Dương"
    shutil.copytree(folder, moved)
    with open_school(moved) as db:
        assert sorted((p.name for p in pupils(db, YEAR)), key=name_key) == ["Lò Thị Ánh", "Bùi Tiến Đạt"]
