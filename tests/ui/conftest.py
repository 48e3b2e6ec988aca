"""A desk on an empty school, and Qt's own warnings made into failures."""

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from edudesk.storage.database import Database
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk

HARMLESS = ("propagateSizeHints",)  # what the screenless platform says of every window


@pytest.fixture(autouse=True)
def _qt_is_silent(qapp: QApplication) -> Iterator[None]:
    said: list[str] = []

    def hear(_kind: QtMsgType, _context: object, message: str) -> None:
        if not any(word in message for word in HARMLESS):
            said.append(message)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert said == []


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    if not qapp.styleSheet():
        apply_theme(qapp)


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    with Database.open(tmp_path / "truong", (), create=True) as db:
        desk = Desk(db, year=2026)
        yield desk
        desk.close()
