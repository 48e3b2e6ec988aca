"""The season of a year as it is kept: the calendar's days, the school's own, and how far a new school has come."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from edudesk.home.rules import TITLES, Anchor, YearEvent, season
from edudesk.kernel.change import Step
from edudesk.kernel.paths import resource
from edudesk.kernel.words import _
from edudesk.storage.database import Database

DISMISSED = "home.setup_dismissed"  # on this PC


@lru_cache(maxsize=1)
def anchors() -> tuple[Anchor, ...]:
    """The calendar that comes with the program."""
    text = resource("calendar", "school_year.toml").read_text(encoding="utf-8")
    return tuple(_anchor(row) for row in tomllib.loads(text)["events"])


def _anchor(row: Mapping[str, object]) -> Anchor:
    names = {"next": "next_year", "from": "start"}
    return Anchor(**{names.get(key, key): value for key, value in row.items()})  # type: ignore[arg-type]


def terms(db: Database, year: int) -> dict[str, dt.date]:
    """The first and last days of a year's terms: "term1.starts" and so on."""
    rows = db.all("select number, starts, ends from term where year = ? and gone = 0", (year,))
    return {
        f"term{number}.{name}": dt.date.fromisoformat(day)
        for number, starts, ends in rows
        for name, day in (("starts", starts), ("ends", ends))
    }


def events(db: Database, year: int) -> tuple[YearEvent, ...]:
    """The dated work of a year, by day."""
    moved = {
        key: dt.date.fromisoformat(day) for key in TITLES if (day := db.setting(_setting(year, key), None))
    }
    return season(year, anchors(), terms(db, year), moved=moved)


def move_event(db: Database, year: int, key: str, day: dt.date | None) -> Step:
    """Give an event the school's own day; None goes back to the calendar's."""
    value = day.isoformat() if day else None
    return db.do(
        Step(_("Đổi ngày: {what}").format(what=_(TITLES[key])), db.put_setting(_setting(year, key), value))
    )


def _setting(year: int, key: str) -> str:
    return f"season.{year}.{key}"


# -- a new school


@dataclass(frozen=True, slots=True)
class Beginning:
    """How far a new school has come: classes, pupils, marks; `put_off` when somebody asked not to be shown it."""

    classes: int
    pupils: int
    marked: bool
    put_off: bool

    @property
    def whole(self) -> bool:
        """Whether every step is done."""
        return bool(self.classes and self.pupils)


def beginning(db: Database, year: int) -> Beginning:
    """How far the school has come in a year."""
    classes = db.value("select count(*) from school_class where year = ? and gone = 0", (year,))
    pupils = db.value("select count(*) from enrolment where year = ? and gone = 0", (year,))
    marked = db.one("select 1 from mark where year = ? and gone = 0 limit 1", (year,)) is not None
    return Beginning(int(classes), int(pupils), marked, bool(db.local(DISMISSED, False)))


def put_off(db: Database, off: bool = True) -> None:
    """Not to be shown the steps of a new school on this PC any more; or shown again."""
    db.set_local(DISMISSED, off)
