"""Quantities are sums of dated events: their order never matters, and nobody takes more than there is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.equipment.rules import (
    BOUGHT,
    BROKEN,
    COUNTED,
    ISSUED,
    KINDS,
    LENT,
    MOVED,
    NONE,
    REPAIRED,
    RETURNED,
    WRITTEN_OFF,
    Amount,
    EquipmentEvent,
    EquipmentFacts,
    check_change,
    check_event,
    effect,
    holding,
    total,
    until,
)

TODAY = dt.date(2026, 11, 22)
CHAIRS = EquipmentFacts("Ghế", "cái", item=False, since="2024-09-01")
SCREEN = EquipmentFacts("Ti vi", "cái", item=True, since="2024-09-01")


def event(kind: str, quantity: int = 1, room: str | None = "A", **more: str) -> EquipmentEvent:
    return EquipmentEvent("", "x", kind, quantity, "2026-01-05", room, **more)  # type: ignore[arg-type]


events = st.builds(
    EquipmentEvent,
    id=st.just(""),
    equipment_id=st.just("x"),
    kind=st.sampled_from([code for code, _label in KINDS]),
    quantity=st.integers(-3, 9),
    on_date=st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31)).map(dt.date.isoformat),
    room_id=st.sampled_from(["A", "B", None]),
    from_room_id=st.sampled_from(["A", "B", None]),
    state=st.sampled_from([None, BROKEN]),
)


@given(st.lists(events, max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_arrival_never_matters(there: list[EquipmentEvent], random: object) -> None:
    mixed = list(there)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert holding(mixed) == holding(there)


@given(st.lists(events, max_size=20), st.lists(events, max_size=20))
def test_two_desks_agree_whoever_comes_first(one: list[EquipmentEvent], other: list[EquipmentEvent]) -> None:
    assert holding(one + other) == holding(other + one)
    assert total(holding(one + other)) == total(holding(one)) + total(holding(other))


@given(st.lists(events, max_size=20), events)
def test_taking_an_event_back_is_its_inverse(there: list[EquipmentEvent], more: EquipmentEvent) -> None:
    held = dict(holding([*there, more]))
    for room, amount in effect(more):
        held[room] = held.get(room, NONE) + -amount
    assert {room: amount for room, amount in held.items() if amount != NONE} == holding(there)


@given(st.lists(events, max_size=20))
def test_a_move_changes_no_total(there: list[EquipmentEvent]) -> None:
    moved = [replace(event(kind, 2, "B"), from_room_id="A") for kind in (MOVED, ISSUED)]
    assert total(holding([*there, *moved])) == total(holding(there))


def test_a_life() -> None:
    life = [
        event(BOUGHT, 10),
        event(BROKEN, 3),
        event(REPAIRED, 1),
        event(LENT, 2),
        event(RETURNED, 1),
        event(MOVED, 4, "B", from_room_id="A"),
        event(MOVED, 1, "B", from_room_id="A", state=BROKEN),
        event(WRITTEN_OFF, 1, state=BROKEN),
        event(COUNTED, -1),
    ]
    assert holding(life) == {"A": Amount(3, 0, 1), "B": Amount(5, 1, 0)}
    assert total(holding(life)) == Amount(8, 1, 1) and Amount(8, 1, 1).idle == 6
    assert until(life, dt.date(2026, 1, 4)) == [] and len(until(life, dt.date(2026, 1, 5))) == len(life)


def codes(thing: EquipmentFacts, there: list[EquipmentEvent], new: EquipmentEvent) -> list[str]:
    return [one.code for one in check_event(thing, holding(there), new, today=TODAY, room="Phòng A")]


@pytest.mark.parametrize(
    ("there", "new", "found"),
    [
        ([event(BOUGHT, 2)], event(BROKEN, 2), []),
        ([event(BOUGHT, 2)], event(BROKEN, 3), ["EQUIPMENT_SHORT"]),
        ([event(BOUGHT, 2), event(BROKEN, 1)], event(REPAIRED, 2), ["EQUIPMENT_SHORT"]),
        ([event(BOUGHT, 2)], event(WRITTEN_OFF, 1, state=BROKEN), ["EQUIPMENT_SHORT"]),
        ([event(BOUGHT, 2)], event(MOVED, 3, "B", from_room_id="A"), ["EQUIPMENT_SHORT"]),
        ([event(BOUGHT, 2)], event(ISSUED, 1, None, from_room_id=None), ["EQUIPMENT_SAME_ROOM"]),
        ([event(BOUGHT, 2)], event(RETURNED, 1), ["EQUIPMENT_SHORT"]),
        ([event(BOUGHT, 2)], event(COUNTED, -3), ["EQUIPMENT_SHORT"]),
        ([event(BOUGHT, 2)], event(COUNTED, 0), ["EQUIPMENT_QUANTITY"]),
        ([], event(BOUGHT, 0), ["EQUIPMENT_QUANTITY"]),
        ([event(BOUGHT, 2)], event(BROKEN, -1), ["EQUIPMENT_QUANTITY"]),
        ([event(BOUGHT, 2)], event(LENT, 1), ["LOAN_WHO", "LOAN_DUE"]),
        ([event(BOUGHT, 2)], event(LENT, 1, staff_id="t", due_on="2026-01-04"), ["LOAN_DUE"]),
        ([event(BOUGHT, 2)], event(LENT, 3, staff_id="t", due_on="2026-01-05"), ["EQUIPMENT_SHORT"]),
        ([event(BOUGHT, 2)], event(LENT, 2, staff_id="t", due_on="2026-01-05"), []),
    ],
)
def test_nobody_takes_more_than_there_is(
    there: list[EquipmentEvent], new: EquipmentEvent, found: list[str]
) -> None:
    assert codes(CHAIRS, there, new) == found


def test_days_lie_between_the_purchase_and_today() -> None:
    there = [event(BOUGHT, 2)]
    assert codes(CHAIRS, there, replace(event(BROKEN), on_date="2024-08-31")) == ["EQUIPMENT_BEFORE"]
    assert codes(CHAIRS, there, replace(event(BROKEN), on_date="2026-11-23")) == ["EQUIPMENT_DAY"]
    nothing_known = replace(CHAIRS, since=None)
    assert codes(nothing_known, there, replace(event(BROKEN), on_date="1999-01-01")) == []


def test_an_item_is_one() -> None:
    assert codes(SCREEN, [], event(BOUGHT, 2)) == ["EQUIPMENT_ONE"]
    assert codes(SCREEN, [event(BOUGHT)], event(BOUGHT)) == ["EQUIPMENT_ONE"]
    assert codes(SCREEN, [event(BOUGHT), event(WRITTEN_OFF)], event(BOUGHT)) == []


def test_the_reason_names_place_numbers_and_what_to_do() -> None:
    (said,) = check_event(
        CHAIRS, holding([event(BOUGHT, 2), event(BROKEN, 1)]), event(BROKEN, 2), today=TODAY, room="Kho"
    )
    assert said.sentence == "Ghế: Kho chỉ còn 1 cái dùng được, không ghi hỏng 2 được. Giảm số lượng."
    (said,) = check_event(CHAIRS, {}, event(BROKEN, 2, None), today=TODAY)
    assert said.message.startswith("Ngoài các phòng chỉ còn 0")


def test_what_later_deeds_rest_on_is_not_taken_away() -> None:
    bought, broken = event(BOUGHT, 2), event(BROKEN, 2)
    both = holding([bought, broken])
    needed = check_change(CHAIRS, both, holding([broken]))
    assert needed is not None and needed.code == "EQUIPMENT_NEEDED"
    assert check_change(CHAIRS, both, holding([bought])) is None
    assert (
        check_change(CHAIRS, holding([broken]), holding([broken, event(LENT)])) is None
    )  # it was wrong before
    twice = check_change(SCREEN, holding([event(BOUGHT)]), holding([event(BOUGHT), event(BOUGHT)]))
    assert twice is not None and twice.code == "EQUIPMENT_ONE"
