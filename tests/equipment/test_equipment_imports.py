"""A spreadsheet into the register: what it would do is said first, all refusals at once, and an export reads back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from schools import make_school

from edudesk.equipment.fields import GROUPS, ORIGINS
from edudesk.equipment.imports import apply_equipment, plan_equipment
from edudesk.equipment.rules import BROKEN, MOVED, WRITTEN_OFF, Amount
from edudesk.equipment.sheets import equipment_sheets
from edudesk.equipment.store import add_equipment, register
from edudesk.equipment.store_events import NewEvent, record_event
from edudesk.kernel.errors import Refused
from edudesk.premises import store
from edudesk.sheets.listing import ListPlan, write_refused_rows
from edudesk.sheets.reader import read_sheet
from edudesk.sheets.writer import SheetOut, write_sheet
from edudesk.storage.database import Database

HEADS = ("STT", "Mã", "Tên thiết bị", "Nhóm", "SL", "Phòng", "Đơn giá", "Ngày mua", "Màu")


def school(folder: Path) -> Database:
    made = make_school(folder, ())
    for name in ("101", "102", "Kho"):
        store.save_room(made, {"name": name, "kind": "PHONG_HOC"})
    return made


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with school(tmp_path / "trường") as found:
        yield found


def plan(
    db: Database, tmp_path: Path, rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS
) -> ListPlan:
    path = tmp_path / "thiết bị.xlsx"
    write_sheet(path, [SheetOut("DS", heads, rows, text_columns=frozenset({1, 6}))])
    return plan_equipment(db, path)


def test_a_list_is_taken_and_taken_again_changes_nothing(db: Database, tmp_path: Path) -> None:
    rows = [
        (1, "TV-01", "Ti vi", "Thiết bị nghe nhìn, trình chiếu", 1, "101", "12.500.000", "05/09/2024", "đen"),
        (2, "GHE", "Ghế", "BAN_GHE", 30, "101", "350000", "05/09/2024", ""),
        (3, "GHE", "Ghế", "BAN_GHE", 12, "102", "350000", "05/09/2024", ""),
        (4, "", "Bảng", "BAN_GHE", "", "", "", "", ""),
    ]
    found = plan(db, tmp_path, rows)
    assert (found.count("added"), found.refused) == (4, ())
    assert [note.column for note in found.warnings] == ["Màu"]
    apply_equipment(db, found)
    there = {line.equipment.code: line for line in register(db)}
    assert there["TV-01"].equipment.price == 12_500_000 and there["TV-01"].equipment.item
    assert (
        there["GHE"].amount == Amount(42)
        and there["GHE"].rooms == "101, 102"
        and not there["GHE"].equipment.item
    )
    assert there["TB-0001"].equipment.name == "Bảng"
    again = plan(db, tmp_path, rows[:3])
    assert again.count("unchanged") == 3 and apply_equipment(db, again).changes == ()
    db.undo()
    assert register(db) == []


def test_a_file_changes_what_is_known_but_never_how_many(db: Database, tmp_path: Path) -> None:
    add_equipment(db, {"name": "Ghế", "kind": "BAN_GHE", "tracked": "lot", "code": "GHE"}, quantity=5)
    found = plan(db, tmp_path, [(1, "ghe", "Ghế tựa", "BAN_GHE", 9, "", "", "", "")])
    assert found.count("changed") == 1
    assert "có 5, hỏng 0" in found.rows[0].words
    apply_equipment(db, found)
    (line,) = register(db)
    assert (line.equipment.name, line.amount) == ("Ghế tựa", Amount(5))


def test_every_refusal_at_once_and_the_rows_written_back(db: Database, tmp_path: Path) -> None:
    rows = [
        (1, "A", "Ti vi", "BAN_GHE", 1, "Phòng lạ", "rẻ", "", ""),
        (2, "B", "", "BAN_GHE", 1, "", "", "", ""),
        (3, "C", "Ghế", "", 1, "", "", "", ""),
        (4, "D", "Ghế", "BAN_GHE", 3, "101", "20000000", "", ""),
        (5, "E", "Ghế", "BAN_GHE", 2, "101", "", "", ""),
        (6, "E", "Ghế khác", "BAN_GHE", 2, "101", "", "", ""),
        (7, "F", "Ghế", "BAN_GHE", 0, "101", "", "", ""),
        (8, "G", "Ghế", "BAN_GHE", 1, "101", "", "", ""),
        (9, "G", "Ghế", "BAN_GHE", 1, "102", "", "", ""),
        (10, "H", "Ghế", "BAN_GHE", 1, "102", "", "31/02/2024", ""),
    ]
    found = plan(db, tmp_path, rows)
    codes: dict[int, list[str]] = {}
    for note in found.refused:
        codes.setdefault(note.row - 1, []).append(note.code)
    assert codes == {
        1: ["ROOM_UNKNOWN", "FIELD_NUMBER"],
        2: ["FIELD_MISSING"],
        3: ["FIELD_MISSING"],
        4: ["EQUIPMENT_ASSET_LOT"],
        6: ["ROW_DIFFERS", "ROW_TWICE"],
        7: ["EQUIPMENT_QUANTITY"],
        9: ["EQUIPMENT_ONE"],
        10: ["DATE_NO_SUCH_DAY"],
    }
    assert {row.row - 1 for row in found.rows} == {5, 8}
    out = tmp_path / "lỗi.xlsx"
    write_refused_rows(found, out)
    assert "Tên" in str(read_sheet(out).rows[2][-1]) and len(read_sheet(out).rows) == 9


def test_a_file_that_names_nothing_is_refused(db: Database, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        plan(db, tmp_path, [("x", "y")], heads=("Một", "Hai"))
    assert caught.value.code == "HEAD_MISSING"


def furnish(db: Database, random: Random) -> None:
    """A register as schools have them: items and lots, in rooms or none, broken, moved, written off."""
    places = [None, *(one.id for one in store.rooms(db))]
    for n in range(12):
        item = random.random() < 0.5
        fields = {
            "name": random.choice(("Ti vi", "Ghế “tựa”", "Bàn 1,2 m", "=Bảng")),
            "kind": random.choice(GROUPS)[0],
            "tracked": "item" if item else "lot",
            "code": random.choice((f"X{n}", f"007{n}", f"TB-{n}")),
            "unit": random.choice((None, "bộ")),
            "room_id": random.choice(places),
            "bought_on": random.choice((None, f"20{random.randint(10, 25)}-01-05")),
            "price": random.choice((None, 0, 350_000, 12_000_000 if item else 9_999_999)),
            "origin": random.choice((None, random.choice(ORIGINS)[0])),
            "asset_class": random.choice((None, "may_tinh")),
            "carried": random.choice((None, 0, 5)),
            "note": random.choice((None, "Tặng, năm 2020")),
        }
        add_equipment(db, fields, quantity=1 if item else random.randint(1, 50))
    for line in register(db):
        for kind in (BROKEN, MOVED, WRITTEN_OFF):
            if random.random() < 0.4:
                state = random.choice((None, BROKEN))
                action = NewEvent(kind, dt.date.today(), 1, to=random.choice(places), state=state)
                try:
                    record_event(db, [line.id], action)
                except Refused:
                    continue


@pytest.mark.parametrize("seed", range(5))
def test_an_export_reads_back_the_same(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "sổ.xlsx"
    with school(tmp_path / "một") as one, school(tmp_path / "hai") as other:
        furnish(one, Random(seed))
        sheets = equipment_sheets(one)
        write_sheet(path, sheets)
        at_home = plan_equipment(one, path)
        assert (
            at_home.refused == ()
            and at_home.warnings == ()
            and at_home.count("unchanged") == len(sheets[0].rows)
        )
        found = plan_equipment(other, path)
        assert found.refused == () and found.count("added") == len(sheets[0].rows)
        apply_equipment(other, found)
        assert equipment_sheets(other) == sheets


def test_a_file_without_groups_is_refused(db: Database, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        plan(db, tmp_path, [("A", "Ghế")], heads=("Mã", "Tên"))
    assert "Nhóm" in caught.value.message
