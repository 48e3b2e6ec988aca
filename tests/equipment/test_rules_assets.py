"""Depreciation by TT 141/2025: the formula, its last year, what was on the books before, and what is not charged."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.equipment.assets.rules import ASSET, TOOL, UNKNOWN, Asset, AssetYear, money, worth_on, year_line
from edudesk.equipment.assets.rules_rates import (
    OwnRate,
    RateBook,
    check_own,
    check_rate,
    parse_rate,
    rate_book,
    show_rate,
    with_own,
)
from edudesk.kernel.errors import Refused
from edudesk.kernel.paths import resource

BOOK = rate_book()
PC = Asset(15_000_000, 2026, "may_tinh")


def charges(asset: Asset, *years: int, book: RateBook = BOOK) -> list[int | None]:
    return [year_line(asset, book, year).charge for year in years]


def why(line: AssetYear) -> str:
    return " ".join(one.words for one in line.why)


def test_the_worked_example_of_a_new_computer() -> None:
    assert charges(PC, *range(2026, 2034)) == [2_143_500] * 6 + [2_139_000, 0]
    sixth, seventh, eighth = (year_line(PC, BOOK, year) for year in (2031, 2032, 2033))
    assert (sixth.accumulated, sixth.remaining, sixth.used) == (12_861_000, 2_139_000, 6)
    assert (seventh.accumulated, seventh.remaining, seventh.used) == (15_000_000, 0, 7)
    assert "15.000.000 × 14,29 % = 2.143.500" in why(sixth)
    assert "Năm cuối: 15.000.000 − 12.861.000 = 2.139.000" in why(seventh)
    assert (eighth.used, eighth.charge) == (7, 0) and "Đã hao mòn đủ" in why(eighth)


def test_the_worked_example_of_a_computer_that_was_on_the_books() -> None:
    known = replace(PC, started=2023, carried=9_000_000)
    assert charges(known, 2026, 2027, 2028, 2029, 2030) == [1_500_000] * 4 + [0]
    first = year_line(known, BOOK, 2026)
    assert (first.used, first.accumulated, first.remaining, first.rate) == (4, 10_500_000, 4_500_000, None)
    assert "(15.000.000 − 9.000.000) ÷ (7 − 3) = 1.500.000" in why(first)
    assert any(one.article is not None and "Điều 18.1" in one.article.text for one in first.why)
    proposed = replace(known, carried=None)
    assert charges(proposed, 2026, 2029) == [1_500_000] * 2
    assert "tính lại 3 năm × 20 %" in why(year_line(proposed, BOOK, 2026))


def test_a_new_life_that_is_over_is_charged_whole_at_once() -> None:
    old = replace(PC, started=2018, carried=13_000_000)
    assert charges(old, 2026, 2027) == [2_000_000, 0]
    assert "tính hết 2.000.000 đ vào năm 2026" in why(year_line(old, BOOK, 2026))
    assert charges(replace(old, carried=None), 2026) == [0]  # five old years were over long ago
    assert charges(replace(old, carried=20_000_000), 2026) == [0]


def test_an_unchanged_life_goes_on_as_before() -> None:
    cold = Asset(16_000_000, 2022, "dieu_hoa")
    assert charges(cold, 2026, 2029, 2030) == [2_000_000, 2_000_000, 0]
    assert "Số năm không đổi" in why(year_line(cold, BOOK, 2026))
    assert "÷" in why(year_line(replace(cold, life=8, carried=8_000_000), BOOK, 2026))


def test_without_what_the_books_say_nothing_is_guessed() -> None:
    projector = Asset(20_000_000, 2024, "may_khac")
    line = year_line(projector, BOOK, 2026)
    assert line.kind == UNKNOWN and line.charge is None and "nhập theo sổ" in why(line)
    assert charges(replace(projector, carried=8_000_000), 2026, 2028) == [4_000_000, 4_000_000]
    used = replace(PC, started=2024, used_before=1)
    assert year_line(used, BOOK, 2026).kind == UNKNOWN


@pytest.mark.parametrize(
    ("asset", "said"),
    [
        (replace(PC, cost=None), "Chưa có nguyên giá"),
        (replace(PC, started=None), "Chưa có ngày mua"),
        (replace(PC, rate=None), "Chưa chọn loại"),
        (replace(PC, rate="phan_mem"), "Chưa biết tỉ lệ"),
        (replace(PC, started=2027), "không tính theo quy định này"),
    ],
)
def test_what_is_missing_is_said(asset: Asset, said: str) -> None:
    line = year_line(asset, BOOK, 2026)
    assert line.kind == UNKNOWN and said in why(line) and line.remaining is None


def test_years_before_the_regulation_are_not_computed() -> None:
    assert year_line(replace(PC, started=2023), BOOK, 2025).kind == UNKNOWN


def test_below_the_threshold_it_is_a_tool_except_buildings() -> None:
    tool = year_line(replace(PC, cost=9_999_999), BOOK, 2026)
    assert tool.kind == TOOL and tool.charge is None and "công cụ, dụng cụ" in why(tool)
    assert year_line(replace(PC, cost=10_000_000), BOOK, 2026).kind == ASSET
    assert year_line(Asset(8_000_000, 2026, "tuong_rao"), BOOK, 2026).charge == 800_000
    assert year_line(Asset(8_000_000, 2026, None), BOOK, 2026).kind == TOOL


def test_second_hand_things_have_the_years_that_are_left() -> None:
    used = replace(PC, used_before=2)
    assert charges(used, 2026, 2030, 2031) == [3_000_000, 3_000_000, 0]
    assert "7 − 2 = 5 năm" in why(year_line(used, BOOK, 2026))
    spent = year_line(replace(PC, used_before=9), BOOK, 2026)
    assert spent.charge == 15_000_000 and "cách hiểu của chương trình" in why(spent)


def test_what_is_not_charged() -> None:
    broken = replace(PC, exempt="HONG", exempt_from=2028)
    assert charges(broken, 2027, 2028, 2029) == [2_143_500, 0, 0]
    line = year_line(broken, BOOK, 2029)
    assert (line.accumulated, line.used) == (4_287_000, 2) and "không dùng được" in why(line)
    assert year_line(replace(PC, exempt="KHAC"), BOOK, 2026).charge == 0
    land = year_line(Asset(900_000_000, 2020, "dat"), BOOK, 2026)
    assert (land.charge, land.remaining) == (0, 900_000_000)
    assert year_line(replace(PC, exempt="DAT"), BOOK, 2026).charge == 0


def test_a_life_of_the_schools_own() -> None:
    own = replace(PC, rate="chuyen_dung", life=4)
    assert charges(own, 2026, 2029, 2030) == [3_750_000, 3_750_000, 0]
    assert "15.000.000 ÷ 4 = 3.750.000" in why(year_line(own, BOOK, 2026))


costs = st.integers(10_000_000, 3_000_000_000)
known_rates = st.sampled_from([code for code, rate in BOOK.rates.items() if rate.used])


@given(costs, known_rates, st.integers(0, 20), st.integers(0, 100))
def test_every_asset_is_charged_whole_and_never_more(cost: int, rate: str, ago: int, share: int) -> None:
    asset = Asset(cost, 2026 - ago, rate, carried=cost * share // 100)
    lines = [year_line(asset, BOOK, year) for year in range(2026, 2026 + 90)]
    assert all(line.accumulated is not None and 0 <= line.accumulated <= cost for line in lines)
    assert all((line.accumulated or 0) + (line.remaining or 0) == cost for line in lines)
    assert lines[-1].remaining == 0
    if ago == 0:
        assert sum(line.charge or 0 for line in lines) == cost
        life = BOOK.rates[rate].life or 0
        assert [line.charge for line in lines[life:]] == [0] * (90 - life)


# -- rates


def test_rates_as_people_write_them() -> None:
    assert [parse_rate(text) for text in ("14,29", "14.29", "20", "12,5 %")] == [
        1429,
        1429,
        2000,
        1250,
    ]
    assert [show_rate(rate) for rate in (1429, 1250, 2000, None)] == ["14,29", "12,5", "20", ""]
    assert check_rate("14,29") is None
    for bad in ("", "x", "0", "101", "1,234"):
        problem = check_rate(bad)
        assert problem is not None and problem.code == "RATE_TEXT"


def test_a_provinces_rate_within_a_fifth() -> None:
    local = OwnRate(local=1700, decision="QĐ 12/2026/QĐ-UBND")
    assert check_own(BOOK, "may_tinh", local) == ()
    book = with_own(BOOK, {"may_tinh": local, "strange": local})
    rate = book.rates["may_tinh"]
    assert (rate.used, rate.life, rate.own) == (1700, 6, True) and "12/2026" in rate.article.cited
    assert charges(PC, 2026, 2030, 2031, 2032, book=book) == [2_550_000, 2_550_000, 2_250_000, 0]
    too_much = check_own(BOOK, "may_tinh", OwnRate(local=1716))
    assert [one.code for one in too_much] == ["RATE_LOCAL", "RATE_DECISION"] and "Điều 13.1.a" in too_much[
        0
    ].next
    assert [one.code for one in check_own(BOOK, "dat", replace(local))] == ["RATE_LOCAL"]


def test_a_row_read_in_the_original_is_marked_so() -> None:
    own = OwnRate(years=5, rate=2000, verified=True)
    assert check_own(BOOK, "phan_mem", own) == ()
    rate = with_own(BOOK, {"phan_mem": own}).rates["phan_mem"]
    assert (rate.years, rate.used, rate.article.verified) == (5, 2000, True)
    assert not BOOK.rates["may_tinh"].article.verified
    assert [one.code for one in check_own(BOOK, "phan_mem", OwnRate(years=5))] == ["RATE_HALF"]
    assert [one.code for one in check_own(BOOK, "may_tinh", OwnRate(years=0))] == ["RATE_YEARS"]
    assert [one.code for one in check_own(BOOK, "may_tinh", OwnRate(years=101))] == ["RATE_YEARS"]


def test_a_hole_in_the_file_is_named(tmp_path: Path) -> None:
    text = resource("regulations", "tt141_2025_assets.toml").read_text(encoding="utf-8")
    (tmp_path / "a.toml").write_text(text.replace("least = 10_000_000", ""), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        rate_book(tmp_path)
    assert "threshold.least" in caught.value.sentence


def test_what_an_asset_is_worth_on_a_day() -> None:
    def worth(asset: Asset, *day: int) -> tuple[int | None, int | None]:
        found = worth_on(asset, BOOK, dt.date(*day))
        return found.accumulated, found.remaining

    assert worth(PC, 2026, 12, 30) == (0, 15_000_000)
    assert worth(PC, 2026, 12, 31) == (2_143_500, 12_856_500) == worth(PC, 2027, 6, 1)
    assert worth(replace(PC, started=2023), 2026, 11, 20) == (9_000_000, 6_000_000)
    assert worth(replace(PC, started=2028), 2028, 3, 1) == (0, 15_000_000)
    assert worth(replace(PC, cost=1), 2028, 3, 1) == (None, None)


def test_money() -> None:
    assert (money(1_500_000), money(None)) == ("1.500.000", "–")
