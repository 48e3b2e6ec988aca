"""The part “Máy tính”: every machine, where it stands, and since when it is broken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from edudesk.facility import store, store_machines
from edudesk.facility.fields import MACHINE_FIELDS, MACHINE_KINDS, TEACHING, USES
from edudesk.facility.store_machines import Machine
from edudesk.facility.view_files import export_facility
from edudesk.facility.view_rooms import WIDGET
from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.change import Step, Value
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.ui.cells import Chip
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, Told
from edudesk.ui.parts import EmptyPage, bar, button, label, menu_button, stack
from edudesk.ui.table import Column, Table

TABLES = ("machine", "room")
EVERY, BROKEN = "", "broken"


class MachinesTab(QWidget):
    """The machines of all rooms, of one, or only the broken ones; Enter opens one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.which = Chooser(name=_("Máy nào"), width=220, bold=True)
        self.which.chosen.connect(lambda _room: self.refresh())
        self.table = Table(_columns())
        self.table.setAccessibleName(_("Danh sách máy tính"))
        self.table.opened.connect(self._edit)
        self.table.picked.connect(lambda _one: self._offer())
        self.note = label("", role="text2")
        self.state = button(_("Báo hỏng…"), on=self.turn)
        self.change = button(_("Sửa máy"), icon="pencil", on=lambda: self._edit(self.table.current()))
        self.body = QWidget()
        self._layers = QStackedLayout(self.body)
        self._layers.addWidget(self.table)
        self._layers.addWidget(self._empty())
        column = stack(spacing=10)
        add = button(_("Thêm máy"), kind="main", icon="plus", tip=_("Thêm máy (Ctrl+N)"), on=self.add)
        column.addLayout(bar(self.which, self.note, None, self.state, self.change, add, self._more()))
        column.addWidget(self.body, 1)
        self.setLayout(column)
        QShortcut(QKeySequence("Ctrl+N"), self, self.add, context=WIDGET)
        QShortcut(QKeySequence("Del"), self.table, self.drop, context=WIDGET)

    def refresh(self, step: Step | None = None) -> None:
        """Read the machines."""
        if step is not None and not step.touches(*TABLES):
            return
        there = store_machines.machines(self.desk.db)
        self.which.offer(self._choices(there))
        chosen = self.which.currentData()
        shown = [one for one in there if _fits(one, chosen)]
        self.table.set_rows(shown, key=lambda x: x.id)
        self._layers.setCurrentIndex(0 if there else 1)
        self.note.setText(_counted(shown))
        self._offer()

    def _choices(self, there: Sequence[Machine]) -> list[tuple[object, str]]:
        used = {one.room_id for one in there}
        names = [(room.id, room.name) for room in store.rooms(self.desk.db) if room.lab or room.id in used]
        return [(EVERY, _("Mọi phòng")), (BROKEN, _("Máy hỏng")), *names]

    def _offer(self) -> None:
        one = self.table.current()
        self.state.setEnabled(one is not None)
        self.change.setEnabled(one is not None)
        self.state.setText(_("Báo hỏng…") if one is None or one.working else _("Đã sửa xong…"))

    def _more(self) -> QWidget:
        return menu_button(
            [
                ("trash", _("Xóa máy khỏi danh sách"), self.drop),
                ("download", _("Xuất phòng và máy ra Excel…"), lambda: export_facility(self.desk)),
            ]
        )

    def _empty(self) -> EmptyPage:
        return EmptyPage(
            _("Chưa có máy tính nào"),
            _(
                "Ghi máy của từng phòng để biết còn bao nhiêu máy dùng được. Nhiều máy giống nhau thì gõ một lần và "
                "ghi số máy; chương trình tự đánh số."
            ),
            icon="monitor",
            action=button(_("Thêm máy"), kind="main", icon="plus", on=self.add),
        )

    # -- deeds

    def add(self) -> None:
        """Ask for one machine, or for several alike."""
        fields = [
            *MACHINE_FIELDS[:1],
            Field("count", N_("Số máy giống nhau"), "number", required=True),
            self._room_field(),
            *MACHINE_FIELDS[1:],
        ]

        def deed(values: dict[str, Value], told: Told) -> object:
            n, room = int(values.pop("count") or 0), values.pop("room_id")
            toast = _("Đã thêm {n} máy").format(n=n)
            return self.desk.do(store_machines.add_machines, room, values, n=n, toast=toast, told=told)

        sentence = _("Thêm nhiều máy thì tên được đánh số tiếp: PM1 thành PM1-01, PM1-02…")
        dialog = FormDialog(_("Thêm máy"), fields, yes=_("Thêm"), deed=deed, sentence=sentence)
        chosen = self.which.currentData()
        room = chosen if chosen not in (EVERY, BROKEN) else next(iter(self._rooms()), ("", ""))[0]
        dialog.start({"count": 1, "kind": "DE_BAN", "use": TEACHING, "room_id": room})

    def _edit(self, one: Machine | None) -> None:
        if one is None:
            return
        fields = [*MACHINE_FIELDS[:1], self._room_field(), *MACHINE_FIELDS[1:]]

        def deed(values: dict[str, Value], told: Told) -> object:
            return self.desk.do(store_machines.save_machine, one.id, values, toast=_("Đã lưu máy"), told=told)

        dialog = FormDialog(one.name, fields, yes=_("Lưu"), deed=deed)
        dialog.start({field.key: getattr(one, field.key) for field in fields})

    def _room_field(self) -> Field:
        return Field("room_id", N_("Đặt ở phòng"), "choice", choices=tuple(self._rooms()), width=240)

    def _rooms(self) -> list[tuple[str, str]]:
        """The rooms a machine may stand in, computer rooms first."""
        found = store.rooms(self.desk.db)
        return [(room.id, room.name) for room in sorted(found, key=lambda room: not room.lab)]

    def turn(self) -> None:
        """Say since when the picked machine is broken, or works again."""
        one = self.table.current()
        if one is None:
            return
        works = not one.working

        def deed(values: dict[str, Value], told: Told) -> object:
            day = parse_date(values["on"]) or dt.date.today()
            words = _("{name} đã sửa xong") if works else _("Đã ghi {name} hỏng")
            toast = words.format(name=one.name)
            return self.desk.do(store_machines.set_working, [one.id], works, on=day, toast=toast, told=told)

        label_ = N_("Dùng lại được từ ngày") if works else N_("Hỏng từ ngày")
        field = Field("on", label_, "date", required=True, width=240)
        title = _("{name}: đã sửa xong") if works else _("{name}: báo hỏng")
        FormDialog(title.format(name=one.name), [field], yes=_("Ghi"), deed=deed).start(
            {"on": dt.date.today().isoformat()}
        )

    def drop(self) -> None:
        """Take the picked machine off the list."""
        one = self.table.current()
        if one is not None:
            self.desk.do(store_machines.drop_machine, one.id, toast=_("Đã xóa {name}").format(name=one.name))


def _fits(one: Machine, chosen: object) -> bool:
    return chosen in (EVERY, None, one.room_id) or (chosen == BROKEN and not one.working)


def _columns() -> list[Column]:
    kinds, uses = dict(MACHINE_KINDS), dict(USES)
    return [
        Column("name", _("Máy"), lambda x: x.name, 110, names=True, sort=lambda x: (len(x.name), x.name)),
        Column("room", _("Phòng"), lambda x: x.room or "–", 0, sort=lambda x: x.room),
        Column("kind", _("Loại máy"), lambda x: _(kinds.get(x.kind, "")), 150),
        Column("use", _("Dùng cho"), lambda x: _(uses.get(x.use, "")), 90, sort=lambda x: x.use),
        Column("cpu", _("Bộ xử lí"), lambda x: x.cpu or "–", 120),
        Column("ram", _("RAM"), lambda x: _gb(x.ram_gb), 70, "right", sort=lambda x: x.ram_gb or 0),
        Column("disk", _("Ổ đĩa"), lambda x: _gb(x.disk_gb), 80, "right", sort=lambda x: x.disk_gb or 0),
        Column("os", _("Hệ điều hành"), lambda x: x.os or "–", 120),
        Column("year", _("Năm mua"), lambda x: str(x.year or "–"), 80, "right", sort=lambda x: x.year or 0),
        Column("state", _("Tình trạng"), _state, 150, chip=_chip, sort=lambda x: (x.working, x.since or "")),
    ]


def _gb(size: int | None) -> str:
    return _("{n} GB").format(n=size) if size else "–"


def _state(one: Machine) -> str:
    return _("Dùng được") if one.working else _("Hỏng từ {day}").format(day=show_date(one.since))


def _chip(one: Machine) -> Chip | None:
    return None if one.working else Chip(_state(one), "bad")


def _counted(shown: Sequence[Machine]) -> str:
    works = sum(one.working for one in shown)
    said = _("{n} máy, {works} dùng được, {broken} hỏng")
    return said.format(n=len(shown), works=works, broken=len(shown) - works) if shown else ""
