"""How a mark came to be what it is, from the journal."""

from __future__ import annotations

import datetime as dt
from itertools import count
from pathlib import Path

import pytest
from papers import text
from registers import Register

from edudesk.gradebook.papers.changes import changes_paper, changes_record
from edudesk.gradebook.register.history import MarkChange, mark_history
from edudesk.gradebook.register.marks import MarkEntry, enter_mark
from edudesk.kernel.access import Author
from edudesk.kernel.errors import Refused
from edudesk.paper.document import write_pdf
from edudesk.storage.history import vector


def write(register: Register, value: int | str | None, *, slot: str = "gk", reason: str = "") -> None:
    enter_mark(register.db, register.key(), MarkEntry(register.pupils[0], slot, value), reason=reason)


def cell(register: Register, slot: str = "gk") -> list[MarkChange]:
    return mark_history(register.db, register.key(), pupil_id=register.pupils[0], slot=slot)


def test_every_change_of_a_cell_newest_last(register: Register) -> None:
    write(register, 70)
    register.db.author = Author("lan", "subject_teacher")
    write(register, 75, reason="chấm lại câu 3")
    write(register, None, reason="nhầm em")
    write(register, 80)
    found = cell(register)
    assert [(one.old, one.new) for one in found] == [(None, 70), (70, 75), (75, None), (None, 80)]
    assert [one.first for one in found] == [True, False, False, False]
    assert [one.reason for one in found] == ["", "chấm lại câu 3", "nhầm em", ""]
    assert (found[1].actor, found[1].standing) == ("lan", "subject_teacher")
    assert (found[0].name, found[0].number, found[2].label) == ("Lò Thị Ánh", 1, "Xóa điểm")
    assert not any(one.doubtful for one in found)


def test_what_was_undone_and_done_again_is_told_as_people_saw_it(register: Register) -> None:
    write(register, 70)
    register.db.undo()
    register.db.redo()
    register.db.undo()
    write(register, 90)
    found = cell(register)
    assert [(one.old, one.new) for one in found] == [
        (None, 70),
        (70, None),
        (None, 70),
        (70, None),
        (None, 90),
    ]
    assert found[1].label == "Hoàn tác: Nhập điểm"
    assert [one.first for one in found].count(True) == 1


def test_a_column_and_a_page_in_the_order_of_the_actions(register: Register) -> None:
    register.enter(1, "toan", 1, {"gk": 50, "ck": 60})
    write(register, 70)
    register.enter(1, "toan", 1, {"gk": 55})
    register.enter(1, "toan", 2, {"gk": 95})
    register.enter(1, "ngu_van", 1, {"gk": 95})
    page = mark_history(register.db, register.key())
    assert sorted((one.name, one.slot, one.new) for one in page[:2]) == [
        ("Vàng A Bình", "ck", 60),
        ("Vàng A Bình", "gk", 50),
    ]
    assert [one.new for one in page[2:]] == [70, 55]
    assert [one.new for one in mark_history(register.db, register.key(), slot="gk")] == [50, 70, 55]


def test_a_period_and_a_clock_that_jumped(register: Register) -> None:
    days = count(1)
    register.db.wall = lambda: f"2026-11-{next(days):02d}T08:05:00+07:00"
    for value in (70, 75, 80):
        write(register, value)
    days = count(2)
    write(register, 85)
    assert [one.doubtful for one in cell(register)] == [False, False, True, True]
    november = dt.date(2026, 11, 2)
    within = mark_history(register.db, register.key(), days=(november, november))
    assert [one.new for one in within] == [75, 85]
    assert [one.new for one in mark_history(register.db, register.key(), days=(None, november))] == [
        70,
        75,
        85,
    ]
    said = text(changes_paper(register.db, register.key(), days=(november, None)))
    assert "Có 3 lần sửa ở 1 ô điểm (từ 02/11/2026)." in said
    assert "02/11/2026 08:05 (?)" in said and "Giờ của máy đáng ngờ" in said
    assert "(đến 02/11/2026)" in text(changes_paper(register.db, register.key(), days=(None, november)))


def test_a_column_that_is_not_there_and_a_page_without_marks(register: Register) -> None:
    write(register, 70)
    with pytest.raises(Refused) as refused:
        mark_history(register.db, register.key(), slot="tx9")
    assert refused.value.code == "MARK_SLOT"
    assert mark_history(register.db, register.key("ngu_van")) == []


def test_the_record_of_changes_lists_corrections_alone(register: Register, tmp_path: Path) -> None:
    write(register, 70)
    write(register, 60, reason="vào nhầm cột")
    register.enter(1, "toan", 1, {"tx1": 80})
    register.enter(1, "toan", 1, {"tx1": None})
    record = changes_record(register.db, register.key())
    assert (len(record.corrections), record.entries) == (2, 2)
    assert len(changes_record(register.db, register.key(), slot="gk").corrections) == 1
    paper = changes_paper(register.db, register.key(), day=dt.date(2026, 11, 22))
    said = text(paper)
    assert "Biên bản sửa điểm môn Toán" in said and "Lớp 9A2 – Học kì I" in said
    assert "Lò Thị Ánh | GK | 7,0 | 6,0 | văn phòng | vào nhầm cột" in said
    assert "Vàng A Bình | TX1 | 8,0 | – | văn phòng | không ghi (Nhập 1 ô điểm)" in said
    assert "Ngoài ra có 2 điểm được ghi lần đầu" in said
    assert write_pdf(tmp_path / "bb.pdf", paper) == 1
    with pytest.raises(Refused) as refused:
        changes_paper(register.db, register.key(term=0))
    assert refused.value.code == "TERM_WANTED"


def test_a_page_without_corrections_says_so(register: Register) -> None:
    write(register, 70)
    first, last = dt.date(2026, 9, 1), dt.date(2026, 9, 30)
    said = text(changes_paper(register.db, register.key(), days=(first, last)))
    assert "Không có điểm nào bị sửa (từ 01/09/2026 đến 30/09/2026)." in said


def test_how_far_the_streams_of_a_class_are_known(register: Register) -> None:
    scope = f"marks:{register.class_id}"
    assert vector(register.db, [scope]) == ()
    write(register, 70)
    write(register, 60)
    ((stream, seq),) = vector(register.db, [scope, "marks:other"])
    assert stream.endswith(scope) and seq == 2
