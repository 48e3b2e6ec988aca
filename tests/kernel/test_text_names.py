"""Letters, names and their order."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.kernel.names import given_name, name_key
from edudesk.kernel.text import by_numbers, fold, heading_key, matches, nfc, squeeze, unbroken


def test_a_decomposed_name_becomes_composed() -> None:
    assert nfc(unicodedata.normalize("NFD", "Nguyễn Đức Ấn")) == "Nguyễn Đức Ấn"


def test_white_space_is_squeezed() -> None:
    assert squeeze("  Lò\u00a0 Thị\tÁnh\u200b ") == "Lò Thị Ánh"


def test_a_sum_keeps_its_unit_on_its_line() -> None:
    assert unbroken("số 900 đ đến 5 đồng; cần ≥ 8,0") == "số 900\u00a0đ đến 5 đồng; cần ≥\u00a08,0"


def test_folding_drops_marks_case_and_bars() -> None:
    assert fold("  ĐẶNG  Ngọc Diệp ") == "dang ngoc diep"


def test_a_heading_is_compared_by_letters_and_digits() -> None:
    assert heading_key("Họ & tên (*)") == "hoten"
    assert heading_key("ĐĐGtx 1") == "ddgtx1"


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("query", ["nt lan", "lan", "nguyen thi", "NGUYỄN lan", "ntl", ""])
def test_a_pupil_is_found_by_parts_and_initials(query: str) -> None:
    assert matches(query, "Nguyễn Thị Lan", "9A2")


@pytest.mark.parametrize("query", ["lam", "x", "nt hoa", "n t z"])
def test_others_are_not_found(query: str) -> None:
    assert not matches(query, "Nguyễn Thị Lan")


def test_a_register_is_ordered_by_given_name_then_the_rest() -> None:
    register = [
        "Nguyễn Hoàng Anh",
        "Lò Thị Ánh",
        "Lê Ăn",
        "Đỗ Ân",
        "Vàng A Bình",
        "Vũ Dũng",
        "Bùi Đạt",
        "Lê Ê",
    ]
    assert sorted(register[::-1], key=name_key) == register


def test_tones_are_ordered_ngang_huyen_hoi_nga_sac_nang() -> None:
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=name_key) == ["ma", "mà", "mả", "mã", "má", "mạ"]


def test_numbers_in_names_are_ordered_as_numbers() -> None:
    assert sorted(["TB-10", "TB-9", "Phòng 10", "Phòng 9"], key=by_numbers) == [
        *("Phòng 9", "Phòng 10", "TB-9", "TB-10"),
    ]


def test_equal_given_names_fall_back_on_family_names() -> None:
    assert sorted(["Trần Thị An", "Bùi An", "Đỗ An"], key=name_key) == ["Bùi An", "Đỗ An", "Trần Thị An"]


def test_strange_letters_and_blank_names_still_have_a_place() -> None:
    assert given_name("") == "" and name_key("") == ()
    assert given_name("Y Ênuôl") == "Ênuôl"
    assert sorted(["Ñoñ", "An"], key=name_key) == ["An", "Ñoñ"]
