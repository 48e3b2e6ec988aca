"""Machines from a spreadsheet: seen before they are written, all refusals at once, and what is exported comes back."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school

from edudesk.cli import main
from edudesk.kernel.errors import Refused
from edudesk.labs import store_machines
from edudesk.labs.imports import KIND, import_machines, plan_machines
from edudesk.labs.sheets import facility_sheets, machine_sheets
from edudesk.labs.view_machines import MachinesTab
from edudesk.premises import store
from edudesk.premises.fields import LAB, MACHINE_FIELDS
from edudesk.school.store import save_site, sites
from edudesk.sheets.listing import write_refused_rows
from edudesk.sheets.reader import read_sheet
from edudesk.sheets.writer import SheetOut, write_sheet
from edudesk.storage.database import Database
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog
from edudesk.ui.table.preview import How, ListPreview, preview_file
from edudesk.ui.table.view import GroupRow

HEADS = ("Phòng", "Tên máy", "Loại máy", "Dùng cho", "RAM", "Tình trạng", "Hỏng từ ngày")
GOOD = ("PM 1", "PC-01", "Máy tính để bàn", "Dạy học", 8, "Dùng được", None)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "trường", ("9A1",)) as found:
        for name in ("PM 1", "PM 2"):
            store.save_room(found, {"name": name, "kind": LAB})
        yield found


def book(folder: Path, rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS) -> Path:
    path = folder / "máy.xlsx"
    write_sheet(path, [SheetOut("Danh sách", heads, rows)])
    return path


def test_a_list_is_seen_written_and_taken_back(db: Database, tmp_path: Path) -> None:
    broken = ("PM 2", "PC-02", "DE_BAN", "DAY_HOC", None, "Hỏng", "05/10/2026")
    plan = plan_machines(db, book(tmp_path, [GOOD, broken]))
    assert (plan.count("added"), plan.refused, plan.warnings) == (2, (), ())
    assert store_machines.machines(db) == []
    import_machines(db, plan)
    first, second = store_machines.machines(db)
    assert (first.room, first.working, first.ram_gb) == ("PM 1", True, 8)
    assert (second.room, second.working, second.since) == ("PM 2", False, "2026-10-05")
    db.undo()
    assert store_machines.machines(db) == []


def test_every_refusal_is_told_at_once(db: Database, tmp_path: Path) -> None:
    rows = [
        GOOD,
        ("PM 2", "pc-01", "DE_BAN", "DAY_HOC", 8, "Dùng được", None),
        ("Phòng lạ", "PC-03", "DE_BAN", "DAY_HOC", 8, "Dùng được", dt.date(2099, 1, 1)),
        ("PM 1", "PC-04", "Máy giặt", "DAY_HOC", "tám", "Dùng được", None),
        ("PM 1", None, "DE_BAN", "DAY_HOC", 8, "Dùng được", None),
    ]
    plan = plan_machines(db, book(tmp_path, rows))
    assert [(note.row, note.code) for note in plan.refused] == [
        (3, "MACHINE_TWICE"),
        (4, "MACHINE_DAY"),
        (4, "ROOM_UNKNOWN"),
        (5, "FIELD_CHOICE"),
        (5, "FIELD_NUMBER"),
        (6, "FIELD_MISSING"),
    ]
    assert "dòng 2" in plan.refused[0].reason and all(note.reason and note.column for note in plan.refused)
    out = read_sheet(write_refused_rows(plan, tmp_path / "lỗi.xlsx"))
    assert len(out.rows) == 1 + 4 and out.rows[0][-1] == "Vì sao không nhận"


def test_a_machine_of_a_name_moves_and_blank_cells_erase_nothing(db: Database, tmp_path: Path) -> None:
    import_machines(db, plan_machines(db, book(tmp_path, [GOOD])))
    moved = plan_machines(db, book(tmp_path, [("PM 2", "PC-01", "DE_BAN", "DAY_HOC", None, None, None)]))
    (row,) = moved.rows
    assert (row.kind, row.words) == ("changed", "chuyển từ PM 1 sang PM 2")
    import_machines(db, moved)
    (one,) = store_machines.machines(db)
    assert (one.room, one.ram_gb) == ("PM 2", 8)
    store_machines.set_working(db, [one.id], True, on=dt.date(2026, 1, 5))
    turned = plan_machines(db, book(tmp_path, [("PM 2", "PC-01", "DE_BAN", "DAY_HOC", None, "Hỏng", None)]))
    assert turned.rows[0].fields == {"working": 0, "since": dt.date.today().isoformat()}


def test_rooms_of_one_name_at_two_sites_need_the_site(db: Database, tmp_path: Path) -> None:
    save_site(db, "Chính")
    save_site(db, "Huổi Lóng")
    for place, _name, _address in sites(db):
        store.save_room(db, {"name": "PM 9", "kind": LAB, "site_id": place})
    heads = ("Điểm trường", *HEADS)
    rows = [
        ("", "PM 9", *GOOD[1:]),
        ("Huổi Lóng", "PM 9", "PC-02", *GOOD[2:]),
        ("Đâu đó", "PM 9", "PC-03", *GOOD[2:]),
    ]
    plan = plan_machines(db, book(tmp_path, rows, heads))
    assert [note.code for note in plan.refused] == ["ROOM_WHICH", "ROOM_UNKNOWN"]
    assert plan.count("added") == 1


def test_headings_that_cannot_be_read(db: Database, tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        plan_machines(db, book(tmp_path, [("PM 1", "x")], ("Phòng", "RAM")))
    assert caught.value.code == "HEAD_MISSING" and caught.value.next


def test_of_two_columns_of_one_meaning_the_better_named_is_read_and_the_other_told(
    db: Database, tmp_path: Path
) -> None:
    plan = plan_machines(db, book(tmp_path, [(*GOOD, "PM1-99")], (*HEADS, "Mã máy")))
    assert (plan.rows[0].name, plan.refused) == (GOOD[1], ())
    assert [(note.column, note.code) for note in plan.warnings] == [("Mã máy", "COLUMN_NOT_READ")]


def test_strange_columns_and_footers_are_left_alone(db: Database, tmp_path: Path) -> None:
    rows = [(*GOOD, "đỏ"), ("Người lập biểu", *[None] * 7)]
    plan = plan_machines(db, book(tmp_path, rows, (*HEADS, "Màu vỏ")))
    assert (
        [(note.row, note.column, note.code) for note in plan.warnings]
        == [(1, "Màu vỏ", "COLUMN_UNKNOWN"), (3, "", "ROW_PASSED")]
        and plan.count("added") == 1
        and not plan.refused
    )


text = st.text(
    st.characters(codec="utf-8", categories=("Lu", "Ll", "Nd"), include_characters=" -()"),
    min_size=1,
    max_size=20,
)
number = st.none() | st.integers(0, 99999)
machine = st.fixed_dictionaries(
    {
        "name": text,
        "kind": st.sampled_from(["DE_BAN", "XACH_TAY", "BANG"]),
        "use": st.sampled_from(["DAY_HOC", "VAN_PHONG"]),
        "cpu": st.none() | text,
        "os": st.none() | text,
        "year": number,
        "ram_gb": number,
        "disk_gb": number,
        "working": st.integers(0, 1),
        "since": st.dates(dt.date(2000, 1, 1), dt.date(2026, 1, 1)).map(str),
        "place": st.integers(0, 2),
    }
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(machine, max_size=6))
def test_what_is_exported_comes_back_as_it_was(
    db: Database, tmp_path: Path, made: list[dict[str, Any]]
) -> None:
    for one in store_machines.machines(db):
        store_machines.drop_machine(db, one.id)
    there = [*(room.id for room in store.rooms(db)), None]
    for one in made:
        place = one.pop("place")
        try:
            parsed = {field.key: field.parse(one[field.key]) for field in MACHINE_FIELDS if one[field.key]}
            fields = {**one, **parsed}
            store_machines.add_machines(db, there[place], fields)
        except Refused:
            continue  # a name drawn twice, or of blanks
    before = store_machines.machines(db)
    path = tmp_path / "ra.xlsx"
    for sheets in (machine_sheets(db), facility_sheets(db)):
        write_sheet(path, sheets)
        again = plan_machines(db, path)
        # the sheet of rooms is no list of machines, and that is said
        left = [note.column for note in again.warnings]
        assert (again.refused, left, again.count("unchanged")) == (
            (),
            [s.name for s in sheets[:-1]],
            len(before),
        )
    for one in before:
        store_machines.drop_machine(db, one.id)
    import_machines(db, plan_machines(db, path))
    after = store_machines.machines(db)
    assert [(*vars_of(one),) for one in after] == [(*vars_of(one),) for one in before]


def vars_of(one: store_machines.Machine) -> list[object]:
    return [getattr(one, name) for name in one.__slots__ if name != "id"]


def test_import_on_the_command_line(db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, path = tmp_path / "trường", book(tmp_path, [GOOD, ("Lạ", "PC-02", *GOOD[2:])])
    assert main(["--data", str(folder), "--json", "import", "machines", str(path), "--dry-run"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["added"], [one["code"] for one in found["refused"]]) == (1, ["ROOM_UNKNOWN"])
    assert store_machines.machines(db) == []
    errors = tmp_path / "e.xlsx"
    assert main(["--data", str(folder), "import", "machines", str(path), "--errors", str(errors)]) == 0
    assert "1 thêm" in capsys.readouterr().out and errors.exists()
    assert [one.name for one in store_machines.machines(db)] == ["PC-01"]
    out = tmp_path / "o.xlsx"
    assert main(["--data", str(folder), "export", "machines", "-o", str(out)]) == 0
    capsys.readouterr()
    assert main(["--data", str(folder), "--json", "import", "machines", str(out)]) == 0
    assert json.loads(capsys.readouterr().out)["unchanged"] == 1


# -- on the screen


@pytest.fixture
def tab(db: Database, qapp: QApplication, qtbot: QtBot) -> Iterator[MachinesTab]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    desk = Desk(db, year=YEAR)
    desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
    made = MachinesTab(desk)
    desk.announced.connect(made.refresh)
    made.resize(1150, 600)
    qtbot.addWidget(made)
    made.refresh()
    made.show()
    yield made
    desk.close()


def test_the_preview_writes_what_can_be_taken(
    tab: MachinesTab, db: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    preview_file(
        tab.desk,
        "Nhập",
        book(tmp_path, [GOOD, ("Lạ", "PC-02", *GOOD[2:])]),
        How(plan_machines, import_machines, KIND),
    )
    qtbot.waitUntil(lambda: bool(previews()))
    (preview,) = previews()
    assert "1 sẽ thêm" in preview.summary.text() and "1 không nhận" in preview.summary.text()
    titles = [record.title for record in preview.table.records if isinstance(record, GroupRow)]
    assert titles == ["Không nhận (1)", "Sẽ thêm (1)"] and preview.write.isVisible()
    assert [column.key for column in preview.table.columns][1:4] == ["room", "name", "kind"]
    qtbot.keyClick(preview, Qt.Key.Key_Return)
    assert [one.name for one in store_machines.machines(db)] == ["PC-01"]
    tab.desk.undo()
    assert store_machines.machines(db) == []


def test_a_wrong_room_is_mended_in_the_preview(
    tab: MachinesTab, db: Database, tmp_path: Path, qtbot: QtBot
) -> None:
    file = book(tmp_path, [GOOD, ("Lạ", "PC-02", *GOOD[2:])])
    preview_file(tab.desk, "Nhập", file, How(plan_machines, import_machines, KIND))
    qtbot.waitUntil(lambda: bool(previews()))
    (preview,) = previews()
    cell = preview.table.currentIndex()
    assert preview.table.columns[cell.column()].key == "room"
    QTest.keyClick(preview.table, Qt.Key.Key_F2)
    editor = preview.table.findChild(QLineEdit)
    assert editor is not None
    editor.setText("PM 2")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: preview.take.text() == "Nhập 2 dòng")
    preview.take.click()
    assert [(one.name, one.room) for one in store_machines.machines(db)] == [
        ("PC-01", "PM 1"),
        ("PC-02", "PM 2"),
    ]


def test_a_list_shown_while_another_program_is_in_front_stays_on_the_screen(
    tab: MachinesTab, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QApplication, "activeWindow", lambda: None)
    path = book(tmp_path, [GOOD])
    preview_file(tab.desk, "Nhập", path, How(plan_machines, import_machines, KIND))
    qtbot.waitUntil(lambda: bool(previews()), timeout=30_000)
    (shown,) = previews()
    assert shown.width() < shown.screen().availableGeometry().width()
    shown.reject()


def previews() -> list[ListPreview]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, ListPreview) and one.isVisible()]


def test_several_machines_move_in_one_step(tab: MachinesTab, db: Database, qtbot: QtBot) -> None:
    first, second = (room.id for room in store.rooms(db))
    store_machines.add_machines(db, first, {"name": "PM", "kind": "DE_BAN", "use": "DAY_HOC"}, n=4)
    tab.activateWindow()
    tab.table.setFocus()
    QApplication.processEvents()
    tab.table.setCurrentIndex(tab.table.model().index(0, 0))
    qtbot.keyClick(tab.table, Qt.Key.Key_Space)
    qtbot.keyClick(tab.table, Qt.Key.Key_Down)
    qtbot.keyClick(tab.table, Qt.Key.Key_Space)
    assert tab.note.text().endswith("đã chọn 2")
    tab.carry.click()
    (form,) = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()
    ]
    box = form.form.boxes["room_id"].input
    box.setCurrentIndex(box.findData(second))  # type: ignore[attr-defined]
    form.yes.click()
    assert [one.room_id for one in store_machines.machines(db)].count(second) == 2
    tab.desk.undo()
    assert [one.room_id for one in store_machines.machines(db)].count(second) == 0
    qtbot.keyClick(tab.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(tab.meant) == 4
    qtbot.keyClick(tab.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(tab.meant) == 1
