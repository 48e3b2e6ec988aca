"""The part “Khóa sổ”: the list, and the windows that lock by calendar, open, close a term, seal and check."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from papers import text as paper_text
from PySide6.QtCore import Qt as QtNames
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot
from registers import Register
from schools import YEAR
from windows import fill_form

from edudesk.gradebook.entry.lock_dialog import PermitDialog
from edudesk.gradebook.entry.page_key import CLASS
from edudesk.gradebook.pages.closing import ClosingChoice, ClosingDialog
from edudesk.gradebook.pages.lock_dialogs import CalendarDialog
from edudesk.gradebook.pages.locks import LocksTab
from edudesk.gradebook.pages.seals import MOST, CodeDialog, SealDialog, UnsealDialog, VerifyDialog
from edudesk.gradebook.papers.locks import locks_paper
from edudesk.gradebook.register.locks import lock_marks, read_locks, read_permits, unlock_marks
from edudesk.gradebook.register.marks import MarkEntry, enter_mark
from edudesk.gradebook.register.sealed_pages import Seal, read_seals
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.rules.locks import Scope
from edudesk.gradebook.seals.sealing import open_seal, seal_page
from edudesk.school.store import class_named
from edudesk.ui.application import apply_theme
from edudesk.ui.desk import Desk
from edudesk.ui.table.columns import GroupRow

KEY = QtNames.Key
TODAY = dt.date.today()


class Window:
    def __init__(self, register: Register, qtbot: QtBot) -> None:
        self.register, self.db, self.bot = register, register.db, qtbot
        self.desk = Desk(register.db, year=YEAR)
        self.desk.db.set_local(CLASS, register.class_id)
        self.said: list[tuple[str, bool]] = []
        self.desk.toasted.connect(lambda text, undo: self.said.append((text, undo)))
        self.tab = LocksTab(self.desk)
        self.desk.announced.connect(self.tab.refresh)
        qtbot.addWidget(self.tab)
        self.tab.resize(1160, 600)
        self.tab.show()
        self.tab.refresh()

    def lock(self, **more: object) -> None:
        lock_marks(self.db, [Scope(YEAR, self.register.class_id, **more)], reason="nộp sổ")  # type: ignore[arg-type]

    def dialog(self, kind: type[QDialog]) -> Any:
        (found,) = [
            one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()
        ]
        return found

    def rows(self) -> list[tuple[str, str]]:
        return [(row.what, row.state) for row in self.tab.table.records]

    def close(self) -> None:
        for one in QApplication.topLevelWidgets():
            if isinstance(one, QDialog) and one.isVisible():
                one.reject()
        self.desk.close()


@pytest.fixture
def window(register: Register, qtbot: QtBot, qapp: QApplication) -> Iterator[Window]:
    if not qapp.styleSheet():
        apply_theme(qapp)
    found = Window(register, qtbot)
    yield found
    found.close()


def shown(dialog: QWidget) -> str:
    return " | ".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisible())


# -- the list


def test_a_year_without_locks_says_what_they_are_for_and_offers_the_first(window: Window) -> None:
    assert "chưa khóa sổ nào" in shown(window.tab.body) and "Ctrl+L" in shown(window.tab.body)
    assert not window.tab.open_.isEnabled()
    assert "Chưa khóa sổ nào." in paper_text(locks_paper(window.db, YEAR))


def test_locks_slips_and_seals_stand_in_one_list_with_their_state(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.lock(code="toan", term=1)
    lock_marks(window.db, [Scope(YEAR, term=2)], reason="lịch", starts=TODAY + dt.timedelta(5))
    window.lock(code="ngu_van", term=1)
    seal_page(window.db, window.register.class_id, 1, code="ngu_van", reason="hết kì", accept_missing=True)
    (seal,) = read_seals(window.db.all, YEAR)
    permit = Scope(YEAR, window.register.class_id, "toan", 1, "gk", window.register.pupils[0])
    unlock_marks(window.db, [permit], until=TODAY, reason="phúc khảo", requester="cô Lan")
    states = dict(window.rows())
    assert states == {
        f"Niêm phong {seal.code}, một môn: lớp 9A2, Ngữ văn, HK I": "đang niêm phong",
        "Một môn: lớp 9A2, Ngữ văn, HK I": "đang khóa",
        "Cả trường: HK II": "chờ tới ngày",
        "Một môn: lớp 9A2, Toán, HK I": "khóa, đang mở một phần",
        "Phiếu mở một ô: lớp 9A2, Toán, HK I, GK, Lò Thị Ánh": f"mở đến hết {TODAY:%d/%m/%Y}",
    }
    names = [what for what, _state in window.rows()]
    assert names.index("Một môn: lớp 9A2, Toán, HK I") + 1 == names.index(
        "Phiếu mở một ô: lớp 9A2, Toán, HK I, GK, Lò Thị Ánh"
    )
    assert window.tab.note.text() == "3 khóa sổ, 1 phiếu đang mở, 1 niêm phong"
    said = paper_text(locks_paper(window.db, YEAR))
    assert "– Phiếu mở một ô" in said and "cô Lan xin, văn phòng duyệt" in said and seal.code in said
    open_seal(window.db, seal, reason="sửa tên")
    monkeypatch.setattr("edudesk.gradebook.register.lock_list.today", lambda: TODAY + dt.timedelta(1))
    window.tab.refresh()
    states = dict(window.rows())
    assert states[f"Niêm phong {seal.code}, một môn: lớp 9A2, Ngữ văn, HK I"] == f"đã mở {TODAY:%d/%m/%Y}"
    assert f"hết hạn {TODAY:%d/%m/%Y}" in states.values()


def test_a_step_that_locks_nothing_is_not_read_for(window: Window) -> None:
    seen = window.rows()
    window.tab.refresh(
        enter_mark(window.db, window.register.key(), MarkEntry(window.register.pupils[0], "gk", 70))
    )
    assert window.rows() == seen == []


def test_the_list_is_printed(window: Window, tmp_path: Path) -> None:
    window.desk.save_file = lambda *_: None  # type: ignore[method-assign]
    window.tab.print_list()
    window.desk.save_file = lambda *_: tmp_path / "khóa sổ"  # type: ignore[method-assign]
    window.lock(term=1)
    window.tab.print_list()
    window.bot.waitUntil(lambda: ("Đã ghi tệp khóa sổ.pdf", False) in window.said)
    assert (tmp_path / "khóa sổ.pdf").read_bytes().startswith(b"%PDF")


# -- the calendar, and opening


def test_a_grade_is_locked_from_a_day_on(window: Window) -> None:
    window.tab.lock()
    dialog = window.dialog(CalendarDialog)
    dialog.yes.click()
    assert "Thiếu khóa từ ngày" in shown(dialog) and "Thiếu lí do" in shown(dialog)
    day = TODAY + dt.timedelta(7)
    fill_form(dialog, who="9", term="1", subject="toan", starts=f"{day:%d/%m/%Y}", reason="lịch của trường")
    dialog.yes.click()
    (lock,) = read_locks(window.db.all, YEAR)
    assert (lock.scope, lock.starts) == (Scope(YEAR, window.register.class_id, "toan", 1), day)
    assert window.said == [(f"Đã đặt lịch khóa sổ từ {day:%d/%m/%Y}", False)]
    assert window.rows() == [("Một môn: lớp 9A2, Toán, HK I", "chờ tới ngày")]


def test_the_whole_school_is_locked_for_the_year(window: Window) -> None:
    window.tab.lock()
    dialog = window.dialog(CalendarDialog)
    fill_form(dialog, term="0", starts=f"{TODAY:%d/%m/%Y}", reason="hết năm")
    dialog.yes.click()
    assert read_locks(window.db.all, YEAR)[0].scope == Scope(YEAR)
    window.tab.lock()
    dialog = window.dialog(CalendarDialog)
    fill_form(dialog, term="0", starts=f"{TODAY:%d/%m/%Y}", reason="hết năm")
    dialog.yes.click()
    assert dialog.isVisible() and "Đã khóa từ trước" in shown(dialog)


def test_a_lock_of_the_school_is_opened_for_one_class(window: Window) -> None:
    window.tab.unlock()
    lock_marks(window.db, [Scope(YEAR, term=1)], reason="hết kì")
    window.tab.table.pick(window.tab.table.records[0].id)
    assert window.tab.open_.isEnabled()
    window.tab.open_.click()
    dialog = window.dialog(PermitDialog)
    assert "hết kì" in shown(dialog)
    dialog.yes.click()
    assert "Thiếu phần được mở" in shown(dialog), "opening all of it is not what one gets by pressing Enter"
    fill_form(dialog, what=window.register.class_id, reason="bù", requester="thầy Bình")
    dialog.yes.click()
    (permit,) = read_permits(window.db.all, YEAR)
    assert permit.scope == Scope(YEAR, window.register.class_id, None, 1)


def test_a_lock_of_one_class_is_opened_as_it_is(window: Window) -> None:
    window.lock(term=1)
    window.tab.table.pick(window.tab.table.records[0].id)
    window.tab.unlock()
    dialog = window.dialog(PermitDialog)
    assert dialog.form.boxes["what"].raw() == "all"


# -- closing


@pytest.fixture
def closing(window: Window) -> ClosingDialog:
    window.register.fill(0, 75, terms=(1,))
    window.register.enter(0, "toan", 1, {"tx1": "K", "gk": "V"})
    window.tab.close_term()
    return window.dialog(ClosingDialog)


def decided(dialog: ClosingDialog) -> list[str]:
    return [
        f"{row.cell.value} {'tính' if row.ticked else 'nợ'}"
        for row in dialog.table.records
        if isinstance(row, ClosingChoice)
    ]


def test_closing_lists_what_is_owed_and_proposes_only_what_was_not_handed_in(
    window: Window, closing: ClosingDialog
) -> None:
    assert decided(closing) == ["K tính", "V nợ"]
    groups = [row for row in closing.table.records if isinstance(row, GroupRow)]
    assert groups[0].title == "9A2 · Toán" and groups[0].note.startswith("còn trống")
    assert "Sẽ tính 0 hoặc Chưa đạt 1 ô; còn nợ 1 ô V, P, K" in closing.facts.text()
    assert "2 lớp trong học kì I" in closing.facts.text()
    assert "chưa đối chiếu văn bản gốc" in closing.law.text()


def test_space_turns_a_decision_round_and_the_zeros_are_written_with_the_lock(
    window: Window, closing: ClosingDialog
) -> None:
    table = closing.table
    table.pick(
        next(
            row.cell.key for row in table.records if isinstance(row, ClosingChoice) and row.cell.value == "V"
        )
    )
    window.bot.keyClick(table, KEY.Key_Space)
    assert decided(closing) == ["K tính", "V tính"]
    place = table.visualRect(table.model().index(table.currentIndex().row(), 0)).center()
    window.bot.mouseClick(table.viewport(), QtNames.MouseButton.LeftButton, pos=place)
    assert decided(closing) == ["K tính", "V nợ"]
    window.bot.keyClick(table, KEY.Key_Return)
    window.bot.keyClick(table, KEY.Key_Down)
    closing.yes.click()
    line = class_sheet(window.db, window.register.class_id, "toan", 1).lines[0]
    assert (line.marks[0], line.marks[-2]) == (0, 0)
    assert read_locks(window.db.all, YEAR)[0].scope == Scope(YEAR, term=1)
    assert window.said == [("Đã đóng sổ học kì I: 2 ô tính 0 hoặc Chưa đạt", False)]
    assert not closing.isVisible()


def test_all_or_none_is_ticked_at_once_and_another_class_is_read(
    window: Window, closing: ClosingDialog
) -> None:
    closing.tick("")
    assert decided(closing) == ["K nợ", "V nợ"]
    closing.tick("K")
    assert decided(closing) == ["K tính", "V nợ"]
    closing.classes.choose(class_named(window.db, YEAR, "6A1").id)
    closing.read()
    assert decided(closing) == [] and "cả lớp" in closing.facts.text()
    closing.classes.choose("")
    closing.terms.choose(2)
    closing.read()
    assert closing.form.values()["reason"] == "Đóng sổ học kì II: không nộp bài"


def test_a_refusal_of_closing_stays_and_nothing_is_done(window: Window, closing: ClosingDialog) -> None:
    closing.form.set_values({"reason": ""})
    closing.yes.click()
    assert "Thiếu lí do" in shown(closing)
    closing.form.set_values({"reason": "hết kì"})
    enter_mark(window.db, window.register.key(), MarkEntry(window.register.pupils[0], "tx1", 80))
    closing.yes.click()
    assert closing.isVisible() and "thay đổi sau khi xem" in shown(closing)
    assert read_locks(window.db.all, YEAR) == []
    closing.read()
    assert decided(closing) == ["V nợ"] and "thay đổi" not in shown(closing)


def test_a_locked_letter_cannot_be_ticked(window: Window, closing: ClosingDialog) -> None:
    window.lock(code="toan", term=1)
    closing.read()
    assert decided(closing) == ["K nợ", "V nợ"]
    (cell, *_rest) = [row for row in closing.table.records if isinstance(row, ClosingChoice)]
    closing.turn(cell)
    assert decided(closing)[0] == "K nợ"
    texts = [closing.table.model().index(row, 0).data() for row in range(closing.table.model().rowCount())]
    assert "đã khóa, để nguyên" in texts


# -- seals


def sealed(window: Window) -> Seal:
    window.lock(code="toan", term=1)
    seal_page(window.db, window.register.class_id, 1, code="toan", reason="hết kì", accept_missing=True)
    return read_seals(window.db.all, YEAR)[-1]


def test_a_page_is_sealed_and_its_code_shown_and_copied(window: Window) -> None:
    window.lock(code="toan", term=1)
    window.tab.seal()
    dialog = window.dialog(SealDialog)
    fill_form(dialog, subject="toan", reason="hết kì")
    dialog.yes.click()
    assert "còn thiếu điểm" in shown(dialog) and read_seals(window.db.all, YEAR) == []
    fill_form(dialog, accept="1")
    dialog.yes.click()
    (seal,) = read_seals(window.db.all, YEAR)
    code = window.dialog(CodeDialog)
    assert code.code.text() == seal.code
    code._copy()
    assert QApplication.clipboard().text() == seal.code


def test_a_code_from_paper_is_checked(window: Window) -> None:
    seal = sealed(window)
    window.tab.verify()
    dialog = window.dialog(VerifyDialog)
    dialog.field.setText(seal.code.lower().replace("-", " "))
    window.bot.keyClick(dialog.field, KEY.Key_Return)
    assert "Khớp" in shown(dialog) and "lớp 9A2, Toán" in shown(dialog)
    dialog.field.setText("abc")
    dialog.verify()
    assert "không phải là mã niêm phong" in shown(dialog) and "Khớp" not in shown(dialog)
    dialog.field.setText("00000-00000")
    dialog.verify()
    assert "Không có niêm phong nào" in shown(dialog)


def test_a_page_that_differs_names_its_cells_and_counts_the_rest(window: Window) -> None:
    window.register.fill(0, 75, terms=(1,))
    seal = sealed(window)
    window.db.connection.execute("update mark set value = 50 where code = 'toan'")
    window.tab.table.pick(seal.id)
    window.tab.verify()
    dialog = window.dialog(VerifyDialog)
    assert dialog.field.text() == seal.code
    dialog.check.click()
    assert "KHÔNG khớp" in shown(dialog) and "Lò Thị Ánh, Toán TX1: 7,5 → 5,0" in shown(dialog)
    window.db.connection.execute("update pupil set name = name || ' X', code = code || 'X'")
    dialog.check.click()
    assert "chỗ khác nữa" in shown(dialog) and len(shown(dialog).split(" | ")) < MOST + 8


def test_a_seal_is_opened_with_a_reason_and_only_a_seal_can_be(window: Window) -> None:
    seal = sealed(window)
    window.tab.table.pick(read_locks(window.db.all, YEAR)[0].id)
    window.tab.unseal()
    assert window.said[-1][0].startswith("Chọn một niêm phong")
    window.tab.table.pick(seal.id)
    window.tab.unseal()
    dialog = window.dialog(UnsealDialog)
    dialog.yes.click()
    assert "Thiếu lí do" in shown(dialog)
    fill_form(dialog, reason="phúc khảo")
    dialog.yes.click()
    opened = read_seals(window.db.all, YEAR)[0].opened
    assert opened is not None and opened.reason == "phúc khảo"
