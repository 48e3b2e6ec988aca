"""The part “Cho mượn”: a week of what is lent to whom; what is late stands first, in red and in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QWidget

from edudesk.equipment.store import TABLES
from edudesk.equipment.store_loans import WEEK, Loan, loans, monday_of, of_week, return_loan
from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.change import Step, Value
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.ui.cells import CellStyle, Chip, ChipKind
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.keys import on_key
from edudesk.ui.parts import EmptyPage, bar, button, label, stack
from edudesk.ui.table.view import Column, GroupRow, RecordTable

DAYS = (N_("T2"), N_("T3"), N_("T4"), N_("T5"), N_("T6"), N_("T7"), N_("CN"))


@dataclass(frozen=True, slots=True)
class LoanRow:
    """A loan in a week: `monday` of the week, `today` for what is late."""

    loan: Loan
    monday: dt.date
    today: dt.date

    @property
    def id(self) -> str:
        return self.loan.id


class LoansTab(QWidget):
    """T returns what is under the cursor; Enter asks how many came back, and whether broken."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.monday = monday_of(dt.date.today())
        self.week = label("", bold=True)
        self.note = label("", role="text2")
        self.table = RecordTable(_columns(self.monday))
        self.table.setAccessibleName(_("Thiết bị cho mượn trong tuần"))
        self.table.opened.connect(self.ask)
        self.table.picked.connect(lambda _row: self._offer())
        self.back = button(_("Nhận trả (T)"), kind="main", icon="check", on=self.take_back)
        self.part = button(_("Trả một phần, hỏng…"), on=lambda: self.ask(self.table.current()))
        column = stack(spacing=10)
        before = button(
            icon="chevron-left", kind="icon", tip=_("Tuần trước (PgUp)"), on=lambda: self.turn(-1)
        )
        after = button(icon="chevron-right", kind="icon", tip=_("Tuần sau (PgDn)"), on=lambda: self.turn(1))
        now = button(_("Tuần này"), on=lambda: self.turn(0))
        column.addLayout(bar(before, self.week, after, now, self.note, None, self.part, self.back))
        self._layers = QStackedWidget()
        self._layers.addWidget(self.table)
        self._layers.addWidget(_empty())
        column.addWidget(self._layers, 1)
        self.setLayout(column)
        on_key(self.table, "T", self.take_back)
        on_key(self, "PgUp", lambda: self.turn(-1))
        on_key(self, "PgDown", lambda: self.turn(1))

    def refresh(self, step: Step | None = None) -> None:
        """Read the loans."""
        if step is not None and not step.touches(*TABLES):
            return
        today, all_loans = dt.date.today(), loans(self.desk.db)
        late, rest = of_week(all_loans, self.monday, today)
        last = self.monday + dt.timedelta(WEEK - 1)
        self.week.setText(
            _("{first} – {last}").format(first=show_date(self.monday)[:5], last=show_date(last))
        )
        rows: list[object] = []
        for title, part in ((_("Quá hạn ({n})"), late), (_("Trong tuần ({n})"), rest)):
            if part:
                rows.append(GroupRow(title.format(n=len(part))))
                rows += [LoanRow(loan, self.monday, today) for loan in part]
        self.table.set_columns(_columns(self.monday))
        self.table.set_rows(rows, key=lambda x: x.title if isinstance(x, GroupRow) else x.id)
        self._layers.setCurrentIndex(0 if all_loans else 1)
        out = sum(bool(loan.left) for loan in all_loans)
        self.note.setText(_("{n} lượt đang mượn, {late} quá hạn").format(n=out, late=len(late)))
        if not isinstance(self.table.current(), LoanRow) and len(rows) > 1:
            self.table.setCurrentIndex(self.table.model().index(1, 0))
        self._offer()

    def turn(self, weeks: int) -> None:
        """Another week; 0 is this one."""
        self.monday = self.monday + dt.timedelta(WEEK * weeks) if weeks else monday_of(dt.date.today())
        self.refresh()

    def _offer(self) -> None:
        row = self.table.current()
        out = isinstance(row, LoanRow) and row.loan.left > 0
        for press in (self.back, self.part):
            press.setEnabled(out)

    def take_back(self) -> None:
        """Everything of the loan under the cursor is back today, and works."""
        row = self.table.current()
        if isinstance(row, LoanRow) and row.loan.left:
            toast = _("Đã nhận trả {name}").format(name=row.loan.equipment.name)
            self.desk.do(return_loan, [row.loan.id], on=dt.date.today(), toast=toast)

    def ask(self, row: LoanRow | None) -> None:
        """How many came back, when, and how many of them broken."""
        if not isinstance(row, LoanRow) or not row.loan.left:
            return
        fields = [
            Field("quantity", N_("Số trả"), "number", required=True),
            Field("broken", N_("Trong đó hỏng"), "number", required=True),
            Field("on", N_("Ngày trả"), "date", required=True),
        ]

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            on = parse_date(values["on"]) or dt.date.today()
            n, broken = int(values["quantity"] or 0), int(values["broken"] or 0)
            toast = _("Đã nhận trả {name}").format(name=row.loan.equipment.name)
            return self.desk.do(
                return_loan,
                [row.loan.id],
                on=on,
                quantity=n,
                broken=broken,
                toast=toast,
                on_problems=problems,
            )

        title = _("{teacher} trả {name}").format(teacher=row.loan.teacher, name=row.loan.equipment.name)
        dialog = FormDialog(title, fields, yes=_("Nhận trả"), action=action)
        dialog.start({"quantity": row.loan.left, "broken": 0, "on": row.today.isoformat()})


def _empty() -> EmptyPage:
    return EmptyPage(
        _("Chưa cho mượn gì"),
        _(
            "Ai mượn gì, đến hôm nào, cho tiết nào thì hiện ở đây theo tuần; quá hạn đứng đầu. Cho mượn ở thẻ Sổ thiết "
            "bị: chọn dòng rồi bấm Ctrl+M."
        ),
        icon="clock",
    )


def _columns(monday: dt.date) -> list[Column]:
    days = [
        Column(
            f"d{n}",
            f"{_(name)} {(monday + dt.timedelta(n)).day}",
            _day_words(n),
            52,
            "center",
            style=_day_style(n),
        )
        for n, name in enumerate(DAYS)
    ]
    return [
        Column("teacher", _("Người mượn"), lambda x: x.loan.teacher or "–", 150, names=True),
        Column("what", _("Thiết bị"), lambda x: f"{x.loan.equipment.code} {x.loan.equipment.name}", 0),
        Column("n", _("Còn"), lambda x: str(x.loan.left), 46, "right"),
        *days,
        Column("lesson", _("Tiết, lớp"), lambda x: x.loan.lesson or "–", 150),
        Column("due", _("Hạn trả"), lambda x: show_date(x.loan.due) or "–", 92),
        Column("state", _("Tình trạng"), _state, 128, chip=_chip),
    ]


def _day_words(n: int) -> Callable[[LoanRow], str]:
    def words(row: LoanRow) -> str:
        day = row.monday + dt.timedelta(n)
        if not row.loan.out_on(day) or (row.loan.left and day > max(row.loan.due, row.today)):
            return ""
        if day == row.loan.due:
            return _("trả")
        return _("trễ") if day > row.loan.due else _("mượn")

    return words


def _day_style(n: int) -> Callable[[LoanRow], CellStyle]:
    words = _day_words(n)

    def style(row: LoanRow) -> CellStyle:
        text = words(row)
        day = row.monday + dt.timedelta(n)
        kind: ChipKind = "bad" if day > row.loan.due else "ask" if day == row.loan.due else "soft"
        return CellStyle(text, chips=(Chip(text, kind),)) if text else CellStyle("")

    return style


def _state(row: LoanRow) -> str:
    late = row.loan.overdue(row.today)
    if late:
        return _("quá hạn {n} ngày").format(n=late)
    if not row.loan.left:
        return _("đã trả {day}").format(day=show_date(row.loan.returned)[:5])
    left = (row.loan.due - row.today).days
    return _("hôm nay trả") if left == 0 else _("còn {n} ngày").format(n=left)


def _chip(row: LoanRow) -> Chip:
    late = bool(row.loan.overdue(row.today))
    return Chip(_state(row), "bad" if late else "ok" if not row.loan.left else "grey")
