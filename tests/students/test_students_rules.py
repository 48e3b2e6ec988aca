"""What a record lacks, and records that may be of one child."""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.students.rules import doubles, lacking


@dataclass(frozen=True)
class Child:
    id: str
    name: str = "Lò Thị Ánh"
    birth_date: str | None = "2012-06-05"
    personal_number: str | None = None
    class_name: str = "9A2"
    sex: str | None = "NU"
    ethnic: str | None = "03"


def test_what_is_lacking_is_named_in_order() -> None:
    assert lacking(Child("1", birth_date=None, sex=None)) == ["số định danh", "ngày sinh", "giới tính"]
    assert lacking(Child("1", personal_number="011312016533")) == []


def test_the_same_number_or_the_same_name_and_birthday_is_a_double() -> None:
    one, two = Child("1", personal_number="011312016533"), Child("2", "Khác Hẳn", None, "011312016533")
    three, four = Child("3", "Vàng A Bình"), Child("4", "vang a binh")
    alone = Child("5", "Vàng A Bình", "2011-01-01")
    found = doubles([one, two, three, four, alone])
    assert {key: other.id for key, other in found.items()} == {"1": "2", "2": "1", "3": "4", "4": "3"}
