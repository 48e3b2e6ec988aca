"""Statistics of results: whom they count, how groups and parts add up, what they say on paper and in Excel."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from papers import text
from registers import Register
from schools import YEAR, change_subject

from edudesk.gradebook.exchange.statistics_sheet import statistics_sheets
from edudesk.gradebook.papers.statistics import statistics_paper
from edudesk.gradebook.results.statistics import SchoolYear, read_bands, save_bands
from edudesk.gradebook.results.statistics_kinds import BYS, COMMENTS, OF_YEAR, SPLITS, WHATS, StatisticsQuery
from edudesk.kernel.errors import Refused
from edudesk.paper.document import write_pdf
from edudesk.school.store import class_named
from edudesk.sheets.reader import read_sheet, sheet_names
from edudesk.sheets.writer import write_sheet
from edudesk.staff.store import save_member
from edudesk.students.store import add_pupil, save_pupil
from edudesk.students.store_status import set_status


@pytest.fixture
def full(register: Register) -> Register:
    """9A2: Tốt, Khá raised, Đạt, one who owes Toán of term II; girls but the third; the first two no Kinh."""
    db = register.db
    for place, score in enumerate((90, 85, 55, 70)):
        register.fill(place, score, toan=47 if place == 1 else score)
        register.conduct(place, "TOT" if place else "KHA", "TOT", absent=2)
    register.enter(3, "toan", 2, {"ck": None})
    save_pupil(db, register.pupils[0], {"ethnic": "02"})
    save_pupil(db, register.pupils[1], {"ethnic": "06"})
    save_pupil(db, register.pupils[2], {"ethnic": "01", "sex": "NAM"})
    other = class_named(db, YEAR, "6A1").id
    add_pupil(db, YEAR, other, {"name": "Bùi Tiến Đạt", "sex": "NAM", "ethnic": "01"})
    return register


def counted(register: Register, term: int, **asked: object) -> tuple[tuple[int, ...], int]:
    found = (
        SchoolYear(register.db, YEAR, term).statistics(StatisticsQuery().but(grade=9, **asked)).total.tally
    )
    return found.counts, found.missing


def test_levels_with_what_is_not_there_yet_in_a_column_of_its_own(full: Register) -> None:
    assert counted(full, 1) == ((1, 2, 1, 0), 0)
    assert counted(full, 2) == ((1, 1, 1, 0), 1)
    assert counted(full, 1, what="conduct") == ((3, 1, 0, 0), 0)


def test_girls_and_ethnic_minorities_and_both(full: Register) -> None:
    assert counted(full, 1, split="girls") == ((1, 2, 0, 0), 0)
    assert counted(full, 1, split="minority") == ((1, 1, 0, 0), 0), "a blank group is no minority"
    assert counted(full, 1, split="minority_girls") == ((1, 1, 0, 0), 0)
    notes = SchoolYear(full.db, YEAR, 1).statistics(StatisticsQuery()).notes
    assert notes == ("1 em chưa ghi dân tộc, không tính là dân tộc thiểu số.",)


def test_titles_and_going_up_belong_to_the_whole_year(full: Register) -> None:
    assert counted(full, 0, what="title") == ((1, 0, 2), 1)
    assert counted(full, 0, what="promotion") == ((3, 0, 0, 0), 1)
    notes = SchoolYear(full.db, YEAR, 0).statistics(StatisticsQuery("promotion")).notes
    assert "Lên lớp gồm cả hoàn thành chương trình ở lớp cuối cấp." in notes
    with pytest.raises(Refused) as caught:
        counted(full, 1, what="title")
    assert caught.value.code == "STATISTICS_TERM"


def test_bands_of_a_subject_and_of_one_assessment(full: Register) -> None:
    assert counted(full, 1, what="subject", subject="toan") == ((1, 1, 1, 1, 0), 0)
    assert counted(full, 2, what="slot", subject="toan", slot="ck") == ((1, 0, 1, 1, 0), 1)
    assert counted(full, 1, what="subject", subject="gdtc") == ((4, 0), 0)
    with pytest.raises(Refused) as caught:
        counted(full, 0, what="slot")
    assert caught.value.code == "STATISTICS_TERM"


def test_who_left_is_not_counted(full: Register) -> None:
    set_status(full.db, full.pupils[2], YEAR, "CHUYEN_DI", dt.date(YEAR, 10, 12))
    assert counted(full, 1) == ((1, 2, 0, 0), 0)


def test_rows_by_class_grade_subject_and_teacher(full: Register) -> None:
    db = full.db
    teacher = save_member(db, {"name": "Cao Thị Hạnh"}).changes[0].row
    change_subject(db, full.class_id, "toan", teacher_id=teacher)
    school = SchoolYear(db, YEAR, 1)
    assert [row.label for row in school.statistics(StatisticsQuery()).rows] == ["6A1", "9A2"]
    assert [row.label for row in school.statistics(StatisticsQuery(by="grade")).rows] == ["Khối 6", "Khối 9"]
    subjects = school.statistics(StatisticsQuery("subject", "subject", grade=9)).rows
    assert [row.label for row in subjects][:2] == ["Toán", "Ngữ văn"]
    teachers = school.statistics(StatisticsQuery("subject", "teacher", grade=9)).rows
    assert [(row.label, row.tally.total) for row in teachers] == [("Chưa phân công", 28), ("Cao Thị Hạnh", 4)]


def test_beside_term_one_and_the_other_classes_of_the_grade(full: Register) -> None:
    found = SchoolYear(full.db, YEAR, 2).statistics(StatisticsQuery())
    row = next(row for row in found.rows if row.label == "9A2")
    assert (row.tally.reached(found.good), row.before, row.peers) == (667, 750, None)
    assert found.total.before == 750


@pytest.mark.parametrize("what", list(WHATS))
@pytest.mark.parametrize("by", list(BYS))
def test_groups_add_up_to_the_whole_and_parts_to_no_more(full: Register, what: str, by: str) -> None:
    term = 0 if what in OF_YEAR else 2
    school = SchoolYear(full.db, YEAR, term)
    totals = {}
    for split in SPLITS:
        found = school.statistics(StatisticsQuery(what, by, split))
        totals[split] = found.total.tally
        for n in range(len(found.categories)):
            assert sum(row.tally.counts[n] for row in found.rows) == found.total.tally.counts[n]
        assert sum(row.tally.missing for row in found.rows) == found.total.tally.missing
        assert all(sum(row.tally.shares) == 1000 for row in (*found.rows, found.total) if row.tally.total)
    assert totals["all"].total >= totals["girls"].total >= totals["minority_girls"].total
    assert totals["minority"].total >= totals["minority_girls"].total


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sexes=st.lists(st.sampled_from(["NAM", "NU"]), min_size=4, max_size=4))
def test_girls_and_boys_make_all(full: Register, sexes: list[str]) -> None:
    for pupil, sex in zip(full.pupils, sexes, strict=True):
        save_pupil(full.db, pupil, {"sex": sex})
    everybody, girls = counted(full, 1), counted(full, 1, split="girls")
    assert sum(girls[0]) == sexes.count("NU")
    assert all(part <= whole for part, whole in zip(girls[0], everybody[0], strict=True))


def test_the_school_sets_its_own_bands(full: Register) -> None:
    save_bands(full.db, (90, 70))
    assert [band.label for band in read_bands(full.db)] == ["≥ 9,0", "7,0–8,9", "< 7,0"]
    assert counted(full, 1, what="subject", subject="toan") == ((1, 1, 2), 0)
    with pytest.raises(Refused):
        save_bands(full.db, (50, 70))
    full.db.undo()
    assert len(read_bands(full.db)) == 5


# -- on paper and in Excel


def test_the_paper_has_the_table_and_says_what_its_shares_are_of(full: Register, tmp_path: Path) -> None:
    paper = statistics_paper(full.db, YEAR, 2, StatisticsQuery(grade=9))
    said = text(paper)
    assert "9A2 | 4 | 1 | 25,0 | 1 | 25,0 | 1 | 25,0 | 0 | 0,0 | 1 | 25,0 | 66,7 | −8,3 | –" in said
    assert "Khối 9 – Học kì II – Năm học 2026–2027" in said
    assert "kể cả chưa đủ điểm" in said
    assert paper.landscape and paper.draft
    assert write_pdf(tmp_path / "a.pdf", paper) == 1


def test_a_long_chart_begins_a_page(full: Register, tmp_path: Path) -> None:
    paper = statistics_paper(full.db, YEAR, 1, StatisticsQuery("subject", "subject"))
    assert "Các mốc điểm do nhà trường đặt" in text(paper)
    assert write_pdf(tmp_path / "a.pdf", paper) == 2


def test_nothing_to_count_makes_no_paper(register: Register) -> None:
    with pytest.raises(Refused) as caught:
        statistics_paper(register.db, YEAR, 1, StatisticsQuery(grade=12))
    assert caught.value.code == "STATISTICS_EMPTY"


def test_excel_has_a_sheet_to_each_part(full: Register, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_sheet(path, statistics_sheets(full.db, YEAR, 2, StatisticsQuery(grade=9)))
    assert sheet_names(path) == ["Tất cả", "Nữ", "Dân tộc thiểu số", "Nữ DTTS"]
    rows = read_sheet(path, "Tất cả").rows
    assert rows[0][0] == "Kết quả học tập" and rows[3][:5] == ["Lớp", "Giáo viên", "Học sinh", "Tốt", "Tốt %"]
    assert rows[4][:5] == ["9A2", None, 4, 1, 25] and rows[5][0] == "Khối 9"
    only = statistics_sheets(
        full.db, YEAR, 2, replace(StatisticsQuery(grade=9), split="girls", subject=COMMENTS)
    )
    assert [sheet.name for sheet in only] == ["Nữ"]


def test_primary_classes_have_levels_of_their_own(tmp_path: Path) -> None:
    school = Register(tmp_path / "tiểu học", "3A", levels=("tieu_hoc",))
    school.enter(0, "toan", 1, {"ck": "T"})
    school.enter(1, "toan", 1, {"ck": "C"})
    found = SchoolYear(school.db, YEAR, 1).statistics(StatisticsQuery(subject="toan"))
    assert (found.query.what, found.rows[0].tally.counts, found.rows[0].tally.missing) == (
        "stage",
        (1, 0, 1),
        2,
    )
    every = SchoolYear(school.db, YEAR, 1).statistics(StatisticsQuery(by="subject"))
    assert every.query.subject == "primary" and [row.key for row in every.rows][:2] == ["tieng_viet", "toan"]
    year = SchoolYear(school.db, YEAR, 0).statistics(StatisticsQuery())
    assert (year.query.what, year.total.tally.missing) == ("primary", 4)
    with pytest.raises(Refused) as refused:
        SchoolYear(school.db, YEAR, 1).statistics(StatisticsQuery("primary"))
    assert refused.value.code == "STATISTICS_TERM"
    school.db.close()


def test_a_school_of_both_says_who_is_not_counted(tmp_path: Path) -> None:
    from schools import make_school

    with make_school(tmp_path / "liên cấp", ("3A", "9A2"), levels=("tieu_hoc", "thcs")) as db:
        for name in ("3A", "9A2"):
            add_pupil(db, YEAR, class_named(db, YEAR, name).id, {"name": "Lò Thị Ánh", "sex": "NU"})
        school = SchoolYear(db, YEAR, 0)
        learned = school.statistics(StatisticsQuery("learning"))
        assert ([row.label for row in learned.rows], learned.total.label) == (["9A2"], "Toàn trường")
        assert "Không gồm 1 lớp tiểu học" in " ".join(learned.notes)
        levels = school.statistics(StatisticsQuery("primary", subject="score"))
        assert ([row.label for row in levels.rows], levels.total.label) == (["3A"], "Tiểu học")
        assert (school.grades("primary"), school.grades("learning")) == ([3], [9])
        assert school.nearest("primary") == "primary" and school.nearest("learning") == "learning"
