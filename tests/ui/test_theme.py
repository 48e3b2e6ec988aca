"""Colours can be read, stay in one place, and a change of theme reaches what is on the screen."""

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics, QPixmap
from PySide6.QtWidgets import QApplication

import edudesk.ui
from edudesk.ui import icons, theme
from edudesk.ui.application import apply_theme
from edudesk.ui.parts import button

TEXTS = ("text", "text2", "text3", "accent_text", "ok", "wait", "ask", "bad")
GROUNDS = ("surface", "bg", "sunken", "rail", "soft", "soft2", "raised", "cross", "active_col")
VIETNAMESE = "ẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰẮẰẲẴẶẤẦẨẪẬếềểễệốồổỗộớờởỡợứừửữựắằẳẵặấầẩẫậđĐ₫–·→×÷"


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("text", TEXTS)
def test_every_text_colour_reads_on_every_ground(mode: str, text: str) -> None:
    colours = theme.THEMES[mode]
    own = [f"{text}_bg"] if f"{text}_bg" in colours else []
    for ground in (*GROUNDS, *own):
        assert theme.contrast(colours[text], colours[ground]) >= 4.5, ground


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_accent_fills_and_signs_stand_out(mode: str) -> None:
    colours = theme.THEMES[mode]
    for fill in ("accent", "accent_hover", "accent_pressed"):
        assert theme.contrast(colours["on_accent"], colours[fill]) >= 4.5
    for sign in ("ok_fill", "wait_fill", "ask_fill", "bad_fill", "hist", "field", "accent"):
        assert theme.contrast(colours[sign], colours["surface"]) >= 3.0, sign
    assert theme.contrast(colours["hatch"], colours["hatch_bg"]) >= 3.0


def test_both_themes_name_the_same_tokens() -> None:
    assert set(theme.LIGHT) == set(theme.DARK)


def test_only_the_theme_names_a_colour() -> None:
    package = Path(edudesk.ui.__file__).parents[1]
    named = re.compile(r"""["'\s:]#[0-9A-Fa-f]{3,8}\b""")
    screens = [*package.glob("ui/*.py"), *package.glob("*/view*.py")]
    found = [file.name for file in screens if named.search(file.read_text("utf-8"))]
    assert found == ["theme.py"]


def test_no_font_in_the_style_sheet(qapp: QApplication) -> None:
    assert "font" not in qapp.styleSheet()


def test_the_screen_font_has_every_vietnamese_letter(qapp: QApplication) -> None:
    for points in (theme.SMALL, theme.BODY, theme.TITLE, theme.PAGE):
        metrics = QFontMetrics(theme.font(points))
        assert [letter for letter in VIETNAMESE if not metrics.inFontUcs4(ord(letter))] == []


def test_every_icon_draws_something(qapp: QApplication) -> None:
    from edudesk.kernel.paths import resource

    for file in resource("icons").glob("*.svg"):
        assert "currentColor" in file.read_text("utf-8")
        image = icons.pixmap(file.stem, 16).toImage()
        assert any(image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)), file.stem


def test_an_icon_is_drawn_once(qapp: QApplication) -> None:
    assert icons.pixmap("lock", 12) is icons.pixmap("lock", 12)


def test_a_change_of_theme_reaches_icons_and_buttons(qapp: QApplication) -> None:
    press = button("In", icon="printer")
    before = press.icon().pixmap(16).toImage()
    apply_theme(qapp, "dark")
    try:
        assert theme.is_dark()
        assert press.icon().pixmap(16).toImage() != before
    finally:
        apply_theme(qapp, "light")
    assert not theme.is_dark()


def test_void_qt_calls_do_not_wear_out_none(qapp: QApplication) -> None:
    """PySide6 6.12 on Python 3.11 lost a reference to None with each void call, and aborted after some thousand."""
    from PySide6.QtGui import QPainter

    from edudesk.ui.table.view import Column, RecordTable

    press, table = button("a"), RecordTable([Column("a", "A", str, 40)])
    table.set_rows([1, 2, 3], key=str)
    canvas = QPixmap(8, 8)
    painter = QPainter(canvas)
    index, before = table.model().index(0, 0), sys.getrefcount(None)
    for _turn in range(500):
        press.setText("b")
        painter.drawRect(0, 0, 4, 4)
        table.model().data(index, 9)
    assert abs(sys.getrefcount(None) - before) < 100
    painter.end()
