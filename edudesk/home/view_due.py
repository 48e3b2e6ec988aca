"""The card of what is due: a line for each piece of work, with how far it is, its day, and the way to settle it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from edudesk.home.rules_board import Count
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
        said = label(_("xếp theo hạn"), role="text2")
        title = label(_("Việc đến hạn"), points=BODY, bold=True)
        head.setLayout(bar(title, self._chip, None, said, pad=(16, 0, 16, 0)))
        self._column.addWidget(head)

    def show_lines(self, lines: Sequence[DueLine]) -> None:
        """Show these; the keyboard stays on the button it was on."""
        if tuple(lines) == self.lines:
            return
        now = QApplication.focusWidget()
        held = [place for place, row in enumerate(self.rows) if now is not None and row.isAncestorOf(now)]
        self.lines = tuple(lines)
        for row in self.rows:
            row.deleteLater()
        self.rows = [self._row(number, one) for number, one in enumerate(self.lines)]
        for place, row in enumerate(self.rows):
            self._column.addWidget(row)
            if place >= self._most:
                row.hide()
        self._chip.set_chip(Chip(_("{n} việc").format(n=len(lines)) if lines else "", "grey"))
        if held and self.rows:
            self.rows[min(held[0], len(self.rows) - 1)].setFocus()

    def show_most(self, most: int) -> None:
        """Not more lines than there is room for."""
        self._most = most
        for place, row in enumerate(self.rows):
            row.setVisible(place < most)

    def _row(self, number: int, one: DueLine) -> QWidget:
        held = QWidget()
        held.setFixedHeight(LINE)
        first = number == 0 and one.place is not None
        press = button(one.verb, kind="main" if first else "", on=lambda: one.place and self._go(one.place))
        press.setAccessibleName(f"{one.verb}: {one.title}")
        press.setFixedWidth(BUTTON)
        press.setDefault(True)  # Enter on it does it
        held.setFocusProxy(press)
        row = bar(spacing=12, pad=(16, 0, 16, 0))
        row.addLayout(_words(one), 1)
        row.addWidget(_gauge(one))
        row.addWidget(_day(one))
        row.addWidget(press if one.place is not None else _gap(BUTTON))
        column = stack(rule(), spacing=0)
        column.addLayout(row)
        held.setLayout(column)
        return held


def _gap(width: int) -> QWidget:
    made = QWidget()
    made.setFixedWidth(width)
    return made


def _words(one: DueLine) -> QVBoxLayout:
    detail = ElidedLabel()
    detail.setText(one.detail)
    detail.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    below: QHBoxLayout = bar(24)
    below.addWidget(detail, 1)
    column = stack(spacing=3)
    column.addStretch(1)
    column.addLayout(bar(icon_label(one.icon), label(one.title, points=BODY, bold=True), None))
    column.addLayout(below)
    column.addStretch(1)
    return column


def _gauge(one: DueLine) -> QWidget:
    held = _gap(164)
    if one.count is None or not one.count.total:
        return held
    meter = Stripes(6)
    left = one.count.total - one.count.done
    meter.set_parts([(one.count.done, "accent"), (left, "bar_bg")])
    share = (
        f"{100 * one.count.done // one.count.total} %"
        if not one.unit
        else f"{one.count.done}/{one.count.total}"
    )
    unit = one.unit or _("còn {n} điểm").format(n=f"{left:,}".replace(",", "."))
    column = stack(None, spacing=4)
    held.setLayout(column)
    column.addLayout(bar(label(share, bold=True), label(unit, role="text2"), None))
    column.addWidget(meter)
    column.addStretch(1)
    return held


def _day(one: DueLine) -> QWidget:
    held = _gap(92)
    day = label(one.day, role="ask" if one.late else "", bold=True)
    held.setLayout(stack(None, day, label(one.left, role="ask" if one.late else "text2"), None, spacing=3))
    return held
