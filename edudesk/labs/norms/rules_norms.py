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
from edudesk.kernel.regulation import Article, Table
from edudesk.kernel.words import _

FILE = "site_counts.toml"
KINDS = ("sites", "classes", "rooms", "ratio", "machines", "equipped", "number", "flag")
ANSWERED = ("number", "flag")


@dataclass(frozen=True, slots=True)
class Item:
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
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A room as the counts see it; `quality` is its building's where it has none of its own."""

    name: str
    site: str
    kind: str
    quality: str = ""
    borrowed: bool = False
    area: int | None = None
    has: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Thing:
    """A class, or a machine and what it is used for: its name and site."""

    name: str
    site: str
    use: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is counted, of one site or of every one; `answers` by (site, item)."""

    sites: Sequence[tuple[str, str]]
    rooms: Sequence[Place]
    classes: Sequence[Thing]
    machines: Sequence[Thing]
    answers: Mapping[tuple[str, str], int]

    def at(self, site: str) -> Kept:
        """What of it is at one site."""
        return Kept(
            [one for one in self.sites if one[0] == site],
            [one for one in self.rooms if one.site == site],
            [one for one in self.classes if one.site == site],
            [one for one in self.machines if one.site == site],
            self.answers,
        )


@dataclass(frozen=True, slots=True)
class Figure:
    """An item's number, None while unknown; `area` in dm² where it is asked; `behind` what was counted, name by name.

    `ratio` is in hundredths. `note` says what the number leaves out.
    """

    item: Item
    value: int | None
    area: int | None = None
    behind: tuple[str, ...] = ()
    note: str = ""


@lru_cache(maxsize=4)
def sections(path: Path | None = None) -> tuple[Section, ...]:
    """What is asked for, by report. Raises Refused for a file with a hole."""
    path = path or resource("facility", FILE)
    table = Table(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    found = tuple(_section(one) for one in table.tables("section"))
    codes = [item.code for section in found for item in section.items]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        table.wrong(code, _("mã {code} có hai lần").format(code=code))
    table.finish()
    return found


def _section(table: Table) -> Section:
    items = tuple(_item(one) for one in table.tables("item"))
    return Section(table.text("code"), table.text("title"), table.article(), items)


def _item(table: Table) -> Item:
    return Item(
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


def figure(item: Item, kept: Kept) -> Figure:
    """An item's number of what is kept."""
    if item.kind in ANSWERED:
        return _answered(item, kept)
    if item.kind == "rooms":
        return _rooms(item, kept)
    if item.kind == "ratio":
        return _ratio(item, kept)
    names = {
        "sites": [name for _id, name in kept.sites],
        "classes": [one.name for one in kept.classes],
        "machines": [one.name for one in kept.machines if one.use == item.use],
        "equipped": [one.name for one in kept.rooms if item.has in one.has],
    }[item.kind]
    return Figure(item, len(names), behind=tuple(names))


def _rooms(item: Item, kept: Kept) -> Figure:
    """Rooms of the kinds; a lent one counts as lent alone, not by its quality as well."""
    of_kind = [one for one in kept.rooms if one.kind in item.rooms]
    there = [one for one in of_kind if _counts(item, one)]
    open_ = [one.name for one in of_kind if item.quality and not one.borrowed and not one.quality]
    note = _("Chưa ghi kết cấu: {names}.").format(names=", ".join(open_)) if open_ else ""
    bare = [one.name for one in there if one.area is None] if item.area else []
    if bare:
        note = _("Chưa ghi diện tích: {names}.").format(names=", ".join(bare))
    area = sum(one.area or 0 for one in there) if item.area and len(bare) < max(1, len(there)) else None
    return Figure(item, len(there), area, tuple(one.name for one in there), note)


def _counts(item: Item, one: Place) -> bool:
    if item.borrowed or item.quality:
        return one.borrowed == item.borrowed and item.quality in ("", one.quality)
    return True


def _ratio(item: Item, kept: Kept) -> Figure:
    """Rooms to a class in hundredths; unknown without a class."""
    there = [one.name for one in kept.rooms if one.kind in item.rooms]
    if not kept.classes:
        return Figure(item, None, note=_("Chưa có lớp nào."))
    words = _("{rooms} phòng học, {classes} lớp").format(rooms=len(there), classes=len(kept.classes))
    return Figure(item, half_up(len(there) * 100, len(kept.classes)), behind=(words,))


def _answered(item: Item, kept: Kept) -> Figure:
    """Of several sites: numbers add up, a yes is a yes of all, and one answer that is missing leaves it unknown."""
    given = [(name, kept.answers.get((site, item.code))) for site, name in kept.sites]
    missing = [name for name, value in given if value is None]
    known = [value for _name, value in given if value is not None]
    behind = tuple(f"{name}: {show_answer(item, value)}" for name, value in given if value is not None)
    note = _("Chưa trả lời: {names}.").format(names=", ".join(missing)) if missing else ""
    if item.kind == "flag" and 0 in known:
        return Figure(item, 0, behind=behind, note=note)
    if missing or not known:
        return Figure(item, None, behind=behind, note=note)
    return Figure(item, 1 if item.kind == "flag" else sum(known), behind=behind)


def show_answer(item: Item, value: int | None) -> str:
    """“có”, “không”, “chưa rõ”, or the number; a ratio with two decimals."""
    if value is None:
        return _("chưa rõ")
    if item.kind == "flag":
        return _("có") if value else _("không")
    if item.kind == "ratio":
        return f"{value // 100},{value % 100:02}"
    return str(value)
