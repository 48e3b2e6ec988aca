"""The register: cells written, refused, cleared and undone; who owes what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from registers import NAMES, Register
from schools import YEAR, change_subject

from edudesk.gradebook.register.filled import completeness
from edudesk.gradebook.register.marks import (
    MarkEntry,
    SheetKey,
    enter_mark,
    enter_marks,
    homeroom_lines,
    save_subject_comment,
    save_term_record,
)
from edudesk.gradebook.register.roll import read_roll
from edudesk.gradebook.register.sheet import class_sheet, column_name
from edudesk.gradebook.rules.marks import Mark
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.ids import name_id
from edudesk.school.store_subjects import set_class_subjects
from edudesk.students.store_status import set_status


def refusal(register: Register, key: SheetKey, entry: MarkEntry) -> str:
    with pytest.raises(Refused) as refused:
        enter_mark(register.db, key, entry)
    return refused.value.code


def marks_of(register: Register, pupil: int, code: str = "toan", term: int = 1) -> tuple[Mark, ...]:
    return class_sheet(register.db, register.class_id, code, term).lines[pupil].marks


# -- cells


def test_a_mark_is_entered_changed_cleared_and_undone(register: Register) -> None:
    db, pupil = register.db, register.pupils[0]
    enter_mark(db, register.key(), MarkEntry(pupil, "tx1", 85))
    enter_mark(db, register.key(), MarkEntry(pupil, "tx1", 90), reason="chấm lại")
    assert marks_of(register, 0)[0] == 90
    enter_mark(db, register.key(), MarkEntry(pupil, "tx1", None))
    assert db.undo_label == "Xóa điểm"
    assert marks_of(register, 0)[0] is None
    db.undo()
    assert marks_of(register, 0)[0] == 90
    db.undo()
    db.undo()
    assert marks_of(register, 0)[0] is None
    db.redo()
    assert marks_of(register, 0)[0] == 85


def test_clearing_an_empty_cell_writes_nothing(register: Register) -> None:
    step = enter_mark(register.db, register.key(), MarkEntry(register.pupils[0], "tx1", None))
    assert step.changes == ()


def test_many_cells_are_one_step_or_none(register: Register) -> None:
    good = [MarkEntry(pupil, "gk", 70) for pupil in register.pupils]
    enter_marks(register.db, register.key(), good)
    assert register.db.undo_label == "Nhập 4 ô điểm"
    bad = [
        MarkEntry(register.pupils[0], "ck", 80),
        MarkEntry(register.pupils[1], "ck", 101),
        MarkEntry("nobody", "ck", 80),
    ]
    with pytest.raises(Refused) as refused:
        enter_marks(register.db, register.key(), bad)
    assert [problem.code for problem in refused.value.problems] == ["MARK_RANGE", "NOT_ENROLLED"]
    assert marks_of(register, 0)[-1] is None


@pytest.mark.parametrize(
    ("code", "slot", "value", "expected"),
    [
        ("toan", "tx5", 80, "MARK_SLOT"),
        ("gdcd", "tx3", 80, "MARK_SLOT"),
        ("toan", "gk.am_nhac", 80, "MARK_SLOT"),
        ("nghe_thuat", "gk", "D", "MARK_SLOT"),
        ("toan", "tx1", "D", "MARK_RANGE"),
        ("toan", "tx1", -5, "MARK_RANGE"),
        ("gdtc", "tx1", 80, "MARK_NOT_COMMENT"),
        ("vat_li", "tx1", 80, "SUBJECT_NOT_TAUGHT"),
    ],
)
def test_a_cell_takes_only_what_belongs_there(
    register: Register, code: str, slot: str, value: Mark, expected: str
) -> None:
    assert refusal(register, register.key(code), MarkEntry(register.pupils[0], slot, value)) == expected


def test_only_the_two_terms_are_written(register: Register) -> None:
    assert refusal(register, register.key(term=0), MarkEntry(register.pupils[0], "tx1", 80)) == "MARK_SLOT"
    assert refusal(register, register.key(term=3), MarkEntry(register.pupils[0], "tx1", 80)) == "MARK_SLOT"


def test_a_class_that_is_gone_is_refused(register: Register) -> None:
    with pytest.raises(Refused) as refused:
        class_sheet(register.db, "nowhere", "toan", 1)
    assert refused.value.code == "CLASS_UNKNOWN"


def test_storage_refuses_a_wrong_value_whoever_writes_it(register: Register) -> None:
    db, pupil = register.db, register.pupils[0]
    row = name_id("mark", pupil, YEAR, "toan", 1, "tx1")
    fields = {
        "pupil_id": pupil,
        "year": YEAR,
        "code": "toan",
        "term": 1,
        "slot": "tx1",
        "class_id": register.class_id,
    }
    with pytest.raises(Refused) as refused:
        db.do(Step("Nhập điểm", db.upsert("mark", row, **fields, value="D")))
    assert refused.value.code == "MARK_RANGE"
    enter_mark(db, register.key(), MarkEntry(pupil, "tx1", 80))
    with pytest.raises(Refused):
        db.do(Step("Nhập điểm", (Change("mark", row, "value", 80, 800),)))


# -- who owes


def test_a_pupil_who_left_owes_nothing_after_that_day(register: Register) -> None:
    register.enter(1, "toan", 1, {"tx1": 70})
    set_status(register.db, register.pupils[1], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    sheet = class_sheet(register.db, register.class_id, "toan", 1)
    line = sheet.lines[1]
    assert (line.owes, line.missing, line.left_on) == (False, (), f"{YEAR}-10-12")
    assert line.marks[0] == 70
    assert sheet.owing == 3
    assert refusal(register, register.key(), MarkEntry(register.pupils[1], "tx2", 80)) == "PUPIL_LEFT"


def test_who_left_in_the_second_term_still_owed_the_first(register: Register) -> None:
    set_status(register.db, register.pupils[1], YEAR, "CHUYEN_DI", dt.date(YEAR + 1, 3, 2))
    assert class_sheet(register.db, register.class_id, "toan", 1).lines[1].owes
    assert not class_sheet(register.db, register.class_id, "toan", 2).lines[1].owes
    assert not class_sheet(register.db, register.class_id, "toan", 0).lines[1].owes


def test_a_chosen_subject_shows_only_those_who_take_it(register: Register) -> None:
    db = register.db
    change_subject(db, register.class_id, "tin_hoc", taken="chosen", topics=False)
    row = name_id("elective", register.pupils[2], YEAR, "tin_hoc")
    taking = db.upsert(
        "elective", row, pupil_id=register.pupils[2], year=YEAR, code="tin_hoc", takes=1, topics=0
    )
    db.do(Step("Chọn môn", taking))
    sheet = class_sheet(db, register.class_id, "tin_hoc", 1)
    assert [line.pupil_id for line in sheet.lines] == [register.pupils[2]]
    assert refusal(register, register.key("tin_hoc"), MarkEntry(register.pupils[0], "tx1", 80)) == "NOT_TAKEN"


def test_upper_secondary_follows_the_same_rules(tmp_path: Path) -> None:
    register = Register(tmp_path / "thpt", "10A1", levels=("thpt",))
    codes = [course.code for course in read_roll(register.db, register.class_id).courses]
    assert "lich_su" in codes
    assert "vat_li" not in codes
    chosen = [*codes, "vat_li", "am_nhac"]
    set_class_subjects(register.db, register.class_id, chosen)
    change_subject(register.db, register.class_id, "vat_li", taken="all", topics=True)
    sheet = class_sheet(register.db, register.class_id, "vat_li", 1)
    assert [column.label for column in sheet.columns] == ["ĐĐGtx1", "ĐĐGtx2", "ĐĐGtx3 (CĐ)", "ĐĐGgk", "ĐĐGck"]
    assert [column.weight for column in sheet.columns] == [1, 1, 1, 2, 3]
    register.db.close()


# -- the page


def test_the_page_shows_averages_and_what_is_missing(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 60, "tx2": 55, "tx3": 55, "tx4": 50, "gk": 50, "ck": 35})
    register.enter(1, "toan", 1, {"tx1": 60, "tx2": "V", "gk": 50, "ck": 35})
    sheet = class_sheet(register.db, register.class_id, "toan", 1)
    assert (sheet.lines[0].result, sheet.lines[0].missing) == (47, ())
    assert (sheet.lines[1].result, sheet.lines[1].missing) == (None, ("tx2", "tx3", "tx4"))
    assert [line.name for line in sheet.lines] == list(NAMES)
    assert (sheet.filled("gk"), sheet.filled("tx2"), sheet.owing, sheet.complete) == (2, 1, 4, False)


def test_the_page_of_the_year_shows_both_terms(register: Register) -> None:
    for term, value in ((1, 62), (2, 66)):
        register.enter(0, "gdcd", term, dict.fromkeys(("tx1", "tx2", "gk", "ck"), value))
    register.enter(1, "gdcd", 1, dict.fromkeys(("tx1", "tx2", "gk", "ck"), 70))
    sheet = class_sheet(register.db, register.class_id, "gdcd", 0)
    assert (sheet.lines[0].marks, sheet.lines[0].result) == ((62, 66), 65)
    assert (sheet.lines[1].marks, sheet.lines[1].result, sheet.lines[1].missing) == (
        (70, None),
        None,
        ("hk2",),
    )
    assert [column.weight for column in sheet.columns] == [1, 2]
    assert [column_name(column.slot) for column in sheet.columns] == ["HK I", "HK II"]
    assert column_name("tx1") == "ĐĐGtx1"


def test_a_comment_subject_takes_its_year_from_the_second_term(register: Register) -> None:
    for term, value in ((1, "CD"), (2, "D")):
        register.enter(0, "gdtc", term, dict.fromkeys(("tx1", "tx2", "gk", "ck"), value))
    line = class_sheet(register.db, register.class_id, "gdtc", 2).lines[0]
    assert (line.terms, line.year) == (("CD", "D"), "D")


def test_a_pupil_who_changes_class_takes_the_marks_along(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 80})
    db = register.db
    other = db.value("select id from school_class where name = '6A1'")
    row = name_id("enrolment", register.pupils[0], YEAR)
    db.do(Step("Chuyển lớp", db.upsert("enrolment", row, class_id=other, number=1)))
    assert class_sheet(db, other, "toan", 1).lines[0].marks[0] == 80
    enter_mark(db, SheetKey(other, "toan", 1), MarkEntry(register.pupils[0], "tx1", 85))
    assert (
        db.row("mark", name_id("mark", register.pupils[0], YEAR, "toan", 1, "tx1"))["class_id"]
        == register.class_id
    )


# -- comments and the homeroom teacher


def test_a_comment_on_a_subject_is_written_changed_and_cleared(register: Register) -> None:
    db, key, pupil = register.db, register.key(), register.pupils[0]

    def comment() -> str:
        return class_sheet(db, key.class_id, key.code, key.term).lines[0].comment

    assert save_subject_comment(db, key, pupil, " ").changes == ()
    save_subject_comment(db, key, pupil, "Chăm chỉ,  tiến bộ. ")
    assert comment() == "Chăm chỉ, tiến bộ."
    save_subject_comment(db, key, pupil, "")
    assert comment() == ""
    for who, text, code in ((pupil, "dài " * 400, "COMMENT_LONG"), ("nobody", "ai", "NOT_ENROLLED")):
        with pytest.raises(Refused) as refused:
            save_subject_comment(db, key, who, text)
        assert refused.value.code == code


def test_the_homeroom_teacher_keeps_conduct_absences_and_a_comment(register: Register) -> None:
    db, pupil = register.db, register.pupils[0]
    save_term_record(db, register.class_id, 1, pupil_id=pupil, conduct="TOT", absent_excused=2)
    save_term_record(db, register.class_id, 1, pupil_id=pupil, absent_unexcused=1, comment=" Ngoan ")
    line = homeroom_lines(db, register.class_id, 1)[0]
    assert (line.conduct, line.absent_excused, line.absent_unexcused, line.comment) == ("TOT", 2, 1, "Ngoan")
    blank = homeroom_lines(db, register.class_id, 2)[0]
    assert (blank.conduct, blank.absent_excused, blank.comment, blank.owes) == (None, None, "", True)


@pytest.mark.parametrize("fields", [{"conduct": "GIOI"}, {"absent_excused": -1}, {"absent_unexcused": "2"}])
def test_a_record_that_cannot_be_is_refused(register: Register, fields: dict[str, str | int | None]) -> None:
    with pytest.raises(Refused) as refused:
        save_term_record(register.db, register.class_id, 1, pupil_id=register.pupils[0], **fields)
    assert refused.value.problems[0].field in fields


def test_nothing_is_recorded_of_one_who_left(register: Register) -> None:
    set_status(register.db, register.pupils[0], YEAR, "THOI_HOC", dt.date(YEAR, 11, 2))
    with pytest.raises(Refused) as refused:
        save_term_record(register.db, register.class_id, 1, pupil_id=register.pupils[0], conduct="TOT")
    assert refused.value.code == "PUPIL_LEFT"


# -- how full


def test_how_full_each_column_is(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 80, "tx2": "V"})
    register.enter(1, "toan", 1, {"tx1": 75})
    found = {
        (one.code, one.slot): one for one in completeness(register.db, YEAR, 1, class_id=register.class_id)
    }
    assert (found["toan", "tx1"].filled, found["toan", "tx1"].owed, found["toan", "tx1"].full) == (
        2,
        4,
        False,
    )
    assert found["toan", "tx2"].filled == 0
    assert len({one.class_name for one in completeness(register.db, YEAR, 1)}) == 2
