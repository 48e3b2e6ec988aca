"""The two lists of a count: what was not seen in a room, and what differs from the book."""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.equipment.stocktake.store import CountLine, CountSheet, Scan
from edudesk.kernel.words import _
from edudesk.ui.cells import Chip
from edudesk.ui.table.view import Column, GroupRow


@dataclass(frozen=True, slots=True)
class Strange:
    """A code nobody knows, or an item that was seen in two rooms."""

    id: str
    code: str
    why: str
    scan: Scan | None = None


def expected(line: CountLine) -> int:
    """How many should stand there: what is lent need not."""
    return line.book.on_hand - line.book.lent


def differing(sheet: CountSheet) -> list[object]:
    off = [line for line in sheet.lines if line.off]
    strange = [Strange(scan.id, scan.code, _("không có trong sổ"), scan) for scan in sheet.unknown]
    strange += [Strange(equipment.id, equipment.code, _("thấy ở hơn một phòng")) for equipment in sheet.twice]
    rows: list[object] = []
    if strange:
        rows += [GroupRow(_("Cần xem ({n})").format(n=len(strange))), *strange]
    if off:
        rows += [GroupRow(_("Lệch với sổ ({n})").format(n=len(off))), *off]
    return rows


def waiting_columns() -> list[Column]:
    return [
        Column("code", _("Mã"), lambda x: x.equipment.code, 110),
        Column("name", _("Chưa thấy ở phòng này"), lambda x: x.equipment.name, 0, names=True),
        Column("book", _("Theo sổ"), lambda x: str(expected(x)), 70, "right"),
        Column("seen", _("Đã thấy"), lambda x: str(x.seen or "–"), 70, "right"),
    ]


def differing_columns() -> list[Column]:
    return [
        Column("code", _("Mã"), lambda x: x.code if isinstance(x, Strange) else x.equipment.code, 110),
        Column(
            "name",
            _("Lệch với sổ, mã lạ"),
            lambda x: x.why if isinstance(x, Strange) else x.equipment.name,
            0,
            names=True,
        ),
        Column("room", _("Phòng"), lambda x: "" if isinstance(x, Strange) else x.room or "–", 120),
        Column("off", _("Lệch"), _off, 80, chip=_chip),
    ]


def _off(row: Strange | CountLine) -> str:
    return "" if isinstance(row, Strange) else f"{row.off:+d}"


def _chip(row: Strange | CountLine) -> Chip:
    if isinstance(row, Strange):
        return Chip(_("mã lạ") if row.scan else _("hai phòng"), "ask")
    return Chip(_off(row), "bad" if row.off < 0 else "ask")
