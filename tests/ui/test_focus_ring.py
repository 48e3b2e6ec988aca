"""The ring around what the keyboard is on lives and goes with its window, however that window goes."""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from edudesk.ui.focus import FocusRing, ring_dialog


def window_with(kind: type[QWidget], qtbot: QtBot) -> tuple[QWidget, list[QPushButton]]:
    window = kind()
    buttons = [QPushButton(str(n)) for n in range(2)]
    column = QVBoxLayout(window)
    for press in buttons:
        column.addWidget(press)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window, buttons


def test_a_button_that_goes_while_it_has_the_keyboard_takes_nothing_along(qtbot: QtBot) -> None:
    window, buttons = window_with(QWidget, qtbot)
    qtbot.addWidget(window)
    ring = FocusRing(window)
    ring.by_keyboard = True
    buttons[0].setFocus()
    ring.by_keyboard = True
    ring.follow(buttons[0])
    shiboken6.delete(buttons[0])
    buttons[1].setFocus()
    ring.follow(buttons[1])
    assert window.isVisible()


def test_a_dialog_that_goes_with_the_keyboard_in_it_ends_quietly(qtbot: QtBot) -> None:
    for _round in range(10):
        dialog, buttons = window_with(QDialog, qtbot)
        buttons[0].setFocus()
        ring_dialog(buttons[0])
        ring = dialog.findChild(FocusRing)
        assert isinstance(ring, FocusRing)
        buttons[1].setFocus()
        shiboken6.delete(dialog)
        assert not shiboken6.isValid(ring)
        ring._moved(None, QApplication.focusWidget())  # what Qt may still send
