"""Points, levels and the shortest way up."""

from __future__ import annotations

import itertools
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.cli import main
from edudesk.dx.assess import KINDS
from edudesk.dx.editions.rules import Bands, CriterionGroup, IndexItem, ScoringIndex, built_in
from edudesk.dx.rules_score import (
    GroupScore,
    check_points,
    criterion_level,
    judge,
    level_name,
    overall_level,
    parse_points,
    reaches,
    show_points,
    ways_up,
)
from edudesk.gradebook.results.assess import assess
from edudesk.kernel.errors import Refused

BANDS = Bands(500, 750)


@pytest.mark.parametrize(
    ("one", "two", "levels"),
    [
        ("49.5", "49.5", (1, 1, 1)),
        ("50", "50", (2, 2, 2)),
        ("75", "75", (2, 2, 2)),
        ("75.5", "76", (3, 3, 3)),
        ("80", "60", (3, 2, 2)),
        ("90", "40", (3, 1, 1)),
        ("0", "100", (1, 3, 1)),
        ("100", "100", (3, 3, 3)),
    ],
)
def test_levels_at_their_bounds(one: str, two: str, levels: tuple[int, int, int]) -> None:
    case = {"id": 1, "kind": "dx_level", "input": {"g1": Decimal(one), "g2": Decimal(two)}}
    (found,) = assess([case], KINDS)
    assert tuple(found["output"].values()) == levels


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"g1": 101, "g2": 1}, "ASSESS_INPUT"),
        ({"g1": -1, "g2": 1}, "ASSESS_INPUT"),
        ({"g1": True, "g2": 1}, "ASSESS_INPUT"),
        ({"g1": "75", "g2": 1}, "ASSESS_INPUT"),
        ({"g1": Decimal("75.55"), "g2": 1}, "DX_STEP"),
        ({"g2": 1}, "ASSESS_INPUT"),
    ],
)
def test_points_that_cannot_be_are_refused(given_: dict[str, object], code: str) -> None:
    (found,) = assess([{"id": 1, "kind": "dx_level", "input": given_}], KINDS)
    assert found["error"]["code"] == code


def test_the_command_line_knows_the_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ca.json"
    file.write_text('[{"id": "a", "kind": "dx_level", "input": {"g1": 75, "g2": 75.5}}]', encoding="utf-8")
    assert main(["assess", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)[0]["output"] == {"level_g1": 2, "level_g2": 3, "overall": 2}


@pytest.mark.parametrize(("points", "level"), [(95, 1), (100, 2), (200, 2), (205, 3), (300, 3)])
def test_a_criterion_has_bands_of_its_own(points: int, level: int) -> None:
    criterion = built_in().groups[0].criteria[2]
    shares = dict(zip((item.code for item in criterion.items), _parts(points), strict=True))
    assert criterion_level(criterion, shares) == level
    assert criterion_level(built_in().groups[0].criteria[3], {}) is None


def _parts(points: int) -> list[int]:
    return [min(60, max(0, points - 60 * n)) for n in range(5)]


@pytest.mark.parametrize(
    ("text", "points"), [("7,5", 75), ("7.5", 75), (" 6 ", 60), (Decimal("7.50"), 75), (0, 0), ("100", 1000)]
)
def test_points_are_read_as_people_write_them(text: object, points: int) -> None:
    assert parse_points(text) == points


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "DX_POINTS"),
        ("-1", "DX_POINTS"),
        ("a", "DX_POINTS"),
        (True, "DX_POINTS"),
        (7.5, "DX_POINTS"),
        ("7,55", "DX_STEP"),
    ],
)
def test_what_is_no_points_is_refused(text: object, code: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_points(text)
    assert caught.value.code == code


def test_points_stay_under_the_maximum_and_on_the_step() -> None:
    item = built_in().items["1.3.1"]
    assert check_points(item, 60, step=5) is None and check_points(item, 0, step=5) is None
    above, off = check_points(item, 65, step=5), check_points(item, 42, step=5)
    assert above is not None and (above.code, above.message) == ("DX_MAXIMUM", "Mục này tối đa 6 điểm.")
    assert off is not None and (off.code, off.next) == ("DX_STEP", "Ghi 4 hoặc 4,5.")
    assert (show_points(60), show_points(75)) == ("6", "7,5")


def test_a_school_by_hand() -> None:
    points = {"1.3.1": 60, "1.4": 100, "1.5.1": 150, "1.6.1": 70, "1.7.1": 80, "1.7.2": 40, "2.3.3": 100}
    found = judge(built_in(), points, {"1.1": True, "1.2": True, "2.1": True})
    one, two = found.groups
    assert (one.points, one.level, one.next_level, one.to_next) == (500, 2, 3, 255)
    assert (two.points, two.level, two.next_level, two.to_next) == (100, 1, 2, 400)
    assert found.overall == 1 and [one.code for one in found.unmet] == ["2.2"]
    best = judge(built_in(), {code: item.maximum for code, item in built_in().items.items()}, {})
    assert [(one.points, one.level, one.to_next) for one in best.groups] == [(1000, 3, None), (900, 3, None)]
    assert ways_up(built_in(), best.groups[0], {}) == () and level_name(best.overall).startswith("Mức 3")
    assert overall_level([3, 2]) == 2


def test_the_way_up_by_hand() -> None:
    index = built_in()
    points = {"1.3.1": 60, "1.4": 100, "1.5.1": 150, "1.6.1": 70, "1.7.1": 80, "1.7.2": 35}
    (way,) = ways_up(index, judge(index, points, {}).groups[0], points)
    assert [(gain.item.code, gain.more, gain.to) for gain in way.gains] == [("1.6.2", 5, 5)] and way.more == 5
    points = {"2.3.3": 100, "2.3.5": 100, "2.3.6": 100, "2.4.2": 120, "2.4.3": 70, "2.4.1": 80}
    few = ways_up(index, judge(index, points, {}).groups[1], points)
    assert [[(gain.item.code, gain.more) for gain in way.gains] for way in few] == [
        [("2.3.1", 60), ("2.3.2", 60), ("2.3.4", 60), ("2.4.3", 5)]
    ]


ITEMS = st.lists(st.tuples(st.integers(1, 6), st.booleans()), min_size=1, max_size=6)


@given(ITEMS, st.integers(1, 30))
def test_no_way_is_shorter_and_none_asks_less(shape: list[tuple[int, bool]], need: int) -> None:
    items = tuple(
        IndexItem(str(n), str(n), 10 * most, "yes_no" if whole else "partial", False)
        for n, (most, whole) in enumerate(shape)
    )
    group, index = CriterionGroup("1", "", ()), built_in()
    group = CriterionGroup("1", "", (type(index.groups[0].criteria[0])("1", "", items, False, False),))
    found = ways_up(index, GroupScore(group, 0, 1, 2, 10 * need), {})
    wanted = list(_by_hand(items, 10 * need, index))
    assert bool(found) == bool(wanted)
    if found:
        costs = [(len(way.gains), way.more) for way in found]
        assert costs[0] == min(wanted)
        assert costs[-1][::-1] == min((more, count) for count, more in wanted) or costs[-1] == min(wanted)
        assert min(more for _count, more in wanted) == costs[-1][1]
        assert all(
            0 < gain.more <= gain.item.maximum and gain.to == gain.more for way in found for gain in way.gains
        )
        assert all(
            gain.more == gain.item.maximum for way in found for gain in way.gains if gain.item.how == "yes_no"
        )


def _by_hand(items: tuple[IndexItem, ...], need: int, index: ScoringIndex) -> list[tuple[int, int]]:
    """(how many, how many points) of every choice of items that can reach the need."""
    found = []
    for count in range(1, len(items) + 1):
        for chosen in itertools.combinations(items, count):
            least = sum(item.maximum if item.how == "yes_no" else index.step for item in chosen)
            if sum(item.maximum for item in chosen) >= need:
                found.append((count, max(need, least)))
    return found


@pytest.mark.parametrize(
    ("step", "second", "third"), [(5, 500, 755), (10, 500, 760), (20, 500, 760), (30, 510, 780)]
)
def test_a_level_is_reached_on_a_step(step: int, second: int, third: int) -> None:
    assert (reaches(BANDS, 2, step), reaches(BANDS, 3, step)) == (second, third)
