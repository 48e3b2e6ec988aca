"""What no Step may do to the register, whoever writes it: leave less than nothing, or things in a room that is gone."""

from __future__ import annotations

from collections.abc import Iterable

from edudesk.equipment.rules import EquipmentEvent, check_change, holding
from edudesk.equipment.schema import EVENT
from edudesk.equipment.store import equipment, facts_of, read_events
from edudesk.kernel.change import GONE, Change, Step
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _
from edudesk.storage.slice_tables import Guard, Reader


def enough(read: Reader, step: Step) -> list[Problem]:
    """After the Step there is of nothing less than nothing, and an item is one."""
    changes = [change for change in step.changes if change.table == "equipment_event"]
    if not changes:
        return []
    stored = _stored(read, {change.row for change in changes})
    after = {row: dict(fields) for row, fields in stored.items()}
    for change in changes:
        after.setdefault(change.row, {GONE: 0, "id": change.row}).update(change.fields)
    touched = {str(fields["equipment_id"]) for fields in (*stored.values(), *after.values())}
    before, items = read_events(read, touched), {item.id: item for item in equipment(read)}
    problems = []
    for row in touched & items.keys():
        events = [event for event in before.get(row, ()) if event.id not in after]
        new = [
            _event(fields) for fields in after.values() if fields["equipment_id"] == row and not fields[GONE]
        ]
        problem = check_change(facts_of(items[row]), holding(before.get(row, ())), holding([*events, *new]))
        problems += [_at(problem, changes, row, after)] if problem else []
    return problems


def _stored(read: Reader, rows: Iterable[str]) -> dict[str, dict[str, object]]:
    from edudesk.storage.slice_tables import many

    names = ("id", GONE, *EVENT)
    records = many(read, f"select {', '.join(names)} from equipment_event where id in", set(rows))
    return {str(row[0]): dict(zip(names, row, strict=True)) for row in records}


def _event(fields: dict[str, object]) -> EquipmentEvent:
    return EquipmentEvent(str(fields["id"]), **{key: fields.get(key) for key in EVENT})  # type: ignore[arg-type]


def _at(
    problem: Problem, changes: Iterable[Change], row: str, after: dict[str, dict[str, object]]
) -> Problem:
    """The problem at the row of the Step that makes it, so that the rest can be undone without it."""
    own = next(change.row for change in changes if after[change.row]["equipment_id"] == row)
    return Problem(problem.code, problem.message, problem.place, problem.next, "equipment_event", own)


def room_with_equipment(read: Reader, step: Step) -> list[Problem]:
    """A room is dropped only when nothing of the register is in it."""
    rooms = {c.row for c in step.changes if c.table == "room" and c.field == GONE and c.new == 1}
    if not rooms:
        return []
    here = {
        room
        for events in read_events(read).values()
        for room, amount in holding(events).items()
        if room in rooms and amount.on_hand
    }
    message, next_step = _("Phòng còn thiết bị trong sổ."), _("Chuyển chúng đi nơi khác trước.")
    return [
        Problem("ROOM_USED", message, next=next_step, table="room", row=str(room))
        for room in sorted(map(str, here))
    ]


GUARDS: tuple[Guard, ...] = (enough, room_with_equipment)
