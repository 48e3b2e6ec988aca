"""What storage refuses of marks and records, whoever writes."""

from __future__ import annotations

import pytest
from registers import Register
from schools import YEAR, change_subject

from edudesk.gradebook.register.sheet import class_sheet
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.ids import name_id
from edudesk.school.store import class_named
from edudesk.school.store_setup import create_classes, drop_class
from edudesk.school.store_subjects import (
    class_subjects,
    plan,
    save_class_subject,
    save_plan,
    set_class_subjects,
)
from edudesk.students.store import move_to_class
from edudesk.students.store_status import choose_elective


def code_of(register: Register, changes: tuple[Change, ...]) -> str:
    with pytest.raises(Refused) as refused:
        register.db.do(Step("Thử", changes))
    return refused.value.code


def plan_change(register: Register, code: str, **fields: int | str) -> tuple[Change, ...]:
    return register.db.upsert("subject_plan", name_id("subject_plan", YEAR, 9, code), **fields)


def test_fewer_periods_do_not_hide_marks(register: Register) -> None:
    assert register.db.do(Step("Thử", plan_change(register, "toan", periods=35))).changes
    register.db.undo()
    register.enter(0, "toan", 1, {"tx1": 80, "tx4": 70})
    with pytest.raises(Refused) as refused:
        register.db.do(Step("Thử", plan_change(register, "toan", periods=70)))
    assert refused.value.code == "PLAN_HIDES_MARKS"
    assert "TX4 (1)" in refused.value.message
    register.enter(0, "toan", 1, {"tx4": None})
    register.db.do(Step("Thử", plan_change(register, "toan", periods=70)))
    assert code_of(register, plan_change(register, "toan", kind="comment")) == "PLAN_HIDES_MARKS"


def test_a_record_of_conduct_and_absences_is_checked_by_storage(register: Register) -> None:
    register.conduct(0, "TOT")
    row = name_id("term_record", register.pupils[0], YEAR, 1)
    for fields, code in (({"conduct": "GIOI"}, "CONDUCT"), ({"absent_excused": -1}, "ABSENCES")):
        assert code_of(register, register.db.upsert("term_record", row, **fields)) == code


def test_what_marks_hang_on_is_not_dropped(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 80})
    db, pupil = register.db, register.pupils[0]
    assert code_of(register, db.drop("pupil", pupil)) == "HAS_MARKS"
    assert code_of(register, db.drop("enrolment", name_id("enrolment", pupil, YEAR))) == "HAS_MARKS"
    with pytest.raises(Refused) as refused:
        set_class_subjects(db, register.class_id, ["ngu_van"])
    assert refused.value.code == "HAS_MARKS"
    assert db.do(Step("Thử", db.drop("pupil", register.pupils[1]))).changes


def test_a_cell_that_no_subject_has_is_refused(register: Register) -> None:
    row = name_id("mark", register.pupils[0], YEAR, "toan", 1, "tx0")
    fields = {"pupil_id": register.pupils[0], "year": YEAR, "code": "toan", "term": 1, "slot": "tx0"}
    assert code_of(register, register.db.upsert("mark", row, **fields, value=80)) == "MARK_SLOT"
    lost = (Change("mark", "nowhere", "value", None, 80),)
    assert code_of(register, lost) == "MARK_SLOT"


def test_a_subject_does_not_leave_the_grade_while_it_has_marks(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 80})
    kept = [one for one in plan(register.db, YEAR, 9) if one.code != "toan"]
    with pytest.raises(Refused) as refused:
        save_plan(register.db, YEAR, 9, kept)
    assert refused.value.code == "PLAN_HIDES_MARKS"
    register.enter(0, "toan", 1, {"tx1": None})
    assert save_plan(register.db, YEAR, 9, kept).changes


def seen(register: Register, code: str = "toan") -> int:
    """How many marks of a subject the class's page of the register shows."""
    sheet = class_sheet(register.db, register.class_id, code, 1)
    return sum(mark is not None for line in sheet.lines for mark in line.marks)


def test_a_class_with_marks_says_in_which_subject(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 80})
    with pytest.raises(Refused) as refused:
        drop_class(register.db, register.class_id)
    said = [problem.message for problem in refused.value.problems]
    assert "Môn Toán của lớp đã có điểm." in said and len(said) == len(set(said))


def test_who_has_marks_goes_on_taking_the_subject(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 80, "tx2": 70})
    register.enter(1, "toan", 1, {"tx1": 60})
    with pytest.raises(Refused) as refused:
        change_subject(register.db, register.class_id, "toan", taken="chosen", topics=False)
    assert refused.value.code == "HAS_MARKS"
    assert "2 em" in refused.value.message and "3 điểm" in refused.value.message
    with pytest.raises(Refused):
        save_class_subject(
            register.db, register.class_id, "toan", teacher_id=None, taken="chosen", topics=False
        )
    assert seen(register) == 3


def test_a_subject_becomes_one_of_choice_when_its_takers_are_named(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 80})
    choose_elective(register.db, YEAR, register.pupils[0], "toan", takes=True)
    change_subject(register.db, register.class_id, "toan", taken="chosen", topics=False)
    assert seen(register) == 1
    with pytest.raises(Refused) as refused:
        choose_elective(register.db, YEAR, register.pupils[0], "toan", takes=False)
    assert refused.value.code == "HAS_MARKS"
    row = name_id("elective", register.pupils[0], YEAR, "toan")
    assert code_of(register, register.db.drop("elective", row)) == "HAS_MARKS"
    choose_elective(register.db, YEAR, register.pupils[1], "toan", takes=False)


def test_a_pupil_with_marks_moves_only_to_a_class_that_learns_the_subject(register: Register) -> None:
    create_classes(register.db, YEAR, ["9A3"])
    other = class_named(register.db, YEAR, "9A3").id
    codes = [one.code for one in class_subjects(register.db, other)]
    set_class_subjects(register.db, other, [code for code in codes if code != "toan"])
    register.enter(0, "toan", 1, {"tx1": 80})
    with pytest.raises(Refused) as refused:
        move_to_class(register.db, register.pupils[0], YEAR, other)
    assert refused.value.code == "HAS_MARKS"
    assert move_to_class(register.db, register.pupils[1], YEAR, other).changes
    set_class_subjects(register.db, other, codes)
    assert move_to_class(register.db, register.pupils[0], YEAR, other).changes


def test_a_choice_and_the_subject_may_change_in_one_step(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 80})
    lesson = register.db.upsert(
        "class_subject", name_id("class_subject", register.class_id, "toan"), taken="chosen"
    )
    row = name_id("elective", register.pupils[0], YEAR, "toan")
    fields = {"pupil_id": register.pupils[0], "year": YEAR, "code": "toan", "takes": 1, "topics": 0}
    assert register.db.do(Step("Thử", lesson + register.db.upsert("elective", row, **fields))).changes
    assert seen(register) == 1
