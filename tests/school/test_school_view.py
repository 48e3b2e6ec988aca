"""The page Trường lớp and the first window, with real keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from windows import fill_form, open_form

from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_marks
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.place import Place
from edudesk.school import store, store_subjects
from edudesk.school.store_setup import drop_class
from edudesk.school.view import SchoolPage
from edudesk.school.view_classes import AssignmentTab, ClassesTab
from edudesk.school.view_setup import SetUp, Start
from edudesk.school.view_start import ClassesStep
from edudesk.school.view_subjects import SubjectsTab
from edudesk.school.view_years import SchoolTab, YearsTab
from edudesk.slices import PAGES
from edudesk.staff.store import members
from edudesk.staff.view import StaffTab, people
from edudesk.students.store import add_pupil, pupils
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog
from edudesk.ui.table.view import RecordTable

T = TypeVar("T")


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[SchoolPage]:
    page = SchoolPage(desk, people=people, more=[("staff", "Nhân sự", StaffTab(desk))])
    page.resize(1180, 700)
    qtbot.addWidget(page)
    desk.announced.connect(page.refresh)
    page.show()
    qtbot.waitExposed(page)
    yield page
    desk.announced.disconnect(page.refresh)


def tab(page: SchoolPage, kind: type[T]) -> T:
    key, content = next((key, content) for key, _title, content in page.tabs if isinstance(content, kind))
    page.open_at(Place(page="school", tab=key))
    return content


def press(dialog: FormDialog) -> None:
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)


def open_row(table: RecordTable, row: int) -> FormDialog:
    table.setCurrentIndex(table.model().index(row, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    return open_form()


def test_several_classes_are_added_at_once_and_taken_back_at_once(page: SchoolPage) -> None:
    classes = tab(page, ClassesTab)
    classes.add()
    dialog = open_form()
    fill_form(dialog, names="7A1, 7a2; 9A2")
    press(dialog)
    assert dialog.isVisible() and not dialog.problems.isHidden()  # 9A2 is there already: none is made
    assert len(classes.table.records) == 2
    fill_form(dialog, names="7A1, 7a2")
    press(dialog)
    assert [line.school_class.name for line in classes.table.records] == ["6A1", "7A1", "7A2", "9A2"]
    page.desk.undo()
    assert len(classes.table.records) == 2


def test_a_class_gets_its_homeroom_teacher(page: SchoolPage) -> None:
    classes = tab(page, ClassesTab)
    assert "chưa có chủ nhiệm" in classes.note.text()
    dialog = open_row(classes.table, 0)
    fill_form(dialog, homeroom_id="Lê Thị Mai")
    press(dialog)
    assert classes.table.records[0].homeroom == "Lê Thị Mai"
    classes.table.pick(classes.table.records[1].id)
    classes._drop()
    assert [line.school_class.name for line in classes.table.records] == ["6A1"]


def test_who_teaches_what(page: SchoolPage) -> None:
    teaching = tab(page, AssignmentTab)
    dialog = open_row(teaching.table, 0)
    fill_form(dialog, teacher_id="Lê Thị Mai", taken="chosen")
    press(dialog)
    first = teaching.table.records[0]
    assert teaching._teacher(first) == "Lê Thị Mai" and first.taken == "chosen"


def test_periods_of_a_subject(page: SchoolPage) -> None:
    subjects = tab(page, SubjectsTab)
    dialog = open_row(subjects.table, 0)
    fill_form(dialog, periods="9999")
    press(dialog)
    assert dialog.isVisible()
    assert "từ 0 đến 500" in dialog.form.boxes["periods"].input.accessibleDescription()
    fill_form(dialog, periods="138")
    press(dialog)
    assert store_subjects.plan(page.desk.db, page.desk.year, 6)[0].periods == 138
    count = len(subjects.table.records)
    subjects.table.selectRow(count - 1)
    subjects._drop()
    assert len(subjects.table.records) == count - 1
    subjects._add()
    dialog = open_form()
    combo = dialog.form.boxes["code"].input
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(1)
    press(dialog)
    assert len(subjects.table.records) == count


def test_a_year_whose_terms_overlap_is_refused_and_a_new_year_has_subjects(page: SchoolPage) -> None:
    years = tab(page, YearsTab)
    dialog = open_row(years.table, 0)
    fill_form(dialog, starts2="01/01/2027")
    press(dialog)
    assert dialog.isVisible() and not dialog.problems.isHidden()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    QTest.mouseClick(years.add, Qt.MouseButton.LeftButton)
    press(open_form())
    assert page.desk.year == 2027 and store.current_year(page.desk.db) == 2027
    assert store_subjects.plan(page.desk.db, 2027, 9)


def test_the_letterhead_and_the_sites(page: SchoolPage) -> None:
    school = tab(page, SchoolTab)
    box = school.form.boxes["authority"].input
    assert isinstance(box, QLineEdit)
    box.setText("UBND xã Sông Trăng")
    QTest.mouseClick(school.save, Qt.MouseButton.LeftButton)
    assert store.letterhead(page.desk.db).authority == "UBND xã Sông Trăng"
    school._edit_site(None)
    dialog = open_form()
    press(dialog)
    assert "Thiếu" in dialog.form.boxes["name"].input.accessibleDescription()
    fill_form(dialog, name="Nà Sự", address="bản Nà Sự")
    press(dialog)
    assert [site[1] for site in school.sites.records] == ["Nà Sự"]
    school.sites.selectRow(0)
    school._drop_site()
    assert school.sites.records == []


def test_staff_come_and_go(page: SchoolPage) -> None:
    staff = tab(page, StaffTab)
    staff._edit(None)
    dialog = open_form()
    fill_form(dialog, name="Trần Văn Ba", role="NV")
    press(dialog)
    assert [one.name for one in staff.table.records] == ["Trần Văn Ba", "Lê Thị Mai"]
    dialog = open_row(staff.table, 0)
    fill_form(dialog, phone="0912345678")
    press(dialog)
    assert members(page.desk.db)[0].phone == "0912345678"
    staff._leave()
    assert [one.name for one in staff.table.records] == ["Lê Thị Mai"]


def test_the_tab_that_was_open_is_open_again(page: SchoolPage, desk: Desk, qtbot: QtBot) -> None:
    tab(page, YearsTab)
    again = SchoolPage(desk, people=people)
    qtbot.addWidget(again)
    assert page.hint() and page.help_keys()
    assert isinstance(again.tab, YearsTab | SchoolTab)


# -- the first window


def test_a_school_begins_with_name_levels_and_classes(qtbot: QtBot) -> None:
    made: list[Start] = []
    window = SetUp(made.append, lambda: None, lambda _path: None)
    qtbot.addWidget(window)
    window.show()
    QTest.mouseClick(window.confirm, Qt.MouseButton.LeftButton)
    assert made == [] and window.isVisible() and not window.problems.isHidden()
    box = window.form.boxes["name"].input
    assert isinstance(box, QLineEdit)
    box.setText("Trường TH&THCS Sông Trăng")  # the name says the levels
    window.levels["tieu_hoc"].click()
    box.setText("Trường TH&THCS Sông Trăng 2")  # what was ticked by hand stays
    place = window.form.boxes["place"].input
    assert isinstance(place, QLineEdit)
    place.setText("Xã Nậm Mu")
    QTest.mouseClick(window.confirm, Qt.MouseButton.LeftButton)
    start = made[0]
    assert (start.levels, start.place) == (("thcs",), "Xã Nậm Mu")
    assert len(start.year.terms) == 2 and not window.isVisible()


def test_the_sample_school_can_be_looked_at_and_a_refusal_keeps_the_window(qtbot: QtBot) -> None:
    def refuse() -> None:
        raise Refused(Problem("SCHOOL_EXISTS", "Thư mục này đã có dữ liệu trường."))

    window = SetUp(lambda _start: None, refuse, lambda _path: None)
    qtbot.addWidget(window)
    window.show()
    QTest.mouseClick(window.sample, Qt.MouseButton.LeftButton)
    assert window.isVisible() and not window.problems.isHidden()


def test_a_class_gets_the_electives_it_studies(page: SchoolPage) -> None:
    db = page.desk.db
    teaching = tab(page, AssignmentTab)
    room = str(teaching.classes.currentData())
    before = [one.code for one in store_subjects.class_subjects(db, room)]
    QTest.mouseClick(teaching.choose_button, Qt.MouseButton.LeftButton)
    dialog = open_form()
    box = dialog.form.boxes[before[-1]].input
    assert isinstance(box, QCheckBox) and box.isChecked()
    box.click()
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    assert [one.code for one in store_subjects.class_subjects(db, room)] == before[:-1]
    page.desk.undo()
    assert [one.code for one in store_subjects.class_subjects(db, room)] == before


def test_switching_who_takes_a_marked_subject_asks_and_hides_no_mark(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = desk.db
    first = store.classes(db, desk.year)[0]
    for name in ("Lò Thị Ánh", "Vàng A Bình"):
        add_pupil(db, desk.year, first.id, {"name": name})
    who = pupils(db, desk.year, class_id=first.id)[0].id
    enter_marks(db, SheetKey(first.id, "toan", 1), [MarkEntry(who, "tx1", 80)])
    page = next(spec for spec in PAGES if spec.key == "school").make(desk)
    qtbot.addWidget(page)
    page.show()
    assert isinstance(page, SchoolPage)
    teaching = tab(page, AssignmentTab)
    codes = [one.code for one in store_subjects.class_subjects(db, first.id)]
    subject = codes.index("toan")
    asked_for: list[str] = []
    for answer in (False, True):
        monkeypatch.setattr(desk, "ask", lambda said, answer=answer, **_kw: asked_for.append(said) or answer)
        dialog = open_row(teaching.table, subject)
        fill_form(dialog, taken="chosen")
        press(dialog)
        assert dialog.isVisible() is not answer
        dialog.close()
        shown = class_sheet(db, first.id, "toan", 1)
        assert [line.marks[0] for line in shown.lines] == [80, None]
    assert len(asked_for) == 2 and "1 em đã có 1 điểm" in asked_for[0]
    desk.undo()
    assert next(x for x in store_subjects.class_subjects(db, first.id) if x.code == "toan").taken == "all"


def test_the_classes_of_a_new_school_are_proposed_and_may_be_named_otherwise(
    desk: Desk, qtbot: QtBot
) -> None:
    for one in store.classes(desk.db, desk.year):
        drop_class(desk.db, one.id)
    step = ClassesStep(desk)
    qtbot.addWidget(step)
    step.show()
    assert step.chosen() == ["6A1", "7A1", "8A1", "9A1"] and step.make.text() == "Lập 4 lớp"
    step.counts[6].setValue(3)
    step.names[7].setText("7A, 8B")  # a class of another grade is still a class of the school
    step.names[8].setText("6A1")  # twice
    QTest.mouseClick(step.make, Qt.MouseButton.LeftButton)
    assert not step.problems.isHidden() and store.classes(desk.db, desk.year) == []
    step.names[8].setText("")
    step.counts[9].setValue(0)
    QTest.keyClick(step.names[7], Qt.Key.Key_Return)
    assert [one.name for one in store.classes(desk.db, desk.year)] == ["6A1", "6A2", "6A3", "7A", "8B"]
    desk.undo()
    assert store.classes(desk.db, desk.year) == []
    for count in step.counts.values():
        count.setValue(0)
    QTest.keyClick(step, Qt.Key.Key_Return)
    assert not step.make.isEnabled() and store.classes(desk.db, desk.year) == []


def test_the_subjects_beside_a_new_schools_classes_can_be_changed(desk: Desk, qtbot: QtBot) -> None:
    step = ClassesStep(desk)
    qtbot.addWidget(step)
    step.show()
    dialog = open_row(step.subjects.table, 0)
    fill_form(dialog, periods="105")
    press(dialog)
    code = store_subjects.plan(desk.db, desk.year, 6)[0]
    assert code.periods == 105


def test_in_a_narrow_window_the_classes_of_a_new_school_stand_alone(desk: Desk, qtbot: QtBot) -> None:
    step = ClassesStep(desk)
    qtbot.addWidget(step)
    step.resize(1100, 400)
    step.show()
    assert step.subjects.isVisible()
    step.resize(800, 400)
    assert not step.subjects.isVisible() and step.names[6].isVisible()


def test_nothing_is_changed_or_dropped_before_a_row_is_chosen(page: SchoolPage) -> None:
    store.save_site(page.desk.db, "Điểm Huổi Lóng")
    page.refresh(None)
    parts = {ClassesTab: 2, AssignmentTab: 1, SubjectsTab: 2, YearsTab: 1, SchoolTab: 1, StaffTab: 2}
    for kind, waiting in parts.items():
        content = tab(page, kind)
        (table,) = content.findChildren(RecordTable)
        off = [press for press in content.findChildren(QPushButton) if not press.isEnabled()]
        assert len(off) == waiting, kind
        assert {press.toolTip() for press in off} == {"Chọn một dòng trước."}
        table.setCurrentIndex(table.model().index(0, 0))
        assert all(press.isEnabled() for press in off), kind
