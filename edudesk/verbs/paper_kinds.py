"""What `print` and `export` know of a kind: its title, what it needs, and how it is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from edudesk.gradebook.results.statistics_kinds import Asked
from edudesk.paper.document import Paper
from edudesk.sheets.writer import WRITES, SheetOut
from edudesk.storage.database import Database
from edudesk.verbs.equipment_asked import EquipmentAsked
from edudesk.verbs.verb import Answer


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a print or an export is of; what a kind does not need stays blank."""

    year: int
    class_id: str = ""
    code: str = ""
    term: int = 0
    pupil_id: str | None = None
    days: tuple[dt.date | None, dt.date | None] = (None, None)
    teacher: str | None = None
    asked: Asked = field(default_factory=Asked)
    equipment: EquipmentAsked = field(default_factory=EquipmentAsked)


@dataclass(frozen=True, slots=True)
class Kind:
    """`needs` are the options without which it cannot be made."""

    title: str
    needs: tuple[str, ...]
    make: Callable[[Database, Wanted], Paper]


@dataclass(frozen=True, slots=True)
class SheetKind:
    """Like `Kind`, for a spreadsheet; one that is more than sheets of rows is written by `write` instead.

    `endings` are those the file's name may have.
    """

    title: str
    needs: tuple[str, ...]
    make: Callable[[Database, Wanted], list[SheetOut]] = lambda _db, _wanted: []
    write: Callable[[Database, Path, Wanted], Answer] | None = None
    endings: tuple[str, ...] = WRITES
