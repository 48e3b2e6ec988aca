"""The yearly count: scans add up on every desk, differences are written once, and what stands elsewhere has moved."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from schools import make_school

from edudesk.equipment.rules import BROKEN, COUNTED, LENT, MOVED, NONE, Amount, EquipmentEvent, holding
from edudesk.equipment.stocktake.rules import Outcome, Shift, StockDifference, off_by, outcome
from edudesk.equipment.stocktake.store import (
    CommitteeMember,
    close_count,
    count_sheet,
    save_session,
    scans,
    session,
    sessions,
)
from edudesk.equipment.stocktake.store_scan import count_code, drop_scan
from edudesk.equipment.store import add_equipment, read_events, register
from edudesk.equipment.store_events import NewEvent, record_event
from edudesk.kernel.errors import Refused
from edudesk.premises import store
from edudesk.staff.store import members, save_member
from edudesk.storage.database import Database

DAY = dt.date(2026, 11, 20)
CHAIRS = {"name": "Ghế", "kind": "BAN_GHE", "tracked": "lot", "code": "GHE", "bought_on": "2024-08-01"}
SCREEN = {"name": "Ti vi", "kind": "NGHE_NHIN", "tracked": "item", "code": "TV", "bought_on": "2024-08-01"}

amounts = st.builds(
    lambda idle, broken, lent: Amount(idle + broken + lent, broken, lent),
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(0, 3),
)
books = st.dictionaries(st.sampled_from(["A", "B", "C"]), amounts)
sights = st.dictionaries(st.sampled_from(["A", "B", "C", "D"]), st.integers(0, 9))


def written(out: Outcome) -> list[EquipmentEvent]:
    moved = [EquipmentEvent("", "x", MOVED, one.n, "", one.to, one.start, one.state) for one in out.shifts]
    return moved + [
        EquipmentEvent("", "x", COUNTED, one.n, "", one.room, None, one.state) for one in out.differences
    ]


@given(books, sights)
def test_after_closing_the_book_is_what_was_seen(book: dict[str, Amount], seen: dict[str, int]) -> None:
    out = outcome(book, seen, seen.keys())
    after = {room: book.get(room, NONE) for room in {*book, *seen}}
    for room, amount in holding(written(out)).items():
        after[str(room)] = after.get(str(room), NONE) + amount
    assert all(amount.possible for amount in after.values())
    assert all(off_by(after[room], n) == 0 for room, n in seen.items())
    assert all(after[room] == book[room] for room in book.keys() - seen.keys())
    assert out.agrees == all(off_by(book.get(room, NONE), n) == 0 for room, n in seen.items())


def test_what_is_missing_here_and_more_there_has_moved() -> None:
    book = {"A": Amount(5, 1), "B": Amount(2)}
    out = outcome(book, {"A": 2, "B": 4}, {"A", "B"})
    assert out == Outcome((Shift("A", "B", 2),), (StockDifference("A", -1),))
    assert outcome(book, {"A": 0}, {"A"}).differences == (
        StockDifference("A", -4),
        StockDifference("A", -1, BROKEN),
    )
    assert outcome({"A": Amount(3, 0, 1)}, {"A": 2}, {"A"}).agrees  # one is lent
    assert outcome({"A": Amount(3, 0, 1)}, {"A": 3}, {"A"}).agrees  # and may be back already


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ()) as found:
        for name in ("101", "102", "Kho"):
            store.save_room(found, {"name": name, "kind": "PHONG_HOC"})
        save_member(found, {"name": "Lò Thị Ánh"})
        add_equipment(found, {**CHAIRS, "room_id": room(found)}, quantity=10)
        add_equipment(found, {**SCREEN, "room_id": room(found)}, quantity=3)
        save_session(
            found,
            "Kiểm kê 2026",
            DAY,
            [CommitteeMember("Lò Thị Ánh", "Hiệu trưởng", "Nhà trường", "Trưởng ban")],
        )
        yield found


def room(db: Database, name: str = "101") -> str:
    return next(one.id for one in store.rooms(db) if one.name == name)


def only(db: Database) -> str:
    return sessions(db)[0].id


def amounts_of(db: Database) -> dict[str, dict[str, int]]:
    return {
        line.equipment.code: {name: amount.on_hand for _room, name, amount in line.places}
        for line in register(db)
    }


def refusal(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_a_count_from_the_first_scan_to_the_closing(db: Database) -> None:
    here, there, count = room(db), room(db, "102"), only(db)
    for text in ("ghe*7", "TV-01", "LA-1"):
        count_code(db, count, here, text)
    count_code(db, count, there, "TV-02")
    count_code(db, count, there, "GHE", quantity=2)
    sheet = count_sheet(db, count)
    off = {(line.equipment.code, line.room): line.off for line in sheet.lines}
    assert off == {
        ("GHE", "101"): -3,
        ("GHE", "102"): 2,
        ("TV-01", "101"): 0,
        ("TV-02", "101"): -1,
        ("TV-02", "102"): 1,
        ("TV-03", "101"): -1,
    }
    assert [scan.code for scan in sheet.unknown] == ["LA-1"] and sheet.twice == ()
    assert len(sheet.of_room(there)) == 2
    step = close_count(db, count, by="Lò Thị Ánh")
    assert amounts_of(db) == {
        "GHE": {"101": 7, "102": 2},
        "TV-01": {"101": 1},
        "TV-02": {"102": 1},
        "TV-03": {},
    }
    assert session(db, count).closed_by == "Lò Thị Ánh"
    assert {event.on_date for own in read_events(db.all).values() for event in own if event.count_id} == {
        DAY.isoformat()
    }
    assert [line.off for line in count_sheet(db, count).lines] == [line.off for line in sheet.lines]
    db.undo()
    assert amounts_of(db)["GHE"] == {"101": 10} and session(db, count).closed_on is None
    assert len(step.rows("equipment_count")) == 1


def test_two_desks_that_close_the_same_count_write_the_same_rows(db: Database) -> None:
    count = only(db)
    count_code(db, count, room(db), "GHE*8")
    first = close_count(db, count).rows("equipment_event")
    db.undo()
    again = close_count(db, count).rows("equipment_event")
    assert first == again and amounts_of(db)["GHE"] == {"101": 8}


def test_a_count_that_is_closed_again_with_other_numbers_writes_the_new_ones(db: Database) -> None:
    count = only(db)
    count_code(db, count, room(db), "GHE*8")
    close_count(db, count)
    db.undo()
    count_code(db, count, room(db), "GHE*1")
    close_count(db, count)
    assert amounts_of(db)["GHE"] == {"101": 9}


def test_rooms_nobody_counted_stay_as_they_are(db: Database) -> None:
    record_event(db, [register(db)[0].id], NewEvent(MOVED, DAY, 4, room(db), to=room(db, "Kho")))
    count = only(db)
    count_code(db, count, room(db, "102"), "TV-01")
    assert {line.seen for line in count_sheet(db, count).of_room(room(db, "Kho"))} == {None}
    close_count(db, count)
    assert amounts_of(db)["GHE"] == {"101": 6, "Kho": 4}
    assert amounts_of(db)["TV-01"] == {"102": 1} and amounts_of(db)["TV-02"] == {"101": 1}


def test_a_room_is_empty_when_nought_is_counted(db: Database) -> None:
    count = only(db)
    count_code(db, count, room(db), "GHE*0")
    close_count(db, count)
    assert amounts_of(db)["GHE"] == {}


def test_what_is_lent_is_not_missing(db: Database) -> None:
    row = next(line.id for line in register(db) if line.equipment.code == "TV-01")
    record_event(db, [row], NewEvent(LENT, DAY, staff_id=members(db)[0].id, due=DAY))
    count = only(db)
    for code in ("GHE*10", "TV-02", "TV-03"):
        count_code(db, count, room(db), code)
    assert all(out.agrees for out in count_sheet(db, count).outcomes.values())


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "COUNT_CODE"), ("GHE*x", "COUNT_CODE"), ("*3", "COUNT_CODE"), ("TV-01", "COUNT_ITEM")],
)
def test_a_scan_that_cannot_be_taken(db: Database, text: str, code: str) -> None:
    count_code(db, only(db), room(db), "TV-01")
    with pytest.raises(Refused) as caught:
        count_code(db, only(db), room(db), text)
    assert refusal(caught) == [code] and len(scans(db, only(db))) == 1


def test_an_item_seen_in_two_rooms_is_settled_first(db: Database) -> None:
    count = only(db)
    count_code(db, count, room(db), "TV-01")
    count_code(db, count, room(db, "Kho"), "TV-01")
    with pytest.raises(Refused) as caught:
        close_count(db, count)
    assert refusal(caught) == ["COUNT_TWICE"]
    drop_scan(db, scans(db, count)[0].id)
    close_count(db, count)
    assert amounts_of(db)["TV-01"] == {"Kho": 1}


def test_a_closed_count_takes_nothing_more(db: Database) -> None:
    count = only(db)
    count_code(db, count, room(db), "TV-01")
    close_count(db, count)
    for action in (
        lambda: count_code(db, count, room(db), "TV-02"),
        lambda: drop_scan(db, scans(db, count)[0].id),
        lambda: save_session(db, "Tên khác", DAY, [], session_id=count),
        lambda: close_count(db, count),
    ):
        with pytest.raises(Refused) as caught:
            action()
        assert refusal(caught) == ["COUNT_CLOSED"]


def test_what_a_session_must_be(db: Database) -> None:
    with pytest.raises(Refused) as nothing:
        close_count(db, only(db))
    with pytest.raises(Refused) as name:
        save_session(db, " ", DAY, [])
    with pytest.raises(Refused) as later:
        save_session(db, "Kiểm kê", dt.date(2999, 1, 1), [])
    with pytest.raises(Refused) as unknown:
        session(db, "x")
    assert [refusal(one) for one in (nothing, name, later, unknown)] == [
        ["COUNT_NOTHING"],
        ["COUNT_NAME"],
        ["COUNT_DAY"],
        ["COUNT_UNKNOWN"],
    ]
    save_session(
        db, "Kiểm kê cuối năm", DAY, [CommitteeMember("A"), CommitteeMember(" ")], session_id=only(db)
    )
    assert (sessions(db)[0].name, sessions(db)[0].members) == ("Kiểm kê cuối năm", (CommitteeMember("A"),))
