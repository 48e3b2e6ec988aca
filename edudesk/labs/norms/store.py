"""The counts of a school or of one site, and what the school answers where nothing kept can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import _
from edudesk.labs.norms.rules_norms import (
    ANSWERED,
    CountedRoom,
    CountItem,
    Figure,
    Inventory,
    Section,
    SiteItem,
    figure,
    sections,
)
from edudesk.labs.store_machines import machines
from edudesk.labs.store_timetable import place_of
from edudesk.premises.store import Room, buildings, rooms
from edudesk.school.store import classes, sites
from edudesk.storage.database import Database

MOST = 10_000_000  # no school has more of anything


@dataclass(frozen=True, slots=True)
class CountedSection:
    """A section with its numbers, for the whole school or for one site."""

    section: Section
    figures: tuple[Figure, ...]


def counts(db: Database, year: int, *, site_id: str = "") -> tuple[CountedSection, ...]:
    """Every section; of one site when asked. Raises Refused for a file with a hole."""
    inventory = read_inventory(db, year)
    inventory = inventory.at(site_id) if site_id else inventory
    return tuple(
        CountedSection(section, tuple(figure(item, inventory) for item in section.items))
        for section in sections()
    )


def read_inventory(db: Database, year: int) -> Inventory:
    """All that is counted. What names no site is at the main one."""
    places = school_sites(db)
    houses = {building.id: building.quality for building in buildings(db)}
    all_rooms = rooms(db)
    at = {school_class.id: place_of(school_class.site_id, places) for school_class in all_rooms}
    main = places[0][0]
    return Inventory(
        places,
        [_place(school_class, houses, at[school_class.id]) for school_class in all_rooms],
        [
            SiteItem(school_class.name, place_of(school_class.site_id, places))
            for school_class in classes(db, year)
        ],
        [
            SiteItem(machine.name, at.get(machine.room_id or "", main), machine.use)
            for machine in machines(db)
        ],
        answers(db, year),
    )


def school_sites(db: Database) -> list[tuple[str, str]]:
    """(id, name) of the sites; the school itself where it has named none."""
    return [(row, name) for row, name, _address in sites(db)] or [("", _("Trường"))]


def _place(room: Room, houses: Mapping[str, str | None], site: str) -> CountedRoom:
    quality = room.quality or houses.get(room.building_id or "") or ""
    has = frozenset(key for key in ("projector", "internet") if getattr(room, key))
    return CountedRoom(room.name, site, room.kind, quality, room.borrowed, room.area, has)


def answers(db: Database, year: int) -> dict[tuple[str, str], int]:
    """What was answered, by (site, item); what was not is not there. Of a site that is gone it is the main one's."""
    places = school_sites(db)
    rows = db.all(
        "select site_id, item, value from site_answer where gone = 0 and year = ? and value is not null",
        (year,),
    )
    given = {(site or "", item): value for site, item, value in rows}
    return {(place_of(site, places), item): value for (site, item), value in sorted(given.items())} | {
        key: value for key, value in given.items() if key[0] in dict(places)
    }


def save_answers(db: Database, year: int, code: str, values: Mapping[str, int | None]) -> Step:
    """Answer an item by site: a number, 1 and 0 for yes and no, None for unknown.

    Raises Refused COUNT_ITEM for what is counted or not asked, COUNT_SITE, COUNT_VALUE.
    """
    item = _require_item(code)
    problems = [problem for site, value in values.items() for problem in _wrong(db, item, site, value)]
    if problems:
        raise Refused(*problems)
    wanted: dict[str, dict[str, Value]] = {
        name_id("site_answer", year, site, code): {
            "year": year,
            "site_id": site,
            "item": code,
            "value": value,
        }
        for site, value in values.items()
    }
    return db.do(Step(_("Trả lời: {item}").format(item=item.title), db.upsert_all("site_answer", wanted)))


def _require_item(code: str) -> CountItem:
    item = next((item for section in sections() for item in section.items if item.code == code), None)
    if item is None or item.kind not in ANSWERED:
        message = _("“{code}” không phải mục trường tự trả lời.").format(code=code[:20])
        raise Refused(Problem("COUNT_ITEM", message, next=_("Chọn mục có hoặc không, hoặc mục số lượng.")))
    return item


def _wrong(db: Database, item: CountItem, site: str, value: int | None) -> Iterator[Problem]:
    if site not in dict(school_sites(db)):
        yield Problem("COUNT_SITE", _("Không có điểm trường này."), next=_("Chọn điểm trường khác."))
    most = 1 if item.kind == "flag" else MOST
    if value is not None and not 0 <= value <= most:
        message = _("Giá trị phải từ 0 đến {most}.").format(most=most)
        yield Problem(
            "COUNT_VALUE", message, next=_("Gõ lại, hoặc để trống nếu chưa rõ."), field=site or "site"
        )
