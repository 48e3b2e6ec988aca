"""The slips teachers made in a real register, typed again key by key: each is asked about, or told by the history."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school
from typing_marks import KEY, LEVELS, SHIFT, SLOTS, focused, key, marks, people, put, type_, typed

from edudesk.gradebook.entry import questions
from edudesk.gradebook.entry.page import FROZEN, GradebookPage
from edudesk.gradebook.entry.questions import Questions
from edudesk.gradebook.places import GradebookPlace
from edudesk.gradebook.register.history import mark_history
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.register.typing_choices import TypingChoices, save_typing_choices
from edudesk.storage.database import Database
from edudesk.storage.slice import PageSpec
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.grid.refusal import QuestionCallout
from edudesk.ui.shell import Shell


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "truong", ("9A1",)) as db:
        people(db)
        yield db


@pytest.fixture
def shell(db: Database, qtbot: QtBot, qapp: QApplication) -> Shell:
    if not qapp.styleSheet():
        apply_theme(qapp)
    desk = Desk(db, year=YEAR)
    desk.alert = lambda problems: pytest.fail(problems[0].sentence)  # type: ignore[method-assign]
    pages = [PageSpec("gradebook", "Sổ điểm", "table", GradebookPage)]
    made = Shell(desk, pages, school=lambda: "Trường", years=lambda: (YEAR,))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    return made


def open_page(shell: Shell, slot: str = "ck") -> GradebookPage:
    page = shell.go(GradebookPlace(class_id=key(shell.desk.db).class_id, code="toan"))
    assert isinstance(page, GradebookPage)
    page.enter(page.grid.model.column_of(slot))
    page.grid.go(0, page.grid.model.column_of(slot))
    return page


def column(page: GradebookPage, slot: str) -> list[str]:
    place = page.grid.model.column_of(slot)
    return [page.grid.model.style(row, place).text for row in range(page.grid.model.rowCount())]


def stored(db: Database, slot: str) -> list[object]:
    sheet = class_sheet(db, key(db).class_id, "toan", 1)
    place = [one.slot for one in sheet.columns].index(slot)
    return [line.marks[place] for line in sheet.lines]


def others(db: Database, *, besides: str = "ck") -> None:
    for place, slot in enumerate(SLOTS):
        if slot != besides:
            put(db, slot, list(marks(place)))


def asked(page: GradebookPage) -> Questions:
    """What the page asks once the hands rest."""
    page.settle()
    return page.controllers.questions


def press(page: GradebookPage, words: str) -> None:
    one = next(button for button in asked(page).strip.buttons if button.text().startswith(words))
    one.click()


# -- the wrong column


def question(page: GradebookPage) -> str:
    """What is asked beside a cell now; "" for nothing."""
    asking = [one for one in page.window().findChildren(QuestionCallout) if one.isVisible()]
    return " ".join(one.text() for one in asking[0].findChildren(QLabel)) if asking else ""


def test_a_mark_typed_in_another_column_is_kept_and_asked_about_at_its_cell(
    shell: Shell, qtbot: QtBot
) -> None:
    page = open_page(shell, "tx2")
    type_(qtbot, "8", KEY.Key_Tab)
    type_(qtbot, "95")
    assert column(page, "tx2")[0] == "8,0" and stored(shell.desk.db, "tx3") == [None] * len(
        column(page, "tx3")
    )
    assert column(page, "tx3")[0] == "95", "what was typed stands in its cell"
    assert "Ghi “95” vào ĐĐGtx3?" in question(page)
    assert "Đang nhập ĐĐGtx2. Chuyển sang nhập ĐĐGtx3?" in question(page)
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert stored(shell.desk.db, "tx3")[0] == 95 and not question(page)
    assert page.grid.active == page.grid.model.column_of("tx3") and not page.grid.model.refusals


def test_escape_drops_it_and_goes_back(shell: Shell, qtbot: QtBot) -> None:
    page = open_page(shell, "tx2")
    qtbot.keyClick(focused(), KEY.Key_Tab)
    type_(qtbot, "7")
    qtbot.keyClick(focused(), KEY.Key_Escape)
    assert column(page, "tx3")[0] == "" and not question(page)
    assert page.grid.place == (0, page.grid.model.column_of("tx2"))
    assert shell.desk.pending.cells == []


def test_whoever_types_on_without_looking_fills_the_rows_that_were_meant(shell: Shell, qtbot: QtBot) -> None:
    page = open_page(shell, "tx2")
    qtbot.keyClick(focused(), KEY.Key_Tab)
    for mark in ("95", "80", "7"):
        type_(qtbot, mark)
    assert column(page, "tx3")[:3] == ["95", "80", "7"] and len(shell.desk.pending.cells) == 3
    assert stored(shell.desk.db, "tx3")[:3] == [None] * 3
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert stored(shell.desk.db, "tx3")[:3] == [95, 80, 70] and shell.desk.pending.cells == []


def test_space_agrees_too_and_enter_before_typing_begins_the_column(shell: Shell, qtbot: QtBot) -> None:
    page = open_page(shell, "tx2")
    qtbot.keyClick(focused(), KEY.Key_Tab)
    type_(qtbot, "7")
    qtbot.keyClick(focused(), KEY.Key_Space)
    assert column(page, "tx3")[0] == "7,0"
    qtbot.keyClick(focused(), KEY.Key_Tab)
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert page.grid.place[0] == 1, "Enter in another column only begins to enter it"
    type_(qtbot, "6")
    assert column(page, "tx4")[:2] == ["", "6,0"]


def test_a_letter_and_a_deletion_in_another_column_are_asked_about_too(shell: Shell, qtbot: QtBot) -> None:
    put(shell.desk.db, "tx3", [60])
    page = open_page(shell, "tx2")
    page.grid.go(0, page.grid.model.column_of("tx3"))
    qtbot.keyClick(focused(), KEY.Key_Delete)
    assert stored(shell.desk.db, "tx3")[0] == 60 and "Xóa ô này ở ĐĐGtx3?" in question(page)
    qtbot.keyClick(focused(), KEY.Key_Escape)
    page.grid.go(0, page.grid.model.column_of("tx3"))
    qtbot.keyClick(focused(), KEY.Key_V)
    assert stored(shell.desk.db, "tx3")[0] == 60 and "Ghi “V” vào ĐĐGtx3?" in question(page)
    qtbot.keyClick(focused(), KEY.Key_Return)
    assert stored(shell.desk.db, "tx3")[0] == "V"


def test_many_cells_of_another_column_are_written_only_when_one_says_so(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(shell.desk.db, "tx3", [60])
    page = open_page(shell, "tx2")
    answers: list[str] = []
    for sure in (False, True):
        monkeypatch.setattr(shell.desk, "ask", lambda said, sure=sure, **_kw: answers.append(said) or sure)
        page.grid.go(0, page.grid.model.column_of("tx3"))
        qtbot.keyClick(focused(), KEY.Key_D, QtNames.KeyboardModifier.ControlModifier)
        assert (stored(shell.desk.db, "tx3")[1] == 60) is sure
    assert len(answers) == 2 and page.grid.active == page.grid.model.column_of("tx3")


def test_who_types_along_the_row_can_turn_it_off(shell: Shell, qtbot: QtBot) -> None:
    save_typing_choices(shell.desk.db, TypingChoices(one_column=False))
    page = open_page(shell, "tx1")
    page.controllers.column.reread()
    type_(qtbot, "8", KEY.Key_Tab)
    type_(qtbot, "9")
    assert [column(page, slot)[0] for slot in ("tx1", "tx2")] == ["8,0", "9,0"]


def test_three_marks_typed_over_are_asked_about_and_given_back_at_once(shell: Shell, qtbot: QtBot) -> None:
    others(shell.desk.db)
    page = open_page(shell, "gk")
    page.grid.go(0, page.grid.model.column_of("gk"))
    before = stored(shell.desk.db, "gk")
    for text in ("1", "2"):
        type_(qtbot, text)
    assert not any(one.question.code == "REPLACED" for one in asked(page).open_)
    type_(qtbot, "3")
    assert asked(page).strip.words.text().startswith("Cột ĐĐGgk đã có điểm từ trước; vừa thay 3 điểm")
    press(page, "Trả lại 3 điểm cũ")
    assert stored(shell.desk.db, "gk") == before and asked(page).strip.isHidden()
    shell.desk.undo()
    assert stored(shell.desk.db, "gk")[:3] == [10, 20, 30], "given back in one Step"


def test_no_key_waits_for_the_questions_they_come_when_the_hands_rest(
    shell: Shell, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "REST", 500)  # longer than a slow machine takes for three marks
    others(shell.desk.db)
    page = open_page(shell, "gk")
    page.grid.go(0, page.grid.model.column_of("gk"))
    for text in ("1", "2", "3"):
        type_(qtbot, text)
    asked = page.controllers.questions
    assert not asked.open_ and asked.strip.isHidden()
    qtbot.waitUntil(lambda: bool(asked.open_))
    assert asked.strip.isVisible() and page.grid.place[0] == 3


# -- the wrong row


def test_a_column_typed_one_row_too_high_is_asked_about_and_moved_by_one_click(
    shell: Shell, qtbot: QtBot
) -> None:
    db = shell.desk.db
    others(db)
    page = open_page(shell)
    right = marks(5)
    for mark in [*right[:3], *right[4:]]:
        type_(qtbot, typed(mark))
    assert stored(db, "ck") == [*right[:3], *right[4:], None]
    found = asked(page).open_[0]
    assert found.question.code == "SHIFTED" and found.question.other == 1
    assert "dời xuống một dòng" in asked(page).strip.words.text()
    assert page.grid.right.hasFocus(), "a question never takes the keyboard"
    start = found.question.rows[0]
    press(page, "Dời điểm từ số")
    assert stored(db, "ck")[5:] == right[5:] and stored(db, "ck")[start] is None
    assert not any(one.question.code == "SHIFTED" for one in asked(page).open_)
    shell.desk.undo()
    assert stored(db, "ck") == [*right[:3], *right[4:], None]


def test_what_is_right_is_said_once_and_asked_again_when_the_marks_change(shell: Shell, qtbot: QtBot) -> None:
    db = shell.desk.db
    others(db)
    right = marks(5)
    put(db, "ck", [*right[:3], None, *right[3:-1]])
    page = open_page(shell)
    assert [one.question.code for one in asked(page).open_][:1] == ["SHIFTED"]
    qtbot.keyClick(focused(), KEY.Key_F8)
    assert page.grid.place == (4, page.grid.model.column_of("ck"))
    while asked(page).open_:
        qtbot.keyClick(focused(), KEY.Key_F8, SHIFT)
    assert asked(page).strip.isHidden()
    again = Questions(shell.desk, page.grid, lambda: page.sheet, first=FROZEN)
    again.check(page.sheet, page.grid.active)
    assert again.open_ == (), "remembered on this PC"
    page.grid.go(6, page.grid.model.column_of("ck"))
    type_(qtbot, "5")
    assert {one.question.code for one in asked(page).open_} & {"SHIFTED", "ORDER"}


def test_a_mark_far_off_is_amber_until_it_is_said_to_be_right(shell: Shell, qtbot: QtBot) -> None:
    others(shell.desk.db)
    page = open_page(shell)
    page.grid.go(1, page.grid.model.column_of("ck"))
    type_(qtbot, "2")
    page.settle()
    style = page.grid.model.style(1, page.grid.model.column_of("ck"))
    assert style.ask and "được 2,0" in style.tip
    press(page, "Đúng rồi")
    style = page.grid.model.style(1, page.grid.model.column_of("ck"))
    assert not style.ask and asked(page).strip.isHidden()


def test_a_low_mark_is_noted_without_a_question(shell: Shell, qtbot: QtBot) -> None:
    page = open_page(shell)
    type_(qtbot, "3")
    page.settle()
    style = page.grid.model.style(0, page.grid.model.column_of("ck"))
    assert (style.ask, style.tip) == (False, "Điểm dưới 3,5.") and asked(page).strip.isHidden()


# -- delete, then enter again


def test_deleting_and_entering_again_is_told_by_the_history(shell: Shell, qtbot: QtBot) -> None:
    db = shell.desk.db
    page = open_page(shell)
    type_(qtbot, "85")
    page.grid.go(0, page.grid.model.column_of("ck"))
    qtbot.keyClick(focused(), KEY.Key_Delete)
    type_(qtbot, "58")
    pupil = class_sheet(db, key(db).class_id, "toan", 1).lines[0].pupil_id
    told = mark_history(db, key(db), pupil_id=pupil, slot="ck")
    assert [(one.old, one.new, one.first) for one in told] == [
        (None, 85, True),
        (85, None, False),
        (None, 58, False),
    ]
    assert all(one.actor and one.wall for one in told)


@pytest.mark.parametrize("count", [3, len(LEVELS)])
def test_a_column_deleted_and_typed_again_is_asked_about_when_it_was_of_before(
    shell: Shell, qtbot: QtBot, count: int
) -> None:
    others(shell.desk.db, besides="")
    page = open_page(shell)
    for row in range(count):
        page.grid.go(row, page.grid.model.column_of("ck"))
        qtbot.keyClick(focused(), KEY.Key_Delete)
    assert asked(page).open_[0].question.code == "REPLACED"
    for row, mark in enumerate(marks(5)[:count]):
        page.grid.go(row, page.grid.model.column_of("ck"))
        type_(qtbot, typed(mark))
    assert asked(page).strip.isHidden(), "the same marks again are no change"
