"""The part “Phòng”: the rooms of every site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from edudesk.kernel.change import Value
from edudesk.kernel.words import _
from edudesk.premises import store
from edudesk.premises.fields import LAB, LEARNING, QUALITIES, ROOM_KINDS, STATES
from edudesk.premises.rules_area import show_area
from edudesk.premises.store import Building, Room
from edudesk.premises.view_forms import ask_house, ask_room
from edudesk.premises.view_list import ListTab
from edudesk.school.store import sites
from edudesk.ui.cells import Chip
from edudesk.ui.desk import Desk
from edudesk.ui.parts import EmptyPage, button, menu_button
from edudesk.ui.table.view import Column


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room with the names of where it is, and how many machines stand in it."""

    id: str
    room: Room
    site: str
    house: str
    machines: int


class RoomsTab(ListTab):
    """Every room; Enter opens one."""

    tables = ("room", "room_detail", "building", "building_detail", "machine", "site", "setting")
    narrow = frozenset({"name", "kind", "area", "quality", "state", "machines"})

    def __init__(self, desk: Desk, *, export: Callable[[Desk], None]) -> None:
        """`export(desk)` writes the rooms, with what stands in them, as a spreadsheet."""
        self._export = export
        add = button(_("Thêm phòng"), kind="main", icon="plus", tip=_("Thêm phòng (Ctrl+N)"), on=self.add)
        super().__init__(desk, name=_("Danh sách phòng"), add=add, empty=self._empty())
        self.change.setText(_("Sửa phòng"))
        self.tools.addWidget(self._more())

    def columns(self) -> list[Column]:
        return _columns()

    def called(self, line: RoomLine) -> str:
        return line.room.name

    def read(self) -> tuple[Sequence[RoomLine], bool]:
        db = self.desk.db
        names = {row: name for row, name, _address in sites(db)}
        houses = {building.id: building.name for building in store.buildings(db)}
        counted = store.machine_counts(db)
        lines = [
            RoomLine(
                room.id,
                room,
                names.get(room.site_id or "", ""),
                houses.get(room.building_id or "", ""),
                counted.get(room.id, 0),
            )
            for room in store.rooms(db)
        ]
        self.note.setText(_counted(lines))
        return lines, bool(lines)

    def _more(self) -> QWidget:
        return menu_button(
            [
                ("plus", _("Thêm nhà…"), lambda: ask_house(self.desk, None)),
                ("pencil", _("Sửa nhà của phòng này…"), self._edit_house),
                ("", _("Xóa nhà của phòng này"), self._drop_house),
                ("", "", self.refresh),
                ("trash", _("Xóa phòng"), self.drop),
                ("upload", _("Xuất phòng và máy ra Excel…"), lambda: self._export(self.desk)),
            ]
        )

    def _empty(self) -> EmptyPage:
        return EmptyPage(
            _("Chưa có phòng nào"),
            _(
                "Danh sách phòng học, phòng máy, thư viện… dùng cho báo cáo cơ sở vật chất và để biết phòng máy đủ "
                "máy dạy Tin học chưa. Bắt đầu bằng phòng máy tính."
            ),
            icon="building",
            action=button(_("Thêm phòng"), kind="main", icon="plus", on=self.add),
        )

    def add(self) -> None:
        rows = sites(self.desk.db)
        known: dict[str, Value] = {
            "kind": LAB,
            "state": "TOT",
            "quality": "KIEN_CO",
            "site_id": rows[0][0] if rows else None,
        }
        ask_room(self.desk, None, known)

    def edit(self, line: RoomLine | None) -> None:
        if line is not None:
            ask_room(self.desk, line.room, {})

    def drop(self) -> None:
        line = self.table.current()
        if line is not None:
            self.desk.do(store.drop_room, line.id, toast=_("Đã xóa {name}").format(name=line.room.name))

    # -- buildings

    def _edit_house(self) -> None:
        house = self._picked_house()
        if house is not None:
            ask_house(self.desk, house)

    def _drop_house(self) -> None:
        house = self._picked_house()
        if house is not None:
            self.desk.do(store.drop_building, house.id, toast=_("Đã xóa {name}").format(name=house.name))

    def _picked_house(self) -> Building | None:
        line = self.table.current()
        row = line.room.building_id if line is not None else None
        building = next((house for house in store.buildings(self.desk.db) if house.id == row), None)
        if building is None:
            self.desk.toast(_("Phòng đang chọn chưa ghi ở nhà nào."))
        return building


def _columns() -> list[Column]:
    kinds, qualities, states = dict(ROOM_KINDS), dict(QUALITIES), dict(STATES)
    return [
        Column("name", _("Phòng"), lambda x: x.room.name, 0, names=True),
        Column(
            "kind", _("Loại phòng"), lambda x: _(kinds.get(x.room.kind, "")), 244, sort=lambda x: x.room.kind
        ),
        Column("site", _("Điểm trường"), lambda x: x.site or "–", 136, sort=lambda x: x.site),
        Column("house", _("Nhà"), lambda x: x.house or "–", 80, sort=lambda x: x.house),
        Column(
            "area",
            _("m²"),
            lambda x: show_area(x.room.area) or "–",
            60,
            "right",
            sort=lambda x: x.room.area or 0,
        ),
        Column("quality", _("Kết cấu"), lambda x: _(qualities.get(x.room.quality, "–")), 100),
        Column("state", _("Tình trạng"), lambda x: _(states.get(x.room.state, "–")), 116, chip=_state_chip),
        Column("projector", _("Trình chiếu"), lambda x: _has(x.room.projector), 90, "center"),
        Column("internet", _("Internet"), lambda x: _has(x.room.internet), 72, "center"),
        Column(
            "machines",
            _("Máy tính"),
            lambda x: str(x.machines or "–"),
            72,
            "right",
            sort=lambda x: x.machines,
        ),
    ]


def _state_chip(line: RoomLine) -> Chip | None:
    state = line.room.state
    if state in (None, "TOT"):
        return None
    return Chip(_(dict(STATES)[str(state)]), "bad" if state == "NGUNG" else "ask")


def _has(present: bool) -> str:
    return _("có") if present else "–"


def _counted(lines: Sequence[RoomLine]) -> str:
    labs = sum(line.room.lab for line in lines)
    ready = sum(line.room.projector and line.room.internet for line in lines if line.room.kind in LEARNING)
    message = _("{n} phòng, {labs} phòng máy · {ready} phòng học có trình chiếu và Internet")
    return message.format(n=len(lines), labs=labs, ready=ready) if lines else ""
