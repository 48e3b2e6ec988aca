"""The assets of a school and what a year charges on them, computed each time from the register and the rates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from edudesk.equipment.assets.rules import ASSET, TOOL, UNKNOWN, Asset, AssetYear, year_line
from edudesk.equipment.assets.rules_rates import AssetClass, OwnRate, RateBook, check_own, rate_book, with_own
from edudesk.equipment.store import Equipment, EquipmentLine, equipment, line_of, read_events, room_names
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.words import _
from edudesk.storage.database import Database

SETTING = "facility.asset_rate"


@dataclass(frozen=True, slots=True)
class AssetRow:
    """A row of the register in a year: as it stands at the year's end. `gone` when it went in that year."""

    line: EquipmentLine
    year: AssetYear
    gone: bool = False

    @property
    def id(self) -> str:
        return self.line.id


@dataclass(frozen=True, slots=True)
class AssetBook:
    """A year: assets by class, tools below the threshold, and what something must first be entered for."""

    year: int
    classes: tuple[tuple[AssetClass, tuple[AssetRow, ...]], ...]
    gone: tuple[AssetRow, ...]
    tools: tuple[AssetRow, ...]
    unknown: tuple[AssetRow, ...]

    @property
    def assets(self) -> tuple[AssetRow, ...]:
        """Every asset that is there at the end of the year."""
        return tuple(row for _class, rows in self.classes for row in rows)


def rates(db: Database) -> RateBook:
    """The rates that count at this school."""
    book = rate_book()
    own = {code: _own(found) for code in book.rates if (found := db.setting(f"{SETTING}.{code}"))}
    return with_own(book, own)


def _own(found: Sequence[object]) -> OwnRate:
    years, rate, local, decision, verified = found
    return OwnRate(years, rate, local, str(decision), bool(verified))  # type: ignore[arg-type]


def save_rate(db: Database, code: str, own: OwnRate | None) -> Step:
    """Set a row of the rates, or (None) go back to the program's own. Raises Refused: RATE_LOCAL and kin."""
    problems = check_own(rate_book(), code, own) if own else ()
    if problems:
        raise Refused(*problems)
    value = [own.years, own.rate, own.local, own.decision, int(own.verified)] if own else None
    return db.do(Step(_("Sửa tỉ lệ hao mòn"), db.put_setting(f"{SETTING}.{code}", value)))


def asset_of(item: Equipment, quantity: int = 1) -> Asset:
    """What the rules ask of a row of the register."""
    return Asset(
        None if item.price is None else item.price * quantity,
        int(item.bought_on[:4]) if item.bought_on else None,
        item.asset_class,
        item.life,
        item.used_before or 0,
        item.carried,
        item.exempt,
        item.exempt_from,
    )


def asset_book(db: Database, year: int) -> AssetBook:
    """The assets of a calendar year (“Sổ tài sản và hao mòn”)."""
    book, names, events = rates(db), room_names(db), read_events(db.all)
    rows: list[AssetRow] = []
    for item in equipment(db.all):
        own = events.get(item.id, [])
        at_end = line_of(item, own, names, day=dt.date(year, 12, 31))
        before = line_of(item, own, names, day=dt.date(year - 1, 12, 31)).amount.on_hand
        count = at_end.amount.on_hand
        if count > 0 or before > 0:
            line = year_line(asset_of(item, _pieces(item, book, count)), book, year if count else year - 1)
            rows.append(AssetRow(at_end, line, gone=count <= 0))
    return _parted(year, rows, book)


def _pieces(item: Equipment, book: RateBook, count: int) -> int:
    """How many make one asset: walls and wells of a lot are assets together, all else counts by the piece."""
    rate = book.rates.get(item.asset_class or "")
    return max(count, 1) if rate is not None and book.group_of(rate).always else 1


def _parted(year: int, rows: Sequence[AssetRow], book: RateBook) -> AssetBook:
    records = [row for row in rows if not row.gone]
    groups = [
        (group, tuple(row for row in records if row.year.kind == ASSET and _group(row, book) == group.code))
        for group in book.classes
    ]
    return AssetBook(
        year,
        tuple((group, all_rows) for group, all_rows in groups if all_rows),
        tuple(row for row in rows if row.gone and row.year.kind != TOOL),
        tuple(row for row in records if row.year.kind == TOOL),
        tuple(row for row in records if row.year.kind == UNKNOWN),
    )


def _group(row: AssetRow, book: RateBook) -> str:
    return book.rates[row.line.equipment.asset_class or ""].group
