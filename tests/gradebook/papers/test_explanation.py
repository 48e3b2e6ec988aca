"""What parents get told of how results came about: one pupil, sums that add up, what was missing for more."""

from __future__ import annotations

from pathlib import Path

import pytest
from papers import text
from registers import NAMES, Register

from edudesk.gradebook.papers.explanation import explanation_paper
from edudesk.kernel.errors import Refused
from edudesk.paper.blocks import NewPage
from edudesk.paper.document import write_pdf


@pytest.fixture
def full(register: Register) -> Register:
    """Everything in; the second pupil fell by Toán alone and was raised, the third is just Khá."""
    for place, score in enumerate((90, 85, 70, 85)):
        register.fill(place, score, toan=47 if place == 1 else score)
        register.conduct(place, "TOT", "TOT", absent=2)
    register.enter(2, "toan", 1, {"tx1": 65, "gk": 72, "ck": 68})
    return register


def test_the_sum_the_divisor_and_both_averages_of_each_subject(full: Register, tmp_path: Path) -> None:
    paper = explanation_paper(full.db, full.class_id, 1, pupil_id=full.pupils[2])
    said = text(paper)
    assert "Toán | 6,5  7,0  7,0  7,0 | 7,2 | 6,8 | 62,3 | 9 | 6,9222… | 6,9" in said
    assert "các điểm thường xuyên × 1 + giữa kì × 2 + cuối kì × 3" in said
    assert "Giáo dục thể chất: Đ" in said
    assert "2. Kết quả học tập: Khá (Điều 9 khoản 2, Thông tư 22/2021/TT-BGDĐT)" in said
    assert "Tốt | Ít nhất 6 môn từ 8,0 | 0/8 | chưa" in said, "why it is not the better level"
    assert "Khá | Môn nhận xét đều Đạt | " in said and "| có" in said
    assert "Muốn lên mức Tốt: " in said
    assert not paper.draft and write_pdf(tmp_path / "a.pdf", paper) == 1


def test_it_is_about_one_pupil_and_nobody_else(full: Register) -> None:
    said = text(explanation_paper(full.db, full.class_id, 0, pupil_id=full.pupils[1]))
    assert NAMES[1] in said
    assert not any(name in said for name in NAMES if name != NAMES[1])
    assert "trung bình lớp" not in said.lower()
    assert "TT 15/2026, Điều 22 khoản 2: chưa đối chiếu văn bản gốc" in said


def test_the_clause_and_the_end_of_the_year_are_told(full: Register, tmp_path: Path) -> None:
    paper = explanation_paper(full.db, full.class_id, 0, pupil_id=full.pupils[1])
    said = text(paper)
    assert "Toán | 4,7 | 4,7 | 14,1 | 3 | 4,7 | 4,7" in said
    assert "Điều chỉnh theo Điều 9 khoản 3: Chỉ do môn Toán" in said
    assert "Rèn luyện cả năm: Tốt" in said
    assert "Lên lớp: Hoàn thành chương trình; nghỉ 2 buổi" in said
    assert write_pdf(tmp_path / "a.pdf", paper) == 1


def test_what_is_owed_is_said_and_makes_a_draft(full: Register) -> None:
    full.enter(0, "toan", 1, {"ck": None})
    paper = explanation_paper(full.db, full.class_id, 1, pupil_id=full.pupils[0])
    said = text(paper)
    assert paper.draft
    assert "Toán | 9,0  9,0  9,0  9,0 | 9,0 | – | – | – | – | chưa có" in said
    assert "2. Kết quả học tập: chưa có" in said
    assert "Chưa đủ để tính hết: thiếu CK Toán" in said


def test_a_class_gets_a_page_for_each_pupil(full: Register, tmp_path: Path) -> None:
    paper = explanation_paper(full.db, full.class_id, 1)
    breaks = [block for block in paper.blocks if isinstance(block, NewPage)]
    assert len(breaks) == 4 and all(one.restart for one in breaks)
    assert write_pdf(tmp_path / "a.pdf", paper) == 4


def test_nobody_to_explain(register: Register) -> None:
    with pytest.raises(Refused) as caught:
        explanation_paper(register.db, register.class_id, 1, pupil_id="ai đó")
    assert caught.value.code == "NOT_ENROLLED"
