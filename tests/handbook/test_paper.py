"""The handbook on paper: headings stay with what they head, pictures are no wider or emptier than they need be."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QRect, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextBlock, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from schools import make_school

from edudesk import tour
from edudesk.handbook import view_print
from edudesk.handbook.chapters import Chapter
from edudesk.handbook.view_document import Ink, fill, keep_together
from edudesk.storage.slice import PageSpec
from edudesk.ui import theme
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page
from edudesk.ui.shell import Shell

INK = Ink(QColor("black"), QColor("white"))
HIGH = 300.0


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """`packaging/handbook.py`, which is a script and no module of the program."""
    path = Path(__file__).parents[2] / "packaging" / "handbook.py"
    spec = importlib.util.spec_from_file_location("handbook_script", path)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def pages_of(document: QTextDocument) -> list[tuple[str, int]]:
    """Every block's text with the page its first line is on."""
    found: list[tuple[str, int]] = []
    block: QTextBlock = document.begin()
    while block.isValid():
        top = document.documentLayout().blockBoundingRect(block).top() + block.layout().lineAt(0).y()
        found.append((block.text(), int((top + 4) // HIGH)))
        block = block.next()
    return found


@pytest.mark.parametrize("lines", range(6, 14))
def test_a_heading_goes_over_with_what_it_heads(qapp: QApplication, lines: int) -> None:
    document = QTextDocument()
    document.setPageSize(QSizeF(400, HIGH))
    text = "\n\n".join([*["Một dòng."] * lines, "## Việc", "Lời.", "## Việc sau", "Lời sau."])
    fill(document, text, width=400, base=theme.font(10), ink=INK)
    keep_together(document)
    place = dict(pages_of(document))
    assert place["Việc"] == place["Lời."] and place["Việc sau"] == place["Lời sau."]
    assert document.pageCount() <= 3


def test_contents_say_where_each_chapter_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    two = (
        Chapter("00-mot", "Chương một", (), "# Chương một\n\n## 1. Việc đầu\n\n## 2. Việc sau\n"),
        Chapter("01-hai", "Chương hai", (), "# Chương hai\n\n## Việc khác\n"),
    )
    monkeypatch.setattr(view_print, "chapters", lambda: two)
    lines = view_print._contents([3, 1]).splitlines()
    assert lines[-2:] == ["| **Chương một**: Việc đầu · Việc sau | 2 |", "| **Chương hai**: Việc khác | 5 |"]


def drawn(high: int, *boxes: tuple[QRect, str]) -> QImage:
    image = QImage(200, high, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for box, colour in boxes:
        painter.fillRect(box, QColor(colour))
    painter.end()
    return image


def test_empty_stretches_of_a_picture_are_shortened_and_nothing_else(script: ModuleType) -> None:
    full = drawn(60, *((QRect(0, y, y + 1, 1), "#0C6367") for y in range(60)))
    assert script.without_empty(full) == full
    top, foot = (QRect(10, 5, 50, 10), "#0C6367"), (QRect(10, 380, 50, 10), "#B3261E")
    short = script.without_empty(drawn(400, top, foot))
    assert short.width() == 200 and short.height() < 120
    colours = {QColor(short.pixel(20, y)).name() for y in range(short.height())}
    assert colours == {"#ffffff", "#0c6367", "#b3261e"}


def test_the_colours_of_a_page_are_kept_as_they_are(script: ModuleType, tmp_path: Path) -> None:
    source, target = tmp_path / "a.png", tmp_path / "b.png"
    pale = [(QRect(0, 40 + 4 * n, n + 1, 4), QColor(200 + n % 50, 240, 238 - n).name()) for n in range(60)]
    noise = [(QRect(x, 300, 1, 1), QColor(x, 255 - x, (x * 7) % 256).name()) for x in range(200)]
    drawn(301, (QRect(0, 0, 200, 30), "#DCEEED"), *pale, *noise).save(str(source))
    script.keep(source, target)
    made = QImage(str(target))
    assert made.colorCount() <= 256
    assert QColor(made.pixel(20, 10)).name() == "#dceeed"
    assert QColor(made.pixel(0, 42)).name() == pale[0][1]


def test_a_tour_with_a_size_shows_pages_alone_and_some_in_their_window(tmp_path: Path, qtbot: QtBot) -> None:
    shell = Shell(Desk(make_school(tmp_path / "trường"), year=2026), [PageSpec("a", "A", "home", Page)])
    qtbot.addWidget(shell)
    shell.resize(1190, 640)
    shell.setProperty(tour.ALONE, True)
    shell.show()
    shell.show_page("a")
    alone, whole = (QImage(str(tour._picture(shell, tmp_path / name))) for name in ("x.png", tour.WHOLE[0]))
    assert whole.size() == shell.size() and alone.size() == shell.stack.size()
    assert alone.width() < whole.width() and alone.height() < whole.height()
