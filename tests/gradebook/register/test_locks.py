"""A locked register: what is refused, whoever writes, and how it is opened."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from registers import Register
from schools import YEAR

from edudesk.gradebook.exchange.imports import apply_marks, plan_marks
from edudesk.gradebook.register import locks
from edudesk.gradebook.register.locks import close_expired, lock_marks, read_locks, read_permits, unlock_marks
from edudesk.gradebook.register.marks import MarkEntry, enter_mark, enter_marks
from edudesk.gradebook.register.schema import TABLES
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.rules.locks import Scope
from edudesk.kernel.access import Author
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused
from edudesk.school.store import class_named
from edudesk.slices import TABLES as EVERY_TABLE
from edudesk.slices import open_school
from edudesk.storage.database import Database
from edudesk.storage.doctor import examine
from edudesk.students.store import move_to_class

DAY = dt.date(2026, 11, 22)


class Clock:
    """The day on the PC."""

    def __init__(self) -> None:
        self.day = DAY


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(locks, "today", lambda: found.day)
    return found


def scope(register: Register, **more: object) -> Scope:
    return Scope(YEAR, register.class_id, **more)  # type: ignore[arg-type]


def locked(register: Register, **more: object) -> Step:
    return lock_marks(register.db, [scope(register, **more)], reason="nộp sổ")


def write(register: Register, value: int | None, *, slot: str = "gk", term: int = 1) -> Step:
    return enter_mark(register.db, register.key(term=term), MarkEntry(register.pupils[0], slot, value))


def refusal(action: object, *args: object, **more: object) -> Refused:
    with pytest.raises(Refused) as refused:
        action(*args, **more)  # type: ignore[operator]
    return refused.value


def test_no_mark_is_entered_changed_or_cleared_in_a_locked_column(register: Register, clock: Clock) -> None:
    write(register, 70)
    locked(register, code="toan", term=1, slot="gk")
    for value in (75, None):
        found = refusal(write, register, value)
        assert found.code == "LOCKED"
        assert found.sentence.startswith("Lò Thị Ánh: Đã khóa sổ từ ") and "nộp sổ" in found.sentence
        assert "phiếu mở khóa" in found.next
    entries = [MarkEntry(pupil, slot, 60) for pupil in register.pupils[:3] for slot in ("gk", "ck")]
    assert len(refusal(enter_marks, register.db, register.key(), entries).problems) == 3
    assert not write(register, 70).changes  # the same value is no change
    write(register, 80, slot="ck")
    write(register, 80, term=2)


def test_undo_and_redo_into_a_lock_are_refused_and_the_lock_is_not_undone(
    register: Register, clock: Clock
) -> None:
    db = register.db
    write(register, 70)
    write(register, 75)
    db.undo()
    locked(register)
    assert refusal(db.redo).code == "LOCKED"
    assert db.undo_label == "Nhập điểm"
    assert refusal(db.undo).code == "LOCKED"
    assert len(read_locks(db.all, YEAR)) == 1
    unlock_marks(db, [scope(register)], until=DAY, reason="sửa")
    assert db.undo() is not None


def test_an_undo_of_the_rest_leaves_what_is_locked(register: Register, clock: Clock) -> None:
    register.enter(0, "toan", 1, {"gk": 70, "ck": 80})
    locked(register, code="toan", term=1, slot="gk")
    assert refusal(register.db.undo).code == "LOCKED"
    register.db.undo(rest=True)
    line = class_sheet(register.db, register.class_id, "toan", 1).lines[0]
    assert line.marks[-2:] == (70, None)


def test_a_permit_opens_until_the_end_of_its_day_and_an_office_desk_writes_that_it_is_over(
    register: Register, clock: Clock
) -> None:
    db = register.db
    locked(register)
    gk = scope(register, code="toan", term=1, slot="gk")
    unlock_marks(db, [gk], until=DAY + dt.timedelta(2), reason="vào  nhầm cột", requester="cô Lan")
    (permit,) = read_permits(db.all, YEAR)
    assert (permit.requester, permit.reason, permit.approver) == ("cô Lan", "vào nhầm cột", "office")
    clock.day = DAY + dt.timedelta(2)
    write(register, 70)
    assert refusal(write, register, 70, slot="ck").code == "LOCKED"
    clock.day = DAY + dt.timedelta(3)
    assert refusal(write, register, 75).code == "LOCKED"
    db.author = Author("lan", "subject_teacher")
    assert not close_expired(db).changes
    db.author = Author()
    assert close_expired(db).changes
    assert read_permits(db.all, YEAR)[0].closed
    assert not close_expired(db).changes
    clock.day = DAY  # a clock put back does not open it again
    assert refusal(write, register, 75).code == "LOCKED"
    ((vector,),) = db.all("select vector from mark_unlock")
    assert json.loads(vector)[0][0].endswith(f"marks:{register.class_id}")


def test_the_next_action_of_the_office_closes_what_is_over(register: Register, clock: Clock) -> None:
    locked(register)
    unlock_marks(register.db, [scope(register)], until=DAY, reason="sửa")
    clock.day = DAY + dt.timedelta(1)
    locked(register, code="toan")
    assert read_permits(register.db.all, YEAR)[0].closed


def test_a_lock_after_a_permit_holds_again(register: Register, clock: Clock) -> None:
    locked(register)
    unlock_marks(register.db, [scope(register, code="toan")], until=DAY, reason="sửa")
    write(register, 70)
    locked(register)  # the one there is has been opened in part
    assert refusal(write, register, 75).code == "LOCKED"
    assert refusal(locked, register).code == "LOCK_THERE"


def test_a_lock_of_the_school_is_opened_for_one_cell(register: Register, clock: Clock) -> None:
    lock_marks(register.db, [Scope(YEAR)], reason="hết năm")
    cell = scope(register, code="toan", term=1, slot="gk", pupil_id=register.pupils[0])
    unlock_marks(register.db, [cell], until=DAY, reason="phúc khảo")
    write(register, 70)
    other = MarkEntry(register.pupils[1], "gk", 70)
    assert refusal(enter_mark, register.db, register.key(), other).code == "LOCKED"


def test_a_calendar_lock_holds_from_its_day_and_only_an_office_desk_writes_it(
    register: Register, clock: Clock
) -> None:
    starts = DAY + dt.timedelta(5)
    lock_marks(register.db, [Scope(YEAR, term=1)], reason="lịch của trường", starts=starts)
    write(register, 70)
    clock.day = starts
    assert "27/11/2026" in refusal(write, register, 75).message
    register.db.author = Author("lan", "subject_teacher")
    found = refusal(lock_marks, register.db, [scope(register)], reason="x", starts=starts)
    assert found.code == "LOCK_STANDING"
    locked(register)  # a teacher may lock at once
    assert (
        refusal(unlock_marks, register.db, [scope(register)], until=starts, reason="x").code
        == "LOCK_STANDING"
    )


def test_what_is_not_sound_is_refused_with_every_problem(register: Register, clock: Clock) -> None:
    found = refusal(lock_marks, register.db, [scope(register, slot="thi")], reason=" ")
    assert [problem.code for problem in found.problems] == ["LOCK_REASON", "MARK_SLOT"]
    day = DAY - dt.timedelta(1)
    assert refusal(unlock_marks, register.db, [scope(register)], until=day, reason="x").code == "UNLOCK_DATE"
    assert refusal(unlock_marks, register.db, [scope(register)], until=DAY, reason="x").code == "NOT_LOCKED"


def test_locks_and_permits_are_neither_dropped_nor_changed(register: Register, clock: Clock) -> None:
    db = register.db
    lock_row = locked(register).changes[0].row
    slip_row = unlock_marks(db, [scope(register)], until=DAY, reason="sửa").changes[0].row
    for changes in (
        db.drop("mark_lock", lock_row),
        db.update("mark_lock", lock_row, slot="gk"),
        db.drop("mark_unlock", slip_row),
        db.update("mark_unlock", slip_row, expires="2030-01-01"),
    ):
        assert refusal(db.do, Step("Thử", changes)).code == "LOCK_STAYS"
    db.do(Step("Thử", db.update("mark_unlock", slip_row, closed_at="2026-11-22T10:00:00+07:00")))
    again = db.update("mark_unlock", slip_row, closed_at=None)
    assert refusal(db.do, Step("Thử", again)).code == "LOCK_STAYS"


def test_marks_a_pupil_brought_along_are_held_by_both_classes(register: Register, clock: Clock) -> None:
    db = register.db
    other = class_named(db, YEAR, "6A1").id
    write(register, 70)
    move_to_class(db, register.pupils[0], YEAR, other)
    locked(register)
    entry = MarkEntry(register.pupils[0], "gk", 80)
    key = replace(register.key(), class_id=other)
    assert refusal(enter_mark, db, key, entry).code == "LOCKED"
    sheet = class_sheet(db, other, "toan", 1)
    assert [bool(words) for words in sheet.lines[0].locks] == [
        slot == "gk" for slot in sheet.roll.course("toan").slots
    ]
    unlock_marks(db, [Scope(YEAR, other, "toan")], until=DAY, reason="chuyển lớp")
    enter_mark(db, key, entry)


def test_the_sheet_says_which_cells_and_columns_are_locked(register: Register, clock: Clock) -> None:
    db = register.db
    slots = class_sheet(db, register.class_id, "toan", 1).roll.course("toan").slots
    assert not any(class_sheet(db, register.class_id, "toan", 1).locked(place) for place in range(len(slots)))
    locked(register, code="toan", term=1, slot="gk")
    locked(register, code="toan", term=1, slot="ck", pupil_id=register.pupils[1])
    sheet = class_sheet(db, register.class_id, "toan", 1)
    assert [sheet.locked(place) for place in range(len(slots))] == [slot == "gk" for slot in slots]
    assert "nộp sổ" in sheet.lines[1].lock(slots.index("ck")) and not sheet.lines[0].lock(slots.index("ck"))
    assert class_sheet(db, register.class_id, "toan", 0).lines[0].locks == ()
    assert class_sheet(db, register.class_id, "toan", 2).lines[0].lock(0) == ""


def test_an_import_refuses_locked_cells_and_takes_the_others(
    register: Register, clock: Clock, tmp_path: Path
) -> None:
    write(register, 70)
    locked(register, code="toan", term=1, slot="gk")
    file = tmp_path / "điểm.csv"
    rows = [
        "class,pupil,subject,term,slot,value",
        "9A2,#1,toan,1,gk,7",
        "9A2,#2,toan,1,gk,8",
        "9A2,#2,toan,1,ck,9",
    ]
    file.write_text("\n".join(rows), encoding="utf-8")
    plan = plan_marks(register.db, file, year=YEAR)
    assert [(note.row, note.code) for note in plan.refused] == [(3, "LOCKED")]
    assert (plan.count("unchanged"), plan.count("added")) == (1, 1)
    assert len(apply_marks(register.db, plan).changes) == 1


def test_a_lock_carries_what_its_author_knew_of_the_marks(register: Register, clock: Clock) -> None:
    write(register, 70)
    write(register, 75)
    locked(register)
    lock_marks(register.db, [Scope(YEAR, term=2)], reason="hết kì")
    for (text,) in register.db.all("select vector from mark_lock"):
        ((stream, seq),) = [pair for pair in json.loads(text) if register.class_id in pair[0]]
        assert stream.endswith(f"marks:{register.class_id}") and seq >= 2


def test_a_school_with_locks_is_whole_for_the_doctor(register: Register, clock: Clock) -> None:
    write(register, 70)
    locked(register)
    unlock_marks(register.db, [scope(register)], until=DAY, reason="sửa")
    write(register, 75)
    assert all(finding.fine for finding in examine(register.db))


def test_a_file_from_before_locks_is_brought_up(tmp_path: Path) -> None:
    older = TABLES._replace(tables=TABLES.tables[:3], steps=TABLES.steps[:1])
    parts = tuple(older if tables is TABLES else tables for tables in EVERY_TABLE)
    folder = tmp_path / "trường"
    with Database.open(folder, parts, guards=(), create=True) as db:
        db.connection.execute("drop table mark_lock")
        db.connection.execute("drop table mark_unlock")
        db.connection.execute("delete from _sqlite_migrations where name = 'm002_locks'")
    with open_school(folder) as db:
        assert read_locks(db.all, YEAR) == []
