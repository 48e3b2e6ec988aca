"""The smallest change that lifts the level: against every possible change of small registers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edudesk.gradebook.rules.levels import learning
from edudesk.gradebook.rules.lift import Lift, level_now, lifts, smallest_change
from edudesk.gradebook.rules.lift_marks import (
    LiftCell,
    LiftSubject,
    Raise,
    closed_marks,
    result_of,
    to_pass,
    to_reach,
)
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.regulation import LEVELS, regulation_named
from edudesk.kernel.errors import Refused

RULES = regulation_named()
SCORES = ("toan", "ngu_van", "ngoai_ngu_1", "gdcd", "ls_dl", "khtn", "tin_hoc")


def subject(
    code: str, *terms: Mapping[str, Mark], shut: Sequence[str] = (), kind: str = "score"
) -> LiftSubject:
    """A subject; cells whose slot is in `shut` are locked."""
    cells = tuple(
        LiftCell(term, slot, value, slot not in shut)
        for term, held in enumerate(terms, 1)
        for slot, value in held.items()
    )
    return LiftSubject(code, kind, cells)


def flat(code: str, mark: int, *, shut: Sequence[str] = ("tx1", "gk", "ck")) -> LiftSubject:
    return subject(code, {"tx1": mark, "gk": mark, "ck": mark}, shut=shut)


def level_after(subjects: Sequence[LiftSubject], raises: Sequence[Raise]) -> str:
    """The level with the changes made, by the rules and nothing of the search."""
    wanted = {one.code: one.cells for one in raises}
    results = {
        one.code: result_of(one, {**closed_marks(one, RULES), **wanted.get(one.code, {})}, RULES)
        for one in subjects
    }
    scores = {code: value for code, value in results.items() if isinstance(value, int)}
    comments = {code: value for code, value in results.items() if isinstance(value, str)}
    return learning(scores, comments, regulation=RULES).level


# -- one subject


def test_one_final_from_the_least_mark_that_does() -> None:
    toan = subject("toan", {"tx1": 60, "tx2": 60, "gk": 60, "ck": 55}, shut=("tx1", "tx2", "gk"))
    option = to_reach(toan, 65, RULES)
    assert option is not None and option.raised is not None
    assert option.raised.cells == {(1, "ck"): 71} and option.cost == (1, 1, 16)
    lower = {(1, "tx1"): 60, (1, "tx2"): 60, (1, "gk"): 60, (1, "ck"): 70}
    assert result_of(toan, lower, RULES) == 64


def test_what_is_owed_is_asked_first_and_alike() -> None:
    toan = subject("toan", {"tx1": 60, "gk": None, "ck": "V"})
    option = to_reach(toan, 65, RULES)
    assert option is not None and option.raised is not None
    assert option.raised.cells == {(1, "gk"): 66, (1, "ck"): 66} and option.cost == (0, 0, 132)
    assert to_reach(toan, 0, RULES) is not None and to_reach(toan, 0, RULES).raised is None  # type: ignore[union-attr]


def test_an_owed_mark_that_is_locked_counts_nought() -> None:
    toan = subject("toan", {"tx1": 100, "gk": 100, "ck": None}, shut=("ck",))
    assert to_reach(toan, 65, RULES) is None
    assert to_reach(toan, 50, RULES) is not None


def test_a_comment_must_pass_in_every_open_cell_of_the_last_term() -> None:
    held = {"tx1": "D", "gk": "CD", "ck": None}
    option = to_pass(subject("gdtc", held, kind="comment"), RULES)
    assert option is not None and option.raised is not None
    assert option.raised.cells == {(1, "gk"): "D", (1, "ck"): "D"} and option.cost == (1, 1, 0)
    assert to_pass(subject("gdtc", held, shut=("gk",), kind="comment"), RULES) is None
    year = subject("gdtc", {"gk": "CD", "ck": "CD"}, {"gk": "D", "ck": "D"}, kind="comment")
    assert to_pass(year, RULES) is not None and to_pass(year, RULES).raised is None  # type: ignore[union-attr]


marks = st.sampled_from((None, 0, 20, 35, 49, 50, 64, 65, 79, 80, 97))
cell = st.tuples(marks, st.booleans())


def changes(one: LiftSubject) -> Iterator[tuple[tuple[int, int, int], dict[tuple[int, str], int]]]:
    """Every change of some given cells (one where marks are owed, else two) and one bound for what is owed."""
    given_cells = [cell for cell in one.cells if cell.open and not cell.owed]
    owed = [cell.place for cell in one.cells if cell.owed]
    for size in range(min(1 if owed else 2, len(given_cells)) + 1):
        for chosen in combinations(given_cells, size):
            rooms = [range(int(cell.value or 0) + 1, 101) for cell in chosen]
            for least in range(101) if owed else range(1):
                for values in product(*rooms):
                    raised = {cell.place: value for cell, value in zip(chosen, values, strict=True)}
                    tenths = sum(
                        value - int(cell.value or 0) for cell, value in zip(chosen, values, strict=True)
                    )
                    cost = (min(size, 1), size, tenths + least * len(owed))
                    yield cost, {**dict.fromkeys(owed, least), **raised}


@given(tx=cell, gk=cell, ck=cell, bound=st.sampled_from((35, 50, 65, 80)))
@settings(max_examples=20)
def test_no_change_of_one_subject_is_smaller(
    tx: tuple[Mark, bool], gk: tuple[Mark, bool], ck: tuple[Mark, bool], bound: int
) -> None:
    cells = {"tx1": tx, "gk": gk, "ck": ck}
    one = subject(
        "toan",
        {slot: held[0] for slot, held in cells.items()},
        shut=[s for s, held in cells.items() if not held[1]],
    )
    closed = closed_marks(one, RULES)
    tried = [
        cost for cost, change in changes(one) if int(result_of(one, {**closed, **change}, RULES)) >= bound
    ]
    found = to_reach(one, bound, RULES)
    if found is None:
        assert not tried
    elif found.raised is not None:
        assert int(result_of(one, {**closed, **found.raised.cells}, RULES)) >= bound
        assert not tried or found.cost == min(tried)
    else:
        assert int(result_of(one, closed, RULES)) >= bound


@given(first=st.tuples(marks, marks), second=st.tuples(marks, marks), bound=st.sampled_from((50, 65, 80)))
@settings(max_examples=10)
def test_no_change_of_a_year_is_smaller(
    first: tuple[Mark, Mark], second: tuple[Mark, Mark], bound: int
) -> None:
    one = subject(
        "toan",
        {"tx1": 50, "gk": first[0], "ck": first[1]},
        {"tx1": 50, "gk": second[0], "ck": second[1]},
        shut=("tx1",),
    )
    closed = closed_marks(one, RULES)
    found = to_reach(one, bound, RULES)
    assert found is not None  # ten in four cells that count five of six is always enough
    if found.raised is None or found.cost[1] > 1:
        return
    single = [
        cost
        for cost, change in changes(one)
        if cost[1] <= 1 and int(result_of(one, {**closed, **change}, RULES)) >= bound
    ]
    assert found.cost == min(single)


# -- a level


def brute(subjects: Sequence[LiftSubject], level: str) -> tuple[int, int, int] | None:
    """The cost of the smallest change over every choice of what to bring each subject to."""
    choices = []
    for one in subjects:
        options = (
            [to_pass(one, RULES)]
            if one.kind == "comment"
            else [to_reach(one, b, RULES) for b in (35, 50, 65, 80)]
        )
        choices.append([None, *(option for option in options if option and option.raised)])
    costs = []
    for picked in product(*choices):
        raises = [option.raised for option in picked if option and option.raised]
        if LEVELS.index(level_after(subjects, raises)) <= LEVELS.index(level):
            each = [option.cost for option in picked if option]
            costs.append(tuple(sum(cost[n] for cost in each) for n in range(3)))
    return min(costs, default=None)  # type: ignore[type-var]


def cost_of(subjects: Sequence[LiftSubject], raises: Sequence[Raise]) -> tuple[int, int, int]:
    by_code = {one.code: one for one in subjects}
    found = [
        to_pass(by_code[one.code], RULES)
        if isinstance(one.needs, str)
        else to_reach(by_code[one.code], one.needs, RULES)
        for one in raises
    ]
    return tuple(sum(option.cost[n] for option in found if option) for n in range(3))  # type: ignore[return-value]


score = st.tuples(
    st.sampled_from((20, 40, 55, 60, 70, 78, 90)), st.sampled_from((("tx1", "gk"), ("tx1", "gk", "ck")))
)
comment = st.tuples(st.sampled_from(("D", "CD", None)), st.booleans())


@given(
    scores=st.lists(score, min_size=6, max_size=7),
    comments=st.lists(comment, max_size=2),
    level=st.sampled_from(LEVELS[:3]),
)
@settings(max_examples=15)
def test_no_change_of_a_register_is_smaller(
    scores: list[tuple[int, tuple[str, ...]]], comments: list[tuple[Mark, bool]], level: str
) -> None:
    subjects = [flat(code, mark, shut=shut) for code, (mark, shut) in zip(SCORES, scores, strict=False)]
    subjects += [
        subject(f"nx{n}", {"ck": mark}, shut=() if free else ("ck",), kind="comment")
        for n, (mark, free) in enumerate(comments)
    ]
    found = smallest_change(subjects, level, regulation=RULES)
    wanted = brute(subjects, level)
    if found is None:
        assert wanted is None
    else:
        assert LEVELS.index(level_after(subjects, found)) <= LEVELS.index(level)
        assert cost_of(subjects, found) == wanted


def pupil(*marks_: int, open_: Sequence[str] = SCORES) -> list[LiftSubject]:
    shut = ("tx1", "gk")
    return [
        flat(code, mark, shut=shut if code in open_ else (*shut, "ck"))
        for code, mark in zip(SCORES, marks_, strict=True)
    ]


def test_one_subject_lifts_to_the_next_level_and_others_to_the_best() -> None:
    subjects = pupil(40, 85, 85, 85, 85, 70, 85)
    assert level_now(subjects, regulation=RULES) == "DAT"
    assert lifts(subjects, regulation=RULES) == (
        Lift("KHA", (Raise("toan", 50, {(1, "ck"): 59}),)),
        Lift("TOT", (Raise("toan", 65, {(1, "ck"): 89}), Raise("khtn", 80, {(1, "ck"): 89}))),
    )


def test_three_tenths_in_another_subject_may_do_what_nineteen_in_the_weak_one_do() -> None:
    """With Tin at 8,0 all but Toán deserve Tốt, and the clause lifts Đạt to Khá."""
    (kha, _tot) = lifts(pupil(40, 85, 85, 85, 85, 85, 78), regulation=RULES)
    assert kha == Lift("KHA", (Raise("tin_hoc", 80, {(1, "ck"): 81}),), by_clause=True)


def test_fewer_subjects_come_before_fewer_tenths() -> None:
    """Toán to 8,0 counts as the sixth subject, so the seventh can stay as it is."""
    (tot,) = lifts(pupil(60, 85, 85, 85, 85, 85, 78), regulation=RULES)
    assert tot == Lift("TOT", (Raise("toan", 80, {(1, "ck"): 99}),))


def test_the_clause_is_a_way_too() -> None:
    """The others deserve Tốt, so Toán at 3,5 gives Khá by the clause: 5,0 is not needed."""
    subjects = pupil(30, 85, 85, 85, 85, 85, 85)
    assert level_now(subjects, regulation=RULES) == "DAT"
    (kha, tot) = lifts(subjects, regulation=RULES)
    assert kha == Lift("KHA", (Raise("toan", 35, {(1, "ck"): 39}),), by_clause=True)
    assert tot.raises == (Raise("toan", 65, {(1, "ck"): 99}),)


def test_what_is_not_possible_any_more_is_said() -> None:
    subjects = pupil(60, 85, 85, 85, 85, 85, 85, open_=("ngu_van",))
    assert lifts(subjects, regulation=RULES) == (Lift("TOT", None),)
    assert lifts(pupil(85, 85, 85, 85, 85, 85, 85), regulation=RULES) == ()
    few = pupil(50, 50, 50, 50, 50, 50, 50, open_=("toan",))
    assert smallest_change(few, "KHA", regulation=RULES) is None


def test_while_marks_are_owed_every_better_level_is_told() -> None:
    subjects = [subject(code, {"tx1": 70, "gk": 70, "ck": None}) for code in SCORES]
    found = lifts(subjects, regulation=RULES)
    assert [one.level for one in found] == ["DAT", "KHA", "TOT"]
    assert found[2].raises is not None and {one.needs for one in found[2].raises} == {65, 80}
    with pytest.raises(Refused) as refused:
        lifts(subjects[:3], regulation=RULES)
    assert refused.value.code == "LEVEL_TOO_FEW"
