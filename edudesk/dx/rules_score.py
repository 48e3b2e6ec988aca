"""Points of the self-score: what may be written, sums, levels, and the shortest way to the next level.

Points are whole tenths. A group's level follows QĐ 4725: under 50 is level 1, from 50 to 75 level 2, above 75 level 3.
The level of the whole school, by the lower group, is this program's reading of “mỗi nhóm”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from edudesk.dx.editions.rules import Bands, Criterion, CriterionGroup, IndexItem, ScoringIndex
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import N_, _

LEVELS = {1: N_("Mức 1 – chưa đáp ứng"), 2: N_("Mức 2 – đáp ứng cơ bản"), 3: N_("Mức 3 – đáp ứng tốt")}
_PLAIN = re.compile(r"[0-9]{1,4}([.,][0-9]{1,6})?")
Points = Mapping[str, int]


def level_name(level: int) -> str:
    """The name of a level in words."""
    return _(LEVELS[level])


def show_points(points: int) -> str:
    """Tenths as people read them: 60 is "6", 75 is "7,5"."""
    whole, tenth = divmod(points, 10)
    return f"{whole},{tenth}" if tenth else str(whole)


def parse_points(raw: object) -> int:
    """Points in tenths from "7,5", "7.5", 7 or a Decimal; 0 or more. Raises Refused DX_POINTS, DX_STEP."""
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal | str):
        raise _no_points(raw)
    text = squeeze(str(raw))
    if not _PLAIN.fullmatch(text):
        raise _no_points(raw)
    tenths = Decimal(text.replace(",", ".")) * 10
    if tenths != int(tenths):
        message = _("Điểm chỉ có một chữ số thập phân.")
        raise Refused(Problem("DX_STEP", message, next=_("Gõ như 6 hoặc 7,5.")))
    return int(tenths)


def _no_points(raw: object) -> Refused:
    message = _("“{text}” không phải là điểm.").format(text=str(raw)[:20])
    return Refused(Problem("DX_POINTS", message, next=_("Gõ như 6 hoặc 7,5.")))


def check_points(item: IndexItem, points: int, *, step: int) -> Problem | None:
    """Whether the item can be given that many points (“không vượt quá điểm tối đa”)."""
    place = _("Mục {code}").format(code=item.code)
    if not 0 <= points <= item.maximum:
        message = _("Mục này tối đa {max} điểm.").format(max=show_points(item.maximum))
        return Problem("DX_MAXIMUM", message, place, _("Gõ điểm từ 0 đến mức tối đa."))
    if points % step:
        message = _("Điểm chấm theo bước {step}.").format(step=show_points(step))
        below = points - points % step
        fixes = {"lower": show_points(below), "upper": show_points(below + step)}
        return Problem("DX_STEP", message, place, _("Ghi {lower} hoặc {upper}.").format(**fixes))
    return None


# -- levels


@dataclass(frozen=True, slots=True)
class GroupScore:
    """A group's sum; `to_next` points more reach `next_level`, both None at level 3."""

    group: CriterionGroup
    points: int
    level: int
    next_level: int | None
    to_next: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """All groups; `overall` is the lower of their levels; `conditions` whether each mandatory one is met."""

    groups: tuple[GroupScore, ...]
    overall: int
    conditions: tuple[tuple[Criterion, bool], ...]

    @property
    def unmet(self) -> tuple[Criterion, ...]:
        """The mandatory conditions that are not met."""
        return tuple(criterion for criterion, met in self.conditions if not met)


def judge(index: ScoringIndex, points: Points, met: Mapping[str, bool]) -> Result:
    """The score of a school; an item without points counts 0, a condition nobody answered is not met."""
    groups = tuple(_group_score(index, group, points) for group in index.groups)
    conditions = tuple((criterion, met.get(criterion.code, False)) for criterion in index.conditions)
    return Result(groups, overall_level(score.level for score in groups), conditions)


def _group_score(index: ScoringIndex, group: CriterionGroup, points: Points) -> GroupScore:
    total = sum(points.get(item.code, 0) for item in group.items)
    level = index.bands.level(total)
    if level == 3:
        return GroupScore(group, total, level, None, None)
    return GroupScore(group, total, level, level + 1, reaches(index.bands, level + 1, index.step) - total)


def reaches(bands: Bands, level: int, step: int) -> int:
    """The least points of level 2 or 3 on the steps that may be written."""
    if level == 2:
        return -(-bands.second_from // step) * step
    return (bands.third_above // step + 1) * step


def overall_level(levels: Iterable[int]) -> int:
    """The level of the school: that of its lowest group (our reading of “mỗi nhóm tiêu chí”)."""
    return min(levels)


def criterion_level(criterion: Criterion, points: Points) -> int | None:
    """The level of one criterion where the index gives it bands; None elsewhere."""
    if criterion.bands is None:
        return None
    return criterion.bands.level(sum(points.get(item.code, 0) for item in criterion.items))


# -- the way up


@dataclass(frozen=True, slots=True)
class Gain:
    """One item raised by `more` points to `to`."""

    item: IndexItem
    more: int
    to: int


@dataclass(frozen=True, slots=True)
class Way:
    """Items to raise so that a group reaches a level."""

    gains: tuple[Gain, ...]

    @property
    def more(self) -> int:
        """The points all of them add."""
        return sum(gain.more for gain in self.gains)


def ways_up(index: ScoringIndex, group: GroupScore, points: Points) -> tuple[Way, ...]:
    """How the group reaches its next level: first with the fewest items, then, where it asks less, with the fewest
    points. A yes-or-no item is raised to its maximum or not at all; others by steps. Empty at level 3, and where the
    items known cannot reach it.
    """
    if group.to_next is None:
        return ()
    room = {item: item.maximum - points.get(item.code, 0) for item in group.group.items}
    whole = [item for item, left in room.items() if left and item.how == "yes_no"]
    parts = sorted(
        (item for item, left in room.items() if left and item.how != "yes_no"),
        key=lambda item: -room[item],
    )
    found = list(_choices(whole, parts, room, need=group.to_next, step=index.step))
    if not found:
        return ()
    fewest = min(found, key=lambda one: (len(one), sum(one.values())))
    least = min(found, key=lambda one: (sum(one.values()), len(one)))
    chosen = [fewest] if sum(least.values()) == sum(fewest.values()) else [fewest, least]
    return tuple(_way(group.group.items, one, points) for one in chosen)


Chosen = dict[IndexItem, int]


def _choices(
    whole: Sequence[IndexItem],
    parts: Sequence[IndexItem],
    room: Mapping[IndexItem, int],
    *,
    need: int,
    step: int,
) -> Iterable[Chosen]:
    """For each number of whole items with each sum, and each number of the roomiest others: what reaches the need.

    That is every pair (items, points) worth comparing: of whole items only their number and sum matter, and among
    the others the roomiest reach whatever any as many reach.
    """
    for picked in _sums(whole, room):
        given = sum(room[item] for item in picked)
        for count in range(len(parts) + 1):
            taken = parts[:count]
            if given + sum(room[item] for item in taken) >= need:
                yield {**{item: room[item] for item in picked}, **_spread(taken, room, need - given, step)}
                break


def _sums(items: Sequence[IndexItem], room: Mapping[IndexItem, int]) -> Iterable[tuple[IndexItem, ...]]:
    """One choice of items for each (how many, what they sum to)."""
    known: dict[tuple[int, int], tuple[IndexItem, ...]] = {(0, 0): ()}
    for item in items:
        for (count, total), picked in list(known.items()):
            known.setdefault((count + 1, total + room[item]), (*picked, item))
    return known.values()


def _spread(items: Sequence[IndexItem], room: Mapping[IndexItem, int], need: int, step: int) -> Chosen:
    """The need shared out over items, a step at least to each, the roomiest filled first."""
    shared: Chosen = {}
    for place, item in enumerate(items):
        reserved = step * (len(items) - place - 1)
        shared[item] = max(step, min(room[item], need - reserved))
        need -= shared[item]
    return shared


def _way(order: Sequence[IndexItem], chosen: Chosen, points: Points) -> Way:
    gains = (
        Gain(item, chosen[item], points.get(item.code, 0) + chosen[item]) for item in order if item in chosen
    )
    return Way(tuple(gains))
