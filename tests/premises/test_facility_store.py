"""Rooms, machines, lessons and prices as a clerk keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from schools import YEAR, make_school

from edudesk.kernel.errors import Refused
from edudesk.labs import store_machines, store_timetable
from edudesk.labs.store_timetable import When
from edudesk.premises import store
from edudesk.premises.fields import LAB
from edudesk.premises.rules_area import check_area, parse_area, show_area
from edudesk.school.store import classes, drop_site, save_site, sites
from edudesk.storage.database import Database
from edudesk.students.store import add_pupil

MONDAY = When(2, "SANG", 1)
MACHINE = {"name": "PM1", "kind": "DE_BAN", "use": "DAY_HOC"}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ("9A1", "9A2")) as found:
        yield found


def lab(db: Database, name: str = "Phòng máy 1", **more: str | int | None) -> str:
    store.save_room(db, {"name": name, "kind": LAB, **more})
    return next(room.id for room in store.rooms(db, kind=LAB) if room.name == name)


def code(action: object, *args: object, **kw: object) -> str:
    with pytest.raises(Refused) as caught:
        action(*args, **kw)  # type: ignore[operator]
    assert caught.value.problems[0].next
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("48,5", 4850),
        ("48.55", 4855),
        ("60", 6000),
        (" 7,05 ", 705),
        ("1.200", 120_000),
        ("1.200,5", 120_050),
    ],
)
def test_areas(text: str, area: int) -> None:
    assert parse_area(text) == area
    assert parse_area(show_area(area)) == area


@pytest.mark.parametrize("text", ["", "0", "-5", "4,855", "một", "1e3", "999999"])
def test_what_is_no_area(text: str) -> None:
    assert code(parse_area, text) == "ROOM_AREA"
    assert check_area(text) is not None and check_area("48") is None
    assert (show_area(None), show_area(6000), show_area(4850), show_area(120_000)) == (
        "",
        "60",
        "48,5",
        "1.200",
    )


def test_a_room_is_kept_changed_and_taken_away(db: Database) -> None:
    room = lab(db, area="60", projector=1, levels="thcs", internet=0)
    (kept,) = store.rooms(db)
    assert (kept.area, kept.projector, kept.internet, kept.levels, kept.lab) == (
        6000,
        True,
        False,
        ("thcs",),
        True,
    )
    store.save_room(db, {"name": "Phòng máy chính", "kind": LAB, "area": None}, room_id=room)
    assert (store.rooms(db)[0].name, store.rooms(db)[0].area) == ("Phòng máy chính", None)
    store_timetable.set_lesson(db, YEAR, room, MONDAY, classes(db, YEAR)[0].id)
    store.drop_room(db, room)
    assert store.rooms(db) == [] and store_timetable.lessons(db, YEAR) == []
    db.undo()
    assert len(store_timetable.lessons(db, YEAR, room_id=room)) == 1


def test_what_is_not_there_is_refused_when_it_is_saved_and_nothing_is_written(db: Database) -> None:
    room = lab(db)
    store.drop_room(db, room)
    written = db.value("select count(*) from journal")
    fields = {"name": "Phòng máy 1", "kind": LAB}
    assert code(store.save_room, db, fields, room_id=room) == "ROW_MISSING", "a dropped room stays dropped"
    assert code(store.save_room, db, fields, room_id="không có") == "ROW_MISSING"
    assert code(store.save_room, db, {**fields, "building_id": "không có"}) == "REFERENCE_MISSING"
    assert code(store.save_building, db, None, {"name": "A"}, building_id="không có") == "ROW_MISSING"
    assert code(store_machines.save_machine, db, "không có", MACHINE) == "ROW_MISSING"
    assert code(store_machines.move_machines, db, ["không có"], None) == "ROW_MISSING"
    assert code(store_machines.add_machines, db, room, MACHINE) == "REFERENCE_MISSING"
    assert db.value("select count(*) from journal") == written and store.rooms(db) == []


def test_a_room_needs_a_name_of_its_own(db: Database) -> None:
    lab(db)
    assert code(store.save_room, db, {"name": "phòng máy 1", "kind": LAB}) == "ROOM_TWICE"
    assert code(store.save_room, db, {"name": "  ", "kind": LAB}) == "FIELD_MISSING"
    save_site(db, "Huổi Lóng")
    far = sites(db)[-1][0]
    store.save_room(db, {"name": "Phòng máy 1", "kind": LAB, "site_id": far})
    assert code(drop_site, db, far) == "ROOM_USED"


def test_buildings(db: Database) -> None:
    store.save_building(db, None, {"name": "Nhà A", "floors": 2})
    (house,) = store.buildings(db)
    store.save_room(db, {"name": "101", "kind": "PHONG_HOC", "building_id": house.id})
    assert code(store.drop_building, db, house.id) == "BUILDING_USED"
    store.drop_room(db, store.rooms(db)[0].id)
    store.drop_building(db, house.id)
    assert store.buildings(db) == []


def test_several_machines_alike_are_numbered_on(db: Database) -> None:
    room = lab(db)
    store_machines.add_machines(db, room, MACHINE, n=3)
    store_machines.add_machines(db, room, MACHINE, n=2)
    names = [one.name for one in store_machines.machines(db, room_id=room)]
    assert names == ["PM1-01", "PM1-02", "PM1-03", "PM1-04", "PM1-05"]
    assert code(store_machines.add_machines, db, room, MACHINE, n=0) == "MACHINE_COUNT"
    assert code(store.drop_room, db, room) == "ROOM_USED"
    db.undo()
    assert len(store_machines.machines(db)) == 3


def test_a_machine_stands_in_one_room(db: Database) -> None:
    first, second = lab(db), lab(db, "Phòng máy 2")
    store_machines.add_machines(db, first, MACHINE)
    with pytest.raises(Refused) as caught:
        store_machines.add_machines(db, second, {**MACHINE, "name": "pm1"})
    assert "Phòng máy 1" in caught.value.sentence
    (one,) = store_machines.machines(db)
    store_machines.move_machines(db, [one.id], second)
    assert store_machines.machines(db)[0].room == "Phòng máy 2"
    store_machines.save_machine(db, one.id, {**MACHINE, "ram_gb": 8})
    store_machines.drop_machine(db, one.id)
    assert store_machines.machines(db) == []


def test_a_broken_machine_is_broken_since_a_day(db: Database) -> None:
    room = lab(db)
    store_machines.add_machines(db, room, MACHINE, n=2)
    first = store_machines.machines(db)[0].id
    today = dt.date.today()
    store_machines.set_working(db, [first], False, on=today)
    (broken,) = store_machines.machines(db, broken=True)
    assert (broken.id, broken.since) == (first, today.isoformat())
    late = today + dt.timedelta(days=1)
    assert code(store_machines.set_working, db, [first], True, on=late) == "MACHINE_DAY"
    store_machines.set_working(db, [first], True, on=today)
    assert store_machines.machines(db, broken=True) == []


def test_a_class_is_in_one_room_at_a_time(db: Database) -> None:
    first, second = lab(db), lab(db, "Phòng máy 2")
    nine = classes(db, YEAR)[0].id
    store_timetable.set_lesson(db, YEAR, first, MONDAY, nine)
    assert code(store_timetable.set_lesson, db, YEAR, second, MONDAY, nine) == "CLASS_ELSEWHERE"
    assert code(store_timetable.set_lesson, db, YEAR, first, When(8, "SANG", 1), nine) == "SLOT_UNKNOWN"
    store_timetable.set_lesson(db, YEAR, first, MONDAY, classes(db, YEAR)[1].id)
    assert [one.class_name for one in store_timetable.lessons(db, YEAR)] == ["9A2"]
    store_timetable.set_lesson(db, YEAR, first, MONDAY, None)
    store_timetable.set_lesson(db, YEAR, second, MONDAY, None)
    assert store_timetable.lessons(db, YEAR) == []


def test_the_check_of_a_small_school(db: Database) -> None:
    """Seven pupils in 9A2 at three machines, one of them broken: 3,50 to one; four are needed, two are missing."""
    room = lab(db)
    nine_two = classes(db, YEAR)[1].id
    for n in range(7):
        add_pupil(db, YEAR, nine_two, {"name": f"Lò Văn {n}"})
    store_machines.add_machines(db, room, MACHINE, n=3)
    store_machines.set_working(db, [store_machines.machines(db)[0].id], False, on=dt.date.today())
    store.save_room(db, {"name": "Văn phòng", "kind": "HANH_CHINH"})
    office = next(one.id for one in store.rooms(db) if one.name == "Văn phòng")
    store_machines.add_machines(db, office, {**MACHINE, "name": "VP", "use": "VAN_PHONG"})
    store_timetable.save_prices(db, repair=500_000, buy=10_000_000)
    (level,) = store_timetable.check_labs(db, YEAR)
    (one,) = level.findings
    assert one.ratio is not None
    assert (one.on_books, one.usable, one.ratio.pupils_per_computer, one.ratio.short_by) == (3, 2, "3.50", 2)
    assert [(way.kind, way.n, way.cost) for way in one.options] == [
        ("move", 1, 0),
        ("repair", 1, 500_000),
        ("shifts", 2, 0),
        ("buy", 2, 20_000_000),
    ]
    store_timetable.save_prices(db, repair=None, buy=None)
    assert store_timetable.check_labs(db, YEAR)[0].findings[0].options[-1].cost is None
