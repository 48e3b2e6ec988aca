"""What every slice needs to write its part of an invented school: the builder, and a class that was made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import N_, _
from edudesk.school.programme import ProposedSubject
from edudesk.storage.database import Database

LEVELS = {
    "tieu_hoc": (N_("Tiểu học Sông Trăng"), (1, 2, 3, 4, 5)),
    "thcs": (N_("THCS Sông Trăng"), (6, 7, 8, 9)),
    "thpt": (N_("THPT Sông Trăng"), (10, 11, 12)),
    "lien_cap": (N_("Tiểu học, THCS và THPT Sông Trăng"), tuple(range(1, 13))),
}
PRIMARY = LEVELS["tieu_hoc"][1]
UPPER = LEVELS["thpt"][1]


@dataclass(frozen=True, slots=True)
class Classroom:
    """A class, the subjects it studies, and its pupils' identities in the order of the register."""

    id: str
    name: str
    grade: int
    subjects: tuple[ProposedSubject, ...]
    pupils: tuple[str, ...]
    leavers: dict[str, dt.date] = field(default_factory=dict)


def require_level(level: str) -> None:
    """Raises Refused DEMO_LEVEL for what is no level of a school."""
    if level not in LEVELS:
        message = _("Chưa có trường mẫu cho cấp “{level}”.").format(level=level)
        raise Refused(Problem("DEMO_LEVEL", message, next=_("Chọn tieu-hoc, thcs, thpt hoặc lien-cap.")))


class DemoBuilder:
    """Collects Changes of one invented school. `do` writes them as a Step."""

    def __init__(self, db: Database, *, level: str, year: int, seed: int) -> None:
        require_level(level)
        self.db = db
        self.level = level
        self.year = year
        self.random = Random(f"{level}/{year}/{seed}")
        self._changes: list[Change] = []
        self.placed = 0  # rooms on the plan

    def add(self, table: str, *meaning: object, **fields: int | str | None) -> str:
        """A new row whose identity follows from its meaning in this demo school."""
        row = name_id(table, *meaning)
        self.put_new(table, row, **fields)
        return row

    def put_new(self, table: str, row: str, **fields: int | str | None) -> None:
        """A row that cannot be there yet, so nothing need be compared."""
        whole = {name: fields.get(name) for name in self.db.tables[table].fields}
        self._changes.append(Change(table, row, "", None, whole, "ins"))

    def do(self, label: str) -> None:
        """Write what was collected."""
        self.db.do(Step(label, tuple(self._changes)))
        self._changes.clear()
