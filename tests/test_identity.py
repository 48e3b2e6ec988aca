"""Two desks that enter the same thing apart make the same row; whoever has its identity already keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from registers import Register
from schools import YEAR, change_class, make_school

from edudesk.demo.build import make_demo
from edudesk.equipment.imports import apply_equipment, plan_equipment
from edudesk.equipment.store import add_equipment, drop_equipment, register
from edudesk.gradebook.register.locks import lock_marks
from edudesk.gradebook.register.sealed_pages import read_seals
from edudesk.gradebook.rules.locks import Scope
from edudesk.gradebook.seals.sealing import open_seal, seal_page
from edudesk.kernel.ids import name_id
from edudesk.labs.imports import import_machines, plan_machines
from edudesk.labs.probe import Probe
from edudesk.labs.store_machines import add_machines, drop_machine, machines, save_machine
from edudesk.labs.store_probes import apply_probes, plan_probes
from edudesk.school.store import class_named, classes
from edudesk.school.store_setup import create_classes, drop_class
from edudesk.sheets.writer import SheetOut, write_sheet
from edudesk.slices import open_school
from edudesk.staff.imports import import_staff, plan_staff
from edudesk.staff.store import members, save_member
from edudesk.storage.database import Database
from edudesk.students.store import add_pupil, pupils

Desks = tuple[Database, Database]
ROWS = "select id from {table} where gone = 0 order by id"
MEMBER = {"name": "Lê Văn An", "role": "GV", "code": "11GV0001"}
MACHINE = {"name": "PM1-01", "kind": "DE_BAN", "use": "DAY_HOC"}
ITEM = {
    "name": "Máy chiếu",
    "kind": "NGHE_NHIN",
    "tracked": "item",
    "code": "MC-01",
    "bought_on": "2024-08-01",
}
LOT = {"name": "Ghế", "kind": "BAN_GHE", "tracked": "lot", "code": "GHE", "bought_on": "2024-08-01"}


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Two copies of one school."""
    with make_school(tmp_path / "a") as first, make_school(tmp_path / "b") as second:
        yield first, second


def ids(db: Database, table: str) -> list[str]:
    return [row for (row,) in db.all(ROWS.format(table=table))]


def alike(desks: Desks, *tables: str) -> bool:
    """Whether both desks have the same rows."""
    return all(ids(desks[0], table) == ids(desks[1], table) for table in tables)


def book(folder: Path, *rows: tuple[object, ...]) -> Path:
    """A list of which the first row has the headings."""
    path = folder / "danh sách.xlsx"
    write_sheet(path, [SheetOut("DS", tuple(map(str, rows[0])), list(rows[1:]))])
    return path


# -- by form


@pytest.mark.parametrize(
    ("make", "tables"),
    [
        (lambda db: create_classes(db, YEAR, ["7A1", "7A2"]), ("school_class", "class_subject")),
        (lambda db: save_member(db, MEMBER), ("staff",)),
        (lambda db: add_machines(db, None, MACHINE), ("machine",)),
        (lambda db: add_equipment(db, ITEM), ("equipment", "equipment_event")),
        (lambda db: add_equipment(db, LOT, quantity=40), ("equipment", "equipment_event")),
        (lambda db: apply_probes(db, plan_probes(db, [Probe("PM1-02", None, 8, 256, None)])), ("machine",)),
    ],
)
def test_what_two_desks_enter_apart_is_one_row(
    desks: Desks, make: Callable[[Database], object], tables: tuple[str, ...]
) -> None:
    before = {table: ids(desks[0], table) for table in tables}
    for db in desks:
        make(db)
    assert alike(desks, *tables)
    assert all(len(ids(desks[0], table)) > len(before[table]) for table in tables)


@pytest.mark.parametrize(
    ("make", "table"),
    [
        (lambda db: save_member(db, MEMBER), "staff"),
        (lambda db: add_machines(db, None, MACHINE), "machine"),
        (lambda db: add_equipment(db, ITEM), "equipment"),
        (lambda db: add_equipment(db, LOT, quantity=40), "equipment"),
    ],
)
def test_what_undo_took_back_and_is_entered_again_is_the_same_row(
    desks: Desks, make: Callable[[Database], object], table: str
) -> None:
    db = desks[0]
    make(db)
    first, events = ids(db, table), ids(db, "equipment_event")
    db.undo()
    assert ids(db, table) == []
    make(db)
    assert (ids(db, table), ids(db, "equipment_event")) == (first, events)
    db.undo()
    db.redo()
    assert ids(db, table) == first


def test_without_a_code_or_with_one_the_program_gave_nobody_is_the_same(desks: Desks) -> None:
    for db in desks:
        save_member(db, {"name": "Trần Thị Hạnh"})
        add_machines(db, None, {**MACHINE, "name": "PM2"}, n=3)
        add_equipment(db, {**ITEM, "code": ""})
        add_equipment(db, {**ITEM, "code": "KHV"}, quantity=2)
    for table in ("staff", "machine", "equipment", "equipment_event"):
        assert not set(ids(desks[0], table)) & set(ids(desks[1], table))


def test_a_code_is_one_however_it_is_spelled(desks: Desks) -> None:
    for db, name in zip(desks, ("PM1-01", "pm1-01"), strict=True):
        add_machines(db, None, {**MACHINE, "name": name})
        add_equipment(db, {**ITEM, "code": f"{name}-MC"})
    assert alike(desks, "machine", "equipment")


# -- another row has it


def test_a_class_renamed_or_gone_keeps_its_identity(desks: Desks) -> None:
    db = desks[0]
    first = class_named(db, YEAR, "6A1").id
    assert first == name_id("school_class", YEAR, "6A1"), "whoever set the school up made it, too"
    change_class(db, first, name="6B1")
    create_classes(db, YEAR, ["6A1"])
    second = class_named(db, YEAR, "6A1").id
    assert second != first and class_named(db, YEAR, "6B1").id == first
    drop_class(db, class_named(db, YEAR, "9A2").id)
    create_classes(db, YEAR, ["9A2"])
    assert class_named(db, YEAR, "9A2").id != class_named(desks[1], YEAR, "9A2").id
    assert db.row("school_class", class_named(desks[1], YEAR, "9A2").id)["gone"] == 1  # type: ignore[index]


def test_a_code_that_was_corrected_is_free_for_somebody_else(desks: Desks) -> None:
    db = desks[0]
    save_member(db, MEMBER)
    an = members(db)[0]
    save_member(db, {"code": "11GV0002"}, member_id=an.id)
    save_member(db, {"name": "Phan Thị Bình", "code": "11GV0001"})
    binh = next(member for member in members(db) if member.code == "11GV0001")
    assert binh.id != an.id and len(members(db)) == 2


def test_a_thing_that_is_gone_is_not_revived_by_its_code(desks: Desks) -> None:
    db = desks[0]
    add_machines(db, None, {**MACHINE, "year": 2015})
    old = machines(db)[0].id
    drop_machine(db, old)
    add_machines(db, None, {**MACHINE, "year": 2026})
    add_equipment(db, {**ITEM, "price": 5_000_000})
    screen = register(db)[0].id
    drop_equipment(db, [screen])
    add_equipment(db, {**ITEM, "price": 6_000_000})
    assert machines(db)[0].id != old and machines(db)[0].year == 2026
    assert register(db)[0].id != screen and register(db)[0].amount.on_hand == 1


def test_a_renamed_machine_leaves_its_name_to_another(desks: Desks) -> None:
    db = desks[0]
    add_machines(db, None, MACHINE)
    first = machines(db)[0].id
    save_machine(db, first, {**MACHINE, "name": "PM1-09"})
    add_machines(db, None, MACHINE)
    assert {machine.name: machine.id == first for machine in machines(db)} == {
        "PM1-01": False,
        "PM1-09": True,
    }


# -- from a file


def test_a_list_makes_what_the_form_makes(desks: Desks, tmp_path: Path) -> None:
    first, second = desks
    staff = book(tmp_path, ("Họ và tên", "Mã định danh ngành", "Vị trí"), ("Lê Văn An", "11GV0001", "GV"))
    import_staff(first, plan_staff(first, staff))
    save_member(second, MEMBER)
    names = book(
        tmp_path, ("Tên hoặc mã máy", "Loại máy", "Dùng cho"), ("PM1-01", "Máy tính để bàn", "Dạy học")
    )
    import_machines(first, plan_machines(first, names))
    add_machines(second, None, MACHINE)
    heads = ("Tên thiết bị", "Nhóm", "Mã thiết bị", "Theo dõi", "Ngày mua, nhận")
    things = book(
        tmp_path, heads, ("Máy chiếu", "Thiết bị nghe nhìn, trình chiếu", "MC-01", "Từng cái", "01/08/2024")
    )
    apply_equipment(first, plan_equipment(first, things))
    add_equipment(second, ITEM)
    assert alike(desks, "staff", "machine", "equipment", "equipment_event")
    assert all(ids(first, table) for table in ("staff", "machine", "equipment", "equipment_event"))
    first.undo()
    apply_equipment(first, plan_equipment(first, things))
    assert alike(desks, "equipment", "equipment_event"), "undone and read again"


def test_two_new_people_of_one_code_in_a_file_stay_two(desks: Desks, tmp_path: Path) -> None:
    heads = ("Họ và tên", "Mã định danh ngành")
    path = book(tmp_path, heads, ("Lê Văn An", "11GV0001"), ("Phan Thị Bình", "11GV0001"))
    for db in desks:
        import_staff(db, plan_staff(db, path))
    assert len(members(desks[0])) == 2
    assert len(set(ids(desks[0], "staff")) & set(ids(desks[1], "staff"))) == 1


def test_things_whose_file_has_no_code_are_nobody_elses(desks: Desks, tmp_path: Path) -> None:
    path = book(tmp_path, ("Tên thiết bị", "Nhóm"), ("Máy chiếu", "Thiết bị nghe nhìn, trình chiếu"))
    for db in desks:
        apply_equipment(db, plan_equipment(db, path))
    assert len({row for db in desks for row in ids(db, "equipment")}) == 2


def test_the_demo_school_has_the_identities_of_a_real_one(tmp_path: Path) -> None:
    with open_school(tmp_path / "s", create=True) as db:
        make_demo(db, level="thcs", year=YEAR, pupils=60)
        assert {row.id for row in classes(db, YEAR)} == {
            name_id("school_class", YEAR, row.name) for row in classes(db, YEAR)
        }
        assert all(pupil.id == name_id("pupil", pupil.code) for pupil in pupils(db, YEAR))
        assert all(row.id == name_id("machine", row.name.casefold()) for row in machines(db))
        assert all(line.id == name_id("equipment", line.equipment.code.casefold()) for line in register(db))


# -- pupils and seals


def test_pupils_of_one_code_are_one_and_without_one_two(desks: Desks) -> None:
    for db in desks:
        class_id = class_named(db, YEAR, "6A1").id
        add_pupil(db, YEAR, class_id, {"name": "Lò Thị Ánh", "code": "11000001"})
    assert alike(desks, "pupil", "enrolment")
    for db in desks:
        add_pupil(db, YEAR, class_named(db, YEAR, "6A1").id, {"name": "Vàng A Bình"})
    assert not alike(desks, "pupil")


def test_a_page_sealed_apart_has_one_seal_and_each_follows_the_last(tmp_path: Path) -> None:
    registers = Register(tmp_path / "a"), Register(tmp_path / "b")
    for desk in registers:
        lock_marks(desk.db, [Scope(YEAR, desk.class_id, "toan", term=1)], reason="nộp sổ")
        for _round in range(2):
            seal_page(desk.db, desk.class_id, 1, code="toan", reason="hết kì", accept_missing=True)
            last = next(seal for seal in read_seals(desk.db.all, YEAR) if seal.opened is None)
            open_seal(desk.db, last, reason="phúc khảo")
    rows = [ids(desk.db, "seal") for desk in registers]
    assert rows[0] == rows[1] and len(rows[0]) == 4
    for desk in registers:
        desk.db.close()
