"""Qualities and competences kept cell by cell: written, refused, locked, undone, replayed; decisions with who and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from registers import NAMES, Register
from schools import YEAR

from edudesk.gradebook.register.decisions import decide, read_decisions
from edudesk.gradebook.register.locks import lock_marks, unlock_marks
from edudesk.gradebook.register.qualities import (
    QualityEntry,
    QualityKey,
    codes_of,
    moments,
    quality_lines,
    save_qualities,
    save_quality,
    year_quality_lines,
)
from edudesk.gradebook.register.roll import family_of, read_roll
from edudesk.gradebook.rules.decisions import AGREES, OUTCOME, OUTSTANDING, YES
from edudesk.gradebook.rules.locks import Scope
from edudesk.gradebook.rules.regulation import Family
from edudesk.kernel.access import Author
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Refused
from edudesk.slices import open_school
from edudesk.storage.doctor import examine
from edudesk.students.store_status import set_status


@pytest.fixture
def primary(tmp_path: Path) -> Iterator[Register]:
    found = Register(tmp_path / "th", "4A", levels=("tieu_hoc",))
    yield found
    found.db.close()


def key(register: Register, term: int = 1, stage: str = "ck") -> QualityKey:
    return QualityKey(register.class_id, term, stage)


def put(register: Register, pupil: int, code: str, value: str | None, *, term: int = 1) -> None:
    save_quality(register.db, key(register, term), QualityEntry(register.pupils[pupil], code, value))


def values(register: Register, pupil: int, *, term: int = 1, stage: str = "ck") -> dict[str, str]:
    return dict(quality_lines(register.db, key(register, term, stage))[pupil].values)


def refused_code(action: object) -> str:
    with pytest.raises(Refused) as refused:
        action()  # type: ignore[operator]
    return refused.value.code


def test_a_cell_is_written_cleared_and_undone(primary: Register) -> None:
    put(primary, 0, "nhan_ai", "T")
    assert (values(primary, 0), values(primary, 0, stage="gk"), values(primary, 1)) == (
        {"nhan_ai": "T"},
        {},
        {},
    )
    put(primary, 0, "nhan_ai", "C")
    assert primary.db.undo() is not None
    assert values(primary, 0) == {"nhan_ai": "T"}
    put(primary, 0, "nhan_ai", None)
    assert values(primary, 0) == {}
    assert not save_quality(primary.db, key(primary), QualityEntry(primary.pupils[1], "nhan_ai", None)).number


def test_many_cells_are_one_step_and_make_a_line_complete(primary: Register) -> None:
    codes = codes_of(read_roll(primary.db, primary.class_id))
    assert len(codes) == 15
    entries = [QualityEntry(primary.pupils[0], code, "D") for code in codes]
    step = save_qualities(primary.db, key(primary), entries)
    assert step.label == "Ghi 15 ô phẩm chất, năng lực"
    lines = quality_lines(primary.db, key(primary))
    assert [line.complete for line in lines] == [True, False, False, False]
    first = lines[0]
    assert (first.number, first.name, first.left_on, first.lock) == (1, NAMES[0], None, "")
    assert moments() == (("gk", "Giữa kì"), ("ck", "Cuối kì"))


def test_what_is_wrong_is_refused_and_nothing_is_written(primary: Register, register: Register) -> None:
    first = primary.pupils[0]
    assert refused_code(lambda: put(primary, 0, "nhan_ai", "H")) == "QUALITY_VALUE"
    assert refused_code(lambda: put(primary, 0, "toan", "T")) == "QUALITY_CODE"
    assert refused_code(lambda: put(primary, 0, "nhan_ai", "T", term=0)) == "TERM_UNKNOWN"
    strange = QualityKey(primary.class_id, 1, "tx1")
    entry = QualityEntry(first, "nhan_ai", "T")
    assert refused_code(lambda: save_quality(primary.db, strange, entry)) == "QUALITY_STAGE"
    nobody = QualityEntry("nobody", "nhan_ai", "T")
    assert refused_code(lambda: save_qualities(primary.db, key(primary), [entry, nobody])) == "NOT_ENROLLED"
    set_status(primary.db, primary.pupils[1], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    assert refused_code(lambda: put(primary, 1, "nhan_ai", "T")) == "PUPIL_LEFT"
    assert refused_code(lambda: quality_lines(register.db, key(register))) == "NOT_PRIMARY"
    families = [family_of(school.db, school.class_id) for school in (primary, register)]
    assert families == [Family.STAGES, Family.AVERAGES]
    assert refused_code(lambda: family_of(register.db, "nowhere")) == "CLASS_UNKNOWN"
    assert codes_of(read_roll(register.db, register.class_id)) == ()
    assert values(primary, 0) == {}


def test_a_competence_of_later_grades_is_refused_in_the_first(tmp_path: Path) -> None:
    young = Register(tmp_path / "lớp 1", "1A", levels=("tieu_hoc",))
    assert refused_code(lambda: put(young, 0, "tin_hoc", "T")) == "QUALITY_CODE"
    put(young, 0, "khoa_hoc", "T")
    young.db.close()


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("value", "H", "QUALITY_VALUE"), ("code", "toan", "QUALITY_CODE"), ("stage", "tx1", "QUALITY_STAGE")],
)
def test_no_other_way_in(primary: Register, field: str, value: str, code: str) -> None:
    """What a merge or a script brings is looked at too."""
    put(primary, 0, "nhan_ai", "T")
    row, stored = primary.db.one(f"select id, {field} from quality")  # type: ignore[misc]
    step = Step("chép", (Change("quality", str(row), field, stored, value),))
    assert refused_code(lambda: primary.db.do(step)) == code


def test_a_lock_of_the_class_holds_them_and_one_of_a_subject_does_not(primary: Register) -> None:
    put(primary, 0, "khoa_hoc", "T")
    subject = Scope(YEAR, primary.class_id, "khoa_hoc", 1)
    lock_marks(primary.db, [subject], reason="Xong môn Khoa học")
    put(primary, 0, "khoa_hoc", "D")
    lock_marks(primary.db, [Scope(YEAR, primary.class_id, None, 1)], reason="Hết học kì")
    assert refused_code(lambda: put(primary, 0, "khoa_hoc", "T")) == "LOCKED"
    assert refused_code(lambda: put(primary, 1, "nhan_ai", "T")) == "LOCKED"
    assert "Hết học kì" in quality_lines(primary.db, key(primary))[0].lock
    assert refused_code(primary.db.undo) == "LOCKED", "undo does not open a lock"
    put(primary, 0, "khoa_hoc", "T", term=2)
    scope = Scope(YEAR, primary.class_id, None, 1)
    unlock_marks(primary.db, [scope], until=dt.date.today(), reason="Ghi nhầm")
    put(primary, 0, "khoa_hoc", "T")
    assert values(primary, 0) == {"khoa_hoc": "T"}


def test_the_year_is_the_end_of_term_two_with_all_absences(primary: Register) -> None:
    from edudesk.gradebook.register.marks import save_term_record

    for term, value in ((1, "C"), (2, "T")):
        put(primary, 0, "nhan_ai", value, term=term)
        save_term_record(primary.db, primary.class_id, term, pupil_id=primary.pupils[0], absent_excused=term)
    line = year_quality_lines(primary.db, primary.class_id)[0]
    assert (dict(line.values), line.record.absent_excused, line.record.absent_unexcused) == (
        {"nhan_ai": "T"},
        3,
        0,
    )


# -- decisions


def say(register: Register, pupil: int, reason: str = "", **wanted: str | None) -> Step:
    return decide(register.db, register.class_id, register.pupils[pupil], wanted, reason=reason)


def test_a_decision_keeps_who_when_and_why(primary: Register) -> None:
    primary.db.wall = lambda: "2027-05-22T09:00:00+07:00"
    step = say(primary, 0, **{OUTSTANDING: YES, AGREES: YES, OUTCOME: None})
    assert (step.label, len(step.changes)) == ("Ghi xét cuối năm", 2)
    found = read_decisions(primary.db, YEAR, class_id=primary.class_id)[primary.pupils[0]]
    assert {kind: one.words for kind, one in found.items()} == dict.fromkeys(
        (OUTSTANDING, AGREES), "office, 22/05/2027"
    )
    assert not say(primary, 0, **{OUTSTANDING: YES, AGREES: YES}).number, "what stands is not written again"
    say(primary, 0, **{AGREES: None})
    assert set(read_decisions(primary.db, YEAR, class_id=None)[primary.pupils[0]]) == {OUTSTANDING}
    say(primary, 1, "Ôn tập hè, kiểm tra lại đạt", **{OUTCOME: "LEN_LOP"})
    said = read_decisions(primary.db, YEAR, class_id=None)[primary.pupils[1]][OUTCOME]
    assert (said.value, said.words) == ("LEN_LOP", "office, 22/05/2027: Ôn tập hè, kiểm tra lại đạt")


def test_decisions_that_cannot_be(primary: Register, register: Register) -> None:
    assert refused_code(lambda: say(primary, 0, **{OUTCOME: "LEN_LOP"})) == "DECISION_REASON"
    assert refused_code(lambda: say(register, 0, **{AGREES: YES})) == "NOT_PRIMARY"
    set_status(primary.db, primary.pupils[1], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    assert refused_code(lambda: say(primary, 1, **{AGREES: YES})) == "PUPIL_LEFT"


def test_a_teacher_marks_a_title_and_the_office_writes_the_outcome(primary: Register) -> None:
    primary.db.author = Author("cô Hà", "homeroom")
    say(primary, 0, **{AGREES: YES})
    assert refused_code(lambda: say(primary, 0, "lí do", **{OUTCOME: "LEN_LOP"})) == "LOCK_STANDING"


def test_the_journal_builds_it_all_again(primary: Register) -> None:
    folder = primary.db.folder
    put(primary, 0, "nhan_ai", "T")
    put(primary, 0, "nhan_ai", "D")
    say(primary, 0, "Kiểm tra lại đạt", **{OUTCOME: "LEN_LOP", AGREES: YES})
    primary.db.close()
    with open_school(folder) as db:
        assert all(finding.fine for finding in examine(db))
        assert db.value("select value from quality where gone = 0") == "D"
