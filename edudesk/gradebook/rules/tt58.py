"""Results of the years before Thông tư 22 (Thông tư 58/2011, 26/2020), to read old transcripts again. Tenths."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import MappingProxyType

from edudesk.kernel.numbers import half_up
from edudesk.kernel.regulation import Article, RuleTable, rule_file_by_code

OLD_LEVELS = ("G", "K", "TB", "Y", "KEM")  # “học lực” Giỏi, Khá, Trung bình, Yếu, Kém
CURRENT = "TT58/2011+TT26/2020"


@dataclass(frozen=True, slots=True)
class OldLevel:
    """What a level asks: the mean, one of the core subjects, every subject, every comment passed."""

    level: str
    mean: int
    core: int
    each: int
    comments: bool


@dataclass(frozen=True, slots=True)
class OldRegulation:
    """The levels, best first, and what a fall because of one single subject becomes."""

    code: str
    levels: tuple[OldLevel, ...]
    adjustment: Mapping[tuple[str, str], str]
    articles: Mapping[str, Article]


@dataclass(frozen=True, slots=True)
class OldResult:
    """`mean` in tenths, the level by the conditions alone, and the level given."""

    mean: int
    base: str
    level: str


@lru_cache(maxsize=4)
def old_regulation(code: str = CURRENT) -> OldRegulation:
    """The regulation by its code. Raises Refused NO_REGULATION, REGULATION_HOLE and kin."""
    file = rule_file_by_code(code)
    table = file.table
    levels, adjustment = table.table("levels"), table.table("adjustment")
    regulation = OldRegulation(
        code=file.code,
        levels=tuple(_level(levels.table(level), level) for level in OLD_LEVELS[:-1]),
        adjustment=MappingProxyType(dict(chain.from_iterable(_falls(adjustment, one) for one in ("G", "K")))),
        articles=MappingProxyType({key: table.table(key).article() for key in ("levels", "adjustment")}),
    )
    table.finish()
    return regulation


def _level(table: RuleTable, level: str) -> OldLevel:
    return OldLevel(
        level, table.tenths("mean"), table.tenths("core"), table.tenths("each"), table.flag("comments")
    )


def _falls(table: RuleTable, deserved: str) -> list[tuple[tuple[str, str], str]]:
    falls = table.table(deserved)
    return [((deserved, base), falls.choice(base, OLD_LEVELS)) for base in falls.names()]


def old_learning(
    scores: Sequence[int], comments: Sequence[str], core: Collection[int], *, regulation: OldRegulation
) -> OldResult:
    """“Học lực” from averages in tenths, comments (D, CD) and the places of Toán, Ngữ văn, Ngoại ngữ (Điều 13).

    A level lost by one single subject is the adjusted one (khoản 6): the mean keeps that subject, its floor is waived.
    """
    mean = half_up(sum(scores), len(scores))
    best = max(scores[place] for place in core)

    def level(floors: Sequence[int], passed: Sequence[str]) -> str:
        lowest = min(floors, default=100)
        return next(
            (
                rule.level
                for rule in regulation.levels
                if mean >= rule.mean
                and best >= rule.core
                and lowest >= rule.each
                and not (rule.comments and "CD" in passed)
            ),
            OLD_LEVELS[-1],
        )

    base = level(scores, comments)
    spared = [level([*scores[:n], *scores[n + 1 :]], comments) for n in range(len(scores))]
    spared += [level(scores, [*comments[:n], *comments[n + 1 :]]) for n in range(len(comments))]
    deserved = min(spared, key=OLD_LEVELS.index)
    return OldResult(mean, base, regulation.adjustment.get((deserved, base), base))
