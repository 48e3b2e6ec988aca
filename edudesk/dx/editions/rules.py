"""The index by which a school scores its digital transformation: groups, criteria, items and their maxima, as data.

Points are whole tenths (75 is 7,5). The index is a plain mapping, of a file in `resources/dx` or of an edition the
school edited; whatever is wrong with it is refused at once, all of it. What a published table leaves out is a hole
(`missing`) and stays one until somebody completes it from the original text.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.paths import resource
from edudesk.kernel.regulation import Article, RuleTable
from edudesk.kernel.words import _

HOWS = ("yes_no", "partial", "ratio", "count", "computers")  # what an item asks for
BUILT_IN = "qd4725_2022.toml"


@dataclass(frozen=True, slots=True)
class Bands:
    """From how many points level 2 begins, and above how many level 3: exactly `third_above` is level 2."""

    second_from: int
    third_above: int

    def level(self, points: int) -> int:
        """1, 2 or 3."""
        return 1 if points < self.second_from else 2 if points <= self.third_above else 3


@dataclass(frozen=True, slots=True)
class IndexItem:
    """What gets points, at most `maximum`; `how` says what it asks for."""

    code: str
    title: str
    maximum: int
    how: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion (“tiêu chí”): with items, or a mandatory condition (“điều kiện bắt buộc”) without points."""

    code: str
    title: str
    items: tuple[IndexItem, ...]
    mandatory: bool
    verified: bool
    evidence: str = ""
    bands: Bands | None = None


@dataclass(frozen=True, slots=True)
class CriterionGroup:
    """A group of criteria (“nhóm tiêu chí”); `missing` points of its scale have no item yet."""

    code: str
    title: str
    criteria: tuple[Criterion, ...]
    missing: int = 0
    missing_note: str = ""

    @property
    def items(self) -> tuple[IndexItem, ...]:
        """Every item with points, in order."""
        return tuple(item for criterion in self.criteria for item in criterion.items)

    @property
    def maximum(self) -> int:
        """What the items together can give."""
        return sum(item.maximum for item in self.items)


@dataclass(frozen=True, slots=True)
class ScoringIndex:
    """The whole index. `scale` is the most a group can have, `step` the smallest part of a point."""

    code: str
    name: str
    source: str
    scale: int
    step: int
    bands: Bands
    due: tuple[int, int]
    groups: tuple[CriterionGroup, ...]
    articles: Mapping[str, Article]

    @property
    def items(self) -> Mapping[str, IndexItem]:
        """Items by code, in order."""
        return {item.code: item for group in self.groups for item in group.items}

    @property
    def conditions(self) -> tuple[Criterion, ...]:
        """The mandatory conditions, in order."""
        return tuple(
            criterion for group in self.groups for criterion in group.criteria if criterion.mandatory
        )


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of the index: an item, or a condition without points (`item` None), and where it stands."""

    group: CriterionGroup
    criterion: Criterion
    item: IndexItem | None

    @property
    def code(self) -> str:
        return self.item.code if self.item else self.criterion.code

    @property
    def title(self) -> str:
        return self.item.title if self.item else self.criterion.title

    @property
    def verified(self) -> bool:
        """Whether its words and points were compared with the original text."""
        return self.item.verified if self.item else self.criterion.verified


def entries(index: ScoringIndex) -> tuple[IndexEntry, ...]:
    """Every line of the index, in order."""
    return tuple(
        IndexEntry(group, criterion, item)
        for group in index.groups
        for criterion in group.criteria
        for item in criterion.items or (None,)
    )


@lru_cache(maxsize=4)
def built_in(path: Path | None = None) -> ScoringIndex:
    """The index that ships with the program. Raises Refused like `read_index`."""
    return read_index(built_in_data(path), (path or resource("dx", BUILT_IN)).name)


def built_in_data(path: Path | None = None) -> dict[str, Any]:
    """The same as plain data, to begin an edition with. Raises Refused REGULATION_UNREADABLE."""
    path = path or resource("dx", BUILT_IN)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = _("Không đọc được bộ chỉ số: {why}").format(why=error)
        raise Refused(
            Problem("REGULATION_UNREADABLE", message, path.name, _("Cài lại chương trình."))
        ) from None


def read_index(data: Mapping[str, Any], name: str) -> ScoringIndex:
    """The index of plain data; `name` is said in problems. Raises Refused with every problem."""
    table = RuleTable(name, data)
    mandatory = frozenset(table.texts("mandatory"))
    groups = tuple(_group(section, mandatory) for section in table.tables("group"))
    index = ScoringIndex(
        code=table.text("code"),
        name=table.text("name"),
        source=table.text("source"),
        scale=10 * table.table("scale").whole("maximum", 1),
        step=table.table("step").whole("step_tenths", 1),
        bands=_bands(table.table("levels")),
        due=(table.table("due").whole("month", 1), table.table("due").whole("day", 1)),
        groups=groups,
        articles={key: table.table(key).article() for key in ("scale", "step", "levels", "overall", "due")},
    )
    for key, what in _wrong(index, mandatory, official=table.flag("official")):
        table.wrong(key, what)
    table.finish()
    return index


def _group(table: RuleTable, mandatory: frozenset[str]) -> CriterionGroup:
    return CriterionGroup(
        code=table.text("code"),
        title=table.text("title"),
        criteria=tuple(_criterion(section, mandatory) for section in table.tables("criterion")),
        missing=10 * table.whole("missing") if table.has("missing") else 0,
        missing_note=table.text("missing_note") if table.has("missing_note") else "",
    )


def _criterion(table: RuleTable, mandatory: frozenset[str]) -> Criterion:
    code = table.text("code")
    return Criterion(
        code=code,
        title=table.text("title"),
        items=tuple(_item(section) for section in table.tables("item")) if table.has("item") else (),
        mandatory=code in mandatory,
        verified=table.flag("verified"),
        evidence=table.text("evidence") if table.has("evidence") else "",
        bands=_bands(table) if table.has("second_from") else None,
    )


def _item(table: RuleTable) -> IndexItem:
    return IndexItem(
        code=table.text("code"),
        title=table.text("title"),
        maximum=10 * table.whole("maximum", 1),
        how=table.choice("how", HOWS),
        verified=table.flag("verified"),
    )


def _bands(table: RuleTable) -> Bands:
    return Bands(10 * table.whole("second_from", 1), 10 * table.whole("third_above", 1))


# -- what must hold


def _wrong(index: ScoringIndex, mandatory: frozenset[str], *, official: bool) -> Iterator[tuple[str, str]]:
    """(key, what is wrong) of the index as a whole."""
    if not is_day(*index.due):
        words = _("không có ngày {day} tháng {month} trong mọi năm")
        yield "due", words.format(day=index.due[1], month=index.due[0])
    yield from _wrong_codes(index, mandatory)
    yield from _wrong_bands(index)
    for group in index.groups:
        lacking = index.scale - group.maximum
        if group.missing != lacking:
            words = _("các mục của nhóm cộng thành {sum}, khai thiếu {said} mà thang là {scale}")
            numbers = {"sum": group.maximum // 10, "said": group.missing // 10, "scale": index.scale // 10}
            yield f"group {group.code}", words.format(**numbers)
    if official:
        yield from (("official", problem.message) for problem in official_problems(index))


def is_day(month: int, day: int) -> bool:
    """Whether every year has the day: 29 February is none, it would be missed three years in four."""
    try:
        dt.date(2001, month, day)  # no leap year
    except ValueError:
        return False
    return True


def _wrong_codes(index: ScoringIndex, mandatory: frozenset[str]) -> Iterator[tuple[str, str]]:
    codes = [item.code for group in index.groups for item in group.criteria]
    items = [item.code for group in index.groups for item in group.items]
    for seen in (codes, items):
        for code in sorted({code for code in seen if seen.count(code) > 1}):
            yield code, _("mã {code} có hai lần").format(code=code)
    for code in sorted(mandatory - set(codes)):
        yield "mandatory", _("không có tiêu chí {code}").format(code=code)
    for group in index.groups:
        for criterion in group.criteria:
            if criterion.mandatory == bool(criterion.items):
                yield criterion.code, _("tiêu chí hoặc là điều kiện bắt buộc, hoặc có mục tính điểm")


def _wrong_bands(index: ScoringIndex) -> Iterator[tuple[str, str]]:
    bands = [("levels", index.bands, index.scale)]
    for group in index.groups:
        for criterion in group.criteria:
            most = sum(item.maximum for item in criterion.items)
            bands += [(criterion.code, criterion.bands, most)] if criterion.bands else []
    for key, band, most in bands:
        if not band.second_from <= band.third_above < most:
            yield key, _("các mức phải tăng dần và nằm trong thang điểm")
    for item in index.items.values():
        if item.maximum % index.step:
            yield item.code, _("điểm tối đa không phải bội số của bước chấm")


def official_problems(index: ScoringIndex) -> tuple[Problem, ...]:
    """Why the index gives no official total yet: a group whose maxima do not make the scale."""
    words = _("Nhóm {group} mới có {sum}/{scale} điểm, còn thiếu {lacking} điểm.")
    next_step = _("Bổ sung mục còn thiếu theo văn bản gốc trong phần Bộ chỉ số.")
    return tuple(
        Problem(
            "DX_SCALE",
            words.format(
                group=group.code,
                sum=group.maximum // 10,
                scale=index.scale // 10,
                lacking=(index.scale - group.maximum) // 10,
            ),
            next=next_step,
        )
        for group in index.groups
        if group.maximum != index.scale
    )
