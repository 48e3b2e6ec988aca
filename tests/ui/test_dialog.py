"""The window with a form."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from windows import stray_windows

from edudesk.kernel.checks import NOTE, OWN_CODE
from edudesk.kernel.errors import Refused
from edudesk.kernel.field import Field
from edudesk.ui.dialog import FormDialog
from edudesk.ui.form import Form
from edudesk.ui.parts import bar, button


def test_the_sentence_stands_in_the_window_and_not_in_one_of_its_own(qtbot: QtBot) -> None:
    with stray_windows() as strays:
        dialog = FormDialog(
            "Thêm máy", [], yes="Thêm", action=lambda *_words: True, sentence="Tên được đánh số."
        )
        qtbot.addWidget(dialog)
    assert strays == []
    sentences = [one for one in dialog.findChildren(QLabel) if one.text() == "Tên được đánh số."]
    assert [one.isVisibleTo(dialog) for one in sentences] == [True]


def test_enter_presses_the_button_that_has_the_keyboard(qtbot: QtBot) -> None:
    pressed: list[str] = []
    window = QDialog()
    qtbot.addWidget(window)
    go = button("Trở về", on=lambda: pressed.append("go"))
    stay = button("Thôi", on=lambda: pressed.append("stay"))
    stay.setDefault(True)
    window.setLayout(bar(stay, go))
    window.show()
    qtbot.waitExposed(window)
    for press in (go, stay):
        press.setFocus()
        qtbot.keyClick(press, Qt.Key.Key_Return)
    assert pressed == ["go", "stay"]


def test_a_sum_of_money_has_dots_between_thousands(qtbot: QtBot) -> None:
    form = Form([Field("price", "Đơn giá (đồng)", "money"), Field("note", "Ghi chú")])
    qtbot.addWidget(form)
    form.set_values({"price": 3_800_000})
    typed = form.boxes["price"].input
    assert isinstance(typed, QLineEdit) and typed.text() == "3.800.000"
    typed.clear()
    qtbot.keyClicks(typed, "12500000")
    qtbot.keyClick(typed, Qt.Key.Key_Return)
    assert typed.text() == "12.500.000" and form.values()["price"] == 12_500_000
    typed.setText("mười nghìn")
    typed.editingFinished.emit()
    assert typed.text() == "mười nghìn"


def test_a_line_is_as_long_as_its_table_keeps_and_says_what_it_left_out(qtbot: QtBot) -> None:
    form = Form([Field("code", "Mã", stored=OWN_CODE), Field("note", "Ghi chú", stored=NOTE)])
    qtbot.addWidget(form)
    form.show()
    code, note = form.boxes["code"], form.boxes["note"]
    assert isinstance(code.input, QLineEdit) and isinstance(note.input, QLineEdit)
    code.input.insert("x" * 70)
    assert len(code.input.text()) == 64
    qtbot.waitUntil(lambda: code.input.accessibleDescription().startswith("Ô này nhận nhiều nhất 64 chữ cái"))
    code.input.backspace()
    assert code.input.accessibleDescription() == ""
    note.input.insert("x" * 2000)
    assert note.input.accessibleDescription() == ""


def test_a_kept_text_that_is_too_long_is_shown_whole_and_told_when_it_is_saved(qtbot: QtBot) -> None:
    form = Form([Field("code", "Mã", stored=OWN_CODE)])
    qtbot.addWidget(form)
    form.set_values({"code": "x" * 70})
    code = form.boxes["code"].input
    assert isinstance(code, QLineEdit) and len(code.text()) == 70
    with pytest.raises(Refused):
        form.values()
    assert code.accessibleDescription() == "Mã dài 70 chữ cái, nhiều nhất 64. Viết ngắn lại."
