"""The digital resources and the systems in use on paper."""

from __future__ import annotations

import datetime as dt

from edudesk.dx.teaching.fields import OWNED, RESOURCE_KINDS, SYSTEM_KINDS
from edudesk.dx.teaching.store_resources import Resource, resources
from edudesk.dx.teaching.store_systems import System, show_month, systems
from edudesk.gradebook.papers.heading import read_frame
from edudesk.kernel.calendar import show_date, year_name
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Notes, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.pen import Style
from edudesk.paper.table import Band, Row, Table, TableColumn
from edudesk.storage.database import Database


def resources_paper(db: Database, year: int, *, day: dt.date | None = None) -> Paper:
    """A4 lying (“Danh mục học liệu số”): every resource by subject, then the systems with their months."""
    frame = read_frame(db, day=day)
    there = resources(db)
    title = Title(_("Danh mục học liệu số"), (_("Năm học {year}").format(year=year_name(year)),))
    signs = [Signature(_("Người lập")), Signature(_("Hiệu trưởng"), frame.head.principal)]
    blocks: list[Block] = [frame.block, title, *_resources(there), Space(3), *_systems(db, year)]
    end = Signatures(signs, frame.head.place, frame.day)
    return Paper(f"{title.text} {year_name(year)}", [*blocks, end], landscape=True)


def _resources(there: list[Resource]) -> list[Block]:
    if not there:
        return [Text(_("Chưa ghi học liệu số nào."))]
    rows: list[Row | Band] = []
    for subject in dict.fromkeys(one.subject for one in there):
        own = [one for one in there if one.subject == subject]
        rows.append(Band(subject or _("Chưa ghi môn")))
        rows += [_row(n, one) for n, one in enumerate(own, 1)]
    words = _("{done}/{all} học liệu đã được tổ chuyên môn thông qua và hiệu trưởng phê duyệt.")
    done = sum(one.approved for one in there)
    return [Table(_columns(), rows, size=10.5), Notes([words.format(done=done, all=len(there))])]


def _columns() -> list[TableColumn]:
    return [
        TableColumn(_("STT"), 12, "center"),
        TableColumn(_("Tên học liệu")),
        TableColumn(_("Khối"), 14, "center"),
        TableColumn(_("Loại"), 36),
        TableColumn(_("Tác giả"), 42),
        TableColumn(_("Tổ chuyên môn thông qua"), 42),
        TableColumn(_("Hiệu trưởng phê duyệt"), 28, "center"),
    ]


def _row(n: int, one: Resource) -> Row:
    team = f"{one.team_by} {show_date(one.team_on)}".strip() if one.team_on else ""
    kind = _(dict(RESOURCE_KINDS).get(one.kind, ""))
    grade = str(one.grade or "")
    return [str(n), one.title, grade, kind, one.author, team, show_date(one.approved_on)]


def _systems(db: Database, year: int) -> list[Block]:
    there = systems(db, year)
    if not there:
        return []
    columns = [
        TableColumn(_("Hệ thống đang dùng")),
        TableColumn(_("Dùng để"), 62),
        TableColumn(_("Hình thức"), 24, "center"),
        TableColumn(_("Từ ngày"), 24, "center"),
        TableColumn(_("Số liệu từng tháng"), 86),
    ]
    head = Text(_("Hệ thống phục vụ dạy, học và liên lạc với gia đình"), Style(13, bold=True))
    return [head, Table(columns, [_system_row(one) for one in there], size=10.5)]


def _system_row(one: System) -> Row:
    kinds, owned = dict(SYSTEM_KINDS), dict(OWNED)
    place = [one.name, _(kinds.get(one.kind, "")), _(owned.get(one.owned, "")), show_date(one.since)]
    return [*place, months_words(one)]


def months_words(one: System) -> str:
    """“09/2026: 24 giáo viên, 310 học sinh; …”."""
    said = []
    for use in one.uses:
        numbers = (
            (use.teachers, _("{n} giáo viên")),
            (use.pupils, _("{n} học sinh")),
            (use.parents, _("{n} phụ huynh")),
            (use.items, _("{n} bài, buổi, tin")),
        )
        parts = ", ".join(words.format(n=n) for n, words in numbers if n is not None)
        said.append(f"{show_month(use.month)}: {parts or '–'}")
    return "; ".join(said)
