"""What the grid shows of a lock."""

from __future__ import annotations

from pytestqt.qtbot import QtBot
from registers import Register
from schools import YEAR

from edudesk.gradebook.entry.columns import grid_columns, heads
from edudesk.gradebook.entry.page import GradebookPage
from edudesk.gradebook.places import GradebookPlace
from edudesk.gradebook.register.locks import lock_marks
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.rules.locks import Scope
from edudesk.ui.desk import Desk


def test_a_locked_column_looks_locked_and_says_who_and_why(register: Register) -> None:
    register.enter(0, "toan", 1, {"gk": 70, "ck": 80})
    lock_marks(register.db, [Scope(YEAR, register.class_id, "toan", 1, "gk")], reason="nộp sổ")
    sheet = class_sheet(register.db, register.class_id, "toan", 1)
    columns = {column.key: column for column in grid_columns(sheet, lambda *_: None, lambda *_: None)}
    held, free = (columns[slot].cell(sheet.lines[0]) for slot in ("gk", "ck"))
    assert held.locked and "nộp sổ" in held.tip
    assert not free.locked
    owed = columns["gk"].cell(sheet.lines[1])
    assert owed.locked and owed.owed
    assert {slot for slot, head in heads(sheet).items() if head.lock} == {"gk"}


def test_a_key_on_a_locked_cell_writes_nothing_and_says_whom_to_ask(register: Register, qtbot: QtBot) -> None:
    desk = Desk(register.db, year=YEAR)
    page = GradebookPage(desk)
    qtbot.addWidget(page)
    page.open_at(GradebookPlace(class_id=register.class_id, code="toan"))
    page.refresh(lock_marks(register.db, [Scope(YEAR, register.class_id, "toan", 1, "gk")], reason="nộp sổ"))
    said: list[str] = []
    desk.toasted.connect(lambda text, _undo: said.append(text))
    for slot, key in (("gk", "8"), ("gk", "V"), ("average", "8"), ("ck", "V")):
        page.open_at(GradebookPlace(slot=slot))
        qtbot.keyClicks(page.grid.right, key)
    assert len(said) == 2 and "nộp sổ" in said[0] and "phiếu mở khóa" in said[0]
    assert register.db.all("select slot, value from mark") == [("ck", "V")]
    desk.close()
