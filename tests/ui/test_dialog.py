"""The window with a form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from windows import stray_windows

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
