"""The columns of the statistics page, and the colours of its bars: from the best, each with its number beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QFontMetrics

from edudesk.gradebook.entry.level_chips import LEVELS
from edudesk.gradebook.results.statistics_kinds import Statistics, StatRow
from edudesk.gradebook.results.statistics_words import (
    MISSING,
    by_words,
    difference_words,
    share_words,
    total_words,
)
from edudesk.kernel.numbers import thousands
from edudesk.kernel.words import _
from edudesk.ui.cells import CellStyle
from edudesk.ui.table.columns import Column
from edudesk.ui.theme import SMALL, font

_TOKENS: dict[int, Sequence[str]] = {
    2: ("accent", "bad_fill"),
    3: ("accent", "soft_line", "line2"),
    4: tuple(token for _chip, token in LEVELS.values()),
    5: ("accent", "hist", "soft_line", "ask_line", "bad_fill"),
    6: ("accent", "hist", "soft_line", "line2", "ask_line", "bad_fill"),
}
TOTAL = "total"  # the key of the row of all


def tokens(statistics: Statistics) -> Sequence[str]:
    """The colour of each category, the best first."""
    return _TOKENS[max(2, len(statistics.categories))]


def parts(statistics: Statistics, row: StatRow) -> list[tuple[int, str]]:
    """A row's bar; what is missing is hatched, at its end."""
    return [*zip(row.tally.counts, tokens(statistics), strict=False), (row.tally.missing, "")]


def statistics_columns(statistics: Statistics) -> list[Column]:
    """The group, how many, a count with its share for each category, what is missing, what is reached."""
    last = len(statistics.categories)
    columns = [
        Column("label", by_words(statistics.query), lambda row: row.label, 0, style=_label, names=True),
        Column(
            "total",
            total_words(statistics.query),
            lambda row: thousands(row.tally.total),
            62,
            "right",
            rule=True,
        ),
        *(
            _share(category.key, category.label, place)
            for place, category in enumerate(statistics.categories)
        ),
        _share("missing", _("Chưa đủ"), last, ask=True),
        Column(
            "reached",
            f"{statistics.good_words} %",
            _reached(statistics),
            74,
            "right",
            style=_bold(_reached(statistics)),
        ),
    ]
    if statistics.term == 2:
        columns.append(Column("before", _("So HK I"), _compared(statistics, "before"), 62, "right"))
    if statistics.query.by == "class":
        columns.append(Column("peers", _("So khối"), _compared(statistics, "peers"), 62, "right"))
    return columns


def _label(row: StatRow) -> CellStyle:
    return CellStyle(row.label, bold=row.key == TOTAL, head=row.key == TOTAL, tip=row.note)


def _share(key: str, label: str, place: int, *, ask: bool = False) -> Column:
    def words(row: StatRow) -> str:
        count = (*row.tally.counts, row.tally.missing)[place]
        return f"{thousands(count)} · {share_words(row.tally.shares[place])}" if count else "–"

    def style(row: StatRow) -> CellStyle:
        message = words(row)
        colour = "ask" if ask and message != "–" else ""
        return CellStyle(message, "right", off=message == "–", bold=row.key == TOTAL, colour=colour)

    heading = f"{label} · %"
    wide = max(84, QFontMetrics(font(SMALL, True)).horizontalAdvance(heading) + 14)
    return Column(key, heading, words, wide, "right", style=style, tip=_(MISSING) if ask else "")


def _reached(statistics: Statistics) -> Callable[[StatRow], str]:
    return lambda row: share_words(row.tally.reached(statistics.good))


def _bold(words: Callable[[StatRow], str]) -> Callable[[StatRow], CellStyle]:
    return lambda row: CellStyle(words(row), "right", bold=True, off=words(row) == "–")


def _compared(statistics: Statistics, other: str) -> Callable[[StatRow], str]:
    return lambda row: difference_words(row.tally.reached(statistics.good), getattr(row, other))
