"""Primary school by Thông tư 27/2020: cells, the year's level, titles. Worked cases TT27-01 to TT27-17."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.gradebook.rules.primary import (
    COMPETENCES,
    QUALITIES,
    STAGES,
    YEAR_LEVELS,
    check_primary,
    completed,
    primary_regulation,
    primary_regulation_for,
    primary_slots,
    year_level,
    year_title,
)
from edudesk.gradebook.rules.slots import is_test
from edudesk.kernel.errors import Refused
from edudesk.kernel.paths import resource

TT27 = primary_regulation()
ALL_T = "T" * 15


@pytest.mark.parametrize(
    ("grades", "midterm", "final"),
    [
        ((1, 2), set(), {"tieng_viet", "toan"}),
        ((3,), set(), {"tieng_viet", "toan", "ngoai_ngu_1", "tin_hoc_cong_nghe"}),
        (
            (4, 5),
            {"tieng_viet", "toan"},
            {"tieng_viet", "toan", "ngoai_ngu_1", "ls_dl", "khoa_hoc", "tin_hoc_cong_nghe"},
        ),
    ],
)
def test_which_tests_there_are(grades: tuple[int, ...], midterm: set[str], final: set[str]) -> None:
    codes = ("tieng_viet", "toan", "ngoai_ngu_1", "dao_duc", "ls_dl", "khoa_hoc", "tin_hoc_cong_nghe", "gdtc")
    for grade in grades:
        slots = {code: primary_slots(code, grade, regulation=TT27) for code in codes}
        assert {code for code, found in slots.items() if "kgk" in found} == midterm
        assert {code for code, found in slots.items() if "kck" in found} == final
        assert all(found[-1] == "ck" and "gk" in found for found in slots.values())
    assert is_test("kgk") and not is_test("gk")


@pytest.mark.parametrize("value", list(STAGES))
def test_a_level_is_t_h_or_c(value: str) -> None:
    assert check_primary(value, "gk", regulation=TT27) is None


@pytest.mark.parametrize(
    ("value", "slot", "code"),
    [
        ("D", "ck", "MARK_NOT_STAGE"),
        (90, "ck", "MARK_NOT_STAGE"),
        (85, "kck", "MARK_STEP"),
        (110, "kck", "MARK_RANGE"),
        (-10, "kck", "MARK_RANGE"),
        ("T", "kgk", "MARK_RANGE"),
        (True, "kgk", "MARK_RANGE"),
    ],
)
def test_what_a_cell_may_not_hold(value: object, slot: str, code: str) -> None:
    problem = check_primary(value, slot, regulation=TT27)
    assert problem is not None and problem.code == code


@pytest.mark.parametrize("mark", range(0, 101, 10))
def test_a_test_is_a_whole_mark(mark: int) -> None:
    assert check_primary(mark, "kck", regulation=TT27) is None


@pytest.mark.parametrize(
    ("subjects", "qualities", "tests", "level"),
    [
        ("TTTTTTTT", ALL_T, (90, 90), "HTXS"),
        ("TTTTTTTTHTT", ALL_T, (90, 100, 100, 100, 100, 100), "HT"),
        ("TTTTTTTTTTT", ALL_T[:14] + "D", (90, 100), "HT"),
        ("TTTTTTTTTTT", ALL_T, (70,) * 6, "HTT"),
        ("TTTTTTTTTTT", ALL_T, (90, 40, 100), "CHT"),
        ("TCTTTTTT", ALL_T, (80, 50), "CHT"),
        ("TTTHTTTHTTT", "TTTTTTTTTTDDDDD", (90, 100, 100, 50), "HT"),
        ("TTTT", ALL_T[:14] + "C", (100,), "CHT"),
        ("TTTT", ALL_T, (), "HTXS"),
    ],
)
def test_the_level_of_the_year(subjects: str, qualities: str, tests: tuple[int, ...], level: str) -> None:
    assert year_level(subjects, qualities, tests, regulation=TT27) == level
    assert completed(level) == (level != "CHT")


@given(
    st.text("THC", min_size=1, max_size=12),
    st.text("TDC", min_size=15, max_size=15),
    st.lists(st.integers(0, 10).map(lambda mark: mark * 10), max_size=6),
    st.data(),
)
def test_nobody_falls_by_doing_better(
    subjects: str, qualities: str, tests: list[int], data: st.DataObject
) -> None:
    order = list(YEAR_LEVELS)
    before = year_level(subjects, qualities, tests, regulation=TT27)
    place = data.draw(st.integers(0, len(subjects) - 1))
    better = [min(100, mark + 10) for mark in tests]
    raised = subjects[:place] + "T" + subjects[place + 1 :]
    after = year_level(raised, "T" * 15, better, regulation=TT27)
    assert order.index(after) <= order.index(before)


@pytest.mark.parametrize(
    ("level", "outstanding", "agrees", "title"),
    [
        ("HTXS", False, False, "HS_XUAT_SAC"),
        ("HTT", True, True, "HS_TIEU_BIEU"),
        ("HTT", True, False, None),
        ("HTT", False, True, None),
        ("HT", True, True, None),
    ],
)
def test_titles(level: str, *, outstanding: bool, agrees: bool, title: str | None) -> None:
    found = year_title(level, outstanding=outstanding, class_agrees=agrees, regulation=TT27)
    assert found == title


def test_the_regulation_is_chosen_by_year_and_grade_and_cited() -> None:
    assert primary_regulation_for(2026, 5).code == "TT27/2020"
    assert TT27.cite("levels").startswith("Điều 9 khoản 2")
    assert "chưa đối chiếu" in TT27.cite("test_mark")
    assert len(QUALITIES) + len(COMPETENCES) == 15
    with pytest.raises(Refused) as refused:
        primary_regulation_for(2020, 5)
    assert refused.value.code == "NO_REGULATION"


def test_a_level_outside_the_scale_is_a_hole_in_the_file(tmp_path: Path) -> None:
    text = resource("regulations", "tt27_2020.toml").read_text(encoding="utf-8")
    (tmp_path / "x.toml").write_text(text.replace('subjects = ["T", "H"]', 'subjects = ["T", "X"]'), "utf-8")
    with pytest.raises(Refused) as refused:
        primary_regulation("TT27/2020", tmp_path)
    assert [(p.code, p.place) for p in refused.value.problems] == [
        ("REGULATION_WRONG", "x.toml: levels.HT.subjects")
    ]
