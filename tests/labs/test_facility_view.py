"""The page Cơ sở vật chất, as a clerk uses it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school
from windows import open_form, send_form

from edudesk.kernel.change import Value
from edudesk.labs import store_machines, store_timetable
from edudesk.labs.places import CHECK, MACHINES, ROOMS
from edudesk.labs.store_timetable import When
from edudesk.labs.view import FacilityPage
from edudesk.premises import store
from edudesk.premises.fields import LAB
from edudesk.premises.view_forms import ask_house
from edudesk.school.store import classes
from edudesk.students.store import add_pupil
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog
from edudesk.ui.parts import Card, ChipLabel

MACHINE: dict[str, Value] = {"name": "PM", "kind": "DE_BAN", "use": "DAY_HOC"}


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with make_school(tmp_path / "truong", ("9A1", "9A2")) as db:
        for n in range(5):
            add_pupil(db, YEAR, classes(db, YEAR)[0].id, {"name": f"Lò Văn {n}"})
        desk = Desk(db, year=YEAR)
        desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
        yield desk
        desk.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> FacilityPage:
    made = FacilityPage(desk)
    qtbot.addWidget(made)
    desk.announced.connect(made.refresh)
    made.refresh(None)
    made.resize(1100, 700)
    made.show()
    return made


def lab(desk: Desk, name: str = "Phòng máy", machines: int = 0) -> str:
    store.save_room(desk.db, {"name": name, "kind": LAB})
    room = next(one.id for one in store.rooms(desk.db) if one.name == name)
    if machines:
        store_machines.add_machines(desk.db, room, MACHINE, n=machines)
    return room


def chips(page: FacilityPage) -> list[str]:
    tab = page.parts[CHECK]
    return [one.accessibleName() for one in tab.cards.widget().findChildren(ChipLabel)]  # type: ignore[attr-defined]


def test_a_school_without_rooms_is_shown_the_first_step(page: FacilityPage, desk: Desk) -> None:
    rooms = page.parts[ROOMS]
    assert rooms._layers.currentIndex() == 1 and not rooms.change.isEnabled()  # type: ignore[attr-defined]
    rooms.add()  # type: ignore[attr-defined]
    send_form(name="Phòng máy 1", area="48,5")
    (room,) = store.rooms(desk.db)
    assert (room.name, room.kind, room.area) == ("Phòng máy 1", LAB, 4850)
    assert rooms._layers.currentIndex() == 0  # type: ignore[attr-defined]
    desk.undo()
    assert store.rooms(desk.db) == []


def test_a_wrong_area_stays_in_the_form(page: FacilityPage, desk: Desk) -> None:
    page.parts[ROOMS].add()  # type: ignore[attr-defined]
    send_form(name="Phòng máy 1", area="rộng")
    assert store.rooms(desk.db) == []
    send_form(area="60")
    assert store.rooms(desk.db)[0].area == 6000


def test_enter_opens_a_room_and_its_values_stand_there(page: FacilityPage, desk: Desk, qtbot: QtBot) -> None:
    store.save_room(desk.db, {"name": "101", "kind": "PHONG_HOC", "area": "50", "internet": 1})
    table = page.parts[ROOMS].table  # type: ignore[attr-defined]
    table.pick(store.rooms(desk.db)[0].id)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert open_form().form.values()["area"] == "50" and open_form().form.values()["internet"] == 1
    send_form(name="102")
    assert (store.rooms(desk.db)[0].name, store.rooms(desk.db)[0].internet) == ("102", True)


def test_a_house_is_added_changed_and_dropped_from_the_menu(page: FacilityPage, desk: Desk) -> None:
    rooms = page.parts[ROOMS]
    ask_house(desk, None)
    send_form(name="Nhà B", floors=2)
    (house,) = store.buildings(desk.db)
    store.save_room(desk.db, {"name": "201", "kind": "PHONG_HOC", "building_id": house.id})
    rooms.table.pick(store.rooms(desk.db)[0].id)  # type: ignore[attr-defined]
    rooms._edit_house()  # type: ignore[attr-defined]
    send_form(name="Nhà C")
    assert store.buildings(desk.db)[0].name == "Nhà C"
    rooms.drop()  # type: ignore[attr-defined]
    assert store.rooms(desk.db) == []
    rooms._edit_house()  # type: ignore[attr-defined]
    assert not [
        one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()
    ]


def test_several_machines_are_added_at_once(page: FacilityPage, desk: Desk) -> None:
    room = lab(desk)
    page.open_tab(MACHINES)
    page.parts[MACHINES].add()  # type: ignore[attr-defined]
    send_form(name="PM1", count=12)
    found = store_machines.machines(desk.db)
    assert len(found) == 12 and {one.room_id for one in found} == {room}
    assert page.parts[MACHINES].note.text() == "12 máy, 12 dùng được, 0 hỏng"  # type: ignore[attr-defined]


def test_a_machine_is_reported_broken_and_repaired(page: FacilityPage, desk: Desk) -> None:
    lab(desk, machines=2)
    page.open_tab(MACHINES)
    tab = page.parts[MACHINES]
    one = store_machines.machines(desk.db)[0]
    tab.table.pick(one.id)  # type: ignore[attr-defined]
    tab.turn()  # type: ignore[attr-defined]
    send_form(on="05/10/2026")
    (broken,) = store_machines.machines(desk.db, broken=True)
    assert (broken.id, broken.since) == (one.id, "2026-10-05")
    assert tab.state.text() == "Đã sửa xong…"  # type: ignore[attr-defined]
    tab.which.choose("broken")  # type: ignore[attr-defined]
    tab.refresh()
    assert [row.id for row in tab.table.records] == [one.id]  # type: ignore[attr-defined]
    tab.table.pick(one.id)  # type: ignore[attr-defined]
    tab.turn()  # type: ignore[attr-defined]
    send_form(on=dt.date.today().strftime("%d/%m/%Y"))
    assert store_machines.machines(desk.db, broken=True) == []


def test_a_machine_is_opened_and_dropped(page: FacilityPage, desk: Desk) -> None:
    lab(desk, machines=1)
    page.open_tab(MACHINES)
    tab = page.parts[MACHINES]
    tab.table.pick(store_machines.machines(desk.db)[0].id)  # type: ignore[attr-defined]
    tab.change.click()  # type: ignore[attr-defined]
    send_form(ram_gb=8)
    assert store_machines.machines(desk.db)[0].ram_gb == 8
    tab.drop()  # type: ignore[attr-defined]
    assert store_machines.machines(desk.db) == [] and tab._layers.currentIndex() == 1  # type: ignore[attr-defined]


def test_the_check_follows_the_machines(page: FacilityPage, desk: Desk) -> None:
    page.open_tab(CHECK)
    assert not page.parts[CHECK].print.isEnabled()  # type: ignore[attr-defined]
    room = lab(desk, machines=2)
    assert chips(page) == ["Thiếu 1 máy"]
    store_machines.add_machines(desk.db, room, MACHINE, n=1)
    assert chips(page) == ["Đạt mức 2"]
    assert len(page.parts[CHECK].cards.widget().findChildren(Card)) == 1  # type: ignore[attr-defined]


def test_a_price_shows_what_a_way_costs(page: FacilityPage, desk: Desk) -> None:
    lab(desk, machines=1)
    page.open_tab(CHECK)
    page.parts[CHECK].ask_prices()  # type: ignore[attr-defined]
    send_form(repair=500000, buy=12000000)
    assert store_timetable.prices(desk.db).buy == 12_000_000
    from PySide6.QtWidgets import QLabel

    said = [one.text() for one in page.parts[CHECK].cards.widget().findChildren(QLabel)]  # type: ignore[attr-defined]
    assert "24.000.000 đ" in said


def test_a_period_is_given_to_a_class_and_made_free(page: FacilityPage, desk: Desk, qtbot: QtBot) -> None:
    room = lab(desk, machines=3)
    page.open_tab(CHECK)
    week = page.parts[CHECK].timetable  # type: ignore[attr-defined]
    week.table.setCurrentIndex(week.table.model().index(1, 3))
    assert week.where.text().startswith("Thứ 4, Sáng 2")
    qtbot.keyClick(week.table, Qt.Key.Key_Return)
    send_form(class_id=classes(desk.db, YEAR)[0].id)
    (lesson,) = store_timetable.lessons(desk.db, YEAR, room_id=room)
    assert (lesson.weekday, lesson.session, lesson.period, lesson.class_name) == (4, "SANG", 2, "9A1")
    week.table.setCurrentIndex(week.table.model().index(1, 3))
    week.clear()
    assert store_timetable.lessons(desk.db, YEAR) == []
    store_timetable.set_lesson(desk.db, YEAR, room, When(2, "SANG", 1), classes(desk.db, YEAR)[1].id)
    assert chips(page) == ["Chưa tính được"]


def test_the_cards_move_by_the_keys(page: FacilityPage, desk: Desk, qtbot: QtBot) -> None:
    for n in range(6):
        lab(desk, f"Phòng máy {n}")
    page.open_tab(CHECK)
    page.activateWindow()
    page.parts[CHECK].timetable.table.setFocus()  # type: ignore[attr-defined]
    QApplication.processEvents()
    beside = page.parts[CHECK].cards.verticalScrollBar()  # type: ignore[attr-defined]
    qtbot.keyClick(page.parts[CHECK].timetable.table, Qt.Key.Key_PageDown)  # type: ignore[attr-defined]
    down = beside.value()
    assert down > 0
    qtbot.keyClick(page.parts[CHECK].timetable.table, Qt.Key.Key_PageUp)  # type: ignore[attr-defined]
    assert beside.value() == 0


@pytest.mark.parametrize(
    ("action", "name"), [("print_check", "a.pdf"), ("print_plan", "b.pdf"), ("export_facility", "c.xlsx")]
)
def test_files_are_made(
    action: str, name: str, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edudesk.labs import view_files

    lab(desk, machines=1)
    store_timetable.save_prices(desk.db, repair=1, buy=1)
    monkeypatch.setattr(desk, "save_file", lambda *_args: tmp_path / name)
    with qtbot.waitSignal(desk.toasted):
        getattr(view_files, action)(desk)
    assert (tmp_path / name).stat().st_size > 0


def test_no_plan_is_printed_where_no_price_is_known(desk: Desk, qtbot: QtBot) -> None:
    from edudesk.labs.view_files import print_plan

    lab(desk, machines=1)
    with qtbot.waitSignal(desk.toasted) as said:
        print_plan(desk)
    assert "chưa nhập giá" in said.args[0]
