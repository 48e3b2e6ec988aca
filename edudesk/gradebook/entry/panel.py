"""The panel beside the grid: the figures of the active column, and who is still missing in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from edudesk.gradebook.rules.figures import Figures, band_name
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import _
from edudesk.ui.charts import Dot, Histogram, Stripes
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.theme import BODY, TITLE

if TYPE_CHECKING:
    from edudesk.gradebook.anomalies.comparison import Comparison

WIDTH = 236
TOKENS = ("accent", "hist", "line2", "bad_fill")
MOST = 8  # names listed before "và … em nữa"
LINE = 21  # pixels of a name
LEAST = 3  # names listed in any case
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Missing = tuple[str, int, str]  # pupil id, number, name


class MissingList(QWidget):
    """Who is missing, a line each; the lines stay and say another name, because the list moves at every mark."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._pupils: tuple[str, ...] = ()
        self._lines = [
            button("", kind="line", on=lambda place=place: self._go(place))  # type: ignore[misc]
            for place in range(MOST)
        ]
        self._rest = label("", role="text2")
        for line in self._lines:
            line.setAccessibleDescription(_("Còn thiếu điểm; Enter tới em này"))
            line.setText("–")
            line.hide()
        self.setLayout(stack(*self._lines, self._rest, spacing=0))

    def show_missing(self, missing: Sequence[Missing], room: int) -> None:
        """The first `room` of them, and how many more there are."""
        shown = missing[:room]
        self._pupils = tuple(pupil for pupil, _number, _name in shown)
        for place, line in enumerate(self._lines):
            if place < len(shown):
                line.setText(f"{shown[place][1]:>2}  {shown[place][2]}")
            line.setVisible(place < len(shown))
        self._rest.setText("      " + _("và {n} em nữa").format(n=len(missing) - room))
        self._rest.setVisible(len(missing) > room)

    def _go(self, place: int) -> None:
        self.wanted.emit(self._pupils[place])


class ColumnPanel(QFrame):
    """`wanted(pupil id)` jumps to a pupil whose mark is missing."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("face", "panel")
        self.setFixedWidth(WIDTH)
        self._title = label("", points=BODY, bold=True)
        self._count = label("", role="text2")
        self._bars = Histogram()
        self._numbers = [label("–", points=TITLE, bold=True) for _place in range(3)]
        self._stripes = Stripes()
        self._dots = [Dot(token) for token in TOKENS]
        self._bands = [(label(), label(bold=True), label(role="text2")) for _place in TOKENS]
        self._missing = MissingList()
        self._missing.wanted.connect(self.wanted)
        self._next = button(_("Tới em kế tiếp"), kind="ghost", on=self._go_next)
        self._absent: tuple[Missing, ...] = ()
        self._room = LEAST
        self._comparison = stack(spacing=0)
        self._compared: Comparison | None = None
        self._owed = label("", bold=True)
        self._scores = self._marks()
        self._build()

    def show_column(self, title: str, numbers: Figures, missing: Sequence[Missing]) -> None:
        """Show a column's figures and who has no mark in it yet."""
        self._title.setText(title)
        self._count.setText(_("{n} bài").format(n=numbers.count))
        self._bars.set_bins(numbers.bins)
        for word, value in zip(self._numbers, (numbers.mean, numbers.median, numbers.spread), strict=True):
            word.setText("–" if value is None else show_tenths(value))
        self._stripes.set_parts([(n, token) for n, token in zip(numbers.bands, TOKENS, strict=True)])
        self._show_scores(True)
        for place, count in enumerate(numbers.bands):
            self._band(place, _band_words(place), count, numbers.count)
        self._absent = tuple(missing)
        self._list()

    def show_counts(self, title: str, counts: Sequence[tuple[str, int]], missing: Sequence[Missing]) -> None:
        """The same for letters: how many of each, best first and the lowest last, and who has nothing yet."""
        whole = sum(count for _word, count in counts)
        self._title.setText(title)
        self._count.setText(_("{n} em").format(n=whole))
        self._show_scores(False)
        tokens = (*TOKENS[: len(counts) - 1], TOKENS[-1])
        self._stripes.set_parts(
            [(count, token) for (_word, count), token in zip(counts, tokens, strict=True)]
        )
        blank = [("", 0)] * (len(TOKENS) - len(counts))
        for place, (word, count) in enumerate([*counts[:-1], *blank, counts[-1]]):
            self._band(place, word, count, whole)
        self._absent = tuple(missing)
        self._list()

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Show the parallel classes and what the pupils had before; None leaves that away."""
        if comparison == self._compared:
            return
        self._compared = comparison
        while self._comparison.count():
            item = self._comparison.takeAt(0)
            old = item.widget() if item else None
            if old is not None:
                old.hide()
                old.deleteLater()
        if comparison is not None:
            from edudesk.gradebook.entry.comparison import comparison_block

            self._comparison.addWidget(comparison_block(comparison))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """List as many names as there is room for below everything else."""
        layout = self.layout()
        assert layout is not None
        above = layout.sizeHint().height() - self._missing.sizeHint().height()
        self._room = max(LEAST, min(MOST, (self.height() - above) // LINE - 1))
        self._list()

    def _show_scores(self, on: bool) -> None:
        if self._scores.isHidden() == on:
            self._scores.setVisible(on)
            self._fit()

    def _band(self, place: int, word: str, count: int, whole: int) -> None:
        for label_, text in zip(
            self._bands[place], (word, str(count), f"{_percent(count, whole)} %"), strict=True
        ):
            label_.setText(text)
            label_.setVisible(bool(word))
        self._dots[place].setVisible(bool(word))

    def _list(self) -> None:
        missing = self._absent
        self._owed.setText(_("Còn thiếu {n}").format(n=len(missing)) if missing else _("Đã đủ điểm"))
        self._next.setVisible(bool(missing))
        self._missing.show_missing(missing, self._room)

    def _go_next(self) -> None:
        if self._absent:
            self.wanted.emit(self._absent[0][0])

    def _marks(self) -> QWidget:
        """What only marks in numbers have: the histogram, mean, median, spread."""
        scores = QWidget()
        column = stack(self._bars, 6, spacing=0)
        column.addLayout(self._three())
        column.addSpacing(14)
        scores.setLayout(column)
        return scores

    def _build(self) -> None:
        column = stack(bar_widget(self._title, self._count), 8, self._scores, spacing=0, pad=(16, 10, 14, 12))
        column.addWidget(label(_("Phân mức"), bold=True))
        column.addSpacing(8)
        column.addWidget(self._stripes)
        column.addSpacing(8)
        column.addLayout(self._table())
        column.addSpacing(12)
        column.addLayout(self._comparison)
        column.addLayout(bar(self._owed, None, self._next))
        column.addWidget(self._missing)
        column.addStretch(1)
        self.setLayout(column)

    def _three(self) -> QGridLayout:
        table = QGridLayout()
        table.setSpacing(0)
        for place, words in enumerate((_("trung bình"), _("trung vị"), _("độ lệch"))):
            table.addWidget(self._numbers[place], 0, place)
            table.addWidget(label(words, role="text2"), 1, place)
        return table

    def _table(self) -> QGridLayout:
        table = QGridLayout()
        table.setHorizontalSpacing(8)
        table.setVerticalSpacing(4)
        table.setColumnStretch(1, 1)
        table.setColumnMinimumWidth(3, 34)
        for place, (name, count, share) in enumerate(self._bands):
            table.addWidget(self._dots[place], place, 0)
            for column, word in enumerate((name, count, share), 1):
                table.addWidget(word, place, column, Qt.AlignmentFlag.AlignVCenter if column == 1 else RIGHT)
        return table


def _band_words(place: int) -> str:
    return {0: _("Từ 8,0"), 3: _("Dưới 5,0")}.get(place) or band_name(place)


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole) if whole else 0


def bar_widget(*words: QLabel) -> QWidget:
    """Labels in a row, as one widget."""
    line = QWidget()
    line.setLayout(bar(*words, None))
    return line
