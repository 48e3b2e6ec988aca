"""How marks are typed on this PC: what stands without a word, and what is kept."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from registers import Register
from schools import YEAR

from edudesk.gradebook.entry.typing_choices import choose_typing
from edudesk.gradebook.register.typing_choices import TypingChoices, save_typing_choices, typing_choices
from edudesk.ui.desk import Desk


def test_all_guards_are_on_until_somebody_turns_one_off(register: Register) -> None:
    assert typing_choices(register.db) == TypingChoices(True, True, True)
    save_typing_choices(register.db, TypingChoices(one_column=False))
    assert typing_choices(register.db) == TypingChoices(False, True, True)


def test_the_window_keeps_what_was_ticked_and_says_so(register: Register, qtbot: QtBot) -> None:
    told: list[TypingChoices] = []
    home = QWidget()
    qtbot.addWidget(home)
    desk = Desk(register.db, year=YEAR)
    dialog = choose_typing(desk, home, changed=lambda: told.append(typing_choices(register.db)))
    dialog.boxes["fast_decimals"].setChecked(False)
    qtbot.keyClick(dialog, QtNames.Key.Key_Return)
    assert told == [TypingChoices(True, False, True)]
    again = choose_typing(desk, home, changed=lambda: told.append(TypingChoices()))
    assert not again.boxes["fast_decimals"].isChecked()
    again.boxes["one_column"].setChecked(False)
    qtbot.keyClick(again, QtNames.Key.Key_Escape)
    assert len(told) == 1 and typing_choices(register.db).one_column
