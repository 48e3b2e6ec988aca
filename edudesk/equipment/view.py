"""The page “Thiết bị”: the register, what is lent, the yearly count, the assets and what a year charges on them."""

from __future__ import annotations

from edudesk.equipment.assets.view import AssetsTab
from edudesk.equipment.places import ASSETS, LOANS, REGISTER, STOCKTAKE, EquipmentPlace
from edudesk.equipment.stocktake.view import CountTab
from edudesk.equipment.view_actions import KEYS
from edudesk.equipment.view_loans import LoansTab
from edudesk.equipment.view_register import EquipmentTab
from edudesk.kernel.place import Place
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
            (REGISTER, _("Sổ thiết bị"), self.register),
            (LOANS, _("Cho mượn"), LoansTab(desk)),
            (STOCKTAKE, _("Kiểm kê"), CountTab(desk)),
            (ASSETS, _("Tài sản, hao mòn"), AssetsTab(desk)),
        ]
        super().__init__(desk, _("Thiết bị"), page="equipment", tabs=tabs)

    def open_at(self, place: Place) -> None:
        super().open_at(place)
        if isinstance(place, EquipmentPlace) and place.state:
            self.register.show_state(place.state)

    def hint(self) -> str:
        return _("Dấu cách đánh dấu dòng · F1 các phím")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        actions = tuple((key, _(words).rstrip("…")) for key, _kind, words in KEYS)
        return tuple((_(key), _(action)) for key, action in HELP) + actions
