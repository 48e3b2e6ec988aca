"""The end of the year: conduct, titles, going up, re-assessment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edudesk.gradebook.rules.regulation import LEVELS, regulation_named
from edudesk.gradebook.rules.year import (
    comment_year,
    conduct_year,
    promotion,
    reassess,
    title,
    with_title,
    year_outcome,
)
from edudesk.kernel.errors import Refused

TT22 = regulation_named()
# Rows: first term Tốt, Khá, Đạt, Chưa đạt; columns: the second term, in the same order.
CONDUCT = """
TOT KHA KHA CHUA_DAT
TOT KHA DAT CHUA_DAT
KHA KHA DAT CHUA_DAT
KHA DAT DAT CHUA_DAT
"""
EIGHT = {f"s{n}": 85 for n in range(8)}
PASSED = {"cm1": "D", "cm2": "D", "cm3": "D", "cm4": "D"}
WEAK = {"a": 50, "b": 55, "c": 60, "d": 62, "e": 58, "f": 51, "toan": 32, "ngoai_ngu": 42}


def test_the_conduct_of_the_year_in_all_sixteen_cells() -> None:
    table = [row.split() for row in CONDUCT.split("\n") if row]
    for first, row in zip(LEVELS, table, strict=True):
        found = [conduct_year(first, second, regulation=TT22) for second in LEVELS]
        assert found == row


def test_the_second_term_decides_a_comment_subject() -> None:
    assert comment_year("D") == "D"
    assert comment_year("CD") == "CD"


@pytest.mark.parametrize(
    ("learned", "conduct", "averages", "expected"),
    [
        ("TOT", "TOT", [90] * 6 + [80, 80], "HS_XUAT_SAC"),
        ("TOT", "TOT", [90] * 5 + [89] * 3, "HS_GIOI"),
        ("TOT", "KHA", [95] * 8, None),
        ("KHA", "TOT", [95] * 7 + [49], None),
    ],
)
def test_titles(learned: str, conduct: str, averages: list[int], expected: str | None) -> None:
    assert title(learned, conduct, averages, regulation=TT22) == expected


@pytest.mark.parametrize(
    ("learned", "conduct", "absences", "outcome"),
    [
        ("DAT", "DAT", 45, "LEN_LOP"),
        ("TOT", "TOT", 46, "KHONG_LEN_LOP"),
        ("CHUA_DAT", "DAT", 0, "DANH_GIA_LAI"),
        ("DAT", "CHUA_DAT", 0, "REN_LUYEN_HE"),
        ("CHUA_DAT", "CHUA_DAT", 10, "KHONG_LEN_LOP"),
        ("CHUA_DAT", "CHUA_DAT", 46, "KHONG_LEN_LOP"),
    ],
)
def test_going_up(learned: str, conduct: str, absences: int, outcome: str) -> None:
    assert promotion(learned, conduct, absences, regulation=TT22) == outcome


def test_a_title_of_a_pupil_who_stays_is_asked_about() -> None:
    found = with_title("KHONG_LEN_LOP", "HS_GIOI")
    assert (found.title, found.warn) == ("HS_GIOI", "title_with_retention")
    assert with_title("LEN_LOP", "HS_GIOI").warn is None
    assert with_title("KHONG_LEN_LOP", None).warn is None


def test_summer_training_takes_the_place_of_the_years_conduct() -> None:
    assert promotion("DAT", "CHUA_DAT", 10, regulation=TT22, summer="DAT") == "LEN_LOP"
    assert promotion("KHA", "CHUA_DAT", 10, regulation=TT22, summer="CHUA_DAT") == "KHONG_LEN_LOP"
    assert promotion("KHA", "TOT", 10, regulation=TT22, summer="CHUA_DAT") == "LEN_LOP"


def test_one_of_two_subjects_assessed_again_can_be_enough() -> None:
    found = reassess(WEAK, PASSED, {"toan": 55}, regulation=TT22)
    assert found.eligible == ("toan", "ngoai_ngu")
    assert (found.before.level, found.after.level) == ("CHUA_DAT", "DAT")
    assert promotion("CHUA_DAT", "DAT", 3, regulation=TT22, learned_after=found.after.level) == "LEN_LOP"


def test_still_too_low_after_the_summer() -> None:
    found = reassess(WEAK, PASSED, {"toan": 34, "ngoai_ngu": 40}, regulation=TT22)
    assert found.after.level == "CHUA_DAT"
    assert promotion("CHUA_DAT", "DAT", 3, regulation=TT22, learned_after="CHUA_DAT") == "KHONG_LEN_LOP"


def test_a_comment_subject_passed_in_summer_and_the_clause_applied_again() -> None:
    comments = {**PASSED, "cm3": "CD", "cm4": "CD"}
    found = reassess(EIGHT, comments, {"cm3": "D"}, regulation=TT22)
    assert (found.before.level, found.after.level) == ("CHUA_DAT", "KHA")
    once = replace(TT22, adjustment=replace(TT22.adjustment, after_reassessment=False))
    assert reassess(EIGHT, comments, {"cm3": "D"}, regulation=once).after.level == "DAT"


def test_only_failed_subjects_are_assessed_again_and_in_their_own_kind() -> None:
    with pytest.raises(Refused) as refusal:
        reassess(
            {**EIGHT, "low": 40}, {**PASSED, "cm5": "CD"}, {"s1": 90, "low": "D", "cm5": 80}, regulation=TT22
        )
    assert {(one.code, one.place) for one in refusal.value.problems} == {
        ("REASSESS_NOT_ELIGIBLE", "s1"),
        ("MARK_RANGE", "low"),
        ("MARK_NOT_COMMENT", "cm5"),
    }


def test_both_failed_is_a_switch() -> None:
    other = replace(TT22, promotion=replace(TT22.promotion, both_failed="REN_LUYEN_HE"))

    def outcome(summer: str | None, after: str | None = None) -> str:
        return promotion("CHUA_DAT", "CHUA_DAT", 0, regulation=other, summer=summer, learned_after=after)

    assert outcome(None) == "REN_LUYEN_HE"
    assert outcome("CHUA_DAT") == "KHONG_LEN_LOP"
    assert outcome("DAT") == "DANH_GIA_LAI"
    assert outcome("DAT", "DAT") == "LEN_LOP"


@pytest.mark.parametrize("grade", [9, 12])
def test_the_last_grade_completes_the_programme(grade: int) -> None:
    outcomes = [
        year_outcome(one, grade, regulation=TT22) for one in ("LEN_LOP", "KHONG_LEN_LOP", "DANH_GIA_LAI")
    ]
    assert outcomes == ["HOAN_THANH_CHUONG_TRINH", "CHUA_HOAN_THANH", "DANH_GIA_LAI"]
    assert year_outcome("LEN_LOP", 8, regulation=TT22) == "LEN_LOP"
