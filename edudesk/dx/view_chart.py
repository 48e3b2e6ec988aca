"""The part “So với năm trước”: bars of each criterion beside last year's, and the same as a table in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from edudesk.dx.chart import CriterionShare, shares
from edudesk.dx.rules_score import show_points
from edudesk.dx.store import TABLES, self_score
from edudesk.kernel.change import Step
from edudesk.kernel.words import _
from edudesk.ui.charts import Dot
from edudesk.ui.desk import Desk
from edudesk.ui.parts import bar, label, stack
from edudesk.ui.table.view import Column, RecordTable
from edudesk.ui.theme import SMALL, font, token

HIGH = 300
NOW, BEFORE = "accent", "hist"


class CriterionBars(QWidget):
    """Two bars for each criterion, as high as the share of its points; the words of all are its spoken name."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(HIGH)
        self.shares: tuple[CriterionShare, ...] = ()

    def show_shares(self, all_shares: Sequence[CriterionShare]) -> None:
        """Show these criteria."""
        self.shares = tuple(all_shares)
        self.setAccessibleName(_("Biểu đồ điểm từng tiêu chí"))
        self.setAccessibleDescription("; ".join(share.words for share in all_shares))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        p = QPainter(self)
        p.setFont(font(SMALL))
        left, floor, top = 44, self.height() - 24, 20
        for percent in (0, 50, 100):
            y = floor - (floor - top) * percent // 100
            p.fillRect(left, y, self.width() - left, 1, token("line2" if not percent else "line"))
            p.setPen(token("text2"))
            p.drawText(QRect(0, y - 9, left - 8, 18), Qt.AlignmentFlag.AlignRight, f"{percent} %")
        pitch = (self.width() - left) // max(1, len(self.shares))
        for place, share in enumerate(self.shares):
            self._pair(p, share, QRect(left + place * pitch, top, pitch, floor - top))
        p.end()

    def _pair(self, p: QPainter, share: CriterionShare, room: QRect) -> None:
        wide = min(44, room.width() // 3)
        middle = room.center().x()
        bars = [(share.last, middle - wide - 1, BEFORE), (share.points, middle + 1, NOW)]
        for points, left, colour in bars:
            if points is None:
                continue
            high = room.height() * points // share.maximum
            p.fillRect(QRect(left, room.bottom() - high, wide, high + 1), token(colour))
            p.setPen(token("text" if colour == NOW else "text2"))
            spot = QRect(left - 10, room.bottom() - high - 18, wide + 20, 16)
            p.drawText(spot, Qt.AlignmentFlag.AlignCenter, show_points(points))
        p.setPen(token("text"))
        words = f"{share.code} /{show_points(share.maximum)}"
        p.drawText(
            QRect(room.left(), room.bottom() + 5, room.width(), 18), Qt.AlignmentFlag.AlignCenter, words
        )


class ChartTab(QWidget):
    """Reads in `refresh`."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.bars = CriterionBars()
        self.note = label("", role="text2")
        self.table = RecordTable(_columns())
        self.table.setAccessibleName(_("Điểm từng tiêu chí, năm nay và năm trước"))
        column = stack(spacing=10)
        legend = (
            Dot(BEFORE),
            label(_("Năm trước"), role="text2"),
            Dot(NOW),
            label(_("Năm nay"), role="text2"),
        )
        column.addLayout(bar(*legend, 12, self.note, None))
        column.addWidget(self.bars)
        column.addWidget(self.table, 1)
        self.setLayout(column)

    def refresh(self, step: Step | None = None) -> None:
        """Read again after a Step that touches the self-score, or everything when None."""
        if step is not None and not step.touches(*TABLES):
            return
        score = self_score(self._desk.db, self._desk.year)
        made = shares(score)
        self.bars.show_shares(made)
        self.table.set_rows(made, key=lambda one: one.code)
        missing = _("Năm trước chưa tự chấm nên chưa có gì để so.") if score.last is None else ""
        self.note.setText(missing or _("Cột cao theo tỉ lệ điểm đạt so với điểm tối đa của tiêu chí."))


def _columns() -> list[Column]:
    return [
        Column("code", _("Mã"), lambda x: x.code, 60),
        Column("title", _("Tiêu chí"), lambda x: x.title, 0, names=True),
        Column("most", _("Tối đa"), lambda x: show_points(x.maximum), 90, "right"),
        Column("before", _("Năm trước"), _before, 100, "right"),
        Column("now", _("Năm nay"), lambda x: show_points(x.points), 100, "right"),
        Column("more", _("Chênh lệch"), _more, 100, "right"),
    ]


def _before(share: CriterionShare) -> str:
    return "–" if share.last is None else show_points(share.last)


def _more(share: CriterionShare) -> str:
    if share.last is None:
        return "–"
    more = share.points - share.last
    return f"{'+' if more > 0 else '−' if more < 0 else ''}{show_points(abs(more))}"
