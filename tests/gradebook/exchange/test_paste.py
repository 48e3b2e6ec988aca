"""A block from a spreadsheet over a page of the register: whose row, which column, what is refused and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers import Register
from schools import YEAR

from edudesk.gradebook.exchange.paste import PastePlan, plan_paste, read_block
from edudesk.gradebook.register.marks import enter_marks
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.kernel.change import Step
from edudesk.kernel.ids import name_id
from edudesk.students.store import add_pupil
from edudesk.students.store_status import set_status


def plan(register: Register, text: str, *, row: int = 0, slot: str = "tx1", code: str = "toan") -> PastePlan:
    sheet = class_sheet(register.db, register.class_id, code, 1)
    return plan_paste(sheet, read_block(text), row=row, slot=slot)


def said(found: PastePlan) -> list[tuple[str, str]]:
    """(name, reason and fix) of each refused cell."""
    return [
        (row.name, cell.problem.sentence)
        for row in found.rows
        for cell in row.cells
        if cell.problem is not None
    ]


# -- the text of the clipboard


def test_excel_s_text_is_read_with_quotes_line_ends_and_an_empty_last_line() -> None:
    text = '"Lò Thị\nÁnh"\t8,5\r\nVàng\u00a0A Bình\t"nói ""hay"""\r\n\r\n'
    assert read_block(text) == (("Lò Thị Ánh", "8,5"), ("Vàng A Bình", 'nói "hay"'))


def test_empty_columns_at_the_end_are_not_there_and_rows_are_equally_wide() -> None:
    assert read_block("7\t\t\n8\t9\t\n\t\t") == (("7", ""), ("8", "9"))
    assert read_block("") == read_block("\n\n") == ()


def test_a_quote_that_is_never_closed_keeps_to_its_cell() -> None:
    assert read_block('8\t"dở\n9\tx\n') == (("8", '"dở'), ("9", "x"))


@given(st.text(max_size=200))
def test_any_text_is_read_as_a_rectangle(text: str) -> None:
    block = read_block(text)
    assert len({len(row) for row in block}) <= 1


def test_a_cell_too_long_for_the_reader_is_still_a_cell() -> None:
    assert len(read_block("8\t" + "x" * 140_000)[0]) == 2


# -- by place


def test_rows_go_down_from_the_cell_with_either_decimal_sign(register: Register) -> None:
    register.enter(1, "toan", 1, {"tx1": 70, "tx2": 60})
    found = plan(register, "8,5\t9\n8.5\t6\nV\t\n", slot="tx1")
    assert found.matched == "place" and found.outside == () and said(found) == []
    kinds = [[cell.kind for cell in row.cells] for row in found.rows]
    assert kinds == [["new", "new"], ["changed", "same"], ["new", "blank"]]
    assert [row.name for row in found.rows] == ["Lò Thị Ánh", "Vàng A Bình", "Nguyễn Văn Cường"]
    assert (found.count("new"), found.count("changed"), found.count("same")) == (3, 1, 1)


def test_values_are_read_strictly_with_the_likely_fix(register: Register) -> None:
    found = plan(register, "85\n7,25\nĐ\n11,5", slot="ck")
    assert said(found) == [
        ("Lò Thị Ánh", "Điểm phải từ 0 đến 10. Ghi 8,5."),
        ("Vàng A Bình", "Điểm chỉ có một chữ số thập phân. Ghi 7,3 hoặc 7,2."),
        ("Nguyễn Văn Cường", "“Đ” không phải là điểm. Gõ số từ 0 đến 10, như 8,5."),
        ("Phan Hương Giang", "Điểm phải từ 0 đến 10. Gõ số từ 0 đến 10, như 8,5."),
    ]
    assert found.entries == []


def test_comment_subjects_take_their_words(register: Register) -> None:
    found = plan(register, "Đ\ncđ\nChưa đạt\n8", code="gdtc")
    assert [row.cells[0].value for row in found.rows] == ["D", "CD", "CD", None]
    assert found.count("refused") == 1


def test_too_many_rows_or_columns_are_said_in_one_sentence(register: Register) -> None:
    found = plan(register, "7\t8\t9\n" * 5, row=2, slot="gk")
    assert [column.slot for column in found.columns] == ["gk", "ck"]
    assert found.outside == (
        "Khối dán có 5 dòng, từ em này xuống chỉ còn 2 em; 3 dòng cuối bị bỏ ra.",
        "Khối dán có 3 cột điểm, từ cột này sang phải chỉ còn 2; 1 cột cuối bị bỏ ra.",
    )
    assert found.count("new") == 4


def test_a_pupil_who_left_is_refused_and_nobody_is_shifted(register: Register) -> None:
    set_status(register.db, register.pupils[1], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    found = plan(register, "7\n8\n9")
    assert [(row.name, row.cells[0].kind) for row in found.rows] == [
        ("Lò Thị Ánh", "new"), ("Vàng A Bình", "refused"), ("Nguyễn Văn Cường", "new")
    ]  # fmt: skip
    assert "rời trường ngày 12/10/2026" in said(found)[0][1]


def test_a_locked_cell_is_refused_unless_it_stays_as_it_is(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 80})
    sheet = class_sheet(register.db, register.class_id, "toan", 1)
    words = ("Đã khóa từ 20/10/2026.", *[""] * (len(sheet.columns) - 1))
    locked = replace(sheet, lines=tuple(replace(line, locks=words) for line in sheet.lines))
    found = plan_paste(locked, read_block("8\t9\n7\t6"), row=0, slot="tx1")
    assert [[cell.kind for cell in row.cells] for row in found.rows] == [["same", "new"], ["refused", "new"]]
    assert said(found) == [("Vàng A Bình", "Đã khóa từ 20/10/2026.")]


# -- by name and number


def test_names_decide_the_row_and_not_the_cursor(register: Register) -> None:
    found = plan(register, "phan hương giang\t9\nVàng A Bình\t8\nVàng A Bính\t5\n", row=3)
    assert found.matched == "name"
    assert [(entry.pupil_id, entry.value) for entry in found.entries] == [
        (register.pupils[3], 90), (register.pupils[1], 80)
    ]  # fmt: skip


def test_a_name_the_class_has_not_is_refused_with_words(register: Register) -> None:
    found = plan(register, "1\tLò Thị Ánh\t9\n2\tTrần Văn Dũng\t8\n9\tHà My\t7")
    assert said(found) == [
        ("Trần Văn Dũng", "Số 2 của lớp là Vàng A Bình, không phải “Trần Văn Dũng”."),
        ("Hà My", "Lớp không có em “Hà My” học môn này. Xem lại tên, hoặc lớp của khối dán."),
    ]
    assert len(found.entries) == 1


def test_a_block_of_another_class_is_refused_row_by_row(register: Register) -> None:
    found = plan(register, "Trần Văn Dũng\t8\nĐỗ Thị Hà\t7")
    assert found.matched == "name" and found.entries == [] and found.count("refused") == 2


def test_family_and_given_names_may_stand_in_two_columns(register: Register) -> None:
    found = plan(register, "1\tLò Thị\tÁnh\t9\n4\tPhan Hương\tGiang\t8")
    assert [entry.value for entry in found.entries] == [90, 80]


def test_numbers_alone_decide_the_row_when_they_count_up(register: Register) -> None:
    found = plan(register, "2\t9\n3\t8\n4\t7\n", row=0)
    assert found.matched == "number"
    assert [entry.pupil_id for entry in found.entries] == register.pupils[1:]
    assert said(plan(register, "3\t9\n4\t8\n5\t7"))[0][1] == "Bảng này không có em số 5."
    assert plan(register, "7\t9\n8\t8").matched == "place", "two rows are marks"
    assert plan(register, "7\n8\n9").matched == "place", "one column is marks"


def test_one_pupil_twice_is_refused_the_second_time(register: Register) -> None:
    found = plan(register, "Lò Thị Ánh\t9\nLò Thị Ánh\t8")
    assert said(found) == [("Lò Thị Ánh", "Em này đã có ở dòng 1 của khối dán.")]


def test_namesakes_need_their_number(register: Register) -> None:
    add_pupil(register.db, YEAR, register.class_id, {"name": "Lò Thị Ánh", "sex": "NU"})
    assert "Lớp có 2 em tên Lò Thị Ánh." in said(plan(register, "Lò Thị Ánh\t9"))[0][1]
    found = plan(register, "5\tLò Thị Ánh\t9")
    add_pupil(register.db, YEAR, register.class_id, {"name": "Lò Thị Anh", "sex": "NU"})
    assert [row.number for row in plan(register, "Lò Thị Anh\t9").rows] == [6], "accents tell them apart"
    assert len(found.entries) == 1 and found.rows[0].number == 5


def test_headings_decide_the_column_and_not_the_cursor(register: Register) -> None:
    text = "STT\tHọ và tên\tNgày sinh\tĐĐGck\tTX1\n1\tLò Thị Ánh\t1/1/2012\t9\t8\n"
    found = plan(register, text, slot="tx2")
    assert [(entry.slot, entry.value) for entry in found.entries] == [("ck", 90), ("tx1", 80)]
    assert found.outside == ("1 cột của khối dán không có tiêu đề của một cột điểm ở bảng này nên bị bỏ ra.",)


# -- as fast as promised


@pytest.fixture
def large(register: Register) -> Register:
    for n in range(41):
        add_pupil(register.db, YEAR, register.class_id, {"name": f"Trần Văn Thứ {n}", "sex": "NAM"})
    return register


def test_a_whole_class_pasted_twice_is_the_same(large: Register) -> None:
    text = "\n".join("\t".join(["7,5"] * 6) for _pupil in range(45))
    enter_marks(large.db, large.key(), plan(large, text, slot="tx1").entries)
    assert plan(large, text, slot="tx1").count("same") == 270


def test_a_number_two_pupils_carry_takes_no_mark(register: Register) -> None:
    db = register.db
    db.do(Step("số", db.update("enrolment", name_id("enrolment", register.pupils[1], YEAR), number=1)))
    block = plan(register, "STT\tĐĐGtx1\n1\t8\n2\t7\n3\t6")
    assert [row.problem.code for row in block.rows if row.problem] == ["PUPIL_TWICE", "PUPIL_UNKNOWN"]
