"""Qt's own warnings made into failures, and a window closed after each story."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from edudesk.ui import qtwords
from edudesk.ui.application import apply_theme

HARMLESS = (
    "propagateSizeHints",
    "support raise()",
    "grabbing the keyboard",
    "grabbing the mouse",
)  # what the screenless platform says


@pytest.fixture(autouse=True)
def _silent_qt(qapp: QApplication) -> Iterator[None]:
    said: list[str] = []

    def hear(_kind: QtMsgType, _context: object, message: str) -> None:
        if not any(word in message for word in HARMLESS):
            said.append(message)

    if not qapp.styleSheet():
        apply_theme(qapp)
        qtwords.install(qapp)
    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert said == []
