"""Stories of the page Thiết bị, with the keys a clerk presses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school
from windows import open_form, send_form

from edudesk.equipment.assets.store import asset_book, rates
from edudesk.equipment.assets.view import AssetsTab
from edudesk.equipment.assets.view_rates import RatesWindow
from edudesk.equipment.places import ASSETS, LOANS, REGISTER, STOCKTAKE, EquipmentPlace
from edudesk.equipment.rules import BROKEN, LENT, Amount
from edudesk.equipment.stocktake.store import count_sheet, sessions
from edudesk.equipment.stocktake.view import CountTab
from edudesk.equipment.store import add_equipment, register
from edudesk.equipment.store_documents import documents
from edudesk.equipment.store_events import NewEvent, record_event
from edudesk.equipment.store_loans import loans
from edudesk.equipment.view import EquipmentPage
from edudesk.equipment.view_loans import LoansTab
from edudesk.equipment.view_register import EquipmentTab
from edudesk.kernel.change import Value
from edudesk.premises import store
from edudesk.sheets.reader import read_sheet
from edudesk.sheets.writer import SheetOut, write_sheet
from edudesk.staff.store import members, save_member
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.table.preview import ListPreview

Key, Ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
TODAY = dt.date.today()


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Iterator[Desk]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    with make_school(tmp_path / "truong", ()) as db:
        for name in ("101", "Kho"):
            store.save_room(db, {"name": name, "kind": "PHONG_HOC"})
        save_member(db, {"name": "Lò Thị Ánh"})
        made = Desk(db, year=YEAR)
        made.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
        yield made
        made.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> EquipmentPage:
    made = EquipmentPage(desk)
    qtbot.addWidget(made)
    desk.announced.connect(made.refresh)
    made.resize(1180, 700)
    made.show()
    made.activateWindow()
    return made


def room(desk: Desk, name: str = "101") -> str:
    return next(one.id for one in store.rooms(desk.db) if one.name == name)


def furnish(desk: Desk) -> None:
    known: dict[str, Value] = {"room_id": room(desk), "bought_on": "2026-02-01"}
    chairs = {"code": "GHE", "name": "Ghế", "kind": "BAN_GHE", "tracked": "lot"}
    add_equipment(desk.db, {**known, **chairs, "price": 350_000}, quantity=10)
    pcs = {"code": "PC", "name": "Máy tính", "kind": "TIN_HOC", "tracked": "item", "asset_class": "may_tinh"}
    add_equipment(desk.db, {**known, **pcs, "price": 15_000_000}, quantity=2)


def amounts(desk: Desk) -> dict[str, Amount]:
    return {line.equipment.code: line.amount for line in register(desk.db)}


def tab(page: EquipmentPage, key: str) -> object:
    page.open_tab(key)
    QApplication.processEvents()
    return page.parts[key]


def register_tab(page: EquipmentPage) -> EquipmentTab:
    found = tab(page, REGISTER)
    assert isinstance(found, EquipmentTab)
    found.table.setFocus()
    QApplication.processEvents()
    return found


# -- the register


def test_an_empty_register_shows_the_first_step_and_ctrl_n_adds(
    page: EquipmentPage, desk: Desk, qtbot: QtBot
) -> None:
    found = register_tab(page)
    assert found._layers.currentIndex() == 1
    found.search.setFocus()
    qtbot.keyClick(found.search, Key.Key_N, Ctrl)
    send_form(name="Ti vi", code="TV", kind="NGHE_NHIN", quantity=2, room_id=room(desk), price=9_000_000)
    assert [line.equipment.code for line in register(desk.db)] == [
        "TV-01",
        "TV-02",
    ] and found._layers.currentIndex() == 0
    desk.undo()
    assert register(desk.db) == [] and found._layers.currentIndex() == 1


def test_an_asset_cannot_be_a_lot_and_the_form_says_why(page: EquipmentPage, desk: Desk) -> None:
    register_tab(page).add()
    send_form(name="Ti vi", kind="NGHE_NHIN", tracked="lot", price=10_000_000)
    assert (
        register(desk.db) == []
        and "từng cái" in open_form().form.boxes["tracked"].input.accessibleDescription()
    )
    send_form(tracked="item")
    assert len(register(desk.db)) == 1


def test_several_ticked_rows_are_moved_in_one_step(page: EquipmentPage, desk: Desk, qtbot: QtBot) -> None:
    furnish(desk)
    found = register_tab(page)
    found.table.pick(next(line.id for line in register(desk.db) if line.equipment.code == "PC-01"))
    for _row in range(2):
        qtbot.keyClick(found.table, Key.Key_Space)
    assert found.note.text() == "2 dòng đánh dấu"
    qtbot.keyClick(found.table, Key.Key_D, Ctrl)
    send_form(to=room(desk, "Kho"))
    rooms = {line.equipment.code: line.rooms for line in register(desk.db)}
    assert rooms == {"GHE": "101", "PC-01": "Kho", "PC-02": "Kho"}
    desk.undo()
    assert {line.rooms for line in register(desk.db)} == {"101"}
    qtbot.keyClick(found.table, Key.Key_A, Ctrl)
    assert len(found.ticked) == 3
    qtbot.keyClick(found.table, Key.Key_A, Ctrl)
    assert found.ticked == set()


def test_a_lot_is_broken_repaired_lent_and_written_off_by_keys(
    page: EquipmentPage, desk: Desk, qtbot: QtBot
) -> None:
    furnish(desk)
    found = register_tab(page)
    found.table.pick(register(desk.db)[0].id)
    qtbot.keyClick(found.table, Key.Key_H, Ctrl)
    send_form(quantity=4)
    qtbot.keyClick(found.table, Key.Key_R, Ctrl)
    send_form(quantity=1)
    qtbot.keyClick(found.table, Key.Key_T, Ctrl)
    assert open_form().form.values()["state"] == BROKEN
    send_form(quantity=2, document="BB 1")
    qtbot.keyClick(found.table, Key.Key_M, Ctrl)
    send_form(quantity=3, staff_id=members(desk.db)[0].id)
    qtbot.keyClick(found.table, Key.Key_B, Ctrl)
    send_form(quantity=5)
    qtbot.keyClick(found.table, Key.Key_G, Ctrl)
    send_form(quantity=1, to=room(desk, "Kho"), staff_id=members(desk.db)[0].id)
    assert amounts(desk)["GHE"] == Amount(13, 1, 3)
    events = [row.what for row in found.panel.events.records]
    assert len(events) == 7 and "BB 1" in " ".join(row.more for row in found.panel.events.records)


def test_more_than_there_is_stays_in_the_form(page: EquipmentPage, desk: Desk, qtbot: QtBot) -> None:
    furnish(desk)
    found = register_tab(page)
    found.table.pick(register(desk.db)[0].id)
    qtbot.keyClick(found.table, Key.Key_H, Ctrl)
    send_form(quantity=11)
    assert amounts(desk)["GHE"] == Amount(10)
    assert "chỉ còn 10 cái dùng được" in open_form().form.boxes["quantity"].input.accessibleDescription()
    open_form().reject()


def test_rows_are_found_by_letters_room_group_and_state(
    page: EquipmentPage, desk: Desk, qtbot: QtBot
) -> None:
    furnish(desk)
    found = register_tab(page)
    record_event(desk.db, [register(desk.db)[0].id], NewEvent(BROKEN, TODAY, 1))
    codes = lambda: [row.line.equipment.code for row in found.table.records]  # noqa: E731
    qtbot.keyClicks(found.search, "may ti")
    qtbot.waitUntil(lambda: codes() == ["PC-01", "PC-02"])
    found.search.clear()
    qtbot.waitUntil(lambda: len(codes()) == 3)
    for chooser, value, shown in ((found.state, "broken", ["GHE"]), (found.kind, "TIN_HOC", [])):
        chooser.choose(value)
        found.refresh()
        assert codes() == shown
    found.state.choose("")
    found.kind.choose("")
    found.room.choose(room(desk))
    found.refresh()
    assert len(codes()) == 3
    found.state.choose("gone")
    found.refresh()
    assert codes() == []


def test_a_row_entered_by_mistake_is_dropped_and_enter_opens_one(
    page: EquipmentPage, desk: Desk, qtbot: QtBot
) -> None:
    furnish(desk)
    found = register_tab(page)
    found.table.pick(register(desk.db)[0].id)
    qtbot.keyClick(found.table, Key.Key_Return)
    send_form(price=400_000)
    assert register(desk.db)[0].equipment.price == 400_000
    qtbot.keyClick(found.table, Key.Key_Delete)
    assert "GHE" not in amounts(desk)


def test_documents_are_attached_handed_out_and_taken_away(
    page: EquipmentPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(desk)
    found = register_tab(page)
    row = register(desk.db)[0].id
    found.table.pick(row)
    bill = tmp_path / "hóa đơn.pdf"
    bill.write_bytes(b"%PDF")
    monkeypatch.setattr(desk, "choose_file", lambda *_args: bill)
    monkeypatch.setattr(desk, "save_file", lambda *_args: tmp_path / "ra.pdf")
    found.panel.add()
    (kept,) = documents(desk.db, row)
    assert kept.attachment.name == "hóa đơn.pdf"
    found.panel.save(kept)
    assert (tmp_path / "ra.pdf").read_bytes() == b"%PDF"
    found.panel.files.pick(kept.id)
    found.panel.drop()
    assert documents(desk.db, row) == []
    desk.undo()
    assert len(documents(desk.db, row)) == 1


def test_a_list_from_excel_is_looked_at_first(
    page: EquipmentPage, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ds.xlsx"
    heads = ("Mã", "Tên", "Nhóm", "SL", "Phòng", "Đơn giá")
    rows = [("A", "Bàn", "BAN_GHE", 3, "101", 1_250_000), ("B", "Tủ", "BAN_GHE", 1, "Lạ", "2.100.000")]
    write_sheet(path, [SheetOut("DS", heads, rows)])
    monkeypatch.setattr(desk, "choose_file", lambda *_args: path)
    register_tab(page)
    from edudesk.equipment.view_files import import_register

    import_register(desk)
    qtbot.waitUntil(lambda: any(isinstance(one, ListPreview) for one in QApplication.topLevelWidgets()))
    (shown,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, ListPreview) and one.isVisible()
    ]
    assert register(desk.db) == [] and shown.take.text() == "Nhập 1 dòng"
    assert "Chưa có phòng “Lạ”." in shown.reason.text(), "said whole, wherever its column stands"
    (good,) = [row for row in shown.table.records if getattr(row, "kind", "") == "added"]
    price = next(column for column in shown.table.columns if column.key == "price")
    assert price.show(good) == "1.250.000"
    shown.table.pick(good.where)
    assert shown.reason.text() == ""
    shown.take.click()
    assert amounts(desk) == {"A": Amount(3)}


@pytest.mark.parametrize(("action", "name"), [("export_register", "a.xlsx"), ("print_register", "b.pdf")])
def test_files_are_made(
    action: str, name: str, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edudesk.equipment import view_files

    furnish(desk)
    monkeypatch.setattr(desk, "save_file", lambda *_args: tmp_path / name)
    with qtbot.waitSignal(desk.toasted):
        getattr(view_files, action)(desk)
    assert (tmp_path / name).stat().st_size > 0


def test_labels_ask_for_the_sheet_and_its_first_free_place(
    desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edudesk.equipment.report_labels import label_sheet
    from edudesk.equipment.view_files import print_labels

    furnish(desk)
    monkeypatch.setattr(desk, "save_file", lambda *_args: tmp_path / "nhãn.pdf")
    print_labels(desk, [line.id for line in register(desk.db)])
    send_form(start=99)
    assert "từ 1 đến 24" in open_form().form.boxes["start"].input.accessibleDescription()
    with qtbot.waitSignal(desk.toasted):
        send_form(sheet="4x10", start=5)
    assert label_sheet(desk.db) == "4x10" and (tmp_path / "nhãn.pdf").exists()


# -- loans


def lend(desk: Desk, days_ago: int, days: int, n: int = 2) -> None:
    on = TODAY - dt.timedelta(days_ago)
    row = next(line.id for line in register(desk.db) if line.equipment.code == "GHE")
    action = NewEvent(
        LENT, on, n, room(desk), staff_id=members(desk.db)[0].id, due=on + dt.timedelta(days), lesson="Tiết 2"
    )
    record_event(desk.db, [row], action)


def test_what_is_late_stands_first_and_t_takes_it_back(page: EquipmentPage, desk: Desk, qtbot: QtBot) -> None:
    furnish(desk)
    lend(desk, 0, 3)
    lend(desk, 10, 2)
    found = tab(page, LOANS)
    assert isinstance(found, LoansTab)
    titles = [getattr(row, "title", "") for row in found.table.records]
    assert titles[0] == "Quá hạn (1)" and titles[2] == "Trong tuần (1)"
    assert found.note.text() == "2 lượt đang mượn, 1 quá hạn"
    state = found.table.columns[-1]
    assert state.show(found.table.records[1]) == "quá hạn 8 ngày"
    found.table.setFocus()
    QApplication.processEvents()
    qtbot.keyClick(found.table, Key.Key_T)
    assert [loan.left for loan in loans(desk.db)] == [
        0,
        2,
    ] and found.note.text() == "1 lượt đang mượn, 0 quá hạn"
    desk.undo()
    assert found.note.text() == "2 lượt đang mượn, 1 quá hạn"


def test_part_of_a_loan_comes_back_broken(page: EquipmentPage, desk: Desk, qtbot: QtBot) -> None:
    furnish(desk)
    lend(desk, 10, 2, n=3)
    found = tab(page, LOANS)
    assert isinstance(found, LoansTab)
    found.table.setFocus()
    qtbot.keyClick(found.table, Key.Key_Return)
    send_form(quantity=9)
    assert "Còn mượn 3 cái" in open_form().form.boxes["quantity"].input.accessibleDescription()
    send_form(quantity=2, broken=1)
    assert amounts(desk)["GHE"] == Amount(10, 1, 1)


def test_another_week_shows_what_was_out_then(page: EquipmentPage, desk: Desk, qtbot: QtBot) -> None:
    furnish(desk)
    found = tab(page, LOANS)
    assert isinstance(found, LoansTab)
    assert found._layers.currentIndex() == 1
    lend(desk, 0, 3)
    found.table.setFocus()
    QApplication.processEvents()
    qtbot.keyClick(found.table, Key.Key_PageUp)
    assert found.table.records == []
    found.turn(0)
    assert len(found.table.records) == 2


# -- the count


def count_tab(page: EquipmentPage, desk: Desk) -> CountTab:
    furnish(desk)
    found = tab(page, STOCKTAKE)
    assert isinstance(found, CountTab)
    found.begin()
    send_form(name="Kiểm kê 2026", who0="Lò Thị Ánh, Hiệu trưởng", who1="Vàng A Páo")
    found.room.choose(room(desk))
    found._turned()
    return found


def type_code(found: CountTab, qtbot: QtBot, text: str) -> None:
    qtbot.keyClicks(found.code, text)
    qtbot.keyClick(found.code, Key.Key_Return)


def test_a_room_is_counted_by_the_keyboard_alone(page: EquipmentPage, desk: Desk, qtbot: QtBot) -> None:
    found = count_tab(page, desk)
    (session,) = sessions(desk.db)
    assert [(one.name, one.title, one.part) for one in session.members] == [
        ("Lò Thị Ánh", "Hiệu trưởng", "Trưởng ban"),
        ("Vàng A Páo", "", "Ủy viên"),
    ]
    waiting = lambda: [line.equipment.code for line in found.waiting.records]  # noqa: E731
    assert waiting() == ["GHE", "PC-01", "PC-02"]
    type_code(found, qtbot, "pc-01")
    assert waiting() == ["GHE", "PC-02"] and found.note.text() == "PC-01 Máy tính" and found.code.text() == ""
    type_code(found, qtbot, "GHE*8")
    type_code(found, qtbot, "LA-9")
    assert "không có trong sổ" in found.note.text()
    type_code(found, qtbot, "PC-01")
    assert "đã kiểm ở phòng này" in found.note.text() and found.code.selectedText() == "PC-01"
    assert waiting() == ["GHE", "PC-02"]
    strange = [getattr(row, "title", "") for row in found.differing.records]
    assert strange[0] == "Cần xem (1)" and strange[2] == "Lệch với sổ (2)"


def test_enter_on_what_is_not_seen_fills_the_field(page: EquipmentPage, desk: Desk, qtbot: QtBot) -> None:
    found = count_tab(page, desk)
    found.waiting.setCurrentIndex(found.waiting.model().index(0, 0))
    qtbot.keyClick(found.waiting, Key.Key_Return)
    assert found.code.text() == "GHE*10"
    qtbot.keyClick(found.code, Key.Key_Return)
    assert [line.equipment.code for line in found.waiting.records] == ["PC-01", "PC-02"]


def test_a_wrong_entry_is_taken_back_and_the_count_closed(
    page: EquipmentPage, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = count_tab(page, desk)
    for text in ("GHE*8", "PC-01", "LA-9"):
        type_code(found, qtbot, text)
    found.differing.setFocus()
    found.differing.setCurrentIndex(found.differing.model().index(1, 0))
    qtbot.keyClick(found.differing, Key.Key_Delete)
    assert count_sheet(desk.db, sessions(desk.db)[0].id).unknown == ()
    said: list[str] = []
    monkeypatch.setattr(desk, "ask", lambda question, **words: said.append(words["detail"]) or True)
    found.finish()
    assert said[0].startswith("2 dòng lệch")
    assert amounts(desk) == {"GHE": Amount(8), "PC-01": Amount(1), "PC-02": Amount()}
    assert (
        not found.entry.isVisible() and not found.close_button.isEnabled() and "đã khóa" in found.state.text()
    )
    desk.undo()
    assert amounts(desk)["GHE"] == Amount(10) and found.entry.isVisible()


def test_a_count_is_renamed_and_its_record_printed(
    page: EquipmentPage, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = count_tab(page, desk)
    found.change()
    send_form(name="Kiểm kê cuối năm")
    assert sessions(desk.db)[0].name == "Kiểm kê cuối năm"
    monkeypatch.setattr(desk, "save_file", lambda *_args: tmp_path / "bb.pdf")
    with qtbot.waitSignal(desk.toasted):
        found.print.click()
    assert (tmp_path / "bb.pdf").stat().st_size > 0


# -- assets


def test_the_year_is_computed_and_every_number_explained(page: EquipmentPage, desk: Desk) -> None:
    furnish(desk)
    found = tab(page, ASSETS)
    assert isinstance(found, AssetsTab)
    assert found.note.text() == "2 tài sản · hao mòn 4.287.000 đ · còn lại 25.713.000 đ"
    assert (
        "15.000.000 × 14,29 % = 2.143.500" in found.why.words.text() and "Điều 14.1" in found.why.words.text()
    )
    found.year.choose(2027)
    found.refresh()
    assert found.note.text().endswith("còn lại 21.426.000 đ")
    titles = [getattr(row, "title", "") for row in found.table.records]
    assert "Công cụ, dụng cụ (không tính hao mòn) (1)" in titles


def test_a_provinces_rate_is_set_on_screen_and_taken_back(
    page: EquipmentPage, desk: Desk, qtbot: QtBot
) -> None:
    furnish(desk)
    found = tab(page, ASSETS)
    window = RatesWindow(desk)
    qtbot.addWidget(window)
    window.open()
    window.table.pick("may_tinh")
    qtbot.keyClick(window.table, Key.Key_Return)
    send_form(local="20", decision="QĐ 12/2026/QĐ-UBND")
    assert "nhiều nhất 20 %" in open_form().form.boxes["local"].input.accessibleDescription()
    send_form(local="17")
    assert asset_book(desk.db, 2026).assets[0].year.charge == 2_550_000
    assert isinstance(found, AssetsTab) and "5.100.000" in found.note.text()
    window.own.click()
    assert rates(desk.db).rates["may_tinh"].used == 1429
    window.reject()


@pytest.mark.parametrize(("press", "name"), [("Xuất Excel", "a.xlsx"), ("In sổ", "b.pdf")])
def test_the_book_of_the_year_is_written(
    press: str,
    name: str,
    page: EquipmentPage,
    desk: Desk,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from PySide6.QtWidgets import QPushButton

    furnish(desk)
    found = tab(page, ASSETS)
    assert isinstance(found, AssetsTab)
    monkeypatch.setattr(desk, "save_file", lambda *_args: tmp_path / name)
    (made,) = [one for one in found.findChildren(QPushButton) if one.text() == press]
    with qtbot.waitSignal(desk.toasted):
        made.click()
    assert (tmp_path / name).stat().st_size > 0
    if name.endswith("xlsx"):
        assert read_sheet(tmp_path / name).rows[0][0] == "Loại"


def test_the_board_opens_the_register_at_what_is_broken(page: EquipmentPage, desk: Desk) -> None:
    furnish(desk)
    record_event(desk.db, [register(desk.db)[1].id], NewEvent(BROKEN, TODAY))
    page.open_at(EquipmentPlace(tab=REGISTER, state="broken"))
    assert [row.line.equipment.code for row in page.register.table.records] == ["PC-01"]
