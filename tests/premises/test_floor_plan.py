"""The plan of a storey: its rules, how it is kept, printed, and moved by keys and mouse."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import papers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school

from edudesk.kernel.errors import Refused
from edudesk.premises import store, store_plan
from edudesk.premises.report_plan import plan_paper
from edudesk.premises.rules_plan import COLUMNS, ROWS, Box, check_box, free_spot
from edudesk.premises.view_plan import PlanTab
from edudesk.storage.database import Database
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog

boxes = st.builds(
    Box, st.integers(0, COLUMNS - 4), st.integers(0, ROWS - 4), st.integers(1, 4), st.integers(1, 4)
)
steps = st.integers(-30, 30)


@given(boxes, steps, steps)
def test_no_key_moves_a_room_off_the_grid(box: Box, cols: int, rows: int) -> None:
    moved, resized = box.moved(cols, rows), box.resized(cols, rows)
    assert moved.inside and (moved.w, moved.h) == (box.w, box.h)
    assert resized.inside and (resized.col, resized.row) == (box.col, box.row)


@given(boxes, boxes)
def test_rooms_meet_when_they_share_a_square(one: Box, other: Box) -> None:
    def squares(box: Box) -> set[tuple[int, int]]:
        return {(c, r) for c in range(box.col, box.col + box.w) for r in range(box.row, box.row + box.h)}

    assert one.meets(other) == other.meets(one) == bool(squares(one) & squares(other))
    assert (check_box(one, {"101": other}) is None) is not one.meets(other)


@given(st.dictionaries(st.text(max_size=3), boxes, max_size=6))
def test_a_free_spot_is_free(others: dict[str, Box]) -> None:
    spot = free_spot(others)
    assert spot is not None and check_box(spot, others) is None


def test_a_full_storey_and_a_place_outside() -> None:
    assert free_spot({"all": Box(0, 0, COLUMNS, ROWS)}) is None
    problem = check_box(Box(COLUMNS - 1, 0, 2, 1), {})
    assert problem is not None and problem.code == "PLAN_EDGE"
    assert not Box(0, 0, 0, 1).inside and not Box(0, ROWS, 1, 1).inside


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ("9A1",)) as found:
        store.save_building(found, None, {"name": "Nhà A", "floors": 2})
        house = store.buildings(found)[0].id
        for name in ("101", "102"):
            store.save_room(found, {"name": name, "kind": "PHONG_HOC", "building_id": house, "area": "48"})
        yield found


def room(db: Database, name: str) -> str:
    return next(one.id for one in store.rooms(db) if one.name == name)


def box(db: Database, name: str) -> Box | None:
    (found,) = store_plan.plans(db)
    return next((one.box for one in found.placed if one.room.name == name), None)


def test_a_room_is_placed_moved_and_taken_off(db: Database) -> None:
    store_plan.place_anywhere(db, room(db, "101"), 1)
    store_plan.place_anywhere(db, room(db, "102"), 1)
    assert (box(db, "101"), box(db, "102")) == (Box(0, 0, 4, 3), Box(4, 0, 4, 3))
    with pytest.raises(Refused) as caught:
        store_plan.place_room(db, room(db, "102"), 1, Box(3, 2, 4, 3))
    assert caught.value.code == "PLAN_OVERLAP" and "101" in caught.value.sentence
    store_plan.place_room(db, room(db, "102"), 2, Box(3, 2, 4, 3))
    store_plan.take_off(db, room(db, "101"))
    (plan,) = store_plan.plans(db)
    assert [one.name for one in plan.waiting] == ["101"] and plan.floors == 2
    db.undo()
    assert box(db, "101") == Box(0, 0, 4, 3)


@pytest.mark.parametrize(
    ("floor", "where", "code"), [(0, Box(0, 0, 1, 1), "PLAN_FLOOR"), (1, Box(23, 0, 2, 1), "PLAN_EDGE")]
)
def test_places_that_are_refused(db: Database, floor: int, where: Box, code: str) -> None:
    with pytest.raises(Refused) as caught:
        store_plan.place_room(db, room(db, "101"), floor, where)
    assert caught.value.code == code and caught.value.next


def test_a_room_of_no_building_and_a_full_storey(db: Database) -> None:
    store.save_room(db, {"name": "Lẻ", "kind": "KHO"})
    with pytest.raises(Refused) as caught:
        store_plan.place_anywhere(db, room(db, "Lẻ"), 1)
    assert caught.value.code == "PLAN_ROOM"
    store_plan.place_room(db, room(db, "101"), 1, Box(0, 0, COLUMNS, ROWS))
    with pytest.raises(Refused) as caught:
        store_plan.place_anywhere(db, room(db, "102"), 1)
    assert caught.value.code == "PLAN_FULL"


def test_a_room_that_goes_to_another_building_stands_on_no_plan(db: Database) -> None:
    store_plan.place_anywhere(db, room(db, "101"), 1)
    store.save_building(db, None, {"name": "Nhà B"})
    other = store.buildings(db)[1].id
    store.save_room(db, {"name": "101", "kind": "PHONG_HOC", "building_id": other}, room_id=room(db, "101"))
    assert [len(one.placed) for one in store_plan.plans(db)] == [0, 0]


def test_the_plan_on_paper(db: Database) -> None:
    with pytest.raises(Refused) as caught:
        plan_paper(db, YEAR)
    assert caught.value.code == "PLAN_EMPTY"
    store_plan.place_anywhere(db, room(db, "101"), 2)
    said = papers.text(plan_paper(db, YEAR))
    assert "Nhà A, tầng 2" in said and "tầng 1" not in said and "Chưa đặt trên sơ đồ: 102." in said


# -- on the screen


@pytest.fixture
def tab(db: Database, qapp: QApplication, qtbot: QtBot) -> Iterator[PlanTab]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    desk = Desk(db, year=YEAR)
    desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
    made = PlanTab(desk)
    desk.announced.connect(made.refresh)
    made.resize(1100, 640)
    qtbot.addWidget(made)
    made.refresh()
    made.show()
    qtbot.waitExposed(made)
    yield made
    desk.close()


def test_a_room_is_placed_moved_resized_and_taken_off_by_keys(
    tab: PlanTab, db: Database, qtbot: QtBot
) -> None:
    tab.waiting.setCurrentIndex(tab.waiting.model().index(0, 0))
    qtbot.keyClick(tab.waiting, Qt.Key.Key_Return)
    assert box(db, "101") == Box(0, 0, 4, 3)
    for key, more in ((Qt.Key.Key_Right, None), (Qt.Key.Key_Down, None), (Qt.Key.Key_Right, "shift")):
        shift = Qt.KeyboardModifier.ShiftModifier if more else Qt.KeyboardModifier.NoModifier
        qtbot.keyClick(tab.canvas, key, shift)
    assert box(db, "101") == Box(1, 1, 5, 3)
    assert "cột 2, hàng 2, rộng 5 × 3 ô" in tab.where.text() == tab.where.text()
    qtbot.keyClick(tab.canvas, Qt.Key.Key_Delete)
    assert box(db, "101") is None


def test_a_taken_place_is_refused_in_words(tab: PlanTab, db: Database, qtbot: QtBot) -> None:
    for name in ("101", "102"):
        store_plan.place_anywhere(db, room(db, name), 1)
    tab.canvas.pick(room(db, "101"))
    qtbot.keyClick(tab.canvas, Qt.Key.Key_Right)
    assert box(db, "101") == Box(0, 0, 4, 3) and "Chỗ ấy đã có 102" in tab.where.text()
    qtbot.keyClick(tab.canvas, Qt.Key.Key_PageDown)
    assert tab.canvas.current == room(db, "102") and tab.where.text().startswith("102")
    qtbot.keyClick(tab.canvas, Qt.Key.Key_PageUp)
    assert tab.canvas.current == room(db, "101")


def test_the_mouse_moves_and_resizes_and_enter_opens(tab: PlanTab, db: Database, qtbot: QtBot) -> None:
    store_plan.place_anywhere(db, room(db, "101"), 1)
    px = tab.canvas.square
    start = tab.canvas.rect_of(Box(0, 0, 4, 3)).center()
    qtbot.mousePress(tab.canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(tab.canvas, start + QPoint(2 * px, px))
    qtbot.mouseRelease(tab.canvas, Qt.MouseButton.LeftButton, pos=start + QPoint(2 * px, px))
    assert box(db, "101") == Box(2, 1, 4, 3)
    corner = tab.canvas.rect_of(Box(2, 1, 4, 3)).bottomRight() - QPoint(3, 3)
    qtbot.mousePress(tab.canvas, Qt.MouseButton.LeftButton, pos=corner)
    qtbot.mouseMove(tab.canvas, corner + QPoint(px, 0))
    qtbot.mouseRelease(tab.canvas, Qt.MouseButton.LeftButton, pos=corner + QPoint(px, 0))
    assert box(db, "101") == Box(2, 1, 5, 3)
    qtbot.keyClick(tab.canvas, Qt.Key.Key_Return)
    (open_,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()
    ]
    assert open_.form.values()["name"] == "101"
    open_.reject()


def test_a_picture_stands_behind_a_storey(
    tab: PlanTab, db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtGui import QImage

    picture = tmp_path / "nền.png"
    image = QImage(64, 40, QImage.Format.Format_RGB32)
    image.fill(0xFFCCCCCC)
    assert image.save(str(picture))
    monkeypatch.setattr(tab.desk, "choose_file", lambda *_words: picture)
    tab._set_picture()
    assert not tab.canvas.behind.isNull()
    store_plan.place_anywhere(db, room(db, "101"), 1)
    from edudesk.paper.document import write_pdf

    assert write_pdf(tmp_path / "a.pdf", plan_paper(db, YEAR)) >= 1
    tab._drop_picture()
    assert tab.canvas.behind.isNull()


def test_without_a_building_the_first_step_is_offered(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with make_school(tmp_path / "trống", ()) as empty:
        desk = Desk(empty, year=YEAR)
        made = PlanTab(desk)
        qtbot.addWidget(made)
        made.refresh()
        assert made._layers.currentIndex() == 1
        desk.close()
