"""Levels of learning: thresholds, counts, and the clause that repairs a fall by one subject."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.gradebook.rules.levels import Learning, base_level, conditions, learning
from edudesk.gradebook.rules.regulation import LEVELS, Regulation, regulation_named
from edudesk.kernel.errors import Refused

TT22 = regulation_named()
ALL_PASSED = ("D", "D", "D", "D")
interesting = st.sampled_from([0, 34, 35, 49, 50, 64, 65, 79, 80, 90, 100])
averages = st.lists(interesting | st.integers(0, 100), min_size=6, max_size=10)
results = st.lists(st.sampled_from(["D", "D", "D", "CD"]), max_size=5)


def judged(
    scores: list[int], comments: tuple[str, ...] = ALL_PASSED, regulation: Regulation = TT22
) -> Learning:
    return learning(
        {f"s{n}": score for n, score in enumerate(scores)},
        {f"c{n}": result for n, result in enumerate(comments)},
        regulation=regulation,
    )


def one_comment_failed(count: int = 1) -> tuple[str, ...]:
    return ("D",) * (4 - count) + ("CD",) * count


@pytest.mark.parametrize(
    ("scores", "comments", "base", "level"),
    [
        ([80] * 6 + [65, 65], ALL_PASSED, "TOT", "TOT"),
        ([90] * 6 + [64, 70], ALL_PASSED, "KHA", "KHA"),
        ([85] * 7 + [50], ALL_PASSED, "KHA", "KHA"),
        ([85] * 7 + [49], ALL_PASSED, "DAT", "KHA"),
        ([85] * 7 + [34], ALL_PASSED, "CHUA_DAT", "DAT"),
        ([85] * 6 + [49, 48], ALL_PASSED, "DAT", "DAT"),
        ([70] * 7 + [30], ALL_PASSED, "CHUA_DAT", "DAT"),
        ([70] * 7 + [40], ALL_PASSED, "DAT", "DAT"),
        ([85] * 8, one_comment_failed(), "DAT", "KHA"),
        ([85] * 8, one_comment_failed(2), "CHUA_DAT", "CHUA_DAT"),
        ([85] * 7 + [40], one_comment_failed(), "DAT", "DAT"),
        ([60] * 5 + [49] * 3, ALL_PASSED, "CHUA_DAT", "CHUA_DAT"),
        ([80] * 6 + [65, 49], ALL_PASSED, "DAT", "KHA"),
        ([80] * 5 + [70, 70, 49], ALL_PASSED, "DAT", "DAT"),  # the others must reach the count by themselves
        ([50] * 6 + [35, 35], ALL_PASSED, "DAT", "DAT"),
        ([50] * 6 + [35, 34], ALL_PASSED, "CHUA_DAT", "CHUA_DAT"),
    ],
)
def test_levels_known_by_hand(scores: list[int], comments: tuple[str, ...], base: str, level: str) -> None:
    found = judged(scores, comments)
    assert (found.base_level, found.level) == (base, level)
    assert found.adjusted == (base != level)


def test_the_subject_that_caused_the_fall_is_named() -> None:
    found = judged([85] * 7 + [49])
    assert (found.because, found.deserved) == ("s7", "TOT")
    found = judged([85] * 8, one_comment_failed())
    assert (found.because, found.deserved) == ("c3", "TOT")


def literal(scores: dict[str, int], comments: dict[str, str]) -> str:
    """Clause 9.3 word by word: try every subject."""
    base = base_level(tuple(scores.values()), tuple(comments.values()), regulation=TT22)
    for subject in (*scores, *comments):
        without = base_level(
            tuple(v for k, v in scores.items() if k != subject),
            tuple(v for k, v in comments.items() if k != subject),
            regulation=TT22,
        )
        if without in ("TOT", "KHA") and LEVELS.index(base) - LEVELS.index(without) >= 2:
            return LEVELS[LEVELS.index(base) - 1]
    return base


@given(averages, results)
def test_the_level_is_that_of_the_clause_read_word_by_word(scores: list[int], comments: list[str]) -> None:
    by_score = {f"s{n}": score for n, score in enumerate(scores)}
    by_comment = {f"c{n}": result for n, result in enumerate(comments)}
    assert judged(scores, tuple(comments)).level == literal(by_score, by_comment)


def test_the_clause_has_exactly_three_outcomes() -> None:
    """Every way eight averages can stand to the thresholds, with none, one or two failed comments."""
    seen = set()
    for scores in itertools.combinations_with_replacement((34, 49, 64, 79, 80), 8):
        for failed in (0, 1, 2):
            found = judged(list(scores), one_comment_failed(failed))
            if found.adjusted:
                seen.add((found.deserved, found.base_level, found.level))
    assert seen == {("TOT", "DAT", "KHA"), ("TOT", "CHUA_DAT", "DAT"), ("KHA", "CHUA_DAT", "DAT")}


@given(averages, results, st.data())
def test_a_better_mark_never_makes_a_worse_level(
    scores: list[int], comments: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(scores) - 1))
    better = [*scores]
    better[place] = data.draw(st.integers(scores[place], 100))
    before, after = judged(scores, tuple(comments)), judged(better, tuple(comments))
    assert LEVELS.index(after.level) <= LEVELS.index(before.level)


def test_fewer_than_six_scored_subjects_are_for_people_to_judge() -> None:
    with pytest.raises(Refused) as refusal:
        judged([90] * 5)
    assert refusal.value.code == "LEVEL_TOO_FEW"


def test_the_reading_that_leaves_out_comment_subjects_is_a_switch() -> None:
    narrow = replace(TT22, adjustment=replace(TT22.adjustment, comment_subjects=False))
    assert judged([85] * 8, one_comment_failed(), narrow).level == "DAT"
    assert judged([85] * 7 + [49], ALL_PASSED, narrow).level == "KHA"


def test_the_adjustment_can_be_left_out() -> None:
    scores = {f"s{n}": 85 for n in range(7)} | {"low": 49}
    assert learning(scores, {}, regulation=TT22, adjust=False) == Learning("DAT", "DAT")


def test_conditions_say_what_failed() -> None:
    scores = {f"s{n}": 85 for n in range(5)} | {"toan": 49, "van": 70, "tin": 80}
    rule = TT22.levels[0]
    found = {one.kind: one for one in conditions(scores, {"nt": "CD", "tc": "D"}, rule)}
    assert (found["comments"].met, found["comments"].failing) == (False, ("nt",))
    assert (found["each"].met, found["each"].failing) == (False, ("toan",))
    assert (found["count"].met, found["count"].actual, found["count"].wanted) == (True, 6, 6)
