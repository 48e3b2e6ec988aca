"""The banner over the entry grid (which page of the register this is) and the legend under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QWidget

from edudesk.gradebook.entry.columns import full_name
from edudesk.gradebook.entry.one_column import KEYS as ONE_COLUMN
from edudesk.gradebook.entry.page_key import Choices, term_words
from edudesk.gradebook.entry.questions import KEYS as ASKED
from edudesk.gradebook.entry.readbacks import KEYS as READ_BACK
from edudesk.gradebook.register.sheet import ClassSheet, SheetColumn
from edudesk.kernel.words import N_, _
from edudesk.ui.choices import Chooser
from edudesk.ui.parts import HatchSwatch, bar, button, frame, icon_label, label

KEYS = (
    ("0–9 ,", N_("Nhập điểm; 85 được đọc là 8,5")),
    ("Enter, ↓", N_("Ghi, xuống em kế tiếp")),
    ("Shift+Enter, ↑", N_("Ghi, lên em phía trên")),
    ("Tab, →", N_("Ghi, sang ô nhập kế tiếp")),
    (N_("Đ, C hoặc 1, 0"), N_("Đạt, Chưa đạt ở môn nhận xét")),
    ("T, H, C", N_("Hoàn thành tốt, Hoàn thành, Chưa hoàn thành ở tiểu học")),
    ("V, P, K", N_("Vắng còn nợ, nghỉ có phép, không nộp bài")),
    ("M", N_("Miễn thực hành (thể chất, quốc phòng và an ninh)")),
    ("F2", N_("Sửa tại chỗ; ở ô tự tính: vì sao ra số này; lần nữa: lịch sử của ô")),
    ("Del", N_("Xóa điểm trong ô, hoặc trong các ô đã chọn")),
    (N_("Shift + mũi tên"), N_("Chọn nhiều ô")),
    ("Ctrl+C", N_("Sao chép các ô đã chọn sang Excel")),
    ("Ctrl+V", N_("Dán điểm từ Excel, xem trước rồi mới ghi")),
    ("Ctrl+D", N_("Điền điểm của ô này xuống các ô trống phía dưới")),
    *READ_BACK,
    *ASKED,
    *ONE_COLUMN,
    ("Ctrl+L", N_("Khóa từ ô này; ở ô đã khóa: xin mở khóa")),
    ("Ctrl+;", N_("Chọn câu nhận xét cho em này; Enter ghi")),
    ("Ctrl+G", N_("Tới một em theo số hoặc tên không dấu")),
    ("Ctrl+Tab", N_("Ra khỏi bảng điểm")),
    (N_("Ctrl + lăn chuột"), N_("Dòng cao hơn, thấp hơn")),
)


class Banner(QFrame):
    """Class, subject, term, and in accent the column that is being entered; `buttons` at the right.

    `badge` counts what was not accepted on the page.
    """

    def __init__(self, buttons: Sequence[QWidget], *, badge: QWidget) -> None:
        super().__init__()
        self.setProperty("face", "banner")
        self.setFixedHeight(44)
        self.classes = Chooser(name=_("Lớp"), width=92, bold=True)
        self.subjects = Chooser(name=_("Môn"), width=148, bold=True)
        self.active = button("", kind="tinymain", icon="pencil", tip=_("Cột đang nhập, bấm để chọn cột khác"))
        self._term = label("", bold=True)
        self._entering = label("", role="text2")
        self._weight = label("", role="text2")
        self._buttons = tuple(buttons)
        left = (self.classes, self.subjects, self._term, 4, self._entering, self.active, self._weight)
        self.setLayout(bar(*left, 4, badge, None, *buttons, pad=(16, 0, 16, 0)))

    def offer(self, classes: Choices, class_id: str) -> str:
        """Show the classes; answers the one that stands."""
        self.classes.offer(classes, class_id)
        return str(self.classes.currentData() or "")

    def offer_subjects(self, subjects: Choices, code: str) -> str:
        """Show the subjects of the class; answers the one that stands."""
        self.subjects.offer(subjects, code)
        return str(self.subjects.currentData() or "")

    def show_nothing(self, *, choosers: bool) -> None:
        """No page of the register is shown: leave only the choice of another, if there is one."""
        for widget in (self._term, self._entering, self.active, self._weight, *self._buttons):
            widget.hide()
        self.setVisible(choosers)
        self.subjects.setVisible(choosers and self.subjects.count() > 0)

    def show_sheet(self, sheet: ClassSheet) -> None:
        """Say the term, and that a year can only be read."""
        for widget in (self, self.subjects, self._term, self._entering, *self._buttons):
            widget.show()
        self._term.setText(term_words(sheet.term))
        self._entering.setText(_("Đang nhập") if sheet.term else _("chỉ xem; chọn học kì ở trên để nhập"))
        self.active.setVisible(bool(sheet.term))
        self._weight.setVisible(bool(sheet.term))

    def show_column(self, column: SheetColumn, *, scored: bool) -> None:
        """Say which column is being entered."""
        self.active.setText(full_name(column))
        self.active.setAccessibleName(_("Cột đang nhập: {name}").format(name=full_name(column)))
        self._weight.setText(_("hệ số {n}").format(n=column.weight) if scored else "")


def legend() -> QFrame:
    """The signs of the grid and their meaning."""
    line = frame("legend", height=24)
    red = frame("refusedbox")
    red.setFixedSize(18, 12)
    signs: tuple[tuple[QWidget, str], ...] = (
        (HatchSwatch(), _("còn thiếu")),
        (label("–", role="text2"), _("không phải nhập")),
        (icon_label("triangle", 14, "ask"), _("nên xem lại")),
        (red, _("chưa nhận")),
        (icon_label("lock", 14, "text2"), _("đã khóa")),
    )
    words: list[QWidget | int | None] = []
    for sign, word in signs:
        words += [sign, label(word, role="text2"), 10]
    keys = label(_("F2 vì sao · F1 phím tắt"), role="text3")
    line.setLayout(bar(*words, None, keys, spacing=6, pad=(12, 0, 12, 0)))
    return line
