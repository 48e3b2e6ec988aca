"""A desk on a small school whose self-score has begun."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school

from edudesk.dx.view import DxPage
from edudesk.staff.store import save_member
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with make_school(tmp_path / "trường") as db:
        save_member(db, {"name": "Lê Thị Mai", "role": "GV"})
        desk = Desk(db, year=YEAR)
        desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
        yield desk
        desk.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[DxPage]:
    page = DxPage(desk)
    page.resize(1198, 696)
    qtbot.addWidget(page)
    desk.announced.connect(page.refresh)
    page.show()
    qtbot.waitExposed(page)
    yield page
    desk.announced.disconnect(page.refresh)
