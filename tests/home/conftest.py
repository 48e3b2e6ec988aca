"""A desk on a school of two classes with a few pupils, and a day that stands still."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from schools import YEAR, make_school

from edudesk.home import view
from edudesk.staff.store import save_member
from edudesk.storage.database import Database
from edudesk.students.store import add_pupil
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    monkeypatch.setattr(view, "today", lambda: TODAY)
    with make_school(tmp_path / "truong") as db:
        save_member(db, {"name": "Lê Thị Mai", "role": "GV", "main_subject": "toan"})
        yield db


@pytest.fixture
def pupils(db: Database) -> list[str]:
    """Three pupils of 9A2, by identity."""
    room = db.value("select id from school_class where name = '9A2'")
    for name in ("Lò Thị Ánh", "Bùi Tiến Đạt", "Vàng A Sử"):
        add_pupil(db, YEAR, room, {"name": name})
    return [row for (row,) in db.all("select id from pupil order by rowid")]


@pytest.fixture
def desk(db: Database, qapp: QApplication) -> Iterator[Desk]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    desk = Desk(db, year=YEAR)
    desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
    yield desk
    desk.close()
