"""The page Học sinh, with real keys and real files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from windows import open_form, stray_windows

from edudesk.kernel.change import Step
from edudesk.school.store import classes
from edudesk.sheets.reader import read_sheet
from edudesk.sheets.writer import SheetOut, write_sheet
from edudesk.students import store
from edudesk.students.places import StudentsPlace
from edudesk.students.view import StudentsPage, waiting
from edudesk.ui.desk import Desk

HEADS = ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Lớp", "Dân tộc", "Số định danh"]


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[StudentsPage]:
    page = StudentsPage(desk)
    page.resize(1180, 700)
    qtbot.addWidget(page)
    desk.announced.connect(page.refresh)
    page.open_at(StudentsPlace(class_id=classes(desk.db, desk.year)[1].id))
    page.show()
    qtbot.waitExposed(page)
    yield page
    desk.announced.disconnect(page.refresh)


def names(page: StudentsPage) -> list[str]:
    return [line.pupil.name for line in page.table.records]


def line_edit(thing: QObject) -> QLineEdit:
    assert isinstance(thing, QLineEdit)
    return thing


def open_first(page: StudentsPage, name: str) -> None:
    row = names(page).index(name)
    page.table.setCurrentIndex(page.table.model().index(row, 1))
    QTest.keyClick(page.table, Qt.Key.Key_F2)


def test_the_list_says_what_records_lack(page: StudentsPage) -> None:
    assert names(page) == ["Lò Thị Ánh", "Vàng A Bình", "Lê Minh Châu"]
    assert page.whole.text() == "Đủ 2/3 hồ sơ"
    QTest.mouseClick(page._sieves["lacking"], Qt.MouseButton.LeftButton)
    assert names(page) == ["Vàng A Bình"]
    QTest.mouseClick(page._sieves["lacking"], Qt.MouseButton.LeftButton)
    assert len(names(page)) == 3
    assert waiting(page.desk) == 1


def test_search_forgives_accents(page: StudentsPage, qtbot: QtBot) -> None:
    QTest.keyClicks(page.finder, "vang binh")
    QTest.keyClick(page.finder, Qt.Key.Key_Return)
    assert names(page) == ["Vàng A Bình"]
    page.finder.setText("312008678")
    QTest.keyClick(page.finder, Qt.Key.Key_Return)
    assert names(page) == ["Lê Minh Châu"]


def test_a_field_is_kept_when_it_is_left_and_undo_takes_it_back(page: StudentsPage) -> None:
    open_first(page, "Vàng A Bình")
    phone = line_edit(page.drawer.own.boxes["phone"].input)
    phone.setFocus()
    QTest.keyClicks(phone, "0912345678")
    QTest.keyClick(phone, Qt.Key.Key_Return)
    assert page.drawer.pupil is not None
    assert store.record(page.desk.db, page.drawer.pupil.id)["phone"] == "0912345678"
    assert page.drawer.note.text().startswith("Đã lưu")
    page.desk.undo()
    assert store.record(page.desk.db, page.drawer.pupil.id)["phone"] is None
    assert phone.text() == ""


def test_a_wrong_value_stays_with_its_reason_and_is_not_kept(page: StudentsPage) -> None:
    open_first(page, "Vàng A Bình")
    box = page.drawer.own.boxes["personal_number"]
    number = line_edit(box.input)
    number.setFocus()
    QTest.keyClicks(number, "011312016533")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert "Trùng với Lò Thị Ánh" in box.input.accessibleDescription()
    assert page.drawer.pupil is not None
    assert store.record(page.desk.db, page.drawer.pupil.id)["personal_number"] is None
    number.clear()
    QTest.keyClicks(number, "0113")
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert "cần 12" in box.input.accessibleDescription()


def test_a_wrong_date_holds_nobody_in_its_field(page: StudentsPage) -> None:
    open_first(page, "Vàng A Bình")
    boxes = page.drawer.own.boxes
    day = line_edit(boxes["birth_date"].input)
    day.setFocus()
    day.selectAll()
    QTest.keyClicks(day, "31/02/2015")
    QTest.keyClick(day, Qt.Key.Key_Tab)
    assert boxes["sex"].input.hasFocus()
    assert day.text() == "31/02/2015" and "31/02" in day.accessibleDescription()


def test_beside_a_record_in_a_small_window_nothing_overlaps(page: StudentsPage, qtbot: QtBot) -> None:
    window = page.window()
    window.resize(911, 512)
    open_first(page, "Vàng A Bình")
    qtbot.waitUntil(lambda: not page.take.isVisible())
    shown = [
        one for one in (page.finder, page.classes, page.add_button, *page._sieves.values()) if one.isVisible()
    ]
    boxes = [QRect(one.mapTo(page, QPoint(0, 0)), one.size()) for one in shown]
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    assert all(box.right() < page.drawer.x() for box in boxes)
    window.resize(1366, 768)
    qtbot.waitUntil(page.take.isVisible)


def test_a_number_that_does_not_fit_the_record_is_doubted_not_refused(page: StudentsPage) -> None:
    open_first(page, "Vàng A Bình")
    assert page.drawer.pupil is not None
    store.save_pupil(page.desk.db, page.drawer.pupil.id, {"personal_number": "011312000001"})
    assert "giới tính" in page.drawer.own.boxes["personal_number"].input.accessibleDescription()


def test_a_choice_is_kept_at_once(page: StudentsPage) -> None:
    open_first(page, "Vàng A Bình")
    sex = page.drawer.own.boxes["sex"].input
    assert isinstance(sex, QComboBox)
    place = sex.findData("NU")
    sex.setCurrentIndex(place)
    sex.activated.emit(place)
    assert page.drawer.pupil is not None
    assert store.record(page.desk.db, page.drawer.pupil.id)["sex"] == "NU"


def test_the_drawer_follows_the_cursor_and_closes_on_escape(page: StudentsPage) -> None:
    open_first(page, "Lò Thị Ánh")
    QTest.mouseClick(page.drawer.arrows[1], Qt.MouseButton.LeftButton)
    assert page.drawer.title.text() == "Vàng A Bình"
    QTest.keyClick(page.drawer, Qt.Key.Key_Escape)
    assert page.drawer.isHidden()


def test_a_new_pupil_needs_a_name(page: StudentsPage) -> None:
    page.add()
    form = page.newcomer.form
    QTest.mouseClick(page.newcomer.add, Qt.MouseButton.LeftButton)
    assert "Thiếu" in form.boxes["name"].input.accessibleDescription()
    line_edit(form.boxes["name"].input).insert("Đặng Ngọc Diệp")  # as an input method does
    QTest.mouseClick(page.newcomer.add, Qt.MouseButton.LeftButton)
    assert names(page)[-1] == "Đặng Ngọc Diệp"
    assert line_edit(form.boxes["name"].input).text() == ""


def test_moving_to_another_class(page: StudentsPage) -> None:
    open_first(page, "Lê Minh Châu")
    page.move_pupil()
    asked = open_form()
    combo = asked.form.boxes["class_id"].input
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(1)
    QTest.mouseClick(asked.yes, Qt.MouseButton.LeftButton)
    assert names(page) == ["Lò Thị Ánh", "Vàng A Bình"]
    assert page.drawer.subtitle.text().startswith("9A1")


def test_a_status_needs_a_day_of_the_year(page: StudentsPage) -> None:
    open_first(page, "Lê Minh Châu")
    page.change_status()
    asked = open_form()
    kind = asked.form.boxes["kind"].input
    assert isinstance(kind, QComboBox)
    kind.setCurrentIndex(kind.findData("CHUYEN_DI"))
    day = line_edit(asked.form.boxes["on_date"].input)
    day.setText("12/10/2019")
    QTest.mouseClick(asked.yes, Qt.MouseButton.LeftButton)
    assert asked.isVisible() and "không thuộc năm học" in day.accessibleDescription()
    day.setText("12/10/2026")
    QTest.mouseClick(asked.yes, Qt.MouseButton.LeftButton)
    QTest.mouseClick(page._sieves["gone"], Qt.MouseButton.LeftButton)
    assert names(page) == ["Lê Minh Châu"]


def test_electives_are_offered_where_the_class_has_any(page: StudentsPage) -> None:
    from PySide6.QtWidgets import QCheckBox
    from schools import change_subject

    change_subject(page.desk.db, page.class_id, "cong_nghe", taken="chosen", topics=False)
    open_first(page, "Lò Thị Ánh")
    page.drawer._tabs.button(3).click()
    tick = page.drawer._choices.findChild(QCheckBox)
    assert isinstance(tick, QCheckBox) and tick.text() == "Công nghệ"
    tick.click()
    assert page.desk.db.value("select takes from elective where code = 'cong_nghe'") == 1


def test_renumbering_and_printing(page: StudentsPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.renumber()
    assert [line.pupil.number for line in page.table.records] == [1, 2, 3]
    page.desk.save_file = lambda *_args: tmp_path / "list.pdf"  # type: ignore[method-assign]
    page.print_list()
    qtbot.waitUntil(lambda: not page.desk.work.busy)
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")


def test_every_input_has_a_name(page: StudentsPage) -> None:
    open_first(page, "Lò Thị Ánh")
    for kind in (QLineEdit, QComboBox):
        for thing in page.findChildren(kind):
            inner = isinstance(thing.parent(), QComboBox)
            assert thing.accessibleName() or inner, thing


# -- import


def sheet_of(tmp_path: Path, *rows: list[object]) -> Path:
    path = tmp_path / "ds.xlsx"
    notes = ("Trường THCS Sông Trăng", "Danh sách học sinh")
    write_sheet(path, [SheetOut("DS", HEADS, rows, text_columns=frozenset(range(7)), notes=notes)])
    return path


GOOD: list[object] = [1, "Bùi Tiến Đạt", "24/01/2012", "Nam", "9A2", "Mường", "011212003098"]
BAD_DAY: list[object] = [2, "Lò Thị Duyên", "31/02/2012", "Nữ", "9A2", "Thái", ""]
NO_CLASS: list[object] = [3, "Giàng A Dũng", "08/11/2012", "Nam", "9A7", "Mông", ""]
SAME: list[object] = [4, "Lò Thị Ánh", "05/06/2012", "Nữ", "9A2", "Thái", "011312016533"]


def take(page: StudentsPage, path: Path, qtbot: QtBot) -> None:
    page.desk.choose_file = lambda *_args: path  # type: ignore[method-assign]
    page.import_excel()
    qtbot.waitUntil(lambda: page.preview.plan is not None and not page.desk.work.busy)


def test_a_file_is_looked_at_before_it_is_taken(page: StudentsPage, tmp_path: Path, qtbot: QtBot) -> None:
    steps: list[Step | None] = []
    page.desk.announced.connect(steps.append)
    take(page, sheet_of(tmp_path, GOOD, BAD_DAY, NO_CLASS, SAME), qtbot)
    titles = [record.title for record in page.preview.table.records if hasattr(record, "title")]
    assert titles == ["Không nhận (2)", "Sẽ thêm (1)", "Không đổi (1)"]
    refused = page.preview.table.records[1]
    assert refused.row == 5 and refused.bad == {"birth_date"} and "31/02" in refused.why
    assert page.preview.take.text() == "Nhập 1 học sinh" and steps == []
    QTest.mouseClick(page.preview.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Bùi Tiến Đạt" in names(page))
    qtbot.waitUntil(lambda: page.focusWidget() is page.table)  # and not the first page of the rail
    page.desk.undo()
    assert "Bùi Tiến Đạt" not in names(page)


def test_refused_rows_go_to_a_file_to_be_corrected(page: StudentsPage, tmp_path: Path, qtbot: QtBot) -> None:
    take(page, sheet_of(tmp_path, GOOD, BAD_DAY), qtbot)
    page.desk.save_file = lambda *_args: tmp_path / "loi.xlsx"  # type: ignore[method-assign]
    QTest.mouseClick(page.preview.write, Qt.MouseButton.LeftButton)
    rows = read_sheet(tmp_path / "loi.xlsx").rows
    assert rows[1][1] == "Lò Thị Duyên" and "31/02" in str(rows[1][-1])


def test_a_wrong_day_is_mended_in_place_and_the_row_is_taken(
    page: StudentsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    take(page, sheet_of(tmp_path, GOOD, BAD_DAY), qtbot)
    table = page.preview.table
    assert (
        table.columns[table.currentIndex().column()].key == "birth_date"
    )  # the cursor waits in the red cell
    QTest.keyClick(table, Qt.Key.Key_F2)
    editor = table.findChild(QLineEdit)
    assert editor is not None and editor.text() == "31/02/2012"
    editor.setText("28/02/2012")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.preview.take.text() == "Nhập 2 học sinh")
    QTest.mouseClick(page.preview.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Lò Thị Duyên" in names(page))


def test_only_rows_that_wait_for_something_can_be_typed_into(
    page: StudentsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    take(page, sheet_of(tmp_path, [*GOOD[:6], "011212003098"]), qtbot)
    table = page.preview.table
    table.setCurrentIndex(table.model().index(1, 1))
    QTest.keyClicks(table, "x")
    assert table.findChild(QLineEdit) is None and page.preview.take.text() == "Nhập 1 học sinh"


def test_a_name_alike_but_for_its_accents_is_asked_about_and_answered_by_its_number(
    page: StudentsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    other: list[object] = [5, "Lò Thị Anh", "05/06/2012", "Nữ", "9A2", "Thái", ""]
    take(page, sheet_of(tmp_path, other), qtbot)
    titles = [record.title for record in page.preview.table.records if hasattr(record, "title")]
    assert titles == ["Hỏi lại (1)"] and page.preview.question.isVisible()
    assert not page.preview.take.isEnabled()
    QTest.keyClick(page.preview.table, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: page.preview.take.text() == "Nhập 1 học sinh" and not page.desk.work.busy)
    QTest.mouseClick(page.preview.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Lò Thị Anh" in names(page))
    assert "Lò Thị Ánh" in names(page)


def test_one_line_says_that_a_whole_column_is_missing(
    page: StudentsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "ds.xlsx"
    rows = [[n, f"Lê Văn {n}", "Nam", "9A2"] for n in range(1, 4)]
    write_sheet(path, [SheetOut("DS", ["STT", "Họ và tên", "Giới tính", "Lớp"], rows)])
    take(page, path, qtbot)
    said = page.preview.summary.text()
    assert said.count("Số định danh cá nhân: 3 em") == 1 and said.count("Ngày sinh: 3 em") == 1
    titles = [record.title for record in page.preview.table.records if hasattr(record, "title")]
    assert titles == ["Sẽ thêm (3)"]


def test_the_keyboard_is_on_what_is_refused_first(page: StudentsPage, tmp_path: Path, qtbot: QtBot) -> None:
    take(page, sheet_of(tmp_path, GOOD, BAD_DAY), qtbot)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.preview.table)
    take(page, sheet_of(tmp_path, GOOD), qtbot)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.preview.take)


def test_the_offer_to_make_classes_is_no_window_of_its_own(
    page: StudentsPage, tmp_path: Path, qtbot: QtBot
) -> None:
    with stray_windows() as strays:
        take(page, sheet_of(tmp_path, NO_CLASS), qtbot)
    assert strays == [] and page.preview.make_classes.isVisibleTo(page.preview)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.preview.table)


def test_missing_classes_can_be_made_on_the_way(page: StudentsPage, tmp_path: Path, qtbot: QtBot) -> None:
    take(page, sheet_of(tmp_path, NO_CLASS), qtbot)
    assert not page.preview.take.isEnabled()
    page.preview.make_classes.click()
    qtbot.waitUntil(lambda: page.preview.take.isEnabled() and not page.desk.work.busy)
    QTest.mouseClick(page.preview.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "9A7" in {one.name for one in classes(page.desk.db, page.desk.year)})


def test_a_file_without_classes_asks_for_one(page: StudentsPage, tmp_path: Path, qtbot: QtBot) -> None:
    blank = [*GOOD[:4], "", *GOOD[5:]]
    take(page, sheet_of(tmp_path, blank), qtbot)
    chooser = page.preview.whole_class
    assert not chooser.isHidden()
    chooser.setCurrentIndex(2)
    chooser.activated.emit(2)
    qtbot.waitUntil(lambda: page.preview.take.isEnabled() and not page.desk.work.busy)


def test_a_broken_file_is_said_and_nothing_changes(page: StudentsPage, tmp_path: Path, qtbot: QtBot) -> None:
    said: list[str] = []
    page.desk.alert = lambda problems: said.append(problems[0].code)  # type: ignore[method-assign]
    path = tmp_path / "bad.xlsx"
    path.write_bytes(b"nonsense")
    page.desk.choose_file = lambda *_args: path  # type: ignore[method-assign]
    page.import_excel()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["FILE_UNREADABLE"] and page.preview.isHidden()


def test_a_school_without_pupils_is_shown_the_way_in(desk: Desk, qtbot: QtBot) -> None:
    for one in store.pupils(desk.db, desk.year):
        desk.db.do(Step("x", desk.db.drop("pupil", one.id)))
    page = StudentsPage(desk)
    qtbot.addWidget(page)
    page.refresh(None)
    page.show()
    assert page._empty.isVisible()
    page.add()
    assert page._list.isVisible() and page.newcomer.isVisible()
    QTest.keyClick(page.newcomer, Qt.Key.Key_Escape)
    assert page._empty.isVisible()


def test_a_year_without_classes_leads_to_the_school_page(desk: Desk, qtbot: QtBot) -> None:
    desk.set_season(year=2030)
    page = StudentsPage(desk)
    qtbot.addWidget(page)
    page.refresh(None)
    page.show()
    went: list[str] = []
    desk.went.connect(lambda place: went.append(place.page))
    QTest.mouseClick(page._layers.currentWidget().findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert went == ["school"]
