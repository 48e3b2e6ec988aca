"""The part “Sổ thiết bị”: what there is, where, broken or lent; the life of one row beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QStackedWidget, QWidget

from edudesk.equipment.fields import GROUPS
from edudesk.equipment.store import TABLES, EquipmentLine, register, room_names
from edudesk.equipment.view_actions import KEYS, ask_action, ask_equipment, drop_rows
from edudesk.equipment.view_columns import TickedLine, register_columns
from edudesk.equipment.view_files import (
    export_assets,
    export_register,
    import_register,
    print_labels,
    print_register,
)
from edudesk.equipment.view_panel import EquipmentPanel
from edudesk.kernel.change import Step
from edudesk.kernel.text import matches
from edudesk.kernel.words import _
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.keys import on_key
from edudesk.ui.parts import EmptyPage, bar, button, label, menu_button, stack
from edudesk.ui.table.view import RecordTable

EVERY, BROKEN, LENT, GONE, WRONG = "", "broken", "lent", "gone", "wrong"
NO_ROOM = "-"
TYPING = 150  # ms after the last letter


class EquipmentTab(QWidget):
    """Enter opens a row, Space ticks it; an action is done to the ticked rows, or to the one under the cursor."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.ticked: set[str] = set()
        self.lines: list[EquipmentLine] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Tìm mã, tên"))
        self.search.setAccessibleName(_("Tìm mã, tên"))
        self.search.setFixedWidth(150)
        self._soon = QTimer(self, singleShot=True, interval=TYPING)
        self._soon.timeout.connect(self._show)
        self.search.textChanged.connect(lambda _text: self._soon.start())
        self.room = self._chooser(_("Phòng nào"), 150)
        self.kind = self._chooser(_("Nhóm nào"), 150)
        self.state = self._chooser(_("Tình trạng nào"), 130)
        self.panel = EquipmentPanel(desk)
        self.table = RecordTable(register_columns())
        self.table.setAccessibleName(_("Sổ thiết bị"))
        self.table.opened.connect(lambda row: ask_equipment(desk, row.line))
        self.table.picked.connect(lambda row: self.panel.show_line(row.line if row else None))
        self.note = label("", role="text2")
        self._lay_out()
        self._keys()

    def _chooser(self, name: str, width: int) -> Chooser:
        made = Chooser(name=name, width=width)
        made.chosen.connect(lambda _value: self._show())
        return made

    def _lay_out(self) -> None:
        body = QWidget()
        row = bar(spacing=10)
        row.addWidget(self.table, 1)
        row.addWidget(self.panel)
        body.setLayout(row)
        self._layers = QStackedWidget()
        self._layers.addWidget(body)
        self._layers.addWidget(self._empty())
        actions = action_menu(self._act)
        add = button(_("Thêm"), kind="main", icon="plus", tip=_("Thêm thiết bị (Ctrl+N)"), on=self.add)
        column = stack(spacing=10)
        tools = bar(
            self.search, self.room, self.kind, self.state, self.note, None, actions, add, self._more()
        )
        column.addLayout(tools)
        column.addWidget(self._layers, 1)
        self.setLayout(column)

    def _more(self) -> QWidget:
        return menu_button(
            [
                ("trash", _("Xóa dòng nhập nhầm"), self.drop),
                ("", "", self._show),
                ("download", _("Nhập từ Excel…"), lambda: import_register(self.desk), "import"),
                ("upload", _("Xuất sổ thiết bị ra Excel…"), lambda: export_register(self.desk)),
                ("upload", _("Xuất tài sản và hao mòn ra Excel…"), lambda: export_assets(self.desk)),
                ("", "", self._show),
                ("printer", _("In sổ thiết bị…"), lambda: print_register(self.desk, self._room_id())),
                ("printer", _("In nhãn QR…"), lambda: print_labels(self.desk, self._shown_ids())),
            ]
        )

    def _empty(self) -> EmptyPage:
        return EmptyPage(
            _("Sổ thiết bị còn trống"),
            _(
                "Sổ ghi từng thiết bị hoặc từng lô: có bao nhiêu, ở phòng nào, hỏng, cho mượn, thanh lí. Nhập cả danh "
                "sách từ Excel, hoặc thêm từng thứ."
            ),
            icon="list",
            action=button(
                _("Nhập từ Excel"), kind="main", icon="download", on=lambda: import_register(self.desk)
            ),
        )

    def _keys(self) -> None:
        for key, kind, _words in KEYS:
            on_key(self, key, partial(self._act, kind))
        on_key(self, "Ctrl+N", self.add)
        on_key(self.table, "Space", self.tick)
        on_key(self.table, "Ctrl+A", self.tick_all)
        on_key(self.table, "Del", self.drop)
        self.table.clicked.connect(lambda index: self.tick() if index.column() == 0 else None)

    # -- showing

    def refresh(self, step: Step | None = None) -> None:
        """Read the register."""
        if step is not None and not step.touches(*TABLES, "equipment_document"):
            return
        self.lines = register(self.desk.db)
        self.ticked &= {line.id for line in self.lines}
        names = room_names(self.desk.db)
        used = {room for line in self.lines for room, _name, amount in line.places if amount.on_hand}
        rooms = sorted((names[room], room) for room in used if room in names)
        loose: list[tuple[object, str]] = [(NO_ROOM, _("Ngoài các phòng"))] if None in used else []
        self.room.offer([(EVERY, _("Mọi phòng")), *((room, name) for name, room in rooms), *loose])
        all_names = {line.equipment.kind for line in self.lines}
        self.kind.offer(
            [(EVERY, _("Mọi nhóm")), *((code, _(text)) for code, text in GROUPS if code in all_names)]
        )
        states = (
            (EVERY, _("Đang có")),
            (BROKEN, _("Có hỏng")),
            (LENT, _("Đang cho mượn")),
            (GONE, _("Đã hết")),
        )
        wrong = [(WRONG, _("Cần xem lại"))] if any(line.wrong for line in self.lines) else []
        self.state.offer([*states, *wrong])
        self._layers.setCurrentIndex(0 if self.lines else 1)
        self._show()

    def _show(self) -> None:
        shown = [line for line in self.lines if self._fits(line)]
        self.table.set_rows([TickedLine(line, line.id in self.ticked) for line in shown], key=lambda x: x.id)
        self.note.setText(self._counted(shown))
        row = self.table.current()
        if row is None and shown:
            self.table.pick(shown[0].id)
            row = self.table.current()
        self.panel.show_line(row.line if row else None)

    def show_state(self, state: str) -> None:
        """Show only what is broken, lent, gone; "" for what is there."""
        self.state.choose(state)
        self._show()

    def _fits(self, line: EquipmentLine) -> bool:
        room, kind = self.room.currentData() or EVERY, self.kind.currentData() or EVERY
        wanted = None if room == NO_ROOM else room
        here = room == EVERY or any(place == wanted and a.on_hand for place, _name, a in line.places)
        amount, state = line.amount, self.state.currentData() or EVERY
        states = {BROKEN: amount.broken, LENT: amount.lent, GONE: not amount.on_hand, WRONG: line.wrong}
        fits = bool(states.get(str(state), amount.on_hand))
        return (
            here
            and fits
            and kind in (EVERY, line.equipment.kind)
            and matches(self.search.text(), line.equipment.code, line.equipment.name)
        )

    def _counted(self, shown: Sequence[EquipmentLine]) -> str:
        if self.ticked:
            return _("{n} dòng đánh dấu").format(n=len(self.ticked))
        broken = sum(bool(line.amount.broken) for line in shown)
        return _("{n} dòng, {broken} có hỏng").format(n=len(shown), broken=broken)

    def _room_id(self) -> str:
        room = str(self.room.currentData() or "")
        return "" if room == NO_ROOM else room

    def _shown_ids(self) -> list[str]:
        return [row.id for row in self.table.records if not self.ticked or row.id in self.ticked]

    # -- doing

    def tick(self) -> None:
        """Tick the row under the cursor, or take its tick away, and go on to the next."""
        row = self.table.current()
        if row is not None:
            self.ticked ^= {row.id}
            place = self.table.currentIndex().row()
            self._show()
            self.table.setCurrentIndex(
                self.table.model().index(min(place + 1, len(self.table.records) - 1), 0)
            )

    def tick_all(self) -> None:
        """Tick every row that is shown; none when all are."""
        shown = {row.id for row in self.table.records}
        self.ticked = set() if shown <= self.ticked else self.ticked | shown
        self._show()

    def chosen(self) -> list[EquipmentLine]:
        """The ticked rows, or the one under the cursor."""
        if self.ticked:
            return [line for line in self.lines if line.id in self.ticked]
        row = self.table.current()
        return [row.line] if row is not None else []

    def _act(self, kind: str) -> None:
        ask_action(self.desk, self.chosen(), kind)

    def add(self) -> None:
        """Ask for a new row."""
        ask_equipment(self.desk, None, room_id=self._room_id() or None)

    def drop(self) -> None:
        """Take rows off that were entered by mistake."""
        drop_rows(self.desk, self.chosen())


def action_menu(run: Callable[[str], object]) -> QWidget:
    """A button that opens the actions with their keys."""
    made = button(_("Ghi việc"), icon="pencil", tip=_("Mua thêm, hỏng, sửa xong, cho mượn, chuyển, thanh lí"))
    menu = QMenu(made)
    for key, kind, words in KEYS:
        action = QAction(f"{_(words)}\t{key}", menu)
        action.triggered.connect(lambda _checked=False, kind=kind: run(kind))
        menu.addAction(action)
    made.clicked.connect(lambda: menu.exec(made.mapToGlobal(made.rect().bottomLeft())))
    return made
