"""What is lent too long, and what is broken, on the season's board."""

from __future__ import annotations

import datetime as dt

from schools import YEAR

from edudesk.equipment.places import LOANS, REGISTER, EquipmentPlace
from edudesk.equipment.rules import BROKEN, LENT
from edudesk.equipment.store import add_equipment, register
from edudesk.equipment.store_events import NewEvent, record_event
from edudesk.home.rules import SHOWN
from edudesk.home.store import events
from edudesk.home.store_board import figures
from edudesk.home.view_lines import due_lines
from edudesk.labs.places import MACHINES, FacilityPlace
from edudesk.labs.store_machines import add_machines, set_working
from edudesk.premises.fields import TEACHING
from edudesk.staff.store import members
from edudesk.storage.database import Database

TODAY = dt.date(2026, 11, 22)


def furnish(db: Database) -> None:
    known = {
        "name": "Máy chiếu",
        "kind": "NGHE_NHIN",
        "tracked": "item",
        "code": "MC",
        "bought_on": "2024-01-01",
    }
    add_equipment(db, known, quantity=4)
    first, second, third, _fourth = (line.id for line in register(db))
    teacher = members(db)[0].id
    for row, due in ((first, dt.date(2026, 11, 20)), (second, dt.date(2026, 11, 22))):
        record_event(db, [row], NewEvent(LENT, dt.date(2026, 11, 2), staff_id=teacher, due=due), today=TODAY)
    record_event(db, [third], NewEvent(BROKEN, dt.date(2026, 11, 3)), today=TODAY)


def test_what_is_late_has_a_line_that_opens_the_loans(db: Database, pupils: list[str]) -> None:
    assert figures(db, YEAR, 1, today=TODAY).duties == ()
    furnish(db)
    found = figures(db, YEAR, 1, today=TODAY)
    assert [duty.key for duty in found.duties] == ["equipment_overdue", "equipment_broken"]
    lines = {line.key: line for line in due_lines(events(db, YEAR), found, term=1, today=TODAY)}
    late = lines["equipment_overdue"]
    assert (late.title, late.late, late.place) == (
        "1 thiết bị mượn quá hạn",
        True,
        EquipmentPlace(tab=LOANS),
    )
    assert late.detail == "Máy chiếu (Lê Thị Mai)" and len(lines) <= SHOWN


def test_what_is_broken_has_a_line_where_there_is_room(db: Database, pupils: list[str]) -> None:
    furnish(db)
    found = figures(db, YEAR, 1, today=TODAY)
    (late, broken) = due_lines((), found, term=1, today=TODAY)
    assert (late.key, broken.key) == ("equipment_overdue", "equipment_broken")
    assert broken.detail == "1 thiết bị đang hỏng" and broken.place == EquipmentPlace(
        tab=REGISTER, state="broken"
    )
    assert due_lines((), None, term=1, today=TODAY) == ()


def test_a_broken_machine_has_a_line_that_opens_the_machines(db: Database, pupils: list[str]) -> None:
    machine = add_machines(db, None, {"name": "PM1-01", "use": TEACHING}).changes[0].row
    assert figures(db, YEAR, 1, today=TODAY).duties == ()
    set_working(db, [machine], False, on=TODAY)
    (broken,) = due_lines((), figures(db, YEAR, 1, today=TODAY), term=1, today=TODAY)
    assert (broken.detail, broken.place) == ("1 máy tính đang hỏng", FacilityPlace(tab=MACHINES))
