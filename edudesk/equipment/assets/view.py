"""The part “Tài sản, hao mòn”: what a calendar year charges on each asset, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from edudesk.equipment.assets.rules import money
from edudesk.equipment.assets.rules_rates import show_rate
from edudesk.equipment.assets.store import AssetBook, AssetRow, asset_book, rates
from edudesk.equipment.assets.view_rates import RatesWindow
from edudesk.equipment.store import TABLES
from edudesk.equipment.view_actions import ask_equipment
from edudesk.equipment.view_files import export_assets, print_assets
from edudesk.kernel.change import Step
from edudesk.kernel.text import unbroken
from edudesk.kernel.words import _
from edudesk.ui.cells import Chip
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.parts import EmptyPage, bar, button, label, show_inside, stack
from edudesk.ui.scrolled import Scrolled
from edudesk.ui.table.view import Column, GroupRow, RecordTable
from edudesk.ui.theme import BODY

WIDTH, YEARS_AHEAD = 300, 5


class AssetsTab(QWidget):
    """Enter opens the row of the register; beside the list stands why the numbers are what they are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.year = Chooser(name=_("Năm tài chính"), width=120, bold=True)
        self.year.chosen.connect(lambda _year: self.refresh())
        self.note = label("", role="text2")
        self.why = RowExplanation()
        self.table = RecordTable(_columns())
        self.table.setAccessibleName(_("Tài sản và hao mòn của năm"))
        self.table.opened.connect(lambda row: ask_equipment(desk, row.line))
        self.table.picked.connect(self.why.show_row)
        body = QWidget()
        row = bar(spacing=10)
        row.addWidget(self.table, 1)
        row.addWidget(Scrolled(self.why))
        body.setLayout(row)
        self._layers = QStackedWidget()
        self._layers.addWidget(body)
        self._layers.addWidget(_empty())
        tools = (
            button(_("Tỉ lệ hao mòn…"), icon="pencil", on=lambda: RatesWindow(desk).open()),
            button(_("Xuất Excel"), icon="upload", on=lambda: export_assets(desk, self._year())),
            button(_("In sổ"), kind="main", icon="printer", on=lambda: print_assets(desk, self._year())),
        )
        column = stack(spacing=10)
        column.addLayout(bar(self.year, self.note, None, *tools))
        column.addWidget(self._layers, 1)
        self.setLayout(column)

    def refresh(self, step: Step | None = None) -> None:
        """Compute the year."""
        if step is not None and not step.touches(*TABLES, "setting"):
            return
        first = rates(self.desk.db).first
        last = max(self.desk.year, first) + YEARS_AHEAD
        years: list[tuple[object, str]] = [
            (year, _("Năm {year}").format(year=year)) for year in range(first, last + 1)
        ]
        self.year.offer(years, self.year.currentData() or max(self.desk.year, first))
        book = asset_book(self.desk.db, self._year())
        rows = _rows(book)
        self.table.set_rows(rows, key=lambda x: x.title if isinstance(x, GroupRow) else x.id)
        self._layers.setCurrentIndex(0 if rows else 1)
        self.note.setText(_summary(book))
        if not isinstance(self.table.current(), AssetRow) and len(rows) > 1:
            self.table.setCurrentIndex(self.table.model().index(1, 0))
        self.why.show_row(self.table.current())

    def _year(self) -> int:
        return int(self.year.currentData() or self.desk.year)


class RowExplanation(QFrame):
    """The explanation of one row: each step, and the article it rests on."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("face", "panel")
        self.setFixedWidth(WIDTH)
        self.title = label("", points=BODY, bold=True)
        self.numbers = label("", points=BODY)
        self.words = label("", role="text2")
        for note in (self.title, self.numbers, self.words):
            note.setWordWrap(True)
        head = label(_("Vì sao ra số này"), role="text2", bold=True)
        self.setLayout(
            stack(self.title, self.numbers, head, self.words, None, spacing=10, pad=(14, 12, 14, 12))
        )

    def show_row(self, row: object) -> None:
        """Explain a row; nothing for a title."""
        show_inside(self, isinstance(row, AssetRow))
        if not isinstance(row, AssetRow):
            return
        year = row.year
        self.title.setText(f"{row.line.equipment.code} · {row.line.equipment.name}")
        message = _("Nguyên giá {cost} đ\nHao mòn trong năm {charge} đ\nLũy kế {sum} đ\nCòn lại {left} đ")
        numbers = message.format(
            cost=money(year.cost),
            charge=money(year.charge),
            sum=money(year.accumulated),
            left=money(year.remaining),
        )
        self.numbers.setText(
            numbers if year.charge is not None else _("Nguyên giá {cost} đ").format(cost=money(year.cost))
        )
        parts = []
        for reason in year.why:
            cited = reason.article.cited if reason.article else ""
            parts.append("\n".join(part for part in (reason.words, cited) if part))
        self.words.setText(unbroken("\n\n".join(parts)))


def _empty() -> EmptyPage:
    return EmptyPage(
        _("Chưa có tài sản nào trong năm này"),
        _(
            "Thiết bị có nguyên giá từ 10.000.000 đ là tài sản cố định; hao mòn tính mỗi năm một lần, tháng 12. Ghi đơn "
            "giá, ngày mua và loại tài sản ở thẻ Sổ thiết bị."
        ),
        icon="chart",
    )


def _rows(book: AssetBook) -> list[object]:
    parts = [(group.name, all_rows) for group, all_rows in book.classes]
    parts += [
        (_("Chưa tính được"), book.unknown),
        (_("Giảm trong năm"), book.gone),
        (_("Công cụ, dụng cụ (không tính hao mòn)"), book.tools),
    ]
    rows: list[object] = []
    for title, records in parts:
        if records:
            rows += [GroupRow(f"{title} ({len(records)})"), *records]
    return rows


def _summary(book: AssetBook) -> str:
    charge = sum(row.year.charge or 0 for row in book.assets)
    left = sum(row.year.remaining or 0 for row in book.assets)
    message = _("{n} tài sản · hao mòn {charge} đ · còn lại {left} đ").format(
        n=len(book.assets), charge=money(charge), left=money(left)
    )
    waits = _(" · {n} dòng chưa tính được").format(n=len(book.unknown)) if book.unknown else ""
    return message + waits


def _columns() -> list[Column]:
    return [
        Column("code", _("Mã"), lambda x: x.line.equipment.code, 100),
        Column("name", _("Tên tài sản"), lambda x: x.line.equipment.name, 0, names=True, least=96),
        Column("cost", _("Nguyên giá"), lambda x: money(x.year.cost), 108, "right"),
        Column("used", _("Số năm"), lambda x: str(x.year.used or "–"), 58, "right"),
        Column("rate", _("%/năm"), lambda x: show_rate(x.year.rate) or "–", 58, "right"),
        Column("charge", _("Hao mòn năm"), _charge, 108, "right", chip=_waits),
        Column("sum", _("Lũy kế"), lambda x: money(x.year.accumulated), 108, "right"),
        Column("left", _("Còn lại"), lambda x: money(x.year.remaining), 108, "right"),
    ]


def _charge(row: AssetRow) -> str:
    return "–" if row.gone else money(row.year.charge)


def _waits(row: AssetRow) -> Chip | None:
    return Chip(_("chưa đủ số liệu"), "ask") if row.year.kind == "unknown" else None
