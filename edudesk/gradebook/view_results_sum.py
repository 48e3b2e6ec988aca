"""One line that sums a class's results up: how many of each level, titles, raised, still waiting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from edudesk.gradebook.results import ClassResults
from edudesk.gradebook.view_levels import LEVELS, TITLES, level_token, level_word
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
        things: list[QWidget | int | None] = [label(_("{n} em").format(n=len(owing)), bold=True), 6]
        if roomy:
            stripes = Stripes()
            stripes.setFixedWidth(136)
            stripes.set_parts([(counts[level], level_token(level)) for level in LEVELS])
            things += [stripes, 6]
        for level in LEVELS:
            things += [Dot(level_token(level)), label(level_word(level), role="text2")]
            things += [label(str(counts[level]), bold=True), 8]
        waiting = sum(1 for line in owing if line.missing)
        things += _rest(results, waiting, roomy=roomy)
        self._swap(things, results.roll.regulation.name)

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


def _rest(results: ClassResults, waiting: int, *, roomy: bool) -> list[QWidget | int | None]:
    titles = Counter(line.title for line in results.pupils if line.title)
    raised = sum(1 for line in results.pupils if line.adjusted)
    things: list[QWidget | int | None] = [_bar_line()] if titles else []
    for title in (title for title in TITLES if titles[title]):
        things += [label(_(TITLES[title]), role="text2"), label(str(titles[title]), bold=True), 6]
    if raised:
        said = _("Điều chỉnh theo Điều 9.3") if roomy else _("Điều 9.3")
        words = label(said, role="text2")
        things += [_bar_line(), icon_label("arrow-up", 14, "accent_text"), words]
        things += [label(str(raised), bold=True)]
    if waiting:
        told = label(_("{n} em chưa đủ điểm").format(n=waiting), role="ask")
        things += [_bar_line(), icon_label("triangle", 14, "ask"), told]
    return things


def _bar_line() -> QFrame:
    line = rule(upright=True)
    line.setFixedHeight(18)
    return line
