"""What the papers of the register say, and that a reader reads a label."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import papers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from qr import read_qr
from schools import make_school

from edudesk.equipment.assets.report import depreciation_paper
from edudesk.equipment.assets.rules_rates import OwnRate
from edudesk.equipment.assets.store import asset_book, rates, save_rate
from edudesk.equipment.report import inventory_paper
from edudesk.equipment.report_labels import label_sheet, labels_paper, save_label_sheet
from edudesk.equipment.rules import BOUGHT, BROKEN, WRITTEN_OFF
from edudesk.equipment.sheets import asset_sheets
from edudesk.equipment.stocktake.report import count_record_paper
from edudesk.equipment.stocktake.store import CommitteeMember, close_count, save_session, sessions
from edudesk.equipment.stocktake.store_scan import count_code
from edudesk.equipment.store import add_equipment, register
from edudesk.equipment.store_events import NewEvent, record_event
from edudesk.kernel.change import Value
from edudesk.kernel.errors import Refused
from edudesk.paper.document import write_pdf
from edudesk.paper.labels import LabelSheet, qr_modules
from edudesk.premises import store
from edudesk.storage.database import Database

DAY = dt.date(2026, 11, 20)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ()) as found:
        for name in ("101", "Kho"):
            store.save_room(found, {"name": name, "kind": "PHONG_HOC"})
        yield found


def room(db: Database, name: str = "101") -> str:
    return next(one.id for one in store.rooms(db) if one.name == name)


def have(db: Database, code: str, name: str, *, n: int = 1, **more: Value) -> None:
    known = {"kind": "KHAC", "tracked": "item", "room_id": room(db), "bought_on": "2026-02-01", **more}
    add_equipment(db, {"code": code, "name": name, **known}, quantity=n)


def furnish(db: Database) -> None:
    have(db, "PC", "Máy tính", price=15_000_000, asset_class="may_tinh", n=2)
    have(
        db,
        "NHA",
        "Nhà A",
        price=900_000_000,
        asset_class="nha_cap_4",
        bought_on="2016-02-01",
        carried=600_000_000,
    )
    have(db, "GHE", "Ghế", tracked="lot", price=350_000, n=30)
    have(db, "MC", "Máy chiếu", price=18_000_000, asset_class="may_khac", bought_on="2024-02-01")


# -- labels


@given(st.text("ABCXYZ0123456789-", min_size=1, max_size=20) | st.text("abcđếƠ12-", min_size=1, max_size=9))
def test_a_reader_reads_what_the_label_holds(code: str) -> None:
    assert read_qr(qr_modules(code)) == code


def test_labels_leave_used_places_free_and_fill_sheets(db: Database, tmp_path: Path) -> None:
    have(db, "TV", "Ti vi", n=30)
    paper = labels_paper(db, start=20)
    (sheet,) = paper.blocks
    assert isinstance(sheet, LabelSheet) and (sheet.columns, sheet.rows, len(sheet.labels)) == (3, 8, 30)
    assert sheet.labels[0].code == "TV-01" and sheet.labels[0].small == ("101", "Trường THCS Sông Trăng")
    assert write_pdf(tmp_path / "a.pdf", paper) == 3  # 19 free places and 30 labels on sheets of 24
    assert write_pdf(tmp_path / "b.pdf", labels_paper(db, sheet="4x10", start=11)) == 1
    save_label_sheet(db, "4x10")
    assert label_sheet(db) == "4x10" and write_pdf(tmp_path / "c.pdf", labels_paper(db, start=12)) == 2


def test_the_label_of_a_lot_in_many_rooms_counts_them(db: Database) -> None:
    have(db, "GHE", "Ghế", n=4, tracked="lot")
    (row,) = register(db)
    record_event(db, [row.id], NewEvent(BOUGHT, DAY, quantity=4, to=room(db, "Kho")))
    (label,) = labels_paper(db).blocks[0].labels  # type: ignore[attr-defined]
    assert label.small[0] == "2 phòng"


def test_labels_of_a_room_or_of_chosen_rows(db: Database) -> None:
    have(db, "A", "Bàn")
    have(db, "B", "Bàn", room_id=room(db, "Kho"))
    have(db, "C", "Bàn", room_id=None)
    codes = lambda **which: [one.code for one in labels_paper(db, **which).blocks[0].labels]  # type: ignore[attr-defined]  # noqa: E731
    assert codes(room_id=room(db, "Kho")) == ["B"] and codes() == ["A", "B", "C"]
    assert codes(ids=[register(db)[2].id]) == ["C"]
    record_event(db, [register(db)[0].id], NewEvent(WRITTEN_OFF, DAY))
    assert codes() == ["B", "C"]


@pytest.mark.parametrize(
    ("which", "code"),
    [
        ({"start": 25}, "LABEL_START"),
        ({"start": 0}, "LABEL_START"),
        ({"sheet": "9"}, "LABEL_SHEET"),
        ({"room_id": "x"}, "LABEL_NONE"),
    ],
)
def test_labels_that_cannot_be(db: Database, which: dict[str, object], code: str) -> None:
    have(db, "A", "Bàn")
    with pytest.raises(Refused) as caught:
        labels_paper(db, **which)  # type: ignore[arg-type]
    assert caught.value.code == code


# -- the register


def test_the_register_by_room(db: Database) -> None:
    furnish(db)
    ghe = next(line.id for line in register(db) if line.equipment.code == "GHE")
    record_event(db, [ghe], NewEvent(BROKEN, DAY, 4))
    said = papers.text(inventory_paper(db, day=DAY))
    assert (
        "1 | GHE | Ghế | cái | 30 | 4 | – | 01/02/2026 |  | 350.000" in said and "Đến ngày 20/11/2026" in said
    )
    assert "chưa có thiết bị" in papers.text(inventory_paper(db, room_id=room(db, "Kho")))


# -- the year's assets


def test_the_book_of_a_year_by_class_with_sums(db: Database) -> None:
    furnish(db)
    said = papers.text(depreciation_paper(db, 2026, day=DAY))
    assert "SỔ TÀI SẢN VÀ HAO MÒN NĂM 2026".casefold() in said.casefold()
    assert (
        "1 | Máy tính | PC-01 | 101 | 01/02/2026 | 15.000.000 | 1 | 14,29 | 2.143.500 | 2.143.500 | 12.856.500"
        in said
    )
    assert " | Cộng |  |  |  | 30.000.000 |  |  | 4.287.000 | 4.287.000 | 25.713.000" in said
    assert "900.000.000 | 11 | – | 60.000.000 | 660.000.000 | 240.000.000" in said
    assert "– MC Máy chiếu: Chưa có hao mòn lũy kế đến 31/12/2025: nhập theo sổ." in said
    assert "1 dòng, 10.500.000 đ" in said and "Phụ lục I (chưa đối chiếu văn bản gốc)" in said


def test_what_goes_in_a_year_is_not_charged_in_it(db: Database) -> None:
    furnish(db)
    row = next(line.id for line in register(db) if line.equipment.code == "NHA")
    record_event(db, [row], NewEvent(WRITTEN_OFF, DAY))
    book = asset_book(db, 2026)
    assert [one.line.equipment.code for one in book.gone] == ["NHA"] and "NHA" not in {
        one.line.equipment.code for one in book.assets
    }
    assert "Giảm trong năm" in papers.text(depreciation_paper(db, 2026))
    assert asset_book(db, 2027).gone == () and len(asset_book(db, 2027).assets) == 2


def test_walls_of_a_lot_are_one_asset(db: Database) -> None:
    have(db, "RAO", "Tường rào", tracked="lot", price=2_000_000, asset_class="tuong_rao", n=6)
    (row,) = asset_book(db, 2026).assets
    assert (row.year.cost, row.year.charge) == (12_000_000, 1_200_000)


def test_a_year_without_assets_says_so(db: Database) -> None:
    assert "chưa có tài sản cố định" in papers.text(depreciation_paper(db, 2026))


def test_a_rate_of_the_schools_own_counts_at_once(db: Database) -> None:
    furnish(db)
    save_rate(db, "may_tinh", OwnRate(local=1700, decision="QĐ 12/2026/QĐ-UBND"))
    assert asset_book(db, 2026).assets[1].year.charge == 2_550_000
    with pytest.raises(Refused) as caught:
        save_rate(db, "may_tinh", OwnRate(local=2000, decision="QĐ"))
    assert caught.value.code == "RATE_LOCAL"
    save_rate(db, "may_tinh", None)
    assert rates(db).rates["may_tinh"].used == 1429


def test_the_spreadsheet_says_why(db: Database) -> None:
    furnish(db)
    (sheet,) = asset_sheets(db, 2026)
    rows = {row[1]: dict(zip(sheet.heads, row, strict=True)) for row in sheet.rows}
    assert rows["PC-01"]["Hao mòn trong năm"] == 2_143_500 and "Điều 14.1" in str(rows["PC-01"]["Vì sao"])
    assert rows["GHE"]["Loại"] == "Công cụ, dụng cụ" and rows["MC"]["Loại"] == "Chưa tính được"


# -- the record of a count


def test_the_record_has_the_columns_of_the_form_and_says_they_are_second_hand(db: Database) -> None:
    furnish(db)
    save_session(
        db, "Kiểm kê 2026", DAY, [CommitteeMember("Lò Thị Ánh", "Hiệu trưởng", "Nhà trường", "Trưởng ban")]
    )
    count = sessions(db)[0].id
    for where, code in (("101", "PC-01"), ("Kho", "PC-02"), ("101", "GHE*28"), ("Kho", "LA-1")):
        count_code(db, count, room(db, where), code)
    paper = count_record_paper(db, count)
    said = papers.text(paper)
    heads = "STT\nTên TSCĐ\nMã số\nNơi sử dụng\nSố lượng\nNguyên giá\nGiá trị còn lại\n"
    assert heads + "Số lượng\nNguyên giá\nGiá trị còn lại\n" * 2 + "Ghi chú" in said
    assert "Ông/Bà Lò Thị Ánh; chức vụ: Hiệu trưởng; đại diện: Nhà trường; Trưởng ban" in said
    assert (
        "1 | Máy tính | PC-01 | 101 | 1 | 15.000.000 | 15.000.000 | 1 | 15.000.000 | 15.000.000 | 0 | – | –"
        in said
    )
    assert (
        "PC-02 | 101 | 1 | 15.000.000 | 15.000.000 | 0 | – | – | -1 | -15.000.000 | -15.000.000 | thiếu 1, thấy ở Kho"
        in said
    )
    sums = "2 | 30.000.000 | 30.000.000"
    assert f"Cộng |  |  | {sums} | {sums} | 0 | – | – | " in said
    assert "thừa 1, sổ ghi ở 101" in said and "| 28 | 9.800.000 | – | -2 | -700.000 | – | thiếu 2" in said
    assert "chưa đối chiếu văn bản gốc" in said and "LA-1" in said and "chưa khóa" in said
    close_count(db, count)
    assert "chưa khóa" not in papers.text(count_record_paper(db, count))


def test_a_room_nobody_counted_stays_blank_in_the_record(db: Database) -> None:
    have(db, "PC", "Máy tính", price=15_000_000, asset_class="may_tinh")
    save_session(db, "Kiểm kê 2026", DAY, [])
    count_code(db, sessions(db)[0].id, room(db, "Kho"), "LA-1")
    said = papers.text(count_record_paper(db, sessions(db)[0].id))
    assert "101 | 1 | 15.000.000 | 15.000.000 |  |  |  |  |  |  | chưa kiểm" in said
    assert "Cộng |  |  | 1 | 15.000.000 | 15.000.000 |  |  |  |  |  |  | " in said
