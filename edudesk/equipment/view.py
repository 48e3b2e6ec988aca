"""The page “Thiết bị”: the register, what is lent, the yearly count, the assets and what a year charges on them."""

from __future__ import annotations

from edudesk.equipment.view_actions import KEYS
from edudesk.equipment.view_assets import AssetsTab
from edudesk.equipment.view_loans import LoansTab
from edudesk.equipment.view_register import EquipmentTab
from edudesk.equipment.view_stocktake import CountTab
from edudesk.kernel.words import N_, _
from edudesk.ui.desk import Desk
from edudesk.ui.tabbed import TabbedPage

HELP = (
    (N_("Enter, F2"), N_("Mở dòng đang chọn")),
    (N_("Dấu cách, Ctrl+A"), N_("Đánh dấu dòng, mọi dòng")),
    ("Ctrl+N", N_("Thêm thiết bị; lập đợt kiểm kê")),
    ("Del", N_("Xóa dòng nhập nhầm; bỏ lượt kiểm")),
    ("T", N_("Cho mượn: nhận trả")),
    ("PgUp, PgDn", N_("Cho mượn: tuần trước, tuần sau")),
)


class EquipmentPage(TabbedPage):
    """For whoever keeps the equipment of the school, and its books."""

    def __init__(self, desk: Desk) -> None:
        self.register = EquipmentTab(desk)
        tabs = [
            (_("Sổ thiết bị"), self.register),
            (_("Cho mượn"), LoansTab(desk)),
            (_("Kiểm kê"), CountTab(desk)),
            (_("Tài sản, hao mòn"), AssetsTab(desk)),
        ]
        super().__init__(desk, _("Thiết bị"), key="equipment.tab", tabs=tabs)

    def choose(self, **choice: object) -> None:
        """`tab` by its place; `state` of the register: "broken", "lent"."""
        super().choose(**choice)
        if "state" in choice:
            self.register.show_state(str(choice["state"]))

    def hint(self) -> str:
        return _("Dấu cách đánh dấu dòng · F1 các phím")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        deeds = tuple((key, _(words).rstrip("…")) for key, _kind, words in KEYS)
        return tuple((_(key), _(deed)) for key, deed in HELP) + deeds
