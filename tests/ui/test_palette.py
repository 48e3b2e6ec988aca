"""Ctrl+K: what is found, in what order, and where the keyboard goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from edudesk.ui.search.palette import Palette, SearchIndex, SearchItem

KEY = Qt.Key
done: list[str] = []


def thing(key: str, text: str, detail: str = "") -> SearchItem:
    return SearchItem(key, text, "user", lambda: done.append(key), detail)


PUPILS = [
    thing("p1", "Nguyễn Thị Lan", "Lớp 9A2"),
    thing("p2", "Lò Thị Nguyệt", "Lớp 6A1"),
    thing("p3", "Nông Thế Lân", "Lớp 9A2"),
    thing("p4", "Lan", "Lớp 6A1"),
]
PAGES = [thing("home", "Trang chủ"), thing("students", "Học sinh")]


def keys(query: str) -> list[str]:
    return [one.key for one in SearchIndex([*PAGES, *PUPILS]).find(query)]


def test_words_are_found_without_accents_by_their_beginnings_or_initials() -> None:
    assert keys("nt lan") == ["p1", "p3"]
    assert keys("NGUYEN thi") == ["p1"]
    assert keys("nguyệt") == ["p2"]
    assert keys("9a2") == ["p1", "p3"]
    assert keys("xyz") == []


def test_what_begins_as_typed_stands_before_what_only_holds_it() -> None:
    assert keys("lan") == ["p4", "p1", "p3"]
    assert SearchIndex(PUPILS).find("", 2) == PUPILS[:2]
    assert SearchIndex(PUPILS).items() == PUPILS


@pytest.fixture
def palette(qtbot: QtBot) -> Iterator[Palette]:
    done.clear()
    window, field = QWidget(), QLineEdit()
    window.resize(900, 600)
    QVBoxLayout(window).addWidget(field)
    made = Palette(window, lambda: PAGES, lambda: PUPILS, recent=lambda: ["students", "gone"])
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    made.open()
    yield made
    made.dismiss()


def shown(palette: Palette) -> list[str]:
    return [one.key for one in palette.table.records]


def test_recent_things_come_first_and_enter_opens(palette: Palette, qtbot: QtBot) -> None:
    assert shown(palette) == ["students", "home"]
    opened: list[str] = []
    palette.chosen.connect(opened.append)
    qtbot.keyClick(palette.field, KEY.Key_Down)
    qtbot.keyClick(palette.field, KEY.Key_Return)
    assert done == opened == ["home"] and palette.isHidden()


def test_typing_finds_and_the_first_is_ready(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "nt lan")
    assert shown(palette) == ["p1", "p3"]
    assert palette.field.accessibleDescription() == "Nguyễn Thị Lan"
    qtbot.keyClick(palette.field, KEY.Key_Tab)  # stays
    qtbot.keyClick(palette.field, KEY.Key_Return)
    assert done == ["p1"]


def test_nothing_found_is_said_and_enter_does_nothing(palette: Palette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.field, "zzz")
    assert palette.empty.isVisible() and shown(palette) == []
    qtbot.keyClick(palette.field, KEY.Key_Return)
    assert done == [] and palette.isVisible()


def test_escape_gives_the_keyboard_back(palette: Palette, qtbot: QtBot) -> None:
    before = palette.parentWidget().findChild(QLineEdit)
    qtbot.keyClick(palette.field, KEY.Key_Escape)
    assert palette.isHidden() and QApplication.focusWidget() is before


def test_a_press_elsewhere_closes_it_and_one_on_a_row_opens_that(palette: Palette, qtbot: QtBot) -> None:
    qtbot.mouseClick(palette.parentWidget(), Qt.MouseButton.LeftButton, pos=QPoint(5, 590))
    assert palette.isHidden()
    palette.open()
    row = palette.table.visualRect(palette.table.model().index(0, 0)).center()
    qtbot.mouseClick(palette.table.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert done == ["students"]


def test_everything_is_read_before_the_first_letter_and_again_after_a_change(
    palette: Palette, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: palette._index is not None)
    PUPILS.append(thing("p5", "Vàng A Sử"))
    try:
        qtbot.keyClicks(palette.field, "vang")
        assert shown(palette) == []
        palette.forget()
        qtbot.keyClicks(palette.field, " a")
        assert shown(palette) == ["p5"]
    finally:
        PUPILS.pop()
