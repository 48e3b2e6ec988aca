"""The counts of the reports: each with its list, and what nobody said is unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.kernel.errors import Refused
from edudesk.labs.norms.report import figure_words
from edudesk.labs.norms.rules_norms import (
    CountedRoom,
    CountItem,
    Figure,
    Inventory,
    SiteItem,
    figure,
    sections,
    show_answer,
)

SITES = [("a", "Chính"), ("b", "Huổi Lóng")]
SOLID = CountItem("k", "Kiên cố", "rooms", ("PHONG_HOC",), quality="KIEN_CO")
LENT = CountItem("m", "Mượn", "rooms", ("PHONG_HOC",), borrowed=True)
YARD = CountItem("s", "Sân", "rooms", ("SAN",), area=True)
FLAG, NUMBER = CountItem("f", "Nước", "flag"), CountItem("n", "Sách", "number")


def kept(
    *rooms: CountedRoom, answers: dict[tuple[str, str], int] | None = None, classes: int = 0
) -> Inventory:
    there = [SiteItem(f"9A{n}", "a") for n in range(1, classes + 1)]
    return Inventory(
        SITES,
        rooms,
        there,
        [SiteItem("PC1", "a", "DAY_HOC"), SiteItem("PC2", "b", "VAN_PHONG")],
        answers or {},
    )


def room(name: str, kind: str = "PHONG_HOC", site: str = "a", **more: object) -> CountedRoom:
    return CountedRoom(name, site, kind, **more)  # type: ignore[arg-type]


def test_rooms_are_counted_with_their_names_and_a_lent_one_once() -> None:
    there = kept(
        room("101", quality="KIEN_CO"),
        room("102", quality="TAM"),
        room("103", quality="KIEN_CO", borrowed=True),
        room("104"),
    )
    solid, lent = figure(SOLID, there), figure(LENT, there)
    assert (solid.value, solid.behind, solid.note) == (1, ("101",), "Chưa ghi kết cấu: 104.")
    assert (lent.value, lent.behind, lent.note) == (1, ("103",), "")


def test_areas_add_up_and_what_is_not_measured_is_named() -> None:
    there = kept(room("Sân A", "SAN", area=10_000), room("Sân B", "SAN"))
    found = figure(YARD, there)
    assert (found.value, found.area, found.note) == (2, 10_000, "Chưa ghi diện tích: Sân B.")
    assert figure(YARD, kept(room("Sân B", "SAN"))).area is None
    assert figure(YARD, kept()).area == 0


def test_everything_else_that_is_kept() -> None:
    there = kept(room("101", has=frozenset({"internet"})), room("102", site="b"), classes=3)
    assert figure(CountItem("d", "", "sites"), there).behind == ("Chính", "Huổi Lóng")
    assert figure(CountItem("l", "", "classes"), there).value == 3
    assert figure(CountItem("t", "", "machines", use="DAY_HOC"), there).behind == ("PC1",)
    assert figure(CountItem("i", "", "equipped", has="internet"), there).behind == ("101",)
    ratio = figure(CountItem("r", "", "ratio", ("PHONG_HOC",)), there)
    assert (ratio.value, ratio.behind) == (67, ("2 phòng học, 3 lớp",))
    assert figure(CountItem("r", "", "ratio", ("PHONG_HOC",)), kept()).value is None
    only = there.at("b")
    assert [one.name for one in only.rooms] == ["102"] and not only.classes and len(only.sites) == 1


@pytest.mark.parametrize(
    ("given_", "value", "note"),
    [
        ({}, None, "Chưa trả lời: Chính, Huổi Lóng."),
        ({("a", "f"): 1}, None, "Chưa trả lời: Huổi Lóng."),
        ({("a", "f"): 0}, 0, "Chưa trả lời: Huổi Lóng."),
        ({("a", "f"): 1, ("b", "f"): 1}, 1, ""),
        ({("a", "f"): 1, ("b", "f"): 0}, 0, ""),
    ],
)
def test_unknown_is_neither_no_nor_yes(
    given_: dict[tuple[str, str], int], value: int | None, note: str
) -> None:
    found = figure(FLAG, kept(answers=given_))
    assert (found.value, found.note) == (value, note)


@given(st.dictionaries(st.sampled_from(["a", "b"]), st.integers(0, 500)))
def test_numbers_add_up_only_when_every_site_said_one(said: dict[str, int]) -> None:
    found = figure(NUMBER, kept(answers={(site, "n"): value for site, value in said.items()}))
    assert found.value == (sum(said.values()) if len(said) == 2 else None)
    assert len(found.behind) == len(said)


def test_a_school_without_sites_knows_nothing() -> None:
    assert figure(NUMBER, Inventory([], [], [], [], {})) == Figure(NUMBER, None)


def test_answers_in_words() -> None:
    ratio = CountItem("r", "", "ratio")
    said = [show_answer(FLAG, 1), show_answer(FLAG, 0), show_answer(FLAG, None)]
    assert said == ["có", "không", "chưa rõ"]
    assert (show_answer(ratio, 105), show_answer(NUMBER, 12)) == ("1,05", "12")
    assert [figure_words(Figure(NUMBER, n)) for n in (2150, 0, None)] == ["2.150", "0", "chưa rõ"]


def test_the_file_asks_for_what_reports_ask_and_checks_nothing_off() -> None:
    found = sections()
    assert not any(one.article.verified for one in found)
    titles = [item.title for one in found for item in one.items]
    assert {"Phòng học kiên cố", "Phòng học thuê, mượn", "Tỉ lệ phòng/lớp", "Nước sạch, thoát nước"} <= set(
        titles
    )


def test_a_file_with_holes_is_refused_with_all_of_them(tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(
        '[[section]]\ncode="A"\ntitle="A"\narticle="a"\nverified=false\n'
        '[[section.item]]\ncode="x"\ntitle="X"\nkind="flag"\n[[section.item]]\ncode="x"\nkind="nothing"\n'
    )
    with pytest.raises(Refused) as caught:
        sections(bad)
    assert len(caught.value.problems) == 3
