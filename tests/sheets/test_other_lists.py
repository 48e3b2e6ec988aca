"""Marks, equipment, machines and staff go through the same engine as class lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from registers import NAMES, Register
from schools import YEAR, make_school

from edudesk.equipment.imports import apply_equipment, plan_equipment
from edudesk.equipment.store import register as equipment
from edudesk.gradebook.exchange.imports import MarkPlan, apply_marks, plan_marks
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.kernel.errors import Refused
from edudesk.sheets.persons import proposal
from edudesk.staff.imports import import_staff, plan_staff
from edudesk.staff.store import leave, members
from edudesk.storage.database import Database
from edudesk.students.imports import plan_import
from edudesk.students.store import add_pupil

TITLE = ("Lớp: 9A2 - Môn: Toán - Học kì I",)
HEADS = ("STT", "Họ và tên", "ĐĐGtx1")
Rows = Sequence[Sequence[object]]


@pytest.fixture
def nine(tmp_path: Path) -> Iterator[Register]:
    made = Register(tmp_path / "trường")
    yield made
    made.db.close()


@pytest.fixture
def look(nine: Register, tmp_path: Path) -> Callable[[Rows], MarkPlan]:
    def plan(rows: Rows) -> MarkPlan:
        with xlsxwriter.Workbook(str(tmp_path / "điểm.xlsx")) as book:
            page = book.add_worksheet("Toán")
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, str) and value.startswith("#"):
                        page.write_formula(r, c, "=1/0", None, value)
                    elif value is not None:
                        page.write(r, c, value)
        return plan_marks(nine.db, tmp_path / "điểm.xlsx", year=YEAR)

    return plan


def twins(nine: Register) -> None:
    for name in ("Nguyễn Thị Hoa", "Nguyễn Thị Hoà"):
        add_pupil(nine.db, YEAR, nine.class_id, {"name": name})


def marks(nine: Register) -> dict[str, object]:
    return {line.name: line.marks[0] for line in class_sheet(nine.db, nine.class_id, "toan", 1).lines}


def test_the_exact_name_decides_before_the_number(nine: Register, look: Any) -> None:
    twins(nine)
    plan = look([TITLE, HEADS, (6, "Nguyễn Thị Hoa", 9), (5, "Nguyễn Thị Hoà", 3)])
    apply_marks(nine.db, plan)
    assert (marks(nine)["Nguyễn Thị Hoa"], marks(nine)["Nguyễn Thị Hoà"]) == (90, 30)


def test_two_names_an_accent_apart_need_no_number(nine: Register, look: Any) -> None:
    twins(nine)
    plan = look([TITLE, HEADS[1:], ("Nguyễn Thị Hoa", 9), ("Nguyễn Thị Hoà", 3)])
    assert [(mark.name, mark.entry.value) for mark in plan.rows] == [
        ("Nguyễn Thị Hoa", 90),
        ("Nguyễn Thị Hoà", 30),
    ]


def test_a_name_the_class_does_not_have_is_refused_with_those_it_may_be(nine: Register, look: Any) -> None:
    twins(nine)
    (note,) = look([TITLE, HEADS, (5, "Nguyễn Thị Hoạ", 9)]).refused
    assert note.code == "PUPIL_UNKNOWN" and "Nguyễn Thị Hoa (số 5) hay Nguyễn Thị Hoà (số 6)" in note.fix


def test_error_cells_are_refused_and_float_noise_is_what_the_cell_shows(nine: Register, look: Any) -> None:
    plan = look(
        [TITLE, HEADS, (1, NAMES[0], "#DIV/0!"), (2, NAMES[1], 7.6000000000000005), (3, NAMES[2], 7.65)]
    )
    assert [(note.row, note.code) for note in plan.refused] == [(3, "CELL_ERROR"), (5, "MARK_STEP")]
    assert [mark.entry.value for mark in plan.rows] == [76]


def test_a_code_of_one_with_the_name_of_another_is_refused(nine: Register, look: Any) -> None:
    heads = ("class", "pupil", "name", "subject", "term", "slot", "value")
    plan = look(
        [
            heads,
            ("9A2", "HS001", NAMES[1], "toan", 1, "tx1", 9),
            ("9A2", "HS001", "Ai Đó", "toan", 1, "tx1", 9),
        ]
    )
    assert [(note.row, note.code) for note in plan.refused] == [(2, "NAME_DIFFERS")]
    assert [(note.row, note.code) for note in plan.warnings] == [(3, "NAME_DIFFERS")]


def test_marks_without_a_name_are_refused(look: Any) -> None:
    plan = look([TITLE, HEADS, (1, NAMES[0], 9), (2, None, 8)])
    assert [(note.row, note.code) for note in plan.refused] == [(4, "FIELD_MISSING")]


def test_several_subjects_on_one_sheet_each_under_its_title(look: Any) -> None:
    rows = [
        TITLE,
        HEADS,
        (1, NAMES[0], 9),
        (),
        ("Lớp: 9A2 - Môn: Ngữ văn - Học kì I",),
        HEADS,
        (1, NAMES[0], 8),
    ]
    assert [(mark.key.code, mark.entry.value) for mark in look(rows).rows] == [("toan", 90), ("ngu_van", 80)]


def test_a_comment_that_is_not_taken_is_told(look: Any) -> None:
    plan = look([TITLE, (*HEADS, "Nhận xét"), (1, NAMES[0], 9, "chăm")])
    assert [(note.column, note.code) for note in plan.warnings] == [("Nhận xét", "COLUMN_NOT_READ")]


def test_rows_of_a_long_list_without_a_mark_change_nothing_and_are_told(nine: Register, look: Any) -> None:
    nine.enter(0, "toan", 1, {"tx1": 80})
    heads = ("class", "pupil", "subject", "term", "slot", "value")
    plan = look([heads, ("9A2", "HS001", "toan", 1, "tx1", None), ("9A2", "HS002", "toan", 1, "tx1", 9)])
    assert [(note.row, note.code) for note in plan.warnings] == [(2, "CELLS_BLANK")]
    apply_marks(nine.db, plan)
    assert (marks(nine)[NAMES[0]], marks(nine)[NAMES[1]]) == (80, 90)


# -- equipment


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ("9A1",)) as opened:
        yield opened


def test_codes_with_another_letter_are_two_things(books: Database, tmp_path: Path) -> None:
    for n, row in enumerate(("Bảng đen,BĐ-01,BAN_GHE", "Bàn dài,BD-01,BAN_GHE", "Bảng đen,bđ-01,BAN_GHE")):
        path = tmp_path / f"{n}.csv"
        path.write_text(f"Tên thiết bị,Mã thiết bị,Nhóm\n{row}\n", encoding="utf-8")
        apply_equipment(books, plan_equipment(books, path))
    assert sorted((line.equipment.code, line.equipment.name) for line in equipment(books)) == [
        ("BD-01", "Bàn dài"),
        ("BĐ-01", "Bảng đen"),
    ]


def test_totals_and_signatures_of_a_register_are_passed_over(books: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = "STT;Tên thiết bị;Mã;Nhóm;Số lượng\n1;Bàn;B1;BAN_GHE;1\n;Tổng cộng;;;1\n;;Kế toán trưởng;;\n"
    path.write_text(text, encoding="utf-8")
    plan = plan_equipment(books, path)
    assert plan.count("added") == 1 and plan.refused == ()
    assert [(note.row, note.code) for note in plan.warnings] == [(3, "ROW_PASSED"), (4, "ROW_PASSED")]


def test_a_name_alike_is_proposed() -> None:
    assert "“Phòng Tin”" in proposal("phong tin", ["Phòng Hoá", "Phòng Tin"])
    assert "Thêm" in proposal("Kho", ["Phòng Tin"])


# -- staff


def staff(books: Database, tmp_path: Path, text: str, name: str = "gv.csv") -> Any:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return plan_staff(books, tmp_path / name)


STAFF = """STT;Họ và tên;Vị trí việc làm;Môn dạy;Ngày sinh;Email
1;Lê Văn An;Giáo viên THCS hạng II;Toán;05/03/1980;an@truong.vn
2;Trần Thị Bình;Hiệu trưởng;;17/11/1975;
3;Đỗ Quang Châu;Nhân viên văn thư;;24/06/1990;
"""


def test_staff_come_in_once_and_come_back_unchanged(books: Database, tmp_path: Path) -> None:
    plan = staff(books, tmp_path, STAFF)
    assert (plan.count("added"), plan.refused) == (3, ())
    import_staff(books, plan)
    assert [(member.name, member.role, member.main_subject) for member in members(books)] == [
        ("Lê Văn An", "GV", "toan"),
        ("Trần Thị Bình", "HT", None),
        ("Đỗ Quang Châu", "NV", None),
    ]
    assert staff(books, tmp_path, STAFF).count("unchanged") == 3
    assert staff(books, tmp_path, STAFF.replace("Lê Văn An", "LE VAN AN")).refused[0].code == "NAME_DIFFERS"
    books.undo()
    assert members(books) == []


def test_somebody_who_left_is_known_and_stays_gone(books: Database, tmp_path: Path) -> None:
    import_staff(books, staff(books, tmp_path, STAFF))
    leave(books, members(books)[0].id)
    assert staff(books, tmp_path, STAFF).count("unchanged") == 3


def test_every_refusal_of_a_staff_list(books: Database, tmp_path: Path) -> None:
    text = (
        "Họ và tên;Chức vụ;Môn dạy;Ngày sinh\nA;Phi công;;\nB;Giáo viên;Bay;\nC;Giáo viên;;31/02/1980\n"
        "D;Giáo viên;;\nD;Giáo viên;;\nE;Giáo viên;;3/5/80\n"
    )
    plan = staff(books, tmp_path, text)
    assert [(note.row, note.code) for note in plan.refused] == [
        (2, "ROLE_UNKNOWN"),
        (3, "SUBJECT_UNKNOWN"),
        (4, "DATE_NO_SUCH_DAY"),
        (6, "ROW_TWICE"),
        (7, "DATE_SHORT_YEAR"),
    ]


def test_two_of_one_name_on_the_staff_need_a_code(books: Database, tmp_path: Path) -> None:
    heads = "Họ và tên;Chức vụ;Ngày sinh;Mã giáo viên\n"
    import_staff(
        books, staff(books, tmp_path, heads + "A B;Giáo viên;01/02/1980;G1\nA B;Giáo viên;01/02/1981;G2\n")
    )
    plan = staff(books, tmp_path, heads + "A B;Giáo viên;;\nA B;Giáo viên;;G2\n")
    assert [(note.row, note.code) for note in plan.refused] == [(2, "STAFF_TWICE")]
    assert plan.count("unchanged") == 1


def test_a_class_list_is_no_list_of_staff(books: Database, tmp_path: Path) -> None:
    with pytest.raises(Refused) as no:
        staff(books, tmp_path, "Họ và tên;Chức vụ;Lớp\nA;Lớp trưởng;9A1\n")
    assert no.value.code == "HEAD_MISSING"


def test_two_columns_of_one_kind_of_mark_are_told_and_the_first_is_read(look: Any) -> None:
    plan = look([TITLE, (*HEADS, "TX 1"), (1, NAMES[0], 9, 7)])
    assert [mark.entry.value for mark in plan.rows] == [90]
    assert [(note.row, note.column, note.code) for note in plan.warnings] == [(2, "TX 1", "COLUMN_NOT_READ")]


@pytest.mark.parametrize("price", ["9" * 20, "9" * 5000, "1" + ".000" * 8])
def test_a_price_beyond_counting_is_refused(books: Database, tmp_path: Path, price: str) -> None:
    path = tmp_path / "sổ.csv"
    heads = "Tên thiết bị;Mã thiết bị;Nhóm;Theo dõi;Đơn giá;Số lượng"
    path.write_text(f"{heads}\nBàn;B1;Thiết bị dạy học bộ môn;Từng cái;{price};1\n", encoding="utf-8")
    plan = plan_equipment(books, path)
    assert [(note.column, note.code) for note in plan.refused] in (
        [("Đơn giá", "FIELD_NUMBER")],
        [("Đơn giá", "TEXT_LONG")],
    )


@pytest.mark.parametrize("number", ["9" * 5000, "²", "-1", "0"])
def test_a_number_in_class_beyond_counting_gives_way_to_the_next_free(
    books: Database, tmp_path: Path, number: str
) -> None:
    path = tmp_path / "ds.csv"
    path.write_text(f"STT;Họ và tên;Lớp\n{number};Phan Một;9A2\n", encoding="utf-8")
    plan = plan_import(books, path, year=YEAR, create_classes=True)
    assert [row.number for row in plan.rows] == [1]
