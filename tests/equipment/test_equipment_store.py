"""The register as it is kept: what is written adds up, what cannot be is refused, and an undo is the inverse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from schools import make_school

from edudesk.equipment.rules import (
    BOUGHT,
    BROKEN,
    ISSUED,
    LENT,
    MOVED,
    REPAIRED,
    WRITTEN_OFF,
    Amount,
    holding,
)
from edudesk.equipment.store import (
    EquipmentLine,
    add_equipment,
    drop_equipment,
    new_codes,
    read_events,
    register,
    save_equipment,
)
from edudesk.equipment.store_events import EVERYWHERE, NewEvent, record_event
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.ids import new_id
from edudesk.premises import store
from edudesk.staff.store import members, save_member
from edudesk.storage.database import Database

DAY = dt.date(2026, 9, 10)
CHAIRS = {
    "name": "Ghế học sinh",
    "kind": "BAN_GHE",
    "tracked": "lot",
    "code": "GHE",
    "bought_on": "2024-08-01",
}
SCREEN = {"name": "Ti vi", "kind": "NGHE_NHIN", "tracked": "item", "code": "TV", "bought_on": "2024-08-01"}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ()) as found:
        for name in ("101", "102", "Kho"):
            store.save_room(found, {"name": name, "kind": "PHONG_HOC"})
        save_member(found, {"name": "Lò Thị Ánh"})
        yield found


def room(db: Database, name: str = "101") -> str:
    return next(one.id for one in store.rooms(db) if one.name == name)


def lot(db: Database, n: int = 10) -> str:
    add_equipment(db, {**CHAIRS, "room_id": room(db)}, quantity=n)
    return register(db)[0].id


def only(db: Database) -> EquipmentLine:
    (line,) = register(db)
    return line


def refusal(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_a_lot_through_its_life(db: Database) -> None:
    row, teacher = lot(db), members(db)[0].id
    for action in (
        NewEvent(BROKEN, DAY, 3, room(db)),
        NewEvent(REPAIRED, DAY, 1, room(db)),
        NewEvent(MOVED, DAY, 4, room(db), to=room(db, "102")),
        NewEvent(MOVED, DAY, 1, room(db), to=room(db, "Kho"), state=BROKEN),
        NewEvent(ISSUED, DAY, 1, room(db), to=room(db, "Kho"), staff_id=teacher),
        NewEvent(LENT, DAY, 2, room(db, "102"), staff_id=teacher, due=DAY),
        NewEvent(WRITTEN_OFF, DAY, 1, room(db, "Kho"), state=BROKEN),
        NewEvent(BOUGHT, DAY, 5),
    ):
        record_event(db, [row], action)
    line = only(db)
    assert {name: amount for _room, name, amount in line.places} == {
        "101": Amount(9, 1, 0),
        "102": Amount(4, 0, 2),
        "Kho": Amount(1, 0, 0),
    }
    assert line.amount == Amount(14, 1, 2) and line.rooms == "101, 102, Kho" and not line.wrong
    assert register(db, day=dt.date(2026, 9, 9))[0].amount == Amount(10)


def test_items_are_numbered_and_are_one_each(db: Database) -> None:
    add_equipment(db, {**SCREEN, "room_id": room(db)}, quantity=3)
    lines = register(db)
    assert [line.equipment.code for line in lines] == ["TV-01", "TV-02", "TV-03"]
    assert all(line.amount == Amount(1) and line.rooms == "101" for line in lines)
    add_equipment(db, {**SCREEN, "code": ""})
    assert "TB-0001" in [line.equipment.code for line in register(db)]
    with pytest.raises(Refused) as twice:
        record_event(db, [lines[0].id], NewEvent(BOUGHT, DAY))
    assert refusal(twice) == ["EQUIPMENT_ONE"]
    db.undo()
    assert len(register(db)) == 3


def test_codes_go_on_from_the_highest() -> None:
    assert new_codes("TV", 2, ["tv-7", "TV-x"]) == ["TV-08", "TV-09"]
    assert new_codes("", 1, ["TB-0041"]) == ["TB-0042"]


def test_several_rows_at_once_or_none(db: Database) -> None:
    add_equipment(db, {**SCREEN, "room_id": room(db)}, quantity=2)
    row = next(one.id for one in register(db))
    rows = [one.id for one in register(db)]
    step = record_event(db, rows, NewEvent(MOVED, DAY, to=room(db, "Kho")))
    assert len(step.rows("equipment_event")) == 2 and all(one.rooms == "Kho" for one in register(db))
    record_event(db, [row], NewEvent(BROKEN, DAY))
    with pytest.raises(Refused) as caught:
        record_event(db, rows, NewEvent(BROKEN, DAY))
    assert refusal(caught) == ["EQUIPMENT_NONE"]
    assert [one.amount.broken for one in register(db)] == [1, 0]
    record_event(db, rows, NewEvent(MOVED, DAY, to=room(db)))  # a broken one goes broken
    assert [one.amount for one in register(db)] == [Amount(1, 1), Amount(1)]
    record_event(db, rows, NewEvent(WRITTEN_OFF, DAY))
    assert [one.amount for one in register(db)] == [Amount(), Amount()]


def test_a_lot_in_two_rooms_moves_whole(db: Database) -> None:
    row = lot(db)
    record_event(db, [row], NewEvent(MOVED, DAY, 4, room(db), to=room(db, "102")))
    record_event(db, [row], NewEvent(BROKEN, DAY, room_id=EVERYWHERE))
    assert only(db).amount == Amount(10, 10)
    record_event(db, [row], NewEvent(REPAIRED, DAY, 6, room(db)))
    assert only(db).amount == Amount(10, 4)


def test_the_refusal_says_place_reason_and_next(db: Database) -> None:
    row = lot(db, 2)
    with pytest.raises(Refused) as caught:
        record_event(db, [row], NewEvent(LENT, DAY, 3, room(db), staff_id=members(db)[0].id, due=DAY))
    said = (
        "GHE Ghế học sinh: 101 chỉ còn 2 cái dùng được, không cho mượn 3 được. Ghi trả hoặc sửa xong trước."
    )
    assert caught.value.sentence == said and only(db).amount == Amount(2)


@pytest.mark.parametrize(
    ("fields", "n", "code"),
    [
        ({"name": " "}, 1, "FIELD_MISSING"),
        ({}, 0, "EQUIPMENT_COUNT"),
        ({"tracked": "item"}, 501, "EQUIPMENT_COUNT"),
        ({"bought_on": "2999-01-01"}, 1, "EQUIPMENT_DAY"),
        ({"price": 10_000_000}, 1, "EQUIPMENT_ASSET_LOT"),
        ({"code": "ghe"}, 1, "EQUIPMENT_CODE"),
    ],
)
def test_what_a_row_must_be(db: Database, fields: dict[str, object], n: int, code: str) -> None:
    lot(db)
    with pytest.raises(Refused) as caught:
        add_equipment(db, {**CHAIRS, "code": "MOI", **fields}, quantity=n)  # type: ignore[dict-item]
    assert refusal(caught) == [code] and len(register(db)) == 1


def test_a_row_is_changed_and_keeps_its_own_code(db: Database) -> None:
    row = lot(db)
    save_equipment(db, row, {**CHAIRS, "price": 350_000})
    assert only(db).equipment.price == 350_000
    with pytest.raises(Refused) as caught:
        save_equipment(db, row, {**CHAIRS, "code": ""})
    assert refusal(caught) == ["EQUIPMENT_CODE"]


def test_only_a_row_that_was_never_used_is_dropped(db: Database) -> None:
    row = lot(db)
    record_event(db, [row], NewEvent(BROKEN, DAY, 1, room(db)))
    with pytest.raises(Refused) as caught:
        drop_equipment(db, [row])
    assert refusal(caught) == ["EQUIPMENT_USED"]
    db.undo()
    drop_equipment(db, [row])
    assert register(db) == [] and read_events(db.all) == {}
    db.undo()
    assert only(db).amount == Amount(10)


def test_a_room_with_equipment_stays(db: Database) -> None:
    lot(db)
    with pytest.raises(Refused) as caught:
        store.drop_room(db, room(db))
    assert refusal(caught) == ["ROOM_USED"]
    store.drop_room(db, room(db, "102"))


def test_a_purchase_others_rest_on_is_not_written_away(db: Database) -> None:
    row = lot(db)
    record_event(db, [row], NewEvent(BROKEN, DAY, 10, room(db)))
    (bought, _broken) = sorted(read_events(db.all)[row], key=lambda event: event.kind != BOUGHT)
    with pytest.raises(Refused) as caught:
        db.do(Step("Thử", db.drop("equipment_event", bought.id)))
    assert refusal(caught) == ["EQUIPMENT_NEEDED"]


def test_what_two_desks_took_at_once_is_shown(db: Database) -> None:
    row = lot(db, 1)
    fields = {
        "equipment_id": row,
        "kind": BROKEN,
        "quantity": 1,
        "on_date": DAY.isoformat(),
        "room_id": room(db),
    }
    for _desk in range(2):
        rows = {name: fields.get(name) for name in db.tables["equipment_event"].fields}
        change = Change("equipment_event", new_id(), "", None, rows, "ins")
        db.connection.execute(
            f"insert into equipment_event (id, gone, {', '.join(rows)}) values (?, 0, {', '.join('?' * len(rows))})",
            (change.row, *rows.values()),
        )
    assert only(db).wrong and only(db).amount.idle == -1


@pytest.mark.parametrize("seed", range(4))
def test_any_run_of_deeds_adds_up_in_any_order_and_is_taken_back(db: Database, seed: int) -> None:
    random = Random(seed)
    row, teacher = lot(db, 8), members(db)[0].id
    rooms = [room(db), room(db, "102"), room(db, "Kho")]
    before = [only(db)]
    for _round in range(25):
        kind = random.choice((BOUGHT, BROKEN, REPAIRED, MOVED, LENT, WRITTEN_OFF))
        action = NewEvent(
            kind, DAY, random.randint(1, 4), random.choice(rooms), to=random.choice(rooms), due=DAY
        )
        action = replace(action, staff_id=teacher, state=random.choice((None, BROKEN)))
        try:
            record_event(db, [row], action)
        except Refused:
            continue
        before.append(only(db))
        assert not only(db).wrong
    events = read_events(db.all)[row]
    random.shuffle(events)
    assert holding(events) == {place: amount for place, _name, amount in only(db).places}
    for line in reversed(before[:-1]):
        db.undo()
        assert only(db) == line


def test_a_thing_that_is_not_there_is_not_half_written(db: Database) -> None:
    written = db.value("select count(*) from journal")
    for fields in (CHAIRS, {**CHAIRS, "room_id": "không có"}):
        with pytest.raises(Refused) as caught:
            save_equipment(db, "không có", fields)
        assert caught.value.code == "ROW_MISSING"
    with pytest.raises(Refused) as caught:
        add_equipment(db, {**CHAIRS, "room_id": "không có"})
    assert caught.value.code == "REFERENCE_MISSING"
    assert db.value("select count(*) from journal") == written
