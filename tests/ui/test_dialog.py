"""The window with a form."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from windows import stray_windows

from edudesk.ui.dialog import FormDialog


def test_the_sentence_stands_in_the_window_and_not_in_one_of_its_own(qtbot: QtBot) -> None:
    with stray_windows() as strays:
        dialog = FormDialog(
            "Thêm máy", [], yes="Thêm", action=lambda *_words: True, sentence="Tên được đánh số."
        )
        qtbot.addWidget(dialog)
    assert strays == []
    sentences = [one for one in dialog.findChildren(QLabel) if one.text() == "Tên được đánh số."]
    assert [one.isVisibleTo(dialog) for one in sentences] == [True]
