"""What happened to a cell, shown beside it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from registers import Register
from schools import YEAR

from edudesk.gradebook.entry.columns import grid_columns
from edudesk.gradebook.entry.history import MOST, CellHistory
from edudesk.gradebook.entry.page_key import PageKey
from edudesk.gradebook.register.marks import MarkEntry, enter_mark, save_subject_comment
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.kernel.access import Author
from edudesk.ui.application import apply_theme
from edudesk.ui.callout import Callout
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid


class Window:
    def __init__(self, register: Register, qtbot: QtBot) -> None:
        self.bot, self.register, self.term = qtbot, register, 1
        self.desk = Desk(register.db, year=YEAR)
        self.said: list[str] = []
        self.desk.toasted.connect(lambda text, _undo: self.said.append(text))
        sheet = self.sheet()
        self.grid = Grid(grid_columns(sheet, lambda *_: None, lambda *_: None))
        self.grid.set_rows(sheet.lines, key=lambda line: line.pupil_id)
        place = lambda: PageKey(YEAR, self.term, register.class_id, "toan")  # noqa: E731
        self.history = CellHistory(self.desk, self.grid, self.sheet, place)
        qtbot.addWidget(self.grid)
        self.grid.resize(1100, 600)
        self.grid.show()
        qtbot.waitExposed(self.grid)

    def sheet(self):  # type: ignore[no-untyped-def]
        return class_sheet(self.register.db, self.register.class_id, "toan", self.term)

    def open(self, column: str) -> Callout:
        self.grid.go(0, self.grid.model.column_of(column))
        self.history.open(0, self.grid.model.column_of(column))
        return self.callout()

    def callout(self) -> Callout:
        (found,) = [one for one in self.grid.findChildren(Callout) if one.isVisible()]
        return found


@pytest.fixture
def window(register: Register, qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    found = Window(register, qtbot)
    yield found
    found.desk.close()


def words(callout: Callout) -> list[str]:
    return [one.text() for one in callout.findChildren(QLabel) if one.text()]


def write(register: Register, value: int | None, *, slot: str = "gk", reason: str = "") -> None:
    enter_mark(register.db, register.key(), MarkEntry(register.pupils[0], slot, value), reason=reason)


def test_a_cell_that_was_never_changed_says_so(window: Window) -> None:
    assert words(window.open("gk")) == ["Lịch sử: Lò Thị Ánh · Toán GK", "Chưa có thay đổi nào."]


def test_every_change_is_told_newest_first_with_who_when_and_why(window: Window, register: Register) -> None:
    write(register, 70)
    register.db.author = Author("lan", "subject_teacher")
    write(register, 75, reason="cộng nhầm")
    write(register, 80, slot="ck")
    said = words(window.open("gk"))
    day = dt.date.today().strftime("%d/%m/%Y")
    assert said[1] == "7,0 → 7,5" and said[4] == "trống → 7,0" and len(said) == 7
    assert said[2].startswith(day) and said[2].endswith("lan (giáo viên bộ môn)")
    assert said[3] == "Nhập điểm · cộng nhầm"


def test_a_doubtful_clock_is_marked(window: Window, register: Register) -> None:
    register.db.wall = lambda: "2030-01-01T08:00:00+07:00"
    write(register, 70)
    register.db.wall = lambda: "2026-11-22T08:00:00+07:00"
    write(register, 75)
    assert words(window.open("gk")).count("giờ máy đáng ngờ") == 2


def test_beside_the_marks_the_whole_row_is_told_and_the_comment_its_own(
    window: Window, register: Register
) -> None:
    write(register, 70)
    write(register, 80, slot="ck")
    for text in ("Chăm.", ""):
        save_subject_comment(register.db, register.key(), register.pupils[0], text)
    said = words(window.open("average"))
    assert "mọi cột" in said[0] and said[1] == "CK: trống → 8,0" and said[4] == "GK: trống → 7,0"
    callout = window.open("comment")
    said = words(callout)
    assert said[0].startswith("Lịch sử: Lò Thị Ánh · Nhận xét") and said[1] == "“Chăm.” → trống"
    assert not callout.findChildren(QPushButton), "there is no record of changes of comments"


def test_a_long_history_ends_in_how_many_more(window: Window, register: Register) -> None:
    for mark in range(MOST + 3):
        write(register, mark)
    assert "và 3 thay đổi trước đó, có trong biên bản" in words(window.open("gk"))


def test_the_record_of_the_column_is_printed_from_there(
    window: Window, register: Register, tmp_path: Path
) -> None:
    write(register, 70)
    write(register, 75)
    asked: list[str] = []

    def save(_title: str, name: str, _kinds: str) -> Path:
        asked.append(name)
        return tmp_path / "biên bản"

    window.desk.save_file = save  # type: ignore[method-assign]
    (press,) = window.open("gk").findChildren(QPushButton)
    window.bot.mouseClick(press, QtNames.MouseButton.LeftButton)
    window.bot.waitUntil(lambda: "Đã ghi tệp biên bản.pdf" in window.said)
    assert (tmp_path / "biên bản.pdf").read_bytes().startswith(b"%PDF")
    assert asked == ["Biên bản sửa điểm 9A2 Toán GK Học kì I.pdf"]
    window.desk.save_file = lambda *_: None  # type: ignore[method-assign]
    window.history.print_record(register.key(), None)
    assert window.said == ["Đã ghi tệp biên bản.pdf"]


def test_it_closes_when_the_cursor_moves_and_the_year_has_none(window: Window, register: Register) -> None:
    window.open("gk")
    window.grid.go(1, window.grid.model.column_of("gk"))
    assert not [one for one in window.grid.findChildren(Callout) if one.isVisible()]
    window.term = 0
    window.history.open(0, window.grid.model.column_of("average"))
    assert "Chọn một học kì" in window.said[-1]
