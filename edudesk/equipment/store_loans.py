"""What is lent to whom until when, and its return. A loan is one event; its returns name it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from edudesk.equipment.rules import BROKEN, LENT, RETURNED, EquipmentEvent, check_event, holding
from edudesk.equipment.store import (
    UNIT,
    Equipment,
    equipment,
    event_changes,
    facts_of,
    read_events,
    room_names,
)
from edudesk.kernel import clock
from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import new_id
from edudesk.kernel.words import _
from edudesk.staff.store import names
from edudesk.storage.database import Database

WEEK = 7


@dataclass(frozen=True, slots=True)
class Loan:
    """`quantity` lent from `on` until `due` (days), of which `back` have been returned, the last on `returned`."""

    id: str
    equipment: Equipment
    quantity: int
    back: int
    teacher: str
    on: dt.date
    due: dt.date
    returned: dt.date | None
    room_id: str | None
    room: str
    lesson: str
    note: str

    @property
    def left(self) -> int:
        """How many are still out."""
        return self.quantity - self.back

    def overdue(self, today: dt.date) -> int:
        """For how many days it should have been back; 0 when not."""
        return max((today - self.due).days, 0) if self.left else 0

    def out_on(self, day: dt.date) -> bool:
        """Whether some of it was out on a day."""
        last = self.returned if not self.left and self.returned else dt.date.max
        return self.on <= day <= last


def loans(db: Database, *, still_out: bool = False) -> list[Loan]:
    """Every loan by the day it is due; those that are still out when asked."""
    people, rooms, events = names(db), room_names(db), read_events(db.all)
    all_loans = [
        _loan(item, event, own, (people, rooms))
        for item in equipment(db.all)
        for own in (events.get(item.id, []),)
        for event in own
        if event.kind == LENT
    ]
    wanted = [loan for loan in all_loans if loan.left or not still_out]
    return sorted(wanted, key=lambda loan: (loan.due, loan.teacher, loan.equipment.code))


def _loan(
    item: Equipment,
    event: EquipmentEvent,
    own: Sequence[EquipmentEvent],
    called: tuple[dict[str, str], dict[str, str]],
) -> Loan:
    people, rooms = called
    back = [other for other in own if other.kind == RETURNED and other.loan_id == event.id]
    on = dt.date.fromisoformat(event.on_date)
    last = max((other.on_date for other in back), default="")
    return Loan(
        event.id,
        item,
        event.quantity,
        sum(other.quantity for other in back),
        people.get(event.staff_id or "", ""),
        on,
        dt.date.fromisoformat(event.due_on) if event.due_on else on,
        dt.date.fromisoformat(last) if last else None,
        event.room_id,
        rooms.get(event.room_id or "", ""),
        event.lesson or "",
        event.note or "",
    )


def monday_of(day: dt.date) -> dt.date:
    """The Monday of a day's week."""
    return day - dt.timedelta(day.weekday())


def of_week(all_loans: Sequence[Loan], monday: dt.date, today: dt.date) -> tuple[list[Loan], list[Loan]]:
    """(what should have been back by today, what else is out in the week), each by its due day."""
    days = [monday + dt.timedelta(n) for n in range(WEEK)]
    late = [loan for loan in all_loans if loan.overdue(today)]
    rest = [loan for loan in all_loans if not loan.overdue(today) and any(loan.out_on(day) for day in days)]
    return late, rest


def return_loan(
    db: Database,
    ids: Sequence[str],
    *,
    on: dt.date,
    quantity: int | None = None,
    broken: int = 0,
    today: dt.date | None = None,
) -> Step:
    """Loans are back: all that is out, or `quantity` of it; `broken` of these came back broken.

    Raises Refused: LOAN_NOTHING, LOAN_MORE, LOAN_EARLY, EQUIPMENT_DAY, EQUIPMENT_SHORT.
    """
    all_loans = {loan.id: loan for loan in loans(db)}
    made: list[EquipmentEvent] = []
    problems: list[Problem] = []
    for loan in (all_loans[row] for row in ids):
        n = loan.left if quantity is None else quantity
        problems += _against(loan, n, broken, on)
        made += _returning(loan, n, broken, on)
    problems = problems or _impossible(db, made, today or clock.today())
    if problems:
        raise Refused(*problems)
    return db.do(Step(_("Nhận trả thiết bị"), tuple(c for event in made for c in event_changes(db, event))))


def drop_extra_returns(db: Database, loan_id: str) -> Step:
    """Of a loan that two desks took back, the newest returns go until no more is back than was lent."""
    loan = next(loan for loan in loans(db) if loan.id == loan_id)
    events = read_events(db.all, [loan.equipment.id])[loan.equipment.id]
    extra, changes = loan.back - loan.quantity, list[Change]()
    for event in reversed([event for event in events if event.loan_id == loan_id]):
        less = min(max(extra, 0), event.quantity)
        extra -= less
        left = event.quantity - less
        changes += (
            db.update("equipment_event", event.id, quantity=left)
            if left
            else db.drop("equipment_event", event.id)
        )
    return db.do(Step(_("Bỏ lượt trả thừa"), tuple(changes)))


def _returning(loan: Loan, n: int, broken: int, on: dt.date) -> list[EquipmentEvent]:
    day = on.isoformat()
    back = EquipmentEvent(new_id(), loan.equipment.id, RETURNED, n, day, loan.room_id, loan_id=loan.id)
    bad = EquipmentEvent(
        new_id(), loan.equipment.id, BROKEN, broken, day, loan.room_id, note=_("Hỏng khi cho mượn")
    )
    return [back, bad] if broken else [back]


def _against(loan: Loan, n: int, broken: int, on: dt.date) -> list[Problem]:
    place = f"{loan.equipment.code} {loan.equipment.name}"
    if not loan.left:
        return [Problem("LOAN_NOTHING", _("Đã trả đủ rồi."), place, _("Chọn dòng khác."))]
    if not 1 <= n <= loan.left:
        message = _("Còn mượn {left} {unit}, không nhận trả {n} được.")
        sentence = message.format(left=loan.left, unit=loan.equipment.unit or UNIT, n=n)
        return [Problem("LOAN_MORE", sentence, place, _("Gõ lại số lượng."), field="quantity")]
    if not 0 <= broken <= n:
        message = _("Số hỏng không nhiều hơn số trả.")
        return [Problem("LOAN_MORE", message, place, _("Gõ lại số hỏng."), field="broken")]
    if on < loan.on:
        message = _("Ngày trả trước ngày mượn {day}.").format(day=show_date(loan.on))
        return [Problem("LOAN_EARLY", message, place, _("Gõ lại ngày trả."), field="on")]
    return []


def _impossible(db: Database, made: Sequence[EquipmentEvent], today: dt.date) -> list[Problem]:
    """What the register itself says against the events."""
    ids = {event.equipment_id for event in made}
    items, events = {item.id: item for item in equipment(db.all)}, read_events(db.all, ids)
    problems: list[Problem] = []
    for event in made:
        own = events.setdefault(event.equipment_id, [])
        problems += check_event(facts_of(items[event.equipment_id]), holding(own), event, today=today)
        own.append(event)
    return problems
