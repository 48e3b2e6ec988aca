"""The year of primary school as rules: which qualities, why a level, what a person decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.gradebook.rules.decisions import (
    AGREES,
    OUTCOME,
    OUTSTANDING,
    YES,
    check_decision,
    decision_wanted,
    outcome_of,
    outcomes_of,
    title_wanted,
)
from edudesk.gradebook.rules.primary import COMPETENCES, QUALITIES, primary_regulation, year_level
from edudesk.gradebook.rules.primary_year import YearEnd, levels_down_to, year_conditions
from edudesk.gradebook.rules.qualities import (
    check_quality,
    is_competence,
    qualities_of,
    quality_head,
    quality_name,
    quality_text,
    quality_title,
    read_quality,
)

TT27 = primary_regulation()


def test_fifteen_qualities_and_competences_from_grade_three_on() -> None:
    every = (*QUALITIES, *COMPETENCES)
    assert [qualities_of(grade, regulation=TT27) for grade in (3, 4, 5)] == [every] * 3
    assert set(every) - set(qualities_of(1, regulation=TT27)) == {"cong_nghe", "tin_hoc"}
    assert not TT27.articles["competences"].verified


def test_each_has_a_name_for_every_place() -> None:
    for code in (*QUALITIES, *COMPETENCES):
        assert quality_name(code) and all(quality_head(code))
        assert quality_title(code).endswith(quality_name(code))
        assert is_competence(code) == (code in COMPETENCES)
    assert (quality_title("nhan_ai"), quality_title("ngon_ngu")) == (
        "Phẩm chất: Nhân ái",
        "Năng lực: Ngôn ngữ",
    )


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("t", "T"),
        ("Đ", "D"),
        ("d", "D"),
        ("Tốt", "T"),
        ("cần cố gắng", "C"),
        ("", None),
        (" ", None),
        ("9", "9"),
    ],
)
def test_what_is_typed(typed: str, value: str | None) -> None:
    assert read_quality(typed) == value


def test_what_is_shown() -> None:
    assert [quality_text(value) for value in ("T", "D", "C", None)] == ["T", "Đ", "C", ""]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (("nhan_ai", "ck", "T"), None),
        (("the_chat", "gk", None), None),
        (("nhan_ai", "ck", "H"), "QUALITY_VALUE"),
        (("nhan_ai", "tx1", "T"), "QUALITY_STAGE"),
        (("toan", "ck", "T"), "QUALITY_CODE"),
    ],
)
def test_what_a_cell_may_hold(cell: tuple[str, str, str | None], code: str | None) -> None:
    problem = check_quality(*cell)
    assert (problem.code if problem else None) == code


def test_who_completed_goes_up_and_of_others_the_principal_decides() -> None:
    assert [outcome_of(level, None, 4) for level in ("HTXS", "HTT", "HT", "CHT", None)] == [
        *["LEN_LOP"] * 3,
        None,
        None,
    ]
    assert outcome_of("HT", None, 5) == "HOAN_THANH_CHUONG_TRINH"
    assert outcome_of("CHT", "KHONG_LEN_LOP", 4) == "KHONG_LEN_LOP"
    assert outcome_of("HT", "KHONG_LEN_LOP", 4) == "LEN_LOP", (
        "a decision of before does not hold back who completed"
    )
    assert [decision_wanted("CHT", None), decision_wanted("CHT", "LEN_LOP"), decision_wanted("HT", None)] == [
        True,
        False,
        False,
    ]
    assert not decision_wanted(None, None)
    assert [title_wanted(level, regulation=TT27) for level in ("HTXS", "HTT", None)] == [False, True, False]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ((OUTSTANDING, YES, "", 4), []),
        ((AGREES, None, "", 4), []),
        ((AGREES, "0", "", 4), ["DECISION_VALUE"]),
        ((OUTCOME, "LEN_LOP", "Kiểm tra lại đạt", 4), []),
        ((OUTCOME, None, "", 4), []),
        ((OUTCOME, "LEN_LOP", " ", 4), ["DECISION_REASON"]),
        ((OUTCOME, "LEN_LOP", "", 5), ["DECISION_VALUE", "DECISION_REASON"]),
        (("prize", YES, "", 4), ["DECISION_KIND"]),
    ],
)
def test_what_can_be_decided(said: tuple[str, str | None, str, int], codes: list[str]) -> None:
    assert [problem.code for problem in check_decision(*said)] == codes


def test_the_last_grade_completes_primary_school() -> None:
    assert outcomes_of(5) == ("HOAN_THANH_CHUONG_TRINH", "CHUA_HOAN_THANH")
    assert outcomes_of(1) == ("LEN_LOP", "KHONG_LEN_LOP")


subjects = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("TTTHC"), min_size=1)
qualities = st.dictionaries(st.sampled_from("uvwxyz"), st.sampled_from("TTTDC"), min_size=1)
tests = st.dictionaries(st.sampled_from("ab"), st.integers(0, 10).map(lambda n: 10 * n))


@given(subjects, qualities, tests)
def test_the_conditions_say_the_same_as_the_level(
    held: dict[str, str], judged: dict[str, str], marks: dict[str, int]
) -> None:
    level = year_level(held.values(), judged.values(), marks.values(), regulation=TT27)
    shown = levels_down_to(level, regulation=TT27)
    met = [all(one.met for one in year_conditions(YearEnd(held, judged, marks), rule)) for rule in shown]
    assert met == [False] * len(shown) if level == "CHT" else met == [False] * (len(shown) - 1) + [True]
    for rule in shown:
        counts = [one.total for one in year_conditions(YearEnd(held, judged, marks), rule)]
        assert counts == [len(held), len(judged), len(marks)]
