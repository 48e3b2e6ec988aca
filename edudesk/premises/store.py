"""Buildings and rooms as they are kept; one Step per write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edudesk.kernel.change import Change, Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import new_id
from edudesk.kernel.text import by_numbers, fold, squeeze
from edudesk.kernel.words import _
from edudesk.premises.fields import LAB
from edudesk.premises.rules_area import parse_area
from edudesk.premises.schema import PLAN
from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Building:
    """A building (“nhà, dãy nhà”) of a site; `grade` is its “cấp công trình”, I to IV."""

    id: str
    site_id: str | None
    name: str
    floors: int | None
    built: int | None
    note: str | None
    grade: str | None = None
    quality: str | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """A room. `area` in dm²; `levels` are the school levels it serves, none meaning every one of its site.

    `capacity` are seats; `borrowed` that it is rented or lent to the school (“thuê, nhờ, mượn”).
    """

    id: str
    site_id: str | None
    building_id: str | None
    name: str
    kind: str
    area: int | None
    quality: str | None
    state: str | None
    year: int | None
    projector: bool
    internet: bool
    levels: tuple[str, ...]
    capacity: int | None = None
    borrowed: bool = False

    @property
    def lab(self) -> bool:
        """Whether it is a computer room (“phòng máy tính”)."""
        return self.kind == LAB


def buildings(db: Database) -> list[Building]:
    """The buildings by name."""
    rows = db.all(
        """select b.id, b.site_id, b.name, b.floors, b.built, b.note, d.grade, d.quality
        from building b left join building_detail d on d.id = b.id where b.gone = 0 order by b.name"""
    )
    return [Building(*row) for row in rows]


def machine_counts(db: Database) -> dict[str, int]:
    """How many machines stand in each room that has some, by the room's id."""
    return dict(
        db.all(
            "select room_id, count(*) from machine where gone = 0 and room_id is not null group by room_id"
        )
    )


def rooms(db: Database, *, kind: str = "") -> list[Room]:
    """The rooms by site, building and name; of one kind when asked."""
    rows = db.all(
        f"""select r.id, r.site_id, r.building_id, r.name, r.kind, r.area, r.quality, r.state, r.year,
        coalesce(r.projector, 0), coalesce(r.internet, 0), coalesce(r.levels, ''), d.capacity,
        coalesce(d.borrowed, 0)
        from room r left join room_detail d on d.id = r.id left join site s on s.id = r.site_id left join building b on b.id = r.building_id
        where r.gone = 0 {"and r.kind = ?" if kind else ""}
        order by coalesce(s.main, 0) desc, s.name, b.name, r.name""",
        (kind,) if kind else (),
    )
    places = [_room(*row) for row in rows]
    houses = list(dict.fromkeys((room.site_id, room.building_id) for room in places))
    return sorted(
        places, key=lambda room: (houses.index((room.site_id, room.building_id)), by_numbers(room.name))
    )


def _room(*row: Any) -> Room:
    projector, internet, levels, capacity, borrowed = row[9:]
    flags = (bool(projector), bool(internet), tuple(levels.split()))
    return Room(*(*row[:9], *flags, capacity, bool(borrowed)))


def save_building(
    db: Database, site_id: str | None, fields: Mapping[str, Value], *, building_id: str | None = None
) -> Step:
    """Add a building or change one. Raises Refused without a name."""
    _require_name(fields)
    changes = _save(db, "building", building_id, {"site_id": site_id, **fields})
    return db.do(Step(_("Lưu nhà"), changes))


def _save(db: Database, table: str, known: str | None, fields: Mapping[str, Value]) -> tuple[Change, ...]:
    """A new row, or one that is known, with its fields where they are kept: in the table, or in its `_detail`.

    Raises Refused ROW_MISSING.
    """
    write, row = (db.insert, new_id()) if known is None else (db.update, known)
    more = set(db.tables[f"{table}_detail"].fields) & set(fields)
    plain = {key: value for key, value in fields.items() if key not in more}
    detail = {key: fields[key] for key in sorted(more)}
    stored = any(detail.values()) or db.row(f"{table}_detail", row) is not None
    return write(table, row, **plain) + (db.upsert(f"{table}_detail", row, **detail) if stored else ())


def drop_building(db: Database, building_id: str) -> Step:
    """Remove a building without rooms. Raises Refused BUILDING_USED."""
    rows = db.all("select name from room where building_id = ? and gone = 0", (building_id,))
    if rows:
        message = _("Nhà này còn {n} phòng: {names}.").format(
            n=len(rows), names=", ".join([*(name for (name,) in rows[:6]), *["…"][: len(rows) - 6 > 0]])
        )
        raise Refused(Problem("BUILDING_USED", message, next=_("Chuyển các phòng sang nhà khác trước.")))
    gone = db.drop("building", building_id) + _drop_detail(db, "building", building_id)
    return db.do(Step(_("Xóa nhà"), gone))


def save_room(db: Database, fields: Mapping[str, Value], *, room_id: str | None = None) -> Step:
    """Add a room or change one; `area` as text in m². Raises Refused: no name, name taken at the site, no area."""
    _require_name(fields)
    site_id = fields.get("site_id")
    taken = db.all(
        "select name from room where site_id is ? and id is not ? and gone = 0", (site_id, room_id)
    )
    if fold(str(fields["name"])) in {fold(name) for (name,) in taken}:
        message = _("Điểm trường này đã có phòng tên như vậy.")
        raise Refused(Problem("ROOM_TWICE", message, next=_("Đặt tên khác."), field="name"))
    area = fields.get("area")
    values = {**fields, "area": parse_area(area) if isinstance(area, str) else area}
    stored = db.row("room", room_id) if room_id else None
    if stored and "building_id" in fields and stored["building_id"] != fields["building_id"]:
        values |= dict.fromkeys(PLAN)  # it stands on no plan of another building
    return db.do(Step(_("Lưu phòng"), _save(db, "room", room_id or None, values)))


def drop_room(db: Database, room_id: str) -> Step:
    """Remove a room with nothing in it; its timetable goes with it. Raises Refused ROOM_USED."""
    n = db.value("select count(*) from machine where room_id = ? and gone = 0", (room_id,))
    if n:
        message = _("Phòng còn {n} máy tính.").format(n=n)
        raise Refused(Problem("ROOM_USED", message, next=_("Chuyển các máy sang phòng khác trước.")))
    slots = db.all("select id from lab_slot where room_id = ? and gone = 0", (room_id,))
    lessons = tuple(change for (row,) in slots for change in db.drop("lab_slot", row))
    gone = lessons + db.drop("room", room_id) + _drop_detail(db, "room", room_id)
    return db.do(Step(_("Xóa phòng"), gone))


def _drop_detail(db: Database, table: str, row: str) -> tuple[Change, ...]:
    return db.drop(f"{table}_detail", row) if db.row(f"{table}_detail", row) else ()


def _require_name(fields: Mapping[str, Value]) -> None:
    if not squeeze(str(fields.get("name") or "")):
        raise Refused(Problem("FIELD_MISSING", _("Thiếu tên."), next=_("Gõ tên."), field="name"))
