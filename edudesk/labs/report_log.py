"""The log of the computer rooms on paper and as a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.kernel.calendar import show_date, year_name
from edudesk.kernel.words import _
from edudesk.labs.store_log import LabSession, sessions
from edudesk.labs.store_timetable import SESSIONS
from edudesk.paper.blocks import Block, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Row, Table, TableColumn, TitleRow
from edudesk.premises.report import facility_paper
from edudesk.sheets.writer import SheetOut
from edudesk.storage.database import Database


def log_paper(db: Database, year: int, *, day: dt.date | None = None) -> Paper:
    """A4 lying (“Nhật kí phòng máy”): every lesson of the year by room, oldest first."""
    title = Title(_("Nhật kí phòng máy"), (_("Năm học {year}").format(year=year_name(year)),))
    all_sessions = sessions(db, year)[::-1]
    rows: list[Row | TitleRow] = []
    for room in dict.fromkeys(session.room for session in all_sessions):
        rows.append(TitleRow(room))
        rows += [_row(session) for session in all_sessions if session.room == room]
    body: Block = (
        Table(_columns(), rows, size=11) if rows else Text(_("Năm học này chưa ghi tiết nào ở phòng máy."))
    )
    return facility_paper(db, title.text, [title, body], year=year, day=day, landscape=True)


def log_sheets(db: Database, year: int) -> list[SheetOut]:
    """The same as a spreadsheet."""
    heads = (_("Phòng"), *(column.head for column in _columns()))
    rows: Sequence[Sequence[object]] = [
        (session.room, *_row(session)) for session in sessions(db, year)[::-1]
    ]
    return [SheetOut(_("Nhật kí"), heads, rows, widths=[24, 12, 10, 8, 10, 28, 14, 50])]


def _columns() -> list[TableColumn]:
    return [
        TableColumn(_("Ngày"), 26, "center"),
        TableColumn(_("Buổi"), 18, "center"),
        TableColumn(_("Tiết"), 14, "center"),
        TableColumn(_("Lớp"), 20, "center"),
        TableColumn(_("Giáo viên"), 52),
        TableColumn(_("Máy hỏng"), 22, "center"),
        TableColumn(_("Ghi chú")),
    ]


def _row(sitting: LabSession) -> list[str]:
    down = "" if sitting.down is None else str(sitting.down)
    session = _(dict(SESSIONS).get(sitting.session, ""))
    return [
        show_date(sitting.on_date),
        session,
        str(sitting.period),
        sitting.class_name,
        sitting.teacher,
        down,
        sitting.note,
    ]
