"""How many of a thing there are, broken or lent: sums of dated events, in whatever order they arrive. Pure.

Every event adds to the amounts of one room, or takes from one and adds to another. Addition knows no order, so two
desks may write at once and agree when they meet.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from edudesk.kernel.calendar import show_date
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import N_, _

ITEM, LOT = "item", "lot"
BOUGHT, ISSUED, BROKEN, REPAIRED = "bought", "issued", "broken", "repaired"
LENT, RETURNED, MOVED, WRITTEN_OFF, COUNTED = "lent", "returned", "moved", "written_off", "counted"
KINDS = (
    (BOUGHT, N_("Mua về")),
    (ISSUED, N_("Cấp phát")),
    (BROKEN, N_("Hỏng")),
    (REPAIRED, N_("Sửa xong")),
    (LENT, N_("Cho mượn")),
    (RETURNED, N_("Trả")),
    (MOVED, N_("Chuyển phòng")),
    (WRITTEN_OFF, N_("Thanh lí")),
    (COUNTED, N_("Kiểm kê")),
)
_MOVES = (ISSUED, MOVED)


@dataclass(frozen=True, slots=True)
class EquipmentEvent:
    """Something that happened to `quantity` of a thing on an ISO day. `state` is BROKEN when to broken ones.

    A move goes from `from_room_id` to `room_id`; everything else is at `room_id`; None is no room of the school.
    """

    id: str
    equipment_id: str
    kind: str
    quantity: int
    on_date: str
    room_id: str | None = None
    from_room_id: str | None = None
    state: str | None = None
    staff_id: str | None = None
    due_on: str | None = None
    lesson: str | None = None
    loan_id: str | None = None
    count_id: str | None = None
    document: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """How many are there, how many of these are broken, and how many are lent out."""

    on_hand: int = 0
    broken: int = 0
    lent: int = 0

    @property
    def idle(self) -> int:
        """How many can be lent, broken or moved now."""
        return self.on_hand - self.broken - self.lent

    @property
    def possible(self) -> bool:
        """Whether such an amount can be; two desks that take the last one leave less than nothing."""
        return min(self.on_hand, self.broken, self.lent, self.idle) >= 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.on_hand + other.on_hand, self.broken + other.broken, self.lent + other.lent)

    def __neg__(self) -> Amount:
        return Amount(-self.on_hand, -self.broken, -self.lent)


NONE = Amount()
Holding = Mapping[str | None, Amount]  # by room


@dataclass(frozen=True, slots=True)
class EquipmentFacts:
    """What a check knows of a thing besides its amounts; `since` is the ISO day of its purchase."""

    name: str
    unit: str
    item: bool
    since: str | None


def effect(event: EquipmentEvent) -> tuple[tuple[str | None, Amount], ...]:
    """What an event adds, by room."""
    n, broken = event.quantity, event.quantity if event.state == BROKEN else 0
    if event.kind in _MOVES:
        moved = Amount(n, broken)
        return (event.from_room_id, -moved), (event.room_id, moved)
    added = {
        BOUGHT: Amount(n),
        COUNTED: Amount(n, broken),
        BROKEN: Amount(0, n),
        REPAIRED: Amount(0, -n),
        LENT: Amount(0, 0, n),
        RETURNED: Amount(0, 0, -n),
        WRITTEN_OFF: Amount(-n, -broken),
    }
    return ((event.room_id, added.get(event.kind, NONE)),)


def holding(events: Iterable[EquipmentEvent]) -> dict[str | None, Amount]:
    """The amounts by room; rooms with nothing are left out."""
    amounts: dict[str | None, Amount] = defaultdict(Amount)
    for event in events:
        for room, amount in effect(event):
            amounts[room] += amount
    return {room: amount for room, amount in amounts.items() if amount != NONE}


def total(held: Holding) -> Amount:
    """The amounts of all rooms."""
    whole = NONE
    for amount in held.values():
        whole += amount
    return whole


def until(events: Iterable[EquipmentEvent], day: dt.date) -> list[EquipmentEvent]:
    """The events up to and on a day."""
    last = day.isoformat()
    return [event for event in events if event.on_date <= last]


# -- what cannot be


def check_event(
    item: EquipmentFacts, holding: Holding, event: EquipmentEvent, *, today: dt.date, room: str = ""
) -> tuple[Problem, ...]:
    """Everything that speaks against an event; `room` is the name of where it happens."""
    problems = [*_quantity(item, holding, event), *_days(item, event, today), *_loan(event)]
    if event.kind in _MOVES and event.room_id == event.from_room_id:
        message = _("Thiết bị đang ở chính phòng này.")
        problems.append(Problem("EQUIPMENT_SAME_ROOM", message, item.name, _("Chọn phòng khác."), field="to"))
    return tuple(problems or _short(item, holding, event, room))


def _quantity(item: EquipmentFacts, holding: Holding, event: EquipmentEvent) -> list[Problem]:
    if event.quantity == 0 or (event.quantity < 0 and event.kind != COUNTED):
        message = _("Số lượng phải từ 1 trở lên.")
        return [Problem("EQUIPMENT_QUANTITY", message, item.name, _("Gõ lại số lượng."), field="quantity")]
    if item.item and event.kind == BOUGHT and (event.quantity > 1 or total(holding).on_hand > 0):
        message = _("Thiết bị theo dõi từng cái thì mỗi mã chỉ có một cái.")
        next_step = _("Thêm thiết bị mới với mã khác.")
        return [Problem("EQUIPMENT_ONE", message, item.name, next_step, field="quantity")]
    return []


def _days(item: EquipmentFacts, event: EquipmentEvent, today: dt.date) -> list[Problem]:
    day = show_date(event.on_date)
    if event.on_date > today.isoformat():
        message = _("Ngày {day} chưa tới.").format(day=day)
        next_step = _("Gõ ngày hôm nay hoặc trước đó.")
        return [Problem("EQUIPMENT_DAY", message, item.name, next_step, field="on")]
    if item.since and event.on_date < item.since:
        message = _("Ngày {day} trước ngày mua {since}.").format(day=day, since=show_date(item.since))
        next_step = _("Gõ ngày sau ngày mua, hoặc sửa ngày mua.")
        return [Problem("EQUIPMENT_BEFORE", message, item.name, next_step, field="on")]
    return []


def _loan(event: EquipmentEvent) -> list[Problem]:
    if event.kind != LENT:
        return []
    problems = []
    if not event.staff_id:
        message = _("Chưa chọn người mượn.")
        problems.append(Problem("LOAN_WHO", message, next=_("Chọn người mượn."), field="staff_id"))
    if not event.due_on or event.due_on < event.on_date:
        message = _("Hạn trả phải từ ngày mượn trở đi.")
        problems.append(Problem("LOAN_DUE", message, next=_("Gõ lại hạn trả."), field="due"))
    return problems


_SHORT = {
    LENT: (N_("{room} chỉ còn {n} {unit} dùng được, không cho mượn {q} được."), N_("Ghi trả hoặc sửa xong trước.")),
    BROKEN: (N_("{room} chỉ còn {n} {unit} dùng được, không ghi hỏng {q} được."), N_("Giảm số lượng.")),
    REPAIRED: (N_("{room} chỉ có {broken} {unit} hỏng, không ghi sửa xong {q} được."), N_("Giảm số lượng.")),
    RETURNED: (N_("{room} chỉ cho mượn {lent} {unit}, không nhận trả {q} được."), N_("Giảm số lượng.")),
    WRITTEN_OFF: (
        N_("{room} chỉ có {n} {unit} dùng được và {broken} hỏng, không thanh lí {q} như đã ghi được."),
        N_("Giảm số lượng, hoặc ghi trả trước."),
    ),
    MOVED: (
        N_("{room} chỉ có {n} {unit} dùng được và {broken} hỏng, không chuyển {q} như đã ghi được."),
        N_("Giảm số lượng, hoặc ghi trả trước."),
    ),
    COUNTED: (N_("{room} chỉ có {there} {unit} theo sổ, không bớt {q} được."), N_("Xem lại số đã đếm.")),
}  # fmt: skip


def _short(item: EquipmentFacts, holding: Holding, event: EquipmentEvent, room: str) -> list[Problem]:
    """What is taken must be there, in the state it is taken in."""
    if all((holding.get(place, NONE) + amount).possible for place, amount in effect(event)):
        return []
    where = event.from_room_id if event.kind in _MOVES else event.room_id
    has = holding.get(where, NONE)
    message, next_step = _SHORT[MOVED if event.kind == ISSUED else event.kind]
    sentence = _(message).format(
        room=room or _("Ngoài các phòng"),
        n=max(has.idle, 0),
        broken=has.broken,
        lent=has.lent,
        there=has.on_hand,
        unit=item.unit,
        q=abs(event.quantity),
    )
    return [Problem("EQUIPMENT_SHORT", sentence, item.name, _(next_step), field="quantity")]


def check_change(item: EquipmentFacts, before: Holding, after: Holding) -> Problem | None:
    """Whether a change of the events (an undo, a merge) leaves less than nothing where there was enough before."""
    for room, amount in after.items():
        if not amount.possible and before.get(room, NONE).possible:
            message = _("Các việc ghi sau cần đến việc này: bỏ nó thì còn {n}.").format(
                n=min(amount.on_hand, amount.idle)
            )
            next_step = _("Ghi trả, sửa xong hoặc hoàn tác những việc sau trước.")
            return Problem("EQUIPMENT_NEEDED", message, item.name, next_step)
    if item.item and total(after).on_hand > max(1, total(before).on_hand):
        message = _("Thiết bị theo dõi từng cái thì mỗi mã chỉ có một cái.")
        return Problem("EQUIPMENT_ONE", message, item.name, _("Thêm thiết bị mới với mã khác."))
    return None
