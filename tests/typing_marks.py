"""The gradebook's page with everything that asks about anomalies, a class whose marks are like real ones, and real keys."""

from __future__ import annotations

from random import Random

from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from schools import YEAR

from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_marks
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.rules.marks import Mark
from edudesk.school.store import classes
from edudesk.storage.database import Database
from edudesk.students.store import add_pupil, pupils

KEY = QtNames.Key
SHIFT = QtNames.KeyboardModifier.ShiftModifier
LEVELS = (62, 91, 45, 78, 55, 84, 38, 70, 95, 58, 73, 49, 88, 66, 41, 80, 52, 97)
SLOTS = ("tx1", "tx2", "tx3", "tx4", "gk", "ck")


def marks(place: int) -> list[int]:
    """A column about everybody's level, to the half."""
    random = Random(place)
    return [5 * ((level + random.randint(-6, 6)) // 5) for level in LEVELS]


def people(db: Database) -> list[str]:
    """Eighteen pupils of the first class, in the order of the register."""
    room = classes(db, YEAR)[0].id
    for place in range(len(LEVELS)):
        name = f"Lò Thị {chr(ord('A') + place)}n"
        add_pupil(db, YEAR, room, {"name": name, "sex": "NU", "birth_date": f"2012-01-{place + 1:02d}"})
    return [one.id for one in pupils(db, YEAR, class_id=room)]


def key(db: Database, code: str = "toan") -> SheetKey:
    return SheetKey(classes(db, YEAR)[0].id, code, 1)


def put(db: Database, slot: str, column: list[Mark]) -> None:
    """Write a column down the register."""
    lines = class_sheet(db, key(db).class_id, "toan", 1).lines
    entries = [MarkEntry(line.pupil_id, slot, mark) for line, mark in zip(lines, column, strict=False)]
    enter_marks(db, key(db), entries)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def type_(qtbot: QtBot, text: str, end: QtNames.Key = KEY.Key_Return) -> None:
    for letter in text:
        qtbot.keyClicks(focused(), letter)
    qtbot.keyClick(focused(), end)


def typed(mark: int) -> str:
    """How a hand types a mark."""
    return "10" if mark == 100 else f"{mark:02d}" if mark % 10 else str(mark // 10)
