"""One teacher's morning, with real keys: a class list in, a column typed, a slip refused, undone, redone after a
restart, printed. Every number is checked against arithmetic done here, apart from the store and the rules."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school

from edudesk.app import make_shell
from edudesk.gradebook.entry.page import GradebookPage
from edudesk.gradebook.places import GradebookPlace
from edudesk.kernel.names import name_key
from edudesk.slices import open_school
from edudesk.storage.doctor import examine
from edudesk.students.imports import apply_import, plan_import
from edudesk.ui.shell import Shell

KEY = Qt.Key
SLOTS = ("tx1", "tx2", "tx3", "tx4", "gk", "ck")
WEIGHTS = {"gk": 2, "ck": 3}


def class_list(path: Path) -> list[str]:
    """45 pupils with different names, in the order of a register."""
    names = [
        f"{a} {b} {c}"
        for a in ("Nguyễn", "Lò", "Vàng")
        for b in ("Thị", "Văn", "A")
        for c in ("Ánh", "Bình", "Đức", "Hà", "Yến")
    ]
    names.sort(key=name_key)
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("9A2")
        rows = [
            ("STT", "Họ và tên", "Ngày sinh", "Lớp"),
            *((n, name, "14/03/2012", "9A2") for n, name in enumerate(names, 1)),
        ]
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)
    return names


@contextmanager
def window(folder: Path, qtbot: QtBot) -> Iterator[tuple[Shell, GradebookPage]]:
    with open_school(folder) as db:
        shell = make_shell(db)
        qtbot.addWidget(shell)
        shell.show()
        qtbot.waitExposed(shell)
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        page = shell.show_page("gradebook")
        assert isinstance(page, GradebookPage)
        yield shell, page
        shell.close()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(qtbot: QtBot, text: str, end: Qt.Key = KEY.Key_Return) -> None:
    for letter in text:
        qtbot.keyClicks(focused(), letter)
    qtbot.keyClick(focused(), end)


def typed(tenths: int, how: random.Random) -> str:
    """A mark as a hurried teacher types it."""
    if tenths in (10, 100):
        return str(tenths // 10)  # "10" is ten, never one
    whole, rest = divmod(tenths, 10)
    return how.choice([f"{whole}{rest}", f"{whole},{rest}", f"{whole}.{rest}"])


def average(marks: dict[str, int]) -> Fraction:
    """ĐTBmhk by Điều 9.1, exactly, rounded half up to a tenth."""
    total = sum(value * WEIGHTS.get(slot, 1) for slot, value in marks.items())
    exact = Fraction(total, sum(WEIGHTS.get(slot, 1) for slot in marks))
    return Fraction((exact + Fraction(1, 2)).__floor__())


def averages_shown(page: GradebookPage) -> list[object]:
    assert page.sheet is not None
    return [line.result for line in page.sheet.lines]


def test_a_teachers_morning(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, how = tmp_path / "trường", random.Random(2026)
    names = class_list(tmp_path / "danh sách 9A2.xlsx")
    with make_school(folder) as db:
        plan = plan_import(db, tmp_path / "danh sách 9A2.xlsx", year=YEAR)
        assert (plan.count("added"), plan.refused) == (45, ())
        apply_import(db, plan)
    truth = [{slot: how.randrange(0, 101) for slot in SLOTS} for _name in names]

    with window(folder, qtbot) as (_shell, page):
        choose_class(page, "9A2")
        page.grid.setFocus()
        assert [line.name for line in page.sheet.lines] == names  # type: ignore[union-attr]
        for slot in SLOTS:
            page.open_at(GradebookPlace(slot=slot))
            for marks in truth:
                press(qtbot, typed(marks[slot], how))
            read_back(qtbot, page)
        assert averages_shown(page) == [average(marks) for marks in truth]

        refuse_a_slip(qtbot, page, truth)
        change_undo(qtbot, page, truth, how)

    with window(folder, qtbot) as (shell, page):
        assert averages_shown(page)[0] == average(truth[0])
        qtbot.keyClick(page.grid.right, KEY.Key_Y, Qt.KeyboardModifier.ControlModifier)
        truth[0]["ck"] = 20
        assert averages_shown(page) == [average(marks) for marks in truth]
        print_sheet(qtbot, shell, page, tmp_path, monkeypatch)

    with open_school(folder) as db:
        assert all(finding.fine for finding in examine(db))
        written = db.value("select count(*) from mark where value is not null")
        assert written == 45 * len(SLOTS)


def choose_class(page: GradebookPage, name: str) -> None:
    found = page.desk.db.value("select id from school_class where name = ?", (name,))
    page.open_at(GradebookPlace(class_id=found, code="toan"))


def read_back(qtbot: QtBot, page: GradebookPage) -> None:
    """A full column opens the sheet to check it by; Escape gives the keyboard back to the grid."""
    qtbot.waitUntil(lambda: page.controllers.readbacks.dialog is not None)
    qtbot.keyClick(focused(), KEY.Key_Escape)
    assert page.controllers.readbacks.dialog is None
    qtbot.waitUntil(page.window().isActiveWindow)


def refuse_a_slip(qtbot: QtBot, page: GradebookPage, truth: list[dict[str, int]]) -> None:
    """7,25 stays red where it was typed; nothing is written; Escape gives the old mark back."""
    column = page.grid.model.column_of("ck")
    page.grid.go(0, column)
    before = page.desk.db.value("select count(*) from journal")
    press(qtbot, "7,25")
    assert page.desk.db.value("select count(*) from journal") == before
    assert page.grid.model.refusals
    qtbot.keyClick(focused(), KEY.Key_Escape)
    page.grid.go(1, column)
    assert averages_shown(page)[0] == average(truth[0])


def change_undo(qtbot: QtBot, page: GradebookPage, truth: list[dict[str, int]], how: random.Random) -> None:
    """A mark changed by mistake comes back with Ctrl+Z."""
    page.grid.go(0, page.grid.model.column_of("ck"))
    press(qtbot, typed(20, how))
    assert averages_shown(page)[0] == average({**truth[0], "ck": 20})
    qtbot.keyClick(focused(), KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert averages_shown(page)[0] == average(truth[0])


def print_sheet(
    qtbot: QtBot, shell: Shell, page: GradebookPage, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = folder / "bảng điểm.pdf"
    monkeypatch.setattr(shell.desk, "save_file", lambda *_a, **_k: target)
    button = next(b for b in page.findChildren(QWidget) if getattr(b, "text", lambda: "")() == "In bảng điểm")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(target.exists, timeout=10_000)
    qtbot.waitUntil(lambda: not shell.desk.work.busy, timeout=10_000)
    assert target.read_bytes().startswith(b"%PDF-")
