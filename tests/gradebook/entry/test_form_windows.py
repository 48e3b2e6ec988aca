"""By real clicks and keys: taking a form, reading it back, deciding cell by cell."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from registers import NAMES, Register
from schools import YEAR, change_subject
from workbooks import Book, put, resave

from edudesk.gradebook.entry.form import read_form, save_form
from edudesk.gradebook.entry.form_preview import FormPlanDialog
from edudesk.gradebook.entry.page import GradebookPage
from edudesk.gradebook.entry.page_key import PageKey
from edudesk.gradebook.exchange.form import write_form
from edudesk.gradebook.exchange.form_template import HIDDEN
from edudesk.gradebook.places import GradebookPlace
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.sheets.reader import sheet_names
from edudesk.staff.store import save_member
from edudesk.storage.slice import PageSpec
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog
from edudesk.ui.shell import Shell

KEY = QtNames.Key
LEFT = QtNames.MouseButton.LeftButton


class Alerts(list[str]):
    """What was said in a box."""


@pytest.fixture
def alerts() -> Alerts:
    return Alerts()


@pytest.fixture
def shell(register: Register, alerts: Alerts, qtbot: QtBot, qapp: QApplication) -> Iterator[Shell]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    desk = Desk(register.db, year=YEAR)
    desk.alert = lambda problems: alerts.append(problems[0].sentence)  # type: ignore[method-assign]
    pages = [PageSpec("gradebook", "Sổ điểm", "table", GradebookPage)]
    made = Shell(desk, pages, school=lambda: "Trường THCS Sông Trăng", years=lambda: (YEAR,))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.go(GradebookPlace(class_id=register.class_id, code="toan"))
    yield made
    made.close()


@pytest.fixture
def form(register: Register, tmp_path: Path) -> Path:
    register.enter(1, "toan", 1, {"tx1": 70, "tx2": 60})
    path = tmp_path / "Toán 9A2.xlsx"
    write_form(register.db, path, [register.key()])
    return path


def place(register: Register, code: str = "toan", term: int = 1) -> PageKey:
    return PageKey(YEAR, term, register.class_id, code)


def opened(qtbot: QtBot, kind: type[QWidget]) -> QWidget:
    def there() -> list[QWidget]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    qtbot.waitUntil(lambda: bool(there()))
    return there()[0]


def preview(shell: Shell, register: Register, qtbot: QtBot, path: Path) -> FormPlanDialog:
    read_form(shell.desk, place(register), shell, path)
    found = opened(qtbot, FormPlanDialog)
    assert isinstance(found, FormPlanDialog)
    return found


def words(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def rows(dialog: FormPlanDialog) -> list[list[str]]:
    model = dialog.table.model()
    return [
        [str(model.index(row, n).data() or "") for n in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def first_two(register: Register, pupil: int) -> tuple[object, ...]:
    sheet = class_sheet(register.db, register.class_id, "toan", 1)
    return next(x for x in sheet.lines if x.pupil_id == register.pupils[pupil]).marks[:2]


# -- taking one


@pytest.mark.parametrize(("what", "tabs"), [("page", 1), ("class", 12), ("teacher", 2)])
def test_a_form_for_the_page_the_class_or_the_teacher(
    shell: Shell, register: Register, qtbot: QtBot, tmp_path: Path, what: str, tabs: int
) -> None:
    teacher = save_member(register.db, {"name": "Cao Thị Hạnh"}).changes[0].row
    for code in ("toan", "tin_hoc"):
        change_subject(register.db, register.class_id, code, teacher_id=teacher)
    target = tmp_path / "phiếu"
    asked: list[str] = []
    shell.desk.save_file = lambda _title, name, _kinds: asked.append(name) or target  # type: ignore[method-assign,func-returns-value]
    save_form(shell.desk, place(register), "Lớp 9A2 Toán Học kì I")
    dialog = opened(qtbot, FormDialog)
    assert isinstance(dialog, FormDialog)
    combo = dialog.findChildren(QComboBox)[0]
    combo.setCurrentIndex(combo.findData(what))
    qtbot.mouseClick(dialog.yes, LEFT)
    qtbot.waitUntil(lambda: not shell.desk.work.busy)
    assert len(sheet_names(target.with_suffix(".xlsx"))) == tabs
    assert asked[0].startswith("Phiếu ") and asked[0].endswith(".xlsx")
    assert shell.toast.words.text() == "Đã ghi phiếu phiếu.xlsx"


def test_the_whole_year_offers_none(shell: Shell, register: Register) -> None:
    save_form(shell.desk, place(register, term=0), "x")
    assert "từng học kì" in shell.toast.words.text()


def test_going_away_from_the_file_chooser_changes_nothing(
    shell: Shell, register: Register, qtbot: QtBot, tmp_path: Path
) -> None:
    shell.desk.save_file = lambda *_words: None  # type: ignore[method-assign]
    save_form(shell.desk, place(register), "x")
    dialog = opened(qtbot, FormDialog)
    assert isinstance(dialog, FormDialog)
    qtbot.mouseClick(dialog.yes, LEFT)
    assert dialog.isVisible() and not list(tmp_path.glob("*.xlsx"))
    dialog.reject()


# -- reading it back


def test_a_form_is_seen_before_it_is_written_and_one_undo_takes_it_back(
    shell: Shell, register: Register, qtbot: QtBot, form: Path
) -> None:
    def fill(book: Book) -> None:
        put("Toán", NAMES[0], "tx1", "8,5")(book)
        put("Toán", NAMES[1], "tx1", "7,5")(book)
        put("Toán", NAMES[2], "tx1", "85")(book)

    dialog = preview(shell, register, qtbot, resave(form, fill))
    said = words(dialog)
    assert "1 điểm mới" in said and "1 thay điểm đã có" in said and "1 không nhận" in said
    assert "Toán · lớp 9A2 · Học kì I" in said and "chưa ghi gì vào máy" in said
    table = rows(dialog)
    assert table[0][0] == "Không nhận (1)"
    assert table[1][-1] == "Điểm phải từ 0 đến 10. Ghi 8,5."
    assert first_two(register, 0) == (None, None)
    assert dialog.yes.text() == "Ghi 2 ô" and dialog.yes.hasFocus()
    qtbot.keyClick(dialog.yes, KEY.Key_Return)
    assert first_two(register, 0)[0] == 85 and first_two(register, 1)[0] == 75
    assert shell.toast.words.text() == "Đã ghi 2 ô điểm từ phiếu"
    shell.desk.undo()
    assert (first_two(register, 0)[0], first_two(register, 1)[0]) == (None, 70)


def test_conflicts_keep_what_is_here_until_a_person_turns_them(
    shell: Shell, register: Register, qtbot: QtBot, form: Path
) -> None:
    def fill(book: Book) -> None:
        put("Toán", NAMES[1], "tx1", "8,0")(book)
        put("Toán", NAMES[1], "tx2", "")(book)

    register.enter(1, "toan", 1, {"tx1": 95})
    dialog = preview(shell, register, qtbot, resave(form, fill))
    assert "2 phải chọn" in words(dialog)
    assert not dialog.yes.isEnabled() and dialog.table.hasFocus()
    assert rows(dialog)[1][3:8] == ["7,0", "9,5", "8,0", "giữ 9,5", "Sổ đã sửa sau khi lập phiếu."]
    qtbot.keyClick(dialog.table, KEY.Key_Return)
    assert rows(dialog)[1][6] == "lấy 8,0" and dialog.yes.text() == "Ghi 1 ô"
    qtbot.keyClick(dialog.table, KEY.Key_Return)
    assert rows(dialog)[1][6] == "giữ 9,5"
    qtbot.mouseClick(dialog.take_all, LEFT)
    assert [row[6] for row in rows(dialog)[1:]] == ["lấy 8,0", "xóa điểm"]
    qtbot.mouseClick(dialog.keep_all, LEFT)
    assert not dialog.yes.isEnabled()
    qtbot.mouseClick(dialog.take_all, LEFT)
    qtbot.mouseClick(dialog.yes, LEFT)
    assert first_two(register, 1) == (80, None)


def test_a_form_of_another_page_is_offered_where_it_belongs(
    shell: Shell, register: Register, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "tin.xlsx"
    write_form(register.db, path, [register.key("tin_hoc", 2)])
    resave(path, put("Tin học", NAMES[0], "gk", "9"))
    asked: list[str] = []
    shell.desk.ask = lambda question, *, yes="", detail="", danger=False: asked.append(detail) or True  # type: ignore[method-assign,func-returns-value]
    dialog = preview(shell, register, qtbot, path)
    assert asked == ["Phiếu của Tin học · lớp 9A2 · Học kì II. Mở trang đó rồi xem trước phiếu?"]
    assert shell.desk.term == 2
    page = shell.show_page("gradebook")
    assert isinstance(page, GradebookPage) and page.code == "tin_hoc"
    assert dialog.plan.count("new") == 1
    dialog.reject()


def test_who_does_not_want_to_go_there_stays(shell: Shell, register: Register, tmp_path: Path) -> None:
    path = tmp_path / "tin.xlsx"
    write_form(register.db, path, [register.key("tin_hoc", 2)])
    shell.desk.ask = lambda *_words, **_more: False  # type: ignore[method-assign]
    read_form(shell.desk, place(register), shell, path)
    assert shell.desk.term == 1 and not shell.desk.work.busy


def test_a_form_of_another_school_is_said(
    shell: Shell, register: Register, alerts: Alerts, tmp_path: Path
) -> None:
    other = Register(tmp_path / "khác")
    path = tmp_path / "khác.xlsx"
    write_form(other.db, path, [other.key()])
    other.db.close()
    read_form(shell.desk, place(register), shell, path)
    assert alerts and "trường khác" in alerts[0]


def test_a_form_of_a_class_that_is_no_more_is_said(
    shell: Shell, register: Register, alerts: Alerts, form: Path
) -> None:
    register.db.connection.execute("update school_class set gone = 1 where id = ?", (register.class_id,))
    read_form(shell.desk, place(register, code="tin_hoc"), shell, form)
    assert "không còn lớp ấy" in alerts[0]


def test_a_damaged_form_is_offered_as_an_ordinary_sheet(
    shell: Shell, register: Register, qtbot: QtBot, form: Path
) -> None:
    resave(form, put("Toán", NAMES[0], "tx1", "8,5"))
    resave(form, lambda book: book[HIDDEN].pop())
    shell.desk.ask = lambda *_words, **_more: True  # type: ignore[method-assign]
    dialog = preview(shell, register, qtbot, form)
    assert rows(dialog)[1][1] == NAMES[0]
    qtbot.mouseClick(dialog.yes, LEFT)
    assert first_two(register, 0)[0] == 85


def test_half_a_file_is_said(shell: Shell, register: Register, alerts: Alerts, form: Path) -> None:
    form.write_bytes(form.read_bytes()[:3000])
    read_form(shell.desk, place(register), shell, form)
    assert "Tệp hỏng" in alerts[0]
