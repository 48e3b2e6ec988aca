"""By real keys: a block from Excel with its preview, filling down, copying out, a comment from the phrase bank."""

from __future__ import annotations

import datetime as dt
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from registers import Register
from schools import YEAR

from edudesk.gradebook.entry.page import GradebookPage
from edudesk.gradebook.entry.paste_preview import PasteDialog
from edudesk.gradebook.entry.phrases import PhraseBox, PhraseField
from edudesk.gradebook.places import GradebookPlace
from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_mark
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.register.typing_choices import TypingChoices, save_typing_choices
from edudesk.storage.slice import PageSpec
from edudesk.students.store_status import set_status
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.keyhelp import help_dialog
from edudesk.ui.shell import Shell

KEY = QtNames.Key
CTRL = QtNames.KeyboardModifier.ControlModifier
SHIFT = QtNames.KeyboardModifier.ShiftModifier


@pytest.fixture
def shell(register: Register, qtbot: QtBot, qapp: QApplication) -> Shell:
    if not qapp.styleSheet():
        apply_theme(qapp)
    desk = Desk(register.db, year=YEAR)
    desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
    pages = [PageSpec("gradebook", "Sổ điểm", "table", GradebookPage)]
    made = Shell(desk, pages, school=lambda: "Trường THCS Sông Trăng", years=lambda: (YEAR,))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def gradebook(shell: Shell, register: Register, slot: str = "tx1", code: str = "toan") -> GradebookPage:
    page = shell.go(GradebookPlace(class_id=register.class_id, code=code))
    assert isinstance(page, GradebookPage)
    page.open_at(GradebookPlace(slot=slot))
    return page


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def paste(qtbot: QtBot, text: str | None = None) -> PasteDialog | None:
    """Put a text on the clipboard, press Ctrl+V; the preview that opened."""
    if text is not None:
        QApplication.clipboard().setText(text)
    qtbot.keyClick(focused(), KEY.Key_V, CTRL)
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, PasteDialog) and w.isVisible()]
    for dialog in found:
        qtbot.waitUntil(
            lambda dialog=dialog: dialog.isAncestorOf(QApplication.focusWidget() or dialog.window())
        )
    return found[0] if found else None


def back(qtbot: QtBot, page: GradebookPage) -> None:
    """Wait until the keyboard is on the grid again; a screen would bring its window back by itself."""
    page.window().activateWindow()
    qtbot.waitUntil(page.grid.right.hasFocus)


def column(page: GradebookPage, slot: str = "tx1") -> list[str]:
    place = page.grid.model.column_of(slot)
    return [page.grid.model.style(row, place).text for row in range(page.grid.model.rowCount())]


def words_of(widget: QWidget) -> str:
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def cells(dialog: PasteDialog, row: int) -> list[str]:
    model = dialog.table.model()
    return [str(model.index(row, n).data() or "") for n in range(model.columnCount())]


# -- Ctrl+V


def test_a_block_is_shown_before_it_is_written_and_one_undo_takes_it_back(
    shell: Shell, register: Register, qtbot: QtBot
) -> None:
    register.enter(1, "toan", 1, {"tx1": 70})
    page = gradebook(shell, register)
    dialog = paste(qtbot, "8,5\t9\r\n8.5\t7\r\n")
    assert dialog is not None and column(page) == ["", "7,0", "", ""], "nothing is written yet"
    assert cells(dialog, 1) == ["2", "Vàng A Bình", "7,0 → 8,5", "7,0", ""]
    assert "3 điểm mới" in words_of(dialog) and "1 thay điểm đã có" in words_of(dialog)
    assert dialog.yes.text() == "Dán 4 ô"
    qtbot.keyClick(focused(), KEY.Key_Return)
    back(qtbot, page)
    assert column(page) == ["8,5", "8,5", "", ""]
    assert (shell.toast.words.text(), shell.desk.db.undo_label) == ("Đã dán 4 ô điểm", "Dán 4 ô điểm")
    qtbot.keyClick(shell, KEY.Key_Z, CTRL)
    assert column(page) == ["", "7,0", "", ""] and column(page, "tx2") == [""] * 4
    qtbot.keyClick(shell, KEY.Key_Y, CTRL)
    assert column(page, "tx2") == ["9,0", "7,0", "", ""]


def test_refused_cells_are_red_with_their_reason_and_left_out(
    shell: Shell, register: Register, qtbot: QtBot
) -> None:
    set_status(register.db, register.pupils[1], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    page = gradebook(shell, register)
    dialog = paste(qtbot, "85\n8\n7\n6\n5\n")
    assert dialog is not None and dialog.yes.text() == "Dán 2 ô, bỏ ra 2 ô"
    assert cells(dialog, 0)[2:] == ["85", "Điểm phải từ 0 đến 10. Ghi 8,5."]
    assert "rời trường ngày 12/10/2026" in cells(dialog, 1)[3]
    assert "1 dòng cuối bị bỏ ra" in words_of(dialog)
    qtbot.mouseClick(dialog.yes, QtNames.MouseButton.LeftButton)
    back(qtbot, page)
    assert column(page) == ["", "–", "7,0", "6,0"]


def test_names_in_the_block_find_their_own_rows(shell: Shell, register: Register, qtbot: QtBot) -> None:
    page = gradebook(shell, register)
    page.grid.go(3, page.grid.model.column_of("tx1"))
    dialog = paste(qtbot, "4\tPhan Hương Giang\t9\n1\tLò Thị Ánh\t8\n2\tVàng A Páo\t5\n")
    assert dialog is not None and "theo họ tên" in words_of(dialog)
    assert "Số 2 của lớp là Vàng A Bình" in cells(dialog, 2)[3]
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert column(page) == ["8,0", "", "", "9,0"]


def test_no_and_escape_write_nothing(shell: Shell, register: Register, qtbot: QtBot) -> None:
    page = gradebook(shell, register)
    dialog = paste(qtbot, "9\n8\n")
    assert dialog is not None
    no = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Thôi")
    qtbot.mouseClick(no, QtNames.MouseButton.LeftButton)
    back(qtbot, page)
    again = paste(qtbot, "9\n8\n")
    assert again is not None
    qtbot.keyClick(again, KEY.Key_Escape)
    back(qtbot, page)
    assert column(page) == [""] * 4


def test_a_block_that_changes_nothing_cannot_be_pasted(
    shell: Shell, register: Register, qtbot: QtBot
) -> None:
    register.enter(0, "toan", 1, {"tx1": 90})
    gradebook(shell, register)
    dialog = paste(qtbot, "9\n\n85")
    assert dialog is not None and not dialog.yes.isEnabled()
    dialog.reject()


def test_what_is_refused_while_the_preview_is_open_is_said_in_it(
    shell: Shell, register: Register, qtbot: QtBot
) -> None:
    gradebook(shell, register)
    dialog = paste(qtbot, "9\n8\n")
    assert dialog is not None
    set_status(register.db, register.pupils[0], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert dialog.isVisible() and "rời trường" in words_of(dialog)
    assert class_sheet(register.db, register.class_id, "toan", 1).lines[1].marks[0] is None
    dialog.reject()


def test_where_nothing_can_be_pasted_that_is_said(shell: Shell, register: Register, qtbot: QtBot) -> None:
    page = gradebook(shell, register)
    assert paste(qtbot, "") is None and "Chưa có gì để dán" in shell.toast.words.text()
    page.grid.go(0, page.grid.model.column_of("average"))
    assert paste(qtbot, "8") is None and "Đứng ở một cột điểm" in shell.toast.words.text()
    shell.desk.set_season(term=0)
    page.grid.go(0, page.grid.model.column_of("hk1"))
    assert paste(qtbot, "8") is None and "chỉ để xem" in shell.toast.words.text()


def test_in_an_open_editor_the_keys_are_the_editor_s(shell: Shell, register: Register, qtbot: QtBot) -> None:
    page = gradebook(shell, register)
    qtbot.keyClicks(focused(), "8")
    editor = focused()
    assert isinstance(editor, QLineEdit)
    assert paste(qtbot, ",5") is None and editor.text() == "8,5"
    qtbot.keyClick(editor, KEY.Key_Return)
    assert column(page)[0] == "8,5"


# -- Ctrl+D


def test_fill_down_takes_the_empty_cells_and_no_other(shell: Shell, register: Register, qtbot: QtBot) -> None:
    for place, value in ((0, 80), (2, "V")):
        register.enter(place, "toan", 1, {"tx1": value})
    page = gradebook(shell, register)
    qtbot.keyClick(focused(), KEY.Key_D, CTRL)
    assert column(page) == ["8,0", "8,0", "V", "8,0"]
    assert shell.toast.words.text() == "Đã điền xuống 2 ô trống"
    assert shell.desk.db.undo_label == "Điền xuống 2 ô điểm"
    qtbot.keyClick(shell, KEY.Key_Z, CTRL)
    assert column(page) == ["8,0", "", "V", ""]


def test_fill_down_keeps_to_the_selection_and_to_who_is_there(
    shell: Shell, register: Register, qtbot: QtBot
) -> None:
    set_status(register.db, register.pupils[1], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    register.enter(0, "gdtc", 1, {"tx1": "D"})
    page = gradebook(shell, register, code="gdtc")
    for _press in range(2):
        qtbot.keyClick(focused(), KEY.Key_Down, SHIFT)
    qtbot.keyClick(focused(), KEY.Key_D, CTRL)
    assert column(page) == ["Đ", "–", "Đ", ""]


def test_fill_down_from_an_empty_cell_or_over_a_full_column_does_nothing(
    shell: Shell, register: Register, qtbot: QtBot
) -> None:
    page = gradebook(shell, register)
    qtbot.keyClick(focused(), KEY.Key_D, CTRL)
    assert "chưa có điểm" in shell.toast.words.text()
    page.grid.go(3, page.grid.model.column_of("tx1"))
    enter_mark(register.db, SheetKey(register.class_id, "toan", 1), MarkEntry(register.pupils[3], "tx1", 70))
    qtbot.keyClick(focused(), KEY.Key_D, CTRL)
    assert "không còn ô trống" in shell.toast.words.text() and column(page) == ["", "", "", "7,0"]


# -- Ctrl+C


def test_what_is_copied_comes_back_as_the_same_marks(shell: Shell, register: Register, qtbot: QtBot) -> None:
    register.enter(0, "toan", 1, {"tx1": 85, "tx2": 100})
    register.enter(1, "toan", 1, {"tx1": 5})
    page = gradebook(shell, register)
    qtbot.keyClick(focused(), KEY.Key_Down, SHIFT)
    qtbot.keyClick(focused(), KEY.Key_Right, SHIFT)
    qtbot.keyClick(focused(), KEY.Key_C, CTRL)
    assert QApplication.clipboard().text() == "8,5\t10,0\n0,5\t"
    page.grid.go(2, page.grid.model.column_of("tx3"))
    assert paste(qtbot) is not None
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert column(page, "tx3")[2:] == ["8,5", "0,5"] and column(page, "tx4")[2:] == ["10,0", ""]


# -- Del


def test_del_over_a_block_clears_its_marks_as_one_step(
    shell: Shell, register: Register, qtbot: QtBot
) -> None:
    for place in (0, 1, 3):
        register.enter(place, "toan", 1, {"tx1": 80, "tx2": 70})
    page = gradebook(shell, register)
    save_typing_choices(register.db, TypingChoices(one_column=False))
    page.controllers.column.reread()
    for key in (KEY.Key_Down, KEY.Key_Down, KEY.Key_Right):
        qtbot.keyClick(focused(), key, SHIFT)
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert column(page) == ["", "", "", "8,0"] and column(page, "tx2") == ["", "", "", "7,0"]
    assert shell.toast.words.text() == "Đã xóa 4 ô điểm"
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert "không có điểm nào" in shell.toast.words.text()
    qtbot.keyClick(shell, KEY.Key_Z, CTRL)
    assert column(page) == ["8,0", "8,0", "", "8,0"]


# -- Ctrl+;


def phrases(qtbot: QtBot, page: GradebookPage) -> PhraseBox:
    qtbot.keyClick(focused(), KEY.Key_Semicolon, CTRL)
    found = [box for box in page.window().findChildren(PhraseBox) if box.isVisible()]
    assert len(found) == 1 and isinstance(focused(), PhraseField)
    return found[0]


def test_a_comment_is_chosen_by_typing_and_enter(shell: Shell, register: Register, qtbot: QtBot) -> None:
    register.enter(0, "toan", 1, {"tx1": 70})
    page = gradebook(shell, register)
    box = phrases(qtbot, page)
    assert page.grid.place == (0, page.grid.model.column_of("comment"))
    assert box.bands.value() == "kha" and "ô in vừa 110" in box.length.text()
    qtbot.keyClicks(focused(), "y thuc")
    assert box.matches.count() == 1
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert column(page, "comment")[0] == "Ánh có ý thức học tập tốt, nên mạnh dạn phát biểu hơn."
    assert page.grid.right.hasFocus() and shell.desk.db.undo_label == "Ghi nhận xét môn học"


def test_what_is_used_in_the_class_comes_last_and_a_long_comment_is_warned_of(
    shell: Shell, register: Register, qtbot: QtBot
) -> None:
    page = gradebook(shell, register, slot="comment")
    first = phrases(qtbot, page).comment()
    qtbot.keyClick(focused(), KEY.Key_Return)
    second = phrases(qtbot, page)
    qtbot.keyClick(focused(), KEY.Key_Down)
    assert second.comment().startswith(first) and second.matches.currentRow() == 1
    qtbot.keyClick(focused(), KEY.Key_Return)
    third = phrases(qtbot, page)
    assert "quá ô in 110" in third.length.text() and third.length.property("role") == "ask"
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert page.grid.model.style(0, page.grid.model.column_of("comment")).icon == "triangle"
    page.grid.go(1, 2)
    other = phrases(qtbot, page)
    last = other.matches.item(other.matches.count() - 1)
    assert "đã dùng cho 1 em" in last.text()


def test_the_box_closes_on_escape_and_another_band_is_one_press_away(
    shell: Shell, register: Register, qtbot: QtBot
) -> None:
    page = gradebook(shell, register, code="gdtc")
    box = phrases(qtbot, page)
    failed = next(one for one in box.bands.findChildren(QPushButton) if one.text() == "Chưa đạt")
    qtbot.mouseClick(failed, QtNames.MouseButton.LeftButton)
    assert "động tác chưa đúng" in box.comment() and isinstance(focused(), PhraseField)
    qtbot.keyClicks(focused(), "khong co cau nay")
    assert box.comment() == "" and "Không có câu nào hợp" in box.length.text()
    qtbot.keyClick(focused(), KEY.Key_Return)
    qtbot.keyClick(focused(), KEY.Key_Escape)
    assert not box.isVisible() and page.grid.right.hasFocus() and column(page, "comment")[0] == ""


def test_an_open_editor_is_kept_when_phrases_are_asked_for(
    shell: Shell, register: Register, qtbot: QtBot
) -> None:
    page = gradebook(shell, register, slot="comment")
    qtbot.keyClicks(focused(), "N")
    editor = focused()
    assert isinstance(editor, QLineEdit)
    editor.insert("goan.")
    box = phrases(qtbot, page)
    assert column(page, "comment")[0] == "Ngoan." and box.comment().startswith("Ngoan. ")


def test_a_pupil_who_left_gets_no_comment(shell: Shell, register: Register, qtbot: QtBot) -> None:
    set_status(register.db, register.pupils[0], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    page = gradebook(shell, register)
    page.grid.go(0, 2)
    qtbot.keyClick(focused(), KEY.Key_Semicolon, CTRL)
    assert shell.toast.words.text() == "Không ghi nhận xét ở dòng này."


def test_the_list_of_keys_names_them_and_stays_low(shell: Shell, register: Register, qtbot: QtBot) -> None:
    dialog = help_dialog(None, "Sổ điểm", (), gradebook(shell, register).help_keys())
    qtbot.addWidget(dialog)
    dialog.show()
    for key in ("Ctrl+V", "Ctrl+D", "Ctrl+C", "Ctrl+;", "Ctrl+Z"):
        assert f" | {key} | " in words_of(dialog)
    assert dialog.height() < 620 and dialog.width() < 1100
