"""The rates of depreciation on screen: the program's own, what the school read in the annex, the province's."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from edudesk.equipment.assets.rules_rates import OwnRate, Rate, check_rate, parse_rate, rate_book, show_rate
from edudesk.equipment.assets.store import rates, save_rate
from edudesk.kernel.change import Value
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.ui.cells import CellStyle
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems, answer_f1
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.table.view import Column, GroupRow, RecordTable
from edudesk.ui.theme import TITLE

FIELDS = (
    Field("years", N_("Số năm (Phụ lục I)"), "number"),
    Field("rate", N_("Tỉ lệ %/năm (Phụ lục I)"), check=check_rate),
    Field("verified", N_("Đã đối chiếu văn bản gốc"), "flag", width=240),
    Field("local", N_("Tỉ lệ của địa phương (%/năm)"), check=check_rate),
    Field("decision", N_("Số quyết định của địa phương"), width=240),
)


@dataclass(frozen=True, slots=True)
class RateRow:
    """A row of the rates."""

    rate: Rate

    @property
    def id(self) -> str:
        return self.rate.code


class RatesWindow(QDialog):
    """Enter changes a row; the numbers of the assets follow at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(_("Tỉ lệ hao mòn"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.table = RecordTable(_columns())
        self.table.setAccessibleName(_("Tỉ lệ hao mòn theo loại tài sản"))
        self.table.opened.connect(self._edit)
        book = rates(desk.db)
        words = _(
            "Phụ lục I của Thông tư 141/2025/TT-BTC chưa đọc được bản gốc: đối chiếu từng dòng trước khi ghi sổ. Địa "
            "phương được quyết định tỉ lệ chênh không quá {most} %."
        )
        note = label(words.format(most=book.most_local), role="ask")
        note.setWordWrap(True)
        self.own = button(_("Về tỉ lệ của chương trình"), icon="undo", on=self._reset)
        column = stack(
            label(_("Tỉ lệ hao mòn"), points=TITLE, bold=True), note, spacing=10, pad=(20, 16, 20, 16)
        )
        column.addWidget(self.table, 1)
        edit = button(_("Sửa dòng"), kind="main", icon="pencil", on=lambda: self._edit(self.table.current()))
        self.table.enable_on_row(self.own, edit)
        column.addLayout(bar(self.own, None, button(_("Đóng"), on=self.reject), edit))
        self.setLayout(column)
        self.resize(1000, 600)
        answer_f1(self, [note.text()])
        self._unwatch = desk.announced.connect(lambda _step: self._show())
        self.finished.connect(lambda _code: desk.announced.disconnect(self._unwatch))
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        book = rates(self._desk.db)
        rows: list[object] = []
        for group in book.classes:
            own = [RateRow(rate) for rate in book.rates.values() if rate.group == group.code]
            rows += [GroupRow(group.name), *own] if own else []
        self.table.set_rows(rows, key=lambda x: x.title if isinstance(x, GroupRow) else x.id)
        if self.table.current() is None:
            self.table.setCurrentIndex(self.table.model().index(1, 0))

    def _edit(self, row: object) -> None:
        if not isinstance(row, RateRow):
            return
        rate = row.rate

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            own = OwnRate(
                int(values["years"]) if values["years"] is not None else None,
                _parsed(values["rate"]),
                _parsed(values["local"]),
                str(values["decision"] or ""),
                bool(values["verified"]),
            )
            return self._desk.do(save_rate, rate.code, own, toast=_("Đã lưu tỉ lệ"), on_problems=problems)

        dialog = FormDialog(rate.name, FIELDS, yes=_("Lưu"), action=action)
        found = self._desk.db.setting(f"facility.asset_rate.{rate.code}")
        start: dict[str, Value] = {"years": rate.years, "rate": show_rate(rate.rate)}
        start |= {"local": show_rate(rate.local), "verified": int(rate.article.verified)}
        dialog.start({**start, "decision": found[3] if found else ""})

    def _reset(self) -> None:
        row = self.table.current()
        if isinstance(row, RateRow):
            self._desk.do(save_rate, row.rate.code, None, toast=_("Đã về tỉ lệ của chương trình"))


def _parsed(value: Value) -> int | None:
    return parse_rate(str(value)) if value else None


def _columns() -> list[Column]:
    program = rate_book().rates
    return [
        Column("name", _("Loại tài sản"), lambda x: x.rate.name, 0, names=True),
        Column("years", _("Số năm"), lambda x: str(x.rate.years or "–"), 70, "right"),
        Column("rate", _("%/năm"), lambda x: show_rate(x.rate.rate) or "–", 70, "right"),
        Column("local", _("Địa phương"), lambda x: show_rate(x.rate.local) or "–", 86, "right"),
        Column(
            "whose",
            _("Nguồn"),
            lambda x: _("trường nhập") if x.rate != program[x.rate.code] else _("chương trình"),
            110,
        ),
        Column("verified", _("Đối chiếu"), _verified, 190, style=_verified_style),
    ]


def _verified(row: RateRow) -> str:
    return _("đã đối chiếu") if row.rate.article.verified else _("chưa đối chiếu văn bản gốc")


def _verified_style(row: RateRow) -> CellStyle:
    return CellStyle(_verified(row), colour="ok" if row.rate.article.verified else "ask")
