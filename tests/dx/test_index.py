"""The index as data: what it holds, and that every mistake in it is told."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edudesk.dx.editions.rules import built_in, built_in_data, official_problems, read_index
from edudesk.kernel.errors import Refused

Spoil = Callable[[dict[str, Any]], object]


def whole() -> dict[str, Any]:
    """The table with its hole completed, as a school would from the original text."""
    data = copy.deepcopy(built_in_data())
    group = data["group"][1]
    del group["missing"]
    item = {"code": "2.3.9", "title": "Mục bổ sung", "maximum": 10, "how": "yes_no", "verified": True}
    group["criterion"][2]["item"].append(item)
    return data


def refused(data: dict[str, Any]) -> list[str]:
    with pytest.raises(Refused) as caught:
        read_index(data, "thử")
    return [f"{one.place.removeprefix('thử: ')}: {one.message}" for one in caught.value.problems]


def test_the_index_that_ships_says_what_it_does_not_know() -> None:
    index = built_in()
    one, two = index.groups
    assert (one.maximum, one.missing, two.maximum, two.missing) == (1000, 0, 900, 100)
    assert two.missing_note.startswith("Các mục đọc được của nhóm 2 chỉ cộng thành 90 điểm")
    assert [one.code for one in index.conditions] == ["1.1", "1.2", "2.1", "2.2"]
    assert [code for code, item in index.items.items() if item.verified] == ["1.3.1"]
    assert index.articles["overall"].cited.endswith("(chưa đối chiếu văn bản gốc)")
    (problem,) = official_problems(index)
    assert problem.code == "DX_SCALE"
    assert problem.message == "Nhóm 2 mới có 90/100 điểm, còn thiếu 10 điểm."


def test_a_completed_index_may_be_official() -> None:
    data = whole() | {"official": True}
    index = read_index(data, "thử")
    assert official_problems(index) == () and index.items["2.3.9"].maximum == 100


def test_an_official_index_with_a_hole_is_refused_with_the_reason() -> None:
    said = refused({**copy.deepcopy(built_in_data()), "official": True})
    assert len(said) == 1 and "Nhóm 2 mới có 90/100 điểm, còn thiếu 10 điểm." in said[0]


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (lambda d: d["levels"].update(second_from=76), "levels: "),
        (lambda d: d["levels"].update(third_above=100), "levels: "),
        (lambda d: d["group"][0]["criterion"][2].update(second_from=21), "1.3: "),
        (lambda d: d["group"][0]["criterion"][2].update(third_above=30), "1.3: "),
        (lambda d: d["mandatory"].append("9.9"), "mandatory: "),
        (lambda d: d["mandatory"].append("1.3"), "1.3: "),
        (lambda d: d["mandatory"].remove("1.1"), "1.1: "),
        (lambda d: d["group"][0]["criterion"][2]["item"][0].update(maximum=7), "group 1: "),
        (lambda d: d["group"][1].update(missing=5), "group 2: "),
        (lambda d: d["group"][0]["criterion"][2]["item"][1].update(code="1.3.1"), "1.3.1: "),
        (
            lambda d: d["group"][0]["criterion"][2]["item"][1].update(how="maybe"),
            "group[1].criterion[3].item[2].how",
        ),
        (
            lambda d: d["group"][0]["criterion"][2]["item"][1].pop("maximum"),
            "group[1].criterion[3].item[2].maximum",
        ),
        (lambda d: d["step"].update(step_tenths=7), "1.3.1: "),
        (lambda d: d.pop("levels"), "levels: "),
    ],
)
def test_every_mistake_has_its_place(spoil: Spoil, place: str) -> None:
    data = copy.deepcopy(built_in_data())
    spoil(data)
    assert any(place in one for one in refused(data))


def test_all_mistakes_are_told_at_once() -> None:
    data = copy.deepcopy(built_in_data())
    data["mandatory"].append("9.9")
    data["levels"]["third_above"] = 40
    data["group"][0]["criterion"][2]["item"][0]["maximum"] = 9
    assert len(refused(data)) == 3


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "x.toml"
    broken.write_text("kind = ", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        built_in(broken)
    assert caught.value.code == "REGULATION_UNREADABLE"
