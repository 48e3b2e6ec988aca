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
from edudesk.paper.table import Row, Table, TableColumn, TitleRow
from edudesk.storage.database import Database


def resources_paper(db: Database, year: int, *, day: dt.date | None = None) -> Paper:
    """A4 lying (“Danh mục học liệu số”): every resource by subject, then the systems with their months."""
    frame = read_frame(db, day=day)
    all_resources = resources(db)
    title = Title(_("Danh mục học liệu số"), (_("Năm học {year}").format(year=year_name(year)),))
    signs = [Signature(_("Người lập")), Signature(_("Hiệu trưởng"), frame.head.principal)]
    blocks: list[Block] = [frame.block, title, *_resources(all_resources), Space(3), *_systems(db, year)]
    end = Signatures(signs, frame.head.place, frame.day)
    return Paper(f"{title.text} {year_name(year)}", [*blocks, end], landscape=True)


def _resources(all_resources: list[Resource]) -> list[Block]:
    if not all_resources:
        return [Text(_("Chưa ghi học liệu số nào."))]
    rows: list[Row | TitleRow] = []
    for subject in dict.fromkeys(resource.subject for resource in all_resources):
        own = [resource for resource in all_resources if resource.subject == subject]
        rows.append(TitleRow(subject or _("Chưa ghi môn")))
        rows += [_row(n, resource) for n, resource in enumerate(own, 1)]
    words = _("{done}/{all} học liệu đã được tổ chuyên môn thông qua và hiệu trưởng phê duyệt.")
    done = sum(resource.approved for resource in all_resources)
    return [Table(_columns(), rows, size=10.5), Notes([words.format(done=done, all=len(all_resources))])]


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


def _row(n: int, resource: Resource) -> Row:
    team = f"{resource.team_by} {show_date(resource.team_on)}".strip() if resource.team_on else ""
    kind = _(dict(RESOURCE_KINDS).get(resource.kind, ""))
    grade = str(resource.grade or "")
    return [str(n), resource.title, grade, kind, resource.author, team, show_date(resource.approved_on)]


def _systems(db: Database, year: int) -> list[Block]:
    all_systems = systems(db, year)
    if not all_systems:
        return []
    columns = [
        TableColumn(_("Hệ thống đang dùng")),
        TableColumn(_("Dùng để"), 62),
        TableColumn(_("Hình thức"), 24, "center"),
        TableColumn(_("Từ ngày"), 24, "center"),
        TableColumn(_("Số liệu từng tháng"), 86),
    ]
    head = Text(_("Hệ thống phục vụ dạy, học và liên lạc với gia đình"), Style(13, bold=True))
    return [head, Table(columns, [_system_row(system) for system in all_systems], size=10.5)]


def _system_row(system: System) -> Row:
    kinds, owned = dict(SYSTEM_KINDS), dict(OWNED)
    place = [
        system.name,
        _(kinds.get(system.kind, "")),
        _(owned.get(system.owned, "")),
        show_date(system.since),
    ]
    return [*place, months_words(system)]


def months_words(system: System) -> str:
    """“09/2026: 24 giáo viên, 310 học sinh; …”."""
    month_texts = []
    for use in system.uses:
        numbers = (
            (use.teachers, _("{n} giáo viên")),
            (use.pupils, _("{n} học sinh")),
            (use.parents, _("{n} phụ huynh")),
            (use.items, _("{n} bài, buổi, tin")),
        )
        parts = ", ".join(words.format(n=n) for n, words in numbers if n is not None)
        month_texts.append(f"{show_month(use.month)}: {parts or '–'}")
    return "; ".join(month_texts)
