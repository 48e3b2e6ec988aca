"""The tables of the facility slice.

`room.area` is in dm² (48,5 m² is 4850). `room.levels` are level codes parted by spaces, blank for every level of the
site. `machine.since` is the day since which it works, or does not. A lesson in a room is one row for one period of the
week, so two classes cannot be in it at once.

`room_detail` and `building_detail` say more of the room or building of the same id: rows that were written before there
was more to say stay whole. `room_detail.plan_*` place the room on the grid of its storey. A `photo` is of the row `owner`.
"""

from __future__ import annotations

from edudesk.kernel import checks
from edudesk.kernel.checks import code_in, may_lack, one_of, text_up_to, whole
from edudesk.kernel.replicated import Identity, Replicated, conflict
from edudesk.premises.fields import GRADES, MACHINE_KINDS, QUALITIES, ROOM_KINDS, STATES, USES
from edudesk.premises.rules_area import LARGEST
from edudesk.storage.slice_tables import SliceTables

ROOM = ("site_id", "building_id", "name", "kind", "area", "quality", "state", "year")
MACHINE = ("room_id", "name", "kind", "cpu", "ram_gb", "disk_gb", "os", "year", "use")
PLAN = ("plan_floor", "plan_col", "plan_row", "plan_w", "plan_h")
SESSION = ("room_id", "on_date", "session", "period", "class_id", "staff_id", "used", "down", "note")

NUMBERED = "random where the program numbered the name"
PART_OF_DAY = one_of("SANG", "CHIEU")
PERIOD = whole(1, 20)
AREA = whole(0, LARGEST * 100)  # dm²
SQUARE = whole(0, 1_000)  # of the plan of a storey

TABLES = SliceTables(
    name="facility",
    tables=(
        Replicated(
            "building",
            fields=("site_id", "name", "floors", "built", "note"),
            refers={"site_id": "site"},
            checks={
                "name": checks.FULL_NAME,
                **may_lack(site_id=checks.ID, floors=checks.COUNT, built=checks.YEAR, note=checks.NOTE),
            },
        ),
        Replicated(
            "room",
            fields=(*ROOM, "projector", "internet", "levels"),
            refers={"site_id": "site", "building_id": "building"},
            checks={
                "name": checks.FULL_NAME,
                **may_lack(
                    site_id=checks.ID,
                    building_id=checks.ID,
                    kind=code_in(ROOM_KINDS),
                    area=AREA,
                    quality=code_in(QUALITIES),
                    state=code_in(STATES),
                    year=checks.YEAR,
                    projector=checks.FLAG,
                    internet=checks.FLAG,
                    levels=checks.CODES,
                ),
            },
        ),
        Replicated(
            "machine",
            fields=(*MACHINE, "working", "since"),
            identity=Identity("proposed", ("name",), NUMBERED),
            refers={"room_id": "room"},
            checks={
                "name": checks.FULL_NAME,
                **may_lack(
                    room_id=checks.ID,
                    kind=code_in(MACHINE_KINDS),
                    cpu=checks.NAME,
                    ram_gb=checks.COUNT,
                    disk_gb=checks.COUNT,
                    os=checks.NAME,
                    year=checks.YEAR,
                    use=code_in(USES),
                    working=checks.FLAG,
                    since=checks.DATE,
                ),
            },
        ),
        Replicated(
            "lab_slot",
            fields=("room_id", "year", "weekday", "session", "period", "class_id"),
            policy=conflict("class_id"),
            natural=("room_id", "year", "weekday", "session", "period"),
            identity=Identity("natural", ("room_id", "year", "weekday", "session", "period")),
            refers={"room_id": "room", "class_id": "school_class"},
            checks={
                "room_id": checks.ID,
                "year": checks.SCHOOL_YEAR,
                "weekday": whole(1, 8),
                "session": PART_OF_DAY,
                "period": PERIOD,
                **may_lack(class_id=checks.ID),
            },
        ),
        Replicated(
            "building_detail",
            fields=("grade", "quality"),
            natural=(),
            identity=Identity("natural", words="the building's own"),
            checks=may_lack(grade=code_in(GRADES), quality=code_in(QUALITIES)),
        ),
        Replicated(
            "room_detail",
            fields=("capacity", "borrowed", *PLAN),
            natural=(),
            identity=Identity("natural", words="the room's own"),
            checks=may_lack(capacity=checks.COUNT, borrowed=checks.FLAG, **dict.fromkeys(PLAN, SQUARE)),
        ),
        Replicated(
            "site_answer",
            fields=("year", "site_id", "item", "value", "note"),
            natural=("year", "site_id", "item"),
            identity=Identity("natural", ("year", "site_id", "item")),
            checks={
                "year": checks.SCHOOL_YEAR,
                "site_id": text_up_to(checks.IDENTITY_LETTERS),  # "" where the school has named no site
                "item": checks.CODE,
                **may_lack(value=checks.COUNT, note=checks.NOTE),
            },
        ),
        Replicated(
            "photo",
            fields=("owner", "name", "sha256", "size", "added_by", "added_at"),
            checks={
                "owner": checks.ID,
                "name": checks.NAME,
                "sha256": checks.SHA256,
                "size": checks.COUNT,
                **may_lack(added_by=checks.ACTOR, added_at=checks.MOMENT),
            },
        ),
        Replicated(
            "lab_session",
            fields=SESSION,
            policy=conflict("class_id", "staff_id", "used"),
            natural=("room_id", "on_date", "session", "period"),
            identity=Identity("natural", ("room_id", "on_date", "session", "period")),
            refers={"room_id": "room", "class_id": "school_class", "staff_id": "staff"},
            checks={
                "room_id": checks.ID,
                "on_date": checks.DATE,
                "session": PART_OF_DAY,
                "period": PERIOD,
                **may_lack(
                    class_id=checks.ID,
                    staff_id=checks.ID,
                    used=checks.COUNT,
                    down=checks.COUNT,
                    note=checks.NOTE,
                ),
            },
        ),
    ),
    module="edudesk.premises.migrations",
    steps=("m001_facility", "m002_rooms"),
)
