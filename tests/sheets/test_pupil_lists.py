"""Class lists as people send them: what is read, what is asked, what is told; nothing is guessed in silence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from schools import YEAR

from edudesk.kernel.errors import Refused
from edudesk.school.store_setup import drop_class
from edudesk.sheets.plan import write_refused_rows
from edudesk.storage.database import Database
from edudesk.students.imports import ImportPlan, apply_import, plan_import
from edudesk.students.store import add_pupil, pupils, save_pupil

Rows = Sequence[Sequence[object]]
HEADS = ("STT", "Họ và tên", "Ngày sinh", "Lớp")
HOA, HOAF = "Nguyễn Thị Hoa", "Nguyễn Thị Hoà"  # two pupils, an accent apart


@pytest.fixture
def look(db: Database, tmp_path: Path) -> Callable[..., ImportPlan]:
    def plan(
        rows: Rows | dict[str, Rows], *, merge: str = "", name: str = "ds.xlsx", **more: Any
    ) -> ImportPlan:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as book:
            day = book.add_format({"num_format": "dd/mm/yyyy"})
            for title, lines in (rows if isinstance(rows, dict) else {"DS": rows}).items():
                page = book.add_worksheet(title)
                if merge:
                    page.merge_range(merge, "")
                for r, line in enumerate(lines):
                    for c, value in enumerate(line):
                        if isinstance(value, dt.date):
                            page.write_datetime(r, c, value, day)
                        elif isinstance(value, str) and value.startswith("#"):
                            page.write_formula(r, c, "=NA()", None, value)
                        elif value is not None:
                            page.write(r, c, value)
        return plan_import(db, path, year=YEAR, **more)

    return plan


def names(plan: ImportPlan) -> list[object]:
    return [row.fields["name"] for row in plan.rows]


def codes(plan: ImportPlan) -> list[tuple[int, str]]:
    return [(note.row, note.code) for note in plan.refused]


def warned(plan: ImportPlan) -> list[tuple[int, str]]:
    return [(note.row, note.code) for note in plan.warnings if note.code != "COLUMN_MISSING"]


def have(db: Database, *people: tuple[str, str | None], class_id: str | None = None) -> None:
    for name, born in people:
        row = class_id or db.value("select id from school_class where name = '9A1'")
        add_pupil(db, YEAR, row, {"name": name, "birth_date": born})


# -- headings


@pytest.mark.parametrize(
    "heads",
    [
        ("STT", "Họ tên*", "Ngày sinh (dd/mm/yyyy)", "Mã lớp*"),
        ("TT", "HỌ VÀ TÊN\n(chữ in hoa)", "Ngày, tháng,\nnăm sinh", "Nhóm/Lớp"),
        ("stt", "Ho\u0323 va\u0300 te\u0302n", "nga\u0300y sinh", "Lo\u031b\u0301p"),
    ],
)
def test_headings_are_known_however_they_are_dressed(look: Any, heads: Sequence[str]) -> None:
    plan = look([heads, (1, "Phan Văn Một", "03/05/2012", "9A1")])
    assert names(plan) == ["Phan Văn Một"] and warned(plan) == []


def test_a_heading_over_two_columns_names_both(look: Any) -> None:
    rows = [("STT", "Họ và tên", None, "Lớp"), (1, "Phan Văn", "Một", "9A1"), (2, "Phan Thị", "Hai", "9A1")]
    assert names(look(rows)) == names(look(rows, merge="B1:C1")) == ["Phan Văn Một", "Phan Thị Hai"]


def test_a_blank_heading_beside_the_names_with_numbers_below_is_not_part_of_them(look: Any) -> None:
    plan = look([("STT", "Họ và tên", None, "Lớp"), (1, "Lê A", 7, "9A1"), (2, "Lê B", 8, "9A1")])
    assert names(plan) == ["Lê A", "Lê B"] and warned(plan) == [(1, "COLUMN_UNKNOWN")]


def test_a_parents_name_under_a_common_heading_is_not_the_pupils(look: Any) -> None:
    rows = [
        ("STT", "Họ và tên", "Cha", None, "Mẹ", None, "Lớp"),
        (None, None, "Họ tên", "Nghề", "Họ tên", "Nghề", None),
        (1, "Lê A", "Lê Bố", "thợ", "Vũ Mẹ", "nông", "9A1"),
    ]
    (row,) = look(rows).rows
    assert (row.fields["name"], row.fields["father_name"], row.fields["mother_name"]) == (
        "Lê A",
        "Lê Bố",
        "Vũ Mẹ",
    )


def test_two_columns_of_one_meaning_are_told_and_the_better_named_is_read(look: Any) -> None:
    plan = look(
        [("Mã học sinh", "Mã định danh Bộ GDĐT", "Họ và tên", "Lớp"), ("H1", "7900001", "Lê A", "9A1")]
    )
    assert plan.rows[0].fields["code"] == "7900001"
    assert [note.column for note in plan.warnings if note.code == "COLUMN_NOT_READ"] == ["Mã học sinh"]


def test_a_list_of_teachers_is_no_class_list(look: Any) -> None:
    with pytest.raises(Refused) as no:
        look([("Họ và tên", "Ngày sinh", "Chức vụ"), ("Lê A", "01/01/1980", "Giáo viên")], class_text="9A1")
    assert no.value.code == "HEAD_MISSING"


# -- where the list is


def test_every_sheet_that_is_a_list_is_read_and_the_others_are_named(look: Any) -> None:
    sheets = {
        "Hướng dẫn": [("Điền vào trang sau",)],
        "9A1": [HEADS[:3], (1, "Lê A", "03/05/2012")],
        "9A2": [HEADS[:3], (1, "Lê B", "03/05/2012")],
    }
    plan = look(sheets)
    assert [(row.class_key, row.fields["name"]) for row in plan.rows] == [("9A1", "Lê A"), ("9A2", "Lê B")]
    assert [note.column for note in plan.warnings if note.code == "SHEET_SKIPPED"] == ["Hướng dẫn"]


def test_a_class_title_above_each_of_several_blocks(look: Any) -> None:
    rows = [
        ("TRƯỜNG THCS",),
        ("LỚP 9A1",),
        HEADS[:3],
        (1, "Lê A", "03/05/2012"),
        ("LỚP 9A2",),
        HEADS[:3],
        (1, "Lê B", "03/05/2012"),
        ("LỚP 9A1",),
        (2, "Lê C", "03/05/2012"),
    ]
    assert [(r.class_key, r.fields["name"]) for r in look(rows).rows] == [
        ("9A1", "Lê A"),
        ("9A2", "Lê B"),
        ("9A1", "Lê C"),
    ]


def test_footers_signatures_and_repeated_headings_are_passed_over_with_a_word(look: Any) -> None:
    rows = [
        HEADS[:3],
        (1, "Phan Văn Một", "03/05/2012"),
        HEADS[:3],
        (2, "Phan Văn Hai", "04/05/2012"),
        (None, "Danh sách này có 02 học sinh"),
        (None, "Tổng số: 2, nữ: 0"),
        (None, None, "Ngày 05 tháng 9 năm 2026"),
        (None, "NGƯỜI LẬP BẢNG", "HIỆU TRƯỞNG"),
        (),
        (None, "Vũ Thị Chủ Nhiệm", "Hồ Văn Hiệu"),
    ]
    plan = look(rows, class_text="9A1")
    assert names(plan) == ["Phan Văn Một", "Phan Văn Hai"] and plan.refused == ()
    assert [row for row, code in warned(plan) if code == "ROW_PASSED"] == [3, 5, 6, 7, 8, 10]


def test_a_numbered_row_is_a_pupil_whatever_the_name_begins_with(look: Any) -> None:
    rows = [("STT", "Họ đệm", "Tên", "Lớp"), (1, "TONG", "AN", "9A1"), (2, "CONG", "BINH", "9A1")]
    assert names(look([*rows, ("Tổng số:", 2, "Nữ:", 0)])) == ["TONG AN", "CONG BINH"]


def test_pupils_after_a_page_total_are_read(look: Any) -> None:
    rows = [HEADS, (1, "Lê A", "03/05/2012", "9A1"), (None, "Cộng trang"), (2, "Lê B", "03/05/2012", "9A1")]
    assert names(look(rows)) == ["Lê A", "Lê B"]


def test_a_line_of_words_among_numbered_pupils_is_refused_not_taken(look: Any) -> None:
    rows = [HEADS[:2], (1, "Lê A"), (2, "Lê B"), (3, "Lê C"), (4, "Lê D"), (None, "Em An học hoà nhập")]
    plan = look(rows, class_text="9A1")
    assert names(plan) == ["Lê A", "Lê B", "Lê C", "Lê D"] and codes(plan) == [(6, "ROW_DOUBTFUL")]


def test_the_title_of_a_list_wins_over_the_class_of_the_file_and_that_is_told(look: Any) -> None:
    plan = look([("Danh sách lớp 9A2",), HEADS[:3], (1, "Lê A", "03/05/2012")], class_text="9A1")
    assert plan.rows[0].class_key == "9A2" and (3, "CLASS_TITLE") in warned(plan)


# -- names


def test_a_name_without_accents_or_in_capitals_keeps_the_stored_spelling(db: Database, look: Any) -> None:
    have(db, ("Lê Văn An", "2012-03-05"), ("Trần Thị Bình", "2012-11-17"))
    plan = look([HEADS, (1, "LE VAN AN", "05/03/2012", "9A1"), (2, "trần thị bình", "17/11/2012", "9A1")])
    assert plan.count("unchanged") == 2 and warned(plan) == [(2, "NAME_SPELLING"), (3, "NAME_SPELLING")]


def test_capitals_in_store_give_way_to_a_proper_name(db: Database, look: Any) -> None:
    have(db, ("LÊ VĂN AN", "2012-03-05"))
    plan = look([HEADS, (1, "Lê Văn An", "05/03/2012", "9A1")])
    assert plan.count("changed") == 1 and names(plan) == ["Lê Văn An"]


def test_pupils_an_accent_apart_are_two_pupils(db: Database, look: Any) -> None:
    rows = [HEADS, (1, HOA, "02/02/2012", "9A1"), (2, HOAF, "02/02/2012", "9A1")]
    apply_import(db, look(rows))
    assert [pupil.name for pupil in pupils(db, YEAR)] == [HOA, HOAF]
    assert look(rows).count("unchanged") == 2


def test_a_name_an_accent_away_is_asked_about_never_taken(db: Database, look: Any) -> None:
    have(db, (HOAF, "2012-02-02"))
    plan = look([HEADS, (1, HOA, "02/02/2012", "9A1")])
    assert codes(plan) == [(2, "NAME_DIFFERS")] and HOAF in plan.refused[0].reason
    (asked,) = plan.asked
    same, new = (answer for answer, _words in asked.options)
    where = (asked.sheet, asked.row)
    taken = plan_import(db, plan.source.with_answer(where, same), year=YEAR)
    assert taken.count("changed") == 1
    other = plan_import(db, plan.source.with_answer(where, new), year=YEAR)
    assert other.count("added") == 1


def test_a_name_without_accents_that_may_be_two_pupils_is_asked_about(db: Database, look: Any) -> None:
    have(db, (HOA, "2012-02-02"), (HOAF, "2012-02-02"))
    assert codes(look([HEADS, (1, "NGUYEN THI HOA", "02/02/2012", "9A1")])) == [(2, "NAME_DIFFERS")]


def test_twins_of_one_name_and_day_need_a_code(db: Database, look: Any) -> None:
    have(db, ("Lê A", "2012-02-02"), ("Lê A", "2012-02-02"))
    assert codes(look([HEADS, (1, "Lê A", "02/02/2012", "9A1")])) == [(2, "PUPIL_TWICE")]


def test_invisible_letters_never_double_a_pupil(db: Database, look: Any) -> None:
    have(db, ("Lê Văn An", "2012-03-05"))
    plan = look([HEADS, (1, "\ufeffLê\xa0Văn\u200b An\u200e", "05/03/2012", "9A1")])
    assert plan.count("unchanged") == 1


def test_a_name_in_an_old_font_is_read_as_it_looks_and_told(look: Any) -> None:
    rows = [HEADS, (1, "NguyÔn ThÞ Hµ", "03/05/2012", "9A1"), (2, "Phan Vaên Huøng", "04/06/2012", "9A1")]
    plan = look(rows)
    assert names(plan) == ["Nguyễn Thị Hà", "Phan Văn Hùng"]
    assert [code for _row, code in warned(plan)] == ["FONT_OLD", "FONT_OLD"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Nguy?n V?n An", "LETTERS_LOST"),
        ("Lê\x07An", "TEXT_CONTROL"),
        ("A" * 10_000, "TEXT_LONG"),
        ("NguyÔn A", "FONT_OLD"),
        ("#N/A", "CELL_ERROR"),
    ],
)
def test_a_name_that_is_none_is_refused_with_its_reason(look: Any, name: str, code: str) -> None:
    plan = look([HEADS, (1, name, "03/05/2012", "9A1"), (2, "Lê B", "03/05/2012", "9A1")])
    assert codes(plan) == [(2, code)] and names(plan) == ["Lê B"]


def test_a_letter_no_vietnamese_name_has_is_told(look: Any) -> None:
    plan = look([HEADS, (1, "Lê Šan", "03/05/2012", "9A1")])
    assert names(plan) == ["Lê Šan"] and warned(plan) == [(2, "NAME_LETTERS")]


# -- codes


def test_a_code_another_pupil_once_had_makes_a_new_pupil(db: Database, look: Any) -> None:
    heads = ("Họ và tên", "Mã học sinh", "Lớp")
    apply_import(db, look([heads, ("Lê A", "C1", "9A1")]))
    (first,) = pupils(db, YEAR)
    save_pupil(db, first.id, {"code": "C2"})
    plan = look([heads, ("Trần B", "C1", "9A1")])
    assert plan.count("added") == 1
    apply_import(db, plan)
    assert [(pupil.name, pupil.code) for pupil in pupils(db, YEAR)] == [("Lê A", "C2"), ("Trần B", "C1")]


def test_a_code_of_one_pupil_with_the_name_of_another_is_refused(db: Database, look: Any) -> None:
    heads = ("Họ và tên", "Mã học sinh", "Lớp")
    apply_import(db, look([heads, ("Lê A", "C1", "9A1"), ("Trần B", "C2", "9A1")]))
    assert codes(look([heads, ("Trần B", "C1", "9A1")])) == [(2, "NUMBER_TAKEN")]


def test_codes_are_compared_as_they_are_written(db: Database, look: Any) -> None:
    heads = ("Họ và tên", "Mã học sinh", "Lớp")
    apply_import(db, look([heads, ("Lê A", "Đ1", "9A1")]))
    assert look([heads, ("Trần B", "D1", "9A1")]).count("added") == 1


@pytest.mark.parametrize("number", ["1.12E+11", 1.2345678901234567e17])
def test_a_long_number_that_lost_its_digits_is_refused(look: Any, number: object) -> None:
    plan = look([("Họ và tên", "Mã học sinh", "Lớp"), ("Lê A", number, "9A1")])
    assert codes(plan) == [(2, "DIGITS_LOST")]


def test_two_rows_that_are_one_pupil_are_not_both_taken(db: Database, look: Any) -> None:
    have(db, ("Lê A", "2012-02-02"))
    (pupil,) = pupils(db, YEAR)
    save_pupil(db, pupil.id, {"code": "C1"})
    heads = ("Họ và tên", "Mã học sinh", "Ngày sinh", "Lớp")
    plan = look([heads, ("Lê A", "C1", "02/02/2012", "9A1"), ("Lê A", None, "02/02/2012", "9A1")])
    assert codes(plan) == [(3, "ROW_TWICE")]


# -- dates


@pytest.mark.parametrize(
    ("cell", "day", "code"),
    [
        (dt.datetime(2012, 5, 2, 23, 59, 17), "2012-05-03", ""),
        (dt.datetime(2012, 5, 2, 17), "2012-05-02", "DATE_TIME"),
        ("3/5/12", "2012-05-03", "YEAR_SHORT"),
        (41032, "2012-05-03", "DATE_NUMBER"),
    ],
)
def test_a_day_written_oddly_is_read_and_told(look: Any, cell: object, day: str, code: str) -> None:
    plan = look([HEADS, (1, "Lê A", cell, "9A1")])
    assert plan.rows[0].fields["birth_date"] == day
    assert warned(plan) == ([(2, code)] if code else [])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("05/13/2012", "DATE_NO_SUCH_DAY"),
        (2012, "DATE_NUMBER"),
        ("3/5/50", "DATE_SHORT_YEAR"),
        (0.5, "DATE_NUMBER"),
        ("#N/A", "CELL_ERROR"),
    ],
)
def test_a_day_that_is_none_is_refused(look: Any, cell: object, code: str) -> None:
    assert codes(look([HEADS, (1, "Lê A", cell, "9A1")])) == [(2, code)]


def test_a_month_first_excel_is_suspected_once_for_the_column(look: Any) -> None:
    days = [dt.datetime(2012, 5, 3), "25/03/2012", dt.datetime(2012, 12, 7), "17/12/2012"]
    plan = look([HEADS, *((n, f"Lê {n}", day, "9A1") for n, day in enumerate(days, 1))])
    assert plan.count("added") == 4 and warned(plan) == [(1, "DATES_SWAPPED")]
    real = [dt.datetime(2012, 5, 31), "25/03/2012"]
    assert warned(look([HEADS, *((n, f"Lê {n}", day, "9A1") for n, day in enumerate(real, 1))])) == []


def test_a_text_that_can_only_be_month_first_casts_doubt_on_its_column(look: Any) -> None:
    plan = look([HEADS, (1, "Lê A", "05/03/2012", "9A1"), (2, "Lê B", "05/13/2012", "9A1")])
    assert codes(plan) == [(3, "DATE_NO_SUCH_DAY")] and (1, "DATES_MONTH_FIRST") in warned(plan)


# -- text files


def csv_plan(db: Database, tmp_path: Path, data: bytes) -> ImportPlan:
    (tmp_path / "ds.csv").write_bytes(data)
    return plan_import(db, tmp_path / "ds.csv", year=YEAR)


def test_one_byte_that_does_not_decode_harms_its_row_alone(db: Database, tmp_path: Path) -> None:
    text = "Họ và tên,Lớp,Ghi chú\nPhan Văn Một,9A1,\nĐặng Thị Hường,9A1,caf".encode() + b"\xe9\n"
    plan = csv_plan(db, tmp_path, text)
    assert names(plan) == ["Phan Văn Một", "Đặng Thị Hường"] and (3, "BYTE_BAD") in warned(plan)


def test_a_long_cell_is_refused_with_its_row(db: Database, tmp_path: Path) -> None:
    text = f"Họ và tên,Lớp,Ghi chú\nLê A,9A1,{'A' * 131_073}\nLê B,9A1,\n"
    plan = csv_plan(db, tmp_path, text.encode())
    assert codes(plan) == [(2, "TEXT_LONG")] and names(plan) == ["Lê B"]


def test_a_text_file_of_an_old_font_is_read(db: Database, tmp_path: Path) -> None:
    text = "Hä vµ tªn;Líp\nNguyÔn ThÞ Hµ;9A1\nTrÇn V¨n §¹t;9A1\n".encode("latin-1")
    assert names(csv_plan(db, tmp_path, text)) == ["Nguyễn Thị Hà", "Trần Văn Đạt"]


# -- what is written back, what is mended


def test_refused_rows_go_back_with_the_title_that_names_their_class(
    look: Any, db: Database, tmp_path: Path
) -> None:
    plan = look([("LỚP 9A2",), HEADS[:3], (1, "Lê A", "31/02/2012")])
    for ending in (".xlsx", ".csv"):
        path = write_refused_rows(plan, tmp_path / f"lỗi{ending}")
        again = plan_import(db, path, year=YEAR)
        assert codes(again)[0][1] == "DATE_NO_SUCH_DAY"
        place = next(place for place, key in again.tables[0].keys.items() if key == "birth_date")
        sheet, row = next(iter(again.cells))
        mended = plan_import(db, again.source.with_cell((sheet, row, place), "28/02/2012"), year=YEAR)
        assert [(r.class_key, r.fields["birth_date"]) for r in mended.rows] == [("9A2", "2012-02-28")]


def test_one_line_says_that_a_column_is_missing_and_what_weighs_most_comes_first(look: Any) -> None:
    plan = look([("Họ và tên", "Lớp", "Màu"), ("Lê A", "9A1", "đỏ"), ("Lê Šan", "9A1", "")])
    assert [note.code for note in plan.warnings] == [
        *("NAME_LETTERS", "COLUMN_MISSING", "COLUMN_MISSING", "COLUMN_UNKNOWN")
    ]
    assert "2 em" in plan.warnings[1].reason


def test_a_hidden_list_is_named_not_read(db: Database, tmp_path: Path) -> None:
    path = tmp_path / "ds.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for title, name in (("9A1", "Phan Một"), ("Cũ", "Phan Hai"), ("Danh mục", "")):
            page = book.add_worksheet(title)
            lines = (HEADS, (1, name, "05/06/2012", "9A1")) if name else (("Dân tộc",), ("Kinh",))
            for row, values in enumerate(lines):
                page.write_row(row, 0, values)
            if title != "9A1":
                page.hide()
    plan = plan_import(db, path, year=YEAR)
    assert names(plan) == ["Phan Một"]
    assert [(note.column, note.code) for note in plan.warnings if note.code == "SHEET_SKIPPED"] == [
        ("Cũ", "SHEET_SKIPPED")  # what only looks things up is nobody's list
    ]


def test_two_new_pupils_who_may_be_one_are_told(look: Callable[..., ImportPlan]) -> None:
    plan = look(
        [
            HEADS,
            (1, "Phan Một", "05/06/2012", "9A1"),
            (2, "PHAN MOT", "05/06/2012", "9A1"),
            (3, "Phan Mốt", None, "9A1"),
            (4, "Phan Một", "06/06/2012", "9A1"),
            (5, "Phan Hai", "05/06/2012", "9A1"),
        ]
    )
    assert plan.count("added") == 5
    assert [place for place in warned(plan) if place[1] == "NAMESAKE"] == [
        (3, "NAMESAKE"),
        (4, "NAMESAKE"),
        (5, "NAMESAKE"),
    ]


def test_twins_with_codes_of_their_own_are_no_question(look: Callable[..., ImportPlan]) -> None:
    heads = (*HEADS, "Mã học sinh")
    plan = look([heads, (1, HOA, "05/06/2012", "9A1", "A1"), (2, HOAF, "05/06/2012", "9A1", "A2")])
    assert plan.count("added") == 2 and warned(plan) == []


def test_a_class_that_went_while_the_preview_was_open_is_said(
    db: Database, look: Callable[..., ImportPlan]
) -> None:
    plan = look([HEADS, (1, "Phan Một", "05/06/2012", "9A1")])
    drop_class(db, db.value("select id from school_class where name = '9A1'"))
    with pytest.raises(Refused) as no:
        apply_import(db, plan)
    assert (no.value.code, no.value.problems[0].place) == ("CLASS_UNKNOWN", "9A1") and pupils(db, YEAR) == []


def test_no_two_pupils_of_a_class_share_a_number(look: Callable[..., ImportPlan], db: Database) -> None:
    apply_import(db, look([HEADS, (1, HOA, "05/06/2012", "9A1"), (2, "Phan Hai", "05/06/2012", "9A1")]))
    late = look([HEADS, (1, "Lê Ba", "05/06/2012", "9A1"), (2, "Phan Hai", "05/06/2012", "9A1")])
    told = [(note.row, note.value, note.reason) for note in late.warnings if note.code == "NUMBER_TAKEN"]
    sentence = "Lớp 9A1 có 1 em mang số của em khác: các em ấy nhận số tiếp theo, từ số 3."
    assert told == [(2, "1", sentence)]
    apply_import(db, late)
    assert {pupil.name: pupil.number for pupil in pupils(db, YEAR)} == {HOA: 1, "Phan Hai": 2, "Lê Ba": 3}
