"""School years and terms; the school's own lines on paper, and its sites."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from edudesk.kernel.calendar import parse_date, school_year_of, show_date
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Refused
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import N_, _
from edudesk.school import store, store_setup
from edudesk.school.rules import SCHOOL_NAME, Term, Year, usual_year
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.form import Form
from edudesk.ui.parts import Card, bar, button, label, stack
from edudesk.ui.table.view import Column, RecordTable

DATES = (
    Field("starts", N_("Năm học bắt đầu"), "date", required=True),
    Field("ends", N_("Năm học kết thúc"), "date", required=True),
    Field("starts1", N_("Học kì I bắt đầu"), "date", required=True),
    Field("ends1", N_("Học kì I kết thúc"), "date", required=True),
    Field("starts2", N_("Học kì II bắt đầu"), "date", required=True),
    Field("ends2", N_("Học kì II kết thúc"), "date", required=True),
)
LINES = (
    SCHOOL_NAME,
    Field("authority", N_("Cơ quan chủ quản, in trên tên trường"), width=300),
    Field("place", N_("Địa danh, in trước ngày tháng")),
    Field("principal", N_("Hiệu trưởng")),
    Field("code", N_("Mã trường")),
    Field("budget_code", N_("Mã QHNS, in trên biên bản kiểm kê")),
)


def _span(term: Term | None) -> str:
    return f"{show_date(term.starts)} – {show_date(term.ends)}" if term else ""


def _term(year: Year, number: int) -> Term | None:
    return next((term for term in year.terms if term.number == number), None)


class YearsTab(QWidget):
    """Every year with its terms; a new one takes over the subjects of the last."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.table = RecordTable(
            [
                Column("name", _("Năm học"), lambda x: x.name, 140, names=True),
                Column("first", _("Học kì I"), lambda x: _span(_term(x, 1)), 220),
                Column("second", _("Học kì II"), lambda x: _span(_term(x, 2)), 220),
                Column("whole", _("Cả năm"), lambda x: f"{show_date(x.starts)} – {show_date(x.ends)}", 0),
            ]
        )
        self.table.setAccessibleName(_("Các năm học"))
        self.table.opened.connect(self._edit)
        change = button(_("Sửa ngày"), icon="pencil", on=lambda: self._edit(self.table.current()))
        self.table.enable_on_row(change)
        self.add = button(_("Mở năm học mới"), kind="main", icon="plus", on=self._add)
        note = label(_("Năm mới lấy lại môn và số tiết của năm trước."), role="text2")
        column = stack(spacing=10)
        column.addLayout(bar(note, None, change, self.add))
        column.addWidget(self.table, 1)
        self.setLayout(column)

    def refresh(self, _step: Step | None = None) -> None:
        """Read the years."""
        self.table.set_rows(store.years(self.desk.db), key=lambda x: x.year)

    def _add(self) -> None:
        years = store.years(self.desk.db)
        year = years[0].year + 1 if years else school_year_of(dt.date.today())
        self._ask(usual_year(year), store_setup.open_year, _("Đã mở năm học"))

    def _edit(self, year: Year | None) -> None:
        if year is not None:
            self._ask(year, store.save_year, _("Đã lưu năm học"))

    def _ask(self, year: Year, fn: object, toast: str) -> None:
        def action(values: dict[str, Value], problems: OnProblems) -> object:
            done = self.desk.do(fn, _year(year.year, values), toast=toast, on_problems=problems)  # type: ignore[arg-type]
            if done is not None and year.year > self.desk.year:
                self.desk.set_season(year=year.year)
            return done

        title = _("Năm học {name}").format(name=year.name)
        dialog = FormDialog(
            title, DATES, yes=_("Lưu"), action=action, sentence=_("Theo kế hoạch thời gian năm học của tỉnh.")
        )
        dialog.start(_dates(year))


def _dates(year: Year) -> dict[str, Value]:
    found: dict[str, Value] = {"starts": year.starts.isoformat(), "ends": year.ends.isoformat()}
    for term in year.terms:
        found[f"starts{term.number}"] = term.starts.isoformat()
        found[f"ends{term.number}"] = term.ends.isoformat()
    return found


def _year(year: int, values: dict[str, Value]) -> Year:
    day = {key: parse_date(str(value)) or dt.date.min for key, value in values.items()}
    terms = tuple(Term(n, day[f"starts{n}"], day[f"ends{n}"]) for n in (1, 2))
    return Year(year, day["starts"], day["ends"], terms)


class SchoolTab(QWidget):
    """What stands on top of the papers, and the school's sites."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.form = Form(
            LINES, rows=(("name",), ("authority",), ("place", "principal"), ("code", "budget_code"))
        )
        self.save = button(_("Lưu thông tin trường"), kind="main", on=self._save)
        card = Card(_("Trên giấy tờ của trường"), icon="file")
        card.body.addWidget(self.form)
        card.body.addLayout(bar(None, self.save))
        card.setMaximumWidth(560)
        self.sites = RecordTable(
            [
                Column("name", _("Điểm trường"), lambda x: x[1], 200, names=True),
                Column("address", _("Địa chỉ"), lambda x: x[2] or "–", 0),
            ]
        )
        self.sites.setAccessibleName(_("Các điểm trường"))
        self.sites.opened.connect(self._edit_site)
        sites = Card(_("Điểm trường"), icon="building")
        drop = button(_("Xóa"), icon="trash", on=self._drop_site)
        self.sites.enable_on_row(drop)
        add = button(_("Thêm điểm trường"), icon="plus", on=lambda: self._edit_site(None))
        sites.body.addWidget(self.sites, 1)
        sites.body.addLayout(bar(None, drop, add))
        row = bar(spacing=12)
        row.addLayout(stack(card, None), 1)
        row.addWidget(sites, 1)
        self.setLayout(row)

    def refresh(self, _step: Step | None = None) -> None:
        """Read the settings and the sites."""
        head = store.letterhead(self.desk.db)
        if not any(box.input.hasFocus() for box in self.form.boxes.values()):
            self.form.set_values(
                {"name": head.school, "authority": head.authority, "place": head.place,
                 "principal": head.principal, "code": head.code, "budget_code": head.budget_code}
            )  # fmt: skip
        self.sites.set_rows(store.sites(self.desk.db), key=lambda x: x[0])

    def _save(self) -> None:
        try:
            values = {key: value or "" for key, value in self.form.values().items()}
        except Refused:
            return
        self.desk.do(lambda db: store.save_settings(db, **values), toast=_("Đã lưu thông tin trường"))

    def _edit_site(self, site: tuple[str, str, str] | None) -> None:
        fields = [
            Field("name", N_("Tên điểm trường"), required=True, width=240),
            Field("address", N_("Địa chỉ"), width=240),
        ]

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            return self.desk.do(
                store.save_site, str(values["name"]), address=str(values["address"] or ""),
                site_id=site[0] if site else None, toast=_("Đã lưu điểm trường"), on_problems=problems,
            )  # fmt: skip

        title = site[1] if site else _("Thêm điểm trường")
        dialog = FormDialog(title, fields, yes=_("Lưu"), action=action)
        dialog.start({"name": site[1], "address": site[2]} if site else {})

    def _drop_site(self) -> None:
        site = self.sites.current()
        if site is not None:
            self.desk.do(store.drop_site, site[0], toast=_("Đã xóa điểm trường {name}").format(name=site[1]))
