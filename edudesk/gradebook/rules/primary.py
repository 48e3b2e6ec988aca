"""Assessment in primary school (Thông tư 27/2020): levels given by a person, tests without decimals, the year's level.

Each subject is T (“Hoàn thành tốt”), H (“Hoàn thành”) or C (“Chưa hoàn thành”) at the middle and the end of each term;
each quality and competence (“phẩm chất, năng lực”) T (“Tốt”), D (“Đạt”) or C (“Cần cố gắng”). A level is never
derived from a test.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from edudesk.gradebook.rules.marks import CourseLoad, Mark, TermResult, is_owed, missing_of
from edudesk.gradebook.rules.regulation import CourseKind, Family
from edudesk.gradebook.rules.slots import SlotKind, is_test
from edudesk.kernel.errors import Problem
from edudesk.kernel.numbers import HIGHEST, parse_tenths
from edudesk.kernel.regulation import Article, RuleFile, RuleTable, rule_file, rule_file_by_code
from edudesk.kernel.text import fold
from edudesk.kernel.words import N_, _

STAGES = {"T": N_("Hoàn thành tốt"), "H": N_("Hoàn thành"), "C": N_("Chưa hoàn thành")}
GRADES = {"T": N_("Tốt"), "D": N_("Đạt"), "C": N_("Cần cố gắng")}
YEAR_LEVELS = {
    "HTXS": N_("Hoàn thành xuất sắc"),
    "HTT": N_("Hoàn thành tốt"),
    "HT": N_("Hoàn thành"),
    "CHT": N_("Chưa hoàn thành"),
}
TITLES = ("HS_XUAT_SAC", "HS_TIEU_BIEU")
QUALITIES = {
    "yeu_nuoc": N_("Yêu nước"),
    "nhan_ai": N_("Nhân ái"),
    "cham_chi": N_("Chăm chỉ"),
    "trung_thuc": N_("Trung thực"),
    "trach_nhiem": N_("Trách nhiệm"),
}
COMPETENCES = {
    "tu_chu": N_("Tự chủ và tự học"),
    "giao_tiep": N_("Giao tiếp và hợp tác"),
    "giai_quyet": N_("Giải quyết vấn đề và sáng tạo"),
    "ngon_ngu": N_("Ngôn ngữ"),
    "tinh_toan": N_("Tính toán"),
    "khoa_hoc": N_("Khoa học"),
    "cong_nghe": N_("Công nghệ"),
    "tin_hoc": N_("Tin học"),
    "tham_mi": N_("Thẩm mĩ"),
    "the_chat": N_("Thể chất"),
}
UNFINISHED = "CHT"
STAGE_LABELS: dict[str, str] = {SlotKind.GK: N_("Mức giữa kì"), SlotKind.CK: N_("Mức cuối kì")}
CURRENT = "TT27/2020"


@dataclass(frozen=True, slots=True)
class YearLevel:
    """What a level of the year asks of every subject, every quality and competence, and every year-end test."""

    level: str
    subjects: tuple[str, ...]
    qualities: tuple[str, ...]
    test: int


@dataclass(frozen=True, slots=True)
class PrimaryRegulation:
    """All tables of the regulation. `tests` and `midterm_tests` say by subject in which grades there is a test.

    `competences` names the grades of those that are not assessed in every grade.
    """

    code: str
    name: str
    edition: int
    tests: Mapping[str, tuple[int, ...]]
    midterm_tests: Mapping[str, tuple[int, ...]]
    competences: Mapping[str, tuple[int, ...]]
    lowest_test: int
    levels: tuple[YearLevel, ...]
    titles: Mapping[str, str]
    articles: Mapping[str, Article]
    family: ClassVar[Family] = Family.STAGES
    optional_counted: ClassVar[bool] = True

    def cite(self, key: str) -> str:
        """The article of a table with the regulation's name."""
        return f"{self.articles[key].cited}, {self.name}"


@lru_cache(maxsize=16)
def primary_regulation_for(year: int, grade: int, folder: Path | None = None) -> PrimaryRegulation:
    """The regulation a primary grade follows in a school year. Raises Refused NO_REGULATION, REGULATION_HOLE and kin."""
    return _read(rule_file(Family.STAGES, year, grade, folder=folder))


@lru_cache(maxsize=4)
def primary_regulation(code: str = CURRENT, folder: Path | None = None) -> PrimaryRegulation:
    """A regulation by its code. Raises Refused as `primary_regulation_for`."""
    return _read(rule_file_by_code(code, folder=folder))


_CITED = (
    *("stages", "tests", "midterm_tests", "test_mark"),
    *("qualities", "competences", "levels", "completion", "titles"),
)


def _read(file: RuleFile) -> PrimaryRegulation:
    table = file.table
    titles = table.table("titles")
    regulation = PrimaryRegulation(
        code=file.code,
        name=table.text("name"),
        edition=table.whole("edition", 1),
        tests=_grades(table.table("tests")),
        midterm_tests=_grades(table.table("midterm_tests")),
        competences=_grades(table.table("competences")),
        lowest_test=table.table("test_mark").whole("lowest"),
        levels=tuple(_level(table.table("levels").table(level), level) for level in list(YEAR_LEVELS)[:-1]),
        titles=MappingProxyType({title: titles.choice(title, tuple(YEAR_LEVELS)) for title in TITLES}),
        articles=MappingProxyType({key: table.table(key).article() for key in _CITED}),
    )
    table.finish()
    return regulation


def _grades(table: RuleTable) -> Mapping[str, tuple[int, ...]]:
    codes = [key for key in table.names() if key not in ("article", "verified", "note")]
    return MappingProxyType({code: table.wholes(code) for code in codes})


def _level(table: RuleTable, level: str) -> YearLevel:
    grade_level = YearLevel(level, table.texts("subjects"), table.texts("qualities"), table.tenths("test"))
    for key, letters, known in (
        ("subjects", grade_level.subjects, STAGES),
        ("qualities", grade_level.qualities, GRADES),
    ):
        if not set(letters) <= set(known):
            table.wrong(key, _("mức không có trong thang"))
    return grade_level


# -- cells


def primary_slots(code: str, grade: int, *, regulation: PrimaryRegulation) -> tuple[str, ...]:
    """The cells of a subject in each term: "kgk" and "kck" are the tests, "gk" and "ck" the levels (Điều 7)."""
    midterm = (SlotKind.KGK,) if grade in regulation.midterm_tests.get(code, ()) else ()
    final = (SlotKind.KCK,) if grade in regulation.tests.get(code, ()) else ()
    return tuple(map(str, (*midterm, SlotKind.GK, *final, SlotKind.CK)))


def check_primary(value: object, slot: str, *, regulation: PrimaryRegulation | None = None) -> Problem | None:
    """Whether a cell may hold a stored value that is no letter for what is owed; None when it may."""
    rules = regulation or primary_regulation()
    if not is_test(slot):
        if value in STAGES:
            return None
        message, next_step = _("Môn học ở tiểu học ghi mức T, H hoặc C."), _("Gõ T, H hoặc C.")
        return Problem("MARK_NOT_STAGE", message, next=next_step)
    lowest = 10 * rules.lowest_test
    if isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= HIGHEST:
        if value % 10 == 0:
            return None
        message = _("Điểm kiểm tra ở tiểu học là số nguyên, không có điểm thập phân.")
        return Problem("MARK_STEP", message, next=_("Gõ số nguyên từ {n} đến 10.").format(n=lowest // 10))
    return Problem("MARK_RANGE", _("Điểm kiểm tra từ {n} đến 10.").format(n=lowest // 10))


class StageAssessment:
    """Levels and tests of primary school: a level is given by a person, and nothing is made of what is owed."""

    kind = CourseKind.PRIMARY
    family = Family.STAGES
    computed = False
    article, owed_article = "stages", "stages"
    labels: Mapping[str, str] = MappingProxyType(STAGE_LABELS)

    def slots(self, load: CourseLoad, regulation: PrimaryRegulation) -> tuple[str, ...]:
        return primary_slots(load.code, load.grade, regulation=regulation)

    def read(self, text: object) -> Mark:
        """A level by its letter or its words, or the mark of a test; which of them a cell takes is checked later."""
        word = fold(str(text))
        for letter, words in STAGES.items():
            if word in (fold(letter), fold(words)):
                return letter
        return parse_tenths(text)

    def read_fast(self, _typed: str) -> Mark:
        return None

    def check(self, value: object, slot: str) -> Problem | None:
        return check_primary(value, slot)

    def is_number(self, slot: str) -> bool:
        return is_test(slot)

    def term(
        self,
        slots: Sequence[str],
        marks: Mapping[str, Mark],
        _regulation: PrimaryRegulation,
        *,
        closing: bool = False,
    ) -> TermResult:
        level = marks.get(SlotKind.CK)
        return TermResult(None if is_owed(level) else level, missing_of(slots, marks))

    def year(self, _first: int | str, second: int | str, _regulation: PrimaryRegulation) -> int | str:
        return second

    def absent(self, _regulation: PrimaryRegulation) -> Mark:
        return None

    def weight(self, _slot: str, _regulation: PrimaryRegulation) -> int:
        return 0

    def year_weights(self, _regulation: PrimaryRegulation) -> tuple[int, int]:
        return 0, 0


# -- the year


def year_level(
    subjects: Collection[str],
    qualities: Collection[str],
    tests: Collection[int],
    *,
    regulation: PrimaryRegulation,
) -> str:
    """HTXS, HTT, HT or CHT from the year-end levels, qualities and competences, and tests in tenths (Điều 9.2)."""
    return next(
        (
            rule.level
            for rule in regulation.levels
            if set(subjects) <= set(rule.subjects)
            and set(qualities) <= set(rule.qualities)
            and all(test >= rule.test for test in tests)
        ),
        UNFINISHED,
    )


def year_title(
    level: str, *, outstanding: bool, class_agrees: bool, regulation: PrimaryRegulation
) -> str | None:
    """HS_XUAT_SAC; HS_TIEU_BIEU for who is outstanding or has clearly progressed and the class agrees (Điều 13)."""
    if level == regulation.titles["HS_XUAT_SAC"]:
        return "HS_XUAT_SAC"
    typical = level == regulation.titles["HS_TIEU_BIEU"] and outstanding and class_agrees
    return "HS_TIEU_BIEU" if typical else None


def completed(level: str) -> bool:
    """Whether the year's programme is completed; when it is not, the principal decides after help and a test."""
    return level != UNFINISHED
