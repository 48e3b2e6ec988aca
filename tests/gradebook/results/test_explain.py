"""How a number or a level came about."""

from __future__ import annotations

import datetime as dt

import pytest
from registers import Register
from schools import YEAR

from edudesk.gradebook.register.locks import lock_marks
from edudesk.gradebook.results.explain import explain_average, explain_level, unrounded
from edudesk.gradebook.results.explanation import Explanation
from edudesk.gradebook.rules.locks import Scope
from edudesk.gradebook.rules.marks import Average
from edudesk.kernel.errors import Refused
from edudesk.students.store_status import set_status


def average(register: Register, code: str, term: int) -> Explanation:
    return explain_average(register.db, register.class_id, code, term=term, pupil_id=register.pupils[0])


def level(register: Register, term: int) -> Explanation:
    return explain_level(register.db, register.class_id, term=term, pupil_id=register.pupils[0])


@pytest.mark.parametrize(
    ("total", "divisor", "shown"),
    [
        (425, 9, "4,7222…"),
        (660, 8, "8,25"),
        (630, 9, "7,0"),
        (515, 8, "6,4375"),
        (200, 3, "6,6666…"),
        (5, 8, "0,0625"),
    ],
)
def test_the_quotient_before_rounding(total: int, divisor: int, shown: str) -> None:
    assert unrounded(Average(total, divisor)) == shown


def test_a_term_average_from_its_marks(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 60, "tx2": 55, "tx3": 55, "tx4": 50, "gk": 50, "ck": 35})
    found = average(register, "toan", 1)
    assert found.result == 47
    assert [(row.what, row.how, row.value) for row in found.rows] == [
        ("ĐĐGtx", "6,0 + 5,5 + 5,5 + 5,0", "22,0"),
        ("ĐĐGgk", "5,0 × 2", "10,0"),
        ("ĐĐGck", "3,5 × 3", "10,5"),
        ("Tổng", "", "42,5"),
        ("Chia cho", "4 bài thường xuyên + 5", "9"),
        ("Được", "4,7222…", "4,7"),
    ]
    assert found.lines[0] == "Toán · ĐTBmhk HK I"
    assert found.lines[-1] == "Điều 9 khoản 1, Thông tư 22/2021/TT-BGDĐT"


def test_an_average_that_cannot_be_says_what_is_missing(register: Register) -> None:
    register.enter(0, "toan", 1, {"tx1": 60, "ck": 70})
    found = average(register, "toan", 1)
    assert found.result is None
    assert found.missing == ("Còn thiếu: TX2, TX3, TX4, GK.",)
    assert average(register, "toan", 0).missing == ("Còn thiếu: HK I, HK II.",)


def test_a_year_average_from_its_terms(register: Register) -> None:
    for term, value in ((1, 62), (2, 66)):
        register.enter(0, "gdcd", term, dict.fromkeys(("tx1", "tx2", "gk", "ck"), value))
    found = average(register, "gdcd", 0)
    assert [(row.how, row.value) for row in found.rows] == [
        ("6,2 × 1", "6,2"),
        ("6,6 × 2", "13,2"),
        ("", "19,4"),
        ("1 + 2", "3"),
        ("6,4666…", "6,5"),
    ]


def test_a_comment_subject(register: Register) -> None:
    register.enter(0, "gdtc", 2, {"tx1": "D", "tx2": "CD", "gk": "D", "ck": "D"})
    found = average(register, "gdtc", 2)
    assert [row.met for row in found.rows] == [True, False, True, True, None]
    assert found.result == "CD"
    assert "tất cả đều Đạt" in found.rows[-1].how
    assert "học kì II" in average(register, "gdtc", 0).rows[-1].how


def test_a_level_says_which_condition_failed_and_what_the_clause_did(register: Register) -> None:
    register.fill(0, 85, toan=47)
    register.conduct(0, "TOT", "KHA", absent=4)
    found = level(register, 0)
    assert found.result == "KHA"
    heads = [(row.what, row.value) for row in found.rows if row.head]
    assert heads == [("Tốt", "không đạt"), ("Khá", "không đạt"), ("Đạt", "mức gốc"), ("Muốn lên mức", "")]
    failed = [(row.what, row.value) for row in found.rows if row.met is False]
    assert failed == [("Mọi môn từ 6,5", "Toán 4,7"), ("Mọi môn từ 5,0", "Toán 4,7")]
    assert found.notice[0] == "Điều chỉnh theo Điều 9 khoản 3"
    assert "Đạt → Khá" in found.notice[1]
    assert any("HK I Tốt, HK II Khá" in line and "Khá" in line for line in found.lines)
    assert any("nghỉ 4 buổi" in line for line in found.lines)


def test_the_lowest_level_and_many_failing_subjects(register: Register) -> None:
    register.fill(0, 30, gdtc="CD", hdtn="CD")
    found = level(register, 1)
    assert [row.what for row in found.rows if row.head][-2:] == ["Chưa đạt", "Muốn lên mức"]
    assert any("và 5 môn nữa" in row.value for row in found.rows)
    assert any(row.what == "Nhiều nhất 1 môn nhận xét Chưa đạt" and row.met is False for row in found.rows)
    assert found.missing == ("thiếu rèn luyện HK I",)


def test_a_title_is_explained_for_the_year(register: Register) -> None:
    register.fill(0, 95)
    register.conduct(0, "TOT", "TOT")
    assert any("Học sinh Xuất sắc" in line for line in level(register, 0).lines)


def test_a_level_that_is_not_there_says_what_is_missing(register: Register) -> None:
    found = level(register, 1)
    assert (found.result, found.rows) == (None, ())
    assert "chưa có điểm Toán" in found.missing


def test_somebody_of_another_class_is_refused(register: Register) -> None:
    for explain in (
        lambda: explain_average(register.db, register.class_id, "toan", term=1, pupil_id="nobody"),
        lambda: explain_level(register.db, register.class_id, term=1, pupil_id="nobody"),
    ):
        with pytest.raises(Refused) as refused:
            explain()
        assert refused.value.code == "NOT_ENROLLED"


# -- what would lift a level


def lifted(found: Explanation) -> dict[str, str]:
    """Level → what it takes, as said under the head."""
    heads = [place for place, row in enumerate(found.rows) if row.what == "Muốn lên mức"]
    return {row.what: row.how for row in found.rows[heads[0] + 1 :] if not row.strong} if heads else {}


def test_the_smallest_change_that_lifts_a_level(register: Register) -> None:
    register.fill(0, 85, toan=60)
    assert lifted(level(register, 1)) == {"Tốt": "Toán cần ≥ 6,5: cuối kì từ 7,4"}
    assert any(line.strip() == "Tốt  Toán cần ≥ 6,5: cuối kì từ 7,4" for line in level(register, 1).lines)
    register.enter(0, "toan", 1, {"ck": 74})
    assert level(register, 1).result == "TOT"
    assert lifted(level(register, 1)) == {}


def test_a_lift_of_the_year_names_the_terms(register: Register) -> None:
    register.fill(0, 85, toan=60)
    assert lifted(level(register, 0)) == {"Tốt": "Toán cần ≥ 6,5: cuối kì HK II từ 8,0"}
    register.enter(0, "toan", 2, {"ck": 79})
    assert level(register, 0).result == "KHA"
    register.enter(0, "toan", 2, {"ck": 80})
    assert level(register, 0).result == "TOT"


def test_what_is_locked_cannot_lift(register: Register) -> None:
    register.fill(0, 85, toan=60)
    cells = [Scope(YEAR, register.class_id, "toan", 1, slot) for slot in ("gk", "ck")]
    lock_marks(register.db, cells[1:], reason="nộp sổ")
    assert lifted(level(register, 1)) == {"Tốt": "Toán cần ≥ 6,5: giữa kì từ 8,1"}
    lock_marks(register.db, cells[:1], reason="nộp sổ")
    register.enter(0, "toan", 1, dict.fromkeys(("tx1", "tx2", "tx3", "tx4"), 60))
    lock_marks(register.db, [Scope(YEAR, register.class_id, "toan", 1)], reason="nộp sổ")
    assert lifted(level(register, 1)) == {"Tốt": "không thể nữa: các ô điểm còn mở không đủ"}


def test_what_is_owed_is_asked_of_the_open_cells(register: Register) -> None:
    register.fill(0, 85, terms=(1,))
    register.enter(0, "toan", 1, {"gk": None, "ck": "V"})
    found = level(register, 1)
    assert found.result is None
    assert lifted(found)["Tốt"] == "Toán cần ≥ 6,5: giữa kì, cuối kì từ 4,9"


def test_a_comment_and_the_clause_are_said(register: Register) -> None:
    register.fill(0, 85, gdtc="CD", terms=(1,))
    assert lifted(level(register, 1)) == {"Tốt": "Giáo dục thể chất cần Đạt: TX1, TX2, giữa kì, cuối kì Đạt"}
    register.fill(1, 85, toan=30, terms=(1,))
    found = explain_level(register.db, register.class_id, term=1, pupil_id=register.pupils[1])
    assert lifted(found)["Khá"] == "Toán cần ≥ 3,5: cuối kì từ 4,4 (nhờ Điều 9 khoản 3)"


def test_who_left_is_asked_nothing(register: Register) -> None:
    register.fill(0, 60)
    set_status(register.db, register.pupils[0], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    assert lifted(level(register, 1)) == {}
