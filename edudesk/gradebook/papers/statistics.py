"""Statistics on paper, on its side: the table with shares, and stacked bars that read without colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.gradebook.papers.heading import Frame, read_frame
from edudesk.gradebook.results.statistics import SchoolYear
from edudesk.gradebook.results.statistics_kinds import Statistics, StatisticsQuery, StatRow
from edudesk.gradebook.results.statistics_words import (
    MISSING,
    by_words,
    difference_words,
    season_words,
    share_words,
    total_words,
    what_words,
)
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import thousands
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Drawing, NewPage, Notes, Signature, Signatures, Space, Text, Title
from edudesk.paper.document import Paper
from edudesk.paper.pen import Pen, Style, text_width
from edudesk.paper.table import Cell, Table, TableColumn
from edudesk.storage.database import Database

GREYS = (0.35, 0.55, 0.72, 0.86, 0.96, 0.99)  # of the categories, the best darkest
BAR, GAP, NAMES = 13.0, 5.0, 92.0  # points: a bar, the room below it, the names before it
LABEL = Style(10)
ROWS = 7  # groups up to which table and chart share a page


def statistics_paper(
    db: Database, year: int, term: int, asked: StatisticsQuery, *, day: dt.date | None = None
) -> Paper:
    """One table and its chart. Raises Refused STATISTICS_TERM, STATISTICS_EMPTY."""
    statistics = SchoolYear(db, year, term).statistics(asked)
    if not statistics.rows:
        message = _("Không có kết quả nào để thống kê.")
        raise Refused(Problem("STATISTICS_EMPTY", message, next=_("Xem lại học kì, khối và môn.")))
    return paper_of(statistics, read_frame(db, day=day))


def paper_of(statistics: Statistics, frame: Frame) -> Paper:
    """A draft while a result is missing."""
    title = _("Thống kê {what}").format(what=what_words(statistics.query).lower())
    rows = [_row(statistics, row) for row in statistics.rows]
    total = [Cell(str(cell), bold=True) for cell in _row(statistics, statistics.total)]
    blocks: list[Block] = [
        frame.block,
        Title(title, (season_words(statistics),)),
        Table(_columns(statistics), [*rows, total], size=10, tight=True),
        NewPage() if len(statistics.rows) > ROWS else Space(3),
        Text(_("Biểu đồ tỉ lệ"), Style(12, bold=True)),
        _legend(statistics),
        *(_bar(row) for row in (*statistics.rows, statistics.total)),
        Notes([_compared(statistics), *statistics.notes]),
        Signatures(
            [Signature(_("Người lập")), Signature(_("Hiệu trưởng"), frame.head.principal)],
            frame.head.place,
            frame.day,
            room=14,
        ),
    ]
    return Paper(title, blocks, landscape=True, draft=bool(statistics.total.tally.missing))


def _columns(statistics: Statistics) -> list[TableColumn]:
    columns = [
        TableColumn(by_words(statistics.query)),
        TableColumn(total_words(statistics.query), 17, "center"),
    ]
    for label in (*(category.label for category in statistics.categories), _(MISSING)):
        columns += [TableColumn(_("SL"), 12, "center", label), TableColumn("%", 13, "center", label)]
    columns.append(TableColumn(_("{reached} %").format(reached=statistics.good_words), 18, "center"))
    if statistics.term == 2:
        columns.append(TableColumn(_("So HK I"), 15, "center"))
    if statistics.query.by == "class":
        columns.append(TableColumn(_("So khối"), 15, "center"))
    return columns


def _row(statistics: Statistics, row: StatRow) -> list[str]:
    counts = (*row.tally.counts, row.tally.missing)
    cells = [row.label, thousands(row.tally.total)]
    for count, share in zip(counts, row.tally.shares, strict=True):
        cells += [thousands(count), share_words(share)]
    reached = row.tally.reached(statistics.good)
    cells.append(share_words(reached))
    if statistics.term == 2:
        cells.append(difference_words(reached, row.before))
    if statistics.query.by == "class":
        cells.append(difference_words(reached, row.peers))
    return cells


def _compared(statistics: Statistics) -> str:
    message = _(
        "Tỉ lệ các mức tính trên mọi em, kể cả chưa đủ điểm; “{reached}” tính trên số em đã có kết quả."
    )
    return message.format(reached=statistics.good_words)


# -- the chart


def _legend(statistics: Statistics) -> Drawing:
    labels = [*(category.label for category in statistics.categories), _(MISSING)]

    def draw(pen: Pen, left: float, top: float, _width: float) -> None:
        at = left + NAMES
        for place, label in enumerate(labels):
            _box(pen, (at, top + 2), (10, 9), place if place < len(statistics.categories) else None)
            pen.line(label, at + 14, top, 200, style=LABEL)
            at += 26 + text_width(label, LABEL.face, LABEL.size)

    return Drawing(BAR + GAP, draw)


def _bar(row: StatRow) -> Drawing:
    counts = (*row.tally.counts, row.tally.missing)

    def draw(pen: Pen, left: float, top: float, width: float) -> None:
        pen.line(row.label, left, top, NAMES - 6, style=LABEL)
        room, done = width - NAMES, 0
        for place, count in enumerate(counts):
            start = left + NAMES + room * done / (sum(counts) or 1)
            wide = room * count / (sum(counts) or 1)
            done += count
            if count:
                _box(pen, (start, top), (wide, BAR), place if place < len(counts) - 1 else None)
                _number(pen, count, start, top, wide, dark=place == 0)

    return Drawing(BAR + GAP, draw)


def _box(pen: Pen, corner: tuple[float, float], size: tuple[float, float], place: int | None) -> None:
    """A piece of a bar: a grey, or hatching for what is missing, always with its outline."""
    (left, top), (width, height) = corner, size
    if place is not None:
        pen.tint(left, top, width, height, grey=GREYS[place])
    else:
        pen.rules(_hatching(left, top, width, height), 0.4)
    edges: Sequence[tuple[float, float, float, float]] = [
        (left, top, left + width, top),
        (left, top + height, left + width, top + height),
        (left, top, left, top + height),
        (left + width, top, left + width, top + height),
    ]
    pen.rules(edges, 0.5)


def _hatching(
    left: float, top: float, width: float, height: float
) -> list[tuple[float, float, float, float]]:
    """Strokes that rise to the right, cut at the box."""
    strokes = []
    start = left - height
    while start < left + width:
        first, last = max(start, left), min(start + height, left + width)
        if last > first:
            strokes.append((first, top + height - (first - start), last, top + height - (last - start)))
        start += 4
    return strokes


def _number(pen: Pen, count: int, left: float, top: float, width: float, *, dark: bool) -> None:
    style = Style(9, bold=True, align="center")
    words = thousands(count)
    need = text_width(words, style.face, style.size) + 4
    if need > width:
        return
    if dark:
        pen.tint(left + (width - need) / 2, top + 1.5, need, BAR - 3, grey=1)
    pen.line(words, left, top + 1, width, style=style)
