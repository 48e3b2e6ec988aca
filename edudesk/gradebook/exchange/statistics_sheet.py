"""Statistics as a spreadsheet: a sheet for all pupils, for girls, for ethnic minorities, and for the girls of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from edudesk.gradebook.results.statistics import SchoolYear
from edudesk.gradebook.results.statistics_kinds import SPLITS, Statistics, StatisticsQuery, StatRow
from edudesk.gradebook.results.statistics_words import (
    MISSING,
    by_words,
    season_words,
    total_words,
    what_words,
)
from edudesk.kernel.numbers import as_decimal
from edudesk.kernel.words import N_, _
from edudesk.sheets.writer import SheetOut
from edudesk.storage.database import Database

_TABS = {
    "all": N_("Tất cả"),
    "girls": N_("Nữ"),
    "minority": N_("Dân tộc thiểu số"),
    "minority_girls": N_("Nữ DTTS"),
}


def statistics_sheets(db: Database, year: int, term: int, asked: StatisticsQuery) -> list[SheetOut]:
    """The table for the pupils asked for and, when these are all, for each part of them. Raises Refused."""
    school = SchoolYear(db, year, term)
    splits = tuple(SPLITS) if asked.split == "all" else (asked.split,)
    return [_sheet(school.statistics(replace(asked, split=split))) for split in splits]


def _sheet(statistics: Statistics) -> SheetOut:
    heads = (by_words(statistics.query), _("Giáo viên"), total_words(statistics.query), *_heads(statistics))
    rows = [_row(statistics, row) for row in (*statistics.rows, statistics.total)]
    return SheetOut(
        name=_(_TABS[statistics.query.split]),
        heads=heads,
        rows=rows,
        widths=(20, 24, 10, *[10] * (len(heads) - 3)),
        text_columns=frozenset({0, 1}),
        notes=(what_words(statistics.query), season_words(statistics), *statistics.notes),
    )


def _heads(statistics: Statistics) -> Iterator[str]:
    for category in statistics.categories:
        yield category.label
        yield _("{label} %").format(label=category.label)
    yield from (_(MISSING), _("{label} %").format(label=_(MISSING)))
    yield _("{reached} %").format(reached=statistics.good_words)
    yield from (_("So HK I"), _("So khối"))


def _row(statistics: Statistics, row: StatRow) -> tuple[object, ...]:
    counts = (*row.tally.counts, row.tally.missing)
    pairs = zip(counts, row.tally.shares, strict=True)
    reached = row.tally.reached(statistics.good)
    return (
        *(row.label, row.note, row.tally.total),
        *(value for count, share in pairs for value in (count, as_decimal(share))),
        None if reached is None else as_decimal(reached),
        *(_difference(reached, other) for other in (row.before, row.peers)),
    )


def _difference(now: int | None, other: int | None) -> Decimal | None:
    return None if now is None or other is None else as_decimal(now - other)
