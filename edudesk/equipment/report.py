"""The register on paper (“Sổ thiết bị”): by room, what is there, broken and lent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.equipment.assets.rules import money
from edudesk.equipment.fields import ORIGINS
from edudesk.equipment.rules import Amount
from edudesk.equipment.store import EquipmentLine, register
from edudesk.kernel import clock
from edudesk.kernel.calendar import show_date
from edudesk.kernel.text import by_numbers
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Letterhead, Notes, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Row, Table, TableColumn, TitleRow
from edudesk.school.store import letterhead
from edudesk.storage.database import Database


def inventory_paper(db: Database, *, room_id: str = "", day: dt.date | None = None) -> Paper:
    """A4 lying: the register as it stands today, of every room or of one."""
    parts = by_room(register(db), room_id)
    title = Title(_("Sổ thiết bị"), (_("Đến ngày {day}").format(day=show_date(day or clock.today())),))
    rows = [row for name, lines in parts for row in _rows(name, lines)]
    body: Block = Table(_columns(), rows, size=11) if rows else Text(_("Sổ chưa có thiết bị nào."))
    notes = Notes(
        [_("Còn dùng được = số có − hỏng − đang cho mượn. Mỗi số là tổng của các việc đã ghi theo ngày.")]
    )
    return school_paper(db, title.text, [title, body, Space(1), notes], day=day)


def by_room(
    lines: Sequence[EquipmentLine], room_id: str = ""
) -> list[tuple[str, list[tuple[EquipmentLine, Amount]]]]:
    """(room, its rows with what is of each in it), rooms by name; what is in no room last."""
    parts: dict[tuple[bool, str], list[tuple[EquipmentLine, Amount]]] = {}
    for line in lines:
        for room, name, amount in line.places:
            if room_id in ("", room):
                parts.setdefault((not name, name), []).append((line, amount))
    ordered = sorted(parts.items(), key=lambda part: (part[0][0], by_numbers(part[0][1])))
    return [(name or _("Ngoài các phòng"), found) for (_none, name), found in ordered]


def _columns() -> list[TableColumn]:
    return [
        TableColumn(_("STT"), 11, "center"),
        TableColumn(_("Mã"), 26),
        TableColumn(_("Tên thiết bị")),
        TableColumn(_("ĐVT"), 14, "center"),
        TableColumn(_("Số có"), 15, "center"),
        TableColumn(_("Hỏng"), 15, "center"),
        TableColumn(_("Cho mượn"), 17, "center"),
        TableColumn(_("Ngày mua"), 23, "center"),
        TableColumn(_("Nguồn"), 58),
        TableColumn(_("Đơn giá (đ)"), 27, "right"),
    ]


def _rows(name: str, lines: Sequence[tuple[EquipmentLine, Amount]]) -> list[Row | TitleRow]:
    origins = dict(ORIGINS)
    rows: list[Row | TitleRow] = [TitleRow(name)]
    for number, (line, amount) in enumerate(lines, 1):
        rows.append(
            [
                str(number),
                line.equipment.code,
                line.equipment.name,
                line.equipment.unit,
                str(amount.on_hand),
                Cell(str(amount.broken or "–"), bold=bool(amount.broken)),
                str(amount.lent or "–"),
                show_date(line.equipment.bought_on),
                _(origins.get(line.equipment.origin or "", "")),
                money(line.equipment.price),
            ]
        )
    return rows


def school_paper(
    db: Database,
    title: str,
    blocks: Sequence[Block],
    *,
    day: dt.date | None = None,
    signs: Sequence[Signature] = (),
) -> Paper:
    """A lying sheet under the school's letterhead, signed by who made it and the principal unless `signs` says else."""
    head = letterhead(db)
    day = day or clock.today()
    usual = (Signature(_("Người lập")), Signature(_("Thủ trưởng đơn vị"), head.principal))
    signatures = Signatures(signs or usual, head.place, day)
    return Paper(
        title,
        [Letterhead(head.authority, head.school, head.place), *blocks, Space(4), signatures],
        landscape=True,
    )
