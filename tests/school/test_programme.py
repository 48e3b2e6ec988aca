"""The subjects the 2018 programme proposes."""

from __future__ import annotations

import pytest

from edudesk.gradebook.rules.assessment import term_slots
from edudesk.gradebook.rules.slots import is_regular
from edudesk.kernel.errors import Refused
from edudesk.school.programme import proposed_subjects, subject, subject_named, subjects

PERIODS = {1: 875, 2: 875, 3: 980, 4: 1050, 5: 1050, 6: 1015, 7: 1015, 8: 1032, 9: 1032}


@pytest.mark.parametrize(("grade", "periods"), PERIODS.items())
def test_compulsory_periods_add_up_to_those_of_the_programme(grade: int, periods: int) -> None:
    assert sum(one.periods for one in proposed_subjects(grade) if one.taken == "all") == periods


def test_technology_has_a_third_regular_mark_from_grade_8_on() -> None:
    counts = {}
    for grade in (6, 7, 8, 9):
        technology = next(one for one in proposed_subjects(grade) if one.code == "cong_nghe")
        slots = term_slots(technology.code, technology.kind, technology.periods)
        counts[grade] = sum(map(is_regular, slots))
    assert counts == {6: 2, 7: 2, 8: 3, 9: 3}


def test_lower_secondary_scores_eight_subjects_and_comments_four() -> None:
    compulsory = [one for one in proposed_subjects(9) if one.taken == "all"]
    assert [one.kind for one in compulsory].count("score") == 8
    assert [one.short for one in compulsory if one.kind == "comment"] == ["TC", "NT", "TN", "ĐP"]


def test_upper_secondary_offers_nine_subjects_to_choose_from() -> None:
    chosen = {one.code: one.kind for one in proposed_subjects(10) if one.taken == "chosen"}
    assert len(chosen) == 9
    assert {code for code, kind in chosen.items() if kind == "comment"} == {"am_nhac", "mi_thuat"}


def test_primary_school_tests_more_subjects_in_higher_grades() -> None:
    tested = {grade: sum(one.tested for one in proposed_subjects(grade)) for grade in (1, 3, 5)}
    assert tested == {1: 2, 3: 4, 5: 6}
    assert next(one for one in proposed_subjects(2) if one.code == "hdtn").name == "Hoạt động trải nghiệm"


def test_a_grade_that_is_none_has_no_subjects() -> None:
    assert proposed_subjects(0) == ()
    assert proposed_subjects(13) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TOÁN", "toan"),
        ("Tiếng Anh", "ngoai_ngu_1"),
        ("ls&đl", "ls_dl"),
        ("tin_hoc", "tin_hoc"),
        ("GDKT&PL", "gdktpl"),
    ],
)
def test_a_subject_is_found_by_any_of_its_names(text: str, code: str) -> None:
    found = subject_named(text)
    assert found is not None
    assert found.code == code


def test_a_subject_nobody_knows_is_refused_or_not_found() -> None:
    assert subject_named("Thiên văn") is None
    with pytest.raises(Refused) as refusal:
        subject("thien_van")
    assert refusal.value.code == "SUBJECT_UNKNOWN"


def test_short_names_are_short_and_no_two_are_alike() -> None:
    shorts = [one.short for one in subjects().values()]
    assert len(set(shorts)) == len(shorts)
    assert max(map(len, shorts)) <= 6
