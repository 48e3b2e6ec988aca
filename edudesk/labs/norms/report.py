"""The counts of a school, site by site, and the standards it is held to, on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.kernel.calendar import year_name
from edudesk.kernel.numbers import thousands
from edudesk.kernel.words import _
from edudesk.labs.norms.rules_norms import Figure, show_answer
from edudesk.labs.norms.rules_standards import Judged
from edudesk.labs.norms.store import CountedSection, counts, school_sites
from edudesk.labs.norms.store_standards import check_standards
from edudesk.paper.blocks import Block, Notes, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.pen import Style
from edudesk.paper.table import Cell, Row, Table, TableColumn, TitleRow
from edudesk.premises.report import facility_paper
from edudesk.premises.rules_area import show_area
from edudesk.school.rules import LEVEL_NAMES
from edudesk.storage.database import Database

MOST_SITES = 4  # columns beside the whole school; more sites are in the spreadsheet


def counts_paper(db: Database, year: int, *, day: dt.date | None = None) -> Paper:
    """A4 lying (“Số liệu cơ sở vật chất”): every item for the whole school and each site, then the standards."""
    sites = school_sites(db)
    shown = sites[:MOST_SITES] if len(sites) > 1 else []
    whole = counts(db, year)
    by_site = [counts(db, year, site_id=site) for site, _name in shown]
    title = Title(_("Số liệu cơ sở vật chất"), (_("Năm học {year}").format(year=year_name(year)),))
    rows: list[Row | TitleRow] = []
    for place, counted in enumerate(whole):
        rows.append(TitleRow(counted.section.title))
        rows += [
            _row(figure, [part[place].figures[n] for part in by_site])
            for n, figure in enumerate(counted.figures)
        ]
    body = Table(_columns([name for _site, name in shown]), rows, size=10.5, tight=True)
    blocks: list[Block] = [
        title,
        body,
        Space(1),
        Notes(_notes(whole, len(sites))),
        *standards_blocks(db, year),
    ]
    return facility_paper(db, title.text, blocks, year=year, day=day, landscape=True)


def _columns(names: Sequence[str]) -> list[TableColumn]:
    heads = [TableColumn(_("Nội dung"), 62), TableColumn(_("Toàn trường"), 30, "center")]
    return [*heads, *(TableColumn(name, 28, "center") for name in names), TableColumn(_("Gồm, ghi chú"))]


def _row(figure: Figure, parts: Sequence[Figure]) -> Row:
    behind = ", ".join(figure.behind)
    return [
        figure.item.title,
        Cell(figure_words(figure), bold=True),
        *(figure_words(one) for one in parts),
        f"{behind}. {figure.note}".strip(". ") if figure.note else behind,
    ]


def figure_words(figure: Figure) -> str:
    """“3 (144 m²)”, “có”, “chưa rõ”."""
    counted = figure.value is not None and figure.item.kind not in ("flag", "ratio")
    message = thousands(figure.value or 0) if counted else show_answer(figure.item, figure.value)
    if not figure.item.area or not figure.value:
        return message
    area = _("{area} m²").format(area=show_area(figure.area)) if figure.area is not None else _("chưa ghi m²")
    return f"{message} ({area})"


def _notes(whole: Sequence[CountedSection], sites: int) -> list[str]:
    notes = [f"{counted.section.title}: {counted.section.article.cited}." for counted in whole]
    notes.append(_("“Chưa rõ” là chưa ai trả lời, khác với “không” và khác với 0."))
    notes.append(_("Phòng thuê, mượn chỉ tính ở dòng thuê, mượn, không tính lại theo kết cấu."))
    if sites > MOST_SITES:
        notes.append(_("Trường có {n} điểm trường; bảng Excel có đủ từng điểm.").format(n=sites))
    return notes


def standards_paper(db: Database, year: int, *, day: dt.date | None = None) -> Paper:
    """A4 lying (“Đối chiếu định mức”)."""
    title = Title(_("Đối chiếu định mức cơ sở vật chất"), (_("Năm học {year}").format(year=year_name(year)),))
    blocks: list[Block] = [title, *standards_blocks(db, year)[1:]]
    return facility_paper(db, title.text, blocks, year=year, day=day, landscape=True)


def standards_blocks(db: Database, year: int) -> list[Block]:
    """A heading, the table of the standards, and where each comes from."""
    judgements = check_standards(db, year)
    head = Text(_("Đối chiếu định mức"), Style(13, bold=True))
    if not judgements:
        return [head, Text(_("Chương trình chưa có định mức nào cho cấp học của trường."))]
    notes = list(dict.fromkeys(f"{judgement.article.cited}." for judgement in judgements))
    table = Table(
        _standard_columns(), [_standard_row(judgement) for judgement in judgements], size=10.5, tight=True
    )
    return [head, table, Space(1), Notes(notes)]


def _standard_columns() -> list[TableColumn]:
    return [
        TableColumn(_("Cấp học"), 22),
        TableColumn(_("Định mức"), 60),
        TableColumn(_("Cần"), 58),
        TableColumn(_("Đang có"), 26, "center"),
        TableColumn(_("Kết luận")),
    ]


def _standard_row(judgement: Judged) -> Row:
    level = _(LEVEL_NAMES[judgement.level])
    return [
        level,
        judgement.title,
        judgement.needed,
        judgement.present,
        Cell(judgement.words, bold=judgement.met is False, italic=judgement.met is None),
    ]
