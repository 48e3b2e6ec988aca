"""Standards: what is asked, what is there, the gap in words, and why something cannot be told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edudesk.labs.norms.rules_standards import (
    HARD,
    PLAIN,
    URBAN,
    Judged,
    LargestClass,
    School,
    judge,
    standards,
)

KINDS = {
    "PHONG_HOC": "Phòng học",
    "PHONG_MAY": "Phòng học bộ môn Tin học",
    "AM_NHAC": "Phòng học bộ môn Âm nhạc",
    "MI_THUAT": "Phòng học bộ môn Mỹ thuật",
    "CONG_NGHE": "Phòng học bộ môn Công nghệ",
    "KHTN": "Phòng học bộ môn Khoa học tự nhiên",
    "NGOAI_NGU": "Phòng học bộ môn Ngoại ngữ",
    "DA_NANG": "Phòng đa chức năng",
}
EMPTY = School((), KINDS, "", 1, {}, 0, None, {}, {}, ())
PRIMARY = replace(EMPTY, levels=("tieu_hoc",))
LOWER = replace(EMPTY, levels=("thcs",), classes={"thcs": 8})


def one(school: School, title: str) -> Judged:
    return next(found for found in judge(school, standards()) if found.title == title)


@pytest.mark.parametrize(
    ("classes", "zone", "met", "words"),
    [
        (10, "", True, "Đạt"),
        (30, PLAIN, True, "Đạt"),
        (31, HARD, False, "Nhiều hơn 1 lớp"),
        (9, PLAIN, False, "Thiếu 1 lớp"),
        (9, HARD, True, "Đạt"),
        (4, HARD, False, "Thiếu 1 lớp"),
        (4, "", False, "Thiếu 6 lớp"),
        (9, "", None, "Không tính được vì chưa ghi trường có ở vùng khó khăn không."),
    ],
)
def test_how_many_classes_a_primary_school_may_have(
    classes: int, zone: str, met: bool | None, words: str
) -> None:
    found = one(replace(PRIMARY, classes={"tieu_hoc": classes}, zone=zone), "Quy mô: số lớp")
    assert (found.met, found.words) == (met, words)


@pytest.mark.parametrize(
    ("sites", "zone", "met"),
    [(5, "", True), (6, "", None), (9, "", False), (6, PLAIN, False), (8, HARD, True), (9, HARD, False)],
)
def test_how_many_sites(sites: int, zone: str, met: bool | None) -> None:
    assert one(replace(PRIMARY, sites=sites, zone=zone), "Quy mô: số điểm trường").met is met


@pytest.mark.parametrize(
    ("land", "pupils", "zone", "met", "words"),
    [
        (None, 100, "", None, "chưa ghi diện tích khu đất"),
        (100_000, 0, "", None, "chưa có học sinh"),
        (100_000, 100, "", True, "Đạt"),
        (90_000, 100, PLAIN, False, "Thiếu 100 m²"),
        (90_000, 100, URBAN, True, "Đạt"),
        (90_000, 100, "", None, "đô thị hạn chế quỹ đất"),
        (70_000, 100, "", False, "Thiếu 300 m²"),
    ],
)
def test_land(land: int | None, pupils: int, zone: str, met: bool | None, words: str) -> None:
    found = one(replace(PRIMARY, land=land, pupils=pupils, zone=zone), "Diện tích khu đất")
    assert found.met is met and words in found.words


def test_land_that_levels_share_is_not_judged() -> None:
    both = replace(EMPTY, levels=("tieu_hoc", "thcs"), land=1, pupils=1)
    assert "dùng chung" in one(both, "Diện tích khu đất").words


@pytest.mark.parametrize(
    ("classes", "there", "unsaid", "met", "words"),
    [
        (8, 5, 0, True, "Đạt"),
        (8, 4, 0, False, "Thiếu 1 phòng học"),
        (8, 4, 3, None, "3 phòng học chưa ghi dùng cho cấp nào"),
        (0, 4, 0, None, "cấp học chưa có lớp nào"),
    ],
)
def test_six_classrooms_for_ten_classes(
    classes: int, there: int, unsaid: int, met: bool | None, words: str
) -> None:
    rooms, open_ = {"thcs": {"PHONG_HOC": there}}, {"PHONG_HOC": unsaid}
    found = one(replace(LOWER, classes={"thcs": classes}, rooms=rooms, unsaid=open_), "Phòng học")
    assert found.met is met and words in found.words


def test_subject_rooms_say_what_is_missing() -> None:
    found = one(
        replace(LOWER, rooms={"thcs": {"KHTN": 1, "PHONG_MAY": 1}}), "Phòng học bộ môn Khoa học tự nhiên"
    )
    assert (found.needed, found.words) == ("2 phòng", "Thiếu 1 phòng học bộ môn Khoa học tự nhiên")
    assert one(LOWER, "Phòng học bộ môn Tin học").words == "Thiếu 1 phòng học bộ môn Tin học"


@pytest.mark.parametrize(
    ("level", "area", "pupils", "met", "words"),
    [
        ("thcs", 7125, 45, False, "Tin 2 thiếu 12 m² cho lớp 9A1 có 45 em"),
        ("thcs", 8325, 45, True, "Đạt"),
        ("thcs", 5999, 10, False, "Tin 2 thiếu 0,01 m² cho lớp 9A1 có 10 em"),
        ("tieu_hoc", 5000, 33, True, "Đạt"),
        ("tieu_hoc", 5000, 34, False, "Tin 2 thiếu 1 m² cho lớp 9A1 có 34 em"),
        ("thcs", None, 45, None, "chưa ghi diện tích Tin 2"),
        ("thcs", 6000, 0, None, "chưa có học sinh"),
        ("thpt", 9000, 45, None, "chưa đọc được định mức"),
    ],
)
def test_the_area_of_a_computer_room(
    level: str, area: int | None, pupils: int, met: bool | None, words: str
) -> None:
    school = replace(EMPTY, levels=(level,), lessons=[LargestClass(level, "Tin 2", area, "9A1", pupils)])
    found = one(school, "Diện tích Tin 2")
    assert found.met is met and words in found.words
    assert (found.present == "–") is (area is None)


@given(st.integers(0, 60), st.integers(1, 60), st.integers(1, 20_000))
def test_more_room_never_makes_a_lesson_worse(fewer: int, pupils: int, area: int) -> None:
    def met(size: int, n: int) -> bool | None:
        lesson = LargestClass("thcs", "Tin", size, "9A1", n)
        return one(replace(EMPTY, levels=("thcs",), lessons=[lesson]), "Diện tích Tin").met

    if met(area, pupils):
        assert met(area + 100, pupils) and met(area, max(1, pupils - fewer))


def test_nothing_is_checked_off_and_every_number_has_its_article() -> None:
    found = judge(replace(LOWER, lessons=[LargestClass("thcs", "Tin", None, "9A1", 1)]), standards())
    assert found and all("chưa đối chiếu văn bản gốc" in one.article.cited for one in found)
    assert judge(replace(EMPTY, levels=("thpt",)), standards()) == ()
    assert judge(replace(EMPTY, levels=("thpt",)), replace(standards(), lab_area={})) == ()
