"""Typing down a column with real keys."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QInputMethodEvent, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from edudesk.kernel.errors import Problem, Refused
from edudesk.ui.callout import Callout
from edudesk.ui.cells import CellStyle
from edudesk.ui.grid.entry import Grid
from edudesk.ui.grid.head import _count
from edudesk.ui.table.columns import ColumnHead
from edudesk.ui.table.view import Column, Edit

KEY = Qt.Key
Write = Callable[["Row", str], None]


@dataclass(frozen=True)
class Row:
    number: int
    tx: str = ""
    ck: str = ""
    word: str = ""


class Sheet:
    """Three columns that can be written, one that is computed, 30 rows; "7,25" is refused."""

    def __init__(self, qtbot: QtBot) -> None:
        self.rows = {n: Row(n) for n in range(1, 31)}
        self.grid = Grid(self.columns())
        self.show_rows()
        self.grid.set_heads(
            {
                "ck": ColumnHead(count="0/30", bins=(0, 1, 2, 3, 4, 5, 4, 3, 2, 1), side="TB 6,6"),
                "tx": ColumnHead("x"),
            }
        )
        self.grid.set_active("ck")
        self.window = QWidget()
        QVBoxLayout(self.window).addWidget(self.grid)
        self.window.resize(1000, 500)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)

    def columns(self) -> list[Column]:
        marks = {
            "letters": "0123456789,.",
            "keys": {"V": "V"},
            "ghost": fast,
            "fixes": lambda _t: ("7,3", "7,2"),
        }
        return [
            Column("n", "STT", lambda r: str(r.number), 40, "right"),
            Column("name", "Họ và tên", lambda r: f"Em {r.number}", 160),
            Column("tx", "ĐĐGtx1", lambda r: r.tx, 60, "right", edit=Edit(self.writer("tx"), **marks)),  # type: ignore[arg-type]
            Column("ck", "ĐĐGck", lambda r: r.ck, 90, "right", edit=Edit(self.writer("ck"), **marks)),  # type: ignore[arg-type]
            Column("avg", "ĐTBmhk", lambda r: "", 80, style=lambda r: CellStyle("thiếu CK", colour="ask")),
            Column("word", "Nhận xét", lambda r: r.word, 0, edit=Edit(self.writer("word"), phrases=True)),
        ]

    def writer(self, field: str) -> Write:
        def write(row: Row, text: str) -> None:
            if text == "7,25":
                raise Refused(Problem("MARK_STEP", "Điểm chỉ có một chữ số thập phân."))
            if any(letter.isalpha() and letter != "V" for letter in text) and field != "word":
                raise Refused(Problem("MARK", f"“{text}” không phải là điểm."))
            self.rows[row.number] = replace(self.rows[row.number], **{field: fast(text) or text})
            self.show_rows()

        return write

    def show_rows(self) -> None:
        self.grid.set_rows(list(self.rows.values()), key=lambda r: r.number)

    def type(self, qtbot: QtBot, text: str, end: Qt.Key | None = KEY.Key_Return) -> None:
        for letter in text:
            qtbot.keyClicks(focused(), letter)
        if end is not None:
            qtbot.keyClick(focused(), end)


def fast(text: str) -> str:
    return f"{text[0]},{text[1]}" if len(text) == 2 and text.isdigit() and text != "10" else ""


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def compose(*steps: str) -> None:
    """What an input method shows while a word is being made."""
    for step in steps:
        QApplication.sendEvent(focused(), QInputMethodEvent(step, []))


def commit(word: str) -> None:
    """What it hands over in the end."""
    event = QInputMethodEvent()
    event.setCommitString(word)
    QApplication.sendEvent(focused(), event)


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    made = Sheet(qtbot)
    made.grid.go(0, 3)
    return made


class Heard:
    """Stands for a painter: hears what is drawn."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.image = QImage(4, 4, QImage.Format.Format_ARGB32)
        self.real = QPainter(self.image)

    def fontMetrics(self) -> QFontMetrics:
        return self.real.fontMetrics()

    def setPen(self, _pen: object) -> None:
        pass

    def drawText(self, _rect: object, _side: object, words: str) -> None:
        self.said.append(words)


def test_a_count_that_does_not_fit_the_head_is_not_cut_to_another_number(qtbot: QtBot) -> None:
    heard = Heard()
    wide = heard.fontMetrics().horizontalAdvance("50/51")
    for room in (wide, wide - 4):
        _count(heard, QRect(0, 0, room, 17), ColumnHead(count="50/51"), True)  # type: ignore[arg-type]
    assert heard.said == ["50/51"]
    heard.real.end()


def test_a_column_is_typed_with_enter(qtbot: QtBot, sheet: Sheet) -> None:
    for text in ("85", "7", "6,5", "10"):
        sheet.type(qtbot, text)
    assert [sheet.rows[n].ck for n in (1, 2, 3, 4)] == ["8,5", "7", "6,5", "10"]
    assert sheet.grid.place == (4, 3)


def test_the_box_stands_where_the_next_key_goes_when_rows_come_or_go(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.grid.go(4, 3)
    for gone in (1, 2):
        del sheet.rows[gone]
        sheet.show_rows()
        for view in (sheet.grid.left, sheet.grid.right):
            here = view.currentIndex()
            assert (view.paint_.cursor, view.paint_.lit) == ((here.row(), here.column()), here.row())
    assert sheet.grid.place == (2, 3)


def test_shift_enter_goes_up_and_arrows_commit(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.grid.go(2, 3)
    sheet.type(qtbot, "5", None)
    qtbot.keyClick(focused(), KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert sheet.grid.place == (1, 3)
    sheet.type(qtbot, "6", KEY.Key_Down)
    assert (sheet.rows[3].ck, sheet.rows[2].ck, sheet.grid.place) == ("5", "6", (2, 3))


def test_tab_goes_to_the_next_cell_that_can_be_written(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.grid.go(0, 2)
    sheet.type(qtbot, "8", KEY.Key_Tab)
    assert sheet.grid.place == (0, 3)
    sheet.type(qtbot, "9", KEY.Key_Right)
    assert sheet.grid.place == (0, 5)
    qtbot.keyClick(focused(), KEY.Key_Tab)
    assert sheet.grid.place == (1, 2)
    qtbot.keyClick(focused(), KEY.Key_Backtab)
    assert sheet.grid.place == (0, 5)


def test_a_refused_text_stays_red_and_a_fix_is_one_press_away(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.type(qtbot, "7,25")
    assert sheet.grid.place == (1, 3), "typing goes on, or the rest of the column would shift"
    assert sheet.rows[1].ck == "" and sheet.grid.model.style(0, 3).bad
    callout = sheet.window.findChild(Callout)
    assert callout is not None and callout.isVisible()
    fix = next(press for press in callout.findChildren(QPushButton) if press.text() == "Ghi 7,3")
    qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert sheet.rows[1].ck == "7,3" and not sheet.grid.model.style(0, 3).bad
    assert not callout.isVisible()


def test_escape_closes_the_callout_and_coming_back_opens_it(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.type(qtbot, "7,25")
    qtbot.keyClick(focused(), KEY.Key_Escape)
    assert not [c for c in sheet.window.findChildren(Callout) if c.isVisible()]
    qtbot.keyClick(focused(), KEY.Key_Up)
    assert [c for c in sheet.window.findChildren(Callout) if c.isVisible()]


def test_escape_in_another_window_is_not_the_callouts(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.type(qtbot, "7,25")
    (callout,) = [c for c in sheet.window.findChildren(Callout) if c.isVisible()]
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert dialog.isHidden() and callout.isVisible()
    sheet.window.hide()
    dialog.show()
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert dialog.isHidden(), "a sheet that is not seen hears nothing"


def test_letters_that_are_no_mark_are_kept_and_refused_in_words(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.type(qtbot, "abc")
    assert sheet.rows[1].ck == "" and sheet.grid.model.style(0, 3).text == "abc"
    waiting = sheet.grid.model.refusal(0, 3)
    assert waiting is not None and waiting.problems[0].code == "MARK"
    assert sheet.grid.place == (1, 3), "the hands go on"
    qtbot.keyClick(focused(), KEY.Key_Up)
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert sheet.grid.model.style(0, 3).text == "" and not sheet.grid.model.refusals


def test_a_blank_clears_no_mark(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.type(qtbot, "8", KEY.Key_Up)
    qtbot.keyClicks(focused(), " ")
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert sheet.rows[1].ck == "8"


def test_delete_on_a_refused_text_leaves_the_mark_that_is_stored(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.type(qtbot, "8", KEY.Key_Up)
    sheet.type(qtbot, "7,25", KEY.Key_Up)
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert sheet.rows[1].ck == "8" and sheet.grid.model.style(0, 3).text == "8"


def test_a_text_that_waits_is_settled_by_another_value_in_its_cell(qtbot: QtBot, sheet: Sheet) -> None:
    noted: list[tuple[object, str, object]] = []
    sheet.grid.model.noted = lambda row, column, refusal: noted.append((row, column, refusal))
    sheet.type(qtbot, "7,25")
    sheet.rows[2] = replace(sheet.rows[2], ck="9")
    sheet.show_rows()
    assert sheet.grid.model.style(0, 3).text == "7,25", "a neighbour's value changes nothing"
    sheet.rows[1] = replace(sheet.rows[1], ck="9")
    sheet.show_rows()
    assert sheet.grid.model.style(0, 3).text == "9"
    assert [(row, column, refusal is None) for row, column, refusal in noted] == [
        (1, "ck", False),
        (1, "ck", True),
    ]


def test_a_code_is_one_key_and_stays_in_its_row(qtbot: QtBot, sheet: Sheet) -> None:
    qtbot.keyClicks(focused(), "v")
    assert sheet.rows[1].ck == "V" and sheet.grid.place == (0, 3)


def test_delete_clears_and_escape_leaves_the_value(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.type(qtbot, "8", None)
    qtbot.keyClick(focused(), KEY.Key_Escape)
    assert sheet.rows[1].ck == ""
    sheet.type(qtbot, "8", KEY.Key_Up)
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert sheet.rows[1].ck == ""


def test_f2_edits_in_place_and_asks_on_a_computed_cell(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.type(qtbot, "8", KEY.Key_Up)
    qtbot.keyClick(focused(), KEY.Key_F2)
    editor = focused()
    assert isinstance(editor, QLineEdit) and editor.text() == "8"
    with qtbot.waitSignal(sheet.grid.again) as twice:
        qtbot.keyClick(editor, KEY.Key_F2)
    assert twice.args == [0, 3] and sheet.rows[1].ck == "8"
    sheet.grid.go(0, 4)
    with qtbot.waitSignal(sheet.grid.asked) as heard:
        qtbot.keyClick(focused(), KEY.Key_F2)
    assert heard.args == [0, 4]


def test_the_input_method_is_on_for_comments_only(qtbot: QtBot, sheet: Sheet) -> None:
    on = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not sheet.grid.right.testAttribute(on)
    sheet.grid.go(0, 5)
    assert sheet.grid.right.testAttribute(on)
    sheet.type(qtbot, "T", None)
    editor = focused()
    assert isinstance(editor, QLineEdit) and editor.testAttribute(on)
    editor.insert("iến bộ")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert sheet.rows[1].word == "Tiến bộ"


def test_words_composed_by_an_input_method_arrive_whole(qtbot: QtBot, sheet: Sheet) -> None:
    """Letters in the making are shown in the editor and written only when they are committed."""
    sheet.grid.go(0, 5)
    compose("t", "ti", "tie", "tiê", "tiến")
    editor = sheet.grid.right.indexWidget(sheet.grid.right.currentIndex())
    assert isinstance(editor, QLineEdit) and editor.text() == "", "nothing is written while it is composed"
    commit("tiến ")
    assert focused() is editor
    compose("b", "bô", "bộ")
    commit("bộ")
    qtbot.keyClick(editor, KEY.Key_Return)
    assert sheet.rows[1].word == "tiến bộ"
    sheet.type(qtbot, "x", None)
    assert sheet.grid.place == (1, 5), "and the next comment is typed in the next row"


def test_a_mark_cell_takes_no_composed_text(qtbot: QtBot, sheet: Sheet) -> None:
    compose("ô", "ố")
    commit("ố")
    assert sheet.rows[1].ck == "" and not isinstance(focused(), QLineEdit)


def test_ghost_text_shows_how_it_will_be_read(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.type(qtbot, "8", None)
    one = focused().grab().toImage()
    qtbot.keyClicks(focused(), "5")
    assert focused().grab().toImage() != one
    assert focused().accessibleName() == "Nhập ĐĐGck"


def test_both_halves_scroll_and_zoom_together(qtbot: QtBot, sheet: Sheet) -> None:
    left, right = sheet.grid.left, sheet.grid.right
    sheet.grid.go(29, 3)
    assert left.verticalScrollBar().value() == right.verticalScrollBar().value() > 0
    left.verticalScrollBar().setValue(2)
    assert right.verticalScrollBar().value() == 2
    right.zoomed.emit(-1)
    assert left.rowHeight(0) == right.rowHeight(0) == 20


def test_a_click_on_a_name_keeps_the_column(qtbot: QtBot, sheet: Sheet) -> None:
    spot = sheet.grid.left.visualRect(sheet.grid.model.index(4, 1)).center()
    qtbot.mouseClick(sheet.grid.left.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert sheet.grid.place == (4, 3)


def test_ctrl_tab_leaves_the_grid(qtbot: QtBot, sheet: Sheet) -> None:
    other = QPushButton("Khác", sheet.window)
    layout = sheet.window.layout()
    assert layout is not None
    layout.addWidget(other)
    other.show()
    qtbot.keyClick(focused(), KEY.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert focused() is not sheet.grid.right


def test_shift_and_arrows_select_a_block_that_is_copied_as_a_spreadsheet_takes_it(
    qtbot: QtBot, sheet: Sheet
) -> None:
    sheet.rows[1] = replace(sheet.rows[1], tx="8,5", ck="9,0")
    sheet.rows[2] = replace(sheet.rows[2], ck="V", word='nói "hay"')
    sheet.show_rows()
    shift, ctrl = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    sheet.grid.go(1, 3)
    plain = sheet.grid.right.grab().toImage()
    qtbot.keyClick(focused(), KEY.Key_Up, shift)
    qtbot.keyClick(focused(), KEY.Key_Left, shift)
    assert sheet.grid.place == (0, 2) and sheet.grid.right.grab().toImage() != plain
    qtbot.keyClick(focused(), KEY.Key_Left, shift)
    assert sheet.grid.place == (0, 2), "the names stay out of it"
    qtbot.keyClick(focused(), KEY.Key_C, ctrl)
    assert QApplication.clipboard().text() == "8,5\t9,0\n\tV"
    qtbot.keyClick(focused(), KEY.Key_Down)
    qtbot.keyClick(focused(), KEY.Key_C, ctrl)
    assert QApplication.clipboard().text() == "", "a plain step leaves one cell"
    sheet.grid.go(1, 5)
    qtbot.keyClick(focused(), KEY.Key_C, ctrl)
    assert QApplication.clipboard().text() == '"nói ""hay"""'


def test_shift_enter_after_a_selection_stands_on_one_cell(qtbot: QtBot, sheet: Sheet) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    sheet.grid.go(2, 3)
    qtbot.keyClick(focused(), KEY.Key_Down, shift)
    qtbot.keyClick(focused(), KEY.Key_Return, shift)
    assert len(sheet.grid.right.selectedIndexes()) == 1 and sheet.grid.place == (2, 3)


def test_typing_again_in_a_cell_locked_meanwhile_only_goes_there(qtbot: QtBot, sheet: Sheet) -> None:
    sheet.type(qtbot, "7,25")
    callout = sheet.window.findChild(Callout)
    again = next(press for press in callout.findChildren(QPushButton) if press.text() == "Gõ lại")
    columns = sheet.columns()
    columns[3] = replace(columns[3], style=lambda row: CellStyle(row.ck, locked=True))
    sheet.grid.model.set_columns(columns)
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert sheet.grid.place == (0, 3)  # and Qt says nothing of an editor that cannot be opened
