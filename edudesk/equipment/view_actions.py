"""What can be done with rows of the register: each action asks for what it needs, and one Step is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from edudesk.equipment.fields import DOCUMENT, LESSON, NOTE
from edudesk.equipment.rules import BOUGHT, BROKEN, ISSUED, LENT, MOVED, REPAIRED, WRITTEN_OFF
from edudesk.equipment.store import EquipmentLine, add_equipment, drop_equipment, save_equipment
from edudesk.equipment.store_events import EVERYWHERE, LABELS, NewEvent, record_event
from edudesk.kernel.calendar import parse_date
from edudesk.kernel.change import Value
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.premises import store
from edudesk.staff.store import members
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems

OUTSIDE = "-"  # the choice that means no room
DONE = {
    BOUGHT: N_("Đã ghi mua thêm"),
    ISSUED: N_("Đã cấp phát"),
    BROKEN: N_("Đã ghi hỏng"),
    REPAIRED: N_("Đã ghi sửa xong"),
    LENT: N_("Đã cho mượn"),
    MOVED: N_("Đã chuyển phòng"),
    WRITTEN_OFF: N_("Đã thanh lí"),
}
_MORE = {
    BOUGHT: ("document", "note"),
    ISSUED: ("to", "staff_id", "document", "note"),
    BROKEN: ("note",),
    REPAIRED: ("note",),
    LENT: ("staff_id", "due", "lesson", "note"),
    MOVED: ("to", "note"),
    WRITTEN_OFF: ("document", "note"),
}
LEND_DAYS = 4


def ask_action(desk: Desk, lines: Sequence[EquipmentLine], kind: str) -> None:
    """Ask for what an action needs and write it for every row."""
    if not lines:
        return
    fields = _fields(desk, lines, kind)
    row = lines[0] if len(lines) == 1 else None

    def action(values: dict[str, Value], problems: OnProblems) -> object:
        ids, toast = [line.id for line in lines], _(DONE[kind])
        return desk.do(record_event, ids, _new_event(kind, values, row), toast=toast, on_problems=problems)

    name = row.equipment.name if row else _("{n} dòng").format(n=len(lines))
    sentence = "" if row else _("Ghi cho toàn bộ số còn ghi được của mỗi dòng đang đánh dấu.")
    dialog = FormDialog(f"{_(LABELS[kind])}: {name}", fields, yes=_("Ghi"), action=action, sentence=sentence)
    dialog.start(_start(kind, row))


def _fields(desk: Desk, lines: Sequence[EquipmentLine], kind: str) -> list[Field]:
    """What an action asks: its own fields, and for one line how many, where from, and which of them."""
    line = lines[0] if len(lines) == 1 else None
    lot = line is not None and not line.equipment.item
    places = _places(line) if line and kind != BOUGHT else ()
    known = _known(desk, kind)
    asked = [_QUANTITY] if lot else []
    asked.append(known["on"])
    if len(places) > 1:
        asked.append(Field("room_id", N_("Ở phòng"), "choice", choices=places, required=True, width=240))
    if kind == BOUGHT:
        asked.append(replace(known["to"], label=N_("Để ở phòng"), required=False))
    if lot and kind in (MOVED, ISSUED, WRITTEN_OFF) and line and line.amount.broken:
        asked.append(_STATE)
    return [*asked, *(known[key] for key in _MORE[kind])]


_QUANTITY = Field("quantity", N_("Số lượng"), "number", required=True)
_STATE = Field(
    "state",
    N_("Những cái"),
    "choice",
    choices=(("good", N_("Còn dùng được")), (BROKEN, N_("Đang hỏng"))),
    width=240,
)


def _known(desk: Desk, kind: str) -> dict[str, Field]:
    """Every field an action may ask for, by its key."""
    rooms = ((OUTSIDE, N_("Ngoài các phòng")), *((room.id, room.name) for room in store.rooms(desk.db)))
    people = tuple((who.id, who.name) for who in members(desk.db))
    return {
        "on": Field("on", N_("Ngày"), "date", required=True),
        "to": Field("to", N_("Đến phòng"), "choice", choices=rooms, required=True, width=240),
        "staff_id": Field(
            "staff_id",
            N_("Người mượn") if kind == LENT else N_("Người nhận"),
            "choice",
            choices=people,
            required=kind == LENT,
            width=240,
        ),
        "due": Field("due", N_("Hạn trả"), "date", required=True),
        "lesson": LESSON,
        "document": DOCUMENT,
        "note": replace(NOTE, width=240),
    }


def _places(line: EquipmentLine) -> tuple[tuple[str, str], ...]:
    """The rooms something is in, and how much of it."""
    return tuple(
        (room or OUTSIDE, f"{name or _('Ngoài các phòng')} ({amount.on_hand})")
        for room, name, amount in line.places
        if amount.on_hand
    )


def _start(kind: str, line: EquipmentLine | None) -> dict[str, Value]:
    today = dt.date.today()
    first = _places(line)[0][0] if line and _places(line) else None
    start: dict[str, Value] = {"on": today.isoformat(), "quantity": 1, "room_id": first, "state": "good"}
    if line and kind == BOUGHT:
        start["to"] = line.equipment.room_id or OUTSIDE
    if kind == LENT:
        start["due"] = (today + dt.timedelta(LEND_DAYS)).isoformat()
    if kind == WRITTEN_OFF and line and line.amount.broken:
        start["state"] = BROKEN
    return start


def _new_event(kind: str, values: dict[str, Value], line: EquipmentLine | None) -> NewEvent:
    def text(key: str) -> str | None:
        value = values.get(key)
        return None if value in (None, OUTSIDE) else str(value)

    quantity = values.get("quantity")
    room = text("room_id") if "room_id" in values else EVERYWHERE
    return NewEvent(
        kind,
        parse_date(values["on"]) or dt.date.today(),
        int(quantity) if quantity is not None and line and not line.equipment.item else None,
        room,
        text("to"),
        BROKEN if values.get("state") == BROKEN else None,
        text("staff_id"),
        parse_date(values.get("due")),
        text("lesson"),
        text("document"),
        text("note"),
    )


# -- rows


def ask_equipment(desk: Desk, line: EquipmentLine | None, *, room_id: str | None = None) -> None:
    """The form of a row: a new one with where it is put and how many, or what is known of one."""
    from edudesk.equipment.fields import THING_FIELDS, asset_fields

    rooms = tuple((room.id, room.name) for room in store.rooms(desk.db))
    new = [
        Field("quantity", N_("Số lượng"), "number", required=True),
        Field("room_id", N_("Để ở phòng"), "choice", choices=rooms, width=240),
    ]
    own = [field for field in THING_FIELDS if line is None or field.key != "tracked"]
    name, code, *rest = own
    fields = [name, code, *(new if line is None else ()), *rest[:-1], *asset_fields(), rest[-1]]

    def action(values: dict[str, Value], problems: OnProblems) -> object:
        if line is not None:
            kept = {**values, "tracked": line.equipment.tracked}
            return desk.do(save_equipment, line.id, kept, toast=_("Đã lưu thiết bị"), on_problems=problems)
        n = int(values.pop("quantity") or 0)
        return desk.do(add_equipment, values, quantity=n, toast=_("Đã thêm thiết bị"), on_problems=problems)

    sentence = _(
        "Để trống mã thì chương trình đặt mã; nhiều cái thì mã được đánh số tiếp: TV thành TV-01, TV-02…"
    )
    title = line.equipment.name if line else _("Thêm thiết bị")
    dialog = FormDialog(
        title, fields, yes=_("Lưu") if line else _("Thêm"), action=action, sentence="" if line else sentence
    )
    first: dict[str, Value] = {"quantity": 1, "tracked": "item", "unit": _("cái"), "room_id": room_id}
    dialog.start({field.key: getattr(line.equipment, field.key) for field in fields} if line else first)


def drop_rows(desk: Desk, lines: Sequence[EquipmentLine]) -> None:
    """Take rows off that were entered by mistake."""
    if lines:
        toast = _("Đã xóa {n} dòng").format(n=len(lines))
        desk.do(drop_equipment, [line.id for line in lines], toast=toast)


KEYS = (
    ("Ctrl+B", BOUGHT, N_("Ghi mua thêm…")),
    ("Ctrl+H", BROKEN, N_("Ghi hỏng…")),
    ("Ctrl+R", REPAIRED, N_("Sửa xong…")),
    ("Ctrl+M", LENT, N_("Cho mượn…")),
    ("Ctrl+D", MOVED, N_("Chuyển phòng…")),
    ("Ctrl+G", ISSUED, N_("Cấp phát…")),
    ("Ctrl+T", WRITTEN_OFF, N_("Thanh lí…")),
)
