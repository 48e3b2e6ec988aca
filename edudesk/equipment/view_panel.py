"""The life of the chosen row: how many and where, what happened to it, and the documents attached to it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QWidget

from edudesk.equipment.assets.rules import money
from edudesk.equipment.fields import ORIGINS
from edudesk.equipment.rules import BROKEN, COUNTED, ISSUED, KINDS, MOVED, EquipmentEvent
from edudesk.equipment.store import EquipmentLine, read_events, room_names
from edudesk.equipment.store_documents import Document, add_document, documents, drop_document, save_document
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import _
from edudesk.staff.store import names
from edudesk.ui.desk import Desk
from edudesk.ui.parts import bar, button, label, rule, show_inside, stack
from edudesk.ui.table.view import Column, RecordTable
from edudesk.ui.theme import BODY

WIDTH = 344
MOST = 4  # rooms named


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in words."""

    id: str
    day: str
    what: str
    more: str


class EquipmentPanel(QFrame):
    """Shows one row; hidden without one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("face", "panel")
        self.setFixedWidth(WIDTH)
        self._desk = desk
        self._line: EquipmentLine | None = None
        self.title = label("", points=BODY, bold=True)
        self.title.setWordWrap(True)
        self.facts = label("", role="text2")
        self.facts.setWordWrap(True)
        self.events = RecordTable(
            [
                Column("day", _("Ngày"), lambda x: x.day, 84),
                Column("what", _("Việc"), lambda x: x.what, 106, names=True),
                Column("more", _("Chi tiết"), lambda x: x.more, 0, least=96),
            ]
        )
        self.events.setAccessibleName(_("Các việc của thiết bị, mới nhất trước"))
        self.files = RecordTable(
            [Column("name", _("Tệp đính kèm"), lambda x: x.attachment.name, 0, names=True)]
        )
        self.files.setAccessibleName(_("Tệp đính kèm"))
        self.files.setFixedHeight(112)
        self.files.opened.connect(self.save)
        column = stack(self.title, self.facts, rule(), spacing=8, pad=(14, 12, 14, 12))
        column.addWidget(self.events, 1)
        column.addWidget(self.files)
        column.addLayout(bar(*self._buttons(), None, spacing=4))
        self.setLayout(column)

    def _buttons(self) -> list[QWidget]:
        out = button(_("Ghi ra"), kind="low", icon="download", on=lambda: self.save(self.files.current()))
        drop = button(_("Bỏ tệp"), kind="low", icon="trash", on=self.drop)
        self.files.enable_on_row(out, drop)
        return [button(_("Đính tệp"), kind="low", icon="clip", on=self.add), out, drop]

    def show_line(self, line: EquipmentLine | None) -> None:
        """Show a row of the register."""
        self._line = line
        show_inside(self, line is not None)
        if line is None:
            return
        self.title.setText(f"{line.equipment.code} · {line.equipment.name}")
        self.facts.setText("\n".join(_facts(line)))
        db = self._desk.db
        called, people = room_names(db), names(db)
        own = read_events(db.all, [line.id]).get(line.id, [])
        self.events.set_rows(
            [_happened(event, called, people) for event in reversed(own)], key=lambda x: x.id
        )
        self.files.set_rows(documents(db, line.id), key=lambda x: x.id)

    def add(self) -> None:
        """Attach a file to the row."""
        path = self._desk.choose_file(_("Chọn hóa đơn, biên bản, phiếu bảo hành…"), _("Mọi tệp (*)"))
        if path is not None and self._line is not None:
            toast = _("Đã đính {name}").format(name=path.name)
            self._desk.do(add_document, self._line.id, path, toast=toast)

    def save(self, document: Document | None) -> None:
        """Copy an attached file to a place of one's own."""
        if document is None:
            return
        path = self._desk.save_file(_("Ghi tệp ra"), document.attachment.name, _("Mọi tệp (*)"))
        if path is not None:
            toast = _("Đã ghi tệp {name}").format(name=path.name)
            self._desk.do(save_document, document, path, toast=toast)

    def drop(self) -> None:
        """Take the chosen file away."""
        document = self.files.current()
        if document is not None:
            self._desk.do(drop_document, document.id, toast=_("Đã bỏ tệp"))


def _facts(line: EquipmentLine) -> list[str]:
    equipment, amount = line.equipment, line.amount
    message = _("Có {there} {unit}, còn dùng được {idle}, hỏng {broken}, cho mượn {lent}")
    facts = [
        message.format(
            there=amount.on_hand,
            unit=equipment.unit,
            idle=amount.idle,
            broken=amount.broken,
            lent=amount.lent,
        )
    ]
    if len(line.places) > 1:
        facts.append(_("Ở: {rooms}").format(rooms=_places(line)))
    price = (
        _("{price} đ").format(price=money(equipment.price))
        if equipment.price is not None
        else _("chưa có giá")
    )
    bought = _("mua {day}").format(day=show_date(equipment.bought_on)) if equipment.bought_on else ""
    origin = _(dict(ORIGINS).get(equipment.origin or "", ""))
    facts.append(" · ".join(part for part in (price, bought, origin) if part))
    if line.wrong:
        facts.append(_("Hai máy đã cùng ghi việc cho cái cuối cùng: xem lại các việc dưới đây."))
    return [*facts, equipment.note] if equipment.note else facts


def _places(line: EquipmentLine) -> str:
    """“6A1: 22, 6A2: 22 và 3 phòng nữa”."""
    all_names = [
        f"{name or _('ngoài phòng')}: {amount.on_hand}"
        for _room, name, amount in line.places
        if amount.on_hand
    ]
    message, more = ", ".join(all_names[:MOST]), len(all_names) - MOST
    return message + (_(" và {n} phòng nữa").format(n=more) if more > 0 else "")


def _happened(event: EquipmentEvent, rooms: dict[str, str], people: dict[str, str]) -> Happened:
    what = _(dict(KINDS).get(event.kind, event.kind))
    n = f"{event.quantity:+d}" if event.kind == COUNTED else str(event.quantity)
    room = rooms.get(event.room_id or "", "")
    if event.kind in (MOVED, ISSUED):
        start = rooms.get(event.from_room_id or "", "") or _("ngoài phòng")
        room = _("{start} → {to}").format(start=start, to=room or _("ngoài phòng"))
    due = _("hạn {day}").format(day=show_date(event.due_on)) if event.due_on else ""
    state = _("hỏng") if event.state == BROKEN else ""
    person = people.get(event.staff_id or "", "")
    parts = (room, state, person, due, event.lesson, event.document, event.note)
    return Happened(
        event.id, show_date(event.on_date), f"{what}: {n}", " · ".join(part for part in parts if part)
    )
