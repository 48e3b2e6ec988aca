"""The year's assets on paper (“Sổ tài sản và hao mòn”): cost, years, rate, charge, what is charged and what remains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from edudesk.equipment.assets.rules import money
from edudesk.equipment.assets.rules_rates import RateBook, show_rate
from edudesk.equipment.assets.store import AssetBook, AssetRow, asset_book, rates
from edudesk.equipment.report import school_paper
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Notes, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Cell, Row, Table, TableColumn, TitleRow
from edudesk.storage.database import Database


def depreciation_paper(db: Database, year: int, *, day: dt.date | None = None) -> Paper:
    """A4 lying: every asset of a calendar year by class with sums, then tools and what waits for an entry."""
    book = asset_book(db, year)
    title = Title(_("Sổ tài sản và hao mòn năm {year}").format(year=year))
    rows = [*_class_rows(book), *_gone_rows(book)]
    body: Block = (
        Table(_columns(), [*rows, _sum(_("Tổng cộng"), book.assets)], size=10.5)
        if rows
        else Text(_("Năm này chưa có tài sản cố định nào."))
    )
    blocks = [title, body, Space(2), *_others(book), Notes(_notes(rates(db)))]
    return school_paper(db, title.text, blocks, day=day)


def _columns() -> list[TableColumn]:
    return [
        TableColumn(_("STT"), 10, "center"),
        TableColumn(_("Tên tài sản")),
        TableColumn(_("Mã số"), 24),
        TableColumn(_("Nơi sử dụng"), 30),
        TableColumn(_("Ngày mua"), 21, "center"),
        TableColumn(_("Nguyên giá"), 27, "right"),
        TableColumn(_("Số năm đã tính"), 16, "center"),
        TableColumn(_("Tỉ lệ %/năm"), 15, "center"),
        TableColumn(_("Hao mòn trong năm"), 25, "right"),
        TableColumn(_("Hao mòn lũy kế"), 27, "right"),
        TableColumn(_("Giá trị còn lại"), 27, "right"),
    ]


def _class_rows(book: AssetBook) -> list[Row | TitleRow]:
    rows: list[Row | TitleRow] = []
    for group, records in book.classes:
        rows.append(TitleRow(group.name))
        rows += [_row(number, row) for number, row in enumerate(records, 1)]
        rows.append(_sum(_("Cộng"), records))
    return rows


def _gone_rows(book: AssetBook) -> list[Row | TitleRow]:
    if not book.gone:
        return []
    return [
        TitleRow(_("Giảm trong năm (không tính hao mòn năm nay)")),
        *(_row(n, row) for n, row in enumerate(book.gone, 1)),
    ]


def _row(number: int, row: AssetRow) -> Row:
    equipment, year = row.line.equipment, row.year
    return [
        str(number),
        equipment.name,
        equipment.code,
        row.line.rooms,
        show_date(equipment.bought_on),
        money(year.cost),
        "–" if year.used is None else str(year.used),
        show_rate(year.rate) or "–",
        "–" if row.gone else money(year.charge),
        money(year.accumulated),
        money(year.remaining),
    ]


def _sum(words: str, rows: Iterable[AssetRow]) -> Row:
    lines = [row.year for row in rows]
    sums = [
        sum(getattr(year, key) or 0 for year in lines)
        for key in ("cost", "charge", "accumulated", "remaining")
    ]
    cost, charge, accumulated, remaining = (Cell(money(amount), bold=True) for amount in sums)
    return ["", Cell(words, bold=True), "", "", "", cost, "", "", charge, accumulated, remaining]


def _others(book: AssetBook) -> list[Block]:
    blocks: list[Block] = []
    if book.tools:
        words = _("Công cụ, dụng cụ (dưới mức tài sản cố định, không tính hao mòn): {n} dòng, {sum} đ.")
        total = sum((row.line.equipment.price or 0) * row.line.amount.on_hand for row in book.tools)
        blocks.append(Text(words.format(n=len(book.tools), sum=money(total))))
    if book.unknown:
        blocks.append(Text(_("Chưa tính được {n} dòng:").format(n=len(book.unknown))))
        blocks += [_unknown(row) for row in book.unknown]
    return blocks


def _unknown(row: AssetRow) -> Text:
    why = " ".join(reason.words for reason in row.year.why)
    return Text(f"– {row.line.equipment.code} {row.line.equipment.name}: {why}", indent=5)


def _notes(book: RateBook) -> Sequence[str]:
    keys = ("charge", "last", "transition", "exempt", "rounding", "annex")
    lines = [f"{book.articles[key].cited}. {book.articles[key].note}".strip() for key in keys]
    return [_("Dòng không có tỉ lệ được chia đều theo số năm."), *lines]
