"""The tables of the facility slice.

`room.area` is in dm² (48,5 m² is 4850). `room.levels` are level codes parted by spaces, blank for every level of the
site. `machine.since` is the day since which it works, or does not. A lesson in a room is one row for one period of the
week, so two classes cannot be in it at once.
"""

from __future__ import annotations

from edudesk.storage.part import Part, Replicated

ROOM = ("site_id", "building_id", "name", "kind", "area", "quality", "state", "year")
MACHINE = ("room_id", "name", "kind", "cpu", "ram_gb", "disk_gb", "os", "year", "use")
PART = Part(
    name="facility",
    tables=(
        Replicated("building", fields=("site_id", "name", "floors", "built", "note")),
        Replicated("room", fields=(*ROOM, "projector", "internet", "levels")),
        Replicated("machine", fields=(*MACHINE, "working", "since")),
        Replicated("lab_slot", fields=("room_id", "year", "weekday", "session", "period", "class_id")),
    ),
    module="edudesk.facility.migrations",
    steps=("m001_facility",),
)
