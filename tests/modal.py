"""Modal boxes in tests: each is given a few seconds to be answered, then closed and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QFileDialog

PATIENCE = 10_000  # milliseconds a test's own keys may take to answer a box
ASKED_FOR_FILES = ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory")


@contextmanager
def unanswered_boxes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Within the block every modal box ends; answers the titles of those that nobody answered."""
    unanswered: list[str] = []
    wait = QDialog.exec

    def patient(dialog: QDialog) -> int:
        timer = QTimer(dialog)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: (unanswered.append(_title(dialog)), dialog.reject()))
        timer.start(PATIENCE)
        try:
            return wait(dialog)
        finally:
            timer.stop()

    monkeypatch.setattr(QDialog, "exec", patient)
    for name in ASKED_FOR_FILES:
        monkeypatch.setattr(QFileDialog, name, _no_file_dialog(name))
    yield unanswered


def _no_file_dialog(name: str) -> Callable[..., Any]:
    def refuse(*_words: object, **_named: object) -> Any:
        raise AssertionError(f"QFileDialog.{name} would wait for a person")

    return refuse


def _title(dialog: QDialog) -> str:
    return f"{type(dialog).__name__}: {dialog.windowTitle()}"
