"""The tables of the equipment register.

`equipment.price` is whole đồng for one unit. How many there are, broken or lent, stands nowhere: it is the sum of the
events. An event's `quantity` is how many it is about, 1 or more; only a count's (`counted`) has a sign. `state` says
whether it is about broken ones. `loan_id` is the lending a return belongs to, `count_id` the yearly count that made the
event. `asset_class` is a code of the rate table; `carried` what had been charged to 31/12/2025, in whole đồng.
A line of a count is one scan: several add up, and one without `equipment_id` is a code nobody knows.
"""

from __future__ import annotations

from edudesk.equipment.rules import BROKEN, ITEM, KINDS, LOT
from edudesk.kernel import checks
from edudesk.kernel.checks import code_in, may_lack, one_of, whole
from edudesk.kernel.replicated import Identity, Replicated, conflict
from edudesk.storage.slice_tables import SliceTables

WHAT = ("name", "kind", "unit", "code", "tracked", "room_id", "bought_on", "price", "origin", "note")
ASSET = ("asset_class", "life", "used_before", "carried", "exempt", "exempt_from")
EVENT = (
    *("equipment_id", "kind", "quantity", "on_date", "room_id", "from_room_id", "state"),
    *("staff_id", "due_on", "lesson", "loan_id", "count_id", "document", "note"),
)
GROUPS = one_of(
    *("TBDH", "NGHE_NHIN", "TIN_HOC", "BAN_GHE", "THI_NGHIEM", "THE_THAO", "NHAC_CU", "VAN_PHONG"),
    *("NHA_BEP", "CONG_TRINH", "KHAC"),
)
ORIGINS = one_of(*("MUA_SAM", "DAU_TU", "GIAO", "TANG_CHO", "KIEM_KE", "LIEN_DOANH", "THUE_MUA", "KHAC"))
SIGNED = whole(-checks.LARGEST, checks.LARGEST)
EQUIPMENT_CHECKS = {
    "name": checks.FULL_NAME,
    **may_lack(
        kind=GROUPS,
        unit=checks.NAME,
        code=checks.OWN_CODE,
        tracked=one_of(ITEM, LOT),
        room_id=checks.ID,
        bought_on=checks.DATE,
        price=checks.MONEY,
        origin=ORIGINS,
        note=checks.NOTE,
        asset_class=checks.CODE,
        life=checks.COUNT,
        used_before=checks.COUNT,
        carried=checks.MONEY,
        exempt=one_of("HONG", "DAC_THU", "DAT", "KHAC"),
        exempt_from=checks.YEAR,
    ),
}
NAMED_EVENTS = (
    "natural for the first purchase (of the row, and the room of a lot), and for what a yearly count writes (of the count, "
    "the row, kind, rooms, state)"
)
EVENT_CHECKS = {
    "equipment_id": checks.ID,
    "kind": code_in(KINDS),
    "quantity": SIGNED,
    "on_date": checks.DATE,
    **may_lack(
        room_id=checks.ID,
        from_room_id=checks.ID,
        state=one_of(BROKEN),
        staff_id=checks.ID,
        due_on=checks.DATE,
        lesson=checks.NAME,
        loan_id=checks.ID,
        count_id=checks.ID,
        document=checks.NAME,
        note=checks.NOTE,
    ),
}
TABLES = SliceTables(
    name="equipment",
    tables=(
        Replicated(
            "equipment",
            fields=(*WHAT, *ASSET),
            policy=conflict("price", "carried"),
            identity=Identity("proposed", ("code",), "random where the program gave the code"),
            refers={"room_id": "room"},
            checks=EQUIPMENT_CHECKS,
        ),
        Replicated(
            "equipment_event",
            fields=EVENT,
            natural=("equipment_id",),
            identity=Identity("random", words=NAMED_EVENTS),
            refers={
                "equipment_id": "equipment",
                "room_id": "room",
                "from_room_id": "room",
                "staff_id": "staff",
            },
            checks=EVENT_CHECKS,
        ),
        Replicated(
            "equipment_document",
            fields=("equipment_id", "name", "sha256", "size", "added_by", "added_at"),
            refers={"equipment_id": "equipment"},
            checks={
                "equipment_id": checks.ID,
                "name": checks.NAME,
                "sha256": checks.SHA256,
                "size": checks.COUNT,
                **may_lack(added_by=checks.ACTOR, added_at=checks.MOMENT),
            },
        ),
        Replicated(
            "equipment_count",
            fields=("name", "on_date", "members", "closed_on", "closed_by"),
            checks={
                "name": checks.FULL_NAME,
                "on_date": checks.DATE,
                **may_lack(members=checks.JSON, closed_on=checks.DATE, closed_by=checks.ACTOR),
            },
        ),
        Replicated(
            "equipment_count_line",
            fields=("count_id", "room_id", "equipment_id", "code", "quantity", "counted_at", "counted_by"),
            refers={"count_id": "equipment_count", "room_id": "room", "equipment_id": "equipment"},
            checks={
                "count_id": checks.ID,
                "code": checks.NAME,
                "quantity": checks.COUNT,
                **may_lack(
                    room_id=checks.ID,
                    equipment_id=checks.ID,
                    counted_at=checks.MOMENT,
                    counted_by=checks.ACTOR,
                ),
            },
        ),
    ),
    module="edudesk.equipment.migrations",
    steps=("m001_equipment",),
)
