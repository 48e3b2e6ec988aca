"""The form for a teacher without the program: what leaves, what comes back, and what is not taken."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from registers import NAMES, Register
from schools import YEAR, change_subject
from workbooks import Book, put, read_book, resave

from edudesk.gradebook.exchange.form import class_pages, teacher_pages, write_form
from edudesk.gradebook.exchange.form_file import read_template
from edudesk.gradebook.exchange.form_plain import plan_plain
from edudesk.gradebook.exchange.form_read import FormPlan, apply_form, plan_form
from edudesk.gradebook.exchange.form_template import HIDDEN, FormPage, FormRow, Template, decode, encode
from edudesk.gradebook.register.locks import lock_marks
from edudesk.gradebook.register.marks import MarkEntry, enter_mark
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.rules.locks import Scope
from edudesk.gradebook.rules.marks import Mark
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused, Stale, Unavailable
from edudesk.kernel.ids import name_id
from edudesk.kernel.numbers import show_tenths
from edudesk.sheets.reader import sheet_names
from edudesk.staff.store import save_member
from edudesk.students.store_status import set_status


@pytest.fixture
def form(register: Register, tmp_path: Path) -> Path:
    """The form of Toán in term I, empty but for one mark of the second pupil."""
    register.enter(1, "toan", 1, {"tx1": 70})
    path = tmp_path / "Toán 9A2.xlsx"
    write_form(register.db, path, [register.key()])
    return path


def marks(register: Register, pupil: int, code: str = "toan") -> tuple[Mark, ...]:
    sheet = class_sheet(register.db, register.class_id, code, 1)
    return next(line.marks for line in sheet.lines if line.pupil_id == register.pupils[pupil])


def kinds(plan: FormPlan) -> dict[tuple[str, str], str]:
    return {(cell.name, cell.slot): cell.kind for cell in plan.cells if cell.kind != "same"}


def problem(plan: FormPlan) -> tuple[str, str]:
    refused = plan.of("refused")
    assert len({(one.problem.code, one.problem.message) for one in refused if one.problem}) == 1
    assert refused[0].problem is not None
    return refused[0].problem.code, refused[0].problem.message


# -- what leaves


def test_only_the_cells_of_marks_can_be_written(form: Path) -> None:
    with zipfile.ZipFile(form) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
        book = parts.read("xl/workbook.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert "<sheetProtection" in page and "password" not in page
    assert 'sheet name="_edudesk"' in book and 'state="hidden"' in book
    assert 'locked="0"' in styles
    assert 'paperSize="9"' in page and 'state="frozen"' in page and 'fitToHeight="0"' in page
    assert 'type="custom"' in page and "Điểm từ 0 đến 10" in page
    assert 'hidden="1"' in page


def test_a_comment_subject_offers_its_letters_to_choose_from(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "gdtc.xlsx"
    write_form(register.db, path, [register.key("gdtc")])
    book, hidden = read_book(path)
    assert [row[0] for row in book["_edudesk_lists"]] == ["Đ", "CĐ", "V", "P", "K", "M"]
    assert hidden == {HIDDEN, "_edudesk_lists"}
    assert sheet_names(path) == ["Giáo dục thể chất"]
    with zipfile.ZipFile(path) as parts:
        assert 'type="list"' in parts.read("xl/worksheets/sheet1.xml").decode()


def test_who_left_who_is_exempt_and_what_is_locked_is_grey_with_its_reason(
    register: Register, tmp_path: Path
) -> None:
    db = register.db
    set_status(db, register.pupils[3], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    row = name_id("elective", register.pupils[2], YEAR, "toan")
    exempt = db.upsert("elective", row, pupil_id=register.pupils[2], year=YEAR, code="toan", takes=0)
    db.do(Step("Miễn học", exempt))
    lock_marks(db, [Scope(YEAR, register.class_id, "toan", 1, "tx1")], reason="hết hạn")
    path = tmp_path / "a.xlsx"
    made = write_form(db, path, [register.key()])
    rows = read_book(path)[0]["Toán"]
    notes = {row[2]: row[-1] for row in rows if row[2] in NAMES}
    assert notes == {
        NAMES[0]: "Đã khóa sổ",
        NAMES[1]: "Đã khóa sổ",
        NAMES[2]: "Không học môn này",
        NAMES[3]: "Chuyển đi 12/10/2026",
    }
    assert made.empty == 2 * 5, "two pupils, every column but the locked one"


def test_a_class_is_one_workbook_with_a_sheet_to_each_subject(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "9A2.xlsx"
    made = write_form(register.db, path, class_pages(register.db, register.class_id, 1))
    assert len(sheet_names(path)) == len(made.template.pages) > 8
    assert plan_form(register.db, path).count("same") == len(plan_form(register.db, path).cells)


def test_a_teacher_gets_all_of_their_pages_with_the_class_on_the_tab(
    register: Register, tmp_path: Path
) -> None:
    db = register.db
    step = save_member(db, {"name": "Cao Thị Hạnh"})
    teacher = step.changes[0].row
    other = str(db.value("select id from school_class where name = '6A1'"))
    for class_id, code in ((register.class_id, "toan"), (register.class_id, "tin_hoc"), (other, "toan")):
        change_subject(db, class_id, code, teacher_id=teacher)
    keys = teacher_pages(db, YEAR, teacher, 1)
    assert {(key.class_id, key.code) for key in keys} == {
        (register.class_id, "toan"),
        (register.class_id, "tin_hoc"),
        (other, "toan"),
    }
    path = tmp_path / "hạnh.xlsx"
    write_form(db, path, keys)
    assert sheet_names(path) == ["Toán", "Tin học"], "6A1 has nobody to mark"
    assert any("Cao Thị Hạnh" in str(cell) for row in read_book(path)[0]["Toán"] for cell in row)


@pytest.mark.parametrize("term", [0, 3])
def test_the_whole_year_has_no_form(register: Register, tmp_path: Path, term: int) -> None:
    with pytest.raises(Refused) as caught:
        write_form(register.db, tmp_path / "a.xlsx", [register.key(term=term)])
    assert caught.value.code == "FORM_TERM"
    assert not list(tmp_path.glob("*.xlsx"))


def test_nobody_to_mark_is_said(register: Register, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        write_form(register.db, tmp_path / "a.xlsx", [])
    assert caught.value.code == "FORM_EMPTY"


# -- what comes back


def test_a_filled_form_is_read_back_as_one_step_and_one_undo(register: Register, form: Path) -> None:
    def fill(book: Book) -> None:
        put("Toán", NAMES[0], "tx1", "8,5")(book)
        put("Toán", NAMES[0], "ck", 9)(book)
        put("Toán", NAMES[1], "tx1", 7.5)(book)
        put("Toán", NAMES[2], "gk", "v")(book)

    resave(form, fill)
    before = class_sheet(register.db, register.class_id, "toan", 1).lines
    plan = plan_form(register.db, form)
    assert (plan.count("new"), plan.count("changed"), plan.count("conflict", "refused")) == (3, 1, 0)
    assert class_sheet(register.db, register.class_id, "toan", 1).lines == before, "nothing is written yet"
    step = apply_form(register.db, plan)
    assert step.label == "Đọc phiếu nhập điểm: 4 ô"
    assert marks(register, 0)[0] == 85 and marks(register, 0)[-1] == 90
    assert marks(register, 1)[0] == 75 and marks(register, 2)[-2] == "V"
    register.db.undo()
    assert class_sheet(register.db, register.class_id, "toan", 1).lines == before


def test_what_the_file_left_alone_is_never_written_over_what_changed_here(
    register: Register, form: Path
) -> None:
    register.enter(1, "toan", 1, {"tx1": 95, "tx2": 60})
    plan = plan_form(register.db, form)
    assert kinds(plan) == {}
    assert apply_form(register.db, plan).changes == ()
    assert marks(register, 1)[:2] == (95, 60)


def test_changed_here_and_in_the_file_is_decided_by_a_person(register: Register, form: Path) -> None:
    register.enter(1, "toan", 1, {"tx1": 95})
    resave(form, put("Toán", NAMES[1], "tx1", "8,0"))
    plan = plan_form(register.db, form)
    assert kinds(plan) == {(NAMES[1], "tx1"): "conflict"}
    cell = plan.of("conflict")[0]
    assert (cell.base, cell.here, cell.value) == (70, 95, 80)
    assert apply_form(register.db, plan).changes == (), "what is here stays"
    register.enter(1, "toan", 1, {"tx1": 100})
    with pytest.raises(Stale, match=NAMES[1]):
        apply_form(register.db, plan, take=[cell.spot])
    register.db.undo()
    apply_form(register.db, plan, take=[cell.spot])
    assert marks(register, 1)[0] == 80


def test_both_made_the_same_change(register: Register, form: Path) -> None:
    register.enter(1, "toan", 1, {"tx1": 80})
    resave(form, put("Toán", NAMES[1], "tx1", "8,0"))
    assert kinds(plan_form(register.db, form)) == {}


def test_a_mark_deleted_in_the_file_is_asked_about(register: Register, form: Path) -> None:
    resave(form, put("Toán", NAMES[1], "tx1", ""))
    plan = plan_form(register.db, form)
    assert kinds(plan) == {(NAMES[1], "tx1"): "cleared"}
    apply_form(register.db, plan)
    assert marks(register, 1)[0] == 70
    apply_form(register.db, plan, take=[plan.of("cleared")[0].spot])
    assert marks(register, 1)[0] is None


def test_after_a_newer_form_an_older_one_takes_nothing_by_itself(
    register: Register, form: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register.db, "wall", lambda: "2099-01-05T08:00:00+07:00")
    newer = tmp_path / "mới.xlsx"
    write_form(register.db, newer, [register.key()])
    apply_form(register.db, plan_form(register.db, resave(newer, put("Toán", NAMES[0], "gk", "6,0"))))
    resave(form, put("Toán", NAMES[2], "gk", "5,0"))
    plan = plan_form(register.db, form)
    assert kinds(plan) == {(NAMES[2], "gk"): "conflict"}
    assert [note.code for note in plan.notes] == ["FORM_OLDER"]
    assert plan.of("conflict")[0].why == "Đã đọc một phiếu mới hơn."
    register.db.undo()
    assert kinds(plan_form(register.db, form)) == {(NAMES[2], "gk"): "new"}, "the newer one was taken back"


def test_rows_are_found_by_what_names_them_and_not_by_their_place(register: Register, form: Path) -> None:
    def turn_round(book: Book) -> None:
        put("Toán", NAMES[0], "tx1", "8,5")(book)
        put("Toán", NAMES[3], "tx1", "4,5")(book)
        rows = book["Toán"]
        first = next(n for n, row in enumerate(rows) if NAMES[0] in row)
        rows[first : first + 4] = reversed(rows[first : first + 4])
        for row in rows[:1] + rows[first : first + 4]:
            row[3], row[5] = row[5], row[3]  # and two columns change places

    resave(form, turn_round)
    apply_form(register.db, plan_form(register.db, form))
    assert (marks(register, 0)[0], marks(register, 3)[0]) == (85, 45)


def test_a_name_an_accent_away_is_another_pupils_row(register: Register, form: Path) -> None:
    def mistake(book: Book) -> None:
        row = next(row for row in book["Toán"] if NAMES[0] in row)
        row[2], row[4] = NAMES[0].replace("Ánh", "Anh"), "5,0"

    resave(form, mistake)
    plan = plan_form(register.db, form)
    assert plan.count("new", "changed") == 0
    assert [cell.problem.code for cell in plan.of("refused") if cell.problem] == ["NAME_MOVED"]


def test_names_shifted_against_their_rows_are_refused(register: Register, form: Path) -> None:
    def shift(book: Book) -> None:
        rows = [row for row in book["Toán"] if any(name in row for name in NAMES)]
        names = [row[2] for row in rows]
        for row, name in zip(rows, names[1:] + names[:1], strict=True):
            row[2] = name
            row[4] = "5,0"

    resave(form, shift)
    plan = plan_form(register.db, form)
    assert plan.count("new", "changed") == 0 and plan.count("refused") == 4
    assert {cell.problem.code for cell in plan.of("refused") if cell.problem} == {"NAME_MOVED"}


def test_a_row_added_by_hand_and_a_pupil_twice_are_refused(register: Register, form: Path) -> None:
    def add(book: Book) -> None:
        rows = book["Toán"]
        first = next(n for n, row in enumerate(rows) if NAMES[0] in row)
        stranger = ["", "5", "Trần Văn Mới", "9,0", *[""] * (len(rows[first]) - 4)]
        again = [*rows[first][:3], "3,0", *rows[first][4:]]
        rows[first + 4 : first + 4] = [stranger, again]

    resave(form, add)
    plan = plan_form(register.db, form)
    refused = {cell.problem.code: cell for cell in plan.of("refused") if cell.problem}
    assert set(refused) == {"ROW_ADDED", "ROW_TWICE"}
    assert refused["ROW_ADDED"].name == "Trần Văn Mới" and refused["ROW_ADDED"].text == "9,0"
    assert plan.count("new", "changed") == 0


@pytest.mark.parametrize(
    ("value", "code", "fix"),
    [
        (85, "MARK_RANGE", "Ghi 8,5."),
        ("8,25", "MARK_STEP", "Ghi 8,3 hoặc 8,2."),
        ("giỏi", "MARK_NOT_NUMBER", "Gõ số từ 0 đến 10, như 8,5."),
        (dt.date(2026, 5, 8), "MARK_NOT_NUMBER", "Gõ lại điểm ở ô này, như 8,5."),
        ("M", "MARK_EXEMPT", ""),
    ],
)
def test_what_is_no_mark_is_refused_with_the_likely_fix(
    register: Register, form: Path, value: object, code: str, fix: str
) -> None:
    resave(form, put("Toán", NAMES[0], "tx1", value))
    plan = plan_form(register.db, form)
    found = plan.of("refused")[0].problem
    assert found is not None and (found.code, found.next) == (code, fix)
    assert apply_form(register.db, plan).changes == ()


def test_a_cell_locked_meanwhile_is_refused_with_who_and_why(register: Register, form: Path) -> None:
    lock_marks(register.db, [Scope(YEAR, register.class_id, "toan", 1, "tx1")], reason="hết hạn nộp")
    resave(form, put("Toán", NAMES[0], "tx1", "8,5"))
    code, message = problem(plan_form(register.db, form))
    assert code == "LOCKED" and "hết hạn nộp" in message


def test_a_pupil_who_left_meanwhile_takes_no_marks(register: Register, form: Path) -> None:
    set_status(register.db, register.pupils[0], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    resave(form, put("Toán", NAMES[0], "tx1", "8,5"))
    assert problem(plan_form(register.db, form))[0] == "PUPIL_LEFT"


def test_a_form_of_another_school_is_refused(register: Register, form: Path, tmp_path: Path) -> None:
    other = Register(tmp_path / "trường khác")
    with pytest.raises(Refused) as caught:
        plan_form(other.db, form)
    other.db.close()
    assert caught.value.code == "FORM_SCHOOL" and "Sông Trăng" in caught.value.message


def test_the_school_keeps_its_identity_under_another_name(register: Register, form: Path) -> None:
    from edudesk.school.store import save_settings

    save_settings(register.db, name="Trường THCS Trăng Mới")
    assert plan_form(register.db, form).count("refused") == 0


def test_a_form_of_a_class_that_is_no_more(register: Register, form: Path) -> None:
    db = register.db
    resave(form, put("Toán", NAMES[0], "tx1", "8,5"))
    db.connection.execute("update school_class set gone = 1 where id = ?", (register.class_id,))
    assert problem(plan_form(db, form))[0] == "CLASS_UNKNOWN"


# -- damage


def damage_cell(book: Book) -> None:
    book[HIDDEN][3][4] = "10|10"


def damage_head(book: Book) -> None:
    book[HIDDEN][0][0] = "?"


def damage_end(book: Book) -> None:
    del book[HIDDEN][-2]


def damage_pages(book: Book) -> None:
    for name, rows in book.items():
        if not name.startswith("_"):
            rows[0][0] = ""


@pytest.mark.parametrize("damage", [damage_cell, damage_head, damage_end])
def test_a_damaged_form_says_so_and_can_still_be_read_as_a_sheet(
    register: Register, form: Path, damage: Callable[[Book], None]
) -> None:
    resave(form, put("Toán", NAMES[0], "tx1", "8,5"))
    resave(form, damage)
    with pytest.raises(Refused) as caught:
        plan_form(register.db, form)
    assert caught.value.code == "FORM_DAMAGED"
    plan = plan_plain(register.db, form, year=YEAR)
    assert kinds(plan) == {(NAMES[0], "tx1"): "new"} and plan.count("refused") == 0
    apply_form(register.db, plan)
    assert marks(register, 0)[0] == 85


def test_a_form_whose_pages_lost_their_names_is_damaged(register: Register, form: Path) -> None:
    resave(form, damage_pages)
    with pytest.raises(Refused) as caught:
        plan_form(register.db, form)
    assert caught.value.code == "FORM_DAMAGED"


def test_a_form_without_its_hidden_sheet_is_an_ordinary_sheet(register: Register, form: Path) -> None:
    resave(form, lambda book: book.pop(HIDDEN))
    assert read_template(form) is None
    with pytest.raises(Refused) as caught:
        plan_form(register.db, form)
    assert caught.value.code == "FORM_MISSING"
    assert plan_plain(register.db, form, year=YEAR).count("same") == 1


def test_a_sheet_that_was_added_or_taken_out_is_named(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "hai.xlsx"
    write_form(register.db, path, [register.key("toan"), register.key("tin_hoc")])

    def edit(book: Book) -> None:
        del book["Tin học"]
        book["Nháp"] = [["x", "y"]]

    plan = plan_form(register.db, resave(path, edit))
    assert sorted(note.code for note in plan.notes) == ["SHEET_MISSING", "SHEET_SKIPPED"]


def test_a_form_of_a_later_edition_is_not_guessed_at(register: Register, form: Path) -> None:
    def later(book: Book) -> None:
        book[HIDDEN][0][1] = "2"

    with pytest.raises(Refused) as caught:
        plan_form(register.db, resave(form, later))
    assert caught.value.code == "FORM_NEWER"


def test_half_a_file_a_missing_file_and_a_text_file(register: Register, form: Path, tmp_path: Path) -> None:
    half = tmp_path / "nửa.xlsx"
    half.write_bytes(form.read_bytes()[:4000])
    with pytest.raises(Unavailable) as caught:
        plan_form(register.db, half)
    assert caught.value.code == "FILE_UNREADABLE"
    with pytest.raises(Unavailable) as caught:
        plan_form(register.db, tmp_path / "không có.xlsx")
    assert caught.value.code == "FILE_MISSING"
    text = tmp_path / "a.csv"
    text.write_text("a;b", encoding="utf-8")
    assert read_template(text) is None


def test_a_file_that_excel_holds_is_said_so(
    register: Register, form: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(_path: Path, *_rest: object, **_more: object) -> Iterator[object]:
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "open", held)
    with pytest.raises(Unavailable) as caught:
        plan_form(register.db, form)
    assert caught.value.code == "FILE_LOCKED"


# -- laws


MARKS = st.one_of(st.none(), st.integers(0, 100), st.sampled_from(["V", "P", "K"]))


@given(
    st.lists(st.lists(MARKS, min_size=6, max_size=6), min_size=1, max_size=5),
    st.text(min_size=1, max_size=12),
)
def test_a_template_is_read_as_it_was_written(rows: list[list[Mark]], name: str) -> None:
    import unicodedata

    name = unicodedata.normalize("NFC", name)
    slots = ("tx1", "tx2", "tx3", "tx4", "gk", "ck")
    pupils = tuple(FormRow(f"p{n}", name or "x", tuple(row)) for n, row in enumerate(rows))
    page = FormPage(1, YEAR, "c", "9A2", "toan", 1, slots, pupils)
    template = Template("id", "s", name, "2026-11-22T08:00:00+07:00", (page,))
    if "\x00" not in name and name.strip():
        assert decode([list(row) for row in encode(template)]) == template


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(before=st.lists(MARKS, min_size=4, max_size=4), after=st.lists(MARKS, min_size=4, max_size=4))
def test_export_then_import_is_what_the_teacher_wrote(
    register: Register, tmp_path: Path, before: list[Mark], after: list[Mark]
) -> None:
    db = register.db
    for pupil, mark in enumerate(before):
        enter_mark(db, register.key(), MarkEntry(register.pupils[pupil], "gk", mark))
    path = tmp_path / "vòng.xlsx"
    write_form(db, path, [register.key()])
    untouched = plan_form(db, path)
    assert untouched.count("same") == len(untouched.cells)

    def fill(book: Book) -> None:
        for name, mark in zip(NAMES, after, strict=True):
            put("Toán", name, "gk", show_tenths(mark) if isinstance(mark, int) else mark or "")(book)

    plan = plan_form(db, resave(path, fill))
    apply_form(db, plan, take=[cell.spot for cell in plan.of("cleared")])
    assert [marks(register, n)[-2] for n in range(4)] == after
    again = plan_form(db, path)
    assert again.count("same") == len(again.cells), "reading twice changes nothing"


def test_a_number_keeps_its_tenth(register: Register, form: Path) -> None:
    resave(form, put("Toán", NAMES[0], "tx1", Decimal("8.7")))
    apply_form(register.db, plan_form(register.db, form))
    assert marks(register, 0)[0] == 87
