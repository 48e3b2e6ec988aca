"""The pages of a primary class with real keys: qualities typed down and along, filled, cleared; results, why, deciding."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from primaries import Primary
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from registers import NAMES
from schools import YEAR

from edudesk.gradebook.pages.homeroom import HomeroomPage
from edudesk.gradebook.pages.results import ResultsPage
from edudesk.gradebook.places import HomeroomPlace, ResultsPlace
from edudesk.gradebook.register.decisions import decide
from edudesk.gradebook.register.locks import lock_marks
from edudesk.gradebook.rules.decisions import AGREES, OUTSTANDING, YES
from edudesk.gradebook.rules.locks import Scope
from edudesk.storage.slice import PageSpec
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog
from edudesk.ui.shell import Shell

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def primary(tmp_path: Path) -> Iterator[Primary]:
    found = Primary(tmp_path / "th")
    yield found
    found.db.close()


@pytest.fixture
def shell(primary: Primary, qtbot: QtBot) -> Shell:
    desk = Desk(primary.db, year=YEAR)
    desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
    specs = [
        PageSpec("homeroom", "Rèn luyện", "award", HomeroomPage),
        PageSpec("results", "Kết quả lớp", "chart", ResultsPage),
    ]
    found = Shell(desk, specs, school=lambda: "Trường Tiểu học", years=lambda: (YEAR,))
    qtbot.addWidget(found)
    found.resize(1366, 768)
    found.show()
    found.activateWindow()
    qtbot.waitExposed(found)
    return found


@pytest.fixture
def page(shell: Shell, primary: Primary) -> HomeroomPage:
    found = shell.go(HomeroomPlace(class_id=primary.class_id))
    assert isinstance(found, HomeroomPage)
    return found


def results(shell: Shell, primary: Primary) -> ResultsPage:
    shell.desk.set_season(term=0)
    found = shell.go(ResultsPlace(class_id=primary.class_id))
    assert isinstance(found, ResultsPage)
    return found


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(letter: str) -> None:
    """A letter as a Vietnamese keyboard sends it, which the test kit's own keys cannot."""
    QApplication.sendEvent(
        focused(), QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
    )


def column(page: HomeroomPage, code: str) -> list[str]:
    place = page.grid.model.column_of(code)
    return [page.grid.model.style(row, place).text for row in range(page.grid.model.rowCount())]


def test_fifteen_columns_fit_the_window_and_name_themselves(page: HomeroomPage) -> None:
    model = page.grid.model
    keys = [one.key for one in model.columns]
    assert len(keys) == 2 + 15 + 3 and keys[-1] == "comment"
    assert page.grid.right.horizontalScrollBar().maximum() == 0, "nothing is out of sight at 1366 × 768"
    nhan_ai = model.columns[model.column_of("nhan_ai")]
    assert (nhan_ai.label, nhan_ai.tip) == ("Nhân", "Phẩm chất: Nhân ái")
    assert page.term.text() == "Phẩm chất, năng lực · Học kì I"
    assert "Cần cố gắng" in page.legend.text() and "Ctrl+D" in page.hint()
    assert any(key == "Ctrl+D" for key, _deed in page.help_keys())


def test_one_key_writes_enter_goes_down_tab_goes_along_del_clears(page: HomeroomPage, qtbot: QtBot) -> None:
    page.grid.go(0, 2)
    for letter in "tđC":
        press(letter)
        qtbot.keyClick(focused(), KEY.Key_Return)
    assert column(page, "yeu_nuoc") == ["T", "Đ", "C", ""]
    page.grid.go(0, 2)
    qtbot.keyClick(focused(), KEY.Key_Tab)
    qtbot.keyClicks(focused(), "d")
    assert column(page, "nhan_ai")[0] == "Đ"
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert column(page, "nhan_ai")[0] == ""
    qtbot.keyClicks(focused(), "h")
    assert column(page, "nhan_ai")[0] == "", "H is no level of a quality"
    assert page.done.text() == "0/4 em đã đánh giá"


def test_filling_down_takes_every_selected_column_and_only_empty_cells(
    page: HomeroomPage, qtbot: QtBot
) -> None:
    page.grid.go(0, 2)
    for _code in range(15):
        qtbot.keyClicks(focused(), "t")
        qtbot.keyClick(focused(), KEY.Key_Tab)
    page.grid.go(2, 2)
    qtbot.keyClicks(focused(), "c")
    page.grid.go(0, 2)
    for _step in range(14):
        qtbot.keyClick(focused(), KEY.Key_Right, SHIFT)
    qtbot.keyClick(focused(), KEY.Key_D, CTRL)
    assert column(page, "yeu_nuoc") == ["T", "T", "C", "T"] and column(page, "the_chat") == ["T"] * 4
    assert page.done.text() == "4/4 em đã đánh giá"
    page.desk.undo()
    assert column(page, "the_chat") == ["T", "", "", ""]
    page.grid.go(3, 2)
    said: list[str] = []
    page.desk.toast = lambda text, undo=False: said.append(text)  # type: ignore[method-assign]
    qtbot.keyClick(focused(), KEY.Key_D, CTRL)
    assert said == ["Không có ô trống nào phía dưới để điền."]


def test_a_block_is_cleared_at_once(page: HomeroomPage, qtbot: QtBot) -> None:
    page.grid.go(0, 2)
    for letter in "tt":
        qtbot.keyClicks(focused(), letter)
        qtbot.keyClick(focused(), KEY.Key_Return)
    page.grid.go(0, 2)
    qtbot.keyClick(focused(), KEY.Key_Down, SHIFT)
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert column(page, "yeu_nuoc") == [""] * 4
    said: list[str] = []
    page.desk.toast = lambda text, undo=False: said.append(text)  # type: ignore[method-assign]
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert said == ["Trong các ô đã chọn không có gì xóa được."]


def test_the_middle_and_the_end_of_a_term_are_two_pages(page: HomeroomPage, qtbot: QtBot) -> None:
    page.grid.go(0, 2)
    qtbot.keyClicks(focused(), "t")
    page.quality.turn("gk")
    assert column(page, "yeu_nuoc")[0] == ""
    page.grid.go(0, 2)
    press("đ")
    page.quality.turn("ck")
    assert column(page, "yeu_nuoc")[0] == "T"
    assert page.desk.db.local("homeroom.stage") == "ck"


def test_absences_and_the_comment_stand_beside(page: HomeroomPage, qtbot: QtBot) -> None:
    page.grid.go(0, page.grid.model.column_of("absent_excused"))
    qtbot.keyClicks(focused(), "3")
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert column(page, "absent_excused")[0] == "3"
    page.grid.model.write(0, page.grid.model.column_of("comment"), "Chăm ngoan, lễ phép với thầy cô.")
    assert page.grid.model.style(0, page.grid.model.column_of("comment")).tip.startswith("Chăm ngoan")


def test_a_locked_page_says_so_and_takes_nothing(page: HomeroomPage, primary: Primary, qtbot: QtBot) -> None:
    page.grid.go(0, 2)
    qtbot.keyClicks(focused(), "t")
    lock_marks(primary.db, [Scope(YEAR, primary.class_id, None, 1)], reason="Hết học kì")
    said: list[str] = []
    page.desk.toast = lambda text, undo=False: said.append(text)  # type: ignore[method-assign]
    qtbot.keyClicks(focused(), "c")
    assert column(page, "yeu_nuoc")[0] == "T" and "Hết học kì" in said[0]
    qtbot.keyClick(focused(), KEY.Key_D, CTRL)
    assert column(page, "yeu_nuoc")[1] == ""


def test_the_whole_year_is_only_read(page: HomeroomPage, primary: Primary, qtbot: QtBot) -> None:
    primary.qualities(0, "D")
    page.desk.set_season(term=0)
    assert column(page, "yeu_nuoc")[0] == "Đ" and not page.quality.stages.isVisible()
    page.grid.go(0, 2)
    qtbot.keyClicks(focused(), "t")
    qtbot.keyClick(focused(), KEY.Key_D, CTRL)
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert column(page, "yeu_nuoc") == ["Đ", "", "", ""]


# -- results


def shown(page: ResultsPage, row: int, key: str) -> str:
    place = next(n for n, one in enumerate(page.table.columns) if one.key == key)
    return str(page.table.model().index(row, place).data())


def test_results_of_the_year(shell: Shell, primary: Primary, qtbot: QtBot) -> None:
    primary.year(0)
    primary.year(1, test=80)
    page = results(shell, primary)
    assert [shown(page, 0, key) for key in ("toan", "dao_duc", "subjects", "qualities")] == [
        "T 10",
        "T",
        "10/0/0",
        "15/0/0",
    ]
    assert (shown(page, 0, "level"), shown(page, 0, "title")) == ("Hoàn thành xuất sắc", "HS Xuất sắc")
    assert (shown(page, 1, "title"), shown(page, 2, "level")) == ("", "chưa có")
    page.table.pick(primary.pupils[1])
    qtbot.keyClick(page.table, KEY.Key_F2)
    assert page._popover is not None and page._popover.isVisible()
    shell.desk.set_season(term=1)
    assert [one.key for one in page.table.columns][-1] == "absent" and not page._decider.isVisible()
    qtbot.keyClick(page.table, KEY.Key_E, CTRL)
    assert QApplication.activeModalWidget() is None


def dialog(shell: Shell) -> FormDialog:
    return next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, FormDialog) and one.isVisible()
    )


def test_two_marks_make_a_title(shell: Shell, primary: Primary, qtbot: QtBot) -> None:
    primary.year(0, test=80)
    page = results(shell, primary)
    page.table.pick(primary.pupils[0])
    qtbot.keyClick(page.table, KEY.Key_E, CTRL)
    asked = dialog(shell)
    assert NAMES[0] in asked.windowTitle()
    for box in asked.findChildren(QCheckBox):
        box.setChecked(True)
    asked.yes.click()
    assert shown(page, 0, "title") == "HS Tiêu biểu"
    page.desk.undo()
    assert shown(page, 0, "title") == ""


def test_the_principal_decides_with_a_reason(shell: Shell, primary: Primary, qtbot: QtBot) -> None:
    primary.year(0, "C", test=30)
    page = results(shell, primary)
    assert shown(page, 0, "promotion") == "chờ xét"
    page.table.pick(primary.pupils[0])
    page._decider.click()
    asked = dialog(shell)
    chooser = asked.findChildren(QComboBox)[0]
    chooser.setCurrentIndex(chooser.findData("LEN_LOP"))
    asked.yes.click()
    assert asked.isVisible() and shown(page, 0, "promotion") == "chờ xét", "a reason is asked for"
    asked.findChildren(QLineEdit)[-1].setText("Kiểm tra bổ sung đạt")
    asked.yes.click()
    assert shown(page, 0, "promotion") == "Lên lớp"


def test_where_nothing_is_to_be_decided_it_is_said(shell: Shell, primary: Primary, qtbot: QtBot) -> None:
    primary.year(0)
    page = results(shell, primary)
    said: list[str] = []
    page.desk.toast = lambda text, undo=False: said.append(text)  # type: ignore[method-assign]
    for pupil in (0, 1):
        page.table.pick(primary.pupils[pupil])
        qtbot.keyClick(page.table, KEY.Key_E, CTRL)
    assert "không cần quyết định thêm" in said[0] and "chưa đủ kết quả" in said[1]


def test_the_line_of_figures_follows_the_width(shell: Shell, primary: Primary) -> None:
    primary.year(0, test=80)
    decide(primary.db, primary.class_id, primary.pupils[0], {OUTSTANDING: YES, AGREES: YES})
    page = results(shell, primary)
    for width in (1000, 1366):
        shell.resize(width, 768)
        QApplication.processEvents()
        words = [one.text() for one in page.summary.findChildren(QWidget) if hasattr(one, "text")]
        assert {"Hoàn thành tốt", "HS Tiêu biểu"} <= set(words)
