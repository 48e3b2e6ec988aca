"""Pupils to a computer: worked out by hand, at the limit and one beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.gradebook.results.assess import assess
from edudesk.kernel.errors import Refused
from edudesk.labs.assess import KINDS
from edudesk.labs.rules_ratio import Prices, Ratio, Remedy, Spare, lab_ratio, limits, needed, options

THCS = 2


def test_the_limits_of_each_level_and_that_nobody_checked_them_against_the_original() -> None:
    found = limits()
    assert {level: limit.most for level, limit in found.items()} == {"tieu_hoc": 3, "thcs": 2, "thpt": 1}
    assert not any(limit.article.verified for limit in found.values())
    assert "2–3" in found["tieu_hoc"].article.text


def test_a_rule_file_with_holes_is_refused_with_every_hole(tmp_path: Path) -> None:
    head = 'kind="lab_ratio"\ncode="QĐ4725/2022-TIN-HOC"\nname="x"\n'
    rollout = '[rollout]\narticle="a"\nverified=false\n[rollout.grades]\n'
    level = '[level_2.thcs]\narticle="b"\nverified=false\nmost=0\n'
    (tmp_path / "x.toml").write_text(head + rollout + level, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        limits(tmp_path)
    places = [problem.place for problem in caught.value.problems]
    assert places == ["x.toml: level_2.tieu_hoc", "x.toml: level_2.thcs.most", "x.toml: level_2.thpt"]


@pytest.mark.parametrize(
    ("pupils", "usable", "most", "expected"),
    [
        (40, 16, 2, Ratio("2.50", False, 4)),
        (40, 20, 2, Ratio("2.00", True, 0)),
        (41, 20, 2, Ratio("2.05", False, 1)),
        (40, 40, 1, Ratio("1.00", True, 0)),
        (201, 200, 1, Ratio("1.01", False, 1)),  # 1,005 goes up
        (301, 300, 1, Ratio("1.00", False, 1)),  # rounds to the limit and is still above it
        (35, 12, 3, Ratio("2.92", True, 0)),
        (40, 0, 3, Ratio(None, False, 14)),
        (1, 1, 1, Ratio("1.00", True, 0)),
    ],
)
def test_ratios(pupils: int, usable: int, most: int, expected: Ratio) -> None:
    assert lab_ratio(pupils, usable, most=most) == expected


@given(st.integers(1, 70), st.integers(0, 70), st.integers(1, 3))
def test_with_what_is_missing_the_room_is_enough_and_with_one_less_it_is_not(
    pupils: int, usable: int, most: int
) -> None:
    short = lab_ratio(pupils, usable, most=most).short_by
    assert lab_ratio(pupils, usable + short, most=most).meets_level_2
    assert not short or not lab_ratio(pupils, usable + short - 1, most=most).meets_level_2
    assert needed(pupils, most) <= usable + short


def test_enough_needs_no_options() -> None:
    assert options(40, 20, most=THCS, spare=Spare(5, 5, 5), prices=Prices(1, 1)) == ()


def test_options_with_their_costs() -> None:
    found = options(40, 16, most=THCS, spare=Spare(broken=3, office=1), prices=Prices(500_000, 12_000_000))
    assert found == (
        Remedy("move", 1, False, 0),
        Remedy("repair", 3, False, 1_500_000),
        Remedy("shifts", 2, True, 0),
        Remedy("buy", 4, True, 48_000_000),
    )


def test_without_a_price_there_is_no_cost_and_without_machines_no_groups() -> None:
    found = options(40, 0, most=THCS, spare=Spare(broken=25), prices=Prices())
    assert found == (Remedy("repair", 20, True, None), Remedy("buy", 20, True, None))
    assert options(40, 18, most=THCS, spare=Spare(surplus=9), prices=Prices())[0] == Remedy(
        "move", 2, True, 0
    )


def test_a_case_of_assess() -> None:
    given_ = {"level": "thcs", "largest_class": 40, "usable": 16}
    worked = assess([{"id": 1, "kind": "lab_ratio", "input": given_}], KINDS)
    assert worked[0]["output"] == {"pupils_per_computer": "2.50", "meets_level_2": False, "short_by": 4}
    none = assess([{"id": 2, "kind": "lab_ratio", "input": {**given_, "usable": 0}}], KINDS)
    assert none[0]["output"] == {"pupils_per_computer": None, "meets_level_2": False, "short_by": 20}


@pytest.mark.parametrize(
    ("key", "value"),
    [("level", "mam_non"), ("largest_class", 0), ("usable", -1), ("usable", "16"), ("level", None)],
)
def test_a_case_that_is_not_whole_is_refused_at_its_key(key: str, value: object) -> None:
    given_ = {"level": "thcs", "largest_class": 40, "usable": 16, key: value}
    worked = assess([{"id": 1, "kind": "lab_ratio", "input": given_}], KINDS)
    assert worked[0]["error"]["problems"][0]["place"] == key
