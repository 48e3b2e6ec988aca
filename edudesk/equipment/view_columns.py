"""The columns of the register on screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from edudesk.equipment.assets.rules import money
from edudesk.equipment.store import EquipmentLine
from edudesk.kernel.words import _
from edudesk.ui.cells import CellStyle, Chip
from edudesk.ui.table.view import Column


@dataclass(frozen=True, slots=True)
class TickedLine:
    """A line of the register and whether it is ticked."""

    line: EquipmentLine
    ticked: bool

    @property
    def id(self) -> str:
        return self.line.id


def register_columns() -> list[Column]:
    """The tick, what it is, where it is, how much of it there is in which state, its price."""
    return [*_what(), *_amounts()]


def _what() -> list[Column]:
    code, name = lambda x: x.line.equipment.code, lambda x: x.line.equipment.name
    return [
        Column("tick", "", lambda x: _("đánh dấu") if x.ticked else "", 30, style=_tick),
        Column("code", _("Mã"), code, 112, sort=code),
        Column("name", _("Tên thiết bị"), name, 0, names=True, sort=name),
        Column("room", _("Phòng"), lambda x: x.line.where or "–", 140, sort=lambda x: x.line.rooms),
    ]


def _amounts() -> list[Column]:
    def amount(state: str) -> Callable[[TickedLine], int]:
        return lambda x: int(getattr(x.line.amount, state))

    on_hand, broken, lent = amount("on_hand"), amount("broken"), amount("lent")
    price = Column("price", _("Đơn giá"), lambda x: money(x.line.equipment.price), 112, "right")
    return [
        Column("there", _("Có"), lambda x: str(on_hand(x)), 50, "right", sort=on_hand),
        Column("broken", _("Hỏng"), lambda x: _number(broken(x)), 54, chip=_broken, sort=broken),
        Column("lent", _("Mượn"), lambda x: _number(lent(x)), 56, "right", sort=lent),
        replace(price, sort=lambda x: x.line.equipment.price or 0),
    ]


def _tick(row: TickedLine) -> CellStyle:
    return CellStyle("", icon="check-square" if row.ticked else "square")


def _number(n: int) -> str:
    return str(n) if n else "–"


def _broken(row: TickedLine) -> Chip | None:
    n = row.line.amount.broken
    return Chip(str(n), "bad") if n else None
