"""Results of a primary class: the year's level, title, outcome and what is missing; explained, printed, exported, sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from papers import text, words
from primaries import Primary
from registers import NAMES, Register
from schools import YEAR

from edudesk.gradebook.exchange.imports import apply_marks, plan_marks
from edudesk.gradebook.exchange.mark_files import read_slot
from edudesk.gradebook.exchange.mark_sheets import marks_sheets, results_sheet
from edudesk.gradebook.papers.content import class_sheet_paper, report_card_paper, results_paper
from edudesk.gradebook.papers.explanation import explanation_paper
from edudesk.gradebook.register.decisions import decide
from edudesk.gradebook.register.locks import lock_marks
from edudesk.gradebook.register.marks import save_subject_comment, save_term_record
from edudesk.gradebook.register.qualities import QualityEntry, QualityKey, save_quality
from edudesk.gradebook.results.explain import explain_average, explain_level
from edudesk.gradebook.results.primary import PrimaryResult, primary_results, school_primary_results
from edudesk.gradebook.rules.decisions import AGREES, OUTCOME, OUTSTANDING, YES
from edudesk.gradebook.rules.locks import Scope
from edudesk.gradebook.seals.sealing import missing_words, seal_page
from edudesk.gradebook.seals.verifying import verify_seal
from edudesk.kernel.errors import Refused
from edudesk.paper.document import write_pdf
from edudesk.sheets.reader import read_sheet
from edudesk.sheets.writer import write_sheet
from edudesk.students.store_status import set_status

DAY = dt.date(2027, 5, 28)


@pytest.fixture
def primary(tmp_path: Path) -> Iterator[Primary]:
    found = Primary(tmp_path / "th")
    yield found
    found.db.close()


@pytest.fixture
def full(primary: Primary) -> Primary:
    """Excellent; good with both marks of a title; done; not done in Toán."""
    primary.year(0)
    primary.year(1, test=80)
    primary.year(2, "H", test=60, value="D")
    primary.year(3, "H", test=50)
    primary.enter(3, "toan", 2, {"ck": "C", "kck": 40})
    decide(primary.db, primary.class_id, primary.pupils[1], {OUTSTANDING: YES, AGREES: YES})
    return primary


def of(register: Register, pupil: int, term: int = 0) -> PrimaryResult:
    return primary_results(register.db, register.class_id, term).pupils[pupil]


def test_a_level_for_everybody(full: Primary) -> None:
    found = primary_results(full.db, full.class_id, 0)
    assert [(one.level, one.title, one.promotion) for one in found.pupils] == [
        ("HTXS", "HS_XUAT_SAC", "LEN_LOP"),
        ("HTT", "HS_TIEU_BIEU", "LEN_LOP"),
        ("HT", None, "LEN_LOP"),
        ("CHT", None, None),
    ]
    assert found.complete and [one.missing for one in found.pupils] == [()] * 4
    assert "quyết định của hiệu trưởng" in found.pupils[3].notes[0]
    assert (found.pupils[0].count("T"), found.pupils[2].count("H")) == (10, 10)
    assert school_primary_results(full.db, YEAR, 0) == [found]


def test_only_the_end_of_the_year_counts(full: Primary) -> None:
    full.enter(0, "toan", 1, {"ck": "C", "kck": 0})
    full.enter(0, "toan", 2, {"kgk": 20, "gk": "C"})
    save_quality(full.db, QualityKey(full.class_id, 1, "ck"), QualityEntry(full.pupils[0], "nhan_ai", "C"))
    assert of(full, 0).level == "HTXS"
    full.enter(0, "toan", 2, {"kck": 80})
    assert of(full, 0).level == "HTT"
    assert of(full, 0).title is None, "good and no more until somebody says so"


def test_one_mark_of_two_is_no_title_and_is_said(full: Primary) -> None:
    decide(full.db, full.class_id, full.pupils[1], {AGREES: None})
    assert (of(full, 1).title, of(full, 1).notes) == (None, ("Xét HS Tiêu biểu còn thiếu một điều kiện.",))
    decide(full.db, full.class_id, full.pupils[2], {OUTSTANDING: YES, AGREES: YES})
    assert (of(full, 2).title, of(full, 2).notes) == (None, ())


def test_the_principal_decides_and_nothing_else_does(full: Primary) -> None:
    decide(full.db, full.class_id, full.pupils[3], {OUTCOME: "LEN_LOP"}, reason="Kiểm tra bổ sung đạt")
    found = of(full, 3)
    assert (found.level, found.promotion, found.notes) == ("CHT", "LEN_LOP", ())
    full.enter(3, "toan", 2, {"ck": "H", "kck": 60})
    assert (of(full, 3).level, of(full, 3).promotion) == ("HT", "LEN_LOP")


def test_the_last_grade_completes_the_programme(tmp_path: Path) -> None:
    last = Primary(tmp_path / "lớp 5", "5A")
    last.year(0)
    assert of(last, 0).promotion == "HOAN_THANH_CHUONG_TRINH"
    last.db.close()


def test_what_is_not_there_is_named_and_no_level_is_made_up(full: Primary) -> None:
    full.enter(0, "toan", 2, {"ck": None, "kck": "V"})
    full.enter(0, "dao_duc", 2, {"ck": "P"})
    key = QualityKey(full.class_id, 2, "ck")
    save_quality(full.db, key, QualityEntry(full.pupils[0], "nhan_ai", None))
    found = of(full, 0)
    assert found.missing == (
        "thiếu mức cuối năm: Toán, Đạo đức",
        "thiếu điểm kiểm tra cuối năm: Toán",
        "thiếu phẩm chất, năng lực cuối năm: Nhân ái",
    )
    assert (found.level, found.title, found.promotion) == (None, None, None)
    term = of(full, 0, 2)
    assert term.missing == (
        "thiếu KT cuối kì, Mức cuối kì Toán",
        "thiếu Mức cuối kì Đạo đức",
        "thiếu phẩm chất, năng lực cuối kì: Nhân ái",
    )
    assert missing_words(full.db, full.class_id, 2, None) == [f"{NAMES[0]}: {', '.join(term.missing)}"]


def test_an_empty_class_is_told_in_few_words(primary: Primary) -> None:
    missing = of(primary, 0).missing
    assert missing[0] == "thiếu mức cuối năm: Tiếng Việt, Toán, Ngoại ngữ 1, Đạo đức và 6 mục nữa"
    assert missing[-1] == "chưa đánh giá phẩm chất, năng lực cuối năm"
    assert of(primary, 0, 1).missing[-2:] == (
        "chưa đánh giá phẩm chất, năng lực giữa kì",
        "chưa đánh giá phẩm chất, năng lực cuối kì",
    )


def test_a_term_has_levels_tests_and_no_level_of_the_year(full: Primary) -> None:
    save_term_record(full.db, full.class_id, 1, pupil_id=full.pupils[0], absent_excused=2, absent_unexcused=1)
    found = of(full, 0, 1)
    assert (found.level, found.title, found.promotion, found.absences) == (None, None, None, 3)
    assert (found.levels["toan"], found.tests["toan"], found.qualities["nhan_ai"]) == ("T", 100, "T")
    assert "dao_duc" not in found.tests
    assert (of(full, 0).absences, of(full, 0, 2).absences) == (3, 0)


def test_who_left_owes_nothing(full: Primary) -> None:
    set_status(full.db, full.pupils[0], YEAR, "CHUYEN_DI", dt.date(YEAR + 1, 2, 20))
    assert of(full, 0, 1).levels["toan"] == "T"
    gone = of(full, 0)
    assert (gone.owes, gone.level, dict(gone.levels), gone.missing) == (False, None, {}, ())
    told = explain_level(full.db, full.class_id, term=0, pupil_id=full.pupils[0])
    assert told.rows == () and "rời trường" in told.missing[0]


def test_other_classes_are_refused(register: Register, primary: Primary) -> None:
    for db, class_id, code in (
        (register.db, register.class_id, "NOT_PRIMARY"),
        (primary.db, "nowhere", "CLASS_UNKNOWN"),
    ):
        with pytest.raises(Refused) as refused:
            primary_results(db, class_id, 0)
        assert refused.value.code == code
    assert school_primary_results(register.db, YEAR, 0) == []


# -- explained


def test_the_condition_that_fails_is_named_with_its_article(full: Primary) -> None:
    told = explain_level(full.db, full.class_id, term=0, pupil_id=full.pupils[3])
    assert told.result == "CHT" and "Điều 9 khoản 2 điểm a" in told.article
    rows = [(row.what, row.value, row.met) for row in told.rows]
    assert ("Hoàn thành", "không đạt", None) in rows
    assert ("Mọi môn: T hoặc H", "Toán C", False) in rows
    assert ("Mọi bài kiểm tra từ 5", "Toán 4", False) in rows
    assert ("Mọi phẩm chất, năng lực: T hoặc Đ", "15/15", True) in rows
    assert rows[-2:] == [("Chưa hoàn thành", "mức của em", None), ("Lên lớp", "hiệu trưởng quyết định", None)]
    decide(full.db, full.class_id, full.pupils[3], {OUTCOME: "KHONG_LEN_LOP"}, reason="Chưa đạt sau ôn tập")
    again = explain_level(full.db, full.class_id, term=0, pupil_id=full.pupils[3])
    assert "Chưa đạt sau ôn tập" in again.rows[-1].how and again.rows[-1].value == "Không được lên lớp"


def test_the_marks_of_a_title_are_shown_one_by_one(full: Primary) -> None:
    decide(full.db, full.class_id, full.pupils[1], {AGREES: None})
    told = explain_level(full.db, full.class_id, term=0, pupil_id=full.pupils[1])
    ticks = [(row.what, row.met) for row in told.rows if row.met is not None][-2:]
    assert ticks == [("Nổi bật hoặc tiến bộ rõ", True), ("Tập thể lớp công nhận", False)]
    best = explain_level(full.db, full.class_id, term=0, pupil_id=full.pupils[0])
    assert ("Danh hiệu", "HS Xuất sắc") in [(row.what, row.value) for row in best.rows]


def test_a_quality_below_is_named(full: Primary) -> None:
    told = explain_level(full.db, full.class_id, term=0, pupil_id=full.pupils[2])
    row = next(row for row in told.rows if row.what == "Mọi phẩm chất, năng lực: T")
    assert (row.value, row.met) == ("Yêu nước Đ và 14 mục nữa", False)


def test_a_term_and_a_subject_are_told_as_they_are(full: Primary) -> None:
    told = explain_level(full.db, full.class_id, term=1, pupil_id=full.pupils[0])
    assert ("Toán", "T · 10") in [(row.what, row.value) for row in told.rows]
    assert told.result is None and "chỉ xét cuối năm" in told.rows[-1].what
    subject = explain_average(full.db, full.class_id, "toan", term=1, pupil_id=full.pupils[0])
    assert [(row.what, row.value) for row in subject.rows] == [
        ("KT giữa kì", "10"),
        ("Mức giữa kì", "T"),
        ("KT cuối kì", "10"),
        ("Mức cuối kì", "T"),
        ("Kết quả", "Hoàn thành tốt"),
    ]
    assert "không tính từ điểm kiểm tra" in subject.rows[-1].how
    year = explain_average(full.db, full.class_id, "toan", term=0, pupil_id=full.pupils[0])
    assert year.result == "T" and "cuối học kì II" in year.rows[-1].how
    full.enter(0, "toan", 1, {"kck": None})
    owed = explain_average(full.db, full.class_id, "toan", term=1, pupil_id=full.pupils[0])
    assert owed.missing == ("Còn thiếu: KT cuối kì.",)
    with pytest.raises(Refused) as refused:
        explain_level(full.db, full.class_id, term=0, pupil_id="nobody")
    assert refused.value.code == "NOT_ENROLLED"


# -- paper


def test_the_results_on_paper(full: Primary, tmp_path: Path) -> None:
    paper = results_paper(full.db, full.class_id, 0, day=DAY)
    said = list(words(paper))
    assert not paper.draft and paper.landscape
    row = next(line for line in said if NAMES[1] in line)
    assert (
        row
        == f"2 | {NAMES[1]} | T | 8 | T | 8 | T | 8 | T | T | 8 | T | 8 | T | 8 | T | T | T | – | HT tốt | Tiêu biểu | Lên lớp"
    )
    assert any(line.startswith("Mức cuối năm: Hoàn thành xuất sắc 1, Hoàn thành tốt 1") for line in said)
    assert any("Chờ xét" in line for line in said)
    assert write_pdf(tmp_path / "kq.pdf", paper) >= 1
    term = text(results_paper(full.db, full.class_id, 1, day=DAY))
    assert "Học kì I" in term and "HT tốt" not in term


def test_a_draft_shows_where_something_waits_and_who_left(full: Primary) -> None:
    full.enter(0, "toan", 2, {"ck": None, "kck": None})
    set_status(full.db, full.pupils[2], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    paper = results_paper(full.db, full.class_id, 0, day=DAY)
    said = text(paper)
    assert paper.draft and "Còn 1 học sinh chưa đủ kết quả" in said
    assert "… | …" in said and "chưa có | chưa có | chưa có" in said
    assert "Chuyển đi 12/10/2026" in said


def test_the_report_card_speaks_of_one_pupil_alone(full: Primary) -> None:
    save_subject_comment(full.db, full.key("toan", 2), full.pupils[1], "Tính nhẩm nhanh.")
    save_term_record(full.db, full.class_id, 2, pupil_id=full.pupils[1], comment="Em rất ngoan.")
    paper = report_card_paper(full.db, full.class_id, 0, pupil_id=full.pupils[1], day=DAY)
    said = text(paper)
    assert "Toán | T | T | 8 | Tính nhẩm nhanh." in said and "Nhận xét: Em rất ngoan." in said
    assert "Danh hiệu: Học sinh Tiêu biểu" in said and "Kết quả giáo dục: Hoàn thành tốt" in said
    assert not any(name in said for name in (NAMES[0], NAMES[2], NAMES[3]))
    term = text(report_card_paper(full.db, full.class_id, 1, pupil_id=full.pupils[3], day=DAY))
    assert "Toán | H | H | 5 |" in term and "Kết quả giáo dục" not in term
    waiting = text(report_card_paper(full.db, full.class_id, 0, pupil_id=full.pupils[3], day=DAY))
    assert "chờ hiệu trưởng quyết định" in waiting


def test_report_cards_of_the_class_and_of_nobody(full: Primary) -> None:
    full.enter(0, "toan", 2, {"ck": None, "kck": None})
    paper = report_card_paper(full.db, full.class_id, 0, day=DAY)
    assert paper.draft and all(name in text(paper) for name in NAMES)
    assert "Chưa đủ kết quả: thiếu mức cuối năm: Toán" in text(paper)
    with pytest.raises(Refused) as refused:
        report_card_paper(full.db, full.class_id, 0, pupil_id="nobody")
    assert refused.value.code == "NOT_ENROLLED"


def test_the_explanation_for_parents(full: Primary) -> None:
    paper = explanation_paper(full.db, full.class_id, 0, pupil_id=full.pupils[3], day=DAY)
    said = text(paper)
    assert "Mọi môn: T hoặc H | Toán C | chưa" in said and "không xếp hạng" in said
    assert not paper.draft and NAMES[0] not in said


def test_the_page_of_a_subject(full: Primary) -> None:
    assert f"1 | {NAMES[0]} | 10 | T | 10 | T" in text(
        class_sheet_paper(full.db, full.class_id, "toan", 1, day=DAY)
    )


# -- spreadsheets


@pytest.mark.parametrize(
    ("heading", "slot"),
    [
        ("KT giữa kì", "kgk"),
        ("Mức giữa kì", "gk"),
        ("KT cuối kì", "kck"),
        ("Mức cuối kì", "ck"),
        ("Mức đạt được cuối kỳ", "ck"),
        ("KTĐK cuối kì", "kck"),
        ("kck", "kck"),
        ("ĐĐGck", "ck"),
    ],
)
def test_headings_of_primary_school(heading: str, slot: str) -> None:
    assert read_slot(heading) == slot


def test_what_is_exported_is_read_back_as_it_was(full: Primary, tmp_path: Path) -> None:
    path = tmp_path / "4A.xlsx"
    write_sheet(path, marks_sheets(full.db, full.class_id, 2))
    before = full.db.all("select id, value from mark where term = 2 order by id")
    plan = plan_marks(full.db, path, year=YEAR)
    assert (plan.refused, plan.count("changed"), plan.count("added")) == ((), 0, 0)
    assert plan.count("unchanged") == len(before)
    for pupil in range(4):
        for code in ("toan", "dao_duc"):
            slots = ("kgk", "gk", "kck", "ck") if code == "toan" else ("gk", "ck")
            full.enter(pupil, code, 2, dict.fromkeys(slots))
    again = plan_marks(full.db, path, year=YEAR)
    assert again.count("added") == 4 * 6
    apply_marks(full.db, again)
    assert full.db.all("select id, value from mark where term = 2 order by id") == before


def test_the_results_as_a_spreadsheet(full: Primary, tmp_path: Path) -> None:
    write_sheet(tmp_path / "kq.xlsx", results_sheet(full.db, full.class_id, 0))
    rows = read_sheet(tmp_path / "kq.xlsx").rows
    heads = next(row for row in rows if "STT" in row)
    line = next(row for row in rows if NAMES[1] in row)
    found = dict(zip(heads, line, strict=True))
    assert (found["Toán"], str(found["Toán – điểm kiểm tra"]), found["Nhân ái"]) == ("T", "8", "T")
    assert (found["Mức cuối năm"], found["Nổi bật, tiến bộ"], found["Lên lớp"]) == (
        "Hoàn thành tốt",
        "x",
        "Được lên lớp",
    )
    term = results_sheet(full.db, full.class_id, 1)[0]
    assert "Mức cuối năm" not in term.heads and "Đạo đức – điểm kiểm tra" not in term.heads
    assert "Cả năm" in marks_sheets(full.db, full.class_id, 0, code="toan")[0].heads


# -- seals


def test_a_seal_of_the_class_holds_levels_tests_and_qualities(full: Primary) -> None:
    lock_marks(full.db, [Scope(YEAR, full.class_id, None, 2)], reason="Hết năm")
    seal_page(full.db, full.class_id, 2, code=None, reason="Hết năm")
    code = str(full.db.value("select seal from seal"))
    assert verify_seal(full.db, code).holds
    assert "Mã niêm phong" in text(results_paper(full.db, full.class_id, 2, day=DAY))
    row = full.db.value("select id from quality where term = 2 and stage = 'gk' and code = 'nhan_ai' limit 1")
    full.db.connection.execute("update quality set value = 'C' where id = ?", (row,))
    mark = full.db.value("select id from mark where term = 2 and slot = 'kck' and code = 'toan' limit 1")
    full.db.connection.execute("update mark set value = 10 where id = ?", (mark,))
    verdict = verify_seal(full.db, code)
    assert not verdict.holds
    said = " ".join(change.words for change in verdict.changes)
    assert "Nhân ái giữa kì: " in said and "→ C" in said and "Toán KT cuối kì" in said and "→ 1 " in said
