"""One line that sums a class's results up: how many of each level, titles, raised, still waiting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from edudesk.gradebook.entry.level_chips import LEVELS, TITLES, YEAR_LEVEL_STYLES, level_token, level_word
from edudesk.gradebook.results.primary import PrimaryResults
from edudesk.gradebook.results.secondary import ClassResults
from edudesk.gradebook.rules.primary import STAGES, YEAR_LEVELS
from edudesk.gradebook.rules.words import PRIMARY_TITLES, word_of
from edudesk.kernel.words import _
from edudesk.ui.charts import Dot, Stripes
from edudesk.ui.parts import ElidedLabel, bar, frame, icon_label, label, rule

HIGH = 44


class ResultSum(QWidget):
    """The bar of levels with their counts, titles, and how many were raised by the adjustment clause."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HIGH)
        self._card = frame("card", height=HIGH)
        self._holder = QVBoxLayout(self)
        self._holder.setContentsMargins(0, 0, 0, 0)
        self._holder.addWidget(self._card)

    def show_results(self, results: ClassResults, *, roomy: bool) -> None:
        """Put a fresh line in; where there is no room the bar is left out and words are short."""
        counts = Counter(line.learning for line in results.pupils if line.learning)
        owing = [line for line in results.pupils if line.owes]
        levels = [(level_word(level), counts[level], level_token(level)) for level in LEVELS]
        waiting = sum(1 for line in owing if line.missing)
        things = [*_levels(len(owing), levels, roomy=roomy), *_rest(results, waiting, roomy=roomy)]
        self._swap(things, results.roll.regulation.name)

    def show_primary(self, results: PrimaryResults, *, roomy: bool) -> None:
        """The same of a primary class: levels and titles of the year; of a term how many levels of subjects."""
        owing = [line for line in results.pupils if line.owes]
        if results.term:
            counts = Counter(level for line in owing for level in line.levels.values())
            looks = zip(STAGES.items(), ("accent", "line2", "bad_fill"), strict=True)
            levels = [
                (_("{words} (lượt)").format(words=_(words)), counts[code], token)
                for (code, words), token in looks
            ]
        else:
            years = Counter(line.level for line in owing)
            looks_of = YEAR_LEVEL_STYLES.items()
            levels = [(word_of(YEAR_LEVELS, level), years[level], style[1]) for level, style in looks_of]
        titles = Counter(line.title for line in owing if line.title)
        things = _levels(len(owing), levels, roomy=roomy)
        things += _titles([(_(words), titles[code]) for code, words in PRIMARY_TITLES.items()])
        things += _waiting(sum(1 for line in owing if line.missing))
        self._swap(things, results.regulation.name)

    def _swap(self, things: Sequence[QWidget | int | None], regulation: str) -> None:
        fresh = frame("card", height=HIGH)
        row = bar(*things, 8, pad=(14, 0, 16, 0))
        rules = ElidedLabel()
        rules.setText(regulation.replace(_("Thông tư"), _("TT")))
        row.addWidget(rules, 1)
        fresh.setLayout(row)
        self._holder.replaceWidget(self._card, fresh)
        self._card.hide()
        self._card.deleteLater()
        self._card = fresh


Things = list[QWidget | int | None]


def _levels(owing: int, levels: Sequence[tuple[str, int, str]], *, roomy: bool) -> Things:
    """How many pupils, and how many of each level: words, count, colour."""
    things: Things = [label(_("{n} em").format(n=owing), bold=True), 6]
    if roomy:
        stripes = Stripes()
        stripes.setFixedWidth(136)
        stripes.set_parts([(count, token) for _words, count, token in levels])
        things += [stripes, 6]
    for words, count, token in levels:
        things += [Dot(token), label(words, role="text2"), label(str(count), bold=True), 8]
    return things


def _rest(results: ClassResults, waiting: int, *, roomy: bool) -> Things:
    titles = Counter(line.title for line in results.pupils if line.title)
    raised = sum(1 for line in results.pupils if line.adjusted)
    things = _titles([(_(words), titles[code]) for code, words in TITLES.items()])
    if raised:
        words = label(_("Điều chỉnh theo Điều 9.3") if roomy else _("Điều 9.3"), role="text2")
        things += [_bar_line(), icon_label("arrow-up", 14, "accent_text"), words]
        things += [label(str(raised), bold=True)]
    return things + _waiting(waiting)


def _titles(titles: Sequence[tuple[str, int]]) -> Things:
    """Titles with how many; those nobody has are left out."""
    rows = [(words, count) for words, count in titles if count]
    things: Things = [_bar_line()] if rows else []
    for words, count in rows:
        things += [label(words, role="text2"), label(str(count), bold=True), 6]
    return things


def _waiting(waiting: int) -> Things:
    if not waiting:
        return []
    note = label(_("{n} em chưa đủ điểm").format(n=waiting), role="ask")
    return [_bar_line(), icon_label("triangle", 14, "ask"), note]


def _bar_line() -> QFrame:
    line = rule(upright=True)
    line.setFixedHeight(18)
    return line
