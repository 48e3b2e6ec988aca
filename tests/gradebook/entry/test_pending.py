"""What was typed and not accepted: kept on this PC at once, counted, asked about at close, there again after a restart."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from registers import Register
from schools import YEAR
from typing_marks import KEY, focused, type_

from edudesk.gradebook.entry.page import GradebookPage
from edudesk.gradebook.pages.homeroom import HomeroomPage
from edudesk.gradebook.places import GradebookPlace, HomeroomPlace
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem
from edudesk.storage.pending import PendingCell, PendingPage, pending
from edudesk.storage.slice import PageSpec
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page
from edudesk.ui.shell import Shell

PAGES = [
    PageSpec("gradebook", "Sổ điểm", "table", GradebookPage),
    PageSpec("homeroom", "Rèn luyện", "check-square", HomeroomPage),
    PageSpec("other", "Trang khác", "home", Page),
]
ASKS_AT_CLOSE = True
Start = Callable[[Register], Shell]


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication) -> Iterator[Start]:
    """Begin the program's window on a school; may be done again, as after a restart."""
    if not qapp.styleSheet():
        apply_theme(qapp)
    shells: list[Shell] = []

    def make(register: Register) -> Shell:
        desk = Desk(register.db, year=YEAR)
        made = Shell(desk, PAGES, school=lambda: "Trường", years=lambda: (YEAR,))
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        shells.append(made)
        return made

    yield make
    for shell in shells:
        shell.desk.ask = lambda *_words, **_more: True  # type: ignore[method-assign]
        shell.close()
        shell.deleteLater()


def answers(shell: Shell, *, yes: bool) -> list[str]:
    """Answer every question; what was asked."""
    asked: list[str] = []

    def ask(question: str, *, detail: str = "", **_more: object) -> bool:
        asked.append(f"{question} {detail}")
        return yes

    shell.desk.ask = ask  # type: ignore[method-assign]
    return asked


def gradebook(shell: Shell, register: Register, slot: str = "ck") -> GradebookPage:
    page = shell.go(GradebookPlace(class_id=register.class_id, code="toan", slot=slot))
    assert isinstance(page, GradebookPage)
    page.grid.go(0, page.grid.model.column_of(slot))
    return page


def column(page: GradebookPage | HomeroomPage, slot: str) -> list[str]:
    place = page.grid.model.column_of(slot)
    return [page.grid.model.style(row, place).text for row in range(page.grid.model.rowCount())]


def close(shell: Shell) -> None:
    shell.desk.ask = lambda *_words, **_more: True  # type: ignore[method-assign]
    shell.close()


def test_what_was_refused_is_there_again_after_a_restart(
    start: Start, register: Register, qtbot: QtBot
) -> None:
    register.enter(0, "toan", 1, {"ck": 65})
    page = gradebook(first := start(register), register)
    for text in ("7,25", "abc"):
        type_(qtbot, text)
    assert page.pending.badge.text() == "2 ô chưa nhận" and first._pending.text() == "2 ô chưa nhận"
    steps = register.db.value("select count(*) from journal_step")
    close(first)
    again = start(register)
    assert again._pending.text() == "2 ô chưa nhận", "said before its page is opened"
    page = gradebook(again, register)
    assert column(page, "ck")[:2] == ["7,25", "abc"]
    assert page.grid.model.style(0, page.grid.model.column_of("ck")).bad
    waiting = page.grid.model.refusal(0, page.grid.model.column_of("ck"))
    assert waiting is not None and waiting.fixes == ("7,3", "7,2") and waiting.problems[0].message
    assert register.db.value("select count(*) from journal_step") == steps, "no Step was written"
    page.grid.go(0, page.grid.model.column_of("ck"))
    type_(qtbot, "7,3")
    page.grid.go(1, page.grid.model.column_of("ck"))
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert again.desk.pending.cells == [] and pending(register.db) == []
    assert not page.pending.badge.isVisible() and not again._pending.isVisible()
    assert class_sheet(register.db, register.class_id, "toan", 1).lines[0].marks[-1] == 73


def test_another_subject_and_back_shows_what_waits(start: Start, register: Register, qtbot: QtBot) -> None:
    shell = start(register)
    page = gradebook(shell, register)
    type_(qtbot, "7,25")
    page.open_at(GradebookPlace(code="ngu_van"))
    assert "7,25" not in column(page, "ck") and not page.pending.badge.isVisible()
    assert shell._pending.text() == "1 ô chưa nhận", "the status line still counts it"
    page.open_at(GradebookPlace(code="toan"))
    assert column(page, "ck")[0] == "7,25" and page.pending.badge.isVisible()


def test_a_mark_typed_in_another_column_survives_a_restart_with_its_question(
    start: Start, register: Register, qtbot: QtBot
) -> None:
    page = gradebook(first := start(register), register, "tx1")
    qtbot.keyClick(focused(), KEY.Key_Tab)
    type_(qtbot, "95")
    close(first)
    page = gradebook(start(register), register, "tx1")
    page.grid.go(0, page.grid.model.column_of("tx2"))
    assert column(page, "tx2")[0] == "95"
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert class_sheet(register.db, register.class_id, "toan", 1).lines[0].marks[1] == 95


def test_the_badge_and_the_status_line_lead_to_the_cell(
    start: Start, register: Register, qtbot: QtBot
) -> None:
    shell = start(register)
    page = gradebook(shell, register)
    page.grid.go(2, page.grid.model.column_of("ck"))
    type_(qtbot, "7,25")
    page.grid.go(0, page.grid.model.column_of("tx1"))
    qtbot.mouseClick(page.pending.badge, QtNames.MouseButton.LeftButton)
    assert page.grid.place == (2, page.grid.model.column_of("ck"))
    shell.show_page("other")
    qtbot.mouseClick(shell._pending, QtNames.MouseButton.LeftButton)
    assert shell.current == "gradebook" and page.grid.place == (2, page.grid.model.column_of("ck"))


def test_the_window_asks_before_it_closes(start: Start, register: Register, qtbot: QtBot) -> None:
    shell = start(register)
    page = gradebook(shell, register)
    asked = answers(shell, yes=False)
    type_(qtbot, "7,25")
    shell.close()
    assert shell.isVisible() and len(asked) == 1
    assert "Còn 1 ô chưa nhận" in asked[0] and "9A2 · Toán · Học kì I: 1 ô" in asked[0]
    assert page.grid.place == (0, page.grid.model.column_of("ck")), "and shows the cell"
    answers(shell, yes=True)
    shell.close()
    assert not shell.isVisible() and len(pending(register.db)) == 1


def test_leaving_the_page_asks_once(start: Start, register: Register, qtbot: QtBot) -> None:
    shell = start(register)
    gradebook(shell, register)
    asked = answers(shell, yes=False)
    type_(qtbot, "7,25")
    shell.rail.chosen.emit("other")
    assert shell.current == "gradebook" and len(asked) == 1
    asked = answers(shell, yes=True)
    shell.rail.chosen.emit("other")
    assert shell.current == "other" and asked == [], "nothing new has come to wait"


def test_a_row_that_is_gone_takes_what_waited_in_it_along(
    start: Start, register: Register, qtbot: QtBot
) -> None:
    shell = start(register)
    page = gradebook(shell, register)
    type_(qtbot, "7,25")
    register.db.do(drop_pupil(register))
    page.retyped()
    assert shell.desk.pending.cells == []


def test_what_waits_in_a_class_that_is_no_more_can_be_dropped(
    start: Start, register: Register, qtbot: QtBot
) -> None:
    shell = start(register)
    sheet = PendingPage("gradebook", YEAR, 1, (("class_id", "không còn"), ("code", "toan")), "6A9 · Toán")
    shell.desk.pending.keep(PendingCell(sheet, "ai đó", "tx1", "abc", (Problem("X", "Không nhận."),)))
    asked = answers(shell, yes=True)
    qtbot.mouseClick(shell._pending, QtNames.MouseButton.LeftButton)
    assert len(asked) == 1 and "6A9 · Toán" in asked[0]
    assert shell.desk.pending.cells == [] and not shell._pending.isVisible()


def drop_pupil(register: Register) -> Step:
    return Step("Thử", register.db.drop("pupil", register.pupils[0]))


def test_conduct_and_sessions_that_are_no_such_thing_are_kept(
    start: Start, register: Register, qtbot: QtBot
) -> None:
    register.conduct(0, "TOT")
    first = start(register)
    page = first.go(HomeroomPlace(class_id=register.class_id))
    assert isinstance(page, HomeroomPage)
    page.grid.go(0, page.grid.model.column_of("conduct"))
    type_(qtbot, "xyz")
    page.grid.go(1, page.grid.model.column_of("absent_excused"))
    type_(qtbot, "2x")
    type_(qtbot, "3")
    assert column(page, "conduct")[0] == "xyz" and column(page, "absent_excused")[1:3] == ["2x", "3"]
    style = page.grid.model.style(0, page.grid.model.column_of("conduct"))
    assert style.bad and style.chips == (), "what was typed is seen, not what is stored"
    assert page.pending.badge.text() == "2 ô chưa nhận"
    close(first)
    page = start(register).go(HomeroomPlace(class_id=register.class_id))
    assert isinstance(page, HomeroomPage)
    assert column(page, "conduct")[0] == "xyz" and column(page, "absent_excused")[1:3] == ["2x", "3"]


def test_a_primary_classs_qualities_keep_what_was_refused(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    register = Register(tmp_path / "tieu-hoc", "1A1", levels=("tieu_hoc",))
    try:
        first = start(register)
        page = first.go(HomeroomPlace(class_id=register.class_id))
        assert isinstance(page, HomeroomPage)
        code = page.grid.model.columns[2].key
        page.grid.go(0, 2)
        type_(qtbot, "xx")
        assert column(page, code)[0] == "xx"
        page.quality.turn("gk")
        assert column(page, code)[0] == ""
        page.quality.turn("ck")
        assert column(page, code)[0] == "xx"
        close(first)
        page = start(register).go(HomeroomPlace(class_id=register.class_id))
        assert isinstance(page, HomeroomPage) and column(page, code)[0] == "xx"
    finally:
        register.db.close()
