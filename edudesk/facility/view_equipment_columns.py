"""The columns of the register on screen."""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.facility.rules_assets import money
from edudesk.facility.store_equipment import Line
from edudesk.kernel.words import _
from edudesk.ui.cells import CellLook, Chip
from edudesk.ui.table import Column


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the register and whether it is ticked."""

    line: Line
    ticked: bool

    @property
    def id(self) -> str:
        return self.line.id


def register_columns() -> list[Column]:
    return [
        Column("tick", "", lambda x: _("đánh dấu") if x.ticked else "", 30, look=_tick),
        Column("code", _("Mã"), lambda x: x.line.one.code, 112, sort=lambda x: x.line.one.code),
        Column(
            "name",
            _("Tên thiết bị"),
            lambda x: x.line.one.name,
            0,
            names=True,
            sort=lambda x: x.line.one.name,
        ),
        Column("room", _("Phòng"), lambda x: _rooms(x.line), 140, sort=lambda x: x.line.rooms),
        Column(
            "there",
            _("Có"),
            lambda x: str(x.line.amount.there),
            50,
            "right",
            sort=lambda x: x.line.amount.there,
        ),
        Column(
            "broken",
            _("Hỏng"),
            lambda x: _number(x.line.amount.broken),
            54,
            chip=_broken,
            sort=lambda x: x.line.amount.broken,
        ),
        Column(
            "lent",
            _("Mượn"),
            lambda x: _number(x.line.amount.lent),
            56,
            "right",
            sort=lambda x: x.line.amount.lent,
        ),
        Column(
            "price",
            _("Đơn giá"),
            lambda x: money(x.line.one.price),
            100,
            "right",
            sort=lambda x: x.line.one.price or 0,
        ),
    ]


def _tick(row: Row) -> CellLook:
    return CellLook("", icon="check-square" if row.ticked else "square")


def _rooms(line: Line) -> str:
    there = [name for _room, name, amount in line.places if amount.there]
    return _("{n} phòng").format(n=len(there)) if len(there) > 1 else line.rooms or "–"


def _number(n: int) -> str:
    return str(n) if n else "–"


def _broken(row: Row) -> Chip | None:
    n = row.line.amount.broken
    return Chip(str(n), "bad") if n else None
