"""Where the rooms of a building stand, storey by storey."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import _
from edudesk.premises.fields import OUTSIDE
from edudesk.premises.rules_plan import Box, check_box, free_spot
from edudesk.premises.store import Building, Room, buildings, rooms
from edudesk.storage.database import Database

HIGHEST = 30  # storeys
GROUND = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A room where it stands."""

    room: Room
    floor: int
    box: Box


@dataclass(frozen=True, slots=True)
class BuildingPlan:
    """The plan of a building: what is placed, what waits to be, and how many storeys there are."""

    building: Building
    placed: tuple[Placed, ...]
    waiting: tuple[Room, ...]
    floors: int

    def on(self, floor: int) -> tuple[Placed, ...]:
        """What is placed on a storey (1 is the ground)."""
        return tuple(placed for placed in self.placed if placed.floor == floor)


def plan(db: Database, building: Building) -> BuildingPlan:
    """Read a building's plan."""
    own = [room for room in rooms(db) if room.building_id == building.id and room.kind not in OUTSIDE]
    spots = _spots(db)
    placed = tuple(Placed(room, *spots[room.id]) for room in own if room.id in spots)
    waiting = tuple(room for room in own if room.id not in spots)
    return BuildingPlan(building, placed, waiting, _floors(building, placed))


def plans(db: Database) -> list[BuildingPlan]:
    """Every building's."""
    return [plan(db, building) for building in buildings(db)]


def _floors(building: Building, placed: Sequence[Placed]) -> int:
    return max(
        min(building.floors or GROUND, HIGHEST), max((place.floor for place in placed), default=GROUND)
    )


def _spots(db: Database) -> dict[str, tuple[int, Box]]:
    rows = db.all(
        """select id, plan_floor, plan_col, plan_row, plan_w, plan_h from room_detail
        where gone = 0 and plan_floor is not null"""
    )
    return {row: (floor, Box(*box)) for row, floor, *box in rows}


def place_room(db: Database, room_id: str, floor: int, box: Box) -> Step:
    """Put a room on a storey of its building.

    Raises Refused PLAN_ROOM, PLAN_FLOOR, PLAN_EDGE, PLAN_OVERLAP.
    """
    room, proposal = _require_house(db, room_id)
    if not GROUND <= floor <= HIGHEST:
        message = _("Tầng phải từ {first} đến {last}.").format(first=GROUND, last=HIGHEST)
        raise Refused(Problem("PLAN_FLOOR", message, next=_("Chọn tầng khác.")))
    others = {placed.room.name: placed.box for placed in proposal.on(floor) if placed.room.id != room.id}
    problem = check_box(box, others)
    if problem:
        raise Refused(problem)
    fields = {"plan_floor": floor, "plan_col": box.col, "plan_row": box.row, "plan_w": box.w, "plan_h": box.h}
    label = _("Đặt {room} trên sơ đồ").format(room=room.name)
    return db.do(Step(label, db.upsert("room_detail", room.id, **fields)))


def place_anywhere(db: Database, room_id: str, floor: int) -> Step:
    """Put a room on the first free spot of a storey. Raises Refused PLAN_FULL and those of `place_room`."""
    room, proposal = _require_house(db, room_id)
    spot = free_spot(
        {placed.room.name: placed.box for placed in proposal.on(floor) if placed.room.id != room.id}
    )
    if spot is None:
        message = _("Tầng {n} không còn chỗ trống cho một phòng.").format(n=floor)
        raise Refused(Problem("PLAN_FULL", message, next=_("Thu nhỏ phòng khác, hoặc chọn tầng khác.")))
    return place_room(db, room_id, floor, spot)


def take_off(db: Database, room_id: str) -> Step:
    """Take a room off the plan; the room itself stays."""
    stored = db.row("room_detail", room_id)
    nothing = dict.fromkeys(("plan_floor", "plan_col", "plan_row", "plan_w", "plan_h"))
    changes = db.upsert("room_detail", room_id, **nothing) if stored else ()
    return db.do(Step(_("Bỏ phòng khỏi sơ đồ"), changes))


def picture_owner(building_id: str, floor: int) -> str:
    """Of whom the picture behind a storey is."""
    return name_id("floor_plan", building_id, floor)


def _require_house(db: Database, room_id: str) -> tuple[Room, BuildingPlan]:
    room = next((one for one in rooms(db) if one.id == room_id and one.kind not in OUTSIDE), None)
    house = next((building for building in buildings(db) if room and building.id == room.building_id), None)
    if room is None or house is None:
        message = _("Phòng chưa ghi ở nhà nào nên chưa có sơ đồ để đặt.")
        raise Refused(Problem("PLAN_ROOM", message, next=_("Sửa phòng, chọn nhà.")))
    return room, plan(db, house)
