"""Who still owes which marks: the board, its filters, its paper, and the way to the column."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from papers import text
from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from registers import Register
from schools import YEAR, change_subject

from edudesk.gradebook.anomalies.comparison import compare_column
from edudesk.gradebook.entry.panel import ColumnPanel
from edudesk.gradebook.exchange.board_sheet import board_sheets
from edudesk.gradebook.pages.board import BoardTab
from edudesk.gradebook.papers.board import board_paper
from edudesk.gradebook.places import GradebookPlace
from edudesk.gradebook.register.filled import completeness
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.results.board import BoardLine, board, chosen, grouped
from edudesk.kernel.errors import Refused
from edudesk.school.store import classes
from edudesk.school.store_setup import create_classes
from edudesk.staff.store import members, save_member
from edudesk.students.store import add_pupil
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.table.view import GroupRow

KEY = QtNames.Key
DAY = dt.date(2026, 11, 22)


@pytest.fixture
def taught(register: Register) -> Register:
    """Toán is An's and half done; everything else is nobody's."""
    save_member(register.db, {"name": "Trần Văn An", "role": "GV"})
    teacher = members(register.db)[0].id
    change_subject(register.db, register.class_id, "toan", teacher_id=teacher)
    for pupil in range(4):
        register.enter(pupil, "toan", 1, {"tx1": 70, "tx2": 70, "tx3": 70, "gk": 60})
    register.enter(0, "toan", 1, {"tx4": 80, "ck": "V"})
    return register


def line(register: Register, code: str = "toan") -> BoardLine:
    return next(
        one for one in board(register.db, YEAR, 1) if one.class_id == register.class_id and one.code == code
    )


def test_a_line_says_what_is_held_of_each_kind_and_where_work_is_waiting(taught: Register) -> None:
    found = line(taught)
    shares = {kind: (one.filled, one.owed, one.slot) for kind, one in found.shares.items()}
    assert shares == {"tx": (13, 16, "tx4"), "gk": (4, 4, "gk"), "ck": (0, 4, "ck")}
    assert (found.teacher, found.missing, found.slot) == ("Trần Văn An", 7, "tx4")
    art = line(taught, "nghe_thuat")
    assert art.shares["gk"].owed == 8, "two contents, each owed by four"


def test_the_board_agrees_with_the_page_of_every_subject(taught: Register) -> None:
    for one in completeness(taught.db, YEAR, 1, class_id=taught.class_id):
        sheet = class_sheet(taught.db, taught.class_id, one.code, 1)
        assert (one.filled, one.owed) == (sheet.filled(one.slot), sheet.owing)


def test_teachers_who_owe_most_come_first_and_what_is_done_can_be_left_away(taught: Register) -> None:
    taught.fill(0, 70, terms=(1,))
    for pupil in (1, 2, 3):
        taught.fill(pupil, 70, terms=(1,))
    lines = board(taught.db, YEAR, 1)
    assert chosen(lines, grade=9, unfinished=True) == []
    assert [group.title for group in grouped(chosen(lines, grade=9), "class")] == ["Lớp 9A2"]
    taught.enter(2, "toan", 1, {"ck": None})
    groups = grouped(chosen(board(taught.db, YEAR, 1), grade=9), "teacher")
    assert [(group.title, group.missing) for group in groups] == [("Trần Văn An", 1), ("Chưa phân công", 0)]


def test_the_year_has_no_board(taught: Register) -> None:
    with pytest.raises(Refused) as no:
        board(taught.db, YEAR, 0)
    assert no.value.code == "TERM_WANTED"


def test_the_paper_and_the_sheet_name_who_owes_what(taught: Register) -> None:
    said = text(board_paper(taught.db, YEAR, 1, grade=9, day=DAY))
    assert "Khối 9 – HK I" in said and "9A2 | Toán | 13/16 | 4/4 | 0/4 | 7" in said
    assert "Đến ngày 22/11/2026 còn thiếu" in said
    by_class = text(board_paper(taught.db, YEAR, 1, view="class", unfinished=False, day=DAY))
    assert "Toán | Trần Văn An | 13/16" in by_class and "Toàn trường" in by_class
    (sheet,) = board_sheets(taught.db, YEAR, 1)
    assert ("Trần Văn An", "9A2", "Toán", 13, 16, 4, 4, 0, 4, 7) in sheet.rows


# -- in the window


@pytest.fixture
def tab(taught: Register, qtbot: QtBot, qapp: QApplication) -> BoardTab:
    if not qapp.styleSheet():
        apply_theme(qapp)
    desk = Desk(taught.db, year=YEAR)
    made = BoardTab(desk)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    made.refresh(None)
    return made


def titles(tab: BoardTab) -> list[str]:
    return [row.title for row in tab.table.records if isinstance(row, GroupRow)]


def test_by_teacher_or_by_class_and_only_what_is_missing(
    tab: BoardTab, taught: Register, qtbot: QtBot
) -> None:
    assert titles(tab) == ["Chưa phân công", "Trần Văn An"]
    assert tab.total.text().startswith("Còn thiếu")
    shown = len(tab.table.records)
    tab.views.choose("class")
    tab.views.chosen.emit("class")
    assert titles(tab) == ["Lớp 9A2"], "nothing is due in a class without pupils"
    for pupil in range(4):
        taught.enter(pupil, "toan", 1, {"tx4": 70, "ck": 70})
    tab.refresh(None)
    assert len(tab.table.records) == shown - 2, "Toán is done, and by class there is one title"
    tab.unfinished.setChecked(False)
    assert len(tab.table.records) == shown - 1
    assert not tab.grab().isNull()


def test_enter_opens_the_gradebook_where_marks_are_waiting(
    tab: BoardTab, taught: Register, qtbot: QtBot
) -> None:
    went: list[GradebookPlace] = []
    tab._desk.went.connect(went.append)
    tab.table.pick((taught.class_id, "toan"))
    qtbot.keyClick(tab.table, KEY.Key_Return)
    tab.table.setCurrentIndex(tab.table.model().index(tab.table.currentIndex().row(), 4))
    qtbot.keyClick(tab.table, KEY.Key_Return)
    assert [place.slot for place in went] == ["tx4", "ck"]
    assert went[0] == GradebookPlace(class_id=taught.class_id, code="toan", slot="tx4")


def test_the_board_follows_what_is_entered_and_the_papers_are_written(
    tab: BoardTab, taught: Register, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tab.total.text()
    tab._desk.announced.connect(tab.refresh)
    taught.enter(1, "toan", 1, {"ck": 70})
    assert tab.total.text() != before
    monkeypatch.setattr(tab._desk, "save_file", lambda _title, name, _kinds: tmp_path / name)
    tab._print()
    tab._export()
    qtbot.waitUntil(lambda: not tab._desk.work.busy, timeout=20000)
    assert sorted(path.suffix for path in tmp_path.glob("Tiến độ*")) == [".pdf", ".xlsx"]


# -- beside the parallel classes


def test_a_column_stands_beside_its_grade_and_what_was_before(taught: Register, qtbot: QtBot) -> None:
    db = taught.db
    create_classes(db, YEAR, ["9A3"])
    other = next(one.id for one in classes(db, YEAR) if one.name == "9A3")
    add_pupil(db, YEAR, other, {"name": "Lò Văn Hai", "sex": "NAM"})
    sheet = class_sheet(db, taught.class_id, "toan", 1)
    found = compare_column(db, sheet, 4)
    assert [(one.name, one.count, one.mean) for one in found.classes] == [("9A2", 4, 60), ("9A3", 0, None)]
    assert not found.parallel and [(one.label, one.mean) for one in found.earlier] == [("ĐĐGtx4", 80)]
    assert (found.grade.name, found.grade.mean) == ("Khối 9", 60)


def test_the_second_term_is_set_beside_the_first(taught: Register) -> None:
    for pupil in range(4):
        taught.fill(pupil, 70, terms=(1,))
    found = compare_column(taught.db, class_sheet(taught.db, taught.class_id, "toan", 2), 0)
    assert [(one.label, one.mean) for one in found.earlier] == [("ĐTBmhk I", 70)]


def test_the_panel_keeps_the_missing_in_sight_at_a_small_window(taught: Register, qtbot: QtBot) -> None:
    from edudesk.gradebook.rules.figures import figures

    panel = ColumnPanel()
    qtbot.addWidget(panel)
    panel.resize(236, 620)
    panel.show()
    missing = [(str(n), n, f"Em {n}") for n in range(20)]
    panel.show_column("ĐĐGgk", figures([60, 70]), missing)
    sheet = class_sheet(taught.db, taught.class_id, "toan", 1)
    panel.show_comparison(compare_column(taught.db, sheet, 4))
    layout = panel.layout()
    assert layout is not None and layout.sizeHint().height() <= 620
    panel.show_comparison(None)
    assert layout.sizeHint().height() <= 620
