"""What is to be looked at stands first on the board; the keyboard leads to the place that settles it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from merging import merge
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from schools import YEAR

from edudesk.home import store
from edudesk.home.places import PROBLEMS
from edudesk.home.view import HomePage
from edudesk.home.view_problems import ProblemsDialog
from edudesk.kernel.place import Place
from edudesk.storage.database import Database
from edudesk.students.places import StudentsPlace
from edudesk.students.store import pupils as read_pupils
from edudesk.students.store import renumber
from edudesk.ui.desk import Desk


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[HomePage]:
    store.put_off(desk.db)
    page = HomePage(desk)
    page.resize(1198, 696)
    qtbot.addWidget(page)
    desk.announced.connect(page.refresh)
    desk.went.connect(lambda place: page.open_at(place) if place.page == "home" else None)
    page.show()
    qtbot.waitExposed(page)
    yield page
    desk.announced.disconnect(page.refresh)


@pytest.fixture
def went(desk: Desk) -> list[Place]:
    places: list[Place] = []
    desk.went.connect(places.append)
    return places


def same_number(db: Database) -> str:
    """Gives two pupils of 9A2 one number; answers the class."""
    rows = db.all("select id, class_id from enrolment order by number")
    merge(db, db.update("enrolment", rows[1][0], number=1))
    return str(rows[0][1])


def press_first(page: HomePage) -> None:
    """Enter on the first line of the board."""
    page.refresh(None)
    page.settle()
    page.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def dialog() -> ProblemsDialog:
    (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, ProblemsDialog) and w.isVisible())
    return window


def test_one_alone_is_opened_from_the_board_and_leaves_it_when_settled(
    page: HomePage, desk: Desk, pupils: list[str], went: list[Place]
) -> None:
    page.refresh(None)
    page.settle()
    assert "problems" not in [line.key for line in page.due.lines]
    class_id = same_number(desk.db)
    press_first(page)
    (line,) = (line for line in page.due.lines if line.key == "problems")
    assert page.due.lines[0] is line and (line.title, line.late) == ("Cần xem lại: 1 chỗ", True)
    assert line.detail.startswith("Lớp 9A2: 2 em cùng số thứ tự 1 (")
    assert went == [StudentsPlace(class_id=class_id, pupil=min(pupils[:2]))]
    desk.do(renumber, YEAR, class_id)
    page.settle()
    assert "problems" not in [line.key for line in page.due.lines]


def test_several_are_listed_and_enter_opens_the_place_of_one(
    page: HomePage, desk: Desk, pupils: list[str], went: list[Place]
) -> None:
    class_id = same_number(desk.db)
    merge(desk.db, *(desk.db.update("pupil", row, code="1001") for row in pupils[:2]))
    press_first(page)
    assert page.due.lines[0].title == "Cần xem lại: 2 chỗ" and went == [PROBLEMS]
    window = dialog()
    assert window.title.text() == "Cần xem lại: 2 chỗ" and not window.mend.isVisible()
    QTest.keyClick(window.table, Qt.Key.Key_Down)
    QTest.keyClick(window.table, Qt.Key.Key_Return)
    assert went[1:] == [StudentsPlace(class_id=class_id, pupil=min(pupils[:2]))]
    assert not window.isVisible()


def test_what_one_action_settles_has_its_button(page: HomePage, desk: Desk, pupils: list[str]) -> None:
    merge(desk.db, desk.db.drop("pupil", pupils[0]))
    press_first(page)
    window = dialog()
    assert [problem.code for problem in window.table.records] == ["ENROLMENT_PUPIL_GONE"]
    assert window.mend.isVisible() and window.mend.text() == "Lấy lại hồ sơ"
    window.mend.setFocus()
    QTest.keyClick(window.mend, Qt.Key.Key_Space)
    assert window.title.text() == "Không còn chỗ nào cần xem lại" and not window.mend.isVisible()
    assert len(read_pupils(desk.db, YEAR)) == 3
    assert desk.db.undo_label == "Lấy lại hồ sơ học sinh"
    closing = next(press for press in window.findChildren(QPushButton) if press.text() == "Đóng")
    QTest.keyClick(closing, Qt.Key.Key_Space)
    assert not window.isVisible()
