"""Results of a class and of the school, worked out from marks; nothing half-filled is invented."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from registers import Register
from schools import YEAR

from edudesk.gradebook.register.roll import Course
from edudesk.gradebook.register.stored_marks import reader
from edudesk.gradebook.results.secondary import PupilResult, class_results, school_results
from edudesk.gradebook.rules.assessment import term_result, term_slots
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.regulation import regulation_named
from edudesk.kernel.errors import Refused
from edudesk.students.store_status import set_status

TT22 = regulation_named()


def of(register: Register, pupil: int, term: int = 0) -> PupilResult:
    return class_results(register.db, register.class_id, term).pupils[pupil]


def test_an_excellent_pupil(register: Register) -> None:
    register.fill(0, 92)
    register.conduct(0, "TOT", "TOT", absent=3)
    found = of(register, 0)
    assert (found.learning, found.conduct, found.title) == ("TOT", "TOT", "HS_XUAT_SAC")
    assert found.promotion == "HOAN_THANH_CHUONG_TRINH"  # grade 9
    assert (found.averages["toan"], found.comments["gdtc"], found.absences) == (92, "D", 3)
    assert (found.missing, found.notes, found.adjusted) == ((), (), False)
    assert (found.value("toan"), found.value("gdtc")) == (92, "D")


def test_one_subject_that_pulls_down_is_repaired_and_named(register: Register) -> None:
    register.fill(0, 85, toan=49)
    register.conduct(0, "TOT", "TOT")
    found = of(register, 0)
    assert (found.base_learning, found.learning, found.adjusted_subject) == ("DAT", "KHA", "toan")
    assert found.title is None


def test_what_is_not_there_is_named_and_no_level_is_made_up(register: Register) -> None:
    register.fill(0, 80)
    register.enter(0, "toan", 2, {"ck": None, "tx4": "V"})
    register.enter(0, "gdcd", 1, dict.fromkeys(("tx1", "tx2", "gk", "ck")))
    found = of(register, 0)
    assert found.missing == (
        "HK II: thiếu TX4, CK Toán",
        "HK I: chưa có điểm Giáo dục công dân",
        "thiếu rèn luyện HK I",
        "thiếu rèn luyện HK II",
    )
    assert (found.learning, found.conduct, found.promotion) == (None, None, None)
    assert (found.averages["toan"], found.averages["ngu_van"]) == (None, 80)
    first = of(register, 0, 1)
    assert first.missing == ("chưa có điểm Giáo dục công dân", "thiếu rèn luyện HK I")


def test_a_term_has_a_level_but_no_title_and_no_going_up(register: Register) -> None:
    register.fill(0, 70, terms=(1,))
    register.conduct(0, "KHA")
    found = of(register, 0, 1)
    assert (found.learning, found.conduct, found.title, found.promotion) == ("KHA", "KHA", None, None)


def test_too_many_absences_keep_a_pupil_and_a_title_is_asked_about(register: Register) -> None:
    register.fill(0, 85)
    register.conduct(0, "TOT", "TOT", absent=46)
    found = of(register, 0)
    assert (found.title, found.promotion) == ("HS_GIOI", "CHUA_HOAN_THANH")
    assert "nhà trường xem xét" in found.notes[0]


def test_a_pupil_who_left_has_no_results_and_misses_nothing(register: Register) -> None:
    register.fill(0, 85, terms=(1,))
    register.conduct(0, "TOT")
    set_status(register.db, register.pupils[0], YEAR, "CHUYEN_DI", dt.date(YEAR + 1, 2, 20))
    assert of(register, 0, 1).learning == "TOT"
    gone = of(register, 0)
    assert (gone.owes, gone.learning, gone.missing, dict(gone.averages)) == (False, None, (), {})


def test_too_few_scored_subjects_are_left_to_people(register: Register) -> None:
    from edudesk.school.store_subjects import set_class_subjects

    set_class_subjects(register.db, register.class_id, ["toan", "ngu_van", "gdtc"])
    register.fill(0, 85)
    register.conduct(0, "TOT", "TOT")
    found = of(register, 0)
    assert (found.learning, found.promotion) == (None, None)
    assert "2 môn" in found.notes[0]


def test_the_school_is_its_classes(register: Register) -> None:
    register.fill(0, 85)
    found = school_results(register.db, YEAR, 1)
    assert [one.roll.class_name for one in found] == ["6A1", "9A2"]
    assert found[1] == class_results(register.db, register.class_id, 1)
    assert found[0].complete
    assert not found[1].complete


def test_a_class_that_is_gone_is_refused(register: Register) -> None:
    with pytest.raises(Refused) as refused:
        class_results(register.db, "nowhere", 0)
    assert refused.value.code == "CLASS_UNKNOWN"


def course(code: str, kind: str, periods: int) -> Course:
    slots = term_slots(code, kind, periods)
    return Course(code, code, code, kind, slots, "all", True, False, None)


SCORED, ART = course("toan", "score", 140), course("nghe_thuat", "comment", 70)
whole = st.integers(0, 100)
cells = whole | whole | whole | st.sampled_from([None, "V", "P", "K"])
comments = st.sampled_from(["D", "D", "D", "D", "CD", "V", None])


@given(st.data(), st.sampled_from([SCORED, ART]))
def test_the_fast_reading_is_the_rule(data: st.DataObject, taught: Course) -> None:
    """What the school's results read as texts is what the rule says of the same cells."""
    values = cells if taught.kind == "score" else comments
    marks: dict[str, Mark] = {slot: data.draw(values) for slot in taught.slots}
    marks |= data.draw(st.sampled_from([{}, {}, {"tx9": 10}]))  # left over from a plan with more periods
    held = sorted((slot, str(value)) for slot, value in marks.items() if value is not None)
    texts = (",".join(slot for slot, _v in held), ",".join(value for _s, value in held)) if held else None
    assert reader(taught, TT22)(texts) == term_result(taught.slots, marks, taught.kind, regulation=TT22)
