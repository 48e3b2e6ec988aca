"""A column read back: what the sheet says, when it opens, the paper to tick, that it was done."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from papers import text
from primaries import Primary
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from schools import YEAR, make_school
from typing_marks import KEY, LEVELS, key, marks, people, put

from edudesk.gradebook.anomalies.readback import checked_on, note_checked, read_back
from edudesk.gradebook.entry.page import FROZEN
from edudesk.gradebook.entry.readback_sheet import ReadBackDialog
from edudesk.gradebook.entry.readbacks import ReadBacks
from edudesk.gradebook.papers.readback import read_back_paper
from edudesk.gradebook.register.marks import MarkEntry, enter_mark, enter_marks
from edudesk.gradebook.register.sheet import ClassSheet, class_sheet
from edudesk.gradebook.register.typing_choices import TypingChoices, save_typing_choices
from edudesk.kernel.errors import Refused
from edudesk.paper.document import write_pdf
from edudesk.storage.database import Database
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid
from edudesk.ui.keys import on_key

DAY = dt.date(2026, 11, 22)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with make_school(tmp_path / "truong", ("9A1",)) as db:
        people(db)
        yield db


def sheet(db: Database, code: str = "toan") -> ClassSheet:
    return class_sheet(db, key(db).class_id, code, 1)


def test_the_figures_the_ends_and_the_column_before(db: Database) -> None:
    put(db, "tx1", [70] * len(LEVELS))
    put(db, "gk", [*range(30, 30 + 4 * len(LEVELS), 4)])
    back = read_back(sheet(db), 4)
    assert back.read is not None and (back.read.count, back.missing) == (18, 0)
    assert [back.mark(line) for line in back.best] == [98, 94, 90, 86, 82]
    assert [back.mark(line) for line in back.worst] == [30, 34, 38, 42, 46]
    assert back.before is not None
    assert (back.before.label, back.before.mean, back.before.rose, back.before.fell) == ("ĐĐGtx1", 70, 2, 5)
    assert read_back(sheet(db), 0).before is None


def test_a_comment_column_has_no_figures_and_what_is_missing_is_counted(db: Database) -> None:
    back = read_back(sheet(db, "gdtc"), 0)
    assert back.read is None and back.missing == len(LEVELS) and back.questions == ()


def test_that_it_was_read_back_holds_while_the_marks_stand(db: Database) -> None:
    put(db, "gk", list(marks(4)))
    assert checked_on(db, sheet(db), 4) is None
    note_checked(db, sheet(db), 4, day=DAY)
    assert checked_on(db, sheet(db), 4) == DAY
    enter_mark(db, key(db), MarkEntry(sheet(db).lines[0].pupil_id, "gk", 99))
    assert checked_on(db, sheet(db), 4) is None


def test_the_paper_has_every_mark_once_on_one_page_and_is_a_draft_while_something_is_owed(
    db: Database, tmp_path: Path
) -> None:
    put(db, "gk", [*marks(4)[:-1], None])
    paper = read_back_paper(db, key(db).class_id, "toan", 1, day=DAY)
    said = text(paper)
    assert paper.draft and "Cột ĐĐGgk" in said and "Có điểm: 17/18 em." in said
    assert all(line.name in said for line in sheet(db).lines)
    assert write_pdf(tmp_path / "soat.pdf", paper) == 1
    enter_mark(db, key(db), MarkEntry(sheet(db).lines[-1].pupil_id, "gk", 70))
    assert not read_back_paper(db, key(db).class_id, "toan", 1, slot="gk").draft


def test_a_question_of_one_mark_is_tinted_on_the_paper(db: Database) -> None:
    for place, slot in enumerate(("tx1", "tx2", "gk")):
        put(db, slot, list(marks(place)))
    enter_mark(db, key(db), MarkEntry(sheet(db).lines[1].pupil_id, "gk", 10))
    assert "Ô tô nền: điểm nên xem lại." in text(read_back_paper(db, key(db).class_id, "toan", 1, slot="gk"))


def test_what_cannot_be_printed_is_said(db: Database) -> None:
    with pytest.raises(Refused, match="một học kì") as no:
        read_back_paper(db, key(db).class_id, "toan", 0)
    assert no.value.code == "TERM_WANTED"
    with pytest.raises(Refused) as no:
        read_back_paper(db, key(db).class_id, "toan", 1, slot="tx9")
    assert no.value.code == "MARK_SLOT"


# -- in the window


@pytest.fixture
def grid(qtbot: QtBot, qapp: QApplication) -> Grid:
    from edudesk.ui.table.columns import Column

    if not qapp.styleSheet():
        apply_theme(qapp)
    names = ("number", "name", "tx1", "tx2", "tx3", "tx4", "gk", "ck")
    made = Grid([Column(name, name, lambda _line: "") for name in names], frozen=FROZEN)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def backs(db: Database, grid: Grid, went: list[int]) -> ReadBacks:
    desk = Desk(db, year=YEAR)
    made = ReadBacks(desk, grid, lambda: sheet(db), first=FROZEN, enter=went.append)
    on_key(grid.right, "F7", made.open)
    grid.set_rows(sheet(db).lines, key=lambda line: line.pupil_id)
    grid.set_active("gk")
    return made


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def last_mark(db: Database, made: ReadBacks) -> None:
    put(db, "gk", [*marks(4)[:-1], None])
    made.check(sheet(db), FROZEN + 4)
    put(db, "gk", list(marks(4)))
    made.check(sheet(db), FROZEN + 4)


def test_it_opens_when_the_last_mark_is_there_and_enter_goes_to_the_next_column(
    db: Database, grid: Grid, qtbot: QtBot
) -> None:
    went: list[int] = []
    made = backs(db, grid, went)
    last_mark(db, made)
    qtbot.waitUntil(lambda: made.dialog is not None)
    dialog = made.dialog
    assert isinstance(dialog, ReadBackDialog) and not dialog.isModal()
    said = words(dialog)
    assert "Soát lại cột ĐĐGgk" in said and "18/18" in said and "Không có điểm nào phải hỏi." in said
    qtbot.keyClick(dialog, KEY.Key_Return)
    assert made.dialog is None and went == [FROZEN + 5] and grid.place == (0, FROZEN + 5)
    assert made.checked_words(sheet(db), FROZEN + 4).startswith("đã soát")


def test_escape_closes_it_and_remembers_nothing(db: Database, grid: Grid, qtbot: QtBot) -> None:
    went: list[int] = []
    made = backs(db, grid, went)
    qtbot.keyClick(grid.right, KEY.Key_F7)
    assert made.dialog is not None
    qtbot.keyClick(made.dialog, KEY.Key_Escape)
    assert made.dialog is None and went == [] and made.checked_words(sheet(db), FROZEN + 4) == ""


def test_whoever_types_on_without_a_look_types_in_the_grid(db: Database, grid: Grid, qtbot: QtBot) -> None:
    made = backs(db, grid, [])
    keys: list[str] = []
    last_mark(db, made)
    qtbot.waitUntil(lambda: made.dialog is not None)
    assert made.dialog is not None

    class Listener(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                keys.append(event.text())
            return False

    listener = Listener()
    grid.right.installEventFilter(listener)
    qtbot.keyClick(made.dialog.yes, KEY.Key_8)
    assert made.dialog is None and keys == ["8"]


def test_it_stays_away_where_that_was_chosen(db: Database, grid: Grid, qtbot: QtBot) -> None:
    save_typing_choices(db, TypingChoices(read_back=False))
    made = backs(db, grid, [])
    last_mark(db, made)
    qtbot.wait(50)
    assert made.dialog is None


def test_a_comment_column_counts_passes(db: Database, qtbot: QtBot, grid: Grid) -> None:
    found = sheet(db, "gdtc")
    entries = [MarkEntry(line.pupil_id, "tx1", "D") for line in found.lines]
    enter_marks(db, key(db, "gdtc"), [*entries[1:], MarkEntry(found.lines[0].pupil_id, "tx1", "CD")])
    dialog = ReadBackDialog(
        read_back(sheet(db, "gdtc"), 0),
        grid,
        checked=lambda: None,
        print_=lambda: None,
        type_on=lambda _key: None,
    )
    assert {"Đạt", "17", "Chưa đạt", "1"} <= set(words(dialog))


def test_a_column_of_levels_counts_the_levels_of_primary_school(
    tmp_path: Path, qtbot: QtBot, grid: Grid
) -> None:
    primary = Primary(tmp_path / "tiểu học")
    try:
        primary.levels(0, "T", 90)
        primary.levels(1, "C", 40)
        found = class_sheet(primary.db, primary.class_id, "toan", 1)
        places = {column.slot: place for place, column in enumerate(found.columns)}
        level = read_back(found, places["ck"])
        assert (level.read, level.before) == (None, None), "a level is no number to compare with a test"
        dialog = ReadBackDialog(
            level, grid, checked=lambda: None, print_=lambda: None, type_on=lambda _key: None
        )
        said = words(dialog)
        assert (
            said[said.index("Hoàn thành tốt") + 1] == "1" and said[said.index("Chưa hoàn thành") + 1] == "1"
        )
        test = read_back(found, places["kck"])
        assert test.read is not None and test.read.mean == 65
        said = words(
            ReadBackDialog(test, grid, checked=lambda: None, print_=lambda: None, type_on=lambda _key: None)
        )
        assert any(one.startswith("9  ") for one in said), "tests of primary school have no decimals"
    finally:
        primary.db.close()
