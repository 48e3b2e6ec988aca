"""The locks, permits and seals of a year on paper (“Danh sách khóa sổ, phiếu mở khóa và niêm phong”)."""

from __future__ import annotations

import datetime as dt

from edudesk.gradebook.papers.heading import read_frame
from edudesk.gradebook.register.lock_list import LockRow, lock_rows
from edudesk.kernel.calendar import year_name
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.table import Table, TableColumn
from edudesk.storage.database import Database


def locks_paper(db: Database, year: int, *, day: dt.date | None = None) -> Paper:
    """A4 lying: what is locked, since when, by whom and why; permits under their lock."""
    frame, rows = read_frame(db, day=day), lock_rows(db, year)
    title = Title(
        _("Danh sách khóa sổ, phiếu mở khóa và niêm phong"),
        (_("Năm học {year}").format(year=year_name(year)),),
    )
    body: Block = (
        Table(_columns(), [_row(row) for row in rows], size=11) if rows else Text(_("Chưa khóa sổ nào."))
    )
    signs = [Signature(_("Người lập")), Signature(_("Hiệu trưởng"), frame.head.principal)]
    blocks: list[Block] = [frame.block, title, body, Space(2), Signatures(signs, frame.head.place, frame.day)]
    return Paper(f"{title.text} {year_name(year)}", blocks, landscape=True)


def _columns() -> list[TableColumn]:
    return [
        TableColumn(_("Nội dung"), 88),
        TableColumn(_("Từ ngày"), 24, "center"),
        TableColumn(_("Tình trạng"), 40),
        TableColumn(_("Người lập"), 48),
        TableColumn(_("Lí do")),
    ]


def _row(row: LockRow) -> list[str]:
    what = f"– {row.what}" if row.under else row.what
    return [what, row.since, row.state, row.who, row.reason]
