"""The part “Sơ đồ”: the storeys of a building with their rooms, and the rooms that wait to be placed."""

from __future__ import annotations

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from edudesk.kernel.change import Step
from edudesk.kernel.words import _
from edudesk.premises import store, store_photos, store_plan
from edudesk.premises.fields import ROOM_KINDS
from edudesk.premises.rules_plan import Box
from edudesk.premises.store_photos import photo_path, photos
from edudesk.premises.store_plan import BuildingPlan, picture_owner, plan
from edudesk.premises.view_canvas import BY_KIND, BY_STATE, Canvas
from edudesk.premises.view_files import print_plans
from edudesk.premises.view_forms import ask_house, ask_room
from edudesk.ui.choices import Chooser, Segmented
from edudesk.ui.desk import Desk
from edudesk.ui.keys import on_key
from edudesk.ui.parts import EmptyPage, bar, button, label, menu_button, stack
from edudesk.ui.pictures import picture_kinds, read_picture, thumbnail
from edudesk.ui.table.view import Column, RecordTable

TABLES = ("room", "room_detail", "building", "site", "photo")
SIDE = 220  # px of the rooms that wait
LARGE = 1600  # px of the picture behind


class PlanTab(QWidget):
    """Choose the building and the storey; Enter on a waiting room puts it on the first free spot."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.plan: BuildingPlan | None = None
        self.house = Chooser(name=_("Nhà"), width=170, bold=True)
        self.floor = Chooser(name=_("Tầng"), width=96)
        self.colours = Segmented(
            [(BY_STATE, _("Tình trạng")), (BY_KIND, _("Loại phòng"))], name=_("Màu theo")
        )
        self.colours.choose(BY_STATE)
        self.canvas = Canvas()
        self.waiting = RecordTable(
            [
                Column("name", _("Chưa đặt"), lambda x: x.name, 0, names=True),
                Column("kind", _("Loại"), lambda x: _(dict(ROOM_KINDS).get(x.kind, "")), 84),
            ]
        )
        self.waiting.setAccessibleName(_("Phòng chưa đặt trên sơ đồ"))
        self.waiting.setFixedWidth(SIDE)
        self.where = label("", role="text2")
        self.where.setWordWrap(True)
        self.where.setMinimumHeight(34)
        self._layers = QStackedWidget()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.house.chosen.connect(lambda _house: self.refresh())
        self.floor.chosen.connect(lambda _floor: self.refresh())
        self.colours.chosen.connect(self._recolour)
        self.waiting.opened.connect(lambda room: self._act(store_plan.place_anywhere, room.id, self._level))
        self.canvas.picked.connect(lambda _room: self._say())
        self.canvas.told.connect(self._say)
        self.canvas.placed.connect(self._place)
        self.canvas.opened.connect(self._open)
        self.canvas.taken.connect(lambda row: self._act(store_plan.take_off, row))
        on_key(self, "Ctrl+N", lambda: ask_house(self.desk, None))

    def _lay_out(self) -> None:
        press = button(_("In sơ đồ"), icon="printer", on=self._print)
        column = stack(spacing=10)
        column.addLayout(bar(self.house, self.floor, self.colours, None, press, self._more()))
        work, row = QWidget(), QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.canvas, 1)
        row.addWidget(self.waiting)
        work.setLayout(row)
        self._layers.addWidget(work)
        self._layers.addWidget(self._empty())
        column.addWidget(self._layers, 1)
        column.addWidget(self.where)
        self.setLayout(column)

    def _more(self) -> QWidget:
        return menu_button(
            [
                ("plus", _("Thêm nhà…"), lambda: ask_house(self.desk, None)),
                ("pencil", _("Sửa nhà này…"), self._edit_house),
                ("", "", self.refresh),
                ("", _("Đặt ảnh nền cho tầng…"), self._set_picture),
                ("", _("Bỏ ảnh nền"), self._drop_picture),
                (
                    "trash",
                    _("Bỏ phòng đang chọn khỏi sơ đồ"),
                    lambda: self.canvas.taken.emit(self.canvas.current),
                ),
            ]
        )

    def _empty(self) -> EmptyPage:
        return EmptyPage(
            _("Chưa có nhà nào để vẽ sơ đồ"),
            _(
                "Mỗi tầng của một nhà là một lưới ô: đặt phòng bằng chuột hoặc phím mũi tên, tô màu theo tình trạng, "
                "rồi in. Trước hết thêm nhà, và ghi nhà cho từng phòng ở thẻ Phòng."
            ),
            icon="building",
            action=button(_("Thêm nhà"), kind="main", icon="plus", on=lambda: ask_house(self.desk, None)),
        )

    # -- reading

    @property
    def _level(self) -> int:
        return int(self.floor.currentData() or 1)

    def refresh(self, step: Step | None = None) -> None:
        """Read the plan of the chosen building."""
        if step is not None and not step.touches(*TABLES):
            return
        houses = store.buildings(self.desk.db)
        self._layers.setCurrentIndex(0 if houses else 1)
        self.house.offer([(building.id, building.name) for building in houses])
        house = next((building for building in houses if building.id == self.house.currentData()), None)
        self.plan = plan(self.desk.db, house) if house else None
        floors = self.plan.floors if self.plan else 1
        self.floor.offer([(n, _("Tầng {n}").format(n=n)) for n in range(1, floors + 1)])
        if self.plan is not None:
            self.canvas.show_rooms(self.plan.on(self._level), self._behind())
            self.waiting.set_rows(self.plan.waiting, key=lambda room: room.id)
        self._say()

    def _behind(self) -> QPixmap:
        all_photos = photos(self.desk.db, self._owner)
        return thumbnail(photo_path(self.desk.db, all_photos[0]), LARGE) if all_photos else QPixmap()

    @property
    def _owner(self) -> str:
        return picture_owner(str(self.house.currentData() or ""), self._level)

    def _say(self, words: str = "") -> None:
        """Where the room under the cursor is, or why it cannot go there."""
        keys = _(
            "Mũi tên dời phòng, Shift+mũi tên đổi cỡ, PgUp/PgDn sang phòng khác, Enter mở, Del bỏ khỏi sơ đồ."
        )
        self.where.setText("\n".join(part for part in (words or self.canvas.words(), keys) if part))

    # -- actions

    def _act(self, action: object, *args: object) -> None:
        assert callable(action)
        if args[0]:
            self.desk.do(action, *args)

    def _place(self, room_id: str, box: Box) -> None:
        self.desk.do(store_plan.place_room, room_id, self._level, box)
        self._say()

    def _open(self, room_id: str) -> None:
        room = next((one for one in store.rooms(self.desk.db) if one.id == room_id), None)
        if room is not None:
            ask_room(self.desk, room, {})

    def _recolour(self, by: object) -> None:
        self.canvas.colours = str(by)
        self.canvas.update()

    def _edit_house(self) -> None:
        if self.plan is not None:
            ask_house(self.desk, self.plan.building)

    def _set_picture(self) -> None:
        if self.plan is None:
            return
        path = self.desk.choose_file(_("Chọn ảnh nền"), picture_kinds())
        picture = self.desk.do(lambda _db: read_picture(path)) if path is not None else None
        if picture is not None:
            action, toast = store_photos.set_photo, _("Đã đặt ảnh nền")
            self.desk.do(action, self._owner, picture.name, picture.data, toast=toast)

    def _drop_picture(self) -> None:
        self.desk.do(store_photos.drop_photos, self._owner, toast=_("Đã bỏ ảnh nền"))

    def _print(self) -> None:
        if not any(proposal.placed for proposal in store_plan.plans(self.desk.db)):
            self.desk.toast(_("Chưa có phòng nào được đặt trên sơ đồ."))
        else:
            print_plans(self.desk)
