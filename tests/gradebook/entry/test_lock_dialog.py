"""Ctrl+L by real keys: lock from the cell on, and the permit that opens it again."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from registers import Register
from schools import YEAR

from edudesk.gradebook.entry.columns import grid_columns
from edudesk.gradebook.entry.lock_dialog import LockController, LockDialog, PermitDialog
from edudesk.gradebook.entry.page_key import PageKey
from edudesk.gradebook.register.locks import lock_marks, read_locks, read_permits
from edudesk.gradebook.register.sheet import ClassSheet, class_sheet
from edudesk.gradebook.rules.locks import Scope
from edudesk.gradebook.seals.sealing import seal_page
from edudesk.kernel.access import Author
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog
from edudesk.ui.grid.entry import Grid
from edudesk.ui.keys import on_key

KEY = QtNames.Key
CTRL = QtNames.KeyboardModifier.ControlModifier
TODAY = dt.date.today()


class Window:
    """A grid of toan, term 1, with Ctrl+L on it."""

    def __init__(self, register: Register, qtbot: QtBot) -> None:
        self.bot, self.register = qtbot, register
        self.desk = Desk(register.db, year=YEAR)
        self.said: list[tuple[str, bool]] = []
        self.desk.toasted.connect(lambda text, undo: self.said.append((text, undo)))
        self.term = 1
        sheet = self.sheet()
        self.grid = Grid(grid_columns(sheet, lambda *_: None, lambda *_: None))
        self.grid.set_rows(sheet.lines, key=lambda line: line.pupil_id)
        place = lambda: PageKey(YEAR, self.term, register.class_id, "toan")  # noqa: E731
        self.locks = LockController(self.desk, self.grid, self.sheet, place)
        on_key(self.grid, "Ctrl+L", self.locks.open)
        qtbot.addWidget(self.grid)
        self.grid.resize(900, 400)
        self.grid.show()
        self.grid.activateWindow()
        qtbot.waitExposed(self.grid)

    def sheet(self) -> ClassSheet:
        return class_sheet(self.register.db, self.register.class_id, "toan", self.term)

    def press(self, slot: str, row: int = 0) -> FormDialog | None:
        """Ctrl+L on a cell; the window that opened."""
        self.grid.set_rows(self.sheet().lines, key=lambda line: line.pupil_id)
        self.grid.go(row, self.grid.model.column_of(slot))
        self.bot.keyClick(self.grid.right, KEY.Key_L, CTRL)
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, FormDialog) and w.isVisible()]
        return found[0] if found else None

    def close(self) -> None:
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, FormDialog) and dialog.isVisible():
                dialog.reject()
        self.desk.close()


@pytest.fixture
def window(register: Register, qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    register.enter(0, "toan", 1, {"gk": 70})
    register.enter(1, "toan", 1, {"gk": "V"})
    found = Window(register, qtbot)
    yield found
    found.close()


def field(dialog: FormDialog, key: str) -> QWidget:
    return dialog.form.boxes[key].input


def type_in(qtbot: QtBot, dialog: FormDialog, key: str, words: str) -> None:
    line = field(dialog, key)
    assert isinstance(line, QLineEdit)
    line.clear()
    line.insert(words)  # letters above ASCII come from an input method, not from keys
    qtbot.keyClick(line, KEY.Key_End)


def choose(dialog: FormDialog, key: str) -> None:
    box = field(dialog, "what")
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def shown(dialog: QWidget) -> str:
    return " | ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


def locked(window: Window, **more: object) -> None:
    lock_marks(window.register.db, [Scope(YEAR, window.register.class_id, **more)], reason="nộp sổ")  # type: ignore[arg-type]


def test_the_active_column_is_locked_after_its_reason_is_given(window: Window, qtbot: QtBot) -> None:
    dialog = window.press("gk")
    assert isinstance(dialog, LockDialog)
    assert "Có 1 điểm, còn thiếu 3" in dialog.facts.text()
    assert dialog.form.boxes["what"].raw() == "column"
    qtbot.keyClick(field(dialog, "reason"), KEY.Key_Return)
    assert (
        dialog.isVisible()
        and "Thiếu lí do" in shown(dialog)
        and read_locks(window.register.db.all, YEAR) == []
    )
    type_in(qtbot, dialog, "reason", "nộp sổ")
    qtbot.keyClick(field(dialog, "reason"), KEY.Key_Return)
    (lock,) = read_locks(window.register.db.all, YEAR)
    assert lock.scope == Scope(YEAR, window.register.class_id, "toan", 1, "gk") and lock.reason == "nộp sổ"
    assert window.said == [("Đã khóa: Cột GK môn Toán lớp 9A2", False)], (
        "a lock is not undone, so nothing offers it"
    )


def test_the_count_follows_what_is_chosen(window: Window, qtbot: QtBot) -> None:
    dialog = window.press("gk")
    assert isinstance(dialog, LockDialog)
    for key, words in (
        ("cell", "Có 1 điểm, không thiếu"),
        ("class_subject", "còn thiếu 23"),
        ("school", "còn thiếu"),
    ):
        choose(dialog, key)
        assert words in dialog.facts.text(), key
    dialog.reject()


def test_a_calendar_lock_waits_for_its_day_and_a_teacher_is_not_offered_one(
    window: Window, qtbot: QtBot
) -> None:
    dialog = window.press("gk")
    assert dialog is not None
    type_in(qtbot, dialog, "reason", "lịch")
    type_in(qtbot, dialog, "starts", (TODAY + dt.timedelta(9)).strftime("%d/%m/%Y"))
    choose(dialog, "term")
    dialog.yes.click()
    (lock,) = read_locks(window.register.db.all, YEAR)
    assert lock.starts == TODAY + dt.timedelta(9) and lock.scope == Scope(YEAR, term=1)
    assert window.said[0][0].startswith("Đặt lịch khóa từ")
    window.register.db.author = Author("lan", "subject_teacher")
    dialog = window.press("gk")
    assert dialog is not None and "starts" not in dialog.form.boxes
    dialog.reject()


def test_a_refusal_stays_in_the_window(window: Window, qtbot: QtBot) -> None:
    locked(window, code="toan", term=1, slot="gk")
    dialog = window.press("ck")
    assert dialog is not None
    lock_marks(window.register.db, [Scope(YEAR, window.register.class_id, "toan", 1, "ck")], reason="x")
    type_in(qtbot, dialog, "reason", "lại")
    dialog.yes.click()
    assert dialog.isVisible() and "Đã khóa từ trước" in shown(dialog) and window.said == []
    dialog.reject()


def test_a_locked_cell_says_who_and_why_and_a_permit_opens_it(window: Window, qtbot: QtBot) -> None:
    locked(window, code="toan", term=1, slot="gk")
    dialog = window.press("gk")
    assert isinstance(dialog, PermitDialog)
    assert (
        "nộp sổ" in shown(dialog)
        and "Người duyệt: văn phòng" in shown(dialog)
        and "tự khóa lại" in shown(dialog)
    )
    tomorrow = TODAY + dt.timedelta(1)
    assert dialog.form.boxes["until"].raw() == tomorrow.strftime("%d/%m/%Y")
    type_in(qtbot, dialog, "until", "01/01/2020")
    dialog.yes.click()
    assert "Thiếu lí do" in shown(dialog) and "Thiếu người xin mở" in shown(dialog)
    type_in(qtbot, dialog, "reason", "vào nhầm")
    type_in(qtbot, dialog, "requester", "cô Lan")
    dialog.yes.click()
    assert "Hạn mở khóa đã qua" in shown(dialog) and read_permits(window.register.db.all, YEAR) == []
    type_in(qtbot, dialog, "until", tomorrow.strftime("%d/%m/%Y"))
    dialog.yes.click()
    (permit,) = read_permits(window.register.db.all, YEAR)
    assert (permit.requester, permit.reason, permit.expires) == ("cô Lan", "vào nhầm", tomorrow)
    assert permit.scope == Scope(YEAR, window.register.class_id, "toan", 1, "gk", window.register.pupils[0])
    assert isinstance(window.press("gk"), LockDialog), "open again"


def test_a_locked_comment_is_opened_with_its_subject(window: Window, qtbot: QtBot) -> None:
    locked(window, code="toan", term=1)
    dialog = window.press("comment")
    assert isinstance(dialog, PermitDialog)
    assert dialog.form.boxes["what"].raw() == "class_subject"
    dialog.reject()
    assert isinstance(window.press("average"), PermitDialog), "the whole page is locked"


def test_beside_the_marks_the_subject_is_locked(window: Window, qtbot: QtBot) -> None:
    dialog = window.press("average")
    assert isinstance(dialog, LockDialog) and dialog.form.boxes["what"].raw() == "class_subject"


def test_a_sealed_page_takes_no_permit_and_the_year_no_lock(window: Window, qtbot: QtBot) -> None:
    locked(window, code="toan", term=1)
    db, class_id = window.register.db, window.register.class_id
    seal_page(db, class_id, 1, code="toan", reason="hết kì", accept_missing=True)
    assert window.press("gk") is None
    assert "niêm phong" in window.said[-1][0]
    window.term = 0
    window.locks.open()
    assert "Chọn một học kì" in window.said[-1][0]
