"""What V, P, K, M and blanks are when a term is closed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edudesk.gradebook.rules.assessment import assessment_of
from edudesk.gradebook.rules.closing import (
    CellKey,
    ClosingPage,
    ClosingPlan,
    OwedCell,
    check_confirmed,
    owed_cells,
)
from edudesk.gradebook.rules.primary import primary_regulation
from edudesk.gradebook.rules.regulation import regulation_named

KEYS = {letter: CellKey("p1", "toan", slot) for letter, slot in (("K", "tx1"), ("V", "gk"), ("P", "ck"))}


def plan(**held: bool) -> ClosingPlan:
    cells = tuple(
        OwedCell(key, 1, "Lò Thị Ánh", letter, 0, held.get(letter, False)) for letter, key in KEYS.items()
    )
    page = ClosingPage("c1", "9A2", "toan", "Toán", cells, 2, "Điều 7")
    return ClosingPlan(2026, 1, "c1", 1, (page, replace(page, code="ngu_van", cells=(), blank=3)))


def test_a_score_becomes_nought_and_a_comment_not_passed_as_the_regulation_says() -> None:
    regulation = regulation_named()
    assert [assessment_of(kind).absent(regulation) for kind in ("score", "comment")] == [0, "CD"]
    assert assessment_of("primary").absent(primary_regulation()) is None, "nothing is made of it"
    assert not regulation.articles["missing"].verified
    assert "chưa đối chiếu" in regulation.cite("missing")


def test_letters_are_decided_on_and_blanks_and_the_exempt_are_not() -> None:
    marks = {"tx1": "K", "tx2": 80, "tx3": "M", "gk": "V", "ck": None}
    assert owed_cells(("tx1", "tx2", "tx3", "tx4", "gk", "ck"), marks) == ((("tx1", "K"), ("gk", "V")), 3)


def test_only_what_was_not_handed_in_is_proposed() -> None:
    assert [cell.proposed for cell in plan().cells] == [True, False, False]
    assert not plan(K=True).cells[0].proposed


def test_cells_are_chosen_by_letter_and_never_from_under_a_lock() -> None:
    assert plan().chosen("K") == (KEYS["K"],)
    assert plan(V=True).chosen("VPK") == (KEYS["K"], KEYS["P"])
    assert plan().chosen("") == ()
    assert (plan().blank, plan().articles) == (5, ("Điều 7",))


@pytest.mark.parametrize(
    "now",
    [
        replace(plan(), pages=()),
        replace(
            plan(),
            pages=(replace(plan().pages[0], cells=tuple(replace(c, value="V") for c in plan().cells)),),
        ),
    ],
)
def test_a_cell_that_has_changed_since_is_not_turned(now: ClosingPlan) -> None:
    ((problem),) = check_confirmed(plan(), now, [KEYS["K"]])
    assert (problem.code, problem.place) == ("CLOSING_STALE", "Lò Thị Ánh")


def test_every_cell_that_cannot_be_turned_is_named() -> None:
    stranger = CellKey("p9", "toan", "gk")
    found = check_confirmed(plan(), plan(V=True), [*KEYS.values(), stranger])
    assert [problem.code for problem in found] == ["CLOSING_HELD", "CLOSING_STALE"]
    assert check_confirmed(plan(), plan(), KEYS.values()) == []
