"""The tables of the facility slice.

`room.area` is in dm² (48,5 m² is 4850). `room.levels` are level codes parted by spaces, blank for every level of the
site. `machine.since` is the day since which it works, or does not. A lesson in a room is one row for one period of the
week, so two classes cannot be in it at once.

`room_detail` and `building_detail` say more of the room or building of the same id: rows that were written before there
was more to say stay whole. `room_detail.plan_*` place the room on the grid of its storey. A `photo` is of the row `owner`.
"""

from __future__ import annotations

from edudesk.kernel.replicated import Replicated
from edudesk.storage.slice_tables import SliceTables

ROOM = ("site_id", "building_id", "name", "kind", "area", "quality", "state", "year")
MACHINE = ("room_id", "name", "kind", "cpu", "ram_gb", "disk_gb", "os", "year", "use")
PLAN = ("plan_floor", "plan_col", "plan_row", "plan_w", "plan_h")
SESSION = ("room_id", "on_date", "session", "period", "class_id", "staff_id", "used", "down", "note")
TABLES = SliceTables(
    name="facility",
    tables=(
        Replicated(
            "building", fields=("site_id", "name", "floors", "built", "note"), refers={"site_id": "site"}
        ),
        Replicated(
            "room",
            fields=(*ROOM, "projector", "internet", "levels"),
            refers={"site_id": "site", "building_id": "building"},
        ),
        Replicated("machine", fields=(*MACHINE, "working", "since"), refers={"room_id": "room"}),
        Replicated(
            "lab_slot",
            fields=("room_id", "year", "weekday", "session", "period", "class_id"),
            natural=("room_id", "year", "weekday", "session", "period"),
            refers={"room_id": "room", "class_id": "school_class"},
        ),
        Replicated("building_detail", fields=("grade", "quality"), natural=()),
        Replicated("room_detail", fields=("capacity", "borrowed", *PLAN), natural=()),
        Replicated(
            "site_answer",
            fields=("year", "site_id", "item", "value", "note"),
            natural=("year", "site_id", "item"),
        ),
        Replicated("photo", fields=("owner", "name", "sha256", "size", "added_by", "added_at")),
        Replicated(
            "lab_session",
            fields=SESSION,
            natural=("room_id", "on_date", "session", "period"),
            refers={"room_id": "room", "class_id": "school_class", "staff_id": "staff"},
        ),
    ),
    module="edudesk.premises.migrations",
    steps=("m001_facility", "m002_rooms"),
)
