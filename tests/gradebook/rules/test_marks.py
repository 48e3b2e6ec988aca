"""Marks of a term: cells, typing, averages, and what is missing."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.gradebook.rules.assessment import check_mark, read_mark, read_typed, term_result, term_slots
from edudesk.gradebook.rules.marks import OWED, Mark, owed_letters, term_average, year_average
from edudesk.gradebook.rules.regulation import regulation_named
from edudesk.gradebook.rules.slots import is_regular
from edudesk.kernel.errors import Refused

TT22 = regulation_named()
marks = st.integers(0, 100)


# -- cells


@pytest.mark.parametrize(
    ("periods", "count"), [(0, 2), (35, 2), (36, 3), (52, 3), (70, 3), (71, 4), (140, 4)]
)
def test_regular_marks_follow_the_yearly_periods(periods: int, count: int) -> None:
    assert sum(map(is_regular, term_slots("toan", "score", periods))) == count
    assert sum(map(is_regular, term_slots("gdtc", "comment", periods))) == 2


def test_a_subject_has_its_cells() -> None:
    assert term_slots("toan", "score", 140) == ("tx1", "tx2", "tx3", "tx4", "gk", "ck")
    assert term_slots("gdtc", "comment", 70) == ("tx1", "tx2", "gk", "ck")
    assert term_slots("nghe_thuat", "comment", 70) == (
        *("tx1", "tx2"),
        *("gk.am_nhac", "gk.mi_thuat", "ck.am_nhac", "ck.mi_thuat"),
    )


# -- typing and reading


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("85", 85), ("10", 100), ("75", 75), ("05", 5), ("00", 0), ("0", 0), ("7", 70)),
        *(("8,5", 85), ("8.5", 85), (" 9 ", 90), ("", None), ("v", "V"), ("P", "P"), ("k", "K")),
    ],
)
def test_fast_typing_reads_two_digits_as_a_decimal(text: str, value: Mark) -> None:
    assert read_typed(text) == value


@pytest.mark.parametrize("text", ["100", "8,25", "11,0", "x", "-5"])
def test_fast_typing_refuses_what_is_no_mark(text: str) -> None:
    with pytest.raises(Refused):
        read_typed(text)


def test_85_is_refused_where_nobody_sees_the_ghost_text() -> None:
    for read in (
        lambda: read_typed("85", fast=False),
        lambda: read_mark("85", "score"),
        lambda: read_mark(85, "score"),
    ):
        with pytest.raises(Refused) as refusal:
            read()
        assert refusal.value.next == "Ghi 8,5."


@pytest.mark.parametrize(
    ("text", "value"), [("Đ", "D"), ("đạt", "D"), ("d", "D"), ("CĐ", "CD"), ("chưa đạt", "CD")]
)
def test_comments_are_read_in_words_and_signs(text: str, value: str) -> None:
    assert read_mark(text, "comment") == value


@pytest.mark.parametrize(("text", "value"), [("1", "D"), ("0", "CD"), ("C", "CD"), ("Đ", "D"), ("v", "V")])
def test_one_key_is_enough_for_a_typed_comment(text: str, value: str) -> None:
    assert read_typed(text, kind="comment") == value


@pytest.mark.parametrize("raw", ["8", "1", 1, "T", "C"])
def test_a_comment_is_no_number(raw: object) -> None:
    with pytest.raises(Refused) as refusal:
        read_mark(raw, "comment")
    assert refusal.value.code == "MARK_NOT_COMMENT"


@pytest.mark.parametrize("value", [-1, 101, True, "D", "8,5", 8.5])
def test_a_score_cell_holds_nothing_else(value: object) -> None:
    assert check_mark(value, "score") is not None


@pytest.mark.parametrize("value", [85, "T", "d", 1])
def test_a_comment_cell_holds_nothing_else(value: object) -> None:
    assert check_mark(value, "comment") is not None


@pytest.mark.parametrize("value", [None, *OWED])
def test_every_cell_may_be_owed(value: Mark) -> None:
    assert check_mark(value, "score", code="gdqpan") is None
    assert check_mark(value, "comment", code="gdtc") is None
    assert check_mark(0, "score") is None
    assert check_mark("CD", "comment") is None


def test_only_a_subject_with_a_practical_part_exempts_from_it() -> None:
    assert owed_letters("gdtc") == owed_letters("gdqpan") == ("V", "P", "K", "M")
    assert owed_letters("toan") == ("V", "P", "K")
    refused = check_mark("M", "score", code="toan")
    assert refused is not None and refused.code == "MARK_EXEMPT"


# -- averages


@given(st.lists(marks, min_size=2, max_size=4), marks, marks)
def test_the_term_average_is_the_weighted_mean_to_the_nearest_tenth(
    regular: list[int], midterm: int, final: int
) -> None:
    exact = Fraction(sum(regular) + 2 * midterm + 3 * final, len(regular) + 5)
    value = term_average(regular, midterm, final, regulation=TT22).value
    assert value - Fraction(1, 2) <= exact < value + Fraction(1, 2)


@given(marks, marks)
def test_the_year_counts_the_second_term_twice(first: int, second: int) -> None:
    exact = Fraction(first + 2 * second, 3)
    value = year_average(first, second, regulation=TT22).value
    assert abs(value - exact) < Fraction(1, 2)


@pytest.mark.parametrize(
    ("regular", "midterm", "final", "average"),
    [
        ([80, 90], 70, 80, 79),
        ([80, 80, 90], 70, 90, 83),  # 8,25: half to even would say 8,2
        ([30, 40, 36], 40, 30, 35),  # 3,45
        ([50, 56, 50], 45, 50, 50),  # 4,95
        ([50, 48, 50], 45, 50, 49),  # 4,85
        ([60, 65, 60], 60, 70, 64),  # 6,4375: rounded once
        ([65, 66], 70, 60, 64),
        ([80, 80, 80], 70, 80, 78),  # 7,75
    ],
)
def test_averages_known_by_hand(regular: list[int], midterm: int, final: int, average: int) -> None:
    assert term_average(regular, midterm, final, regulation=TT22).value == average


def test_a_half_can_only_come_of_three_regular_marks() -> None:
    for count, ties in ((2, False), (3, True), (4, False)):
        divisor = count + 5
        assert any(2 * total % (2 * divisor) == divisor for total in range(100 * divisor + 1)) is ties


def test_the_year_is_reckoned_from_rounded_terms() -> None:
    first = term_average([79, 80, 80], 75, 80, regulation=TT22).value
    second = term_average([80, 80, 76], 80, 80, regulation=TT22).value
    assert (first, second) == (79, 80)
    assert year_average(first, second, regulation=TT22).value == 80
    assert [year_average(a, b, regulation=TT22).value for a, b in ((62, 66), (90, 60))] == [65, 70]


# -- a term of a pupil


def test_what_is_missing_is_no_zero_until_the_term_is_closed() -> None:
    slots = term_slots("gdcd", "score", 35)
    held: dict[str, Mark] = {"tx1": 80, "tx2": "V", "ck": 70}
    found = term_result(slots, held, "score", regulation=TT22)
    assert (found.value, found.missing) == (None, ("tx2", "gk"))
    closed = term_result(slots, held, "score", regulation=TT22, closing=True)
    assert (closed.value, closed.missing) == (41, ("tx2", "gk"))  # (8 + 0 + 2×0 + 3×7) / 7


def test_a_comment_subject_passes_only_when_all_is_there_and_all_is_passed() -> None:
    slots = term_slots("gdtc", "comment", 70)
    for values in itertools.product(("D", "CD"), repeat=4):
        found = term_result(slots, dict(zip(slots, values, strict=True)), "comment", regulation=TT22)
        assert found.value == ("CD" if "CD" in values else "D")
    held: dict[str, Mark] = {"tx1": "D", "gk": "D", "ck": "D"}
    assert term_result(slots, held, "comment", regulation=TT22).value is None
    assert term_result(slots, held, "comment", regulation=TT22, closing=True).value == "CD"


def test_art_passes_when_music_and_drawing_do() -> None:
    slots = term_slots("nghe_thuat", "comment", 70)
    held: dict[str, Mark] = dict.fromkeys(slots, "D")
    assert term_result(slots, held, "comment", regulation=TT22).value == "D"
    held["gk.mi_thuat"] = "CD"
    assert term_result(slots, held, "comment", regulation=TT22).value == "CD"


def test_a_pupil_excused_from_practice_is_assessed_in_theory_and_counts_like_others() -> None:
    slots = term_slots("gdtc", "comment", 70)
    by_theory: dict[str, Mark] = dict.fromkeys(slots, "D")
    assert term_result(slots, by_theory, "comment", regulation=TT22).value == "D"
