"""The standards of rooms, areas and size against what the school has."""

from __future__ import annotations

from collections import Counter

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.labs.norms.rules_standards import ZONES, Judged, LargestClass, School, judge, standards
from edudesk.labs.norms.store import answers, school_sites
from edudesk.labs.rules_check import Facts, users
from edudesk.labs.store_timetable import read_facts
from edudesk.premises.fields import LAB, ROOM_KINDS
from edudesk.premises.store import Room, rooms
from edudesk.school.rules import LEVEL_GRADES
from edudesk.storage.database import Database

ZONE = "facility.zone"
LAND = "dat"  # the code of the answer


def check_standards(db: Database, year: int) -> tuple[Judged, ...]:
    """Every standard for every level of the school. Raises Refused for a rule file with a hole."""
    return judge(read_school(db, year), standards())


def zone(db: Database) -> str:
    """Where the school lies, a code of ZONES; "" while nobody said."""
    return str(db.setting(ZONE, "") or "")


def save_zone(db: Database, zone: str | None) -> Step:
    """Say where the school lies. Raises Refused ZONE."""
    if zone and zone not in dict(ZONES):
        raise Refused(Problem("ZONE", _("Không có vùng này."), next=_("Chọn một vùng."), field="zone"))
    return db.do(Step(_("Ghi vùng của trường"), db.put_setting(ZONE, zone or "")))


def read_school(db: Database, year: int) -> School:
    """Everything the standards look at; rooms that cannot be used do not count."""
    facts, places = read_facts(db, year), [room for room in rooms(db) if room.state != "NGUNG"]
    levels = tuple(level for level in LEVEL_GRADES if level in db.setting("school.levels", []))
    kinds = {level: Counter(room.kind for room in places if _serves(room, level, levels)) for level in levels}
    classes = Counter(group.level for group in facts.groups)
    return School(
        levels=levels,
        kinds={**{code: _(name) for code, name in ROOM_KINDS}, LAB: _("Phòng học bộ môn Tin học")},
        zone=zone(db),
        sites=len(school_sites(db)),
        classes=classes,
        pupils=sum(group.pupils for group in facts.groups),
        land=_land(db, year),
        rooms=kinds,
        unsaid=Counter(room.kind for room in places if len(levels) > 1 and not room.levels),
        lessons=_lessons(facts, {room.id: room for room in places}),
    )


def _serves(room: Room, level: str, levels: tuple[str, ...]) -> bool:
    return level in room.levels or (not room.levels and len(levels) == 1)


def _land(db: Database, year: int) -> int | None:
    """dm² of all sites; None while one is unknown."""
    given = answers(db, year)
    known = [given.get((site, LAND)) for site, _name in school_sites(db)]
    return None if None in known else 100 * sum(number for number in known if number is not None)


def _lessons(facts: Facts, places: dict[str, Room]) -> list[LargestClass]:
    """For each level and computer room in use the largest class that learns in it."""
    largest_classes = []
    for level in facts.levels:
        for lab in (room for room in facts.labs if room.id in places):
            groups = users(facts, level, lab)
            if groups:
                largest = max(groups, key=lambda group: group.pupils)
                area = places[lab.id].area
                largest_classes.append(LargestClass(level, lab.name, area, largest.name, largest.pupils))
    return largest_classes
