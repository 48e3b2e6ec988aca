"""What happens to equipment: bought again, broken, repaired, lent, moved, written off. One Step per action."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from edudesk.equipment.fields import DOCUMENT, LESSON, NOTE
from edudesk.equipment.rules import (
    BOUGHT,
    BROKEN,
    ISSUED,
    LENT,
    MOVED,
    REPAIRED,
    WRITTEN_OFF,
    Amount,
    EquipmentEvent,
    check_event,
    holding,
)
from edudesk.equipment.store import (
    Equipment,
    EquipmentLine,
    equipment,
    event_changes,
    facts_of,
    is_broken,
    line_of,
    read_events,
    room_names,
)
from edudesk.kernel import clock
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import new_id
from edudesk.kernel.words import N_, _
from edudesk.storage.database import Database

LABELS = {
    BOUGHT: N_("Ghi mua thêm"),
    ISSUED: N_("Cấp phát"),
    BROKEN: N_("Ghi hỏng"),
    REPAIRED: N_("Ghi sửa xong"),
    LENT: N_("Cho mượn"),
    MOVED: N_("Chuyển phòng"),
    WRITTEN_OFF: N_("Thanh lí"),
}
WORDS = (LESSON, DOCUMENT, NOTE)  # what people write of an action
EVERYWHERE = "*"


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An action on one row or several. `quantity` None means all that can be taken, of every row.

    `room_id` is where it happens (EVERYWHERE: wherever there is some); `to` where a move goes, or a purchase is put;
    `state` BROKEN when the broken ones of a lot are meant.
    """

    kind: str
    on: dt.date
    quantity: int | None = None
    room_id: str | None = EVERYWHERE
    to: str | None = None
    state: str | None = None
    staff_id: str | None = None
    due: dt.date | None = None
    lesson: str | None = None
    document: str | None = None
    note: str | None = None


def record_event(db: Database, ids: Sequence[str], new: NewEvent, *, today: dt.date | None = None) -> Step:
    """Write an action for every row, or for none. Raises Refused with everything that speaks against it."""
    items = {item.id: item for item in equipment(db.all)}
    events, names = read_events(db.all, ids), room_names(db)
    problems = [problem for field in WORDS for problem in field.problems(getattr(new, field.key))]
    made: list[EquipmentEvent] = []
    for row in ids:
        own = events.get(row, [])
        all_events = _events(line_of(items[row], own, names), new)
        made += all_events
        problems += _against(items[row], own, all_events, names, today or clock.today())
    if problems:
        raise Refused(*problems)
    changes = tuple(change for event in made for change in event_changes(db, event))
    return db.do(Step(_(LABELS[new.kind]), changes))


def _against(
    item: Equipment,
    own: Sequence[EquipmentEvent],
    new: Sequence[EquipmentEvent],
    names: dict[str, str],
    today: dt.date,
) -> list[Problem]:
    if not new:
        message = _("Không có cái nào để ghi việc này.")
        next_step = _("Xem lại số còn dùng được, hỏng, cho mượn.")
        return [Problem("EQUIPMENT_NONE", message, facts_of(item).name, next_step)]
    problems: list[Problem] = []
    so_far = list(own)
    for event in new:
        room = names.get((event.from_room_id if event.kind in (MOVED, ISSUED) else event.room_id) or "", "")
        problems += check_event(facts_of(item), holding(so_far), event, today=today, room=room)
        so_far.append(event)
    return problems


def _events(line: EquipmentLine, new: NewEvent) -> list[EquipmentEvent]:
    """The events an action makes of one row: one for each room it happens in."""
    if new.kind == BOUGHT:
        room = line.equipment.room_id if new.to is None else new.to
        return [_event(line, new, room, new.quantity or 1)]
    events = []
    for room, _name, amount in line.places:
        if new.room_id not in (EVERYWHERE, room):
            continue
        state = is_broken(line, room) if line.equipment.item else new.state
        n = _most(amount, new.kind, state) if new.quantity is None else new.quantity
        if n or new.quantity is not None:
            events.append(replace(_event(line, new, room, n), state=_state(new.kind, state)))
        if new.quantity is not None:
            break
    return events


def _state(kind: str, state: str | None) -> str | None:
    return state if kind in (MOVED, ISSUED, WRITTEN_OFF) else None


def _most(amount: Amount, kind: str, state: str | None) -> int:
    broken = kind == REPAIRED or (state == BROKEN and kind in (MOVED, ISSUED, WRITTEN_OFF))
    return max(amount.broken if broken else amount.idle, 0)


def _event(line: EquipmentLine, new: NewEvent, room: str | None, quantity: int) -> EquipmentEvent:
    moves = new.kind in (MOVED, ISSUED)
    return EquipmentEvent(
        new_id(),
        line.id,
        new.kind,
        quantity,
        new.on.isoformat(),
        new.to if moves else room,
        room if moves else None,
        staff_id=new.staff_id,
        due_on=new.due.isoformat() if new.due and new.kind == LENT else None,
        lesson=new.lesson,
        document=new.document,
        note=new.note,
    )
