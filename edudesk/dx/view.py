"""The page “Chuyển đổi số”: the school scores itself, sees the way up, and keeps the index."""

from __future__ import annotations

from edudesk.dx.editions.view import EditionTab
from edudesk.dx.teaching.view import TeachingTab
from edudesk.dx.view_chart import ChartTab
from edudesk.dx.view_score import KEYS, ScoreTab
from edudesk.dx.view_way import WayTab
from edudesk.kernel.words import _
from edudesk.ui.desk import Desk
from edudesk.ui.tabbed import TabbedPage


class DxPage(TabbedPage):
    """For whoever leads the school's digital transformation."""

    def __init__(self, desk: Desk) -> None:
        self.score = ScoreTab(desk)
        tabs = [
            (_("Tự chấm"), self.score),
            (_("Kế hoạch nâng mức"), WayTab(desk)),
            (_("Bộ chỉ số"), EditionTab(desk)),
            (_("Học liệu, hệ thống"), TeachingTab(desk)),
            (_("So với năm trước"), ChartTab(desk)),
        ]
        super().__init__(desk, _("Chuyển đổi số"), key="dx.tab", tabs=tabs)

    def choose(self, **choice: object) -> None:
        """`tab` by its place, `item` by its code."""
        super().choose(**choice)
        if "item" in choice:
            self.score.table.pick(str(choice["item"]))

    def hint(self) -> str:
        return _("Enter chấm mục đang chọn")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((_(key), _(deed)) for key, deed in KEYS)
