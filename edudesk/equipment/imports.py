"""The register from a spreadsheet: a plan that says what every row would do, then one Step.

Rows are matched by code. A row for each room of a lot is one thing in several rooms. How many there are of what is
already on the register is not changed by a file: that needs a purchase, a writing off or a count, each with its day.
What `export equipment` writes comes back as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from edudesk.equipment.fields import BAD, QUANTITY, ROOM, equipment_fields
from edudesk.equipment.rules import BOUGHT, BROKEN, ITEM, LOT, EquipmentEvent
from edudesk.equipment.store import (
    EquipmentLine,
    born_with,
    bought_first,
    check_fields,
    event_changes,
    first_purchase_id,
    new_codes,
    new_equipment_id,
    register,
)
from edudesk.kernel.change import Change, Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.ids import new_id
from edudesk.kernel.words import N_, _
from edudesk.premises.store import rooms
from edudesk.sheets.letters import exact
from edudesk.sheets.listing import (
    ADDED,
    CHANGED,
    ListKind,
    ListLine,
    ListPlan,
    PlannedRow,
    plan_list,
    planned,
)
from edudesk.sheets.persons import proposal
from edudesk.sheets.source import Source
from edudesk.storage.database import Database

SHEET = N_("Thiết bị")
MONEY = {field.key: field for field in equipment_fields() if field.kind == "money"}  # read with the whole row
PLACE = ("room_id", "quantity", "broken")  # what a row says of a room, not of the thing


def import_fields() -> tuple[Field, ...]:
    """Every column the import knows, as it is shown."""
    known = [
        replace(column, required=column.key in ("name", "kind")) if column.key not in MONEY else column
        for column in equipment_fields()
    ]
    return (
        *known,
        Field("room", ROOM),
        Field("quantity", QUANTITY, "number"),
        Field("broken", BAD, "number"),
    )


def equipment_kind() -> ListKind:
    """The register as a list."""
    return ListKind("equipment", import_fields())


def _read_kind() -> ListKind:
    """The same as its cells are read: sums as texts, so that what is wrong with one is told with the rest of its row."""
    fields = [replace(field, kind="text") if field.key in MONEY else field for field in import_fields()]
    return ListKind("equipment", fields)


def plan_equipment(db: Database, path: Path | Source) -> ListPlan:
    """What importing a register would do. Raises as `plan_list`; rows are refused for ROOM_UNKNOWN, ROW_TWICE,
    ROW_DIFFERS, EQUIPMENT_ONE, EQUIPMENT_QUANTITY, EQUIPMENT_ASSET_LOT, EQUIPMENT_DAY and what is wrong with a cell."""
    return plan_list(path, _read_kind(), _EquipmentReader(db).place)


@dataclass(frozen=True, slots=True)
class _RowContent:
    """What a row says: of the thing, and of one room."""

    row: int
    fields: Mapping[str, Value]
    room_id: str | None
    quantity: int
    broken: int


@dataclass(slots=True)
class _EquipmentReader:
    """Says of each row what it is; remembers the rows the file has had."""

    db: Database
    stored: dict[str, EquipmentLine] = field(init=False)
    rooms: dict[str, list[str]] = field(init=False)
    firsts: dict[str, _RowContent] = field(init=False, default_factory=dict)
    ids: dict[str, str] = field(init=False, default_factory=dict)
    rows_read: dict[tuple[str, str | None], int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.stored = {exact(line.equipment.code): line for line in register(self.db)}
        self.rooms = {}
        for room in rooms(self.db):
            self.rooms.setdefault(exact(room.name), []).append(room.id)

    def place(self, line: ListLine) -> PlannedRow:
        content, problems = self._read(line)
        code = exact(str(content.fields["code"]))
        known, first = self.stored.get(code), self.firsts.get(code)
        problems += [*check_fields(content.fields), *_against(content, first), *self._twice(content, code)]
        if problems:
            raise Refused(*problems)
        self.firsts.setdefault(code, content)
        if known is not None:
            return _compared(line, content, known)
        row = self.ids.setdefault(code, self._new_id(line, content))
        whole = {
            **content.fields,
            "room_id": content.room_id,
            "quantity": content.quantity,
            "broken": content.broken,
        }
        return planned(line, row, f"{content.fields['code']} {content.fields['name']}", whole, None)

    def _new_id(self, line: ListLine, content: _RowContent) -> str:
        if not line.values["code"]:
            return new_id()
        return new_equipment_id(self.db, born_with({**content.fields, "room_id": content.room_id}))

    def _read(self, line: ListLine) -> tuple[_RowContent, list[Problem]]:
        given = line.given
        problems: list[Problem] = []
        room_id = self._room(str(given.pop("room", "") or ""), problems)
        quantity, broken = int(given.pop("quantity", 1) or 0), int(given.pop("broken", 0) or 0)
        for key, money in MONEY.items():
            if key in given:
                given[key] = _money(money, given[key], problems)
        code = str(given.get("code") or "")
        if not code:
            code = new_codes("", 1, [*self.stored, *self.firsts])[0]
        known = self.stored.get(exact(code))
        usual = known.equipment.tracked if known else LOT if quantity > 1 else ITEM
        return _RowContent(
            line.row, {"tracked": usual, **given, "code": code}, room_id, quantity, broken
        ), problems

    def _room(self, name: str, problems: list[Problem]) -> str | None:
        room_ids = self.rooms.get(exact(name), []) if name else []
        if name and len(room_ids) != 1:
            message = _("Chưa có phòng “{name}”.") if not room_ids else _("Có nhiều phòng tên “{name}”.")
            next_step = proposal(name, [room.name for room in rooms(self.db)])
            problems.append(Problem("ROOM_UNKNOWN", message.format(name=name), next=next_step, field="room"))
        return room_ids[0] if room_ids else None

    def _twice(self, content: _RowContent, code: str) -> Iterator[Problem]:
        first = self.rows_read.setdefault((code, content.room_id), content.row)
        if first != content.row:
            message = _("Mã này ở phòng này đã có ở dòng {row}.").format(row=first)
            yield Problem("ROW_TWICE", message, next=_("Bỏ một dòng."), field="code")


def _money(field: Field, given: Value, problems: list[Problem]) -> Value:
    try:
        return field.parse(given)
    except Refused as no:
        problems += no.problems
        return None


def _against(content: _RowContent, first: _RowContent | None) -> Iterator[Problem]:
    if content.fields["tracked"] == ITEM and (content.quantity > 1 or first is not None):
        message = _("Theo dõi từng cái thì mỗi mã một dòng, số lượng 1.")
        next_step = _("Ghi mỗi cái một mã, hoặc theo dõi theo lô.")
        yield Problem("EQUIPMENT_ONE", message, next=next_step, field="quantity")
    if content.quantity < 1 or content.broken > content.quantity:
        message = _("Số lượng từ 1 trở lên, và không ít hơn số hỏng.")
        yield Problem("EQUIPMENT_QUANTITY", message, next=_("Gõ lại."), field="quantity")
    if first is not None and first.fields != content.fields:
        message = _("Cùng mã với dòng {row} nhưng khác tên, nhóm hoặc giá.").format(row=first.row)
        yield Problem("ROW_DIFFERS", message, next=_("Sửa cho giống, hoặc đổi mã."), field="code")


def _compared(line: ListLine, content: _RowContent, known: EquipmentLine) -> PlannedRow:
    """A row of the register as it is; another number than the book's is told, not written."""
    stored = {key: getattr(known.equipment, key) for key in content.fields}
    fields = {**content.fields, "code": known.equipment.code}  # another spelling of the code is the same code
    row = planned(line, known.id, f"{known.equipment.code} {known.equipment.name}", fields, stored)
    book_amount = next((amount for room, _name, amount in known.places if room == content.room_id), None)
    book = (book_amount.on_hand, book_amount.broken) if book_amount else (0, 0)
    if book == (content.quantity, content.broken):
        return row
    words = _("Trong sổ ở phòng này có {there}, hỏng {broken}; số lượng không sửa bằng tệp.")
    return replace(row, words=words.format(there=book[0], broken=book[1]))


def apply_equipment(db: Database, plan: ListPlan) -> Step:
    """Write a plan as one Step, which one undo takes back."""
    made: set[str] = set()
    changes: list[Change] = []
    for row in plan.rows:
        fields = {key: value for key, value in row.fields.items() if key not in PLACE}
        if row.kind == CHANGED:
            changes += db.update("equipment", row.id, **fields)
        elif row.kind == ADDED:
            changes += _new(db, row, fields, first=row.id not in made)
            made.add(row.id)
    n = plan.count(ADDED) + plan.count(CHANGED)
    return db.do(Step(_("Nhập {n} dòng thiết bị từ {file}").format(n=n, file=plan.path.name), tuple(changes)))


def _new(db: Database, row: PlannedRow, fields: Mapping[str, Value], *, first: bool) -> tuple[Change, ...]:
    """A new thing, or more of it in another room; then what of it is broken, as of today."""
    today = dt.date.today().isoformat()
    room = row.fields["room_id"]
    where, n, bad = None if room is None else str(room), *(int(row.fields[key] or 0) for key in PLACE[1:])
    on = str(fields.get("bought_on") or today)
    purchase = first_purchase_id(row.id, str(fields["tracked"]), where)
    changes = (
        bought_first(db, row.id, born_with({**fields, "room_id": where}), quantity=n)
        if first
        else event_changes(db, EquipmentEvent(purchase, row.id, BOUGHT, n, on, where))
    )
    if not bad:
        return changes
    broken = EquipmentEvent(new_id(), row.id, BROKEN, bad, today, where, note=_("Nhập từ Excel"))
    return changes + event_changes(db, broken)
