"""The year's work by its days."""

from __future__ import annotations

import datetime as dt

from edudesk.home.rules import (
    SHOWN,
    TITLES,
    Anchor,
    coming,
    days_left,
    due,
    heading,
    season,
    term_of,
)
from edudesk.home.store import anchors

DAY = dt.date
TERMS = {
    "term1.starts": DAY(2026, 9, 5),
    "term1.ends": DAY(2027, 1, 15),
    "term2.starts": DAY(2027, 1, 18),
    "term2.ends": DAY(2027, 5, 31),
}
YEAR = season(2026, anchors(), TERMS, moved={})


def day_of(key: str) -> dt.date:
    return next(event.day for event in YEAR if event.key == key)


def test_the_calendar_names_every_piece_of_work_once_and_claims_nothing_unread() -> None:
    assert sorted(one.key for one in anchors()) == sorted(TITLES)
    assert all(one.article for one in anchors())
    assert not any(one.verified for one in anchors())  # none of these days was read in an original text yet


def test_a_day_is_fixed_or_counted_from_the_schools_own_terms() -> None:
    assert day_of("khai_giang") == DAY(2026, 9, 5)
    assert day_of("tuu_truong") == DAY(2026, 8, 29)
    assert day_of("bao_cao_1") == DAY(2027, 1, 20)
    assert day_of("khoa_so_1") == DAY(2027, 1, 13)
    assert [event.day for event in YEAR] == sorted(event.day for event in YEAR)


def test_the_schools_own_day_moves_what_is_counted_from_it() -> None:
    moved = {"khai_giang": DAY(2026, 9, 7), "du_diem_1": DAY(2026, 12, 31)}
    found = {event.key: event for event in season(2026, anchors(), TERMS, moved=moved)}
    assert (found["khai_giang"].day, found["khai_giang"].own) == (DAY(2026, 9, 7), True)
    assert (found["tuu_truong"].day, found["tuu_truong"].own) == (DAY(2026, 8, 31), False)
    assert found["du_diem_1"].day == DAY(2026, 12, 31)


def test_what_hangs_on_an_unknown_day_is_left_out() -> None:
    lone = Anchor("giua_ki_1", "kế hoạch", False, start="term1.starts", days=63)
    assert season(2026, [lone], {}, moved={}) == ()
    own = season(2026, [lone], {}, moved={"giua_ki_1": DAY(2026, 11, 1)})
    assert [event.day for event in own] == [DAY(2026, 11, 1)]


def test_the_board_shows_unfinished_work_that_is_late_then_what_comes() -> None:
    today = DAY(2026, 11, 22)
    finished = {"giua_ki_1": False, "du_diem_1": False, "ren_luyen_1": True, "khoa_so_1": False}
    shown = [event.key for event in due(YEAR, today, term=1, finished=finished)]
    assert shown == ["giua_ki_1", "du_diem_1", "khoa_so_1", "ket_thuc_1", "bao_cao_1"]
    finished["giua_ki_1"] = True
    assert due(YEAR, today, term=1, finished=finished)[0].key == "du_diem_1"
    assert len(due(YEAR, DAY(2026, 8, 1), term=1, finished={})) == SHOWN


def test_work_of_another_term_and_work_long_past_is_not_shown() -> None:
    finished = {"giua_ki_2": False}
    shown = [event.key for event in due(YEAR, DAY(2026, 11, 22), term=2, finished=finished)]
    assert shown[0] == "giua_ki_2"
    assert "giua_ki_2" not in {e.key for e in due(YEAR, DAY(2027, 6, 1), term=2, finished=finished)}
    assert due(YEAR, DAY(2027, 7, 1), term=2, finished={}) == ()


def test_the_next_days_and_how_far_they_are() -> None:
    today = DAY(2027, 1, 14)
    assert [event.key for event in coming(YEAR, today, 2)] == ["ket_thuc_1", "bao_cao_1"]
    assert days_left(DAY(2027, 1, 20), today) == "còn 6 ngày"
    assert days_left(today, today) == "hôm nay"
    assert days_left(DAY(2027, 1, 11), today) == "quá 3 ngày"


def test_the_heading_names_the_month_and_what_is_next() -> None:
    assert heading(YEAR, DAY(2027, 1, 12)) == "Tháng 1: khóa sổ học kì I"
    assert heading(YEAR, DAY(2027, 7, 1)) == "Tháng 7"


def test_the_term_of_a_day() -> None:
    assert term_of(TERMS, DAY(2027, 1, 17)) == 1
    assert term_of(TERMS, DAY(2027, 1, 18)) == 2
    assert term_of({}, DAY(2027, 1, 18)) == 1


def test_an_event_knows_its_work_and_term() -> None:
    found = {event.key: event for event in YEAR}
    assert (found["giua_ki_2"].work, found["giua_ki_2"].term) == ("giua_ki", 2)
    assert (found["khai_giang"].work, found["khai_giang"].term) == ("khai_giang", 0)
    assert found["khai_giang"].title == "Khai giảng"
