"""A newcomer's first minutes: from the first window to the first mark, with real clicks and keys, counted."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot
from schools import make_school

from edudesk.app import make_shell
from edudesk.first_run import first_run
from edudesk.school import view_setup
from edudesk.school.store import classes
from edudesk.school.view_setup import SetUp
from edudesk.slices import open_school
from edudesk.storage.backups.backup import make_backup
from edudesk.students.store import add_pupil, pupils
from edudesk.ui.shell import Shell

HEADS = ("Họ và tên", "Ngày sinh", "Lớp")
NAME = "Trường THCS Nậm Mu"
MOST_CLICKS, MOST_KEYS = 1, 5  # besides the letters of the school's name and the choice of the file


@dataclass
class Hand:
    """Counts what a person does."""

    qtbot: QtBot
    clicks: int = 0
    keys: int = 0
    letters: int = 0

    def click(self, widget: QWidget) -> None:
        self.clicks += 1
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(12, widget.height() // 2))

    def type(self, text: str) -> None:
        self.letters += len(text)
        for letter in text:
            for kind in (
                QEvent.Type.KeyPress,
                QEvent.Type.KeyRelease,
            ):  # keyClicks knows no Vietnamese letters
                key = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(focused(), key)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.keys += 1
            self.qtbot.keyClick(focused(), key)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def wait_for(qtbot: QtBot, words: str) -> None:
    """Until the keyboard is on a button of these words."""
    qtbot.waitUntil(
        lambda: isinstance(now := QApplication.focusWidget(), QAbstractButton) and words in now.text()
    )


def found_school(hand: Hand, folder: Path) -> None:
    """The first window: the name says the level, Enter makes the school."""

    def at_the_window() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SetUp) and w.isVisible())
        hand.qtbot.waitUntil(window.isActiveWindow)
        hand.type(NAME)
        hand.press(Qt.Key.Key_Return)

    QTimer.singleShot(0, at_the_window)
    assert first_run(folder)


def test_from_the_first_window_to_the_first_mark(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "danh sách.xlsx"
    names = ("Lò Thị Ánh", "Bùi Tiến Đạt", "Vàng A Sử")
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("6A1")
        for row, cells in enumerate([HEADS, *((name, "14/03/2014", "6A1") for name in names)]):
            sheet.write_row(row, 0, cells)
    hand, folder = Hand(qtbot), tmp_path / "trường"
    found_school(hand, folder)
    with open_school(folder) as db:
        shell = make_shell(db)
        monkeypatch.setattr(shell.desk, "choose_file", lambda *_a: file)
        qtbot.addWidget(shell)
        shell.show()
        qtbot.waitExposed(shell)
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        shell.show_page(shell.last_page())
        to_the_gradebook(hand, shell)
        hand.type("85")
        hand.press(Qt.Key.Key_Return)
        assert db.all("select value, slot from mark where gone = 0") == [(85, "tx1")]
        assert hand.letters == len(NAME) + 2
        assert (hand.clicks, hand.keys) <= (MOST_CLICKS, MOST_KEYS)
        sys.stdout.write(f"{hand.clicks} clicks, {hand.keys} keys, {hand.letters} letters\n")
        shell.close()


def to_the_gradebook(hand: Hand, shell: Shell) -> None:
    """Classes as proposed, the list from Excel, then the register."""
    qtbot = hand.qtbot
    wait_for(qtbot, "Lập 4 lớp")
    hand.press(Qt.Key.Key_Return)
    wait_for(qtbot, "Nhập từ Excel")
    hand.press(Qt.Key.Key_Return)
    wait_for(qtbot, "Nhập 3 học sinh")
    hand.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not shell.desk.work.busy)
    hand.click(shell.rail.items["gradebook"])
    assert shell.current == "gradebook"


def test_every_step_can_be_left_and_taken_up_again(qtbot: QtBot, tmp_path: Path) -> None:
    hand, folder = Hand(qtbot), tmp_path / "trường"
    found_school(hand, folder)
    for stage in (1, 1):  # closed and opened again, the second step still waits
        with open_school(folder) as db:
            shell = make_shell(db)
            qtbot.addWidget(shell)
            shell.show()
            page = shell.show_page("home")
            page.settle()
            assert page.begin._stage == stage  # type: ignore[attr-defined]
            shell.close()


def test_a_school_brought_from_another_pc_is_opened_at_the_first_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_school(tmp_path / "máy cũ") as db:
        add_pupil(db, 2026, classes(db, 2026)[0].id, {"name": "Lò Thị Ánh"})
        backup = make_backup(db, target=tmp_path / "mang sang.edubackup").backup.path
    torn = tmp_path / "rách.edubackup"
    torn.write_bytes(backup.read_bytes()[:2000])
    chosen = iter(("", str(torn), str(backup)))
    monkeypatch.setattr(view_setup.QFileDialog, "getOpenFileName", lambda *_words: (next(chosen), ""))
    seen: list[bool] = []

    def at_the_window() -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, SetUp) and w.isVisible())
        for _attempt in range(3):
            qtbot.mouseClick(window.backup, Qt.MouseButton.LeftButton)
            seen.append(window.problems.isHidden())

    QTimer.singleShot(0, at_the_window)
    folder = tmp_path / "máy mới"
    assert first_run(folder)
    assert seen[:2] == [True, False], "nothing chosen does nothing; a torn file is told in the window"
    with open_school(folder) as db:
        assert [pupil.name for pupil in pupils(db, 2026)] == ["Lò Thị Ánh"]
