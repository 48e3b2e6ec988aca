"""The rates of depreciation (“tỉ lệ hao mòn”) as dated data, with what the school has set itself. Pure.

Rates are in hundredths of a percent a year: 1429 is 14,29 %. Where the annex was not read there is no rate, and none is
guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import show_hundredths
from edudesk.kernel.regulation import Article, RuleTable, rule_file_by_code
from edudesk.kernel.words import N_, _

CODE = "TT141/2025"
MOST_YEARS = 100
ARTICLES = (
    "threshold",
    "tools",
    "charge",
    "last",
    "rounding",
    "transition",
    "used",
    "local",
    "exempt",
    "single",
)


@dataclass(frozen=True, slots=True)
class AssetClass:
    """A class of assets (Điều 4.1). `always` counts as an asset whatever it costs."""

    code: str
    name: str
    always: bool


@dataclass(frozen=True, slots=True)
class OwnRate:
    """What the school has set for a row: the annex as it read it, and the province's rate with its decision."""

    years: int | None = None
    rate: int | None = None
    local: int | None = None
    decision: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """A row of the annex; `local` is the province's rate, which then counts. `old_*` are those of TT 23/2023."""

    code: str
    group: str
    name: str
    years: int | None
    rate: int | None
    old_years: int | None
    old_rate: int | None
    article: Article
    local: int | None = None
    own: bool = False

    @property
    def used(self) -> int | None:
        """The rate that counts."""
        return self.rate if self.local is None else self.local

    @property
    def life(self) -> int | None:
        """In how many years that rate uses an asset up; the annex's years while its own rate counts."""
        if self.local is None:
            return self.years
        return -(-10_000 // self.local)


@dataclass(frozen=True, slots=True)
class RateBook:
    """Everything a computation asks the regulation."""

    least: int
    first: int
    most_local: int
    classes: tuple[AssetClass, ...]
    rates: Mapping[str, Rate]
    articles: Mapping[str, Article]

    def group_of(self, rate: Rate) -> AssetClass:
        """The class of a rate."""
        return next(group for group in self.classes if group.code == rate.group)


@lru_cache(maxsize=4)
def rate_book(folder: Path | None = None) -> RateBook:
    """The book as it comes with the program. Raises Refused for a rule file with a hole."""
    table = rule_file_by_code(CODE, folder=folder).table
    classes = tuple(
        AssetClass(section.text("code"), section.text("name"), section.flag("always"))
        for section in table.table("classes").tables("list")
    )
    annex, codes = table.table("annex").article(), tuple(group.code for group in classes)
    rates = [_rate(section, codes, annex) for section in table.tables("rates")]
    book = RateBook(
        table.table("threshold").whole("least", 1),
        table.table("transition").whole("first", 1900),
        table.table("local").whole("most", 1),
        classes,
        {rate.code: rate for rate in rates},
        {name: table.table(name).article() for name in (*ARTICLES, "annex", "old", "classes")},
    )
    table.finish()
    return book


def _rate(table: RuleTable, groups: tuple[str, ...], annex: Article) -> Rate:
    years, rate, old_years, old_rate = (
        table.whole(key, 1) if table.has(key) else None for key in ("years", "rate", "old_years", "old_rate")
    )
    group = table.choice("class", groups)
    return Rate(
        table.text("code"), group, table.text("name"), years, rate, old_years, old_rate, article=annex
    )


def with_own(book: RateBook, own: Mapping[str, OwnRate]) -> RateBook:
    """The book with what the school has set; rows it does not know are left out."""
    return replace(book, rates={code: _with(rate, own.get(code)) for code, rate in book.rates.items()})


def _with(rate: Rate, own: OwnRate | None) -> Rate:
    if own is None:
        return rate
    text = f"{rate.article.text}; {own.decision}" if own.local and own.decision else rate.article.text
    return replace(
        rate,
        years=own.years or rate.years,
        rate=own.rate or rate.rate,
        local=own.local,
        own=True,
        article=replace(rate.article, text=text, verified=own.verified),
    )


def check_own(book: RateBook, code: str, own: OwnRate) -> tuple[Problem, ...]:
    """Everything that speaks against what a school sets."""
    rate = book.rates[code]
    years, annual = own.years or rate.years, own.rate or rate.rate
    problems = []
    if (years is None) != (annual is None):
        message = _("Cần cả số năm và tỉ lệ.")
        problems.append(Problem("RATE_HALF", message, rate.name, _("Gõ cả hai."), field="rate"))
    if not all(1 <= number <= MOST_YEARS for number in (own.years,) if number is not None):
        message = _("Số năm từ 1 đến {most}.").format(most=MOST_YEARS)
        problems.append(Problem("RATE_YEARS", message, rate.name, _("Gõ lại số năm."), field="years"))
    if own.local is not None:
        problems += _check_local(book, rate.name, own, annual)
    return tuple(problems)


def _check_local(book: RateBook, name: str, own: OwnRate, annual: int | None) -> Iterable[Problem]:
    if annual is None or abs(own.local - annual) * 100 > annual * book.most_local:  # type: ignore[operator]
        message = _("Tỉ lệ của địa phương chỉ được chênh nhiều nhất {most} % so với Phụ lục I.")
        sentence = message.format(most=book.most_local)
        yield Problem("RATE_LOCAL", sentence, name, book.articles["local"].cited, field="local")
    if not own.decision:
        message = _("Tỉ lệ của địa phương cần số quyết định.")
        yield Problem("RATE_DECISION", message, name, _("Gõ số, ngày quyết định."), field="decision")


# -- as people write them


def parse_rate(text: str) -> int:
    """Hundredths of a percent from "14,29" or "14.29". Raises Refused RATE_TEXT."""
    match = re.fullmatch(r"(\d{1,3})(?:[,.](\d{1,2}))?\s*%?", text.strip(), re.ASCII)
    rate = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else 0
    if not 0 < rate <= 10_000:
        message = _("Tỉ lệ là số phần trăm một năm, nhiều nhất hai chữ số thập phân.")
        raise Refused(Problem("RATE_TEXT", message, next=_("Gõ lại, như 14,29."), field="rate"))
    return rate


def show_rate(rate: int | None) -> str:
    """1429 is "14,29"; "" when there is none."""
    return show_hundredths(rate)


def check_rate(value: int | str | None) -> Problem | None:
    """What is wrong with a rate as it was typed."""
    try:
        parse_rate(str(value))
    except Refused as no:
        return no.problems[0]
    return None


NO_RATE = N_("Chưa biết tỉ lệ của loại này: nhập theo Phụ lục I.")
