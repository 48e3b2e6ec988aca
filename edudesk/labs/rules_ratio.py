"""How many pupils share a computer in an informatics lesson, and what a computer room lacks. Pure.

The measure is a lesson, not the whole school: the largest class that uses the room against the machines in it that
work (QĐ 4725/QĐ-BGDĐT, mức độ 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from edudesk.kernel.numbers import half_up
from edudesk.kernel.regulation import Article, RuleTable, rule_file_by_code

CODE = "QĐ4725/2022-TIN-HOC"
LEVELS = ("tieu_hoc", "thcs", "thpt")
REPAIR, MOVE, SHIFTS, BUY = "repair", "move", "shifts", "buy"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many pupils to a computer at a level of school, and where that is written."""

    most: int
    article: Article


@dataclass(frozen=True, slots=True)
class Ratio:
    """Pupils to a computer ("2.50", half up; None when nothing is usable), and how many machines are missing."""

    pupils_per_computer: str | None
    meets_level_2: bool
    short_by: int


@dataclass(frozen=True, slots=True)
class Spare:
    """Machines that could help a room: broken ones in it, working ones of the office, working ones other rooms can do
    without."""

    broken: int = 0
    office: int = 0
    surplus: int = 0


@dataclass(frozen=True, slots=True)
class Prices:
    """What the school reckons with, in whole đồng a machine; None when it has not said."""

    repair: int | None = None
    buy: int | None = None


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way to mend a shortage: `n` machines to repair, move or buy, or `n` groups to part the class into.

    `enough` says whether it does so alone. `cost` is in whole đồng: 0 where nothing is bought, None without a price.
    """

    kind: str
    n: int
    enough: bool
    cost: int | None = None


def limits(folder: Path | None = None) -> Mapping[str, Limit]:
    """The limit of each level of school, from the program's own rule files unless a folder is named. Raises Refused for a rule file with a hole."""
    table = rule_file_by_code(CODE, folder=folder).table
    levels = table.table("level_2")
    all_limits = {level: _limit(levels.table(level)) for level in LEVELS}
    table.finish()
    return all_limits


def _limit(table: RuleTable) -> Limit:
    return Limit(table.whole("most", 1), table.article())


def lab_ratio(largest_class: int, usable: int, *, most: int) -> Ratio:
    """A class of `largest_class` pupils (1 or more) at `usable` machines, where at most `most` may share one.

    Judged by whole numbers, so a ratio that only rounds to the limit does not meet it.
    """
    return Ratio(
        per_computer(largest_class, usable),
        largest_class <= most * usable,
        shortage(largest_class, usable, most),
    )


def shortage(largest_class: int, usable: int, most: int) -> int:
    """How many working machines are missing; 0 when there are enough."""
    return max(0, needed(largest_class, most) - usable)


def needed(largest_class: int, most: int) -> int:
    """The fewest machines that do for the class."""
    return -(-largest_class // most)


def per_computer(pupils: int, machines: int) -> str | None:
    """Pupils to a machine with two decimals, half up: "2.50"; None without machines."""
    if machines <= 0:
        return None
    whole, part = divmod(half_up(pupils * 100, machines), 100)
    return f"{whole}.{part:02}"


def options(
    largest_class: int, usable: int, *, most: int, spare: Spare, prices: Prices
) -> tuple[Remedy, ...]:
    """The ways to mend a shortage, what costs nothing first; none where there is no shortage."""
    short = shortage(largest_class, usable, most)
    if not short:
        return ()
    return (
        *_from_there(MOVE, spare.office + spare.surplus, short, price=0),
        *_from_there(REPAIR, spare.broken, short, price=prices.repair),
        *_shifts(largest_class, usable * most),
        Remedy(BUY, short, True, None if prices.buy is None else short * prices.buy),
    )


def _from_there(kind: str, count: int, short: int, *, price: int | None) -> tuple[Remedy, ...]:
    n = min(count, short)
    cost = None if price is None else n * price
    return (Remedy(kind, n, count >= short, cost),) if n else ()


def _shifts(largest_class: int, seats: int) -> tuple[Remedy, ...]:
    """Parting the class into groups that come one after the other; impossible without a machine."""
    return (Remedy(SHIFTS, -(-largest_class // seats), True, 0),) if seats else ()
