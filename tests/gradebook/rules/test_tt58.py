"""Old results by Thông tư 58/2011: levels, and the fall because of one single subject. Worked cases TT58-01 to -09."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.gradebook.rules.tt58 import OLD_LEVELS, old_learning, old_regulation

TT58 = old_regulation()
CORE = (0, 1, 2)


@pytest.mark.parametrize(
    ("scores", "comments", "mean", "base", "level"),
    [
        ((82, 81, 79, 85, 80, 83, 84, 80, 78, 86), ("D",), 82, "G", "G"),
        ((90,) * 9 + (34,), ("D",), 84, "Y", "TB"),
        ((84, 77, 77, 78, 78, 78, 77, 77, 77, 77), ("CD",), 78, "Y", "TB"),
        ((72,) * 9 + (19,), ("D",), 67, "KEM", "Y"),
        ((80,) * 8 + (34, 34), ("D",), 71, "Y", "Y"),
        ((50, 49, 48, 52, 54, 51, 50, 50, 53, 50), ("D",), 51, "TB", "TB"),
        ((90,) * 9 + (60,), ("D",), 87, "K", "K"),
        ((95,) * 9 + (10,), ("D",), 87, "KEM", "KEM"),
        ((30,) * 10, (), 30, "KEM", "KEM"),
        ((90,), (), 90, "G", "G"),
    ],
)
def test_levels(scores: tuple[int, ...], comments: tuple[str, ...], mean: int, base: str, level: str) -> None:
    core = [place for place in CORE if place < len(scores)]
    found = old_learning(scores, comments, core, regulation=TT58)
    assert (found.mean, found.base, found.level) == (mean, base, level)


@given(
    st.lists(st.integers(0, 100), min_size=3, max_size=12), st.lists(st.sampled_from(("D", "CD")), max_size=3)
)
def test_the_adjustment_never_lowers(scores: list[int], comments: list[str]) -> None:
    found = old_learning(scores, comments, CORE, regulation=TT58)
    assert OLD_LEVELS.index(found.level) <= OLD_LEVELS.index(found.base)
