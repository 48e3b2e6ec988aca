"""F1: the keys of the place one is in."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from edudesk.kernel.words import N_, _
from edudesk.ui.parts import key_cap, label
from edudesk.ui.theme import BODY, TITLE

LONGEST = 16  # keys in one column; more stand in two
EVERYWHERE = (
    ("Ctrl+Z", N_("Hoàn tác việc vừa làm")),
    ("Ctrl+Y", N_("Làm lại việc vừa hoàn tác")),
    ("Tab", N_("Sang chỗ kế tiếp")),
    ("Esc", N_("Đóng, quay lại")),
    ("F1", N_("Danh sách phím tắt này")),
)


def show_keys(parent: QWidget, keys: Sequence[tuple[str, str]]) -> None:
    """Show the page's keys, then the keys that work everywhere, in a small dialog."""
    box = key_dialog(parent, keys)
    box.exec()


def key_dialog(parent: QWidget | None, keys: Sequence[tuple[str, str]]) -> QDialog:
    """The dialog itself, not yet shown."""
    box = QDialog(parent)
    box.setWindowTitle(_("Phím tắt"))
    rows = QGridLayout()
    rows.setHorizontalSpacing(16)
    rows.setVerticalSpacing(6)
    every = [*keys, *((key, _(deed)) for key, deed in EVERYWHERE)]
    high = len(every) if len(every) <= LONGEST else (len(every) + 1) // 2
    for place, (key, deed) in enumerate(every):
        side, row = divmod(place, high)
        rows.addWidget(key_cap(_(key)), row, 2 * side)
        rows.addWidget(label(deed, points=BODY), row, 2 * side + 1)
        rows.setColumnStretch(2 * side + 1, 1)
    close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    close.rejected.connect(box.reject)
    column = QVBoxLayout(box)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(12)
    column.addWidget(label(_("Phím tắt"), points=TITLE, bold=True))
    column.addLayout(rows)
    column.addWidget(close)
    return box
