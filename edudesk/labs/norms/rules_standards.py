"""Whether a school has the rooms, areas and size the standards ask for, and what is short, in words. Pure.

Every answer is met, not met, or cannot be told (`met` None), and then why. The numbers are data with their articles
(Thông tư 13/2020, 14/2020); one that is not known is said to be unknown. Areas in dm².
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from edudesk.kernel.regulation import Article, RuleTable, rule_file_by_code
from edudesk.kernel.words import N_, _
from edudesk.premises.rules_area import show_area

CODE = "TT13-14/2020"
PLAIN, HARD, URBAN = "THUONG", "KHO_KHAN", "DO_THI"
ZONES = (
    (PLAIN, N_("Vùng bình thường")),
    (HARD, N_("Vùng khó khăn")),
    (URBAN, N_("Đô thị hạn chế quỹ đất")),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How many classes and sites a school may have; `_hard` in difficult areas (“vùng khó khăn”)."""

    least: int
    most: int
    least_hard: int
    sites: int
    sites_hard: int
    article: Article


@dataclass(frozen=True, slots=True)
class Land:
    """dm² of land for each pupil; `urban` where land is scarce."""

    per_pupil: int
    urban: int
    article: Article


@dataclass(frozen=True, slots=True)
class Area:
    """dm² of a computer room for each pupil of a lesson, and the least room; None while the number is not known."""

    per_pupil: int | None
    least: int | None
    article: Article

    def needed(self, pupils: int) -> int | None:
        """dm² a lesson of so many needs."""
        if self.per_pupil is None or self.least is None:
            return None
        return max(self.least, self.per_pupil * pupils)


@dataclass(frozen=True, slots=True)
class Standards:
    """All of them, by level of school where they differ."""

    size: Mapping[str, Size]
    land: Mapping[str, Land]
    classrooms: Mapping[str, tuple[int, Article]]
    subject_rooms: Mapping[str, tuple[Mapping[str, int], Article]]
    lab_area: Mapping[str, Area]


@dataclass(frozen=True, slots=True)
class LargestClass:
    """The largest class of a level that learns in a computer room, and the room's area."""

    level: str
    room: str
    area: int | None
    class_name: str
    pupils: int


@dataclass(frozen=True, slots=True)
class School:
    """All the check looks at. `kinds` are the names of kinds of rooms; `rooms` counts usable rooms by level and kind, `unsaid` those of several levels that name
    none; `land` is in dm², None while unknown."""

    levels: tuple[str, ...]
    kinds: Mapping[str, str]
    zone: str
    sites: int
    classes: Mapping[str, int]
    pupils: int
    land: int | None
    rooms: Mapping[str, Mapping[str, int]]
    unsaid: Mapping[str, int]
    lessons: Sequence[LargestClass]


@dataclass(frozen=True, slots=True)
class Judged:
    """One standard: what it asks, what is there, whether it is met (None: cannot be told), and the gap or the reason."""

    level: str
    title: str
    needed: str
    present: str
    met: bool | None
    words: str
    article: Article


@lru_cache(maxsize=4)
def standards(folder: Path | None = None) -> Standards:
    """From the program's own rule files unless a folder is named. Raises Refused for a rule file with a hole."""
    table = rule_file_by_code(CODE, folder=folder).table
    all_standards = Standards(
        {key: _size(section) for key, section in _levels(table, "size")},
        {key: _land(section) for key, section in _levels(table, "land")},
        {
            key: (section.whole("per_class_tenths", 1), section.article())
            for key, section in _levels(table, "classrooms")
        },
        {key: (_least(section), section.article()) for key, section in _levels(table, "subject_rooms")},
        {key: _area(section) for key, section in _levels(table, "lab_area")},
    )
    table.finish()
    return all_standards


def _levels(table: RuleTable, key: str) -> Iterator[tuple[str, RuleTable]]:
    own = table.table(key)
    return ((level, own.table(level)) for level in own.names())


def _size(table: RuleTable) -> Size:
    least, most, least_hard, sites, sites_hard = (
        table.whole(key, 1) for key in ("least", "most", "least_hard", "sites", "sites_hard")
    )
    return Size(least, most, least_hard, sites, sites_hard, table.article())


def _land(table: RuleTable) -> Land:
    return Land(table.whole("per_pupil", 1), table.whole("per_pupil_urban", 1), table.article())


def _least(table: RuleTable) -> dict[str, int]:
    return {key: table.whole(key, 1) for key in table.names() if key.isupper()}


def _area(table: RuleTable) -> Area:
    if not table.has("per_pupil"):
        return Area(None, None, table.article())
    return Area(table.whole("per_pupil", 1), table.whole("least", 1), table.article())


# -- judging


def judge(school: School, by: Standards) -> tuple[Judged, ...]:
    """Every standard that speaks of a level of the school."""
    return tuple(judgement for level in school.levels for judgement in _level(school, by, level))


def _level(school: School, by: Standards, level: str) -> Iterator[Judged]:
    if level in by.size:
        yield _classes(school, by.size[level], level)
        yield _sites(school, by.size[level], level)
    if level in by.land:
        yield _land_of(school, by.land[level], level)
    if level in by.classrooms:
        yield _classrooms(school, by, level)
    if level in by.subject_rooms:
        least, article = by.subject_rooms[level]
        yield from (_subject_room(school, level, kind, n, article=article) for kind, n in least.items())
    if level in by.lab_area:
        own = [lesson for lesson in school.lessons if lesson.level == level]
        yield from (_lab(lesson, by.lab_area[level]) for lesson in own)


def why_not(reason: str) -> str:
    """“Không tính được vì …”."""
    return _("Không tính được vì {reason}.").format(reason=reason)


def _classes(school: School, size: Size, level: str) -> Judged:
    """Between the least and the most; with fewer, a difficult area decides, and where that is unsaid nothing can."""
    n = school.classes.get(level, 0)
    least = size.least_hard if school.zone == HARD else size.least
    needed = _("{least}–{most} lớp").format(least=least, most=size.most)
    met: bool | None = least <= n <= size.most
    words = _("Đạt") if met else _("Nhiều hơn {n} lớp").format(n=n - size.most)
    if n < least:
        words = _("Thiếu {n} lớp").format(n=least - n)
        if not school.zone and n >= size.least_hard:
            met, words = None, why_not(_("chưa ghi trường có ở vùng khó khăn không"))
    present = _("{n} lớp").format(n=n)
    return Judged(level, _("Quy mô: số lớp"), needed, present, met, words, size.article)


def _sites(school: School, size: Size, level: str) -> Judged:
    most = size.sites_hard if school.zone == HARD else size.sites
    met: bool | None = school.sites <= most
    words = _("Đạt") if met else _("Nhiều hơn {n} điểm trường").format(n=school.sites - most)
    if not met and not school.zone and school.sites <= size.sites_hard:
        met, words = None, why_not(_("chưa ghi trường có ở vùng khó khăn không"))
    needed = _("nhiều nhất {n} điểm trường").format(n=most)
    present = _("{n} điểm trường").format(n=school.sites)
    return Judged(level, _("Quy mô: số điểm trường"), needed, present, met, words, size.article)


def _land_of(school: School, land: Land, level: str) -> Judged:
    each = land.urban if school.zone == URBAN else land.per_pupil
    needed = _("{each} m² một học sinh").format(each=show_area(each))
    present = "–" if school.land is None else _("{area} m²").format(area=show_area(school.land))
    met, words = _land_met(school, land, each)
    return Judged(level, _("Diện tích khu đất"), needed, present, met, words, land.article)


def _land_met(school: School, land: Land, each: int) -> tuple[bool | None, str]:
    if len(school.levels) > 1:
        return None, why_not(_("đất dùng chung cho nhiều cấp học"))
    if school.land is None:
        return None, why_not(_("chưa ghi diện tích khu đất của mọi điểm trường"))
    if not school.pupils:
        return None, why_not(_("chưa có học sinh"))
    short = each * school.pupils - school.land
    if short <= 0:
        return True, _("Đạt")
    if not school.zone and school.land >= land.urban * school.pupils:
        return None, why_not(_("chưa ghi trường có ở đô thị hạn chế quỹ đất không"))
    return False, _("Thiếu {area} m²").format(area=show_area(short))


def _classrooms(school: School, by: Standards, level: str) -> Judged:
    tenths, article = by.classrooms[level]
    classes, count = school.classes.get(level, 0), school.rooms.get(level, {}).get("PHONG_HOC", 0)
    need = -(-tenths * classes // 10)
    asked = _("{least} phòng/lớp: {n} phòng cho {classes} lớp")
    needed = asked.format(least=f"{tenths // 10},{tenths % 10}", n=need, classes=classes)
    met, words = _enough(need, count, school.unsaid.get("PHONG_HOC", 0), _("phòng học"))
    if not classes:
        met, words = None, why_not(_("cấp học chưa có lớp nào"))
    return Judged(level, _("Phòng học"), needed, _("{n} phòng").format(n=count), met, words, article)


def _subject_room(school: School, level: str, kind: str, need: int, *, article: Article) -> Judged:
    count, name = school.rooms.get(level, {}).get(kind, 0), school.kinds[kind]
    met, words = _enough(need, count, school.unsaid.get(kind, 0), name[:1].lower() + name[1:])
    needed = _("{n} phòng").format(n=need)
    return Judged(level, name, needed, _("{n} phòng").format(n=count), met, words, article)


def _enough(need: int, count: int, unsaid: int, name: str) -> tuple[bool | None, str]:
    """Rooms of a school of several levels that name no level could be anybody's."""
    if count >= need:
        return True, _("Đạt")
    if count + unsaid >= need:
        return None, why_not(_("{n} {name} chưa ghi dùng cho cấp nào").format(n=unsaid, name=name))
    return False, _("Thiếu {n} {name}").format(n=need - count, name=name)


def _lab(lesson: LargestClass, area: Area) -> Judged:
    need = area.needed(lesson.pupils)
    title = _("Diện tích {room}").format(room=lesson.room)
    present = "–" if lesson.area is None else _("{area} m²").format(area=show_area(lesson.area))
    needed = "–" if need is None else _("{area} m² cho lớp {name} có {n} em")
    needed = needed.format(area=show_area(need), name=lesson.class_name, n=lesson.pupils)
    met, words = _lab_met(lesson, need)
    return Judged(lesson.level, title, needed, present, met, words, area.article)


def _lab_met(lesson: LargestClass, need: int | None) -> tuple[bool | None, str]:
    if need is None:
        return None, why_not(_("chưa đọc được định mức của cấp học này"))
    if lesson.area is None:
        return None, why_not(_("chưa ghi diện tích {room}").format(room=lesson.room))
    if not lesson.pupils:
        return None, why_not(_("các lớp học ở {room} chưa có học sinh").format(room=lesson.room))
    if lesson.area >= need:
        return True, _("Đạt")
    short = _("{room} thiếu {area} m² cho lớp {name} có {n} em")
    return False, short.format(
        room=lesson.room, area=show_area(need - lesson.area), name=lesson.class_name, n=lesson.pupils
    )
