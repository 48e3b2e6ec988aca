"""What a page of marks is asked about: each anomaly is seen, and what is none is left alone."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edudesk.gradebook.rules.anomalies import (
    Question,
    cell_questions,
    column_questions,
    equal_column,
    mended,
    replaced,
    run,
    swapped,
)
from edudesk.gradebook.rules.anomaly_words import Who, advice, mend_words, sentence
from edudesk.gradebook.rules.shifts import Page, expectation, moved, unordered

LEVELS = (62, 91, 45, 78, 55, 84, 38, 70, 95, 58, 73, 49, 88, 66, 41, 80, 52, 97, 60, 75, 35, 86, 68, 47)
HEADS = ("ĐĐGtx1", "ĐĐGtx2", "ĐĐGtx3", "ĐĐGgk", "ĐĐGck")
PEOPLE = [Who(n, f"Em {n}") for n in range(1, len(LEVELS) + 1)]


def page(seed: int = 1, wide: int = 5) -> list[list[int | None]]:
    """Marks about each pupil's level, to the half."""
    random = Random(seed)
    return [
        [min(100, max(0, 5 * ((level + random.randint(-6, 6)) // 5))) for _n in range(wide)]
        for level in LEVELS
    ]


def put(rows: Page, place: int, column: list[int | None]) -> list[list[int | None]]:
    return [[*row[:place], mark, *row[place + 1 :]] for row, mark in zip(rows, column, strict=True)]


def column(rows: Page, place: int) -> list[int | None]:
    return [row[place] for row in rows]


def codes(rows: Page, place: int = 4, *, full: bool = True) -> list[str]:
    return [one.code for one in column_questions(rows, place, full=full, width=5)]


def low(rows: Page, place: int, start: int) -> list[list[int | None]]:
    """From `start` on one row too low: a row was passed over."""
    old = column(rows, place)
    return put(rows, place, [*old[:start], None, *old[start:-1]])


def high(rows: Page, place: int, start: int) -> list[list[int | None]]:
    """From `start` on one row too high: a mark was left out."""
    old = column(rows, place)
    return put(rows, place, [*old[:start], *old[start + 1 :], None])


@pytest.mark.parametrize("seed", range(20))
def test_a_page_without_anomalies_is_not_asked_about(seed: int) -> None:
    assert [codes(page(seed), place) for place in range(5)] == [[]] * 5
    assert not [one for one in cell_questions(page(seed), width=5) if one.asks]


def test_a_column_one_row_too_low_is_asked_about_from_the_row_that_was_passed_over() -> None:
    slipped = low(page(), 4, 6)
    (found,) = column_questions(slipped, 4, full=True, width=5)
    assert (found.code, found.other, found.rows[0]) == ("SHIFTED", -1, 7)
    back = mended(column(slipped, 4), found)
    assert back is not None
    assert [back.get(at, mark) for at, mark in enumerate(column(slipped, 4))][:-1] == column(page(), 4)[:-1]
    assert sentence(found, HEADS, PEOPLE).startswith("Cột ĐĐGck khớp hơn nếu dời lên một dòng từ khoảng số 8")
    assert mend_words(found, PEOPLE) == "Dời điểm từ số 8 lên một dòng"


def test_a_column_one_row_too_high_is_asked_about_and_moved_down() -> None:
    slipped = high(page(), 4, 6)
    (found,) = column_questions(slipped, 4, full=True, width=5)
    assert (found.code, found.other) == ("SHIFTED", 1)
    assert abs(found.rows[0] - 6) <= 2
    back = mended(column(slipped, 4), found)
    assert back is not None and back[found.rows[0]] is None
    assert [back.get(at) for at in range(9, 24)] == column(page(), 4)[9:]
    assert "dời xuống một dòng" in sentence(found, HEADS, PEOPLE)
    assert mend_words(found, PEOPLE).endswith("xuống một dòng")


def test_moving_is_not_offered_where_a_mark_would_be_lost() -> None:
    rows = low(page(), 4, 6)
    rows[6][4] = 30
    (found,) = [one for one in column_questions(rows, 4, full=True, width=5) if one.code == "SHIFTED"]
    assert mended(column(rows, 4), found) is None


def test_a_few_marks_are_not_judged() -> None:
    rows = low(page(), 4, 2)
    few = put(rows, 4, [*column(rows, 4)[:8], *[None] * 16])
    assert codes(few, full=False) == [] and moved(few, 4) is None


def test_what_helps_a_minority_of_rows_is_no_shift() -> None:
    """One mark that is wildly off may explain much alone; the rows beside it must want to move too."""
    rows: list[list[int | None]] = [[50, 50, 50] for _n in range(24)]
    for at in (10, 18):
        rows[at] = [10, 10, 50]
        rows[at + 1] = [50, 50, 10]
    assert moved(rows, 2) is None


def test_neighbours_with_each_others_marks() -> None:
    rows = page()
    rows[1][4], rows[2][4] = rows[2][4], rows[1][4]
    (found,) = column_questions(rows, 4, full=True, width=5)
    assert (found.code, found.rows) == ("SWAPPED", (1, 2))
    assert mended(column(rows, 4), found) == {1: rows[2][4], 2: rows[1][4]}
    assert "2. Em 2" in sentence(found, HEADS, PEOPLE) and "đổi chỗ" in sentence(found, HEADS, PEOPLE)
    assert mend_words(found, PEOPLE) == "Đổi điểm của số 2 và số 3"


def test_swaps_need_both_marks_and_both_habits() -> None:
    assert swapped([[None, 90, 90], [90, 30, 30]], 0) == ()
    assert swapped([[30, 90], [90, 30]], 0) == ()
    assert swapped([[None, None, None]], 0) == ()


def test_a_column_in_another_order_fits_nothing() -> None:
    rows = page()
    other = sorted(column(rows, 4), key=lambda mark: (mark or 0) * 7 % 31)
    found = codes(put(rows, 4, other))
    assert found == ["ORDER"]
    question = column_questions(put(rows, 4, other), 4, full=True, width=5)[0]
    assert "24 em" in sentence(question, HEADS, PEOPLE) and advice(question)


def test_order_is_not_judged_where_the_other_columns_do_not_agree() -> None:
    random = Random(5)
    rows: list[list[int | None]] = [[5 * random.randint(6, 20) for _n in range(5)] for _row in range(24)]
    assert unordered(rows, 4) == ()
    assert unordered([row[:2] for row in page()], 1) == ()
    assert unordered(page()[:12], 4) == ()
    assert unordered(put(page(), 4, [70] * 24), 4) == ()


def test_a_column_typed_twice() -> None:
    rows = put(page(), 4, column(page(), 1))
    rows[3][4] = 0
    found = next(one for one in column_questions(rows, 4, full=True, width=5) if one.code == "EQUAL_COLUMN")
    assert (found.other, found.numbers) == (1, (23, 24))
    assert sentence(found, HEADS, PEOPLE) == "Cột ĐĐGck giống cột ĐĐGtx2: 23/24 em cùng điểm."


def test_columns_of_one_and_the_same_mark_equal_each_other_by_nature() -> None:
    rows: list[list[int | None]] = [[90, 90, 80] for _n in range(24)]
    assert equal_column(rows, 0, width=3) is None
    assert equal_column(page()[:6], 0, width=5) is None


def test_six_equal_marks_below_each_other_of_unlike_pupils() -> None:
    rows = put(page(), 4, [*column(page(), 4)[:5], *[75] * 6, *column(page(), 4)[11:]])
    found = run(rows, 4)
    assert found is not None and found.rows == tuple(range(5, 11))
    assert sentence(found, HEADS, PEOPLE) == "Cột ĐĐGck có 6 em liền nhau cùng 7,5, từ số 6 đến số 11."
    tens = put(page(), 4, [100] * 24)
    assert run(tens, 4) is None
    alike: list[list[int | None]] = [[70, 75, 70] for _n in range(8)]
    assert run(alike, 0) is None
    alone: list[list[int | None]] = [[70] for _n in range(8)]
    assert run(alone, 0) is not None


def test_single_marks_far_off_and_low() -> None:
    rows = page()
    rows[0][0], rows[1][4], rows[6][4] = None, 20, 34
    found = cell_questions(rows, width=5)
    assert [(one.code, one.rows) for one in found if one.place == 4] == [("FAR", (1,)), ("LOW", (6,))]
    assert [one.asks for one in found if one.place == 4] == [True, False]
    assert sentence(found[0], HEADS, PEOPLE).startswith(
        "2. Em 2: ĐĐGck được 2,0, các điểm khác trung bình 8,9."
    )
    quiet = next(one for one in found if one.numbers == (34,))
    assert sentence(quiet, HEADS, PEOPLE) == "7. Em 7: ĐĐGck được 3,4, dưới 3,5."
    nameless = [Who(None, "Em mới")] * 24
    assert sentence(found[0], HEADS, nameless).startswith("Em mới: ĐĐGck")


def test_marks_of_an_earlier_day_that_are_typed_over() -> None:
    before = page()
    now = put(before, 4, [30, 30, *column(before, 4)[2:]])
    assert replaced(before, now, 4) is None
    now = put(now, 4, [30, 30, None, *column(before, 4)[3:]])
    found = replaced(before, now, 4)
    assert found is not None and found.rows == (0, 1, 2)
    assert "vừa thay 3 điểm" in sentence(found, HEADS, PEOPLE)
    assert replaced(put(before, 4, [None] * 24), before, 4) is None


def test_an_empty_page_expects_nothing() -> None:
    assert expectation([], 0) == []
    assert expectation([[None, None]], 0) == [0]


# -- laws

cells = st.lists(st.lists(st.integers(0, 80), min_size=4, max_size=4), min_size=12, max_size=30)


@settings(max_examples=40)
@given(cells, st.integers(0, 100))
def test_a_column_that_is_its_own_shift_is_never_called_shifted(rows: list[list[int]], mark: int) -> None:
    assert moved([[mark, *row[1:]] for row in rows], 0) is None


@settings(max_examples=40)
@given(cells, st.integers(1, 20))
def test_an_easier_test_raises_no_question_about_order(rows: list[list[int]], more: int) -> None:
    """Everybody one and the same amount better changes neither the shift nor the order that is seen."""
    easier = [[row[0] + more, *row[1:]] for row in rows]
    assert moved(easier, 0) == moved(rows, 0)
    assert unordered(easier, 0) == unordered(rows, 0)


@given(st.lists(st.integers(0, 100), min_size=5, max_size=9))
def test_mending_a_swap_twice_is_nothing(marks: list[int]) -> None:
    found = Question("SWAPPED", 0, (3, 4))
    once = mended(marks, found)
    assert once is not None
    assert mended([once.get(at, mark) for at, mark in enumerate(marks)], found) == {3: marks[3], 4: marks[4]}


@given(st.integers(0, 100), st.lists(st.integers(0, 100), max_size=6))
def test_far_is_more_than_three_points_from_the_mean(mark: int, others: list[int]) -> None:
    expected = len(others) > 1 and abs(mark - sum(others) / len(others)) > 30 + 1e-9
    assert any(question.code == "FAR" for question in cell_questions([[mark, *others]], width=1)) == expected
