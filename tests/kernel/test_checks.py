"""Checks say what a value must be on any desk for ever, and why they say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.kernel import checks
from edudesk.kernel.change import GONE, Value
from edudesk.kernel.checks import Check, any_of, code_in, either_none, filled, one_of, text_up_to, whole
from edudesk.kernel.replicated import Replicated, conflict
from edudesk.kernel.text import is_plain, squeeze

ACCEPTED: list[tuple[Check, Value]] = [
    (text_up_to(3), ""),
    (text_up_to(3), "Ánh"),
    (filled(3), "a b"),
    (one_of(0, 1), 1),
    (one_of("NAM", "NU"), "NU"),
    (code_in((("I", "Cấp I"), ("II", "Cấp II"))), "II"),
    (whole(0, 100), 100),
    (any_of(whole(0, 100), one_of("D", "CD")), "CD"),
    (either_none(checks.ID), None),
    (either_none(checks.ID), "x"),
    (checks.CODE, "ngoai_ngu_1"),
    (checks.CODES, "thcs thpt"),
    (checks.CODES, ""),
    (checks.DATE, "2028-02-29"),
    (checks.MONTH, "2026-09"),
    (checks.MOMENT, "2026-10-15T09:00:00+07:00"),
    (checks.JSON, '{"a": [1, "b"]}'),
    (checks.SHA256, "0a" * 32),
    (checks.PHONE, "0912345678"),
    (checks.ID12, "012345678901"),
    (checks.MONEY, 12_500_000),
]
REFUSED: list[tuple[Check, Value]] = [
    (text_up_to(3), "abcd"),
    (text_up_to(3), 1),
    (text_up_to(3), None),
    (text_up_to(9), "A\u0301nh"),  # not composed
    (text_up_to(9), "a\u200bb"),
    (text_up_to(9), "a\nb"),
    (text_up_to(9), "a\x00"),
    (text_up_to(9), "a\ud800"),
    (filled(3), " "),
    (one_of(0, 1), True),
    (one_of(0, 1), "1"),
    (one_of("NAM", "NU"), "Nam"),
    (whole(0, 100), 101),
    (whole(0, 100), -1),
    (whole(0, 100), True),
    (whole(0, 100), "50"),
    (any_of(whole(0, 100), one_of("D", "CD")), "X"),
    (either_none(checks.ID), ""),
    (checks.ID, "x" * 65),
    (checks.CODE, "toán"),
    (checks.CODE, ""),
    (checks.CODES, "thcs thpt?"),
    (checks.DATE, "2027-02-29"),
    (checks.DATE, "20270228"),
    (checks.DATE, "2027-W01-1"),
    (checks.DATE, 20270228),
    (checks.MONTH, "2026-13"),
    (checks.MOMENT, "2026-10-15"),
    (checks.MOMENT, "2026-10-15T29:00:00+07:00"),
    (checks.JSON, "{"),
    (checks.JSON, "[" * 100_000),
    (checks.JSON, " " * (checks.JSON_LETTERS + 1)),
    (checks.SHA256, "0A" * 32),
    (checks.PHONE, "0912"),
    (checks.ID12, "01234567890x"),
    (checks.MONEY, 10**15),
]


@pytest.mark.parametrize(("check", "value"), ACCEPTED)
def test_what_it_accepts(check: Check, value: Value) -> None:
    assert check(value) and check.words


@pytest.mark.parametrize(("check", "value"), REFUSED)
def test_what_it_refuses(check: Check, value: Value) -> None:
    assert not check(value)


def test_the_words_say_the_bounds() -> None:
    assert text_up_to(2000).words == "text up to 2,000 letters"
    assert either_none(whole(1900, 2200)).words == "1900 to 2200; or none"
    assert any_of(whole(0, 100_000), one_of("D", "CD")).words == "0 to 100,000, or one of D, CD"
    assert either_none(text_up_to(5)).letters == 5


@given(st.text())
def test_squeezed_text_is_plain_and_squeezing_again_changes_nothing(text: str) -> None:
    squeezed = squeeze(text)
    assert is_plain(squeezed) and squeeze(squeezed) == squeezed


def test_control_characters_and_halves_of_letters_are_left_out() -> None:
    assert squeeze("A\x00n\x07 B\x1fì\u0085nh\ud800") == "An B ì nh"


def test_a_table_answers_the_check_of_each_field_and_of_the_mark_of_deletion() -> None:
    table = Replicated("note", fields=("text",), checks={"text": checks.NOTE}, policy=conflict("text"))
    assert table.check_of("text") is checks.NOTE and table.check_of(GONE) is checks.FLAG
    assert table.check_of("pages") is None and table.policy == {"text": "conflict"}
