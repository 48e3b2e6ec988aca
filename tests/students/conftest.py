"""A desk on a small school with pupils, and a window-less Qt."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication
from schools import YEAR, make_school

from edudesk.school.store import classes
from edudesk.students import store
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk

PUPILS = (
    {
        "name": "Lò Thị Ánh",
        "sex": "NU",
        "birth_date": "2012-06-05",
        "ethnic": "03",
        "personal_number": "011312016533",
    },
    {"name": "Vàng A Bình", "sex": "NAM", "birth_date": "2012-01-20", "ethnic": "08"},
    {
        "name": "Lê Minh Châu",
        "sex": "NU",
        "birth_date": "2012-09-09",
        "ethnic": "01",
        "personal_number": "011312008678",
    },
)


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with make_school(tmp_path / "truong", ("9A1", "9A2")) as db:
        class_id = classes(db, YEAR)[1].id
        for fields in PUPILS:
            store.add_pupil(db, YEAR, class_id, fields)
        desk = Desk(db, year=YEAR)
        desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
        yield desk
        desk.close()
