"""The season's board with real marks behind it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from home_marks import fill
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from schools import YEAR

from edudesk.gradebook.places import BOARD, GradebookPlace, RegisterPlace
from edudesk.gradebook.register.locks import lock_marks
from edudesk.gradebook.rules.locks import Scope
from edudesk.home import store
from edudesk.home.store_board import figures
from edudesk.home.view import HomePage
from edudesk.home.view_days import DaysDialog
from edudesk.kernel.calendar import parse_date
from edudesk.kernel.place import Place
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog

TODAY = parse_date("22/11/2026")
assert TODAY is not None


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[HomePage]:
    page = HomePage(desk)
    page.resize(1198, 696)
    qtbot.addWidget(page)
    desk.announced.connect(page.refresh)
    page.show()
    qtbot.waitExposed(page)
    page.refresh(None)
    page.settle()
    yield page
    desk.announced.disconnect(page.refresh)


def room(db: Database, name: str = "9A2") -> str:
    return str(db.value("select id from school_class where name = ?", (name,)))


def test_the_numbers_are_those_of_the_register(db: Database, pupils: list[str]) -> None:
    fill(db, pupils, "toan", ("tx1", "tx2", "tx3", "tx4", "gk"))
    fill(db, pupils[:2], "ngu_van", ("gk",))
    found = figures(db, YEAR, 1, today=TODAY)
    by = {(one.code, one.kind): one for one in found.owing}
    assert ("toan", "tx") not in by and ("toan", "gk") not in by
    assert by["ngu_van", "gk"].words == "1 em thiếu ĐĐGgk" and by["ngu_van", "gk"] == found.owing[0]
    assert by["toan", "ck"].words == "cả lớp chưa có ĐĐGck"
    assert by["ngu_van", "tx"].words == "thiếu 12 điểm thường xuyên"
    assert found.marks.done == 3 * 5 + 2 and found.middle.done == 5
    assert [(one.class_name, one.missing) for one in found.unjudged] == [("9A2", 3)]
    assert (found.conduct.done, found.conduct.total, found.ready.done) == (0, 1, 0)
    assert not any(found.finished().values())


def test_a_class_whose_conduct_is_judged_is_no_longer_waited_for(db: Database, pupils: list[str]) -> None:
    from edudesk.gradebook.register.marks import save_term_record

    for pupil in pupils:
        save_term_record(db, room(db), 1, pupil_id=pupil, conduct="TOT")
    found = figures(db, YEAR, 1, today=TODAY)
    assert found.unjudged == () and found.conduct.full and found.finished()["ren_luyen_1"]


def test_locks_to_come_are_told(db: Database, pupils: list[str]) -> None:
    lock_marks(db, [Scope(YEAR, None, None, 1)], reason="khóa sổ", starts=parse_date("13/01/2027"))
    (lock,) = figures(db, YEAR, 1, today=TODAY).locks
    assert lock.words == "Khóa cả trường: HK I" and not lock.is_permit


def test_a_line_opens_the_place_that_settles_it(page: HomePage, desk: Desk, pupils: list[str]) -> None:
    went: list[Place] = []
    desk.went.connect(went.append)
    fill(desk.db, pupils[:1], "toan", ("gk",))
    page.refresh(None)
    page.settle()
    first = page.due.lines[0]
    assert (first.title, first.late, first.left) == ("Nhập điểm giữa kì I", True, "quá 15 ngày")
    QTest.mouseClick(page.due.rows[0].findChild(QPushButton), Qt.MouseButton.LeftButton)
    page.owing.table.setCurrentIndex(page.owing.table.model().index(0, 0))
    QTest.keyClick(page.owing.table, Qt.Key.Key_Return)
    assert went == [
        RegisterPlace(tab=BOARD),
        GradebookPlace(class_id=room(desk.db), code="toan", slot="gk"),
    ]


def test_the_board_can_be_read_by_teacher(page: HomePage, desk: Desk, pupils: list[str]) -> None:
    fill(desk.db, pupils, "toan", ("gk",))
    page.refresh(None)
    page.settle()
    assert [one.name for one in page.parts.table.records] == ["9A2"]
    QTest.mouseClick(page.parts.views.findChildren(QPushButton)[1], Qt.MouseButton.LeftButton)
    assert [one.name for one in page.parts.table.records] == ["Chưa phân công"]


def test_a_mark_typed_elsewhere_is_counted_when_it_is_announced(
    page: HomePage, desk: Desk, pupils: list[str]
) -> None:
    page.refresh(None)
    page.settle()
    assert page.figures is not None
    before = page.figures.marks.done
    fill(desk.db, pupils[:1], "toan", ("gk",))
    page.settle()
    assert page.figures.marks.done == before + 1


def test_a_school_without_classes_is_led_step_by_step_and_may_leave(
    page: HomePage, desk: Desk, pupils: list[str]
) -> None:
    page.refresh(None)
    assert not page.begin.isHidden()  # pupils are there, marks are not
    asked = next(b for b in page.begin.findChildren(QPushButton) if b.text() == "Mở sổ điểm lớp 9A2")
    went: list[Place] = []
    desk.went.connect(went.append)
    QTest.mouseClick(asked, Qt.MouseButton.LeftButton)
    assert went == [GradebookPlace(class_id=room(desk.db))]
    later = next(b for b in page.begin.findChildren(QPushButton) if b.text() == "Để sau")
    QTest.mouseClick(later, Qt.MouseButton.LeftButton)
    assert page.begin.isHidden() and store.beginning(desk.db, YEAR).put_off
    store.put_off(desk.db, False)
    page.refresh(None)
    assert not page.begin.isHidden()


def test_the_school_gives_an_event_its_own_day_and_takes_it_back(page: HomePage, desk: Desk) -> None:
    page.choose_days()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, DaysDialog) and w.isVisible())
    row = next(n for n, one in enumerate(dialog.table.records) if one.key == "giua_ki_1")
    dialog.table.setCurrentIndex(dialog.table.model().index(row, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    form = next(w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.isVisible())
    form.form.boxes["day"].put("2026-11-14")
    QTest.mouseClick(form.yes, Qt.MouseButton.LeftButton)
    event = next(one for one in store.events(desk.db, YEAR) if one.key == "giua_ki_1")
    assert event.own and event.day == parse_date("14/11/2026")
    desk.undo()
    assert not any(one.own for one in store.events(desk.db, YEAR))
    dialog.reject()


def test_a_small_window_shows_fewer_lines_and_less_beside_them(page: HomePage, pupils: list[str]) -> None:
    page.refresh(None)
    page.settle()
    every = len(page.due.rows)
    page.setMinimumSize(1, 1)  # as the window says of its pages
    page.resize(1198, 500)
    assert sum(row.isVisible() for row in page.due.rows) < every
    page.resize(700, 430)
    assert not page.days.isVisible() and not page.parts.isVisible() and page.owing.isVisible()
    page.resize(1198, 696)
    assert page.days.isVisible() and sum(row.isVisible() for row in page.due.rows) == every


def test_what_falls_due_while_the_page_is_hidden_is_counted_when_it_is_seen(
    page: HomePage, qtbot: QtBot
) -> None:
    page.hide()
    page.figures = None
    page.refresh(None)
    qtbot.waitUntil(lambda: not page._soon.isActive())
    assert page.figures is None
    page.show()
    qtbot.waitUntil(lambda: page.figures is not None)
    page.hide()
    page.figures = None
    page.refresh(None)
    qtbot.waitUntil(lambda: not page._soon.isActive())
    page.settle()
    assert page.figures is not None
