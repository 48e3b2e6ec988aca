"""The report of a trouble: nobody is in it, it is shown before it is saved, and a broken school has one too."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school

from edudesk.commands import COMMANDS
from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_mark, save_subject_comment
from edudesk.kernel.errors import Unavailable
from edudesk.kernel.log import write_line
from edudesk.school.store import classes
from edudesk.storage.database import Database
from edudesk.students.store import add_pupil, pupils
from edudesk.trouble.store import gather, write_report
from edudesk.trouble.view import Trouble, show_trouble
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.shell import Shell

NAME, PHONE, BORN, COMMENT = "Lường Thị Ngọc Ánh", "0912888777", "2014-03-09", "Em chăm, nhưng hay quên vở"


@pytest.fixture
def db(tmp_path: Path) -> Database:
    made = make_school(tmp_path / "school")
    room = classes(made, YEAR)[0].id
    add_pupil(made, YEAR, room, {"name": NAME, "sex": "NU", "phone": PHONE, "birth_date": BORN})
    pupil = pupils(made, YEAR)[0].id
    enter_mark(made, SheetKey(room, "toan", 1), MarkEntry(pupil, "ck", 35))
    save_subject_comment(made, SheetKey(room, "toan", 1), pupil, COMMENT)
    return made


def test_nobody_and_no_mark_is_in_the_report_but_what_happened_is(db: Database) -> None:
    parts = {part.name: part.text for part in gather(db, account="Bấm In thì treo.")}
    whole = "\n".join(parts.values())
    for told in (NAME, PHONE, BORN, COMMENT, "Sông Trăng", pupils(db, YEAR)[0].id):
        assert told not in whole
    assert parts["loi-ke.txt"] == "Bấm In thì treo."
    assert "mark: 1 dòng, 0 đã bỏ" in parts["bang.txt"]
    assert "CHAIN: đạt" in parts["kiem-tra.txt"] and "EduDesk: " in parts["chuong-trinh.txt"]
    keys = [line.split(":")[0] for line in parts["chuong-trinh.txt"].splitlines()]
    assert {"Hệ điều hành", "Bộ xử lí", "Cỡ dữ liệu", "Ổ còn trống"} <= set(keys), (
        "a clerk reads it before it is sent"
    )
    rows = json.loads(parts["du-lieu.json"])
    assert rows["mark"][0]["pupil_id"] == rows["pupil"][0]["id"], "what belongs together still does"
    assert rows["mark"][0]["slot"] == "ck"
    assert "mark" in parts["viec-gan-day.txt"]


def test_a_school_that_does_not_open_has_a_report_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME" if sys.platform != "win32" else "LOCALAPPDATA", str(tmp_path))
    write_line("bug ValueError: xxxx")
    names = [part.name for part in gather(None)]
    assert names == ["chuong-trinh.txt", "nhat-ki.txt"]


def test_the_file_holds_just_what_was_shown_and_what_was_told(
    db: Database, qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply_theme(qapp)
    desk = Desk(db, year=YEAR)
    window = Trouble(desk, gather(db))
    qtbot.addWidget(window)
    window.show()
    shown = {}
    for row in range(window.list.count()):
        window.list.setCurrentRow(row)
        shown[window.list.item(row).text()] = window.text.toPlainText()
    window.story.setPlainText("Bấm In thì treo.")
    monkeypatch.setattr(desk, "save_file", lambda *_words: None)
    qtbot.mouseClick(window.save, Qt.MouseButton.LeftButton)
    assert window.isVisible(), "no place was chosen: nothing is lost"
    monkeypatch.setattr(desk, "save_file", lambda _title, name, _kinds: tmp_path / name)
    qtbot.mouseClick(window.save, Qt.MouseButton.LeftButton)
    (path,) = tmp_path.glob("*.zip")
    with zipfile.ZipFile(path) as file:
        held = {name: file.read(name).decode() for name in file.namelist()}
    assert held.pop("loi-ke.txt") == "Bấm In thì treo."
    assert sorted(held.values()) == sorted(shown.values())


def test_it_is_gathered_in_the_background_and_shown_over_the_window(
    db: Database, qtbot: QtBot, qapp: QApplication
) -> None:
    apply_theme(qapp)
    shell = Shell(Desk(db, year=YEAR), ())
    qtbot.addWidget(shell)
    shell.show()
    show_trouble(shell.desk, shell)
    qtbot.waitUntil(lambda: bool(shell.findChildren(Trouble)))
    (window,) = shell.findChildren(Trouble)
    assert window.list.count() >= 5 and not window.story.toPlainText()
    window.reject()
    shell.desk.close()


def test_a_report_that_cannot_be_written_is_refused(db: Database, tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    with pytest.raises(Unavailable):
        write_report(tmp_path / "tệp" / "báo.zip", gather(db))


def test_it_has_a_command() -> None:
    assert "trouble" in {verb.name for verb in COMMANDS}
