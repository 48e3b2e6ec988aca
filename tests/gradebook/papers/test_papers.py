"""Papers of the gradebook: what they say, when they are drafts, how long they take."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from papers import text, words
from registers import NAMES, Register
from schools import YEAR, change_subject

from edudesk.gradebook.papers.content import class_sheet_paper, report_card_paper, results_paper
from edudesk.gradebook.register.marks import save_subject_comment, save_term_record
from edudesk.gradebook.register.roll import TERMS, read_roll
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.ids import name_id
from edudesk.paper.blocks import NewPage
from edudesk.paper.document import write_pdf
from edudesk.students.store_status import set_status


@pytest.fixture
def full(register: Register) -> Register:
    """A class with everything in, one pupil repaired by the clause, one who left."""
    for place in range(3):
        register.fill(place, 85, toan=47 if place == 1 else 85)
        register.conduct(place, "TOT", "TOT", absent=2)
    set_status(register.db, register.pupils[3], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    return register


def test_the_page_of_a_subject(full: Register, tmp_path: Path) -> None:
    save_subject_comment(full.db, full.key("toan", 2), full.pupils[0], "Nắm chắc kiến thức.")
    paper = class_sheet_paper(full.db, full.class_id, "toan", 2)
    said = text(paper)
    assert "Bảng điểm môn Toán" in said
    assert f"1 | {NAMES[0]} | 8,5 | 8,5 | 8,5 | 8,5 | 8,5 | 8,5 | 8,5 | 8,5 | Nắm chắc kiến thức." in said
    assert "Chuyển đi 12/10/2026" in said
    assert "Có kết quả: 3/3 học sinh. 8,0–10,0: 2; 6,5–7,9: 0; 5,0–6,4: 0; 0,0–4,9: 1." in said
    assert "Điều 9 khoản 1" in said
    assert not paper.draft
    assert write_pdf(tmp_path / "a.pdf", paper) == 1


def test_a_page_with_holes_is_a_draft_and_says_what_letters_mean(full: Register) -> None:
    full.enter(0, "toan", 1, {"ck": "V"})
    paper = class_sheet_paper(full.db, full.class_id, "toan", 1)
    assert paper.draft
    assert "V: vắng" in text(paper)
    assert class_sheet_paper(full.db, full.class_id, "toan", 0).draft


def test_comment_subjects_have_their_own_page(full: Register) -> None:
    said = text(class_sheet_paper(full.db, full.class_id, "nghe_thuat", 1))
    assert "Đạt 3, Chưa đạt 0." in said
    assert "Âm nhạc" in said


def test_the_results_of_the_class(full: Register, tmp_path: Path) -> None:
    paper = results_paper(full.db, full.class_id, 0)
    said = text(paper)
    assert "Sĩ số 3. Học tập: Tốt 2, Khá 1; Rèn luyện: Tốt 3; Danh hiệu: Học sinh Giỏi 2" in said
    assert f"* Mức được điều chỉnh theo Điều 9 khoản 3: {NAMES[1]} (Toán)." in said
    assert f"{NAMES[3]} (Chuyển đi 12/10/2026)" in said
    assert "| Tốt | Khá* |" in said
    assert (paper.draft, paper.landscape) == (False, True)
    assert write_pdf(tmp_path / "r.pdf", paper) == 1


def test_results_with_holes_are_a_draft(full: Register) -> None:
    full.enter(0, "toan", 1, {"ck": None})
    paper = results_paper(full.db, full.class_id, 1)
    assert paper.draft
    said = text(paper)
    assert "Còn 1 học sinh chưa đủ kết quả. “Chưa có” vì còn thiếu: 1 kết quả môn học (ô “…”)." in said
    line = next(line for line in said.splitlines() if line.startswith(f"1 | {NAMES[0]}"))
    assert line.startswith(f"1 | {NAMES[0]} | … | ") and line.endswith("| Tốt | chưa có")
    year = text(results_paper(full.db, full.class_id, 0))
    assert f"1 | {NAMES[0]} | … | " in year and "| chưa có | chưa có | chưa có" in year
    assert "Danh hiệu" not in text(paper)


def test_a_subject_some_take_is_a_dash_for_the_others(full: Register) -> None:
    db, pupil = full.db, full.pupils[0]
    slots = read_roll(db, full.class_id).course("tin_hoc").slots
    for place in range(3):
        for term in TERMS:
            full.enter(place, "tin_hoc", term, dict.fromkeys(slots))
    change_subject(db, full.class_id, "tin_hoc", taken="chosen", topics=False)
    assert "Tin" not in list(words(results_paper(db, full.class_id, 1)))
    row = name_id("elective", pupil, YEAR, "tin_hoc")
    takes = db.upsert("elective", row, pupil_id=pupil, year=YEAR, code="tin_hoc", takes=1, topics=0)
    db.do(Step("Chọn môn", takes))
    said = list(words(results_paper(db, full.class_id, 1)))
    assert "Tin" in said
    assert any(line.startswith(f"3 | {NAMES[2]}") and "| – |" in line for line in said)


def test_the_report_card_is_about_one_pupil_and_compares_with_nobody(full: Register, tmp_path: Path) -> None:
    save_term_record(full.db, full.class_id, 2, pupil_id=full.pupils[1], comment="Cần chăm hơn.")
    paper = report_card_paper(full.db, full.class_id, 0, pupil_id=full.pupils[1])
    said = text(paper)
    assert f"Họ và tên: {NAMES[1]}" in said
    assert NAMES[0] not in said
    assert "Toán | 4,7 | 4,7 | 4,7" in said
    assert "do chỉ một môn Toán" in said
    assert "Nhận xét: Cần chăm hơn." in said
    assert "hạng" not in said.lower()
    assert "trung bình lớp" not in said.lower()
    assert write_pdf(tmp_path / "s.pdf", paper) == 1


def test_the_report_card_of_a_term_has_the_marks_and_what_is_missing(full: Register) -> None:
    full.enter(0, "toan", 1, {"ck": None})
    paper = report_card_paper(full.db, full.class_id, 1, pupil_id=full.pupils[0])
    assert "Toán | 8,5  8,5  8,5  8,5 | 8,5 |  | chưa có | " in text(paper)
    assert "Kết quả học tập: chưa có" in text(paper)
    assert "Cuối năm: chưa có" in text(report_card_paper(full.db, full.class_id, 0, pupil_id=full.pupils[0]))
    assert "| 8,5 |  | chưa có | " in text(class_sheet_paper(full.db, full.class_id, "toan", 1))
    assert "Chưa đủ kết quả: thiếu CK Toán." in text(paper)
    assert paper.draft


def test_report_cards_of_the_class_leave_out_who_left(full: Register, tmp_path: Path) -> None:
    paper = report_card_paper(full.db, full.class_id, 0)
    assert [block.draft for block in paper.blocks if isinstance(block, NewPage)] == [False, False, False]
    assert write_pdf(tmp_path / "s.pdf", paper) == 3
    with pytest.raises(Refused) as refused:
        report_card_paper(full.db, full.class_id, 0, pupil_id="nobody")
    assert refused.value.code == "NOT_ENROLLED"
    other = full.db.value("select id from school_class where name = '6A1'")
    with pytest.raises(Refused) as refused:
        report_card_paper(full.db, other, 0)
    assert refused.value.code == "SLIP_NOBODY"


def test_only_the_report_card_of_who_misses_something_is_a_draft(full: Register) -> None:
    full.enter(1, "toan", 1, {"ck": None})
    paper = report_card_paper(full.db, full.class_id, 1)
    assert [block.draft for block in paper.blocks if isinstance(block, NewPage)] == [False, True, False]
