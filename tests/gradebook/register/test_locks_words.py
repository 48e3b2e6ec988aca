"""Locks hold what is said of pupils too: the subjects' comments, the homeroom teacher's record."""

from __future__ import annotations

import datetime as dt

import pytest
from pytestqt.qtbot import QtBot
from registers import Register
from schools import YEAR

from edudesk.gradebook.pages.homeroom import HomeroomPage
from edudesk.gradebook.places import HomeroomPlace
from edudesk.gradebook.register.locks import lock_marks, unlock_marks
from edudesk.gradebook.register.marks import homeroom_lines, save_subject_comment, save_term_record
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.rules.locks import Scope
from edudesk.kernel.errors import Refused
from edudesk.school.store import class_named
from edudesk.students.store import move_to_class
from edudesk.ui.desk import Desk


def locked(register: Register, **more: object) -> None:
    lock_marks(register.db, [Scope(YEAR, register.class_id, **more)], reason="nộp sổ")  # type: ignore[arg-type]


def comment(register: Register, code: str = "toan", *, term: int = 1, words: str = "Chăm.") -> None:
    save_subject_comment(register.db, register.key(code, term), register.pupils[0], words)


def record(register: Register, *, term: int = 1, level: str = "TOT") -> None:
    save_term_record(register.db, register.class_id, term, pupil_id=register.pupils[0], conduct=level)


def refused(action: object, *args: object, **more: object) -> Refused:
    with pytest.raises(Refused) as said:
        action(*args, **more)  # type: ignore[operator]
    return said.value


def test_a_lock_of_a_subject_holds_its_comments_and_no_others(register: Register) -> None:
    comment(register)
    locked(register, code="toan", term=1)
    for words in ("Chăm hơn.", ""):
        found = refused(comment, register, words=words)
        assert found.code == "LOCKED" and found.sentence.startswith("Lò Thị Ánh: Đã khóa sổ")
    comment(register, "ngu_van")
    comment(register, term=2)
    record(register)
    assert "nộp sổ" in class_sheet(register.db, register.class_id, "toan", 1).lines[0].comment_lock
    assert not class_sheet(register.db, register.class_id, "toan", 2).lines[0].comment_lock


def test_a_lock_of_a_column_holds_neither_comment_nor_record(register: Register) -> None:
    locked(register, code="toan", term=1, slot="gk")
    comment(register)
    record(register)
    assert not class_sheet(register.db, register.class_id, "toan", 1).lines[0].comment_lock


def test_a_lock_of_a_class_holds_the_homeroom_record(register: Register) -> None:
    record(register)
    locked(register, term=1)
    assert refused(record, register, level="KHA").code == "LOCKED"
    assert refused(comment, register).code == "LOCKED"
    record(register, term=2)
    lines = homeroom_lines(register.db, register.class_id, 1)
    assert all("nộp sổ" in line.lock for line in lines)
    assert not any(line.lock for line in homeroom_lines(register.db, register.class_id, 2))
    assert not any(
        line.lock for line in homeroom_lines(register.db, class_named(register.db, YEAR, "6A1").id, 1)
    )


def test_undo_does_not_reach_into_a_locked_record_and_a_permit_opens_it(register: Register) -> None:
    record(register)
    locked(register, term=1)
    assert refused(register.db.undo).code == "LOCKED"
    here = Scope(YEAR, register.class_id, term=1, pupil_id=register.pupils[0])
    unlock_marks(register.db, [here], until=dt.date.today(), reason="sửa")
    record(register, level="KHA")
    comment(register)
    other = register.pupils[1]
    found = refused(save_term_record, register.db, register.class_id, 1, pupil_id=other, conduct="TOT")
    assert found.code == "LOCKED"


def test_a_permit_of_a_subject_opens_no_homeroom_record(register: Register) -> None:
    locked(register, term=1)
    unlock_marks(
        register.db, [Scope(YEAR, register.class_id, "toan", 1)], until=dt.date.today(), reason="sửa"
    )
    comment(register)
    assert refused(record, register).code == "LOCKED"


def test_what_a_pupil_brought_along_is_held_by_the_class_it_was_written_in(register: Register) -> None:
    comment(register)
    record(register)
    locked(register, term=1)
    other = class_named(register.db, YEAR, "6A1").id
    move_to_class(register.db, register.pupils[0], YEAR, other)
    assert "nộp sổ" in class_sheet(register.db, other, "toan", 1).lines[0].comment_lock
    assert "nộp sổ" in homeroom_lines(register.db, other, 1)[0].lock
    found = refused(save_term_record, register.db, other, 1, pupil_id=register.pupils[0], conduct="KHA")
    assert found.code == "LOCKED"


def test_the_homeroom_page_shows_the_lock_and_a_key_says_whom_to_ask(
    register: Register, qtbot: QtBot
) -> None:
    desk = Desk(register.db, year=YEAR)
    page = HomeroomPage(desk)
    qtbot.addWidget(page)
    page.open_at(HomeroomPlace(class_id=register.class_id))
    said: list[str] = []
    desk.toasted.connect(lambda text, _undo: said.append(text))
    step = lock_marks(register.db, [Scope(YEAR, register.class_id, term=1)], reason="nộp sổ")
    page.refresh(step)
    for key in ("conduct", "absent_excused", "comment"):
        style = page.grid.model.style(0, page.grid.model.column_of(key))
        assert style.locked and "nộp sổ" in style.tip
    assert page.grid.right.head.heads["conduct"].lock
    page.grid.go(0, page.grid.model.column_of("conduct"))
    qtbot.keyClicks(page.grid.right, "T")
    assert len(said) == 1 and "nộp sổ" in said[0] and "phiếu mở khóa" in said[0]
    assert register.db.all("select 1 from term_record") == []
    desk.close()
