"""The yearly count as it is kept: sessions, scans that add up, and a closing that writes the differences in one Step."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from edudesk.equipment.rules import COUNTED, MOVED, NONE, Amount, EquipmentEvent, holding, until
from edudesk.equipment.stocktake.rules import Outcome, off_by, outcome
from edudesk.equipment.store import Equipment, equipment, event_changes, read_events, room_names
from edudesk.kernel import clock
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.ids import name_id, new_id
from edudesk.kernel.text import by_numbers, squeeze
from edudesk.kernel.words import N_, _
from edudesk.storage.database import Database

TABLES = ("equipment_count", "equipment_count_line", "equipment", "equipment_event", "room")
NAME = Field("name", N_("Tên đợt"), width=240)
MEMBER = Field("members", N_("Ủy viên"))
CLOSER = Field("by", N_("Người khóa đợt"))
Place = tuple[str, str | None]  # a row of the register and a room


@dataclass(frozen=True, slots=True)
class CommitteeMember:
    """Somebody of the committee (“ban kiểm kê”): name, title, whom they represent, their part in it."""

    name: str
    title: str = ""
    represents: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class StockCount:
    """A count as of a day. `closed_on` is the ISO day its differences were written."""

    id: str
    name: str
    on: dt.date
    members: tuple[CommitteeMember, ...]
    closed_on: str | None
    closed_by: str | None


@dataclass(frozen=True, slots=True)
class Scan:
    """One entry of a count; `equipment_id` "" for a code nobody knows."""

    id: str
    room_id: str | None
    equipment_id: str
    code: str
    quantity: int
    at: str


@dataclass(frozen=True, slots=True)
class CountLine:
    """A row of the register in one room: the book, and what was seen; None where nobody counted."""

    equipment: Equipment
    room_id: str | None
    room: str
    book: Amount
    seen: int | None

    @property
    def id(self) -> Place:
        return (self.equipment.id, self.room_id)

    @property
    def off(self) -> int:
        """How many more or fewer than the book says."""
        return 0 if self.seen is None else off_by(self.book, self.seen)


@dataclass(frozen=True, slots=True)
class CountSheet:
    """Everything a session knows: lines by room and code, unknown codes, items seen in two rooms, outcomes."""

    session: StockCount
    lines: tuple[CountLine, ...]
    unknown: tuple[Scan, ...]
    twice: tuple[Equipment, ...]
    rooms: frozenset[str | None]
    outcomes: dict[str, Outcome]

    def of_room(self, room_id: str | None) -> tuple[CountLine, ...]:
        """The lines of one room."""
        return tuple(line for line in self.lines if line.room_id == room_id)

    def rooms_called(self, rooms: Collection[str | None]) -> set[str]:
        """The names of rooms that have a line."""
        return {line.room for line in self.lines if line.room_id in rooms and line.room}


def sessions(db: Database) -> list[StockCount]:
    """The counts, newest first."""
    rows = db.all(
        """select id, name, on_date, members, closed_on, closed_by from equipment_count where gone = 0
        order by on_date desc, rowid desc"""
    )
    return [
        StockCount(row, name or "", dt.date.fromisoformat(on), _people(members), closed, by)
        for row, name, on, members, closed, by in rows
    ]


def _people(text: str | None) -> tuple[CommitteeMember, ...]:
    return tuple(CommitteeMember(*words) for words in json.loads(text or "[]"))


def session(db: Database, session_id: str) -> StockCount:
    """A count by its identity. Raises Refused COUNT_UNKNOWN."""
    sitting = next((known for known in sessions(db) if known.id == session_id), None)
    if sitting is None:
        raise Refused(Problem("COUNT_UNKNOWN", _("Không có đợt kiểm kê này."), next=_("Chọn đợt khác.")))
    return sitting


def save_session(
    db: Database, name: str, on: dt.date, members: Sequence[CommitteeMember], *, session_id: str | None = None
) -> Step:
    """Begin a count, or change its name, day and committee. Raises Refused COUNT_NAME, COUNT_DAY, COUNT_CLOSED."""
    if problems := [*NAME.problems(name), *(p for person in members for p in _long_words(person))]:
        raise Refused(*problems)
    if not squeeze(name):
        raise Refused(Problem("COUNT_NAME", _("Thiếu tên đợt kiểm kê."), next=_("Gõ tên."), field="name"))
    if on > clock.today():
        message = _("Ngày kiểm kê chưa tới.")
        raise Refused(Problem("COUNT_DAY", message, next=_("Gõ ngày hôm nay hoặc trước đó."), field="on"))
    if session_id:
        require_open(db, session_id)
    people = [
        [person.name, person.title, person.represents, person.part]
        for person in members
        if squeeze(person.name)
    ]
    row = session_id or new_id()
    text = json.dumps(people, ensure_ascii=False)
    write = db.update if session_id else db.insert
    changes = write("equipment_count", row, name=squeeze(name), on_date=on.isoformat(), members=text)
    return db.do(Step(_("Lập đợt kiểm kê") if session_id is None else _("Sửa đợt kiểm kê"), changes))


def _long_words(person: CommitteeMember) -> Iterator[Problem]:
    for words in astuple(person):
        yield from MEMBER.problems(words)


def require_open(db: Database, session_id: str) -> StockCount:
    sitting = session(db, session_id)
    if sitting.closed_on:
        message = _("Đợt kiểm kê này đã khóa.")
        raise Refused(Problem("COUNT_CLOSED", message, sitting.name, _("Lập đợt kiểm kê mới.")))
    return sitting


def scans(db: Database, session_id: str) -> list[Scan]:
    """The entries of a count in the order they were made."""
    rows = db.all(
        """select id, room_id, coalesce(equipment_id, ''), code, quantity, coalesce(counted_at, '')
        from equipment_count_line where count_id = ? and gone = 0 order by counted_at, rowid""",
        (session_id,),
    )
    return [Scan(*row) for row in rows]


# -- what it says


def count_sheet(db: Database, session_id: str) -> CountSheet:
    """The count against the book of its day; what the count itself wrote is not in that book."""
    sitting, entries = session(db, session_id), scans(db, session_id)
    items, names = equipment(db.all), room_names(db)
    books = _books(db, sitting)
    counted = frozenset(scan.room_id for scan in entries)
    known = {item.id: item for item in items}
    seen: dict[str, dict[str | None, int]] = defaultdict(lambda: defaultdict(int))
    for scan in entries:
        most = 1 if scan.equipment_id in known and known[scan.equipment_id].item else None
        n = seen[scan.equipment_id][scan.room_id] + scan.quantity
        seen[scan.equipment_id][scan.room_id] = n if most is None else min(n, most)
    looked = {item.id: _rooms_counted(item, books.get(item.id, {}), seen[item.id], counted) for item in items}
    lines = [
        line
        for item in items
        for line in _lines(item, books.get(item.id, {}), seen[item.id], looked[item.id], names)
    ]
    return CountSheet(
        sitting,
        tuple(sorted(lines, key=lambda line: (by_numbers(line.room), by_numbers(line.equipment.code)))),
        tuple(scan for scan in entries if scan.equipment_id not in known),
        tuple(item for item in items if item.item and sum(seen[item.id].values()) > 1),
        counted,
        {item.id: outcome(books.get(item.id, {}), seen[item.id], looked[item.id]) for item in items},
    )


def _books(db: Database, sitting: StockCount) -> dict[str, dict[str | None, Amount]]:
    return {
        row: holding(until((event for event in events if event.count_id != sitting.id), sitting.on))
        for row, events in read_events(db.all).items()
    }


def _rooms_counted(
    item: Equipment,
    book: Mapping[str | None, Amount],
    seen: Mapping[str | None, int],
    counted: frozenset[str | None],
) -> frozenset[str | None]:
    """The rooms that say something of a row: those counted; an item seen in one is in no other."""
    return counted | book.keys() if item.item and any(seen.values()) else counted


def _lines(
    item: Equipment,
    book: dict[str | None, Amount],
    seen: Mapping[str | None, int],
    counted: frozenset[str | None],
    names: dict[str, str],
) -> list[CountLine]:
    places = dict.fromkeys((*book, *seen))
    return [
        CountLine(
            item,
            room,
            names.get(room or "", ""),
            book.get(room, NONE),
            seen.get(room, 0) if room in counted else None,
        )
        for room in places
    ]


def close_count(db: Database, session_id: str, *, by: str = "", today: dt.date | None = None) -> Step:
    """Write the differences as events and close the count, in one Step; rooms nobody counted stay as they are.

    Its events are named by what they mean, so two desks that close the same count write the same rows.
    Raises Refused COUNT_CLOSED, COUNT_NOTHING, COUNT_TWICE.
    """
    sitting = require_open(db, session_id)
    sheet = count_sheet(db, session_id)
    closer = str(CLOSER.parse(by) or db.author.actor)
    _require_settled(sheet)
    events = [event for row, out in sheet.outcomes.items() for event in _written(sitting, row, out)]
    day = (today or clock.today()).isoformat()
    closed = db.update("equipment_count", session_id, closed_on=day, closed_by=closer)
    changes = tuple(change for event in events for change in event_changes(db, event))
    return db.do(Step(_("Khóa đợt kiểm kê {name}").format(name=sitting.name), (*changes, *closed)))


def _require_settled(sheet: CountSheet) -> None:
    if not sheet.rooms:
        message = _("Đợt này chưa kiểm gì.")
        raise Refused(Problem("COUNT_NOTHING", message, sheet.session.name, _("Quét mã ở từng phòng trước.")))
    problems = [
        Problem(
            "COUNT_TWICE",
            _("Thấy ở hơn một phòng."),
            f"{item.code} {item.name}",
            _("Bỏ lượt kiểm ở phòng không đúng."),
        )
        for item in sheet.twice
    ]
    if problems:
        raise Refused(*problems)


def _written(sitting: StockCount, row: str, out: Outcome) -> list[EquipmentEvent]:
    day, note = sitting.on.isoformat(), sitting.name

    def event(kind: str, n: int, room: str | None, start: str | None, state: str | None) -> EquipmentEvent:
        named = name_id("equipment_event", sitting.id, row, kind, room, start, state)
        return EquipmentEvent(named, row, kind, n, day, room, start, state, count_id=sitting.id, note=note)

    moved = [event(MOVED, shift.n, shift.to, shift.start, shift.state) for shift in out.shifts]
    return moved + [
        event(COUNTED, difference.n, difference.room, None, difference.state)
        for difference in out.differences
    ]
