"""Marks from files: a plan first, then one Step; nothing guessed, nothing erased."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from registers import NAMES, Register
from schools import YEAR

from edudesk.gradebook.exchange.imports import MarkPlan, apply_marks, plan_marks
from edudesk.gradebook.exchange.mark_files import (
    RawCell,
    has_marks,
    mark_words,
    read_cells,
    read_slot,
    read_term,
)
from edudesk.gradebook.exchange.mark_sheets import marks_sheets
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused, Stale
from edudesk.kernel.ids import name_id
from edudesk.sheets.reader import Sheet
from edudesk.sheets.tables import find_tables
from edudesk.sheets.writer import SheetOut, write_sheet

HEADS = ("class", "pupil", "subject", "term", "slot", "value")


def plan(register: Register, path: Path) -> MarkPlan:
    return plan_marks(register.db, path, year=YEAR)


def long_file(folder: Path, *rows: Sequence[object], heads: Sequence[str] = HEADS) -> Path:
    path = folder / "điểm.csv"
    lines = [heads, *rows]
    path.write_text("\n".join(";".join(map(str, line)) for line in lines), encoding="utf-8")
    return path


def class_file(folder: Path, rows: Sequence[Sequence[object]], heads: Sequence[str]) -> Path:
    path = folder / "lớp.xlsx"
    notes = ("SỔ THEO DÕI VÀ ĐÁNH GIÁ HỌC SINH", "Lớp: 9A2 - Môn: Giáo dục công dân - Học kì I")
    write_sheet(path, [SheetOut(name="Sổ", heads=heads, rows=rows, notes=notes)])
    return path


def counts(found: MarkPlan) -> tuple[int, int, int, int]:
    return found.count("added"), found.count("changed"), found.count("unchanged"), len(found.refused)


def test_a_long_list_is_taken_and_a_second_time_changes_nothing(register: Register, tmp_path: Path) -> None:
    rows = [
        ("9A2", "HS001", "toan", 1, "tx1", "8,5"),
        ("9a2", "#2", "Toán", "HK I", "ĐĐGgk", "7.5"),
        ("9A2", "HS003", "GDTC", "2", "ck", "Đ"),
        ("9A2", "HS003", "GDTC", "2", "gk", ""),
    ]
    path = long_file(tmp_path, *rows)
    first = plan(register, path)
    assert counts(first) == (3, 0, 0, 0)
    apply_marks(register.db, first)
    assert register.db.undo_label == "Nhập 3 điểm từ điểm.csv"
    assert class_sheet(register.db, register.class_id, "toan", 1).lines[0].marks[0] == 85
    assert counts(plan(register, path)) == (0, 0, 3, 0)
    assert apply_marks(register.db, plan(register, path)).changes == ()
    again = plan(register, long_file(tmp_path, ("9A2", "HS001", "toan", 1, "tx1", "9")))
    assert counts(again) == (0, 1, 0, 0)
    assert (again.rows[0].old, again.rows[0].name) == (85, NAMES[0])
    register.db.undo()
    assert class_sheet(register.db, register.class_id, "toan", 1).lines[0].marks[0] is None


def test_a_mark_written_while_the_preview_was_open_is_not_replaced(
    register: Register, tmp_path: Path
) -> None:
    path = long_file(
        tmp_path, ("9A2", "HS001", "toan", 1, "tx1", "8"), ("9A2", "HS002", "toan", 1, "tx1", "7")
    )
    shown = plan(register, path)
    register.enter(0, "toan", 1, {"tx1": 50})
    with pytest.raises(Stale) as refused:
        apply_marks(register.db, shown)
    assert [problem.place for problem in refused.value.problems] == [f"{NAMES[0]}, Toán, ĐĐGtx1"]
    sheet = class_sheet(register.db, register.class_id, "toan", 1)
    assert [line.marks[0] for line in sheet.lines[:2]] == [50, None]
    shown = plan(register, path)
    register.db.undo()
    with pytest.raises(Stale):
        apply_marks(register.db, shown)
    apply_marks(register.db, plan(register, path))
    assert class_sheet(register.db, register.class_id, "toan", 1).lines[0].marks[0] == 80


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("9A2", "HS001", "toan", 1, "tx1", "85"), "MARK_RANGE"),
        (("9A2", "HS001", "toan", 1, "tx1", "8,25"), "MARK_STEP"),
        (("9A2", "HS001", "toan", 1, "tx1", "tám"), "MARK_NOT_NUMBER"),
        (("9A2", "HS001", "gdtc", 1, "tx1", "8"), "MARK_NOT_COMMENT"),
        (("9A2", "HS001", "toan", 1, "tx5", "8"), "MARK_SLOT"),
        (("9A2", "HS001", "toan", 1, "miệng", "8"), "MARK_SLOT"),
        (("9A2", "HS001", "toan", 3, "tx1", "8"), "TERM_UNKNOWN"),
        (("9A2", "HS001", "thien_van", 1, "tx1", "8"), "SUBJECT_UNKNOWN"),
        (("9A2", "HS001", "vat_li", 1, "tx1", "8"), "SUBJECT_NOT_TAUGHT"),
        (("9A2", "HS999", "toan", 1, "tx1", "8"), "PUPIL_UNKNOWN"),
        (("9A9", "HS001", "toan", 1, "tx1", "8"), "CLASS_UNKNOWN"),
        (("", "HS001", "toan", 1, "tx1", "8"), "CLASS_UNKNOWN"),
    ],
)
def test_a_row_that_cannot_be_is_refused_with_its_place(
    register: Register, tmp_path: Path, row: Sequence[object], code: str
) -> None:
    good = ("9A2", "HS002", "toan", 1, "tx1", "8")
    found = plan(register, long_file(tmp_path, good, row))
    note = found.refused[0]
    assert (note.row, note.column, note.value, note.code) == (3, "value", str(row[-1]), code)
    assert note.reason
    assert counts(found) == (1, 0, 0, 1)


def test_the_same_cell_twice_with_two_values_is_refused(register: Register, tmp_path: Path) -> None:
    rows = [("9A2", "HS001", "toan", 1, "tx1", value) for value in ("8", "8,0", "9")]
    found = plan(register, long_file(tmp_path, *rows))
    assert counts(found) == (1, 0, 0, 1)
    assert (found.refused[0].code, found.refused[0].row) == ("ROW_TWICE", 4)


def test_a_class_sheet_with_its_title_and_headings(register: Register, tmp_path: Path) -> None:
    heads = ("STT", "Họ và tên", "Ngày sinh", "ĐĐGtx1", "ĐĐGtx_2", "ĐĐGgk", "ĐĐGck", "ĐTBmhk1")
    rows = [
        (1, NAMES[0], None, Decimal("8.5"), 7, Decimal("6.5"), 8, Decimal("7.6")),
        (2, NAMES[1], None, 9, None, Decimal("7.25"), "V", None),
        (3, "Không Có Ai", None, 5, None, None, None, None),
    ]
    found = plan(register, class_file(tmp_path, rows, heads))
    assert counts(found) == (6, 0, 0, 2)
    assert [(note.row, note.column, note.code) for note in found.refused] == [
        (5, "ĐĐGgk", "MARK_STEP"),
        (6, "ĐĐGtx1", "PUPIL_UNKNOWN"),
    ]
    apply_marks(register.db, found)
    sheet = class_sheet(register.db, register.class_id, "gdcd", 1)
    assert sheet.lines[0].marks == (85, 70, 65, 80)
    assert sheet.lines[1].marks == (90, None, None, "V")


def test_namesakes_are_told_apart_by_number_or_code(register: Register, tmp_path: Path) -> None:
    from edudesk.students.store import add_pupil

    add_pupil(register.db, YEAR, register.class_id, {"name": NAMES[0], "code": "HS005"})
    plain = plan(register, class_file(tmp_path, [(None, NAMES[0], 8)], ("STT", "Họ và tên", "ĐĐGtx1")))
    assert [note.code for note in plain.refused] == ["PUPIL_TWICE"]
    numbered = plan(register, class_file(tmp_path, [(5, NAMES[0], 8)], ("STT", "Họ và tên", "ĐĐGtx1")))
    assert numbered.rows[0].entry.pupil_id not in register.pupils
    coded = plan(
        register, class_file(tmp_path, [("HS001", "Tên Khác", 8)], ("Mã học sinh", "Họ và tên", "TX1"))
    )
    assert coded.rows[0].entry.pupil_id == register.pupils[0]
    assert [note.code for note in coded.warnings] == ["NAME_DIFFERS"]


def test_what_is_exported_comes_back_unchanged(register: Register, tmp_path: Path) -> None:
    register.fill(0, 85)
    register.enter(1, "toan", 1, {"tx1": "V", "gk": 70})
    path = tmp_path / "cả lớp.xlsx"
    write_sheet(path, marks_sheets(register.db, register.class_id, 1))
    found = plan(register, path)
    assert (counts(found)[:2], found.refused, found.warnings) == ((0, 0), (), ())
    assert found.count("unchanged") == sum(len(sheet.columns) for sheet in sheets_of(register)) + 2
    year = tmp_path / "cả năm.xlsx"
    write_sheet(year, marks_sheets(register.db, register.class_id, 0))
    with pytest.raises(Refused) as refused:
        plan(register, year)
    assert refused.value.code == "HEAD_MISSING"


def sheets_of(register: Register) -> list[object]:
    from edudesk.gradebook.register.roll import read_roll

    codes = [course.code for course in read_roll(register.db, register.class_id).courses]
    return [class_sheet(register.db, register.class_id, code, 1) for code in codes]


def test_a_sheet_of_something_else_is_passed_over_with_a_word(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "hai trang.xlsx"
    good = SheetOut(
        name="Điểm",
        heads=("STT", "Họ và tên", "TX1"),
        rows=[(1, NAMES[0], 8)],
        notes=("Lớp 9A2", "Môn Toán", "Học kỳ II"),
    )
    write_sheet(path, [SheetOut(name="Bìa", heads=("Trường",), rows=[("THCS",)]), good])
    found = plan(register, path)
    assert [note.code for note in found.warnings] == ["SHEET_SKIPPED"]
    assert [(mark.key.term, mark.entry.value) for mark in found.rows] == [(2, 80)]


def cells_of(rows: list[list[object]]) -> list[RawCell]:
    (table,) = find_tables(Sheet("Sổ", rows), mark_words(), has_marks)  # type: ignore[arg-type]
    return read_cells(table)


def test_headings_over_two_rows_and_merged_ones() -> None:
    rows: list[list[object]] = [
        ["Lớp 9A2, môn Toán, học kỳ 2", None, None, None, None, None],
        ["STT", "Họ và tên", "ĐĐGtx", None, "ĐĐGgk", "ĐĐGck"],
        [None, None, 1, 2, None, None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "Lò Thị Ánh", 8, None, 7, 6],
    ]
    cells = cells_of(rows)
    assert [(cell.slot, cell.raw, cell.row) for cell in cells] == [("tx1", 8, 5), ("gk", 7, 5), ("ck", 6, 5)]
    assert {(cell.class_text, cell.subject, cell.term) for cell in cells} == {("9a2", "toan", "2")}
    merged = cells_of([rows[1], rows[4]])
    assert [cell.slot for cell in merged] == ["tx1", "gk", "ck"]
    assert merged[0].class_text == ""


def test_words_for_cells_and_terms() -> None:
    assert [read_slot(text) for text in ("ĐĐGtx1", "TX 3", "giữa kì", "ĐĐGck · Mĩ thuật", "ĐĐGtx3 (CĐ)")] == [
        *("tx1", "tx3", "gk", "ck.mi_thuat", "tx3"),
    ]
    assert [read_slot(text) for text in ("ĐTBmhk", "tx0", "")] == [None, None, None]
    assert [read_term(text) for text in ("1", "II", "Học kì 2", "HK I", "3", "cả năm")] == [
        1,
        2,
        2,
        1,
        None,
        None,
    ]


def test_a_file_without_headings_is_refused(register: Register, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        plan(register, long_file(tmp_path, ("9A2", "HS001"), heads=("a", "b")))
    assert refused.value.code == "HEAD_MISSING"


def test_a_number_two_pupils_carry_is_said_to_be_theirs(register: Register, tmp_path: Path) -> None:
    db = register.db
    db.do(Step("số", db.update("enrolment", name_id("enrolment", register.pupils[1], YEAR), number=1)))
    found = plan(register, long_file(tmp_path, ("9A2", "#1", "toan", 1, "tx1", "8")))
    assert [note.code for note in found.refused] == ["PUPIL_TWICE"]
