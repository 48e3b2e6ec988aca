"""The tables of the equipment register.

`equipment.price` is whole đồng for one unit. How many there are, broken or lent, stands nowhere: it is the sum of the
events. An event's `quantity` is how many it is about, 1 or more; only a count's (`counted`) has a sign. `state` says
whether it is about broken ones. `loan_id` is the lending a return belongs to, `count_id` the yearly count that made the
event. `asset_class` is a code of the rate table; `carried` what had been charged to 31/12/2025, in whole đồng.
A line of a count is one scan: several add up, and one without `equipment_id` is a code nobody knows.
"""

from __future__ import annotations

from edudesk.kernel.replicated import Replicated
from edudesk.storage.slice_tables import SliceTables

WHAT = ("name", "kind", "unit", "code", "tracked", "room_id", "bought_on", "price", "origin", "note")
ASSET = ("asset_class", "life", "used_before", "carried", "exempt", "exempt_from")
EVENT = (
    *("equipment_id", "kind", "quantity", "on_date", "room_id", "from_room_id", "state"),
    *("staff_id", "due_on", "lesson", "loan_id", "count_id", "document", "note"),
)
TABLES = SliceTables(
    name="equipment",
    tables=(
        Replicated(
            "equipment",
            fields=(*WHAT, *ASSET),
            policy={"price": "conflict", "carried": "conflict"},
            refers={"room_id": "room"},
        ),
        Replicated(
            "equipment_event",
            fields=EVENT,
            natural=("equipment_id",),
            refers={
                "equipment_id": "equipment",
                "room_id": "room",
                "from_room_id": "room",
                "staff_id": "staff",
            },
        ),
        Replicated(
            "equipment_document",
            fields=("equipment_id", "name", "sha256", "size", "added_by", "added_at"),
            refers={"equipment_id": "equipment"},
        ),
        Replicated("equipment_count", fields=("name", "on_date", "members", "closed_on", "closed_by")),
        Replicated(
            "equipment_count_line",
            fields=("count_id", "room_id", "equipment_id", "code", "quantity", "counted_at", "counted_by"),
            refers={"count_id": "equipment_count", "room_id": "room", "equipment_id": "equipment"},
        ),
    ),
    module="edudesk.equipment.migrations",
    steps=("m001_equipment",),
)
