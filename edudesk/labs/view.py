"""The page “Cơ sở vật chất”: rooms, machines, and whether the computer rooms are enough."""

from __future__ import annotations

from edudesk.kernel.words import N_, _
from edudesk.labs.norms.view import CountsTab
from edudesk.labs.places import CHECK, MACHINES, NORMS, PLAN, ROOMS
from edudesk.labs.view_check import LabsTab
from edudesk.labs.view_files import export_facility
from edudesk.labs.view_machines import MachinesTab
from edudesk.premises.view_plan import PlanTab
from edudesk.premises.view_rooms import RoomsTab
from edudesk.ui.desk import Desk
from edudesk.ui.tabbed import TabbedPage

KEYS = (
    (N_("Enter, F2"), N_("Mở dòng đang chọn")),
    ("Ctrl+N", N_("Thêm phòng, thêm máy")),
    ("Del", N_("Xóa dòng đang chọn; bỏ trống tiết")),
    ("PgUp, PgDn", N_("Phòng máy: xem phòng trên, phòng dưới; sơ đồ: sang phòng khác")),
    (N_("Dấu cách, Ctrl+A"), N_("Máy tính: chọn nhiều máy để chuyển phòng hoặc báo hỏng cùng lúc")),
    (N_("Mũi tên, Shift+mũi tên"), N_("Sơ đồ: dời phòng, đổi cỡ phòng")),
)


class FacilityPage(TabbedPage):
    """For whoever keeps the rooms and machines of the school."""

    def __init__(self, desk: Desk) -> None:
        tabs = [
            (ROOMS, _("Phòng"), RoomsTab(desk, export=export_facility)),
            (MACHINES, _("Máy tính"), MachinesTab(desk)),
            (CHECK, _("Phòng máy: mức 2"), LabsTab(desk)),
            (NORMS, _("Số liệu, định mức"), CountsTab(desk)),
            (PLAN, _("Sơ đồ"), PlanTab(desk)),
        ]
        super().__init__(desk, _("Cơ sở vật chất"), page="facility", tabs=tabs)

    def hint(self) -> str:
        return _("Enter mở dòng đang chọn")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((_(key), _(action)) for key, action in KEYS)
