"""The handbook: its chapters, its window, its PDF."""

from __future__ import annotations

import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot
from schools import make_school

from edudesk.handbook import chapters as chapter_files
from edudesk.handbook import view_print
from edudesk.handbook.chapters import chapter_at, chapter_named, chapters
from edudesk.handbook.rules_search import found_in
from edudesk.handbook.view import Handbook, show_handbook
from edudesk.handbook.view_document import Ink, fill
from edudesk.handbook.view_print import write_handbook
from edudesk.kernel.errors import Unavailable
from edudesk.storage.slice import PageSpec
from edudesk.ui import theme
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page
from edudesk.ui.shell import Shell

KEY = Qt.Key
INK = Ink(QColor("black"), QColor("white"))


@pytest.fixture
def desk(tmp_path: Path, qapp: QApplication) -> Desk:
    apply_theme(qapp)
    return Desk(make_school(tmp_path), year=2026)


def fake(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A handbook of two chapters and one picture, instead of the program's."""
    (folder / "pictures").mkdir(parents=True)
    (folder / "01-mot.md").write_text(
        "# Chương một\n\n<!-- pages: gradebook, register -->\n\nGõ `Enter`.\n\n## Việc\n\n![Hình một](mot.png)\n\n"
        "![Hình thiếu](thieu.png)\n\n[sang chương hai](02-hai.md)\n",
        encoding="utf-8",
    )
    (folder / "02-hai.md").write_text("# Chương hai\n\nHọc bạ.\n", encoding="utf-8")
    QImage(1200, 600, QImage.Format.Format_RGB32).save(str(folder / "pictures" / "mot.png"))
    monkeypatch.setattr(chapter_files, "resource", lambda *parts: folder.joinpath(*parts[1:]))
    chapters.cache_clear()
    return folder


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    yield fake(tmp_path / "handbook", monkeypatch)
    chapters.cache_clear()


def test_a_chapter_knows_its_pages_tasks_and_pictures(two: Path) -> None:
    one = chapter_named("01-mot")
    assert one is not None
    assert (one.title, one.pages, one.headings) == ("Chương một", ("gradebook", "register"), ("Việc",))
    assert one.pictures == ("mot.png", "thieu.png")
    assert chapter_at("register") == one and chapter_at("elsewhere") == one
    assert chapter_named("03-ba") is None


@pytest.mark.parametrize(
    ("sought", "hits"), [("", 1), ("  ", 1), ("học bạ", 2), ("hoc ba", 2), ("HỌC BẠ", 2), ("điểm", 0)]
)
def test_words_are_found_however_they_are_typed(sought: str, hits: int) -> None:
    assert found_in("Học bạ và học bạ.", sought) == hits


def test_pictures_are_no_wider_than_the_page_and_a_missing_one_is_told_in_words(
    two: Path, qapp: QApplication
) -> None:
    document = QTextDocument()
    chapter = chapters()[0]
    fill(document, chapter.text, width=400, base=theme.font(10), ink=INK)
    html = document.toHtml()
    assert html.count("<img") == 1 and 'width="400"' in html and 'height="200"' in html
    assert "[Hình thiếu]" in document.toPlainText()


def test_the_whole_handbook_and_its_first_page_are_written(desk: Desk, tmp_path: Path) -> None:
    whole, quick = tmp_path / "sổ tay.pdf", tmp_path / "nhanh.pdf"
    assert write_handbook(whole) > len(chapters())
    assert write_handbook(quick, quick=True) == 1, "it is to be pinned beside the PC"
    assert whole.read_bytes().startswith(b"%PDF-") and quick.read_bytes().startswith(b"%PDF-")


def test_a_handbook_that_cannot_be_written_is_refused_and_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    with pytest.raises(Unavailable):
        write_handbook(tmp_path / "tệp" / "sổ tay.pdf")
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_the_window_opens_at_the_chapter_of_the_page_searches_and_follows_links(
    two: Path, desk: Desk, qtbot: QtBot
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    book = show_handbook(desk, parent, "gradebook")
    assert book.chapter.slug == "01-mot" and book.list.currentRow() == 0
    book.text.anchorClicked.emit("02-hai.md")
    assert book.chapter.slug == "02-hai" and "Học bạ" in book.text.toPlainText()
    book.field.setFocus()
    qtbot.keyClicks(book.field, "enter")
    assert [book.list.item(row).text() for row in range(book.list.count())] == ["Chương một  (1)"]
    qtbot.keyClick(book.field, KEY.Key_Return)
    assert book.chapter.slug == "01-mot" and book.text.textCursor().selectedText().casefold() == "enter"
    assert show_handbook(desk, parent, "register") is book, "one window, brought to the front"
    book.close()


def test_both_papers_are_saved_from_the_window(
    desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Handbook(desk)
    qtbot.addWidget(book)
    said: list[str] = []
    desk.toasted.connect(lambda text, _undo: said.append(text))
    monkeypatch.setattr(desk, "save_file", lambda _title, name, _kinds: tmp_path / name)
    view_print.save_handbook(desk, quick=True)
    monkeypatch.setattr(desk, "save_file", lambda *_words: None)
    view_print.save_handbook(desk, quick=False)
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["EduDesk bắt đầu nhanh.pdf"] and len(said) == 1


def test_shift_f1_and_the_button_of_the_help_open_it_at_the_open_page(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    spec = PageSpec("gradebook", "Sổ điểm", "table", Page, help=("Điểm của một lớp.",))
    shell = Shell(desk, [spec], handbook=lambda _shell, page: opened.append(page))
    qtbot.addWidget(shell)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    shell.show_page("gradebook")
    qtbot.keyClick(shell, KEY.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert opened == ["gradebook"]

    def press(box: object) -> object:
        buttons = box.findChild(QDialogButtonBox)  # type: ignore[attr-defined]
        next(one for one in buttons.buttons() if one.text() == "Đọc trong sổ tay").click()
        return box.result()  # type: ignore[attr-defined]

    monkeypatch.setattr("edudesk.ui.keyhelp.QDialog.exec", press)
    shell.help()
    assert opened == ["gradebook", "gradebook"]
