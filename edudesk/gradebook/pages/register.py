"""The page “Tiến độ, khóa sổ”: who still owes which marks, and what is locked, closed and sealed."""

from __future__ import annotations

from edudesk.gradebook.pages.board import KEYS, BoardTab
from edudesk.gradebook.pages.locks import LocksTab
from edudesk.gradebook.places import BOARD, LOCKS
from edudesk.kernel.words import _
from edudesk.ui.desk import Desk
from edudesk.ui.tabbed import TabbedPage


class RegisterPage(TabbedPage):
    """For whoever watches over the registers of the whole school."""

    def __init__(self, desk: Desk) -> None:
        tabs = [(BOARD, _("Tiến độ nhập điểm"), BoardTab(desk)), (LOCKS, _("Khóa sổ"), LocksTab(desk))]
        super().__init__(desk, _("Tiến độ, khóa sổ"), page="register", tabs=tabs)

    def hint(self) -> str:
        return _("Enter mở chỗ đang chọn")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((_(key), _(action)) for key, action in KEYS)
