"""Machines as they are kept: where each stands, and since when it works or does not. One Step per write."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edudesk.kernel import clock
from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import new_id
from edudesk.kernel.text import fold
from edudesk.kernel.words import _
from edudesk.sheets.letters import exact
from edudesk.storage.births import born, proposed_id, same_input
from edudesk.storage.database import Database

MOST = 200  # machines added at once


@dataclass(frozen=True, slots=True)
class Machine:
    """A computer. `since` is the ISO day since which it works, or does not; `room` the name of where it stands."""

    id: str
    room_id: str | None
    room: str
    name: str
    kind: str
    cpu: str | None
    ram_gb: int | None
    disk_gb: int | None
    os: str | None
    year: int | None
    use: str
    working: bool
    since: str | None


def machines(db: Database, *, room_id: str | None = None, broken: bool = False) -> list[Machine]:
    """The machines by room and name; those of one room, or only broken ones, when asked."""
    wanted = ("and m.room_id = ?" if room_id else "") + (" and m.working = 0" if broken else "")
    rows = db.all(
        f"""select m.id, m.room_id, coalesce(r.name, ''), m.name, m.kind, m.cpu, m.ram_gb, m.disk_gb, m.os,
        m.year, m.use, m.working, m.since
        from machine m left join room r on r.id = m.room_id and r.gone = 0
        where m.gone = 0 {wanted} order by r.name is null, length(r.name), r.name, length(m.name), m.name""",
        (room_id,) if room_id else (),
    )
    return [Machine(*(*row[:11], bool(row[11]), row[12])) for row in rows]


def add_machines(db: Database, room_id: str | None, fields: Mapping[str, Value], *, n: int = 1) -> Step:
    """New machines, all alike; several get the next free numbers after the name: PM1-01, PM1-02, …

    Raises Refused: MACHINE_COUNT, MACHINE_TWICE.
    """
    if not 1 <= n <= MOST:
        message = _("Thêm từ 1 đến {most} máy một lần.").format(most=MOST)
        raise Refused(Problem("MACHINE_COUNT", message, next=_("Gõ lại số máy."), field="count"))
    name = str(fields["name"])
    names = [name] if n == 1 else next_names(name, n, [machine.name for machine in machines(db)])
    _require_free(db, names, None)
    whole = {"working": 1, "since": clock.today().isoformat(), **fields, "room_id": room_id}
    rows = [{**whole, "name": each} for each in names]
    made = {new_machine_id(db, row) if n == 1 else new_id(): row for row in rows}
    return db.do(Step(_("Thêm {n} máy tính").format(n=n), born(db, "machine", made)))


def new_machine_id(db: Database, fields: Mapping[str, Value]) -> str:
    """The identity of a new machine that somebody gave its name. A number the program gave says not which machine it
    is: another desk may have given it to another."""
    again = same_input(db, "machine", fields)
    return proposed_id(db, "machine", machine_meaning(str(fields["name"])), again=again)


def machine_meaning(name: str) -> tuple[str]:
    """What a machine's identity is made of: its name, in one spelling."""
    return (exact(name),)


def next_names(stem: str, n: int, taken: Sequence[str]) -> list[str]:
    """`n` names after a stem, numbered on from the highest there is: "PM1" gives PM1-01, PM1-02, …"""
    numbers = [
        int(match[1])
        for name in taken
        if (match := re.fullmatch(re.escape(fold(stem)) + r"-(\d{1,6})", fold(name)))
    ]
    first = max(numbers, default=0) + 1
    return [f"{stem}-{number:02}" for number in range(first, first + n)]


def save_machine(db: Database, machine_id: str, fields: Mapping[str, Value]) -> Step:
    """Change a machine, also the room it stands in. Raises Refused MACHINE_TWICE."""
    _require_free(db, [str(fields["name"])], machine_id)
    return db.do(Step(_("Lưu máy tính"), db.update("machine", machine_id, **fields)))


def _require_free(db: Database, names: Sequence[str], own: str | None) -> None:
    all_machines = {exact(machine.name): machine for machine in machines(db) if machine.id != own}
    problems = []
    for name in names:
        other = all_machines.get(exact(name))
        if other is not None:
            message = _("Máy {name} đã có, đang ở {room}. Một máy chỉ ở một phòng.")
            sentence = message.format(name=other.name, room=other.room or _("ngoài các phòng"))
            next_step = _("Đặt tên khác, hoặc chuyển máy kia sang phòng này.")
            problems.append(Problem("MACHINE_TWICE", sentence, next=next_step, field="name"))
    if problems:
        raise Refused(*problems)


def set_working(db: Database, ids: Sequence[str], working: bool, *, on: dt.date) -> Step:
    """Say since which day machines work again, or are broken. Raises Refused MACHINE_DAY for a day to come."""
    if on > clock.today():
        message = _("Ngày {day} chưa tới.").format(day=show_date(on))
        raise Refused(Problem("MACHINE_DAY", message, next=_("Gõ ngày hôm nay hoặc trước đó."), field="on"))
    label = _("Ghi máy đã sửa xong") if working else _("Ghi máy hỏng")
    made = [db.update("machine", row, working=int(working), since=on.isoformat()) for row in ids]
    return db.do(Step(label, tuple(change for part in made for change in part)))


def move_machines(db: Database, ids: Sequence[str], room_id: str | None) -> Step:
    """Put machines into another room."""
    moved = [db.update("machine", row, room_id=room_id) for row in ids]
    return db.do(Step(_("Chuyển máy sang phòng khác"), tuple(change for part in moved for change in part)))


def drop_machine(db: Database, machine_id: str) -> Step:
    """Take a machine off the list."""
    return db.do(Step(_("Xóa máy tính"), db.drop("machine", machine_id)))
