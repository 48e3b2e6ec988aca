"""The window: places, season, undo, and that everything in it has a name."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Cancelled, Problem, Refused, Unavailable
from edudesk.kernel.field import Field
from edudesk.kernel.place import Place
from edudesk.kernel.progress import Progress
from edudesk.storage.database import Database
from edudesk.storage.slice import PageSpec
from edudesk.ui import qtwords
from edudesk.ui.alerts import ProblemBanner
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.drawer import Drawer
from edudesk.ui.form import Form
from edudesk.ui.keyhelp import help_dialog
from edudesk.ui.page import Page
from edudesk.ui.parts import EmptyPage, PageHead, button, menu_button, stack
from edudesk.ui.search.field import FindField
from edudesk.ui.shell import SMALLEST, Shell
from edudesk.ui.table.view import Column, RecordTable

FIELDS = [
    Field("name", "Họ và tên", required=True, width=300),
    Field("born", "Ngày sinh", "date"),
    Field("sex", "Giới tính", "choice", choices=(("NAM", "Nam"), ("NU", "Nữ"))),
    Field("ethnic", "Dân tộc", "choice", choices=tuple((str(n), f"Dân tộc {n}") for n in range(54))),
    Field("boards", "Ở bán trú", "flag"),
]


class Demo(Page):
    """One of each part."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.read: list[Step | None] = []
        self.chosen: Place | None = None
        self.form = Form(FIELDS)
        self.table = RecordTable([Column("a", "Tên", str, 0)])
        self.table.setAccessibleName("Danh sách")
        drawer = Drawer()
        drawer.add_tab("Hồ sơ", self.form)
        drawer.add_tab("Gia đình", QWidget())
        chooser = Chooser(name="Lớp")
        chooser.offer([(1, "9A1"), (2, "9A2")])
        head = PageHead(
            "Thử", choosers=[chooser], buttons=[button("Thêm", kind="main"), menu_button([("", "In", int)])]
        )
        self.banner = ProblemBanner()
        empty = EmptyPage("Chưa có gì", "Nhập từ Excel để bắt đầu.", action=button("Nhập từ Excel"))
        self.setLayout(stack(head, FindField("Tìm tên"), self.banner, self.table, drawer, empty))

    def refresh(self, step: Step | None) -> None:
        self.read.append(step)

    def open_at(self, place: Place) -> None:
        self.chosen = place
        super().open_at(place)

    def hint(self) -> str:
        return "F2 sửa"


def pages() -> list[PageSpec]:
    return [
        PageSpec("home", "Trang chủ", "home", Demo),
        PageSpec("pupils", "Học sinh", "users", Demo, count=lambda _desk: 5),
        PageSpec("settings", "Cài đặt", "settings", Demo, foot=True),
    ]


@pytest.fixture
def shell(qtbot: QtBot, desk: Desk) -> Shell:
    made = Shell(desk, pages(), school=lambda: "THCS Sông Trăng", years=lambda: (2025, 2026))
    qtbot.addWidget(made)
    made.show_page("home")
    made.show()
    qtbot.waitExposed(made)
    return made


def rename(db: Database, name: str) -> Step:
    return db.do(Step("Đổi tên trường", db.put_setting("school.name", name)))


def test_everything_one_can_use_has_a_name(shell: Shell) -> None:
    for widget in shell.findChildren(QWidget):
        if widget.objectName().startswith("qt_"):
            continue  # a part Qt makes itself
        if isinstance(widget, QAbstractButton):
            assert widget.accessibleName() or widget.text(), widget
        elif isinstance(widget, QLineEdit | QComboBox) or (
            isinstance(widget, QAbstractItemView)
            and widget.window() is shell
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ):
            inside = (
                isinstance(widget.parentWidget(), QComboBox)
                or "ComboBox" in type(widget.parentWidget()).__name__
            )
            assert widget.accessibleName() or inside, widget


def test_pages_are_made_when_first_opened_and_the_last_is_kept(shell: Shell, desk: Desk) -> None:
    assert set(shell._pages) == {"home"}
    page = shell.go(Place(page="pupils", tab="a"))
    assert isinstance(page, Demo) and page.chosen == Place(page="pupils", tab="a") and page.read == [None]
    assert shell.last_page() == "pupils"
    shell.rail.items["home"].click()
    assert shell.current == "home"


def test_the_window_fits_its_screen_and_comes_back_as_it_was(shell: Shell, qtbot: QtBot) -> None:
    shell.hide()
    shell.appear()
    room = shell.screen().availableSize()
    assert shell.width() <= max(room.width(), SMALLEST.width()) and shell.height() <= room.height()
    assert shell.isMaximized() == (room.width() < 1366 + 16 or room.height() < 768 + 80)
    shell.showNormal()
    shell.resize(880, 560)
    shell.remember_place()
    shell.hide()
    shell.resize(880, 600)
    shell.appear()
    assert shell.height() == 560


def test_a_step_is_read_by_the_open_page_now_and_by_others_later(shell: Shell, desk: Desk) -> None:
    home, pupils = shell.show_page("home"), shell.show_page("pupils")
    assert isinstance(home, Demo) and isinstance(pupils, Demo)
    step = desk.do(rename, "THCS Mới", toast="Đã đổi tên")
    assert pupils.read == [None, step] and home.read == [None]
    shell.show_page("home")
    assert home.read == [None, None]


def test_the_season_is_chosen_once_for_all(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    page = shell.show_page("home")
    assert isinstance(page, Demo)
    press = next(p for p in shell.findChildren(QPushButton) if p.text() == "HK II")
    qtbot.mouseClick(press, Qt.MouseButton.LeftButton)
    assert desk.term == 2 and page.read == [None, None]
    desk.set_season(year=2025)
    assert shell._year.currentText() == "Năm học 2025–2026"


def test_undo_and_redo_by_key_say_what_they_did(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    desk.do(rename, "A")
    desk.do(rename, "B")
    qtbot.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.db.setting("school.name") == "A"
    assert shell.toast.words.text() == "Hoàn tác: Đổi tên trường"
    qtbot.keyClick(shell, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert desk.db.setting("school.name") == "B"


def test_the_toast_stays_above_a_page_opened_after_it(shell: Shell, desk: Desk) -> None:
    desk.toast("Đã lập 4 lớp")
    for page in list(shell._specs):
        opened = shell.show_page(page)
        above = [child for child in shell.stack.children() if child in (opened, shell.toast)]
        assert above[-1] is shell.toast


def test_the_toast_takes_the_action_back(shell: Shell, desk: Desk) -> None:
    desk.do(rename, "A", toast="Đã đổi tên trường")
    assert shell.toast.isVisible()
    next(p for p in shell.toast.findChildren(QPushButton) if p.text() == "Hoàn tác").click()
    assert desk.db.setting("school.name") is None


def test_a_refusal_is_told_where_it_was_asked(
    shell: Shell, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    def no(_db: Database) -> None:
        raise Refused(Problem("X", "Không được.", next="Thử khác."))

    assert desk.do(no, on_problems=lambda problems: told.append(problems[0].sentence)) is None
    monkeypatch.setattr(desk, "alert", lambda problems: told.append(problems[0].code))
    desk.do(no)
    assert told == ["Không được. Thử khác.", "X"]
    page = shell.show_page("home")
    assert isinstance(page, Demo)
    page.banner.show_problems([Problem("X", f"Lỗi {n}.") for n in range(5)])
    words = [label.text() for label in page.banner.findChildren(QLabel)]
    assert "Lỗi 2." in words and "và 2 điều nữa" in words


def test_a_form_reads_values_and_puts_each_problem_under_its_field(qtbot: QtBot) -> None:
    form = Form(FIELDS)
    qtbot.addWidget(form)
    form.set_values({"name": "Lò Thị Ánh", "born": "2012-03-14", "sex": "NU", "ethnic": "7", "boards": 1})
    assert form.values() == {
        "name": "Lò Thị Ánh",
        "born": "2012-03-14",
        "sex": "NU",
        "ethnic": "7",
        "boards": 1,
    }
    form.set_values({"born": "2012-03-14"})
    line = form.boxes["born"].input
    assert isinstance(line, QLineEdit)
    line.setText("31/02/2012")
    with pytest.raises(Refused) as no:
        form.values()
    assert [problem.field for problem in no.value.problems] == ["name", "born"]
    assert form.boxes["name"].input.property("state") == "bad"
    qtbot.keyClicks(form.boxes["name"].input, "A")
    assert form.boxes["name"].input.property("state") == ""


def test_a_search_waits_for_the_typist(qtbot: QtBot) -> None:
    field, heard = FindField("Tìm"), []
    qtbot.addWidget(field)
    field.searched.connect(heard.append)
    qtbot.keyClicks(field, "nt lan")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["nt lan"]


def test_long_work_brings_its_result_home(qtbot: QtBot, desk: Desk) -> None:
    got: list[object] = []

    def job(progress: Progress) -> int:
        progress.step(1, 2, "nửa")
        return 42

    desk.work.run("Thử", job, got.append)
    qtbot.waitUntil(lambda: got == [42])


def test_work_that_is_cancelled_says_nothing_and_the_next_runs(qtbot: QtBot, desk: Desk) -> None:
    got: list[object] = []

    def forever(progress: Progress) -> None:
        while True:
            progress.step(0, 1)

    def broken(_progress: Progress) -> None:
        raise Unavailable(Problem("DISK", "Đĩa đầy."))

    desk.work.run("Mãi", forever, got.append)
    desk.work.run("Hỏng", broken, got.append, failed=lambda failure: got.append(failure.code))
    desk.work.cancel()
    qtbot.waitUntil(lambda: got == ["DISK"])
    assert not desk.work.busy
    assert isinstance(Cancelled().problems[0].message, str)


def test_the_ring_shows_for_tab_and_not_for_the_mouse(shell: Shell, qtbot: QtBot) -> None:
    shell.activateWindow()
    first = shell.rail.items["home"]
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not shell.ring.isVisible()
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert shell.ring.isVisible() == isinstance(QApplication.focusWidget(), QAbstractButton)


def test_a_narrow_window_keeps_icons_alone(shell: Shell, qtbot: QtBot) -> None:
    shell.resize(1000, 700)
    assert shell.rail.width() == 52 and shell.rail.items["home"].toolTip() == "Trang chủ"
    shell.resize(1366, 768)
    assert shell.rail.width() == 168


def test_qt_speaks_vietnamese(qapp: QApplication) -> None:
    spoken = qtwords.install(qapp)
    try:
        assert qapp.translate("QPlatformTheme", "Cancel") == "Thôi"
        assert qapp.translate("Nowhere", "Something else") == "Something else"
    finally:
        qapp.removeTranslator(spoken)


def test_files_are_chosen_where_the_last_was(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from edudesk.ui import desk as module

    asked: list[str] = []

    def answer(_window: object, _title: str, where: str, _kinds: str) -> tuple[str, str]:
        asked.append(where)
        return str(tmp_path / "a.xlsx"), ""

    monkeypatch.setattr(module.QFileDialog, "getOpenFileName", answer)
    assert desk.choose_file("Chọn", "Excel (*.xlsx)") == tmp_path / "a.xlsx"
    desk.choose_file("Chọn", "Excel (*.xlsx)")
    assert asked[1] == str(tmp_path)


def test_the_list_of_keys_names_the_page_keys_first(qtbot: QtBot) -> None:
    box = help_dialog(None, "Sổ điểm", ["Điểm của một lớp."], [("F2", "Vì sao")])
    qtbot.addWidget(box)
    words = [label.text() for label in box.findChildren(QLabel)]
    assert words.index("F2") < words.index("Ctrl+Z")
