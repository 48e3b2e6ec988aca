"""Rooms and machines as a spreadsheet."""

from __future__ import annotations

from collections import Counter

from edudesk.kernel.words import _
from edudesk.labs.imports import FIELDS, SHEET, STATE_FIELDS
from edudesk.labs.store_machines import Machine, machines
from edudesk.premises.fields import MACHINE_FIELDS, ROOM_FIELDS
from edudesk.premises.rules_area import area_number
from edudesk.premises.store import Room, buildings, rooms
from edudesk.school.store import sites
from edudesk.sheets.writer import SheetOut
from edudesk.storage.database import Database


def facility_sheets(db: Database) -> list[SheetOut]:
    """Two sheets: the rooms by site and building, and the machines by room."""
    return [_rooms(db), _machines(db)]


def _rooms(db: Database) -> SheetOut:
    site_names = {row: name for row, name, _address in sites(db)}
    houses = {building.id: building.name for building in buildings(db)}
    counted = Counter(machine.room_id for machine in machines(db))
    heads = (
        _("Điểm trường"),
        _("Nhà"),
        *(_(field.label) for field in ROOM_FIELDS),
        _("Số máy tính"),
    )
    rows = [
        (
            site_names.get(room.site_id or "", ""),
            houses.get(room.building_id or "", ""),
            *_room_cells(room),
            counted[room.id],
        )
        for room in rooms(db)
    ]
    widths = [24, 16, 24, 22, 14, 14, 14, 18, 16, 14, 24, 14, 12]
    return SheetOut(_("Phòng"), heads, rows, widths=widths, text_columns=frozenset({0, 1, 2}))


def _room_cells(room: Room) -> list[object]:
    return [
        area_number(room.area)
        if field.key == "area"
        else _cell(field.kind, field.show(getattr(room, field.key)))
        for field in ROOM_FIELDS
    ]


def _machines(db: Database) -> SheetOut:
    """The heads `import machines` knows."""
    site_names = {row: name for row, name, _address in sites(db)}
    at = {room.id: site_names.get(room.site_id or "", "") for room in rooms(db)}
    heads = tuple(_(field.label) for field in FIELDS)
    rows = [
        (at.get(machine.room_id or "", ""), machine.room, *_machine_cells(machine))
        for machine in machines(db)
    ]
    widths = [24, 24, 16, 22, 14, 12, 18, 18, 12, 12, 14, 14]
    return SheetOut(_(SHEET), heads, rows, widths=widths, text_columns=frozenset({0, 1, 2, 6, 7}))


def machine_sheets(db: Database) -> list[SheetOut]:
    """The machines alone."""
    return [_machines(db)]


def _machine_cells(machine: Machine) -> list[object]:
    known = [_cell(field.kind, field.show(getattr(machine, field.key))) for field in MACHINE_FIELDS]
    working, since = STATE_FIELDS
    return [*known, working.show(int(machine.working)), since.show(machine.since)]


def _cell(kind: str, shown: str) -> object:
    return int(shown) if kind == "number" and shown else shown
