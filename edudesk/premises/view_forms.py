"""The forms of a room and of a building."""

from __future__ import annotations

from collections.abc import Sequence

from edudesk.kernel.change import Value
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.premises import store
from edudesk.premises.fields import BUILDING_FIELDS, ROOM_FIELDS
from edudesk.premises.rules_area import show_area
from edudesk.premises.store import Building, Room
from edudesk.school.rules import LEVEL_NAMES
from edudesk.school.store import sites
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems


def ask_house(desk: Desk, house: Building | None) -> None:
    """The form of a building, new or there."""
    places = tuple((row, name) for row, name, _address in sites(desk.db))
    fields = [*BUILDING_FIELDS, Field("site_id", N_("Điểm trường"), "choice", choices=places, width=240)]

    def action(values: dict[str, Value], problems: OnProblems) -> object:
        site = values.pop("site_id")
        row = house.id if house else None
        return desk.do(
            store.save_building, site, values, building_id=row, toast=_("Đã lưu nhà"), on_problems=problems
        )

    dialog = FormDialog(house.name if house else _("Thêm nhà"), fields, yes=_("Lưu"), action=action)
    first: dict[str, Value] = {"site_id": places[0][0] if places else None}
    dialog.start({field.key: getattr(house, field.key) for field in fields} if house else first)


def ask_room(desk: Desk, room: Room | None, known: dict[str, Value]) -> None:
    """The form of a room, new or there."""
    levels = list(desk.db.setting("school.levels", []))
    shared = len(levels) > 1
    places = tuple((row, name) for row, name, _address in sites(desk.db))
    houses = tuple((building.id, building.name) for building in store.buildings(desk.db))
    fields = [
        *ROOM_FIELDS[:2],
        Field("site_id", N_("Điểm trường"), "choice", choices=places),
        Field("building_id", N_("Nhà"), "choice", choices=houses),
        *ROOM_FIELDS[2:],
        *([Field(f"for.{level}", LEVEL_NAMES[level], "flag") for level in levels] if shared else []),
    ]

    def action(values: dict[str, Value], problems: OnProblems) -> object:
        room_fields = {key: value for key, value in values.items() if not key.startswith("for.")}
        if shared:
            room_fields["levels"] = " ".join(level for level in levels if values[f"for.{level}"])
        row = room.id if room else None
        return desk.do(
            store.save_room, room_fields, room_id=row, toast=_("Đã lưu phòng"), on_problems=problems
        )

    title = room.name if room else _("Thêm phòng")
    sentence = _("Đánh dấu cấp học dùng phòng này; để trống là mọi cấp.") if shared else ""
    dialog = FormDialog(title, fields, yes=_("Lưu"), action=action, sentence=sentence)
    dialog.start(_values(room, fields) if room else known)


def _values(room: Room, fields: Sequence[Field]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for field in fields:
        if field.key.startswith("for."):
            found[field.key] = int(field.key[4:] in room.levels)
        elif field.key == "area":
            found[field.key] = show_area(room.area)
        else:
            value = getattr(room, field.key)
            found[field.key] = int(value) if isinstance(value, bool) else value
    return found
