"""Laws of merging, over two to four desks that do anything to one another."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from desks import Desk
from hypothesis import given, settings
from hypothesis import strategies as st
from rules_of_tests import RULES

from edudesk.kernel.change import GONE
from edudesk.kernel.merge import row as merged_row
from edudesk.kernel.merge.merge import Merged, merge
from edudesk.kernel.merge.rows import Part
from edudesk.kernel.merge.rules import write_vector

NAMES = ("A", "B", "C", "D")
SCOPES = ("marks:9A", "marks:9B")
Draw = random.Random


def _scope(row: str) -> str:
    return SCOPES[int(row[1:]) % 2]


def _type(desk: Desk, draw: Draw, row: str) -> None:
    """A mark made, set, or deleted and taken back, as a person could do it here."""
    scope = _scope(row)
    under = tuple(desk.merged.tables.get("slip", {}))[:1] if draw.random() < 0.3 else ()
    there = desk.row("mark", row)
    if not there:
        value = draw.choice([None, 10, 20])
        desk.make("mark", row, scope, class_id=scope[6:], value=value, note=draw.choice([None, "x"]))
    elif draw.random() < 0.2:
        desk.set("mark", row, scope, under=under, **{GONE: 1 - int(str(there[GONE]))})
    else:
        desk.set(
            "mark", row, scope, under=under, **{draw.choice(["value", "note"]): draw.choice([30, 40, 999])}
        )


def _settle(desk: Desk, draw: Draw, _row: str) -> None:
    cells = sorted(cell for cell in desk.merged.conflicts if cell.table == "mark")
    if cells:
        cell = draw.choice(cells)
        desk.settle(*cell, 0 if cell.field == GONE else 50, _scope(cell.row))


def _lock(desk: Desk, draw: Draw, row: str) -> None:
    scope = _scope(row)
    desk.lock(f"l{desk.name}{len(desk.parts)}", scope, class_id=scope[6:])


def _open(desk: Desk, draw: Draw, row: str) -> None:
    scope = _scope(row)
    desk.make("slip", f"s{desk.name}{len(desk.parts)}", scope, class_id=scope[6:], lock_id=None, vector=None)


def _close(desk: Desk, draw: Draw, _row: str) -> None:
    for row, fields in desk.merged.tables.get("slip", {}).items():
        if fields["vector"] is None:
            desk.set("slip", row, f"marks:{fields['class_id']}", vector=write_vector(desk.vector()))
            return


def _let_in(desk: Desk, draw: Draw, _row: str) -> None:
    places = sorted(place for place, _c in desk.merged.parked)
    if places:
        desk.accept(draw.choice(places))


def _revoke(desk: Desk, draw: Draw, _row: str) -> None:
    desk.revoke(draw.choice(NAMES))


def _ahead(desk: Desk, draw: Draw, _row: str) -> None:
    desk.ahead = draw.choice([0, 1 << 40])


DEEDS: tuple[tuple[Callable[[Desk, Draw, str], None], int], ...] = (
    *(
        (_type, 12),
        (_settle, 3),
        (_lock, 1),
        (_open, 1),
        (_close, 1),
        (_let_in, 2),
        (_revoke, 1),
        (_ahead, 1),
    ),
)


def history(seed: int, *, steps: int) -> list[Desk]:
    """Desks after that many deeds and meetings; now and then a folder is copied and both go on."""
    draw = Draw(seed)
    desks = [Desk(name, RULES) for name in NAMES[: draw.randint(2, 4)]]
    deeds, weights = zip(*DEEDS, strict=True)
    for _n in range(steps):
        desk = draw.choice(desks)
        if draw.random() < 0.25:
            desk.take(draw.choice(desks))
        elif draw.random() < 0.02:
            desks.append(desk.twin())
        else:
            draw.choices(deeds, weights)[0](desk, draw, f"m{draw.randint(0, 3)}")
    return desks


def all_parts(desks: list[Desk]) -> list[Part]:
    return list({key: part for desk in desks for key, part in desk.parts.items()}.values())


SEEDS = st.integers(0, 1 << 32)


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_the_same_rows_make_the_same_state_in_any_order_and_however_often_they_come(seed: int) -> None:
    parts = all_parts(history(seed, steps=40))
    state = merge(parts, RULES)
    Draw(seed).shuffle(parts)
    assert merge([*parts, *parts[: len(parts) // 2]], RULES) == state
    assert merge(reversed(parts), RULES) == state


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_every_row_counts_waits_or_was_followed_by_another(seed: int) -> None:
    """No value is lost without trace: what shows nowhere and does not wait had its place taken by a row that knew it."""
    parts = all_parts(history(seed, steps=40))
    state = merge(parts, RULES)
    for part in parts:
        for n, row in enumerate(part.rows):
            waits = any(
                place.stream == part.stream and place.seq == part.first + n for place, _c in state.parked
            )
            if row.table and not waits:
                assert row.row in state.tables[row.table]


@settings(max_examples=60, deadline=None)
@given(SEEDS)
def test_the_short_way_answers_what_the_long_way_does(seed: int) -> None:
    parts = all_parts(history(seed, steps=40))
    assert slow(parts) == merge(parts, RULES)


def slow(parts: list[Part]) -> Merged:
    """The merge without its short way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merged_row, "_in_turn", lambda *_given: None)
        return merge(parts, RULES)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_what_a_person_settles_is_settled_for_all_who_hear_of_it(seed: int) -> None:
    desks = history(seed, steps=40)
    desk = Desk("office", RULES).take(*desks)
    draw = Draw(seed)
    for _n in range(60):
        if not any(cell.table == "mark" for cell in desk.merged.conflicts):
            break
        _settle(desk, draw, "")
    parked = {place for place, _c in desk.merged.parked if place.stream.device == "office"}
    assert parked or not any(cell.table == "mark" for cell in desk.merged.conflicts)
