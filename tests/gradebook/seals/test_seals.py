"""Sealing a page, checking its code years later, and opening a seal."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from papers import text as words_of
from registers import Register
from schools import YEAR

from edudesk.gradebook.papers.content import class_sheet_paper, results_paper
from edudesk.gradebook.register.locks import lock_marks, unlock_marks
from edudesk.gradebook.register.marks import MarkEntry, enter_mark, save_subject_comment, save_term_record
from edudesk.gradebook.register.schema import TABLES
from edudesk.gradebook.register.sealed_pages import Seal, read_seals
from edudesk.gradebook.register.sheet import class_sheet
from edudesk.gradebook.rules.locks import Scope
from edudesk.gradebook.seals.sealing import open_seal, seal_page
from edudesk.gradebook.seals.verifying import verify_seal
from edudesk.kernel.access import Author
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused
from edudesk.school.store import class_named
from edudesk.slices import TABLES as EVERY_TABLE
from edudesk.slices import open_school
from edudesk.storage.database import Database
from edudesk.storage.doctor import examine
from edudesk.students.store import move_to_class, save_pupil

TODAY = dt.date.today()


def refused(action: object, *args: object, **more: object) -> Refused:
    with pytest.raises(Refused) as said:
        action(*args, **more)  # type: ignore[operator]
    return said.value


def full(register: Register) -> None:
    """Everything of term 1 that a class owes."""
    for pupil in range(len(register.pupils)):
        register.fill(pupil, 75, terms=(1,))
        register.conduct(pupil, "TOT")


def lock(register: Register, **more: object) -> None:
    lock_marks(register.db, [Scope(YEAR, register.class_id, term=1, **more)], reason="nộp sổ")  # type: ignore[arg-type]


def seal(register: Register, code: str | None = "toan", **more: bool) -> Seal:
    seal_page(register.db, register.class_id, 1, code=code, reason="hết học kì", **more)
    return read_seals(register.db.all, YEAR)[-1]


@pytest.fixture
def sealed(register: Register) -> Seal:
    full(register)
    lock(register, code="toan")
    return seal(register)


def opened(register: Register, one: Seal) -> None:
    open_seal(register.db, one, reason="phúc khảo")
    unlock_marks(register.db, [one.scope], until=TODAY, reason="phúc khảo")


def test_a_seal_holds_and_says_what_it_seals(register: Register, sealed: Seal) -> None:
    verdict = verify_seal(register.db, sealed.code.lower().replace("-", " "))
    assert verdict.holds and verdict.lines[0].startswith("Khớp")
    assert "lớp 9A2, Toán, học kì I" in verdict.lines[1] and sealed.code in verdict.lines[1]
    assert (sealed.by, sealed.reason, sealed.opened) == ("office", "hết học kì", None)
    assert all(finding.fine for finding in examine(register.db))
    assert register.db.undo_label != "Niêm phong sổ", "a seal is not undone"


def test_a_page_that_is_not_locked_is_not_sealed(register: Register) -> None:
    full(register)
    found = refused(seal, register)
    assert found.code == "SEAL_OPEN" and "Khóa sổ" in found.next
    for slot in class_sheet(register.db, register.class_id, "toan", 1).roll.course("toan").slots:
        lock(register, code="toan", slot=slot)
    assert refused(seal, register).code == "SEAL_OPEN", "its comments are still open"
    lock(register, code="toan")
    seal(register)
    assert refused(seal, register, None).code == "SEAL_OPEN"
    lock(register)
    seal(register, None)


def test_a_page_with_a_hole_is_sealed_only_by_who_has_seen_the_hole(register: Register) -> None:
    register.fill(0, 75, terms=(1,))
    lock(register)
    found = refused(seal, register)
    assert found.code == "SEAL_MISSING" and "Vàng A Bình: thiếu TX1" in found.message
    assert "thiếu rèn luyện" in refused(seal, register, None).message
    seal(register, accept_missing=True)
    assert verify_seal(register.db, read_seals(register.db.all, YEAR)[0].code).holds


def test_many_holes_are_counted(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edudesk.gradebook.seals.sealing.NAMED", 2)
    lock(register)
    assert "và 2 em nữa" in refused(seal, register).message


def test_what_is_sealed_twice_without_words_or_standing_is_refused(register: Register, sealed: Seal) -> None:
    assert refused(seal, register).code == "SEAL_THERE"
    page = (register.db, register.class_id)
    assert refused(seal_page, *page, 1, code="ngu_van", reason=" ").code == "LOCK_REASON"
    assert refused(seal_page, *page, 0, code="ngu_van", reason="x").code == "TERM_UNKNOWN"
    assert refused(open_seal, register.db, sealed, reason="").code == "LOCK_REASON"
    register.db.author = Author("lan", "subject_teacher")
    assert refused(seal_page, *page, 1, code="ngu_van", reason="x").code == "LOCK_STANDING"
    assert refused(open_seal, register.db, sealed, reason="x").code == "LOCK_STANDING"


def test_no_permit_opens_a_sealed_page(register: Register, sealed: Seal) -> None:
    db = register.db
    assert refused(unlock_marks, db, [sealed.scope], until=TODAY, reason="sửa").code == "SEALED"
    unlock_marks(db, [Scope(YEAR, register.class_id)], until=TODAY, reason="sửa")
    found = refused(enter_mark, db, register.key(), MarkEntry(register.pupils[0], "gk", 90))
    assert found.code == "SEALED" and sealed.code in found.message and "niêm phong" in found.next
    assert refused(save_subject_comment, db, register.key(), register.pupils[0], "Chăm.").code == "SEALED"
    line = class_sheet(db, register.class_id, "toan", 1).lines[0]
    assert all("niêm phong" in words for words in (*line.locks, line.comment_lock))


def test_a_seal_that_was_opened_names_what_was_changed_by_whom_and_the_page_is_sealed_anew(
    register: Register, sealed: Seal
) -> None:
    opened(register, sealed)
    register.db.author = Author("lan", "subject_teacher")
    enter_mark(register.db, register.key(), MarkEntry(register.pupils[0], "gk", 90))
    save_subject_comment(register.db, register.key(), register.pupils[1], "Chăm.")
    verdict = verify_seal(register.db, sealed.code)
    assert (verdict.holds, verdict.sound, verdict.chained) == (False, True, True)
    assert verdict.lines[0].startswith("KHÔNG khớp")
    day = TODAY.strftime("%d/%m/%Y")
    assert [change.words for change in verdict.changes] == [
        f"Lò Thị Ánh, Toán GK: 7,5 → 9,0 (lan, {day})",
        "Lò Thị Ánh, Toán kết quả: 7,5 → 7,8",
        f"Vàng A Bình, Toán nhận xét: trống → Chăm. (lan, {day})",
    ]
    assert "phúc khảo" in verdict.lines[2]
    register.db.author = Author()
    assert (
        refused(open_seal, register.db, read_seals(register.db.all, YEAR)[0], reason="x").code
        == "SEAL_OPENED"
    )
    lock(register, code="toan")
    again = seal(register)
    assert again.code != sealed.code and verify_seal(register.db, again.code).holds


def test_a_table_that_another_program_changed_is_found_out(register: Register, sealed: Seal) -> None:
    db = register.db
    db.connection.execute(
        "update mark set value = 100 where pupil_id = ? and slot = 'ck'", (register.pupils[2],)
    )
    verdict = verify_seal(db, sealed.code)
    assert not verdict.holds
    assert any(
        "7,5 → 10" in change.words and "ngoài chương trình" in change.words for change in verdict.changes
    )


def test_a_seal_that_another_program_changed_is_found_out(register: Register, sealed: Seal) -> None:
    db = register.db
    ((content,),) = db.all("select content from seal")
    db.connection.execute("update seal set content = ?", (content.replace('"gk":[75', '"gk":[95'),))
    verdict = verify_seal(db, sealed.code)
    assert (verdict.sound, verdict.chained) == (False, False)
    assert sum("sửa" in line for line in verdict.lines) >= 2
    db.connection.execute("update seal set content = ?", (content,))
    assert verify_seal(db, sealed.code).holds
    db.connection.execute("update journal set old = 1 where seq = 1")
    assert not verify_seal(db, sealed.code).chained


def test_a_seal_of_a_class_vouches_for_every_subject_and_the_homeroom_record(register: Register) -> None:
    full(register)
    lock(register)
    one = seal(register, None)
    assert verify_seal(register.db, one.code).holds
    assert "mọi môn" in verify_seal(register.db, one.code).lines[1]
    opened(register, one)
    save_term_record(
        register.db, register.class_id, 1, pupil_id=register.pupils[0], conduct="KHA", absent_excused=3
    )
    said = [change.words for change in verify_seal(register.db, one.code).changes]
    assert said[0].startswith("Lò Thị Ánh, rèn luyện: Tốt → Khá (văn phòng")
    assert said[1].startswith("Lò Thị Ánh, nghỉ có phép: 0 → 3 (văn phòng")


def test_a_pupil_who_moved_away_breaks_no_seal_and_one_who_was_renamed_does(
    register: Register, sealed: Seal
) -> None:
    move_to_class(register.db, register.pupils[0], YEAR, class_named(register.db, YEAR, "6A1").id)
    assert verify_seal(register.db, sealed.code).holds
    save_pupil(register.db, register.pupils[1], {"name": "Vàng A Bảo"})
    ((change,),) = [verify_seal(register.db, sealed.code).changes]
    assert change.words.startswith("Vàng A Bình, họ tên: Vàng A Bình → Vàng A Bảo (văn phòng")


def test_a_pupil_whose_record_is_gone_is_named(register: Register, sealed: Seal) -> None:
    db = register.db
    db._guards = ()
    db.do(Step("Thử", db.drop("pupil", register.pupils[3])))
    said = [change.words for change in verify_seal(db, sealed.code).changes]
    assert said[0].startswith("Phan Hương Giang, họ tên: Phan Hương Giang → trống (văn phòng")


def test_an_unknown_code_is_said_so(register: Register, sealed: Seal) -> None:
    assert refused(verify_seal, register.db, "00000-00000").code == "SEAL_UNKNOWN"
    assert refused(verify_seal, register.db, "abc").code == "SEAL_CODE"


def test_seals_are_neither_dropped_nor_changed(register: Register, sealed: Seal) -> None:
    db = register.db
    for changes in (db.drop("seal", sealed.id), db.update("seal", sealed.id, reason="x")):
        assert refused(db.do, Step("Thử", changes)).code == "LOCK_STAYS"


def test_papers_bear_the_code_of_their_page(register: Register) -> None:
    full(register)
    lock(register)
    page = (register.db, register.class_id)
    assert "niêm phong" not in words_of(class_sheet_paper(*page, "toan", 1))
    one, whole = seal(register), seal(register, None)
    assert f"Mã niêm phong: {whole.code}, ngày {whole.day}" in words_of(results_paper(*page, 1))
    assert f"Mã niêm phong: {one.code}" in words_of(class_sheet_paper(*page, "toan", 1))
    assert whole.code in words_of(class_sheet_paper(*page, "ngu_van", 1))
    assert "niêm phong" not in words_of(results_paper(*page, 0))
    save_pupil(register.db, register.pupils[1], {"name": "Vàng A Bảo"})
    changed = words_of(results_paper(*page, 1))
    assert whole.code not in changed and "khác lúc niêm phong" in changed


def test_a_file_from_before_seals_is_brought_up(tmp_path: Path) -> None:
    older = TABLES._replace(tables=TABLES.tables[:5], steps=TABLES.steps[:2])
    parts = tuple(older if tables is TABLES else tables for tables in EVERY_TABLE)
    folder = tmp_path / "trường"
    with Database.open(folder, parts, guards=(), create=True) as db:
        db.connection.execute("drop table seal")
        db.connection.execute("delete from _sqlite_migrations where name = 'm003_seals'")
    with open_school(folder) as db:
        assert read_seals(db.all, YEAR) == []
