"""Marks are whole tenths: what is read, what is refused and with which fix, how halves are rounded."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.kernel.errors import Refused
from edudesk.kernel.numbers import (
    Doubled,
    as_decimal,
    half_up,
    parse_tenths,
    read_json,
    show_hundredths,
    show_tenths,
    thousands,
    without_dots,
    write_json,
)


@given(st.integers(-10_000, 10_000), st.integers(1, 97))
def test_rounding_is_to_the_nearest_and_a_half_goes_up(numerator: int, divisor: int) -> None:
    exact = Fraction(numerator, divisor)
    rounded = half_up(numerator, divisor)
    assert rounded - Fraction(1, 2) <= exact < rounded + Fraction(1, 2)


@pytest.mark.parametrize(
    ("raw", "tenths"),
    [
        ("8,5", 85),
        ("8.5", 85),
        (" 10 ", 100),
        ("0", 0),
        ("7,0", 70),
        ("8,50", 85),
        (8, 80),
        (Decimal("7.90"), 79),
        (Decimal("1E+1"), 100),
        (Decimal("-0.0"), 0),
    ],
)
def test_a_mark_is_read_from_text_and_numbers(raw: object, tenths: int) -> None:
    assert parse_tenths(raw) == tenths


@pytest.mark.parametrize(
    ("raw", "code", "fix"),
    [
        ("7,25", "MARK_STEP", "Ghi 7,3 hoặc 7,2."),
        ("9,96", "MARK_STEP", "Ghi 10 hoặc 9,9."),
        (Decimal("8.2500"), "MARK_STEP", "Ghi 8,3 hoặc 8,2."),
        (Decimal("9." + "9" * 80), "MARK_STEP", "Ghi 10 hoặc 9,9."),
        (Decimal("8.5" + "0" * 80 + "1"), "MARK_STEP", "Ghi 8,6 hoặc 8,5."),
        (Decimal("1E-999999999"), "MARK_STEP", "Ghi 0,1 hoặc 0."),
        ("85", "MARK_RANGE", "Ghi 8,5."),
        (75, "MARK_RANGE", "Ghi 7,5."),
        ("100", "MARK_RANGE", "Gõ số từ 0 đến 10, như 8,5."),
        ("-1", "MARK_RANGE", "Gõ số từ 0 đến 10, như 8,5."),
        ("10,1", "MARK_RANGE", "Gõ số từ 0 đến 10, như 8,5."),
        (Decimal("1E+999999999"), "MARK_RANGE", "Gõ số từ 0 đến 10, như 8,5."),
    ],
)
def test_a_mark_that_is_not_one_is_refused_with_its_likely_fix(raw: object, code: str, fix: str) -> None:
    with pytest.raises(Refused) as refusal:
        parse_tenths(raw)
    assert (refusal.value.code, refusal.value.next) == (code, fix)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "tám",
        "1e1",
        "８",
        "8,5,",
        ",5",
        "8.",
        "+8",
        "05",
        "NaN",
        "inf",
        "8 5",
        True,
        None,
        8.5,
        [8],
        Decimal("NaN"),
    ],
)
def test_what_is_no_number_is_refused_and_a_float_too(raw: object) -> None:
    with pytest.raises(Refused) as refusal:
        parse_tenths(raw)
    assert refusal.value.code == "MARK_NOT_NUMBER"


@given(st.integers(0, 100))
def test_what_is_shown_is_read_back(tenths: int) -> None:
    assert parse_tenths(show_tenths(tenths)) == tenths
    assert parse_tenths(as_decimal(tenths)) == tenths


def test_tenths_are_shown_with_a_comma() -> None:
    assert [show_tenths(n) for n in (85, 80, 100, 5, 0, -5)] == ["8,5", "8,0", "10,0", "0,5", "0,0", "-0,5"]


def test_hundredths_are_shown_without_needless_zeros() -> None:
    shown = [show_hundredths(n) for n in (1429, 4850, 4800, 5, 120_000, None)]
    assert shown == ["14,29", "48,5", "48", "0,05", "1.200", ""]


def test_large_numbers_have_a_dot_between_thousands() -> None:
    assert [thousands(n) for n in (0, 999, 3800, 15_000_000)] == ["0", "999", "3.800", "15.000.000"]
    plain = [without_dots(text) for text in ("3.800", "12 500 000", "1.50", "12.5000", "3800", "")]
    assert plain == ["3800", "12500000", "1.50", "12.5000", "3800", ""]


def test_json_keeps_every_decimal_as_written() -> None:
    text = '{"a": [7.9, 8.0, null, true, "chữ"], "rỗng": [{}, []], "n": 3}'
    read = read_json(text)
    assert read["a"][0] == Decimal("7.9")
    assert read_json(write_json(read)) == read
    assert "7.9" in write_json(read)
    assert "8.0" in write_json(read)


def test_a_very_long_number_is_read_and_stands_alone() -> None:
    assert read_json("[" + "9" * 5000 + ", 1]")[1] == 1


@pytest.mark.parametrize("text", ["", "{", "[NaN]", "[Infinity]", "[" * 100_000, '{"a": 1,}'])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_json(text)
    assert refusal.value.code == "JSON_BAD"


def test_json_with_a_byte_order_mark_is_read() -> None:
    assert read_json("\ufeff[1]") == [1]


def test_half_a_letter_is_written_escaped_so_that_it_can_be_printed() -> None:
    written = write_json({"\ud800": ["\udfff", "Đ"]})
    assert written.encode()
    assert json.loads(written) == {"\ud800": ["\udfff", "Đ"]}


def test_a_key_that_stands_twice_in_an_object_is_refused_or_told() -> None:
    with pytest.raises(Refused) as refused:
        read_json('[{"a": 1, "b": {"tx": 1, "gk": 2, "tx": 3}}]')
    assert refused.value.code == "JSON_DOUBLED" and "“tx”" in refused.value.message
    (found,) = read_json('[{"a": 1, "a": 2}]', doubled=True)
    assert isinstance(found, Doubled) and found.key == "a"
    assert read_json('{"a": {"a": 1}}') == {"a": {"a": 1}}
