"""What storage refuses of marks and records, whoever writes."""

from __future__ import annotations

import pytest
from registers import Register
from schools import YEAR

from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.ids import name_id
from edudesk.school.store_subjects import set_class_subjects


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
