"""Ctrl+K over the whole program, and the settings of this PC."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school

from edudesk import app, first_run
from edudesk.app import make_shell
from edudesk.finds import EverythingFound, page_actions
from edudesk.gradebook.register.typing_choices import typing_choices
from edudesk.handbook.view import Handbook
from edudesk.home import store, view_about
from edudesk.home.view_about import About
from edudesk.home.view_lines import PLACES
from edudesk.home.view_settings import SettingsPage
from edudesk.kernel import preferences
from edudesk.kernel.place import Place
from edudesk.kernel.preferences import Preferences, read_preferences
from edudesk.kernel.words import _, use_language
from edudesk.school.store import BEGIN_ANEW, SAMPLE
from edudesk.slices import PAGES, SLICES, open_school
from edudesk.storage.instance import FolderLock
from edudesk.students.store import add_pupil
from edudesk.trouble.view import Trouble
from edudesk.ui import keyhelp, theme
from edudesk.ui.application import apply_theme
from edudesk.ui.shell import Shell


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preferences, "user_data_dir", lambda: tmp_path / "nhà")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "trường"
    with make_school(place) as db:
        rooms = dict(db.all("select name, id from school_class"))
        for room, name in (("9A2", "Nguyễn Thị Lan"), ("9A2", "Bùi Tiến Đạt"), ("6A1", "Vàng A Sử")):
            add_pupil(db, YEAR, rooms[room], {"name": name})
    return place


@pytest.fixture
def shell(folder: Path, qtbot: QtBot) -> Iterator[Shell]:
    with open_school(folder) as db:
        shell = make_shell(db)
        qtbot.addWidget(shell)
        shell.show()
        qtbot.waitExposed(shell)
        shell.activateWindow()
        qtbot.waitUntil(shell.isActiveWindow)
        yield shell
        shell.close()


def find(shell: Shell, qtbot: QtBot, text: str) -> None:
    """Ctrl+K, some letters, Enter."""
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = shell.finding.palette
    assert palette is not None and palette.isVisible()
    qtbot.keyClicks(palette.field, text)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)


def test_a_pupil_a_class_and_a_page_are_gone_to(shell: Shell, qtbot: QtBot) -> None:
    shell.show_page("home")
    find(shell, qtbot, "nt lan")
    assert shell.current == "students"
    table = shell.show_page("students").table  # type: ignore[attr-defined]
    assert table.current().pupil.name == "Nguyễn Thị Lan"
    find(shell, qtbot, "lop 9a2: so diem")
    assert shell.current == "gradebook"
    assert shell.stack.currentWidget().sheet.roll.class_name == "9A2"
    find(shell, qtbot, "thong ke")
    assert shell.current == "statistics"
    shell.finding.open()
    recent = [one.text for one in shell.finding.palette.table.records[:3]]
    assert recent == ["Thống kê", "Lớp 9A2: sổ điểm", "Nguyễn Thị Lan"]


def test_a_command_is_done_on_its_page(shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(shell.desk, "choose_file", lambda title, _kinds: asked.append(title))
    shell.show_page("home")
    find(shell, qtbot, "nhap tu excel")
    assert shell.current == "students" and asked == ["Chọn danh sách học sinh"]


ACTIONS = [(find.place, find.action) for part in SLICES for find in part.finds if find.place and find.action]


@pytest.mark.parametrize(("place", "key"), ACTIONS)
def test_every_named_action_is_on_its_page(shell: Shell, place: Place, key: str) -> None:
    shown = shell.show_page(place.page, place if place.tab else None)
    shown.settle()
    assert key in {action.key for action in page_actions(shown)}


def test_what_is_typed_is_looked_for_on_the_page_that_is_open_now(shell: Shell, qtbot: QtBot) -> None:
    shell.show_page("students")
    find(shell, qtbot, "danh lai so")
    shell.show_page("equipment")
    shell.finding.open()
    qtbot.keyClicks(shell.finding.palette.field, "in nhan qr")
    assert [one.text for one in shell.finding.palette.table.records] == ["In nhãn QR…"]
    shell.finding.palette.field.clear()
    qtbot.keyClicks(shell.finding.palette.field, "danh lai so")
    assert shell.finding.palette.table.records == []


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("nhap thiet bi", "Nhập thiết bị từ Excel"),
        ("nhập nhân sự", "Nhập nhân sự từ Excel"),
        ("nhap may", "Nhập máy tính từ Excel"),
    ],
)
def test_every_list_can_be_taken_from_anywhere(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, typed: str, title: str
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(shell.desk, "choose_file", lambda words, _kinds: asked.append(words))
    shell.show_page("home")
    shell.finding.open()
    shell.finding.palette.field.setText(typed)
    qtbot.keyClick(shell.finding.palette.field, Qt.Key.Key_Return)
    assert asked == [title]


def test_every_place_the_board_leads_to_is_in_the_rail() -> None:
    assert {page for _verb, page in PLACES.values()} <= {spec.key for spec in PAGES}


def test_what_the_open_page_can_do_comes_first_and_once(shell: Shell) -> None:
    shell.show_page("students")
    found = [one.text for one in EverythingFound(shell).few()]
    assert found.index("Thêm học sinh") < found.index("Trang chủ")
    assert found.count("Thêm học sinh") == 1


def test_the_steps_of_a_new_school_come_back_when_asked_for(shell: Shell, qtbot: QtBot) -> None:
    store.put_off(shell.desk.db)
    find(shell, qtbot, "tiep tuc thiet lap")
    page = shell.show_page("home")
    assert page.begin.isVisible()  # type: ignore[attr-defined]


def test_f1_says_what_the_page_is_for(shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        keyhelp.QDialog, "exec", lambda box: said.extend(one.text() for one in box.findChildren(QLabel))
    )
    shell.show_page("students")
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    assert "Danh sách và hồ sơ học sinh của từng lớp hoặc toàn trường." in said
    assert said.index("Ctrl+N") < said.index("Ctrl+K")


def settings(shell: Shell) -> SettingsPage:
    page = shell.show_page("settings")
    assert isinstance(page, SettingsPage)
    return page


def press(page: SettingsPage, qtbot: QtBot, words: str) -> None:
    button = next(one for one in page.findChildren(QPushButton) if one.text() == words)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_theme_changes_at_once_and_is_kept(shell: Shell, qtbot: QtBot) -> None:
    try:
        press(settings(shell), qtbot, "Nền tối")
        assert theme.is_dark() and read_preferences() == Preferences(theme="dark") and not shell.again
    finally:
        apply_theme(QApplication.instance(), "light")


def test_other_rows_make_the_window_anew_on_the_same_school(
    folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shells: list[Shell] = []

    def live() -> int:
        shell = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Shell) and w.isVisible())
        shells.append(shell)
        page = settings(shell)
        if len(shells) == 1:
            press(page, qtbot, "Rất gọn")
        elif len(shells) == 2:
            press(page, qtbot, "English")
        else:
            assert _("Học sinh") == "Pupils" or "en" not in preferences.languages_there()
            shell.close()
        return 0

    monkeypatch.setattr(app.QApplication, "exec", live)
    try:
        assert app.run_window(folder) == 0
        assert len(shells) == 3
        assert theme.list_row() == theme.DENSITIES["compact"][0]
    finally:
        theme.use_density("normal")
        use_language("vi")
    with FolderLock(folder):
        assert read_preferences().density == "compact"


def test_how_marks_are_typed_is_kept_for_the_school_on_this_pc(shell: Shell, qtbot: QtBot) -> None:
    page = settings(shell)
    box = next(one for one in page.findChildren(QCheckBox) if one.text() == "Gõ nhanh số lẻ")
    box.click()
    assert not typing_choices(shell.desk.db).fast_decimals
    assert typing_choices(shell.desk.db).one_column


def test_help_is_one_press_away_the_handbook_a_report_and_the_licences(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = settings(shell)
    press(page, qtbot, "Sổ tay hướng dẫn")
    (book,) = shell.findChildren(Handbook)
    assert book.isVisible()
    book.close()
    press(page, qtbot, "Báo lỗi…")
    qtbot.waitUntil(lambda: bool(shell.findChildren(Trouble)))
    shell.findChildren(Trouble)[0].reject()
    said: list[str] = []
    monkeypatch.setattr(About, "exec", lambda window: said.append(window.text.toPlainText()))
    press(page, qtbot, "Giới thiệu, giấy phép")
    assert "Apache" in said[0]


def test_ctrl_k_opens_the_handbook_and_the_report(shell: Shell, qtbot: QtBot) -> None:
    find(shell, qtbot, "so tay huong dan")
    assert [book.isVisible() for book in shell.findChildren(Handbook)] == [True]
    find(shell, qtbot, "bao loi")
    qtbot.waitUntil(lambda: bool(shell.findChildren(Trouble)))


def test_a_bundled_program_shows_every_licence_that_came_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "LICENSES.txt").write_text("Qt: LGPL-3.0", encoding="utf-8")
    monkeypatch.setattr(view_about, "program_folder", lambda: tmp_path)
    assert view_about.licences() == "Qt: LGPL-3.0"


def test_who_looked_at_the_sample_school_begins_the_real_one_from_the_window(
    folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_school(folder) as db:
        db.set_local(SAMPLE, True)
    asked: list[str] = []
    codes: list[int] = []

    def live() -> int:
        shell = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Shell) and w.isVisible())
        if not codes:
            monkeypatch.setattr(shell.desk, "ask", lambda question, **_more: not asked.append(question))
            press(settings(shell), qtbot, "Lập trường thật…")
        else:
            codes.append(0)
            assert not any(
                one.text() == "Lập trường thật…" for one in settings(shell).findChildren(QPushButton)
            )
        shell.close()
        return codes[-1]

    def real(place: Path) -> bool:
        make_school(place, ["8A1"]).close()
        return True

    monkeypatch.setattr(app.QApplication, "exec", live)
    monkeypatch.setattr(app.QApplication, "exit", codes.append)
    monkeypatch.setattr(first_run, "first_run", real)
    assert app.run_window(folder) == 0
    assert codes == [BEGIN_ANEW, 0] and len(asked) == 1
    with open_school(folder) as db:
        assert db.value("select name from school_class") == "8A1"
    (kept,) = folder.glob("trường mẫu *")
    with open_school(kept) as db:
        assert db.value("select count(*) from school_class") == 2


def test_ctrl_k_knows_the_sample_school_only_while_there_is_one(shell: Shell) -> None:
    def said() -> list[str]:
        return [one.text for one in EverythingFound(shell).few()]

    assert "Lập trường thật…" not in said()
    shell.desk.db.set_local(SAMPLE, True)
    assert "Lập trường thật…" in said()
