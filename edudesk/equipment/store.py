"""The equipment register as it is kept; one Step per write. How many there are is always a sum of events."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from edudesk.equipment.assets.rules_rates import rate_book
from edudesk.equipment.fields import CODE, NAME, NOTE
from edudesk.equipment.fields import UNIT as UNIT_FIELD
from edudesk.equipment.rules import (
    BOUGHT,
    BROKEN,
    ITEM,
    Amount,
    EquipmentEvent,
    EquipmentFacts,
    holding,
    total,
    until,
)
from edudesk.equipment.schema import ASSET, EVENT, WHAT
from edudesk.kernel import clock
from edudesk.kernel.change import Change, Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id, new_id
from edudesk.kernel.text import by_numbers, fold, squeeze
from edudesk.kernel.words import _
from edudesk.sheets.letters import exact
from edudesk.storage.births import born, proposed_id, same_input
from edudesk.storage.database import Database
from edudesk.storage.slice_tables import Reader, many

MOST = 500  # items added at once
UNIT = "cái"
TABLES = ("equipment", "equipment_event", "room", "staff")


@dataclass(frozen=True, slots=True)
class Equipment:
    """A row of the register: one item, or a lot of alike things. `room_id` is where it was first put."""

    id: str
    name: str
    kind: str
    unit: str
    code: str
    tracked: str
    room_id: str | None
    bought_on: str | None
    price: int | None
    origin: str | None
    note: str | None
    asset_class: str | None
    life: int | None
    used_before: int | None
    carried: int | None
    exempt: str | None
    exempt_from: int | None

    @property
    def item(self) -> bool:
        """Whether it is one thing with a code of its own."""
        return self.tracked == ITEM


@dataclass(frozen=True, slots=True)
class EquipmentLine:
    """A row of the register with its amounts, in all and by room: (room id, room name, amount)."""

    equipment: Equipment
    amount: Amount
    places: tuple[tuple[str | None, str, Amount], ...]

    @property
    def id(self) -> str:
        return self.equipment.id

    @property
    def rooms(self) -> str:
        """Where it is, in words."""
        return ", ".join(name for _room, name, amount in self.places if amount.on_hand and name)

    @property
    def where(self) -> str:
        """Its room, or how many there are: "12 phòng"; "" when it is in none."""
        names = [name for _room, name, amount in self.places if amount.on_hand]
        return _("{n} phòng").format(n=len(names)) if len(names) > 1 else self.rooms

    @property
    def wrong(self) -> bool:
        """Whether two desks took what only one could take; somebody must look."""
        return any(not amount.possible for _room, _name, amount in self.places)


def equipment(read: Reader) -> list[Equipment]:
    """Everything on the register by code, numbers as numbers."""
    rows = read(f"select id, {', '.join((*WHAT, *ASSET))} from equipment where gone = 0")
    items = [Equipment(*row[:1], *_texts(row[1:6]), *row[6:]) for row in rows]  # type: ignore[arg-type]
    return sorted(items, key=lambda item: by_numbers(item.code))


def _texts(cells: Sequence[Value]) -> list[str]:
    """Name, kind, unit, code, how it is tracked: never None."""
    *words, tracked = (str(cell or "") for cell in cells)
    return [*words, tracked or ITEM]


def read_events(read: Reader, ids: Iterable[str] | None = None) -> dict[str, list[EquipmentEvent]]:
    """The events of each row, of all or of those asked for, oldest first."""
    sql = f"select id, {', '.join(EVENT)} from equipment_event where gone = 0"
    rows = read(f"{sql}") if ids is None else many(read, f"{sql} and equipment_id in", set(ids))
    by_equipment: dict[str, list[EquipmentEvent]] = {}
    for row in sorted(rows, key=lambda row: (str(row[4]), str(row[0]))):
        by_equipment.setdefault(str(row[1]), []).append(EquipmentEvent(*row))  # type: ignore[arg-type]
    return by_equipment


def register(db: Database, *, day: dt.date | None = None) -> list[EquipmentLine]:
    """Every row with its amounts, today or at the end of a day."""
    names, events = room_names(db), read_events(db.all)
    return [line_of(item, events.get(item.id, ()), names, day=day) for item in equipment(db.all)]


def line_of(
    item: Equipment, events: Iterable[EquipmentEvent], names: Mapping[str, str], *, day: dt.date | None = None
) -> EquipmentLine:
    """A row with the amounts its events make."""
    amounts = holding(until(events, day) if day else events)
    places = sorted(
        ((room, names.get(room or "", ""), amount) for room, amount in amounts.items()),
        key=lambda place: by_numbers(place[1]),
    )
    return EquipmentLine(item, total(amounts), tuple(places))


def room_names(db: Database) -> dict[str, str]:
    """id → name of every room there ever was."""
    return dict(db.all("select id, name from room"))


def facts_of(item: Equipment) -> EquipmentFacts:
    """What the checks ask of a row."""
    return EquipmentFacts(f"{item.code} {item.name}".strip(), item.unit or UNIT, item.item, item.bought_on)


# -- writing


def add_equipment(
    db: Database, fields: Mapping[str, Value], *, quantity: int = 1, today: dt.date | None = None
) -> Step:
    """A new lot of `quantity`, or so many new items with codes numbered on.

    Raises Refused: FIELD_MISSING, EQUIPMENT_COUNT, EQUIPMENT_CODE, EQUIPMENT_ASSET_LOT, EQUIPMENT_DAY.
    """
    known = _checked(fields)
    items = known.get("tracked", ITEM) == ITEM
    if not 1 <= quantity <= (MOST if items else 1_000_000):
        message = _("Thêm từ 1 đến {most} cái một lần.").format(most=MOST)
        raise Refused(Problem("EQUIPMENT_COUNT", message, next=_("Gõ lại số lượng."), field="quantity"))
    taken = [item.code for item in equipment(db.all)]
    codes = new_codes(str(known.get("code") or ""), quantity if items else 1, taken)
    require_free(codes, taken)
    changes: list[Change] = []
    for code in codes:
        first = born_with({**known, "code": code})
        row = new_equipment_id(db, first) if code == known.get("code") else new_id()
        changes += bought_first(db, row, first, quantity=1 if items else quantity, today=today)
    label = _("Thêm thiết bị") if len(codes) == 1 else _("Thêm {n} thiết bị").format(n=len(codes))
    return db.do(Step(label, tuple(changes)))


def born_with(fields: Mapping[str, Value]) -> dict[str, Value]:
    """What a new row holds of which these fields are known."""
    known = {key: value for key, value in fields.items() if value is not None}
    return {"unit": UNIT, "tracked": ITEM, **known}


def new_equipment_id(db: Database, fields: Mapping[str, Value]) -> str:
    """The identity of a new row whose code somebody gave. A code the program gave says not which thing it is: another
    desk may have given it to another."""
    again = same_input(db, "equipment", fields)
    return proposed_id(db, "equipment", equipment_meaning(str(fields["code"])), again=again)


def equipment_meaning(code: str) -> tuple[str]:
    """What the identity of a row of the register is made of: its code, in one spelling."""
    return (exact(code),)


def bought_first(
    db: Database, row: str, fields: Mapping[str, Value], *, quantity: int, today: dt.date | None = None
) -> tuple[Change, ...]:
    """What must change for a new row to be there with its purchase."""
    on = str(fields.get("bought_on") or (today or clock.today()).isoformat())
    room = None if fields.get("room_id") is None else str(fields["room_id"])
    purchase = first_purchase_id(row, str(fields["tracked"]), room)
    bought = EquipmentEvent(purchase, row, BOUGHT, quantity, on, room)
    return (*born(db, "equipment", {row: fields}), *event_changes(db, bought))


def first_purchase_id(row: str, tracked: str, room: str | None) -> str:
    """The identity of the purchase that a row is born with: of an item one, wherever it is; of a lot one in each room.

    Two desks that enter one thing apart write one purchase, so that it is not there twice.
    """
    return name_id("equipment_event", row, BOUGHT, "" if tracked == ITEM else room or "")


def event_changes(db: Database, event: EquipmentEvent) -> tuple[Change, ...]:
    """What must change for an event to be written."""
    fields = {key: value for key, value in asdict(event).items() if value is not None}
    named = (
        event.count_id or event.kind == BOUGHT
    )  # a count closed again, a thing entered again say the same events
    write = db.upsert if named else db.insert
    return write("equipment_event", str(fields.pop("id")), **fields)


def save_equipment(db: Database, row: str, fields: Mapping[str, Value]) -> Step:
    """Change what is known of a row; where it is and how many change by events. Raises Refused like `add_equipment`."""
    known = _checked(fields)
    others = [item.code for item in equipment(db.all) if item.id != row]
    require_free([str(known.get("code") or "")], others)
    return db.do(Step(_("Lưu thiết bị"), db.update("equipment", row, **known)))


def drop_equipment(db: Database, ids: Sequence[str]) -> Step:
    """Take rows off that were entered by mistake: nothing but their purchase has been written. Raises Refused."""
    problems: list[Problem] = []
    changes: list[Change] = []
    events, items = read_events(db.all, ids), {item.id: item for item in equipment(db.all)}
    for row in ids:
        own = events.get(row, [])
        if any(event.kind != BOUGHT for event in own):
            message = _("Đã có việc ghi cho thiết bị này nên không xóa được.")
            next_step = _("Ghi thanh lí, để còn lịch sử.")
            problems.append(Problem("EQUIPMENT_USED", message, facts_of(items[row]).name, next_step))
        changes += [change for event in own for change in db.drop("equipment_event", event.id)]
        changes += db.drop("equipment", row)
    if problems:
        raise Refused(*problems)
    return db.do(Step(_("Xóa khỏi sổ thiết bị"), tuple(changes)))


def restore_equipment(db: Database, row: str) -> Step:
    """A row that one desk took off while another wrote about it: there again, with what was bought.

    Raises Refused ROW_MISSING, ROW_THERE.
    """
    bought = db.all(
        "select id from equipment_event where equipment_id = ? and kind = ? and gone = 1", (row, BOUGHT)
    )
    events = [change for (event,) in bought for change in db.revive("equipment_event", event)]
    return db.do(Step(_("Lấy lại thiết bị"), (*db.revive("equipment", row), *events)))


# -- what a row must be


def _checked(fields: Mapping[str, Value]) -> dict[str, Value]:
    problems = check_fields(fields)
    if problems:
        raise Refused(*problems)
    return {**fields, "code": squeeze(str(fields.get("code") or ""))}


def check_fields(fields: Mapping[str, Value]) -> list[Problem]:
    """Everything that speaks against the fields of a row, whatever else is on the register."""
    problems: list[Problem] = []
    if not squeeze(str(fields.get("name") or "")):
        problems.append(Problem("FIELD_MISSING", _("Thiếu tên."), next=_("Gõ tên."), field="name"))
    problems += [
        problem
        for field in (CODE, UNIT_FIELD, NOTE, *([NAME] if not problems else ()))
        for problem in field.problems(fields.get(field.key))
    ]
    bought = str(fields.get("bought_on") or "")
    if bought > clock.today().isoformat():
        message = _("Ngày mua chưa tới.")
        problems.append(
            Problem("EQUIPMENT_DAY", message, next=_("Gõ ngày hôm nay hoặc trước đó."), field="bought_on")
        )
    if fields.get("tracked", ITEM) != ITEM and int(fields.get("price") or 0) >= rate_book().least:
        message = _("Tài sản cố định phải theo dõi từng cái: mỗi tài sản là một đối tượng ghi sổ.")
        article = rate_book().articles["single"].cited
        problems.append(Problem("EQUIPMENT_ASSET_LOT", message, next=article, field="tracked"))
    return problems


def new_codes(stem: str, n: int, taken: Sequence[str]) -> list[str]:
    """`n` codes: the one typed; several numbered on from it; without any TB-0001 and so on."""
    if stem and n == 1:
        return [stem]
    width = 2 if stem else 4
    stem = stem or "TB"
    pattern = re.compile(re.escape(fold(stem)) + r"-(\d{1,6})")
    first = max((int(match[1]) for code in taken if (match := pattern.fullmatch(fold(code)))), default=0) + 1
    return [f"{stem}-{number:0{width}}" for number in range(first, first + n)]


def require_free(codes: Sequence[str], taken: Sequence[str]) -> None:
    """Raises Refused EQUIPMENT_CODE for every code that is blank or another row's."""
    known = {exact(code) for code in taken}
    problems = []
    for code in codes:
        if not code:
            problems.append(
                Problem("EQUIPMENT_CODE", _("Thiếu mã thiết bị."), next=_("Gõ mã."), field="code")
            )
        elif exact(code) in known:
            message = _("Mã {code} đã có trong sổ.").format(code=code)
            problems.append(Problem("EQUIPMENT_CODE", message, next=_("Gõ mã khác."), field="code"))
    if problems:
        raise Refused(*problems)


def is_broken(line: EquipmentLine, room_id: str | None) -> str | None:
    """The state of an item where it is: BROKEN, or None when it works."""
    amount = next((amount for room, _name, amount in line.places if room == room_id), Amount())
    return BROKEN if line.equipment.item and amount.broken else None
