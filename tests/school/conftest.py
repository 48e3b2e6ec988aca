"""A desk on a small school with one teacher."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from schools import YEAR, make_school

from edudesk.staff.store import save_member
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with make_school(tmp_path / "truong") as db:
        save_member(db, {"name": "Lê Thị Mai", "role": "GV", "main_subject": "toan"})
        desk = Desk(db, year=YEAR)
        desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
        yield desk
        desk.close()
