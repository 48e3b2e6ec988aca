"""The bars of the criteria on paper: last year's light, this year's dark, the points above each."""

from __future__ import annotations

from collections.abc import Sequence

from edudesk.dx.chart import CriterionShare
from edudesk.dx.rules_score import show_points
from edudesk.kernel.words import _
from edudesk.paper.blocks import Drawing
from edudesk.paper.pen import Pen, Style

HIGH, FOOT, HEAD = 96.0, 16.0, 34.0  # points: of the bars, the codes below, the legend above
SMALL = Style(9, align="center")
LEGEND = Style(10)
NOW, BEFORE = 0.45, 0.82  # greys


def chart_drawing(shares: Sequence[CriterionShare]) -> Drawing:
    """Bars as high as the share of each criterion's points."""

    def draw(pen: Pen, left: float, top: float, width: float) -> None:
        floor = top + HEAD + HIGH
        _legend(pen, left, top)
        pen.rules([(left, floor, left + width, floor)], 0.8)
        pen.rules([(left, top + HEAD, left + width, top + HEAD)], 0.3)
        pitch = width / max(1, len(shares))
        for place, share in enumerate(shares):
            _pair(pen, share, left + place * pitch, floor, pitch)

    return Drawing(HEAD + HIGH + FOOT + 8, draw)


def _legend(pen: Pen, left: float, top: float) -> None:
    for place, (grey, words) in enumerate(((BEFORE, _("Năm trước")), (NOW, _("Năm nay")))):
        pen.tint(left + place * 80, top + 5, 10, 9, grey=grey)
        pen.line(words, left + place * 80 + 14, top + 3, 70, style=LEGEND)
    pen.line(_("Chiều cao theo tỉ lệ so với điểm tối đa"), left + 170, top + 3, 280, style=LEGEND)


def _pair(pen: Pen, share: CriterionShare, left: float, floor: float, pitch: float) -> None:
    wide = min(24.0, pitch / 3)
    middle = left + pitch / 2
    for points, start, grey in ((share.last, middle - wide - 1, BEFORE), (share.points, middle + 1, NOW)):
        if points is not None:
            high = HIGH * points / share.maximum
            pen.tint(start, floor - high, wide, high, grey=grey)
            pen.line(show_points(points), start - 6, floor - high - 12, wide + 12, style=SMALL)
    pen.line(f"{share.code} /{show_points(share.maximum)}", left, floor + 3, pitch, style=SMALL)
