"""The page “Chuyển đổi số”: the school scores itself, sees the way up, and keeps the index."""

from __future__ import annotations

from edudesk.dx.editions.view import EditionTab
from edudesk.dx.places import CHART, EDITIONS, SCORE, TEACHING, WAY, DxPlace
from edudesk.dx.teaching.view import DigitalTeachingTab
from edudesk.dx.view_chart import ChartTab
from edudesk.dx.view_score import KEYS, ScoreTab
from edudesk.dx.view_way import WayTab
from edudesk.kernel.place import Place
from edudesk.kernel.words import _
from edudesk.ui.desk import Desk
from edudesk.ui.tabbed import TabbedPage


class DxPage(TabbedPage):
    """For whoever leads the school's digital transformation."""

    def __init__(self, desk: Desk) -> None:
        self.score = ScoreTab(desk)
        tabs = [
            (SCORE, _("Tự chấm"), self.score),
            (WAY, _("Kế hoạch nâng mức"), WayTab(desk)),
            (EDITIONS, _("Bộ chỉ số"), EditionTab(desk)),
            (TEACHING, _("Học liệu, hệ thống"), DigitalTeachingTab(desk)),
            (CHART, _("So với năm trước"), ChartTab(desk)),
        ]
        super().__init__(desk, _("Chuyển đổi số"), page="dx", tabs=tabs)

    def open_at(self, place: Place) -> None:
        super().open_at(place)
        if isinstance(place, DxPlace) and place.item:
            self.score.table.pick(place.item)

    def hint(self) -> str:
        if self.shown == TEACHING:
            return _("Enter mở dòng đang chọn")
        return _("Enter chấm mục đang chọn") if self.shown in (SCORE, WAY) else ""

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((_(key), _(action)) for key, action in KEYS)
