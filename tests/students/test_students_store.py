"""Pupils: added, found, moved, numbered, left; and what no Step may do to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from schools import YEAR, make_school

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.ids import name_id
from edudesk.school.store import class_named
from edudesk.school.store_setup import drop_class
from edudesk.school.store_subjects import set_class_subjects
from edudesk.storage.database import Database
from edudesk.students.store import (
    Pupil,
    add_pupil,
    enrol_changes,
    move_to_class,
    pupil_named,
    pupils,
    record,
    renumber,
    save_pupil,
)
from edudesk.students.store_status import choose_elective, elective_choices, set_status, status_events


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường") as opened:
        yield opened


@pytest.fixture
def nine(db: Database) -> str:
    return class_named(db, YEAR, "9A2").id


def add(db: Database, class_id: str, name: str, **fields: str) -> Pupil:
    add_pupil(db, YEAR, class_id, {"name": name, **fields})
    return next(p for p in pupils(db, YEAR) if p.name == name)


def codes(action, *args: object, **kw: object) -> list[str]:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused) as caught:
        action(*args, **kw)
    return [p.code for p in caught.value.problems]


def mark(db: Database, pupil: Pupil, value: int | str | None = 85) -> None:
    row = name_id("mark", pupil.id, YEAR, "toan", 1, "tx1")
    fields = {"pupil_id": pupil.id, "year": YEAR, "code": "toan", "term": 1, "slot": "tx1"}
    db.do(Step("Nhập điểm", db.upsert("mark", row, **fields, class_id=pupil.class_id, value=value)))


def test_pupils_are_listed_by_class_and_number(db: Database, nine: str) -> None:
    add(db, nine, "Nguyễn Văn Bình")
    add(db, nine, "Lò Thị Ánh")
    add(db, class_named(db, YEAR, "6A1").id, "Trần Gia Bảo")
    assert [(p.class_name, p.number, p.name) for p in pupils(db, YEAR)] == [
        ("6A1", 1, "Trần Gia Bảo"),
        ("9A2", 1, "Nguyễn Văn Bình"),
        ("9A2", 2, "Lò Thị Ánh"),
    ]
    renumber(db, YEAR, nine)
    assert [p.name for p in pupils(db, YEAR, class_id=nine)] == ["Lò Thị Ánh", "Nguyễn Văn Bình"]


def test_pupils_are_found_without_accents_or_by_digits(db: Database, nine: str) -> None:
    add(db, nine, "Lò Thị Ánh", personal_number="011312016533", phone="0900123456")
    add(db, nine, "Nguyễn Văn Bình")
    for text in ("lo anh", "lt anh", "ánh", "2016533", "0900 1234"):
        assert [p.name for p in pupils(db, YEAR, find=text)] == ["Lò Thị Ánh"], text
    assert len(pupils(db, YEAR, find="9a2")) == 2
    assert pupils(db, YEAR, find="zzz") == []


def test_a_pupil_is_named_by_id_code_number_or_place(db: Database, nine: str) -> None:
    anh = add(db, nine, "Lò Thị Ánh", personal_number="011312016533", code="1112345678")
    for who in (anh.id, "1112345678", "011312016533"):
        assert pupil_named(db, YEAR, who).id == anh.id
    assert pupil_named(db, YEAR, "#1", class_id=nine).id == anh.id
    assert codes(pupil_named, db, YEAR, "#1") == ["PUPIL_UNKNOWN"]
    assert codes(pupil_named, db, YEAR, "#9", class_id=nine) == ["PUPIL_UNKNOWN"]


def test_a_number_belongs_to_one_pupil(db: Database, nine: str) -> None:
    add(db, nine, "Lò Thị Ánh", personal_number="011312016533", code="1")
    same = {"name": "Lò Ánh", "personal_number": "011312016533", "code": "1"}
    with pytest.raises(Refused) as caught:
        add_pupil(db, YEAR, nine, same)
    assert [(p.code, p.field) for p in caught.value.problems] == [
        ("NUMBER_TAKEN", "personal_number"),
        ("NUMBER_TAKEN", "code"),
    ]
    assert "Lò Thị Ánh, lớp 9A2" in caught.value.message
    binh = add(db, nine, "Bình")
    assert codes(save_pupil, db, binh.id, {"personal_number": "011312016533"}) == ["NUMBER_TAKEN"]
    assert codes(save_pupil, db, binh.id, {"name": ""}) == ["FIELD_MISSING"]
    assert codes(add_pupil, db, YEAR, nine, {}) == ["FIELD_MISSING"]
    save_pupil(db, binh.id, {"name": "Lê Bình", "home": "Bản Nà Sự"})
    assert record(db, binh.id)["home"] == "Bản Nà Sự"
    assert codes(record, db, "nobody") == ["PUPIL_UNKNOWN"]


def test_who_left_stays_listed_with_the_day(db: Database, nine: str) -> None:
    anh = add(db, nine, "Lò Thị Ánh")
    assert (anh.status, anh.gone) == ("DANG_HOC", False)
    set_status(db, anh.id, YEAR, "CHUYEN_DI", dt.date(2026, 10, 12), note="theo gia đình")
    (anh,) = pupils(db, YEAR)
    assert (anh.status, anh.left_on, anh.gone) == ("CHUYEN_DI", "2026-10-12", True)
    set_status(db, anh.id, YEAR, "CHUYEN_DEN", dt.date(2026, 12, 1))
    assert not pupils(db, YEAR)[0].gone
    assert status_events(db, anh.id) == [
        ("2026-10-12", "CHUYEN_DI", "theo gia đình"),
        ("2026-12-01", "CHUYEN_DEN", ""),
    ]
    assert codes(set_status, db, anh.id, YEAR, "BAY_MAT", dt.date(2026, 10, 12)) == ["STATUS_KIND"]
    assert codes(set_status, db, anh.id, YEAR, "THOI_HOC", dt.date(2025, 10, 12)) == ["STATUS_DATE"]


def test_a_pupil_moves_to_another_class_last_in_its_list(db: Database, nine: str) -> None:
    six = class_named(db, YEAR, "6A1").id
    add(db, six, "Trần Gia Bảo")
    anh = add(db, nine, "Lò Thị Ánh")
    move_to_class(db, anh.id, YEAR, six)
    assert [(p.number, p.name) for p in pupils(db, YEAR, class_id=six)] == [
        (1, "Trần Gia Bảo"),
        (2, "Lò Thị Ánh"),
    ]


def test_who_has_no_number_comes_last_by_name(db: Database, nine: str) -> None:
    for name in ("Lê Cường", "Lê Bình", "Lê An"):
        pupil = add(db, nine, name)
        if name != "Lê Cường":
            db.do(Step("x", db.upsert("enrolment", name_id("enrolment", pupil.id, YEAR), number=None)))
    assert [p.name for p in pupils(db, YEAR, class_id=nine)] == ["Lê Cường", "Lê An", "Lê Bình"]


def test_electives_are_chosen_by_pupil(db: Database, nine: str) -> None:
    anh = add(db, nine, "Lò Thị Ánh")
    choose_elective(db, YEAR, anh.id, "vat_li", takes=True, topics=True)
    choose_elective(db, YEAR, anh.id, "am_nhac", takes=False)
    assert elective_choices(db, YEAR, [anh.id]) == {
        (anh.id, "vat_li"): (True, True),
        (anh.id, "am_nhac"): (False, False),
    }


def test_a_class_with_pupils_is_not_dropped(db: Database, nine: str) -> None:
    anh = add(db, nine, "Lò Thị Ánh")
    assert codes(drop_class, db, nine) == ["CLASS_USED"]
    move_to_class(db, anh.id, YEAR, class_named(db, YEAR, "6A1").id)
    drop_class(db, nine)


def test_undoing_an_import_keeps_pupils_who_already_have_marks(db: Database, nine: str) -> None:
    changes = []
    for name in ("An", "Bình"):
        row = name_id("pupil", name)
        changes += db.insert("pupil", row, name=name)
        changes += db.upsert(
            "enrolment", name_id("enrolment", row, YEAR), pupil_id=row, year=YEAR, class_id=nine
        )
    db.do(Step("Nhập 2 học sinh", tuple(changes)))
    an = next(p for p in pupils(db, YEAR) if p.name == "An")
    mark(db, an)
    db._stack._run(
        "delete from undo_stack where actor = ? and device = ? and step = (select max(step) from undo_stack)"
    )
    assert set(codes(db.undo)) == {"HAS_MARKS"}
    db.undo(rest=True)
    assert [p.name for p in pupils(db, YEAR)] == ["An"]


def test_a_subject_with_marks_stays_with_its_class(db: Database, nine: str) -> None:
    an = add(db, nine, "An")
    mark(db, an)
    assert codes(set_class_subjects, db, nine, ["ngu_van"]) == ["HAS_MARKS"]
    mark(db, an, None)
    set_class_subjects(db, nine, ["ngu_van"])


@pytest.mark.parametrize("value", [101, -1, "D", "x", 1000])
def test_no_mark_outside_its_scale_is_written_whoever_writes(
    db: Database, nine: str, value: int | str
) -> None:
    an = add(db, nine, "An")
    assert codes(mark, db, an, value) == ["MARK_RANGE"]
    mark(db, an, 100)
    assert codes(mark, db, an, value) == ["MARK_RANGE"]


def test_a_pupil_with_a_code_another_once_had_is_somebody_else(db: Database, nine: str) -> None:
    first = add(db, nine, "An", code="11000001")
    mark(db, first)
    save_pupil(db, first.id, {"code": "11000002"})
    second = add(db, nine, "Bình", code="11000001")
    assert second.id != first.id and {p.name for p in pupils(db, YEAR)} == {"An", "Bình"}
    assert db.all("select pupil_id from mark where gone = 0") == [(first.id,)]


def test_a_pupil_with_the_code_of_one_who_is_gone_is_somebody_else_unless_they_are_the_same(
    db: Database, nine: str
) -> None:
    first = add(db, nine, "An", code="11000001", birth_date="2012-03-04")
    db.undo()
    other = add(db, nine, "Bình", code="11000001", birth_date="2012-03-04")
    assert other.id != first.id
    db.undo()
    again = add(db, nine, "An", code="11000001", birth_date="2012-03-04")
    assert again.id == first.id, "who was taken back and comes again is who they were"


def test_saving_a_pupil_who_is_gone_revives_nobody(db: Database, nine: str) -> None:
    pupil = add(db, nine, "An")
    db.undo()
    assert codes(save_pupil, db, pupil.id, {"phone": "0912345678"}) == ["ROW_MISSING"]
    assert codes(add_pupil, db, YEAR, "không có", {"name": "Bình"}) == ["REFERENCE_MISSING"]
    assert codes(move_to_class, db, "không có", YEAR, nine) == ["REFERENCE_MISSING"]
    assert codes(set_status, db, "không có", YEAR, "CHUYEN_DI", dt.date(2026, 10, 1)) == ["REFERENCE_MISSING"]
    assert pupils(db, YEAR) == []


def test_who_is_enrolled_again_after_an_undo_has_no_day_of_before(db: Database, nine: str) -> None:
    pupil = add(db, nine, "An")
    other = class_named(db, YEAR, "6A1").id
    row = name_id("enrolment", pupil.id, YEAR)
    db.do(Step("Bỏ", db.drop("enrolment", row) + db.update("enrolment", row, joined_on="2026-10-01")))
    db.do(Step("Xếp lại", enrol_changes(db, pupil.id, YEAR, other)))
    assert (db.row("enrolment", row) or {})["joined_on"] is None


def test_a_number_two_pupils_carry_chooses_nobody(db: Database, nine: str) -> None:
    anh = add(db, nine, "Lò Thị Ánh", code="A1", personal_number="011312016533")
    binh = add(db, nine, "Nguyễn Văn Bình", code="011312016533")
    db.do(Step("số", db.update("enrolment", name_id("enrolment", binh.id, YEAR), number=anh.number)))
    assert codes(pupil_named, db, YEAR, "#1", class_id=nine) == ["PUPIL_TWICE"]
    assert codes(pupil_named, db, YEAR, "011312016533") == ["PUPIL_TWICE"]
    assert pupil_named(db, YEAR, "A1").id == anh.id
