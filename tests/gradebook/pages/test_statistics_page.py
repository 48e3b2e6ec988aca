"""The page “Thống kê”, by real clicks and keys."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from registers import Register
from schools import YEAR

from edudesk.gradebook.entry.page import GradebookPage
from edudesk.gradebook.pages.results import ResultsPage
from edudesk.gradebook.pages.statistics import StatisticsPage
from edudesk.gradebook.places import StatisticsPlace
from edudesk.gradebook.results.statistics import read_bands
from edudesk.storage.slice import PageSpec
from edudesk.ui.application import apply_theme
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog
from edudesk.ui.shell import Shell

KEY = QtNames.Key
LEFT = QtNames.MouseButton.LeftButton


@pytest.fixture
def shell(register: Register, qtbot: QtBot, qapp: QApplication) -> Shell:
    for place, score in enumerate((90, 85, 55, 70)):
        register.fill(place, score)
        register.conduct(place, "TOT", "TOT")
    register.enter(3, "toan", 1, {"ck": None})
    if not qapp.styleSheet():
        apply_theme(qapp)
    desk = Desk(register.db, year=YEAR)
    desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
    pages = [
        PageSpec("gradebook", "Sổ điểm", "table", GradebookPage),
        PageSpec("results", "Kết quả lớp", "file-text", ResultsPage),
        PageSpec("statistics", "Thống kê", "chart", StatisticsPage),
    ]
    made = Shell(desk, pages, school=lambda: "Trường THCS Sông Trăng", years=lambda: (YEAR,))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def page(shell: Shell, **choice: Any) -> StatisticsPage:
    found = shell.go(StatisticsPlace(**choice))
    assert isinstance(found, StatisticsPage)
    return found


def table(page: StatisticsPage) -> list[list[str]]:
    model = page.table.model()
    return [
        [str(model.index(row, n).data() or "") for n in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def pick(qtbot: QtBot, chooser: Chooser, value: object) -> None:
    """Choose by the keyboard, as a person does."""
    chooser.setFocus()
    target = chooser.findData(value)
    assert target >= 0
    while chooser.currentIndex() != target:
        qtbot.keyClick(chooser, KEY.Key_Down if chooser.currentIndex() < target else KEY.Key_Up)


def test_levels_by_class_with_bars_and_what_is_missing(shell: Shell) -> None:
    found = page(shell)
    row = ["Toàn trường", "4", "2 · 50,0", "–", "1 · 25,0", "–", "1 · 25,0", "66,7", "–"]
    assert table(found)[0] == row
    assert table(found)[1][0] == "9A2"
    assert found.bars.rows[0][-1] == (1, ""), "what is missing is hatched, not coloured"
    words = [label.text() for label in found.findChildren(QLabel) if label.isVisible()]
    assert "Chưa đủ điểm" in words and any("kể cả chưa đủ điểm" in one for one in words)


def test_another_question_by_the_keyboard(shell: Shell, qtbot: QtBot) -> None:
    found = page(shell)
    assert not found.choosers["subject"].isVisible()
    pick(qtbot, found.choosers["what"], "subject")
    assert found.choosers["subject"].isVisible() and not found.choosers["slot"].isVisible()
    pick(qtbot, found.choosers["by"], "subject")
    assert [row[0] for row in table(found)][:3] == ["Toàn trường", "Toán", "Ngữ văn"]
    pick(qtbot, found.choosers["what"], "slot")
    assert found.choosers["slot"].isVisible()
    assert shell.desk.db.local("statistics.asked")["what"] == "slot"
    pick(qtbot, found.choosers["what"], "conduct")
    assert found.query.by == "class", "levels are not counted by subject"


def test_a_row_leads_to_what_it_counts(shell: Shell, register: Register, qtbot: QtBot) -> None:
    found = page(shell, what="learning", by="grade", grade=0)
    found.table.pick("9")
    found.table.setFocus()
    qtbot.keyClick(found.table, KEY.Key_Return)
    assert (found.query.by, found.query.grade) == ("class", 9)
    found.table.pick(register.class_id)
    qtbot.keyClick(found.table, KEY.Key_Return)
    assert shell.current == "results"
    found = page(shell, what="subject", by="subject", subject="score", grade=0)
    found.table.pick("toan")
    qtbot.keyClick(found.table, KEY.Key_F2)
    assert (found.query.by, found.query.subject) == ("class", "toan")
    found.table.pick(register.class_id)
    qtbot.keyClick(found.table, KEY.Key_F2)
    opened = shell.show_page("gradebook")
    assert isinstance(opened, GradebookPage) and opened.code == "toan"


def test_what_the_season_does_not_have_is_said(shell: Shell) -> None:
    found = page(shell, what="title")
    assert found.empty.title.text() == "Danh hiệu và lên lớp chỉ có khi hết năm."
    shell.desk.set_season(term=0)
    assert table(page(shell))[0][0] == "Toàn trường"


def test_marks_typed_elsewhere_are_counted_at_once(shell: Shell, register: Register) -> None:
    found = page(shell, what="learning", by="class")
    assert found.statistics is not None and found.statistics.total.tally.missing == 1
    register.enter(3, "toan", 1, {"ck": 70})
    found = page(shell)
    assert found.statistics is not None and found.statistics.total.tally.missing == 0


@pytest.mark.parametrize(("words", "ending"), [("Xuất Excel", ".xlsx"), ("In thống kê", ".pdf")])
def test_it_is_saved_where_the_user_says(
    shell: Shell, qtbot: QtBot, tmp_path: Path, words: str, ending: str
) -> None:
    asked: list[str] = []

    def save(_title: str, name: str, _kinds: str) -> Path:
        asked.append(name)
        return tmp_path / f"a{ending}"

    shell.desk.save_file = save  # type: ignore[method-assign]
    found = page(shell, what="learning", by="class")
    press = next(one for one in found.findChildren(QPushButton) if one.text() == words)
    qtbot.mouseClick(press, LEFT)
    qtbot.waitUntil(lambda: not shell.desk.work.busy)
    assert asked == [f"Thống kê kết quả học tập Học kì I Năm học 2026 2027{ending}"]
    assert (tmp_path / f"a{ending}").stat().st_size > 2000


def test_the_schools_own_bands_are_set_in_a_small_window(
    shell: Shell, register: Register, qtbot: QtBot
) -> None:
    found = page(shell)
    found._edit_bands()
    dialog = next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()
    )
    line = dialog.findChildren(QLineEdit)[0]
    assert line.text() == "8,0; 6,5; 5,0; 3,5"
    line.setText("5,0; 8,0")
    qtbot.mouseClick(dialog.yes, LEFT)
    assert dialog.isVisible(), "refused where it was typed"
    line.setText("9,0; 5,0")
    qtbot.mouseClick(dialog.yes, LEFT)
    assert [band.low for band in read_bands(register.db)] == [90, 50, 0]
    assert shell.desk.db.undo_label == "Đặt mốc điểm thống kê"
