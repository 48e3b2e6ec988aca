"""The register and the year's assets as spreadsheets; the register under the headings its import reads back."""

from __future__ import annotations

from edudesk.equipment.assets.rules_rates import show_rate
from edudesk.equipment.assets.store import AssetRow, asset_book
from edudesk.equipment.fields import BAD, QUANTITY, ROOM, equipment_fields
from edudesk.equipment.rules import Amount
from edudesk.equipment.store import EquipmentLine, register
from edudesk.kernel.calendar import show_date
from edudesk.kernel.field import WHOLE
from edudesk.kernel.words import _
from edudesk.sheets.writer import SheetOut
from edudesk.storage.database import Database


def equipment_sheets(db: Database, *, room_id: str = "") -> list[SheetOut]:
    """One row for each thing in each room; what has been written off is not there."""
    fields = equipment_fields()
    rows = [
        _cells(line, name, amount)
        for line in register(db)
        for room, name, amount in line.places
        if amount.on_hand > 0 and room_id in ("", room)
    ]
    heads = (*(_(field.label) for field in fields), _(ROOM), _(QUANTITY), _(BAD))
    numbers = {place for place, field in enumerate(fields) if field.kind in WHOLE}
    text_columns = frozenset(range(len(fields) + 1)) - numbers
    widths = [*(max(10, field.width // 8) for field in fields), 18, 10, 12]
    return [SheetOut(_("Thiết bị"), heads, rows, widths=widths, text_columns=text_columns)]


def _cells(line: EquipmentLine, room: str, amount: Amount) -> list[object]:
    known = []
    for field in equipment_fields():
        value = getattr(line.equipment, field.key)
        known.append(value if field.kind in WHOLE else field.show(value))
    return [*known, room, amount.on_hand, amount.broken or None]


def asset_sheets(db: Database, year: int) -> list[SheetOut]:
    """The assets of a calendar year, each number with why it is so."""
    book = asset_book(db, year)
    classes = {row.id: group.name for group, rows in book.classes for row in rows}
    records = [*book.assets, *book.gone, *book.tools, *book.unknown]
    heads = (
        *(_("Loại"), _("Mã số"), _("Tên tài sản"), _("Nơi sử dụng"), _("Ngày mua"), _("Nguyên giá")),
        *(_("Số năm đã tính"), _("Tỉ lệ %/năm"), _("Hao mòn trong năm"), _("Hao mòn lũy kế")),
        *(_("Giá trị còn lại"), _("Vì sao")),
    )
    rows = [_asset(row, classes.get(row.id) or _other(row)) for row in records]
    widths = [30, 14, 30, 18, 12, 16, 10, 10, 16, 16, 16, 90]
    text_columns = frozenset({0, 1, 2, 3, 4, 7, 11})
    return [
        SheetOut(_("Hao mòn {year}").format(year=year), heads, rows, widths=widths, text_columns=text_columns)
    ]


def _other(row: AssetRow) -> str:
    if row.gone:
        return _("Giảm trong năm")
    return _("Công cụ, dụng cụ") if row.year.kind == "tool" else _("Chưa tính được")


def _asset(row: AssetRow, group: str) -> list[object]:
    equipment, year = row.line.equipment, row.year
    return [
        *(
            group,
            equipment.code,
            equipment.name,
            row.line.rooms,
            show_date(equipment.bought_on),
            year.cost,
            year.used,
        ),
        *(show_rate(year.rate), year.charge, year.accumulated, year.remaining, explanation(row)),
    ]


def explanation(row: AssetRow) -> str:
    """Why the numbers of a row are what they are, with articles, in one line."""
    lines = [
        f"{reason.words} [{reason.article.cited}]" if reason.article else reason.words
        for reason in row.year.why
    ]
    return " ".join(lines).replace("  ", " ").strip()
