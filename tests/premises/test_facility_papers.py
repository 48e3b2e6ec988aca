"""What the papers and the spreadsheet of rooms and machines say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import papers
import pytest
from schools import YEAR, make_school

from edudesk.labs import store_machines, store_timetable
from edudesk.labs.report import has_purchase_plan, lab_check_paper, purchase_plan_paper
from edudesk.labs.sheets import facility_sheets
from edudesk.premises import store
from edudesk.premises.fields import LAB
from edudesk.school.store import classes
from edudesk.storage.database import Database
from edudesk.students.store import add_pupil

MACHINE = {"name": "PM", "kind": "DE_BAN", "use": "DAY_HOC"}


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """Nine pupils in 9A1: five machines are needed; of two one is broken."""
    with make_school(tmp_path / "trường", ("9A1",)) as found:
        for n in range(9):
            add_pupil(found, YEAR, classes(found, YEAR)[0].id, {"name": f"Lò Văn {n}"})
        yield found


def equip(db: Database) -> None:
    store.save_room(db, {"name": "Phòng máy", "kind": LAB, "area": "48,5", "projector": 1})
    store_machines.add_machines(db, store.rooms(db)[0].id, MACHINE, n=2)
    broken = store_machines.machines(db)[1].id
    store_machines.set_working(db, [broken], False, on=dt.date(2026, 10, 5))


def test_the_check_on_paper(db: Database) -> None:
    equip(db)
    said = papers.text(lab_check_paper(db, YEAR))
    assert (
        "Phòng máy | Lớp 9A1, 9 em (lớp đông nhất của cấp, chưa có thời khóa biểu) | 2 | 1 | 9,00 | 2" in said
    )
    assert "Chưa đạt mức 2, thiếu 4 máy" in said
    assert "chưa đối chiếu văn bản gốc" in said
    assert "Mua thêm 4 máy | –" in said


def test_a_school_with_nothing_to_check_says_so(tmp_path: Path) -> None:
    with make_school(tmp_path / "trống", ()) as empty:
        assert "chưa có phòng máy" in papers.text(lab_check_paper(empty, YEAR))


def test_the_plan_repairs_first_and_buys_the_rest(db: Database) -> None:
    equip(db)
    assert not has_purchase_plan(db, YEAR)
    store_timetable.save_prices(db, repair=900_000, buy=12_000_000)
    assert has_purchase_plan(db, YEAR)
    said = papers.text(purchase_plan_paper(db, YEAR))
    assert "Sửa máy hỏng | 1 | 900.000 | 900.000" in said
    assert "Mua máy mới | 3 | 12.000.000 | 36.000.000" in said
    assert "Cộng |  | 4 |  | 36.900.000" in said


def test_without_a_price_of_everything_there_is_no_sum(db: Database) -> None:
    equip(db)
    store_timetable.save_prices(db, repair=None, buy=12_000_000)
    said = papers.text(purchase_plan_paper(db, YEAR))
    assert "Cộng |  | 4 |  | \n" in said + "\n"


def test_a_room_two_levels_share_is_bought_for_once(tmp_path: Path) -> None:
    with make_school(tmp_path / "hai cấp", ("5A1", "9A1"), levels=("tieu_hoc", "thcs")) as db:
        for class_, n in zip(classes(db, YEAR), (6, 4), strict=True):
            for place in range(n):
                add_pupil(db, YEAR, class_.id, {"name": f"Lò Văn {place}"})
        store.save_room(db, {"name": "Phòng máy", "kind": LAB})
        said = papers.text(purchase_plan_paper(db, YEAR))
        assert said.count("Mua máy mới | 2") == 1 and "Cộng |  | 2" in said


def test_enough_machines_need_no_plan(db: Database) -> None:
    equip(db)
    store_machines.add_machines(db, store.rooms(db)[0].id, MACHINE, n=5)
    store_timetable.save_prices(db, repair=1, buy=1)
    assert not has_purchase_plan(db, YEAR)
    assert "không cần mua thêm" in papers.text(purchase_plan_paper(db, YEAR))


def test_rooms_and_machines_as_a_spreadsheet(db: Database) -> None:
    equip(db)
    rooms, machines = facility_sheets(db)
    line = dict(zip(rooms.heads, rooms.rows[0], strict=True))
    assert (line["Tên phòng"], line["Diện tích (m²)"], line["Số máy tính"]) == (
        "Phòng máy",
        Decimal("48.5"),
        2,
    )
    first, second = (dict(zip(machines.heads, row, strict=True)) for row in machines.rows)
    assert (first["Tên hoặc mã máy"], first["Tình trạng"]) == ("PM-01", "Dùng được")
    assert (second["Tình trạng"], second["Từ ngày"]) == ("Hỏng", "05/10/2026")
