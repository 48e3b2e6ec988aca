"""What makes a year, a class list and a subject plan whole."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from edudesk.school.rules import (
    PlannedSubject,
    Term,
    Year,
    check_classes,
    check_plan,
    check_year,
    class_key,
    class_name,
    grade_of,
    levels_named,
    usual_year,
)

YEAR = usual_year(2026)
FIRST, SECOND = YEAR.terms


def codes(problems: list) -> list[str]:  # type: ignore[type-arg]
    assert all(p.place and p.message and p.next for p in problems)
    return [p.code for p in problems]


def test_the_usual_year_is_whole_and_has_its_name() -> None:
    assert check_year(YEAR) == []
    assert YEAR.name == "2026–2027"


@pytest.mark.parametrize("terms", [(), (FIRST,), (SECOND, FIRST)])
def test_a_year_without_both_terms_in_order_is_refused(terms: tuple[Term, ...]) -> None:
    assert codes(check_year(replace(YEAR, terms=terms))) == ["YEAR_TERMS"]


def test_every_wrong_date_of_a_year_is_said_at_once() -> None:
    backwards = Term(1, dt.date(2027, 2, 1), dt.date(2026, 9, 5))
    late = Term(2, dt.date(2026, 9, 1), dt.date(2027, 7, 1))
    assert codes(check_year(Year(2026, YEAR.starts, YEAR.ends, (backwards, late)))) == [
        "TERM_BACKWARDS",
        "TERMS_OVERLAP",
        "TERM_OUTSIDE",
    ]


def test_a_year_begins_in_its_own_year() -> None:
    assert codes(check_year(replace(YEAR, year=2028))) == ["YEAR_START"]
    assert codes(check_year(replace(YEAR, starts=dt.date(2026, 9, 6)))) == ["TERM_OUTSIDE"]


@pytest.mark.parametrize(("text", "name"), [("9 a2", "9A2"), (" 10a1 ", "10A1"), ("6/1", "6/1")])
def test_a_class_has_one_spelling(text: str, name: str) -> None:
    assert class_name(text) == name


def test_names_that_read_alike_are_the_same_class() -> None:
    assert class_key("9a-2") == class_key("9A2") == class_key("9.A2")


@pytest.mark.parametrize(
    ("name", "grade"), [("9A2", 9), ("12.1", 12), ("10A", 10), ("Chồi 1", None), ("13A", None)]
)
def test_the_grade_is_read_from_the_name(name: str, grade: int | None) -> None:
    assert grade_of(name) == grade


def test_class_names_are_checked_all_at_once() -> None:
    problems = check_classes(["6A1", "7A1", "7 a1", "9A9", "5A", ""], ["6a1"], [6, 7, 8, 9])
    assert codes(problems) == ["CLASS_TWICE", "CLASS_TWICE", "CLASS_TWICE", "CLASS_GRADE", "CLASS_NAME"]
    assert check_classes(["6A1"], [], [6]) == []


def test_a_plan_needs_each_subject_once_with_periods() -> None:
    def planned(code: str, periods: int | None) -> PlannedSubject:
        return PlannedSubject(code, periods, "score", "all", 1)

    names = {"toan": "Toán", "ngu_van": "Ngữ văn"}
    problems = check_plan(6, [planned("toan", 140), planned("toan", 140), planned("ngu_van", None)], names)
    assert codes(problems) == ["SUBJECT_TWICE", "SUBJECT_PERIODS"]
    assert problems[1].place == "Khối 6, môn Ngữ văn"
    assert (
        codes(check_plan(6, [planned("toan", 501), planned("ngu_van", -3)], names)) == ["SUBJECT_PERIODS"] * 2
    )
    assert check_plan(6, [planned("toan", 140)], names) == []


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("Trường TH&THCS Nậm Mu", ("tieu_hoc", "thcs")),
        ("Trường tiểu học Kim Đồng", ("tieu_hoc",)),
        ("THCS và THPT Sông Đà", ("thcs", "thpt")),
        ("Trường Trung học phổ thông Thanh Thủy", ("thpt",)),
        ("Trường Thanh Thủy", ()),
    ],
)
def test_a_schools_name_says_its_levels(name: str, levels: tuple[str, ...]) -> None:
    assert levels_named(name) == levels
