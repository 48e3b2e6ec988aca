"""The log of the computer rooms: written, refused with all reasons, printed, on screen and command line."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import papers
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school

from edudesk.cli import main
from edudesk.kernel.change import Value
from edudesk.kernel.errors import Refused
from edudesk.labs import store_log
from edudesk.labs.report_log import log_paper, log_sheets
from edudesk.labs.store_timetable import equipped_words
from edudesk.labs.view_log import LabLog
from edudesk.premises import store
from edudesk.premises.fields import LAB
from edudesk.school.store import classes
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog

DAY = "2026-09-07"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ("9A1", "9A2")) as found:
        store.save_room(found, {"name": "PM 1", "kind": LAB})
        yield found


def lesson(db: Database, n: int = 0, **more: Value) -> dict[str, Value]:
    return {"on_date": DAY, "session": "SANG", "period": "2", "class_id": classes(db, YEAR)[n].id, **more}


def room(db: Database) -> str:
    return store.rooms(db, kind=LAB)[0].id


def test_a_lesson_is_written_changed_and_taken_out(db: Database) -> None:
    store_log.write_session(db, YEAR, room(db), lesson(db, down=2, note=" mất  mạng "))
    (one,) = store_log.sessions(db, YEAR)
    assert (one.class_name, one.period, one.down, one.note) == ("9A1", 2, 2, "mất mạng")
    store_log.write_session(db, YEAR, room(db), lesson(db, 1, period="3"), kept=one.id)
    (moved,) = store_log.sessions(db, YEAR, room_id=room(db))
    assert (moved.class_name, moved.period, moved.down) == ("9A2", 3, None)
    store_log.drop_session(db, moved.id)
    assert store_log.sessions(db, YEAR) == []
    db.undo()
    assert len(store_log.sessions(db, YEAR)) == 1 and store_log.sessions(db, YEAR - 1) == []


def test_everything_wrong_is_told_at_once(db: Database) -> None:
    store_log.write_session(db, YEAR, room(db), lesson(db))
    with pytest.raises(Refused) as caught:
        store_log.write_session(db, YEAR, room(db), lesson(db, 1))
    assert caught.value.code == "SESSION_TAKEN"
    tomorrow = (dt.date.today() + dt.timedelta(days=400)).isoformat()
    with pytest.raises(Refused) as caught:
        bad = lesson(db, on_date=tomorrow, class_id="?", down=501)
        store_log.write_session(db, YEAR, "?", bad)
    codes = [one.code for one in caught.value.problems]
    assert codes == ["SESSION_ROOM", "SESSION_DAY", "SESSION_CLASS", "SESSION_DOWN"]


def test_the_log_on_paper_and_as_a_spreadsheet(db: Database) -> None:
    assert "chưa ghi tiết nào" in papers.text(log_paper(db, YEAR))
    store_log.write_session(db, YEAR, room(db), lesson(db, down=0))
    assert "07/09/2026 | Sáng | 2 | 9A1 |  | 0 | " in papers.text(log_paper(db, YEAR))
    assert log_sheets(db, YEAR)[0].rows[0][0] == "PM 1"


def test_projection_and_studio_are_counted_for_the_level(db: Database) -> None:
    store.save_room(db, {"name": "101", "kind": "PHONG_HOC", "projector": 1, "internet": 1})
    store.save_room(db, {"name": "Ghi hình", "kind": "STUDIO"})
    assert equipped_words(db) == "1/2 phòng học có trình chiếu và Internet, 1 phòng làm học liệu số"


def test_labs_log_on_the_command_line(
    db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["--data", str(tmp_path / "trường"), "--json", "labs", "log"]
    add = [*base, "--add", "--room", "pm 1", "--day", "07/09/2026", "--session", "sang", "--period", "1"]
    assert main([*add, "--class", "9A1", "--down", "1"]) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["date"], one["period"], one["class"], one["down"]) == (DAY, 1, "9A1", 1)
    assert main([*add, "--class", "9A2"]) == 3
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "SESSION_TAKEN"
    assert main([*base, "--room", "lạ"]) == 3
    assert json.loads(capsys.readouterr().err)["error"]["code"] == "ROOM_UNKNOWN"


def test_the_log_on_the_screen(db: Database, qtbot: QtBot, qapp: QApplication) -> None:
    desk = Desk(db, year=YEAR)
    log = LabLog(desk)
    desk.announced.connect(lambda _step: log.refresh())
    qtbot.addWidget(log)
    log.resize(640, 400)
    log.refresh()
    log.show()
    log.add.click()
    (form,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()
    ]
    form.form.boxes["on_date"].input.setText("07/09/2026")  # type: ignore[attr-defined]
    box = form.form.boxes["class_id"].input
    box.setCurrentIndex(1)  # type: ignore[attr-defined]
    form.yes.click()
    assert log.note.text() == "1 tiết đã ghi"
    log.activateWindow()
    log.table.setFocus()
    QApplication.processEvents()
    log.table.setCurrentIndex(log.table.model().index(0, 0))
    qtbot.keyClick(log.table, Qt.Key.Key_Delete)
    assert store_log.sessions(db, YEAR) == []
    desk.close()
