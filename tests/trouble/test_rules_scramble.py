"""Scrambling: shapes stay, people go, and nothing of a mark is left."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.trouble.rules_scramble import WIDEST, Scrambler

KEY = b"k" * 32
WORDS = st.text(
    alphabet="AaĂăÂâBbCcDdĐđEeÊêGgHhIiKkLlMmNnOoÔôƠơPpUuƯưVvXxYyáàảãạấờữị 0123456789.,@-/“”", max_size=90
)


@given(WORDS)
def test_a_text_keeps_its_shape_and_becomes_the_same_every_time(text: str) -> None:
    one = Scrambler(KEY)
    made = one.text(text)
    assert len(made) == len(text) and made == Scrambler(KEY).text(text)
    for old, new in zip(text, made, strict=True):
        assert (old.isalpha(), old.isdigit(), old.isupper()) == (new.isalpha(), new.isdigit(), new.isupper())
        assert old.isalpha() or old.isdigit() or old == new


def test_another_report_scrambles_otherwise() -> None:
    name = "Nguyễn Thị Thu Hương"
    assert Scrambler(KEY).text(name) != Scrambler(b"l" * 32).text(name) != name


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)))
def test_a_day_is_moved_and_stays_a_day(day: dt.date) -> None:
    moved = dt.date.fromisoformat(Scrambler(KEY).day(day.isoformat()))
    assert abs((moved - day).days) <= WIDEST


@pytest.mark.parametrize("day", ["2026-13-45", "0001-01-01", "9999-12-31"])
def test_what_only_looks_like_a_day_is_scrambled_as_text_or_moved(day: str) -> None:
    assert len(Scrambler(KEY).day(day)) == len(day)


@given(st.integers(0, 100), st.integers(0, 100))
def test_what_stands_for_a_mark_does_not_depend_on_it(one: int, other: int) -> None:
    made = [
        Scrambler(KEY).row("mark", "r1", {"code": "toan", "value": mark})["value"] for mark in (one, other)
    ]
    assert made[0] == made[1] and made[0] in range(101)


def test_structure_stays_so_that_the_trouble_can_be_found_and_all_else_goes() -> None:
    fields = {
        "pupil_id": "p1",
        "year": 2026,
        "code": "toan",
        "term": 1,
        "slot": "ck",
        "class_id": "c1",
        "value": "V",
    }
    made = Scrambler(KEY).row("mark", "m1", fields)
    assert {key: made[key] for key in ("year", "code", "term", "slot")} == {
        "year": 2026, "code": "toan", "term": 1, "slot": "ck",
    }  # fmt: skip
    assert made["pupil_id"] == Scrambler(KEY).name("p1") != "p1" and len(str(made["id"])) == 12
    assert made["value"] not in ("V", None) and len(str(made["value"])) == 1


def test_a_field_nobody_spoke_of_is_scrambled_and_an_empty_one_stays_empty() -> None:
    made = Scrambler(KEY).row(
        "pupil", "p1", {"new": "Lò Thị Ánh", "count": 7, "born": "2014-09-05", "note": "", "home": None}
    )
    assert made["new"] != "Lò Thị Ánh" and made["count"] in range(10) and made["born"] != "2014-09-05"
    assert (made["note"], made["home"]) == ("", None)


def test_codes_of_people_are_no_structure() -> None:
    made = Scrambler(KEY).row("pupil", "p1", {"code": "0112345678", "gone": 0})
    assert made["code"] != "0112345678" and made["gone"] == 0
