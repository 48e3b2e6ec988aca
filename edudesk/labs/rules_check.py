"""Whether each computer room is enough for the classes that learn in it, by level of school and site. Pure.

A room is judged by the largest class its timetable names; without a timetable by the largest class of the level at its
site. A site without a room of its own may learn in another site's, when that room's timetable says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from edudesk.kernel.words import _
from edudesk.labs.rules_ratio import (
    Limit,
    Prices,
    Ratio,
    Remedy,
    Spare,
    lab_ratio,
    needed,
    options,
    per_computer,
)


@dataclass(frozen=True, slots=True)
class LabClass:
    """A class as the check sees it: how many pupils, at which site."""

    id: str
    name: str
    level: str
    site: str
    pupils: int


@dataclass(frozen=True, slots=True)
class Lab:
    """A computer room: machines for teaching `on_books`, those of them that work, and the classes of its timetable.

    `levels` are those it serves, none meaning every one.
    """

    id: str
    name: str
    site: str
    on_books: int
    usable: int
    levels: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()

    def serves(self, level: str) -> bool:
        """Whether the room is for that level of school."""
        return not self.levels or level in self.levels


@dataclass(frozen=True, slots=True)
class Site:
    """A site with what it could lend: machines of the office, and those for teaching outside computer rooms."""

    id: str
    name: str
    office: int = 0
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """All the check looks at; `levels` in the order of the school."""

    levels: tuple[str, ...]
    limits: Mapping[str, Limit]
    sites: Sequence[Site]
    groups: Sequence[LabClass]
    labs: Sequence[Lab]
    prices: Prices


@dataclass(frozen=True, slots=True)
class RoomCheck:
    """One room (or a site without one) and one level. `note` says in words what the numbers cannot.

    `ratio` is None where there is nothing to judge: nobody learns there, or elsewhere.
    """

    level: str
    site: str
    room_id: str
    room: str
    on_books: int
    usable: int
    largest: int
    class_name: str
    planned: bool
    ratio: Ratio | None
    options: tuple[Remedy, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class LevelCheck:
    """A level of school: its findings, and beside them all pupils to all working machines, which judges nothing."""

    level: str
    limit: Limit
    findings: tuple[RoomCheck, ...]
    pupils: int
    machines: int

    @property
    def crude(self) -> str | None:
        """All pupils of the level to all working machines it may use."""
        return per_computer(self.pupils, self.machines)

    @property
    def judged(self) -> tuple[RoomCheck, ...]:
        """The findings with a ratio."""
        return tuple(finding for finding in self.findings if finding.ratio is not None)

    @property
    def worst(self) -> RoomCheck | None:
        """The finding that lacks most, or is nearest to lacking; None when nothing was judged."""
        return max(self.judged, key=_need, default=None)

    @property
    def meets(self) -> bool:
        """Whether every room of the level is enough."""
        return bool(self.judged) and all(
            finding.ratio is not None and finding.ratio.meets_level_2 for finding in self.judged
        )


def _need(finding: RoomCheck) -> tuple[int, bool, int]:
    short = finding.ratio.short_by if finding.ratio else 0
    return short, not finding.usable, finding.largest * 1000 // max(1, finding.usable)


def check(facts: Facts) -> tuple[LevelCheck, ...]:
    """Every level of the school that has a limit."""
    return tuple(_level(facts, level) for level in facts.levels if level in facts.limits)


def _level(facts: Facts, level: str) -> LevelCheck:
    findings = tuple(finding for site in facts.sites for finding in _site(facts, level, site))
    pupils = sum(group.pupils for group in facts.groups if group.level == level)
    machines = sum(lab.usable for lab in facts.labs if users(facts, level, lab))
    machines += sum(site.elsewhere for site in facts.sites)
    return LevelCheck(level, facts.limits[level], findings, pupils, machines)


def _site(facts: Facts, level: str, site: Site) -> list[RoomCheck]:
    own = [group for group in facts.groups if group.level == level and group.site == site.id]
    labs = [lab for lab in facts.labs if lab.site == site.id]
    findings = [finding for lab in labs for finding in _lab(facts, level, site, lab)]
    if own and not findings:
        findings = [_without(facts, level, site, own)]
    return findings


def _lab(facts: Facts, level: str, site: Site, lab: Lab) -> list[RoomCheck]:
    """What there is to say of a room for a level: nothing when no class of the level learns there."""
    groups = users(facts, level, lab)
    if not groups:
        return []
    largest = max(groups, key=lambda group: group.pupils)
    seen = RoomCheck(
        level,
        site.name,
        lab.id,
        lab.name,
        lab.on_books,
        lab.usable,
        largest.pupils,
        largest.name,
        bool(lab.classes),
        None,
    )
    if not largest.pupils:
        return [replace(seen, note=_("Các lớp học ở phòng này chưa có học sinh."))]
    spare = Spare(lab.on_books - lab.usable, site.office, site.elsewhere + _surplus(facts, lab))
    return [_judged(facts, seen, spare)]


def users(facts: Facts, level: str, lab: Lab) -> list[LabClass]:
    """The classes of a level that learn in a room: those of its timetable, else those of its site it serves."""
    of_level = [group for group in facts.groups if group.level == level]
    if lab.classes:
        return [group for group in of_level if group.id in lab.classes]
    return [group for group in of_level if group.site == lab.site and lab.serves(level)]


def _surplus(facts: Facts, lab: Lab) -> int:
    """Working machines the other computer rooms of the site can do without."""
    others = [one for one in facts.labs if one.site == lab.site and one.id != lab.id]
    return sum(max(0, one.usable - _wanted(facts, one)) for one in others)


def _wanted(facts: Facts, lab: Lab) -> int:
    needs = [
        needed(group.pupils, facts.limits[level].most)
        for level in facts.levels
        if level in facts.limits
        for group in users(facts, level, lab)
    ]
    return max(needs, default=0)


def _without(facts: Facts, level: str, site: Site, own: Sequence[LabClass]) -> RoomCheck:
    """A site whose classes have no room of their own: they learn elsewhere, or nowhere."""
    largest = max(own, key=lambda group: group.pupils)
    seen = RoomCheck(level, site.name, "", "", 0, 0, largest.pupils, largest.name, False, None)
    guests = [lab.name for lab in facts.labs if lab.classes & {group.id for group in own}]
    if guests:
        note = _("Các lớp học ở {rooms} của điểm trường khác; tính ở phòng đó.")
        return replace(seen, note=note.format(rooms=", ".join(guests)))
    if not largest.pupils:
        return replace(seen, note=_("Các lớp chưa có học sinh."))
    note = _(
        "Chưa có phòng máy nào cho cấp này. Thêm phòng loại Phòng máy tính, hoặc ghi thời khóa biểu học nhờ."
    )
    return _judged(facts, replace(seen, note=note), Spare(0, site.office, site.elsewhere))


def _judged(facts: Facts, seen: RoomCheck, spare: Spare) -> RoomCheck:
    most = facts.limits[seen.level].most
    ways = options(seen.largest, seen.usable, most=most, spare=spare, prices=facts.prices)
    note = seen.note or ("" if seen.usable else _("Không máy nào trong phòng dùng được."))
    return replace(seen, ratio=lab_ratio(seen.largest, seen.usable, most=most), options=ways, note=note)
