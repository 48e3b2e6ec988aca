"""A regulation of assessment as one frozen record, read from its rule file. Thresholds are in tenths."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from edudesk.kernel.regulation import Article, RuleFile, RuleTable, rule_file, rule_file_by_code
from edudesk.kernel.words import _

LEVELS = ("TOT", "KHA", "DAT", "CHUA_DAT")  # best first (“mức đánh giá”)
FAILED = LEVELS[-1]
TITLES = ("HS_XUAT_SAC", "HS_GIOI")
OUTCOMES = ("LEN_LOP", "DANH_GIA_LAI", "REN_LUYEN_HE", "KHONG_LEN_LOP")
CURRENT = "TT22/2021"


class Family(StrEnum):
    """The shape of a regulation, by the `kind` its rule file states: what has a table for each shape is keyed by it."""

    AVERAGES = "assessment"
    STAGES = "primary_assessment"


class CourseKind(StrEnum):
    """How a subject is assessed: by marks (“điểm số”), by D and CD (“nhận xét”), by levels and tests (tiểu học)."""

    SCORE = "score"
    COMMENT = "comment"
    PRIMARY = "primary"


@dataclass(frozen=True, slots=True)
class LevelRule:
    """What a level of learning asks: every average from `each`, `count` of them from `count_from`, and at most
    `failed_comments` comment subjects failed (Điều 9.2)."""

    level: str
    each: int
    count: int
    count_from: int
    failed_comments: int
    article: Article


@dataclass(frozen=True, slots=True)
class Adjustment:
    """When a level is raised: it fell `fall` levels or more below one of `from_levels` by one subject (Điều 9.3)."""

    fall: int
    rise: int
    from_levels: tuple[str, ...]
    comment_subjects: bool
    after_reassessment: bool
    article: Article


@dataclass(frozen=True, slots=True)
class TitleRule:
    """What a title asks at the end of the year (Điều 15)."""

    title: str
    learning: str
    conduct: str
    count: int
    count_from: int


@dataclass(frozen=True, slots=True)
class PromotionRule:
    """What going up a grade asks (Điều 12–14)."""

    most_absences: int
    learning: str
    conduct: str
    both_failed: str
    last_grades: tuple[int, ...]
    reassess_below: int


@dataclass(frozen=True, slots=True)
class Regulation:
    """All numbers and tables of one regulation. `articles` cites each table by its key."""

    code: str
    name: str
    edition: int
    regular_steps: tuple[tuple[int, int], ...]
    regular_beyond: int
    regular_comment: int
    contents: Mapping[str, tuple[str, ...]]
    weights: tuple[int, int, int]
    year_weights: tuple[int, int]
    missing_score: int
    missing_comment: str
    fewest_subjects: int
    optional_counted: bool
    levels: tuple[LevelRule, ...]
    adjustment: Adjustment
    conduct: Mapping[tuple[str, str], str]
    promotion: PromotionRule
    titles: tuple[TitleRule, ...]
    articles: Mapping[str, Article]
    family: ClassVar[Family] = Family.AVERAGES

    def cite(self, key: str) -> str:
        """The article of a table with the regulation's name: "Điều 9 khoản 1, Thông tư 22/2021/TT-BGDĐT"."""
        return f"{self.articles[key].cited}, {self.name}"


@lru_cache(maxsize=64)
def regulation_for(year: int, grade: int, folder: Path | None = None) -> Regulation:
    """The regulation a grade follows in a school year. Raises Refused: NO_REGULATION, REGULATION_HOLE and kin."""
    return read_regulation(rule_file(Family.AVERAGES, year, grade, folder=folder))


@lru_cache(maxsize=8)
def regulation_named(code: str = CURRENT, folder: Path | None = None) -> Regulation:
    """A regulation by its code. Raises Refused as `regulation_for`."""
    return read_regulation(rule_file_by_code(code, folder=folder))


def read_regulation(file: RuleFile) -> Regulation:
    """The record of a rule file. Raises Refused with every hole and contradiction of the file."""
    table = file.table
    regular, average = table.table("regular"), table.table("average")
    by_year, missing = table.table("year_average"), table.table("missing")
    levels = table.table("levels")
    regulation = Regulation(
        code=file.code,
        name=table.text("name"),
        edition=table.whole("edition", 1),
        regular_steps=_steps(regular),
        regular_beyond=regular.whole("beyond", 1),
        regular_comment=table.table("regular_comment").whole("count", 1),
        contents=_contents(table.table("contents")),
        weights=(average.whole("regular", 1), average.whole("midterm", 1), average.whole("final", 1)),
        year_weights=(by_year.whole("first", 1), by_year.whole("second", 1)),
        missing_score=missing.tenths("score"),
        missing_comment=missing.choice("comment", ("CD", "D")),
        fewest_subjects=levels.whole("fewest_subjects", 1),
        optional_counted=levels.flag("optional_counted"),
        levels=_levels(levels),
        adjustment=_adjustment(table.table("adjustment")),
        conduct=_conduct(table.table("conduct_year")),
        promotion=_promotion(table),
        titles=_titles(table.table("titles")),
        articles=_articles(table),
    )
    table.finish()
    return regulation


def _steps(regular: RuleTable) -> tuple[tuple[int, int], ...]:
    steps = tuple((table.whole("periods", 1), table.whole("count", 1)) for table in regular.tables("steps"))
    if list(steps) != sorted(steps) or len({periods for periods, _count in steps}) < len(steps):
        regular.wrong("steps", _("số tiết và số lần phải tăng dần"))
    return steps


def _contents(table: RuleTable) -> Mapping[str, tuple[str, ...]]:
    codes = [key for key in table.names() if key not in ("article", "verified", "note")]
    return MappingProxyType({code: table.texts(code) for code in codes})


def _levels(table: RuleTable) -> tuple[LevelRule, ...]:
    rules = tuple(_level(table.table(level), level) for level in LEVELS[:-1])
    for higher, lower in pairwise(rules):
        if higher.each < lower.each or higher.count_from < lower.count_from:
            table.wrong(
                higher.level,
                _("ngưỡng của mức cao phải không thấp hơn mức {lower}").format(lower=lower.level),
            )
    for rule in rules:
        if rule.count_from < rule.each:
            table.wrong(f"{rule.level}.count_from", _("ngưỡng đếm môn thấp hơn ngưỡng của mọi môn"))
    return rules


def _level(table: RuleTable, level: str) -> LevelRule:
    return LevelRule(
        level=level,
        each=table.tenths("each"),
        count=table.whole("count"),
        count_from=table.tenths("count_from"),
        failed_comments=table.whole("failed_comments"),
        article=table.article(),
    )


def _adjustment(table: RuleTable) -> Adjustment:
    from_levels = table.texts("from_levels")
    if not set(from_levels) <= set(LEVELS):
        table.wrong("from_levels", _("mức không có trong thang"))
    return Adjustment(
        fall=table.whole("fall", 1),
        rise=table.whole("raise", 1),
        from_levels=from_levels,
        comment_subjects=table.flag("comment_subjects"),
        after_reassessment=table.flag("after_reassessment"),
        article=table.article(),
    )


def _conduct(table: RuleTable) -> Mapping[tuple[str, str], str]:
    rows = {first: table.table(first) for first in LEVELS}
    return MappingProxyType(
        {(first, second): rows[first].choice(second, LEVELS) for first in LEVELS for second in LEVELS}
    )


def _promotion(table: RuleTable) -> PromotionRule:
    promotion = table.table("promotion")
    return PromotionRule(
        most_absences=promotion.whole("most_absences"),
        learning=promotion.choice("learning", LEVELS),
        conduct=promotion.choice("conduct", LEVELS),
        both_failed=promotion.choice("both_failed", ("KHONG_LEN_LOP", "REN_LUYEN_HE")),
        last_grades=promotion.wholes("last_grades"),
        reassess_below=table.table("reassessment").tenths("below"),
    )


def _titles(table: RuleTable) -> tuple[TitleRule, ...]:
    rows = [(title, table.table(title)) for title in TITLES]
    return tuple(
        TitleRule(
            title=title,
            learning=row.choice("learning", LEVELS),
            conduct=row.choice("conduct", LEVELS),
            count=row.whole("count"),
            count_from=row.tenths("count_from"),
        )
        for title, row in rows
    )


_CITED = (
    *(
        "regular",
        "regular_comment",
        "topics",
        "contents",
        "missing",
        "average",
        "year_average",
        "comment_result",
    ),
    *("levels", "adjustment", "conduct_year", "promotion", "summer_training", "reassessment", "titles"),
)


def _articles(table: RuleTable) -> Mapping[str, Article]:
    return MappingProxyType({key: table.table(key).article() for key in _CITED})
