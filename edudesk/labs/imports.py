"""Machines from a spreadsheet: a machine of a name is the same machine, wherever the file says it stands.

What `export machines` writes comes back as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.labs.store_machines import Machine, machines, new_machine_id
from edudesk.premises.fields import MACHINE_FIELDS
from edudesk.premises.store import Room, rooms
from edudesk.school.store import sites
from edudesk.sheets.letters import exact
from edudesk.sheets.listing import (
    ADDED,
    CHANGED,
    ListKind,
    ListLine,
    ListPlan,
    PlannedRow,
    list_changes,
    plan_list,
    planned,
)
from edudesk.sheets.persons import proposal
from edudesk.sheets.source import Source
from edudesk.storage.database import Database

SHEET = N_("Máy tính")
WORKING = (("1", N_("Dùng được")), ("0", N_("Hỏng")))
PLACE_FIELDS = (
    Field("site", N_("Điểm trường"), width=160),
    Field("room", N_("Phòng"), width=160),
)
STATE_FIELDS = (
    Field("working", N_("Tình trạng"), "choice", choices=WORKING),
    Field("since", N_("Từ ngày"), "date"),
)
FIELDS = (*PLACE_FIELDS, *MACHINE_FIELDS, *STATE_FIELDS)
KIND = ListKind("machines", FIELDS)


def plan_machines(db: Database, path: Path | Source) -> ListPlan:
    """What importing a list of machines would do. Raises as `plan_list`; rows are refused for ROOM_UNKNOWN,
    ROOM_WHICH, MACHINE_TWICE, MACHINE_DAY and what is wrong with a cell."""
    reader = _MachineReader(
        db,
        {exact(machine.name): machine for machine in machines(db)},
        rooms(db),
        {row: name for row, name, _address in sites(db)},
    )
    return plan_list(path, KIND, reader.place)


def import_machines(db: Database, plan: ListPlan) -> Step:
    """Write a plan as one Step."""
    n = plan.count(ADDED) + plan.count(CHANGED)
    label = _("Nhập {n} máy tính từ {file}").format(n=n, file=plan.path.name)
    return db.do(Step(label, list_changes(db, "machine", plan)))


@dataclass(slots=True)
class _MachineReader:
    """Says of each row which machine it is and what it changes; remembers the names the file has had."""

    db: Database
    stored: Mapping[str, Machine]
    rooms: Sequence[Room]
    sites: Mapping[str, str]
    rows_read: dict[str, int] = field(default_factory=dict)

    def place(self, line: ListLine) -> PlannedRow:
        key, name = exact(str(line.values["name"])), str(line.values["name"])
        problems = [*self._twice(line, key), *_day(line)]
        room, wrong = self._room(line)
        if problems or wrong:
            raise Refused(*problems, *wrong)
        fields = {column.key: line.given[column.key] for column in MACHINE_FIELDS if column.key in line.given}
        fields |= {"room_id": room.id} if room else {}
        known = self.stored.get(key)
        fields |= _state(line, known)
        if known is None:
            fields = {"room_id": None, **fields}
            return planned(line, new_machine_id(self.db, fields), name, fields, None)
        stored = {column.key: getattr(known, column.key) for column in MACHINE_FIELDS}
        stored |= {"room_id": known.room_id, "working": int(known.working), "since": known.since}
        row = planned(line, known.id, known.name, fields, stored)
        moved = _("chuyển từ {old} sang {new}").format(old=known.room or "–", new=room.name if room else "")
        words = moved if "room_id" in row.fields else ""
        return PlannedRow(row.row, row.kind, row.id, row.name, row.fields, words)

    def _twice(self, line: ListLine, key: str) -> list[Problem]:
        first = self.rows_read.setdefault(key, line.row)
        if first == line.row:
            return []
        message = _("Máy này đã có ở dòng {row} của tệp. Một máy chỉ ở một phòng.").format(row=first)
        return [Problem("MACHINE_TWICE", message, next=_("Bỏ một dòng, hoặc đặt tên khác."), field="name")]

    def _room(self, line: ListLine) -> tuple[Room | None, list[Problem]]:
        """The room of that name, at that site when the row says one."""
        text, site = str(line.values["room"] or ""), str(line.values["site"] or "")
        if not text:
            return None, []
        named = [room for room in self.rooms if exact(room.name) == exact(text)]
        fits = [
            room for room in named if not site or exact(self.sites.get(room.site_id or "", "")) == exact(site)
        ]
        if len(fits) == 1:
            return fits[0], []
        if fits:
            message = _("Có {n} phòng tên “{name}”.").format(n=len(fits), name=text)
            return None, [Problem("ROOM_WHICH", message, next=_("Ghi thêm cột Điểm trường."), field="room")]
        where = _(" ở {site}").format(site=site) if site else ""
        message = _("Không có phòng “{name}”{where}.").format(name=text, where=where)
        next_step = proposal(text, [room.name for room in self.rooms])
        return None, [Problem("ROOM_UNKNOWN", message, next=next_step, field="room")]


def _state(line: ListLine, known: Machine | None) -> dict[str, Value]:
    """Whether it works and since when; a new one that says nothing works from today."""
    given: dict[str, Value] = {}
    if "working" in line.given:
        given["working"] = int(str(line.given["working"]))
    if "since" in line.given:
        given["since"] = line.given["since"]
    today = dt.date.today().isoformat()
    if known is None:
        return {"working": 1, "since": today, **given}
    turned = given.get("working", int(known.working)) != int(known.working)
    return {**given, "since": today} if turned and "since" not in given else given


def _day(line: ListLine) -> list[Problem]:
    since = line.values["since"]
    if since is None or str(since) <= dt.date.today().isoformat():
        return []
    message = _("Ngày {day} chưa tới.").format(day=show_date(str(since)))
    return [Problem("MACHINE_DAY", message, next=_("Gõ ngày hôm nay hoặc trước đó."), field="since")]
