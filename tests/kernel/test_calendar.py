"""Dates: read as people write them, never shifted by a day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.kernel.calendar import from_serial, parse_date, school_year_of, show_date, year_name
from edudesk.kernel.errors import Refused

DAY = dt.date(2012, 6, 5)


@pytest.mark.parametrize(
    "written",
    [
        "05/06/2012",
        "5/6/2012",
        "05-06-2012",
        "5.6.2012",
        " 05 / 06 / 2012 ",
        "2012-06-05",
        "2012-06-05T00:00:00",
    ]
    + ["'05/06/2012", "05/06/2012 00:00:00", "41065", 41065, DAY, dt.datetime(2012, 6, 5, 0, 0)],
)
def test_one_day_in_all_its_spellings(written: object) -> None:
    assert parse_date(written) == DAY


@pytest.mark.parametrize("blank", [None, "", "   "])
def test_blank_is_no_date(blank: object) -> None:
    assert parse_date(blank) is None


@pytest.mark.parametrize(
    ("written", "code", "message"),
    [
        ("31/02/2014", "DATE_NO_SUCH_DAY", "Không có ngày 31/02."),
        ("2014-02-30", "DATE_NO_SUCH_DAY", "Không có ngày 30/02."),
        ("05/13/2012", "DATE_NO_SUCH_DAY", "Không có tháng 13."),
        ("05/06/12", "DATE_SHORT_YEAR", "Năm phải đủ bốn chữ số."),
        ("12/2017", "DATE_NO_DAY", "Thiếu ngày."),
        ("hôm qua", "DATE_UNREADABLE", "Không đọc được ngày “hôm qua”."),
        (True, "DATE_UNREADABLE", "Không đọc được ngày “True”."),
        (12, "DATE_UNREADABLE", "Không đọc được ngày “12”."),
        (200000, "DATE_UNREADABLE", "Không đọc được ngày “200000”."),
    ],
)
def test_what_cannot_be_a_date_is_said(written: object, code: str, message: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_date(written)
    assert (caught.value.code, caught.value.message) == (code, message)
    assert caught.value.next or code == "DATE_UNREADABLE"


@given(st.dates(dt.date(1900, 3, 1), dt.date(2199, 12, 31)))
def test_showing_and_reading_give_the_day_back(day: dt.date) -> None:
    assert parse_date(show_date(day)) == day
    assert parse_date(day.isoformat()) == day
    assert show_date(day.isoformat()) == show_date(day)


@given(st.dates(dt.date(1900, 3, 1), dt.date(2199, 12, 31)))
def test_a_spreadsheet_day_number_is_not_shifted(day: dt.date) -> None:
    assert from_serial((day - dt.date(1899, 12, 30)).days) == day


def test_nothing_shows_as_nothing() -> None:
    assert show_date(None) == "" == show_date("")


def test_school_years() -> None:
    assert year_name(2026) == "2026–2027"
    assert school_year_of(dt.date(2026, 8, 1)) == 2026
    assert school_year_of(dt.date(2027, 5, 31)) == 2026
