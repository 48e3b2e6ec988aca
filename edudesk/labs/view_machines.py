"""The part “Máy tính”: every machine, where it stands, and since when it is broken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.change import Value
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.labs import store_machines
from edudesk.labs.imports import KIND, import_machines, plan_machines
from edudesk.labs.store_machines import Machine
from edudesk.labs.view_files import export_facility, export_machines
from edudesk.premises import store
from edudesk.premises.fields import MACHINE_FIELDS, MACHINE_KINDS, TEACHING, USES
from edudesk.premises.view_list import ListTab
from edudesk.ui.cells import CellStyle, Chip
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.keys import on_key
from edudesk.ui.parts import EmptyPage, button, menu_button
from edudesk.ui.table.preview import How, import_list
from edudesk.ui.table.view import Column

EVERY, BROKEN = "", "broken"


class MachinesTab(ListTab):
    """The machines of all rooms, of one, or only the broken ones; Enter opens one.

    Space picks several; what is picked is moved or reported together.
    """

    tables = ("machine", "room")
    narrow = frozenset({"chosen", "name", "room", "kind", "state"})

    def __init__(self, desk: Desk) -> None:
        self.chosen: set[str] = set()
        add = button(_("Thêm máy"), kind="main", icon="plus", tip=_("Thêm máy (Ctrl+N)"), on=self.add)
        super().__init__(desk, name=_("Danh sách máy tính"), add=add, empty=self._empty())
        self.change.setText(_("Sửa máy"))
        self.which = Chooser(name=_("Máy nào"), width=200, bold=True)
        self.which.chosen.connect(lambda _room: self.refresh())
        self.tools.insertWidget(0, self.which)
        self.state = button(_("Báo hỏng…"), on=self.turn)
        self.carry = button(_("Chuyển phòng…"), icon="swap", on=self.ask_room)
        for place, press in ((3, self.state), (4, self.carry)):
            self.tools.insertWidget(place, press)
        self.tools.addWidget(self._more())
        self.table.clicked.connect(lambda index: self.pick() if index.column() == 0 else None)
        on_key(self.table, "Space", self.pick)
        on_key(self.table, "Ctrl+A", self.pick_all)

    def columns(self) -> list[Column]:
        """The columns; the first shows what is picked."""
        style = lambda machine: CellStyle(icon="check-square" if machine.id in self.chosen else "square")  # noqa: E731
        first = Column("chosen", "", self._picked_words, 32, style=style, tip=_("Dấu cách chọn nhiều máy"))
        return [first, *_columns()]

    def _picked_words(self, machine: Machine) -> str:
        return _("đã chọn") if machine.id in self.chosen else ""

    def called(self, machine: Machine) -> str:
        return machine.name

    def read(self) -> tuple[Sequence[Machine], bool]:
        machines = store_machines.machines(self.desk.db)
        self.which.offer(self._choices(machines))
        chosen = self.which.currentData()
        shown = [machine for machine in machines if _fits(machine, chosen)]
        self.chosen &= {machine.id for machine in shown}
        message = _counted(shown)
        picked = _(" · đã chọn {n}").format(n=len(self.chosen)) if self.chosen else ""
        self.note.setText(message + picked)
        return shown, bool(machines)

    def pick(self) -> None:
        """Pick the row under the cursor for what is done to several, or let go of it."""
        one = self.table.current()
        if one is not None:
            self.chosen ^= {one.id}
            self.refresh()

    def pick_all(self) -> None:
        """Pick every row that is shown, or let go of them all."""
        shown = {one.id for one in self.table.records}
        self.chosen = set() if self.chosen == shown else shown
        self.refresh()

    @property
    def meant(self) -> list[Machine]:
        """The machines an action is for: those picked, else the one under the cursor."""
        one = self.table.current()
        picked = [each for each in self.table.records if each.id in self.chosen]
        return picked or ([one] if one is not None else [])

    def _choices(self, machines: Sequence[Machine]) -> list[tuple[object, str]]:
        used = {machine.room_id for machine in machines}
        names = [(room.id, room.name) for room in store.rooms(self.desk.db) if room.lab or room.id in used]
        return [(EVERY, _("Mọi phòng")), (BROKEN, _("Máy hỏng")), *names]

    def offer(self) -> None:
        super().offer()
        meant = self.meant
        for press in (self.state, self.carry):
            press.setEnabled(bool(meant))
        broken = bool(meant) and not any(machine.working for machine in meant)
        self.state.setText(_("Đã sửa xong…") if broken else _("Báo hỏng…"))

    def _more(self) -> QWidget:
        return menu_button(
            [
                ("download", _("Nhập máy từ Excel…"), self.import_file, "import"),
                ("upload", _("Xuất máy ra Excel…"), lambda: export_machines(self.desk)),
                ("upload", _("Xuất phòng và máy ra Excel…"), lambda: export_facility(self.desk)),
                ("", "", self.refresh),
                ("trash", _("Xóa máy khỏi danh sách"), self.drop),
            ]
        )

    def import_file(self) -> None:
        """Take a list of machines in, after a look at it."""
        import_list(self.desk, _("Nhập máy tính từ Excel"), How(plan_machines, import_machines, KIND))

    def _empty(self) -> EmptyPage:
        return EmptyPage(
            _("Chưa có máy tính nào"),
            _(
                "Ghi máy của từng phòng để biết còn bao nhiêu máy dùng được. Nhiều máy giống nhau thì gõ một lần và "
                "ghi số máy; chương trình tự đánh số. Có sẵn danh sách Excel thì nhập ở nút “…”."
            ),
            icon="monitor",
            action=button(_("Thêm máy"), kind="main", icon="plus", on=self.add),
        )

    # -- actions

    def add(self) -> None:
        """Ask for one machine, or for several alike."""
        fields = [
            *MACHINE_FIELDS[:1],
            Field("count", N_("Số máy giống nhau"), "number", required=True),
            self._room_field(),
            *MACHINE_FIELDS[1:],
        ]

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            n, room = int(values.pop("count") or 0), values.pop("room_id")
            toast = _("Đã thêm {n} máy").format(n=n)
            return self.desk.do(
                store_machines.add_machines, room, values, n=n, toast=toast, on_problems=problems
            )

        sentence = _("Thêm nhiều máy thì tên được đánh số tiếp: PM1 thành PM1-01, PM1-02…")
        dialog = FormDialog(_("Thêm máy"), fields, yes=_("Thêm"), action=action, sentence=sentence)
        chosen = self.which.currentData()
        room = chosen if chosen not in (EVERY, BROKEN) else next(iter(self._rooms()), ("", ""))[0]
        dialog.start({"count": 1, "kind": "DE_BAN", "use": TEACHING, "room_id": room})

    def edit(self, machine: Machine | None) -> None:
        if machine is None:
            return
        fields = [*MACHINE_FIELDS[:1], self._room_field(), *MACHINE_FIELDS[1:]]

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            return self.desk.do(
                store_machines.save_machine, machine.id, values, toast=_("Đã lưu máy"), on_problems=problems
            )

        dialog = FormDialog(machine.name, fields, yes=_("Lưu"), action=action)
        dialog.start({field.key: getattr(machine, field.key) for field in fields})

    def _room_field(self) -> Field:
        return Field("room_id", N_("Đặt ở phòng"), "choice", choices=tuple(self._rooms()), width=240)

    def _rooms(self) -> list[tuple[str, str]]:
        """The rooms a machine may stand in, computer rooms first."""
        rooms = store.rooms(self.desk.db)
        return [(room.id, room.name) for room in sorted(rooms, key=lambda room: not room.lab)]

    def ask_room(self) -> None:
        """Ask into which room the machines go, all in one Step."""
        meant = self.meant
        if not meant:
            return

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            room = str(values["room_id"])
            name = dict(self._rooms())[room]
            toast = _("Đã chuyển {what} sang {room}").format(what=_what(meant), room=name)
            ids = [machine.id for machine in meant]
            return self.desk.do(store_machines.move_machines, ids, room, toast=toast, on_problems=problems)

        fields = [Field("room_id", N_("Sang phòng"), "choice", True, tuple(self._rooms()), width=240)]
        title = _("Chuyển {what}").format(what=_what(meant))
        FormDialog(title, fields, yes=_("Chuyển"), action=action).start({})

    def turn(self) -> None:
        """Say since when the machines meant are broken, or work again."""
        meant = self.meant
        if not meant:
            return
        works = not any(machine.working for machine in meant)
        turned = [machine for machine in meant if machine.working != works]

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            day = parse_date(values["on"]) or dt.date.today()
            words = _("{name} đã sửa xong") if works else _("Đã ghi {name} hỏng")
            toast = words.format(name=_what(turned))
            ids = [machine.id for machine in turned]
            return self.desk.do(
                store_machines.set_working, ids, works, on=day, toast=toast, on_problems=problems
            )

        label_ = N_("Dùng lại được từ ngày") if works else N_("Hỏng từ ngày")
        field = Field("on", label_, "date", required=True, width=240)
        title = _("{name}: đã sửa xong") if works else _("{name}: báo hỏng")
        FormDialog(title.format(name=_what(turned)), [field], yes=_("Ghi"), action=action).start(
            {"on": dt.date.today().isoformat()}
        )

    def drop(self) -> None:
        """Take the machine under the cursor off the list."""
        one = self.table.current()
        if one is not None:
            self.desk.do(store_machines.drop_machine, one.id, toast=_("Đã xóa {name}").format(name=one.name))


def _what(meant: Sequence[Machine]) -> str:
    """“PM1-03”, or “12 máy”."""
    return meant[0].name if len(meant) == 1 else _("{n} máy").format(n=len(meant))


def _fits(machine: Machine, chosen: object) -> bool:
    return chosen in (EVERY, None, machine.room_id) or (chosen == BROKEN and not machine.working)


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


def _state(machine: Machine) -> str:
    return _("Dùng được") if machine.working else _("Hỏng từ {day}").format(day=show_date(machine.since))


def _chip(machine: Machine) -> Chip | None:
    return None if machine.working else Chip(_state(machine), "bad")


def _counted(shown: Sequence[Machine]) -> str:
    works = sum(machine.working for machine in shown)
    message = _("{n} máy, {works} dùng được, {broken} hỏng")
    return message.format(n=len(shown), works=works, broken=len(shown) - works) if shown else ""
