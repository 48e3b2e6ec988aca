"""What cannot be and is, after two desks wrote apart: each kind appears, says where and what, and goes when settled."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import pytest
from merging import merge
from schools import YEAR, change_class, make_school

from edudesk.cli import main
from edudesk.demo.build import make_demo
from edudesk.equipment.places import LOANS, REGISTER, EquipmentPlace
from edudesk.equipment.rules import LENT, RETURNED
from edudesk.equipment.store import add_equipment, read_events, register, save_equipment
from edudesk.equipment.store_events import NewEvent, record_event
from edudesk.equipment.store_loans import loans, return_loan
from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_mark
from edudesk.kernel.change import Change
from edudesk.kernel.ids import new_id
from edudesk.kernel.place import Place
from edudesk.kernel.state_problem import StateProblem
from edudesk.labs.places import CHECK, MACHINES, ROOMS, FacilityPlace
from edudesk.labs.store_machines import add_machines, machines, move_machines, save_machine
from edudesk.labs.store_timetable import When, set_lesson
from edudesk.premises.store import Room, rooms, save_building, save_room
from edudesk.school.store import class_named, save_site, sites
from edudesk.school.store_subjects import class_subjects, save_class_subject
from edudesk.slices import SLICES, open_school
from edudesk.staff.store import members, save_member
from edudesk.storage.database import Database
from edudesk.storage.state_problems import state_problems
from edudesk.students.places import StudentsPlace
from edudesk.students.store import add_pupil, pupils, renumber, save_pupil

Changes = tuple[Change, ...]
Mend = Callable[[Database], object]
MON = When(2, "SANG", 1)
DAY = dt.date(2026, 9, 10)
# What may lead to a row that is gone without harm: history, or a row nobody sees any more.
HARMLESS = {
    ("class_subject", "class_id"),
    ("dx_resource", "staff_id"),
    ("dx_score", "staff_id"),
    ("dx_use", "system_id"),
    ("building", "site_id"),
    ("elective", "pupil_id"),
    ("equipment", "room_id"),
    ("equipment_count_line", "count_id"),
    ("equipment_count_line", "equipment_id"),
    ("equipment_count_line", "room_id"),
    ("equipment_document", "equipment_id"),
    ("equipment_event", "from_room_id"),
    ("equipment_event", "room_id"),
    ("equipment_event", "staff_id"),
    ("lab_session", "class_id"),
    ("lab_session", "room_id"),
    ("lab_session", "staff_id"),
    ("lab_slot", "class_id"),
    ("lab_slot", "room_id"),
    ("status_event", "pupil_id"),
}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A school with a few of everything, and nothing wrong."""
    with make_school(tmp_path / "s", ("6A1", "6A2")) as db:
        for name, code in (("Lò Thị Ánh", "1001"), ("Vàng A Bình", "1002")):
            add_pupil(
                db, YEAR, room_of(db), {"name": name, "code": code, "personal_number": f"01121200{code}"}
            )
        for name, code in (("Lê Văn An", "GV1"), ("Phan Thị Mai", "GV2")):
            save_member(db, {"name": name, "code": code})
        save_site(db, "Điểm chính")
        save_site(db, "Điểm Nà Pen")
        site = sites(db)[1][0]
        save_building(db, site, {"name": "Nhà B"})
        building = db.value("select id from building")
        for name in ("Phòng máy 1", "Phòng máy 2"):
            save_room(db, {"name": name, "kind": "PHONG_MAY", "site_id": site, "building_id": building})
        for name, lab in zip(("PM1-01", "PM1-02"), rooms(db), strict=True):
            add_machines(db, lab.id, {"name": name, "kind": "DE_BAN", "use": "DAY_HOC"})
        for code in ("BD", "QDC"):
            lot = {
                "name": "Bản đồ",
                "kind": "TBDH",
                "tracked": "lot",
                "code": code,
                "bought_on": "2024-08-01",
            }
            add_equipment(db, lot, quantity=4)
        yield db


def room_of(db: Database, name: str = "6A1") -> str:
    return class_named(db, YEAR, name).id


def problems_of(db: Database) -> tuple[StateProblem, ...]:
    return state_problems(db, YEAR)


def dropped(db: Database, table: str, row: str) -> None:
    merge(db, db.drop(table, row))


def lab(db: Database, n: int = 0) -> Room:
    return rooms(db)[n]


def first(db: Database, name: str = "6A1") -> str:
    return pupils(db, YEAR, class_id=room_of(db, name))[0].id


# -- what a merge leaves


def same_number(db: Database) -> None:
    row = db.value("select id from enrolment where number = 2")
    merge(db, db.update("enrolment", row, number=1))


def same_field(table: str, field: str, value: str) -> Callable[[Database], None]:
    def make(db: Database) -> None:
        rows = db.all(f"select id from {table} where {field} > '' order by {field}")
        merge(db, db.update(table, rows[1][0], **{field: value}))

    return make


def same_class(db: Database) -> None:
    merge(db, db.update("school_class", room_of(db, "6A2"), name="6A1"))


def lesson(class_name: str, lab_number: int) -> Callable[[Database], None]:
    """A period of the timetable that a row of its own gives to a class, beside the one of 6A1."""

    def make(db: Database) -> None:
        set_lesson(db, YEAR, lab(db).id, MON, room_of(db))
        known = {
            "room_id": lab(db, lab_number).id,
            "year": YEAR,
            "weekday": 2,
            "session": "SANG",
            "period": 1,
        }
        merge(db, db.insert("lab_slot", new_id(), **known, class_id=room_of(db, class_name)))

    return make


def machine_room_gone(db: Database) -> None:
    dropped(db, "room", lab(db).id)


def class_gone(db: Database) -> None:
    dropped(db, "school_class", room_of(db))


def pupil_gone(db: Database) -> None:
    dropped(db, "pupil", first(db))


def marked_pupil_gone(db: Database) -> None:
    pupil = first(db)
    enter_mark(db, SheetKey(room_of(db), "toan", 1), MarkEntry(pupil, "gk", 80))
    enrolled = db.value("select id from enrolment where pupil_id = ?", (pupil,))
    merge(db, db.drop("pupil", pupil), db.drop("enrolment", enrolled))


def site_gone(db: Database) -> None:
    change_class(db, room_of(db), site_id=sites(db)[0][0])
    dropped(db, "site", sites(db)[0][0])


def teacher(db: Database) -> str:
    return next(member.id for member in members(db) if member.name == "Lê Văn An")


def homeroom_gone(db: Database) -> None:
    change_class(db, room_of(db), homeroom_id=teacher(db))
    dropped(db, "staff", teacher(db))


def subject_teacher(db: Database, member: str | None) -> None:
    taught = class_subjects(db, room_of(db))[0]
    save_class_subject(db, room_of(db), taught.code, teacher_id=member, taken=taught.taken, topics=False)


def teacher_gone(db: Database) -> None:
    subject_teacher(db, teacher(db))
    dropped(db, "staff", teacher(db))


def lend(db: Database) -> str:
    record_event(db, [register(db)[0].id], NewEvent(LENT, DAY, quantity=3, due=DAY, staff_id=teacher(db)))
    return loans(db)[0].id


def lent_thing_gone(db: Database) -> None:
    lend(db)
    thing = register(db)[0].id
    bought = [event for event in read_events(db.all, [thing])[thing] if event.kind != LENT]
    merge(db, db.drop("equipment", thing), *(db.drop("equipment_event", event.id) for event in bought))


def returned_twice(db: Database) -> None:
    loan = lend(db)
    return_loan(db, [loan], on=DAY)
    back = db.all(
        "select equipment_id, quantity, on_date, loan_id from equipment_event where kind = 'returned'"
    )
    thing, quantity, on, _loan = back[0]
    fields = {"equipment_id": thing, "quantity": quantity - 1, "on_date": on, "loan_id": loan}
    merge(db, db.insert("equipment_event", new_id(), kind=RETURNED, **fields))


# -- how it is settled, by the functions that the pages call


def by_button(db: Database) -> None:
    (problem,) = (problem for problem in problems_of(db) if problem.mend)
    assert problem.mend is not None
    problem.mend.action(db, problem.row)


def save_all_rooms(db: Database) -> None:
    for known in rooms(db):
        fields = {"name": known.name, "kind": known.kind, "site_id": sites(db)[0][0], "building_id": None}
        save_room(db, fields, room_id=known.id)


def rename_machine(db: Database) -> None:
    known = machines(db)[1]
    save_machine(db, known.id, {"name": "PM1-09", "kind": known.kind, "use": known.use})


def recode(db: Database) -> None:
    known = register(db)[1].equipment
    fields = {"name": known.name, "kind": known.kind, "tracked": known.tracked, "code": "BD-2"}
    save_equipment(db, known.id, fields)


class Case(NamedTuple):
    code: str
    make: Callable[[Database], object]
    words: str
    place: Callable[[Database], Place]
    mend: Mend


def students(db: Database) -> Place:
    ids = sorted(pupil.id for pupil in pupils(db, YEAR))
    return StudentsPlace(class_id=room_of(db), pupil=ids[0])


def at(place: Place) -> Callable[[Database], Place]:
    return lambda _db: place


EVERYBODY = at(StudentsPlace(class_id=""))
CLASSES = at(Place(page="school", tab="classes"))
TWO = "(Lò Thị Ánh, Vàng A Bình|Vàng A Bình, Lò Thị Ánh)"
CASES = (
    Case(
        *("PUPIL_NUMBER_TWICE", same_number, rf"Lớp 6A1: 2 em cùng số thứ tự 1 \({TWO}\)\.", students),
        lambda db: renumber(db, YEAR, room_of(db)),
    ),
    Case(
        *("PUPIL_CODE_TWICE", same_field("pupil", "code", "1001")),
        *(f"2 em cùng mã định danh ngành 1001: {TWO}.", students),
        lambda db: save_pupil(db, first(db), {"code": "1009"}),
    ),
    Case(
        *("PERSONAL_NUMBER_TWICE", same_field("pupil", "personal_number", "011212001001")),
        *(f"2 em cùng số định danh cá nhân 011212001001: {TWO}.", students),
        lambda db: save_pupil(db, first(db), {"personal_number": "011212009999"}),
    ),
    Case(
        *("STAFF_CODE_TWICE", same_field("staff", "code", "GV1")),
        "2 người cùng mã định danh ngành GV1: (Lê Văn An, Phan Thị Mai|Phan Thị Mai, Lê Văn An).",
        at(Place(page="school", tab="staff")),
        lambda db: save_member(db, {"code": "GV9"}, member_id=teacher(db)),
    ),
    Case(
        *("CLASS_TWICE", same_class, "2 lớp của năm học cùng tên 6A1.", CLASSES),
        lambda db: change_class(db, room_of(db), name="6A9"),
    ),
    Case(
        *("CLASS_SITE_GONE", site_gone, "1 lớp còn ghi ở điểm trường đã xóa: Điểm chính.", CLASSES),
        lambda db: change_class(db, room_of(db), site_id=None),
    ),
    Case(
        *("HOMEROOM_GONE", homeroom_gone),
        *("1 lớp còn giao chủ nhiệm cho người đã xóa khỏi danh sách: Lê Văn An.", CLASSES),
        lambda db: change_class(db, room_of(db), homeroom_id=members(db)[0].id),
    ),
    Case(
        *("TEACHER_GONE", teacher_gone),
        "1 môn còn phân công cho người đã xóa khỏi danh sách: Lê Văn An.",
        at(Place(page="school", tab="teaching")),
        lambda db: subject_teacher(db, members(db)[0].id),
    ),
    Case("ENROLMENT_CLASS_GONE", class_gone, "2 em còn xếp ở lớp đã xóa: 6A1.", EVERYBODY, by_button),
    Case(
        *("ENROLMENT_PUPIL_GONE", pupil_gone),
        *("Hồ sơ đã xóa nhưng em còn được xếp lớp: Lò Thị Ánh.", EVERYBODY, by_button),
    ),
    Case(
        *("RECORDS_PUPIL_GONE", marked_pupil_gone),
        "Hồ sơ đã xóa nhưng sổ điểm còn 1 điểm, nhận xét của em: Lò Thị Ánh.",
        *(EVERYBODY, by_button),
    ),
    Case(
        *("MACHINE_TWICE", same_field("machine", "name", "pm1-01")),
        *("2 máy tính cùng tên (PM1-01|pm1-01).", at(FacilityPlace(tab=MACHINES)), rename_machine),
    ),
    Case(
        *("MACHINE_ROOM_GONE", machine_room_gone, "1 máy tính còn ghi ở phòng đã xóa: Phòng máy 1."),
        at(FacilityPlace(tab=MACHINES)),
        lambda db: move_machines(db, [machine.id for machine in machines(db)], lab(db).id),
    ),
    Case(
        *("ROOM_SITE_GONE", lambda db: dropped(db, "site", sites(db)[1][0])),
        "2 phòng còn ghi ở điểm trường đã xóa: Điểm Nà Pen.",
        *(at(FacilityPlace(tab=ROOMS)), save_all_rooms),
    ),
    Case(
        *("ROOM_BUILDING_GONE", lambda db: dropped(db, "building", db.value("select id from building"))),
        *("2 phòng còn ghi ở nhà đã xóa: Nhà B.", at(FacilityPlace(tab=ROOMS)), save_all_rooms),
    ),
    Case(
        *("LESSON_TWICE", lesson("6A2", 0)),
        r"Phòng máy 1: 2 lớp cùng tiết 1 sáng thứ 2 \((6A1, 6A2|6A2, 6A1)\)\.",
        at(FacilityPlace(tab=CHECK)),
        lambda db: set_lesson(db, YEAR, lab(db).id, MON, room_of(db)),
    ),
    Case(
        *("LESSON_ELSEWHERE", lesson("6A1", 1)),
        r"Lớp 6A1 ở 2 phòng máy cùng tiết 1 sáng thứ 2 \(Phòng máy \d, Phòng máy \d\)\.",
        at(FacilityPlace(tab=CHECK)),
        lambda db: set_lesson(db, YEAR, lab(db, 1).id, MON, None),
    ),
    Case(
        *("EQUIPMENT_CODE_TWICE", same_field("equipment", "code", "bd")),
        *("2 thiết bị cùng mã (BD|bd): Bản đồ, Bản đồ.", at(EquipmentPlace(tab=REGISTER)), recode),
    ),
    Case(
        *("EQUIPMENT_GONE", lent_thing_gone),
        "Thiết bị đã xóa khỏi sổ nhưng còn 1 lượt mượn, sửa, chuyển: Bản đồ.",
        *(at(EquipmentPlace(tab=REGISTER)), by_button),
    ),
    Case(
        *("RETURNED_MORE", returned_twice, "BD Bản đồ: cho mượn 3 nhưng ghi trả 5."),
        *(at(EquipmentPlace(tab=LOANS)), by_button),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_a_problem_is_named_led_to_and_gone_when_it_is_settled(db: Database, case: Case) -> None:
    assert problems_of(db) == ()
    case.make(db)
    (problem,) = problems_of(db)
    assert problem.code == case.code and problem.next
    assert re.fullmatch(case.words, problem.message), problem.message
    assert problem.place == case.place(db)
    case.mend(db)
    assert problems_of(db) == ()


def test_every_kind_has_a_case() -> None:
    kinds = [kind for part in SLICES if part.problems for kind in part.problems.load()]
    assert sorted(kind.code for kind in kinds) == sorted(case.code for case in CASES)


def test_whatever_leads_to_another_row_is_looked_at_or_harmless(db: Database) -> None:
    kinds = [kind for part in SLICES if part.problems for kind in part.problems.load()]
    looked_at = {kind.refers for kind in kinds if kind.refers}
    leads = {(name, field) for name, table in db.tables.items() for field in table.refers}
    assert looked_at | HARMLESS == leads and not looked_at & HARMLESS


def test_what_is_settled_by_a_button_is_as_it_was(db: Database) -> None:
    returned_twice(db)
    by_button(db)
    assert [(loan.quantity, loan.back) for loan in loans(db)] == [(3, 3)]
    lost = next(pupil for pupil in pupils(db, YEAR) if pupil.name == "Lò Thị Ánh")
    marked_pupil_gone(db)
    by_button(db)
    assert next(pupil for pupil in pupils(db, YEAR) if pupil.id == lost.id) == lost
    subjects = len(class_subjects(db, room_of(db)))
    class_gone(db)
    by_button(db)
    assert len(pupils(db, YEAR, class_id=room_of(db))) == 2
    assert len(class_subjects(db, room_of(db))) == subjects


def test_the_command_line_lists_them(db: Database, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["problems", "--data", str(db.folder)]
    assert main(line) == 0 and capsys.readouterr().out == "Không có gì cần xem lại.\n"
    same_number(db)
    same_class(db)
    assert main(line) == 0
    assert "2 lớp của năm học cùng tên 6A1. Đổi tên, hoặc dồn" in capsys.readouterr().out
    assert main([*line, "--json"]) == 0
    classes, numbers = json.loads(capsys.readouterr().out)
    assert (classes["code"], classes["place"]) == ("CLASS_TWICE", {"page": "school", "tab": "classes"})
    assert numbers["place"] == {"page": "students", "class_id": room_of(db), "pupil": numbers["row"]}
    assert numbers["next"] == "Đánh lại số thứ tự của lớp."


def test_a_large_school_is_looked_through_in_no_time(tmp_path: Path) -> None:
    with open_school(tmp_path / "s", create=True) as db:
        make_demo(db, level="thcs", year=YEAR, pupils=400)
        assert problems_of(db) == (), "an invented school has nothing wrong"
        begun = perf_counter()
        problems_of(db)
        assert perf_counter() - begun < 0.25
