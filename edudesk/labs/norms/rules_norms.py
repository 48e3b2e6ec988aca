"""The counts reports on facilities ask for, each with the list it was counted from. Pure.

What is kept is counted; what nothing kept can tell is answered by the school, site by site, and an answer nobody gave
is unknown (None), which is neither no nor 0. Areas in dm².
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from edudesk.kernel.numbers import half_up
from edudesk.kernel.paths import resource
from edudesk.kernel.regulation import Article, RuleTable
from edudesk.kernel.words import _

FILE = "site_counts.toml"
KINDS = ("sites", "classes", "rooms", "ratio", "machines", "equipped", "number", "flag")
ANSWERED = ("number", "flag")


@dataclass(frozen=True, slots=True)
class CountItem:
    """One thing asked for. Of rooms: their kinds, a quality, whether lent; `area` asks for m² too."""

    code: str
    title: str
    kind: str
    rooms: tuple[str, ...] = ()
    quality: str = ""
    borrowed: bool = False
    area: bool = False
    use: str = ""
    has: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Items of one report, and where their wording comes from."""

    code: str
    title: str
    article: Article
    items: tuple[CountItem, ...]


@dataclass(frozen=True, slots=True)
class CountedRoom:
    """A room as the counts see it; `quality` is its building's where it has none of its own."""

    name: str
    site: str
    kind: str
    quality: str = ""
    borrowed: bool = False
    area: int | None = None
    has: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SiteItem:
    """A class, or a machine and what it is used for: its name and site."""

    name: str
    site: str
    use: str = ""


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that is counted, of one site or of every one; `answers` by (site, item)."""

    sites: Sequence[tuple[str, str]]
    rooms: Sequence[CountedRoom]
    classes: Sequence[SiteItem]
    machines: Sequence[SiteItem]
    answers: Mapping[tuple[str, str], int]

    def at(self, site: str) -> Inventory:
        """What of it is at one site."""
        return Inventory(
            [row for row in self.sites if row[0] == site],
            [place for place in self.rooms if place.site == site],
            [item for item in self.classes if item.site == site],
            [item for item in self.machines if item.site == site],
            self.answers,
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """An item's number, None while unknown; `area` in dm² where it is asked; `behind` what was counted, name by name.

    `ratio` is in hundredths. `note` says what the number leaves out.
    """

    item: CountItem
    value: int | None
    area: int | None = None
    behind: tuple[str, ...] = ()
    note: str = ""


@lru_cache(maxsize=4)
def sections(path: Path | None = None) -> tuple[Section, ...]:
    """What is asked for, by report. Raises Refused for a file with a hole."""
    path = path or resource("facility", FILE)
    table = RuleTable(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    parts = tuple(_section(section) for section in table.tables("section"))
    codes = [item.code for section in parts for item in section.items]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        table.wrong(code, _("mã {code} có hai lần").format(code=code))
    table.finish()
    return parts


def _section(table: RuleTable) -> Section:
    items = tuple(_item(section) for section in table.tables("item"))
    return Section(table.text("code"), table.text("title"), table.article(), items)


def _item(table: RuleTable) -> CountItem:
    return CountItem(
        code=table.text("code"),
        title=table.text("title"),
        kind=table.choice("kind", KINDS),
        rooms=table.texts("rooms") if table.has("rooms") else (),
        quality=table.text("quality") if table.has("quality") else "",
        borrowed=table.has("borrowed") and table.flag("borrowed"),
        area=table.has("area") and table.flag("area"),
        use=table.text("use") if table.has("use") else "",
        has=table.text("has") if table.has("has") else "",
    )


# -- counting


def figure(item: CountItem, stock: Inventory) -> Figure:
    """An item's number of what is kept."""
    if item.kind in ANSWERED:
        return _answered(item, stock)
    if item.kind == "rooms":
        return _rooms(item, stock)
    if item.kind == "ratio":
        return _ratio(item, stock)
    names = {
        "sites": [name for _id, name in stock.sites],
        "classes": [entry.name for entry in stock.classes],
        "machines": [entry.name for entry in stock.machines if entry.use == item.use],
        "equipped": [place.name for place in stock.rooms if item.has in place.has],
    }[item.kind]
    return Figure(item, len(names), behind=tuple(names))


def _rooms(item: CountItem, stock: Inventory) -> Figure:
    """Rooms of the kinds; a lent one counts as lent alone, not by its quality as well."""
    of_kind = [place for place in stock.rooms if place.kind in item.rooms]
    places = [place for place in of_kind if _counts(item, place)]
    open_ = [place.name for place in of_kind if item.quality and not place.borrowed and not place.quality]
    note = _("Chưa ghi kết cấu: {names}.").format(names=", ".join(open_)) if open_ else ""
    bare = [place.name for place in places if place.area is None] if item.area else []
    if bare:
        note = _("Chưa ghi diện tích: {names}.").format(names=", ".join(bare))
    area = sum(place.area or 0 for place in places) if item.area and len(bare) < max(1, len(places)) else None
    return Figure(item, len(places), area, tuple(place.name for place in places), note)


def _counts(item: CountItem, place: CountedRoom) -> bool:
    if item.borrowed or item.quality:
        return place.borrowed == item.borrowed and item.quality in ("", place.quality)
    return True


def _ratio(item: CountItem, stock: Inventory) -> Figure:
    """Rooms to a class in hundredths; unknown without a class."""
    names = [place.name for place in stock.rooms if place.kind in item.rooms]
    if not stock.classes:
        return Figure(item, None, note=_("Chưa có lớp nào."))
    words = _("{rooms} phòng học, {classes} lớp").format(rooms=len(names), classes=len(stock.classes))
    return Figure(item, half_up(len(names) * 100, len(stock.classes)), behind=(words,))


def _answered(item: CountItem, stock: Inventory) -> Figure:
    """Of several sites: numbers add up, a yes is a yes of all, and one answer that is missing leaves it unknown."""
    given = [(name, stock.answers.get((site, item.code))) for site, name in stock.sites]
    missing = [name for name, value in given if value is None]
    known = [value for _name, value in given if value is not None]
    behind = tuple(f"{name}: {show_answer(item, value)}" for name, value in given if value is not None)
    note = _("Chưa trả lời: {names}.").format(names=", ".join(missing)) if missing else ""
    if item.kind == "flag" and 0 in known:
        return Figure(item, 0, behind=behind, note=note)
    if missing or not known:
        return Figure(item, None, behind=behind, note=note)
    return Figure(item, 1 if item.kind == "flag" else sum(known), behind=behind)


def show_answer(item: CountItem, value: int | None) -> str:
    """“có”, “không”, “chưa rõ”, or the number; a ratio with two decimals."""
    if value is None:
        return _("chưa rõ")
    if item.kind == "flag":
        return _("có") if value else _("không")
    if item.kind == "ratio":
        return f"{value // 100},{value % 100:02}"
    return str(value)
