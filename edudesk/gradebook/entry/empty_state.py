"""The empty state of a gradebook page: shown while there is nothing to enter or to show."""

from __future__ import annotations

from edudesk.kernel.place import Place
from edudesk.kernel.words import _
from edudesk.ui.desk import Desk
from edudesk.ui.parts import EmptyPage, button


class EmptyState(EmptyPage):
    """Why there is nothing yet, and the one page that settles it: "school" or "students"."""

    def __init__(self, desk: Desk, icon: str) -> None:
        self._place = Place(page="school")
        self.go = button(_("Tới Trường lớp"), kind="main", on=lambda: desk.go(self._place))
        super().__init__("", "", icon=icon, action=self.go)

    def tell(self, title: str, sentence: str, *, page: str = "school") -> None:
        """Say it; the button leads to `page`."""
        self.say(title, sentence)
        self._place = Place(page=page)
        self.go.setText(_("Tới Học sinh") if page == "students" else _("Tới Trường lớp"))

    def tell_no_pupils(self) -> None:
        """The class has nobody in it."""
        sentence = _("Nhập danh sách lớp từ Excel, hoặc thêm từng em ở trang Học sinh.")
        self.tell(_("Lớp này chưa có học sinh nào"), sentence, page="students")

    def tell_no_takers(self) -> None:
        """Pupils are there, none has chosen the subject."""
        sentence = _("Mở hồ sơ từng em ở trang Học sinh và đánh dấu môn trong thẻ Môn lựa chọn.")
        self.tell(_("Chưa em nào chọn môn này"), sentence, page="students")
