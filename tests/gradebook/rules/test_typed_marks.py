"""What a column of marks looks like at a glance."""

from statistics import mean, median, pstdev

from hypothesis import given
from hypothesis import strategies as st

from edudesk.gradebook.rules.figures import BANDS, band_name, figures
from edudesk.gradebook.rules.typed_marks import ghost, likely

marks = st.lists(st.integers(0, 100), min_size=1, max_size=60)


@given(marks)
def test_figures_agree_with_statistics(column: list[int]) -> None:
    seen = figures(column)
    assert seen.mean is not None and abs(seen.mean - mean(column)) <= 0.5
    assert seen.median is not None and abs(seen.median - median(column)) <= 0.5
    assert seen.spread is not None and abs(seen.spread - pstdev(column)) <= 0.6
    assert sum(seen.bins) == sum(seen.bands) == seen.count == len(column)


def test_ten_stands_in_the_last_bin_and_nothing_has_no_figures() -> None:
    assert figures([100, 90]).bins[9] == 2
    assert figures([]).mean is None


def test_bands_cover_every_mark_once() -> None:
    assert sorted(mark for low, high in BANDS for mark in range(low, high + 1)) == list(range(101))
    assert band_name(1) == "6,5 – 7,9"


def test_the_ghost_shows_only_what_is_read_otherwise() -> None:
    assert [ghost(text) for text in ("85", "05", "10", "8", "8,5", "")] == ["8,5", "0,5", "", "", "", ""]


def test_likely_marks_of_a_refused_text() -> None:
    assert likely("7,25") == ("7,3", "7,2")
    assert likely("7.24") == ("7,2", "7,3")
    assert likely("725") == ("7,3", "7,2")
    assert likely("9,96") == ("10,0", "9,9")
    assert likely("²,55") == likely("٧٢٥") == ()  # digits of another kind
    assert likely("abc") == likely("11") == likely("12,5") == likely("-1") == ()
