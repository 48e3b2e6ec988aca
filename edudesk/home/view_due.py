"""The card of what is due: a line for each piece of work, with how far it is, its day, and the way to settle it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from edudesk.home.rules_board import Count
from edudesk.kernel.numbers import thousands
from edudesk.kernel.place import Place
from edudesk.kernel.words import _
from edudesk.ui.cells import Chip
from edudesk.ui.charts import Stripes
from edudesk.ui.parts import ChipLabel, ElidedLabel, bar, button, icon_label, label, rule, stack
from edudesk.ui.theme import BODY

LINE, HEAD, BUTTON = 56, 38, 142  # pixels
MOST = 5  # lines in a window of usual size


@dataclass(frozen=True, slots=True)
class DueLine:
    """A piece of work as the board says it. `count` None where nothing can be counted, or not yet.

    `place` is where it is settled; no place, no button.
    """

    key: str
    title: str
    icon: str
    detail: str
    day: str
    left: str
    late: bool
    count: Count | None = None
    unit: str = ""
    verb: str = ""
    place: Place | None = None


class DueCard(QFrame):
    """`go(place)` is called when a line's button is pressed."""

    def __init__(self, go: Callable[[Place], object]) -> None:
        super().__init__()
        self.setProperty("face", "card")
        self._go = go
        self.lines: tuple[DueLine, ...] = ()
        self.rows: list[QWidget] = []
        self._most = MOST
        self._chip = ChipLabel(Chip("", "grey"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 1, 1)
        self._column.setSpacing(0)
        head = QWidget()
        head.setFixedHeight(HEAD)
        note = label(_("xếp theo hạn"), role="text2")
        title = label(_("Việc đến hạn"), points=BODY, bold=True)
        head.setLayout(bar(title, self._chip, None, note, pad=(16, 0, 16, 0)))
        self._column.addWidget(head)

    def show_lines(self, lines: Sequence[DueLine]) -> None:
        """Show these; the keyboard stays on the button it was on."""
        if tuple(lines) == self.lines:
            return
        now = QApplication.focusWidget()
        numbers = [place for place, row in enumerate(self.rows) if now is not None and row.isAncestorOf(now)]
        self.lines = tuple(lines)
        for row in self.rows:
            row.deleteLater()
        self.rows = [self._row(number, line) for number, line in enumerate(self.lines)]
        for place, row in enumerate(self.rows):
            self._column.addWidget(row)
            if place >= self._most:
                row.hide()
        self._chip.set_chip(Chip(_("{n} việc").format(n=len(lines)) if lines else "", "grey"))
        if numbers and self.rows:
            self.rows[min(numbers[0], len(self.rows) - 1)].setFocus()

    def show_most(self, most: int) -> None:
        """Not more lines than there is room for."""
        self._most = most
        for place, row in enumerate(self.rows):
            row.setVisible(place < most)

    def _row(self, number: int, line: DueLine) -> QWidget:
        widget = QWidget()
        widget.setFixedHeight(LINE)
        first = number == 0 and line.place is not None
        press = button(
            line.verb, kind="main" if first else "", on=lambda: line.place and self._go(line.place)
        )
        press.setAccessibleName(f"{line.verb}: {line.title}")
        press.setFixedWidth(BUTTON)
        press.setDefault(True)  # Enter on it does it
        widget.setFocusProxy(press)
        row = bar(spacing=12, pad=(16, 0, 16, 0))
        row.addLayout(_words(line), 1)
        row.addWidget(_gauge(line))
        row.addWidget(_day(line))
        row.addWidget(press if line.place is not None else _gap(BUTTON))
        column = stack(rule(), spacing=0)
        column.addLayout(row)
        widget.setLayout(column)
        return widget


def _gap(width: int) -> QWidget:
    made = QWidget()
    made.setFixedWidth(width)
    return made


def _words(line: DueLine) -> QVBoxLayout:
    detail = ElidedLabel()
    detail.setText(line.detail)
    detail.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    below: QHBoxLayout = bar(24)
    below.addWidget(detail, 1)
    column = stack(spacing=3)
    column.addStretch(1)
    column.addLayout(bar(icon_label(line.icon), label(line.title, points=BODY, bold=True), None))
    column.addLayout(below)
    column.addStretch(1)
    return column


def _gauge(line: DueLine) -> QWidget:
    widget = _gap(164)
    if line.count is None or not line.count.total:
        return widget
    meter = Stripes(6)
    left = line.count.total - line.count.done
    meter.set_parts([(line.count.done, "accent"), (left, "bar_bg")])
    share = (
        f"{100 * line.count.done // line.count.total} %"
        if not line.unit
        else f"{line.count.done}/{line.count.total}"
    )
    unit = line.unit or _("còn {n} điểm").format(n=thousands(left))
    column = stack(None, spacing=4)
    widget.setLayout(column)
    column.addLayout(bar(label(share, bold=True), label(unit, role="text2"), None))
    column.addWidget(meter)
    column.addStretch(1)
    return widget


def _day(line: DueLine) -> QWidget:
    widget = _gap(92)
    day = label(line.day, role="ask" if line.late else "", bold=True)
    widget.setLayout(
        stack(None, day, label(line.left, role="ask" if line.late else "text2"), None, spacing=3)
    )
    return widget
