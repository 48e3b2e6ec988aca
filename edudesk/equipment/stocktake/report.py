"""The record of a yearly count: Biên bản kiểm kê TSCĐ (C53-HD), columns as a second-hand source gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from edudesk.equipment.assets.rules import ASSET, AssetYear, money, worth_on
from edudesk.equipment.assets.rules_rates import RateBook
from edudesk.equipment.assets.store import asset_of, rates
from edudesk.equipment.report import school_paper
from edudesk.equipment.stocktake.store import CountLine, CountSheet, count_sheet
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import N_, _
from edudesk.paper.blocks import Block, Notes, Pairs, Signature, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Row, Table, TableColumn, TitleRow
from edudesk.school.store import letterhead
from edudesk.storage.database import Database

SOURCE = N_("Các cột của mẫu C53-HD lấy theo nguồn thứ cấp, chưa đối chiếu văn bản gốc.")
Priced = tuple[CountLine, AssetYear]


def count_record_paper(db: Database, session_id: str, *, day: dt.date | None = None) -> Paper:
    """A4 lying: assets by class with subtotals, then tools; what is in no room's count stays blank."""
    sheet, book = count_sheet(db, session_id), rates(db)
    lines = [(line, worth_on(asset_of(line.equipment), book, sheet.session.on)) for line in sheet.lines]
    title = Title(_("Biên bản kiểm kê tài sản cố định"), (_("Mẫu C53-HD"),))
    blocks: list[Block] = [title, *_head(db, sheet), Space(2), *_body(lines, book, sheet)]
    blocks += [Space(1), Notes(_notes(sheet))]
    signs = (
        Signature(_("Thủ trưởng đơn vị"), letterhead(db).principal, _("(Ý kiến giải quyết số chênh lệch)")),
        Signature(_("Kế toán trưởng")),
        Signature(_("Trưởng ban kiểm kê")),
    )
    return school_paper(db, title.text, blocks, day=day or sheet.session.on, signs=signs)


def _head(db: Database, sheet: CountSheet) -> list[Block]:
    school = letterhead(db)
    pairs = [
        (_("Đơn vị"), school.school),
        (_("Mã QHNS"), school.budget_code or "……………"),
        (_("Thời điểm kiểm kê"), _("…… giờ, ngày {day}").format(day=show_date(sheet.session.on))),
        (_("Đợt kiểm kê"), sheet.session.name),
    ]
    people = [
        Text("– " + "; ".join(part for part in _person(person) if part), after=1)
        for person in sheet.session.members
    ]
    return [Pairs(pairs), Text(_("Ban kiểm kê gồm:"), after=1), *(people or [Text("……………………………")])]


def _person(one: object) -> Iterable[str]:
    name, title, represents, part = (getattr(one, key) for key in ("name", "title", "represents", "part"))
    yield _("Ông/Bà {name}").format(name=name)
    yield _("chức vụ: {title}").format(title=title) if title else ""
    yield _("đại diện: {whom}").format(whom=represents) if represents else ""
    yield part


def _body(lines: Sequence[Priced], book: RateBook, sheet: CountSheet) -> list[Block]:
    rows: list[Row | TitleRow] = []
    known: list[Priced] = []
    for group in book.classes:
        own = [row for row in lines if row[1].kind == ASSET and _group(row[0], book) == group.code]
        if own:
            rows += [
                TitleRow(group.name),
                *(_row(n, row, sheet) for n, row in enumerate(own, 1)),
                _sum(_("Cộng"), own),
            ]
            known += own
    shown = {row[0].id for row in known}
    rest = [row for row in lines if row[0].id not in shown]
    blocks: list[Block] = []
    if rows:
        blocks.append(Table(_columns(), [*rows, _sum(_("Tổng cộng"), known)], size=9.5))
    if rest:
        words = _("Công cụ, dụng cụ và tài sản chưa đủ số liệu để tính giá trị còn lại")
        table = Table(_columns(), [_row(n, row, sheet) for n, row in enumerate(rest, 1)], size=9.5)
        blocks += [Space(3), Text(words), table]
    return blocks or [Text(_("Sổ chưa có thiết bị nào."))]


def _group(line: CountLine, book: RateBook) -> str:
    return book.rates[line.equipment.asset_class or ""].group


def _columns() -> list[TableColumn]:
    parts = (_("Theo sổ kế toán"), _("Theo kiểm kê"), _("Chênh lệch"))
    numbers = [
        column
        for part in parts
        for column in (
            TableColumn(_("Số lượng"), 11, "center", part),
            TableColumn(_("Nguyên giá"), 22.5, "right", part),
            TableColumn(_("Giá trị còn lại"), 22.5, "right", part),
        )
    ]
    first = [
        TableColumn(_("STT"), 9, "center"),
        TableColumn(_("Tên TSCĐ")),
        TableColumn(_("Mã số"), 23),
        TableColumn(_("Nơi sử dụng"), 21),
    ]
    return [*first, *numbers, TableColumn(_("Ghi chú"), 19)]


def _amounts(priced: Priced) -> tuple[int, int | None, int | None]:
    """(by the book, as counted or None where nobody counted, how far off)."""
    line = priced[0]
    seen = None if line.seen is None else line.book.on_hand + line.off
    return line.book.on_hand, seen, None if seen is None else line.off


def _row(number: int, priced: Priced, sheet: CountSheet) -> Row:
    line, year = priced
    cells = [cell for n in _amounts(priced) for cell in _three(n, year)]
    return [str(number), line.equipment.name, line.equipment.code, line.room, *cells, _remark(line, sheet)]


def _three(n: int | None, year: AssetYear) -> list[str]:
    if n is None:
        return ["", "", ""]
    return [
        str(n),
        *(_money(None if number is None else n * number) for number in (year.cost, year.remaining)),
    ]


def _money(amount: int | None) -> str:
    """As `money`, and "–" for nothing at all."""
    return money(amount or None)


def _remark(line: CountLine, sheet: CountSheet) -> str:
    if line.seen is None:
        return _("chưa kiểm")
    if not line.off:
        return ""
    shifts = sheet.outcomes[line.equipment.id].shifts
    others = {
        shift.to if shift.start == line.room_id else shift.start
        for shift in shifts
        if line.room_id in (shift.start, shift.to)
    }
    rooms = ", ".join(sorted(sheet.rooms_called(others)))
    if line.off < 0:
        message = _("thiếu {n}").format(n=-line.off)
        return _("{said}, thấy ở {rooms}").format(said=message, rooms=rooms) if rooms else message
    message = _("thừa {n}").format(n=line.off)
    return _("{said}, sổ ghi ở {rooms}").format(said=message, rooms=rooms) if rooms else message


def _sum(words: str, rows: Sequence[Priced]) -> Row:
    cells: list[str | Cell] = []
    for place in range(3):
        counted = [(n, row[1]) for row in rows for n in _amounts(row)[place : place + 1] if n is not None]
        cells += _summed(counted) if counted else ["", "", ""]
    return ["", Cell(words, bold=True), "", "", *cells, ""]


def _summed(counted: Sequence[tuple[int, AssetYear]]) -> list[str | Cell]:
    sums = [sum(n * (getattr(year, key) or 0) for n, year in counted) for key in ("cost", "remaining")]
    return [str(sum(n for n, _year in counted)), *(Cell(_money(amount), bold=True) for amount in sums)]


def _notes(sheet: CountSheet) -> list[str]:
    notes = [_(SOURCE), _("Giá trị còn lại tính đến tháng 12 gần nhất đã tính hao mòn.")]
    if sheet.unknown:
        codes = ", ".join(dict.fromkeys(scan.code for scan in sheet.unknown))
        notes.append(_("Mã không có trong sổ đã gặp khi kiểm: {codes}.").format(codes=codes))
    if not sheet.session.closed_on:
        notes.append(_("Đợt kiểm kê chưa khóa: số liệu còn thay đổi."))
    return notes
