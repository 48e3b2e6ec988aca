"""The twelve digits of a personal number, and what they say against a record."""

from __future__ import annotations

import datetime as dt

import pytest

from edudesk.students.idnumber import check_id_number

BORN = dt.date(2013, 8, 19)
GOOD = "011213004567"  # Điện Biên, XXI century, boy, 2013


def warnings(number: str, born: dt.date | None = BORN, sex: str | None = "NAM") -> list[str]:
    return [problem.code for problem in check_id_number(number, born, sex).warnings]


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (GOOD, []),
        ("011313004567", ["GENDER"]),
        ("011013004567", ["CENTURY"]),
        ("011212004567", ["YEAR"]),
        ("999213004567", ["PROVINCE"]),
        ("999112004567", ["GENDER", "CENTURY", "YEAR", "PROVINCE"]),
    ],
)
def test_digits_that_do_not_fit_the_record_are_warnings(number: str, expected: list[str]) -> None:
    assert warnings(number) == expected
    assert check_id_number(number, BORN, "NAM").ok


def test_without_a_record_only_the_place_can_be_doubted() -> None:
    assert warnings(GOOD, None, None) == []
    assert warnings("000213004567", None, None) == ["PROVINCE"]


@pytest.mark.parametrize(("born", "digit"), [(1999, "0"), (2000, "2"), (2099, "2"), (2100, "4"), (2399, "8")])
def test_the_fourth_digit_follows_the_centuries(born: int, digit: str) -> None:
    number = f"001{digit}{born % 100:02d}123456"
    assert warnings(number, dt.date(born, 1, 1)) == []


def test_a_leading_zero_that_a_spreadsheet_took_is_offered_back() -> None:
    found = check_id_number(GOOD[1:])
    assert not found.ok
    assert found.problem is not None
    assert (found.problem.code, found.suggestion) == ("ID_LENGTH", GOOD)


@pytest.mark.parametrize("number", ["", "01121300456x", "０11213004567", "0112-1300456"])
def test_other_characters_are_refused(number: str) -> None:
    problem = check_id_number(number).problem
    assert problem is not None
    assert problem.code == "ID_DIGITS"


def test_too_many_digits_have_no_likely_fix() -> None:
    found = check_id_number(GOOD + "1")
    assert (found.ok, found.suggestion) == (False, None)
