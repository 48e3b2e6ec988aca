"""Counting: bands, shares that make a hundred, groups that add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.gradebook.rules.statistics import (
    USUAL_BANDS,
    WHOLE,
    Tally,
    band_of,
    bands,
    reached_bands,
    shares,
    tally,
)
from edudesk.kernel.errors import Refused

COUNTS = st.lists(st.integers(0, 3000), min_size=1, max_size=7)


@given(COUNTS)
def test_shares_make_a_hundred_and_are_near_the_truth(counts: list[int]) -> None:
    found = shares(counts)
    total = sum(counts)
    assert sum(found) == (WHOLE if total else 0)
    for count, share in zip(counts, found, strict=True):
        assert not total or abs(share * total - count * WHOLE) < total, "less than a tenth away"
        assert share >= 0 and (count or not share), "nothing counted has no share"


def test_thirds_leave_their_rest_to_the_first_of_equals() -> None:
    assert shares((1, 1, 1)) == (334, 333, 333)
    assert shares(()) == () and shares((0, 0)) == (0, 0)


def test_the_usual_bands_have_the_words_a_school_uses() -> None:
    found = bands()
    assert [band.label for band in found] == ["≥ 8,0", "6,5–7,9", "5,0–6,4", "3,5–4,9", "< 3,5"]
    assert [band.key for band in found] == ["band80", "band65", "band50", "band35", "band0"]
    assert reached_bands(found) == 3


@given(st.integers(0, 100), st.sets(st.integers(1, 99), min_size=1, max_size=5))
def test_every_mark_is_in_one_band(mark: int, starts: set[int]) -> None:
    found = bands(sorted(starts, reverse=True))
    holding = [place for place, band in enumerate(found) if band.low <= mark <= band.high]
    assert holding == [band_of(mark, found)]


@pytest.mark.parametrize("starts", [(), (50, 65), (50, 50), (100, 50), (50, 0), (90, 80, 70, 60, 50, 40)])
def test_bands_that_cannot_be_are_refused(starts: tuple[int, ...]) -> None:
    with pytest.raises(Refused) as caught:
        bands(starts)
    assert caught.value.code == "STATISTICS_BANDS"


@given(st.lists(st.none() | st.integers(0, 3)), st.lists(st.none() | st.integers(0, 3)))
def test_two_groups_together_are_counted_as_one(one: list[int | None], other: list[int | None]) -> None:
    assert tally(one, 4) + tally(other, 4) == tally([*one, *other], 4)
    assert tally(one, 4).total == len(one)


def test_what_is_missing_has_its_own_share_and_is_not_held_against_what_is_reached() -> None:
    found = Tally((3, 1, 0), 4)
    assert found.shares == (375, 125, 0, 500)
    assert found.reached(1) == 750
    assert Tally((0, 0, 0), 4).reached(1) is None
    assert USUAL_BANDS[0] == 80
