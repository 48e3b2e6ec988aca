"""The part “Phòng”: the rooms of every site, and the form of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from edudesk.facility import store
from edudesk.facility.fields import BUILDING_FIELDS, LAB, QUALITIES, ROOM_FIELDS, ROOM_KINDS, STATES
from edudesk.facility.rules_area import show_area
from edudesk.facility.store import Building, Room
from edudesk.facility.store_machines import machines
from edudesk.facility.view_files import export_facility
from edudesk.kernel.change import Step, Value
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.school.rules import LEVEL_NAMES
from edudesk.school.store import sites
from edudesk.ui.cells import Chip
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, Told
from edudesk.ui.parts import EmptyPage, bar, button, label, menu_button, stack
from edudesk.ui.table import Column, Table

TABLES = ("room", "building", "machine", "site", "setting")
WIDGET = Qt.ShortcutContext.WidgetWithChildrenShortcut


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A room with the names of where it is, and how many machines stand in it."""

    id: str
    one: Room
    site: str
    house: str
    machines: int


class RoomsTab(QWidget):
    """Every room; Enter opens one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.table = Table(_columns())
        self.table.setAccessibleName(_("Danh sách phòng"))
        self.table.opened.connect(self._edit)
        self.note = label("", role="text2")
        self.change = button(_("Sửa phòng"), icon="pencil", on=lambda: self._edit(self.table.current()))
        self.body = QWidget()
        self._layers = QStackedLayout(self.body)
        self._layers.addWidget(self.table)
        self._layers.addWidget(self._empty())
        column = stack(spacing=10)
        add = button(_("Thêm phòng"), kind="main", icon="plus", tip=_("Thêm phòng (Ctrl+N)"), on=self.add)
        column.addLayout(bar(self.note, None, self.change, add, self._more()))
        column.addWidget(self.body, 1)
        self.setLayout(column)
        QShortcut(QKeySequence("Ctrl+N"), self, self.add, context=WIDGET)
        QShortcut(QKeySequence("Del"), self.table, self.drop, context=WIDGET)

    def refresh(self, step: Step | None = None) -> None:
        """Read the rooms."""
        if step is not None and not step.touches(*TABLES):
            return
        db = self.desk.db
        names = {row: name for row, name, _address in sites(db)}
        houses = {one.id: one.name for one in store.buildings(db)}
        counted = Counter(one.room_id for one in machines(db))
        lines = [
            RoomLine(
                one.id,
                one,
                names.get(one.site_id or "", ""),
                houses.get(one.building_id or "", ""),
                counted[one.id],
            )
            for one in store.rooms(db)
        ]
        self.table.set_rows(lines, key=lambda x: x.id)
        self._layers.setCurrentIndex(0 if lines else 1)
        self.change.setEnabled(bool(lines))
        self.note.setText(_counted(lines))

    def _more(self) -> QWidget:
        return menu_button(
            [
                ("plus", _("Thêm nhà…"), lambda: self._house(None)),
                ("pencil", _("Sửa nhà của phòng này…"), self._edit_house),
                ("", _("Xóa nhà của phòng này"), self._drop_house),
                ("", "", self.refresh),
                ("trash", _("Xóa phòng"), self.drop),
                ("download", _("Xuất phòng và máy ra Excel…"), lambda: export_facility(self.desk)),
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

    def add(self, kind: str = "") -> None:
        """Ask for a new room; of this kind when given."""
        there = sites(self.desk.db)
        known: dict[str, Value] = {
            "kind": kind or LAB,
            "state": "TOT",
            "quality": "KIEN_CO",
            "site_id": there[0][0] if there else None,
        }
        ask_room(self.desk, None, known)

    def _edit(self, line: RoomLine | None) -> None:
        if line is not None:
            ask_room(self.desk, line.one, {})

    def drop(self) -> None:
        """Remove the picked room."""
        line = self.table.current()
        if line is not None:
            self.desk.do(store.drop_room, line.id, toast=_("Đã xóa {name}").format(name=line.one.name))

    # -- buildings

    def _edit_house(self) -> None:
        house = self._picked_house()
        if house is not None:
            self._house(house)

    def _drop_house(self) -> None:
        house = self._picked_house()
        if house is not None:
            self.desk.do(store.drop_building, house.id, toast=_("Đã xóa {name}").format(name=house.name))

    def _picked_house(self) -> Building | None:
        line = self.table.current()
        row = line.one.building_id if line is not None else None
        found = next((one for one in store.buildings(self.desk.db) if one.id == row), None)
        if found is None:
            self.desk.toast(_("Phòng đang chọn chưa ghi ở nhà nào."))
        return found

    def _house(self, house: Building | None) -> None:
        places = tuple((row, name) for row, name, _address in sites(self.desk.db))
        fields = [*BUILDING_FIELDS, Field("site_id", N_("Điểm trường"), "choice", choices=places, width=240)]

        def deed(values: dict[str, Value], told: Told) -> object:
            site = values.pop("site_id")
            row = house.id if house else None
            return self.desk.do(
                store.save_building, site, values, building_id=row, toast=_("Đã lưu nhà"), told=told
            )

        dialog = FormDialog(house.name if house else _("Thêm nhà"), fields, yes=_("Lưu"), deed=deed)
        first: dict[str, Value] = {"site_id": places[0][0] if places else None}
        dialog.start({field.key: getattr(house, field.key) for field in fields} if house else first)


def ask_room(desk: Desk, room: Room | None, known: dict[str, Value]) -> None:
    """The form of a room, new or there."""
    levels = list(desk.db.setting("school.levels", []))
    shared = len(levels) > 1
    places = tuple((row, name) for row, name, _address in sites(desk.db))
    houses = tuple((one.id, one.name) for one in store.buildings(desk.db))
    fields = [
        *ROOM_FIELDS[:2],
        Field("site_id", N_("Điểm trường"), "choice", choices=places),
        Field("building_id", N_("Nhà"), "choice", choices=houses),
        *ROOM_FIELDS[2:],
        *([Field(f"for.{level}", LEVEL_NAMES[level], "flag") for level in levels] if shared else []),
    ]

    def deed(values: dict[str, Value], told: Told) -> object:
        said = {key: value for key, value in values.items() if not key.startswith("for.")}
        if shared:
            said["levels"] = " ".join(level for level in levels if values[f"for.{level}"])
        row = room.id if room else None
        return desk.do(store.save_room, said, room_id=row, toast=_("Đã lưu phòng"), told=told)

    title = room.name if room else _("Thêm phòng")
    sentence = _("Đánh dấu cấp học dùng phòng này; để trống là mọi cấp.") if shared else ""
    dialog = FormDialog(title, fields, yes=_("Lưu"), deed=deed, sentence=sentence)
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


def _columns() -> list[Column]:
    kinds, qualities, states = dict(ROOM_KINDS), dict(QUALITIES), dict(STATES)
    return [
        Column("name", _("Phòng"), lambda x: x.one.name, 0, names=True),
        Column(
            "kind", _("Loại phòng"), lambda x: _(kinds.get(x.one.kind, "")), 180, sort=lambda x: x.one.kind
        ),
        Column("site", _("Điểm trường"), lambda x: x.site or "–", 150, sort=lambda x: x.site),
        Column("house", _("Nhà"), lambda x: x.house or "–", 80, sort=lambda x: x.house),
        Column(
            "area",
            _("m²"),
            lambda x: show_area(x.one.area) or "–",
            60,
            "right",
            sort=lambda x: x.one.area or 0,
        ),
        Column("quality", _("Kết cấu"), lambda x: _(qualities.get(x.one.quality, "–")), 110),
        Column("state", _("Tình trạng"), lambda x: _(states.get(x.one.state, "–")), 140, chip=_state_chip),
        Column("projector", _("Trình chiếu"), lambda x: _has(x.one.projector), 90, "center"),
        Column("internet", _("Internet"), lambda x: _has(x.one.internet), 80, "center"),
        Column(
            "machines",
            _("Máy tính"),
            lambda x: str(x.machines or "–"),
            80,
            "right",
            sort=lambda x: x.machines,
        ),
    ]


def _state_chip(line: RoomLine) -> Chip | None:
    state = line.one.state
    if state in (None, "TOT"):
        return None
    return Chip(_(dict(STATES)[str(state)]), "bad" if state == "NGUNG" else "ask")


def _has(there: bool) -> str:
    return _("có") if there else "–"


def _counted(lines: Sequence[RoomLine]) -> str:
    labs = sum(line.one.lab for line in lines)
    ready = sum(line.one.projector and line.one.internet for line in lines if line.one.kind == "PHONG_HOC")
    said = _("{n} phòng, {labs} phòng máy · {ready} phòng học có trình chiếu và Internet")
    return said.format(n=len(lines), labs=labs, ready=ready) if lines else ""
