"""Class lists from spreadsheets: read in any order, refused by row with reasons, taken back at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from schools import YEAR, make_school

from edudesk.kernel.errors import Refused, Unavailable
from edudesk.sheets.listing import write_refused_rows
from edudesk.sheets.reader import read_sheet
from edudesk.storage.database import Database
from edudesk.students.imports import ImportPlan, apply_import, plan_import
from edudesk.students.store import pupils, record, save_pupil

HEADS = ("STT", "Họ và tên", "Ngày sinh", "Giới tính", "Lớp", "Dân tộc", "Số định danh cá nhân")
ANH = (1, "Nguyễn Hoàng Anh", "08/10/2012", "Nam", "9A2", "Kinh", "011212018833")
BINH = (2, "Vàng A Bình", "20/01/2012", "Nam", "9A2", "Mông", "011212001111")
CHI = (3, "Phạm Quỳnh Chi", "07/12/2012", "Nữ", "9A2", "Kinh", "011312016409")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường") as opened:
        yield opened


@pytest.fixture
def book(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(rows: Sequence[Sequence[object]], name: str = "danh sách.xlsx") -> Path:
        path = tmp_path / name
        with xlsxwriter.Workbook(str(path)) as workbook:
            sheet = workbook.add_worksheet("DS lớp")
            day = workbook.add_format({"num_format": "dd/mm/yyyy"})
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(r, c, dt.datetime.combine(value, dt.time()), day)
                    elif value is not None:
                        sheet.write(r, c, value)
        return path

    return write


def counts(plan: ImportPlan) -> tuple[int, int, int, int]:
    return plan.count("added"), plan.count("changed"), plan.count("unchanged"), len(plan.refused_rows)


def refusals(plan: ImportPlan) -> list[tuple[int, str, str]]:
    return [(note.row, note.column, note.code) for note in plan.refused]


def test_a_class_list_is_imported_and_taken_back_by_one_undo(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    plan = plan_import(db, book([HEADS, ANH, BINH, CHI]), year=YEAR)
    assert counts(plan) == (3, 0, 0, 0) and plan.warnings == ()
    assert pupils(db, YEAR) == []
    apply_import(db, plan)
    there = pupils(db, YEAR)
    assert [(p.number, p.name, p.class_name, p.ethnic) for p in there] == [
        (1, "Nguyễn Hoàng Anh", "9A2", "01"),
        (2, "Vàng A Bình", "9A2", "08"),
        (3, "Phạm Quỳnh Chi", "9A2", "01"),
    ]
    assert record(db, there[2].id)["birth_date"] == "2012-12-07"
    db.undo()
    assert pupils(db, YEAR) == []
    db.redo()
    assert len(pupils(db, YEAR)) == 3


def test_numbers_that_run_through_several_classes_are_not_taken(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    other = (2, "Lò Thị Ánh", "05/06/2013", "Nữ", "6A1", "Thái", None)
    third = (3, *CHI[1:])
    apply_import(db, plan_import(db, book([HEADS, ANH, other, third]), year=YEAR))
    assert sorted((p.class_name, p.number) for p in pupils(db, YEAR)) == [("6A1", 1), ("9A2", 1), ("9A2", 2)]


def test_importing_twice_adds_nothing(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    no_number = (4, "Lò Thị Ánh", "05/06/2012", "Nữ", "9A2", "Thái", None)
    path = book([HEADS, ANH, BINH, CHI, no_number])
    apply_import(db, plan_import(db, path, year=YEAR))
    again = plan_import(db, path, year=YEAR)
    assert counts(again) == (0, 0, 4, 0)
    steps = db.value("select count(*) from journal_step")
    apply_import(db, again)
    assert db.value("select count(*) from journal_step") == steps


def test_a_file_with_a_code_another_once_had_brings_a_new_pupil(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    apply_import(db, plan_import(db, book([HEADS, ANH]), year=YEAR))
    (first,) = pupils(db, YEAR)
    save_pupil(db, first.id, {"personal_number": "011212099999"})
    pao = (1, "Vàng A Páo", "05/06/2012", "Nam", "9A2", "Mông", ANH[6])
    plan = plan_import(db, book([HEADS, pao]), year=YEAR)
    apply_import(db, plan)
    assert db.value("select name from pupil where id = ?", (first.id,)) == first.name
    assert len(pupils(db, YEAR)) == 2


def test_after_an_undo_the_same_file_brings_the_same_pupils(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    path = book([HEADS, ANH])
    apply_import(db, plan_import(db, path, year=YEAR))
    (first,) = pupils(db, YEAR)
    db.undo()
    apply_import(db, plan_import(db, path, year=YEAR))
    assert pupils(db, YEAR)[0].id == first.id


def test_columns_may_stand_in_any_order_under_a_title(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    rows = [
        ("TRƯỜNG THCS SÔNG TRĂNG",),
        ("DANH SÁCH HỌC SINH",),
        (),
        ("LỚP", "ngày  sinh", "PHÁI", "Họ tên học sinh", "Số CCCD", "Sở thích"),
        ("9a2", "8/10/2012", "nam", "  Nguyễn   Hoàng Anh ", "011 212 018 833", "bóng đá"),
        (),
        (None, None, None, None, None, "Người lập biểu"),
    ]
    plan = plan_import(db, book(rows), year=YEAR)
    assert counts(plan) == (1, 0, 0, 0)
    assert [(n.row, n.column, n.code) for n in plan.warnings] == [
        (4, "Sở thích", "COLUMN_UNKNOWN"),
        (7, "", "ROW_PASSED"),
    ]
    assert plan.rows[0].fields["name"] == "Nguyễn Hoàng Anh"


def test_names_in_two_columns_and_girls_by_a_tick(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    rows = [
        ("TT", "Họ và tên đệm", "Tên", "Nữ", "Lớp"),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        (1, "Lò Thị", "Ánh", "x", "9A2"),
        (2, "Bùi Tiến", "Đạt", "", "9A2"),
    ]
    plan = plan_import(db, book(rows), year=YEAR)
    assert [(r.fields["name"], r.fields["sex"]) for r in plan.rows] == [
        ("Lò Thị Ánh", "NU"),
        ("Bùi Tiến Đạt", "NAM"),
    ]


def test_a_date_cell_is_not_shifted_by_a_day(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    rows = [
        HEADS,
        (1, "Nguyễn An", dt.date(2012, 2, 29), "Nam", "9A2", "Kinh", None),
        (2, "Lê An", 41065, "Nam", "9A2", "Kinh", None),
    ]
    plan = plan_import(db, book(rows), year=YEAR)
    assert [r.fields["birth_date"] for r in plan.rows] == ["2012-02-29", "2012-06-05"]


def test_every_bad_cell_of_a_row_is_told_with_place_and_reason(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    rows = [
        HEADS,
        (1, "Lò Thị Duyên", "31/02/2012", "Nữ", "9A7", "Thái", "0113120033"),
        (2, None, "03/03/2012", "Nữ", "9A2", "Thái", "011312001209"),
        (3, "Quàng Văn Inh", "12/2012", "khác", "9A2", "Sao Hỏa", None),
    ]
    plan = plan_import(db, book(rows), year=YEAR)
    assert counts(plan) == (0, 0, 0, 3)
    assert sorted(refusals(plan)) == [
        (2, "Lớp", "CLASS_UNKNOWN"),
        (2, "Ngày sinh", "DATE_NO_SUCH_DAY"),
        (2, "Số định danh cá nhân", "ID_LENGTH"),
        (3, "Họ và tên", "FIELD_MISSING"),
        (4, "Dân tộc", "FIELD_CHOICE"),
        (4, "Giới tính", "FIELD_CHOICE"),
        (4, "Ngày sinh", "DATE_NO_DAY"),
    ]
    assert all(note.reason and note.fix for note in plan.refused)
    apply_import(db, plan)
    assert pupils(db, YEAR) == []


def test_good_rows_come_in_beside_bad_ones_and_the_bad_are_written_back(
    db: Database, book, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    rows = [HEADS, ANH, (2, "Lò Thị Duyên", "31/02/2012", "Nữ", "9A2", "Thái", "011312003317")]
    plan = plan_import(db, book(rows), year=YEAR)
    apply_import(db, plan)
    write_refused_rows(plan, tmp_path / "lỗi.xlsx")
    back = read_sheet(tmp_path / "lỗi.xlsx").rows
    assert list(back[0]) == [*HEADS, "Vì sao không nhận"]
    assert back[1][1:7] == ["Lò Thị Duyên", "31/02/2012", "Nữ", "9A2", "Thái", "011312003317"]
    assert "Không có ngày 31/02" in str(back[1][7])
    corrected = [HEADS, [*back[1][:2], "28/02/2012", *back[1][3:7]]]
    again = plan_import(db, book(corrected, "sửa.xlsx"), year=YEAR)
    assert counts(again) == (1, 0, 0, 0)


def test_a_number_that_lost_its_zero_gets_it_back_when_everything_agrees(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    agrees = (1, "Nguyễn Hoàng Anh", "08/10/2012", "Nam", "9A2", "Kinh", 11212018833)
    differs = (2, "Trần Bảo", "08/10/2012", "Nữ", "9A2", "Kinh", 11212018844)
    plan = plan_import(db, book([HEADS, agrees, differs]), year=YEAR)
    assert plan.rows[0].fields["personal_number"] == "011212018833"
    assert [(n.row, n.code) for n in plan.warnings] == [(2, "ID_ZERO")]
    assert refusals(plan) == [(3, "Số định danh cá nhân", "ID_LENGTH")]


def test_numbers_that_do_not_fit_the_person_are_a_warning(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    girl = (1, "Trần Thị Hoa", "08/10/2012", "Nữ", "9A2", "Kinh", "011212018833")
    plan = plan_import(db, book([HEADS, girl]), year=YEAR)
    assert counts(plan) == (1, 0, 0, 0)
    assert [n.code for n in plan.warnings] == ["GENDER"]


def test_two_rows_or_two_pupils_with_one_number_are_refused(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    apply_import(db, plan_import(db, book([HEADS, ANH]), year=YEAR))
    other = (1, "Hạng A Páo", "14/11/2012", "Nam", "9A2", "Mông", ANH[6])
    same = (3, "Hạng A Phử", "15/11/2012", "Nam", "9A2", "Mông", BINH[6])
    plan = plan_import(db, book([HEADS, other, BINH, same], "b.xlsx"), year=YEAR)
    assert sorted(refusals(plan)) == [
        (2, "Số định danh cá nhân", "NUMBER_TAKEN"),
        (4, "Số định danh cá nhân", "ROW_TWICE"),
    ]
    assert "Nguyễn Hoàng Anh" in next(n.reason for n in plan.refused if n.row == 2)
    assert "dòng 3" in next(n.reason for n in plan.refused if n.row == 4)


def test_namesakes_in_one_class_with_different_birthdays_are_two_pupils(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    one = (1, "Nguyễn An", "01/01/2012", "Nam", "9A2", "Kinh", None)
    other = (2, "Nguyễn An", "02/01/2012", "Nam", "9A2", "Kinh", None)
    path = book([HEADS, one, other])
    apply_import(db, plan_import(db, path, year=YEAR))
    assert len(pupils(db, YEAR)) == 2
    assert counts(plan_import(db, path, year=YEAR)) == (0, 0, 2, 0)


def test_a_later_file_fills_in_and_corrects_but_a_blank_erases_nothing(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    apply_import(db, plan_import(db, book([HEADS, ANH]), year=YEAR))
    rows = [
        ("Họ và tên", "Số định danh", "Ngày sinh", "SĐT", "Lớp"),
        ("Nguyễn Hoàng Anh", ANH[6], None, 912345678, "9A2"),
    ]
    plan = plan_import(db, book(rows, "b.xlsx"), year=YEAR)
    assert counts(plan) == (0, 1, 0, 0)
    apply_import(db, plan)
    (anh,) = pupils(db, YEAR)
    assert (anh.phone, anh.birth_date) == ("0912345678", "2012-10-08")


def test_a_pupil_listed_in_another_class_moves_with_a_warning(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    apply_import(db, plan_import(db, book([HEADS, ANH]), year=YEAR))
    moved = (5, *ANH[1:4], "6A1", *ANH[5:])
    plan = plan_import(db, book([HEADS, moved], "b.xlsx"), year=YEAR)
    assert counts(plan) == (0, 1, 0, 0)
    assert {n.code for n in plan.warnings} == {"CLASS_MOVED"}
    apply_import(db, plan)
    assert [(p.class_name, p.number) for p in pupils(db, YEAR)] == [("6A1", 5)]


def test_unknown_classes_are_made_only_when_asked(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    path = book([HEADS, (*ANH[:4], "9a7", *ANH[5:])])
    assert refusals(plan_import(db, path, year=YEAR)) == [(2, "Lớp", "CLASS_UNKNOWN")]
    plan = plan_import(db, path, year=YEAR, create_classes=True)
    assert plan.new_classes == ("9A7",)
    apply_import(db, plan)
    assert [p.class_name for p in pupils(db, YEAR)] == ["9A7"]
    subjects = db.value(
        "select count(*) from class_subject s join school_class c on c.id = s.class_id where c.name = '9A7'"
    )
    assert subjects == 12
    beyond = book([HEADS, (*ANH[:4], "12A1", *ANH[5:])], "c.xlsx")
    assert refusals(plan_import(db, beyond, year=YEAR, create_classes=True)) == [(2, "Lớp", "CLASS_UNKNOWN")]


def test_one_class_can_be_named_for_a_whole_file(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    rows = [("Họ và tên", "Ngày sinh"), ("Nguyễn An", "01/01/2012")]
    assert refusals(plan_import(db, book(rows), year=YEAR)) == [(2, "Lớp", "CLASS_UNKNOWN")]
    apply_import(db, plan_import(db, book(rows), year=YEAR, class_text="9A2"))
    assert [(p.class_name, p.number) for p in pupils(db, YEAR)] == [("9A2", 1)]


def test_a_sheet_without_names_is_refused_whole(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        plan_import(db, book([("A", "B"), (1, 2)]), year=YEAR)
    assert caught.value.code == "HEAD_MISSING" and "DS lớp" in caught.value.problems[0].place
    with pytest.raises(Refused):
        plan_import(db, book([], "c.xlsx"), year=YEAR)


def test_of_two_columns_of_one_meaning_the_better_named_is_read(db: Database, book) -> None:  # type: ignore[no-untyped-def]
    plan = plan_import(db, book([("Họ tên", "Họ và tên", "Lớp"), ("B", "Lê A", "9A2")], "b.xlsx"), year=YEAR)
    assert [row.fields["name"] for row in plan.rows] == ["Lê A"]
    assert ("Họ tên", "COLUMN_NOT_READ") in [(note.column, note.code) for note in plan.warnings]


def test_a_year_without_terms_and_a_missing_file_are_said(db: Database, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        plan_import(db, tmp_path / "x.xlsx", year=2030)
    assert caught.value.code == "YEAR_TERMS"
    with pytest.raises(Unavailable) as missing:
        plan_import(db, tmp_path / "x.xlsx", year=YEAR)
    assert missing.value.code == "FILE_MISSING"
