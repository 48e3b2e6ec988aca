"""One Field reads what a form, a spreadsheet or a person gives, and shows it back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from edudesk.kernel import checks
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field, as_text

SEX = Field("sex", "Giới tính", "choice", choices=(("NAM", "Nam"), ("NU", "Nữ")), aliases=("Phái",))


def refusal(field: Field, raw: object) -> Problem:
    with pytest.raises(Refused) as caught:
        field.parse(raw)
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("field", "raw", "stored"),
    [
        (Field("name", "Họ và tên"), "  Lò  Thị Ánh ", "Lò Thị Ánh"),
        (Field("name", "Họ và tên"), 12, "12"),
        (Field("born", "Ngày sinh", "date"), "5/6/2012", "2012-06-05"),
        (Field("born", "Ngày sinh", "date"), dt.date(2012, 6, 5), "2012-06-05"),
        (Field("born", "Ngày sinh", "date"), 41065, "2012-06-05"),
        (Field("born", "Ngày sinh", "date"), Decimal("41065"), "2012-06-05"),
        (SEX, "nữ", "NU"),
        (SEX, "NAM", "NAM"),
        (Field("n", "Số", "number"), "7", 7),
        (Field("n", "Số", "number"), Decimal("7.0"), 7),
        (Field("n", "Số", "number"), "6.800", 6800),
        (Field("p", "Giá", "money"), "12.500.000", 12_500_000),
        (Field("p", "Giá", "money"), "12 500 000", 12_500_000),
        (Field("p", "Giá", "money"), 9_000_000, 9_000_000),
        (Field("phone", "Điện thoại", "phone"), "0912 345 678", "0912345678"),
        (Field("phone", "Điện thoại", "phone"), 912345678, "0912345678"),
        (Field("phone", "Điện thoại", "phone"), "+84912345678", "0912345678"),
        (Field("id", "Số định danh", "id12"), "011 212 004 178", "011212004178"),
        (Field("flag", "Con liệt sĩ", "flag"), "x", 1),
        (Field("flag", "Con liệt sĩ", "flag"), "Không", 0),
        (Field("flag", "Con liệt sĩ", "flag"), None, None),
    ],
)
def test_values_are_read_into_what_is_stored(field: Field, raw: object, stored: object) -> None:
    assert field.parse(raw) == stored


@pytest.mark.parametrize(
    ("field", "raw", "code", "said"),
    [
        (Field("name", "Họ và tên", required=True), " ", "FIELD_MISSING", "Thiếu họ và tên."),
        (Field("born", "Ngày sinh", "date"), "31/02/2014", "DATE_NO_SUCH_DAY", "Không có ngày 31/02."),
        (SEX, "khác", "FIELD_CHOICE", "Không có giới tính “khác”."),
        (Field("n", "Sĩ số", "number"), "1,5", "FIELD_NUMBER", "Sĩ số phải là số nguyên."),
        (Field("n", "Sĩ số", "number"), Decimal("1.500"), "FIELD_NUMBER", "Sĩ số phải là số nguyên."),
        (Field("p", "Giá", "money"), "12,5", "FIELD_NUMBER", "Số tiền phải là số nguyên đồng."),
        (Field("p", "Giá", "money"), "9" * 16, "FIELD_NUMBER", "Số tiền phải là số nguyên đồng."),
        (Field("n", "Sĩ số", "number"), "9" * 16, "FIELD_NUMBER", "Sĩ số quá lớn."),
        (Field("phone", "Điện thoại", "phone"), "0912 345 6", "FIELD_PHONE", "Điện thoại cần 10 chữ số."),
        (
            Field("id", "Số định danh", "id12"),
            "01131500457",
            "ID_LENGTH",
            "Số định danh có 11 chữ số, cần 12.",
        ),
        (Field("id", "Số định danh", "id12"), "01131500457x", "ID_DIGITS", "Số định danh chỉ gồm chữ số."),
        (Field("flag", "Hộ nghèo", "flag"), "nhiều", "FIELD_FLAG", "Hộ nghèo chỉ nhận x hoặc để trống."),
    ],
)
def test_refusals_name_the_field_and_say_why(field: Field, raw: object, code: str, said: str) -> None:
    problem = refusal(field, raw)
    assert (problem.code, problem.message, problem.field) == (code, said, field.key)


def test_a_blank_date_cell_is_nothing() -> None:
    assert Field("born", "Ngày sinh", "date").parse("'") is None


def test_a_fields_own_check_may_refuse() -> None:
    tall = Field("h", "Cao", "number", check=lambda v: Problem("TALL", "Quá cao.") if v == 300 else None)
    assert tall.parse("150") == 150
    assert refusal(tall, "300").code == "TALL"


def test_values_are_shown_as_people_read_them() -> None:
    assert Field("born", "Ngày sinh", "date").show("2012-06-05") == "05/06/2012"
    assert SEX.show("NU") == "Nữ"
    assert SEX.show("X") == "X"
    assert Field("flag", "Con liệt sĩ", "flag").show(1) == "x"
    assert Field("flag", "Con liệt sĩ", "flag").show(0) == ""
    assert SEX.show(None) == ""


def test_a_field_knows_its_headings() -> None:
    assert SEX.headings == {"sex", "gioitinh", "phai"}


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (None, ""),
        (Decimal("12.50"), "12.50"),
        (11212004178, "11212004178"),
        (dt.date(2012, 6, 5), "05/06/2012"),
    ],
)
def test_cells_as_text(raw: object, text: str) -> None:
    assert as_text(raw) == text


def test_what_cannot_be_stored_is_refused_in_the_words_of_the_field() -> None:
    long = refusal(Field("note", "Ghi chú", stored=checks.NOTE), "ă" * 2345)
    assert (long.code, long.field, long.next) == ("FIELD_LONG", "note", "Viết ngắn lại.")
    assert long.message == "Ghi chú dài 2.345 chữ cái, nhiều nhất 2.000."
    year = refusal(Field("year", "Năm mua", "number", stored=checks.YEAR), "20220")
    assert (year.code, year.message) == ("FIELD_NUMBER", "Năm mua phải từ 0 đến 9999.")
    shape = refusal(Field("code", "Mã môn", stored=checks.CODE), "toán học")
    assert (shape.code, shape.message) == ("FIELD_SHAPE", "Mã môn không đúng dạng.")


def test_a_field_tells_its_problems_without_raising() -> None:
    field = Field("name", "Họ và tên", required=True)
    assert field.problems("Lò Thị Ánh") == ()
    assert [problem.code for problem in field.problems(" ")] == ["FIELD_MISSING"]
