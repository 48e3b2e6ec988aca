"""F1: what the place one is in is for, its main actions, and its keys."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from edudesk.kernel.words import N_, _
from edudesk.ui.parts import key_cap, label
from edudesk.ui.theme import BODY, TITLE

LONGEST = 16  # keys in one column; more stand in two
WIDE = 560  # pixels of the sentences
EVERYWHERE = (
    ("Ctrl+K", N_("Tìm học sinh, lớp, trang, lệnh")),
    ("Ctrl+Z", N_("Hoàn tác việc vừa làm")),
    ("Ctrl+Y", N_("Làm lại việc vừa hoàn tác")),
    ("Tab", N_("Sang chỗ kế tiếp")),
    ("Esc", N_("Đóng, quay lại")),
    ("F1", N_("Trợ giúp của chỗ đang mở")),
    ("Shift+F1", N_("Sổ tay, ở chương của chỗ đang mở")),
)
IN_A_WINDOW = (
    ("Enter", N_("Làm việc ghi trên nút đậm")),
    ("Tab", N_("Sang chỗ kế tiếp")),
    ("Esc", N_("Thôi, đóng cửa sổ này")),
)
Keys = Sequence[tuple[str, str]]


def show_help(
    parent: QWidget,
    title: str,
    words: Sequence[str],
    keys: Keys,
    *,
    book: Callable[[], object] | None = None,
) -> None:
    """Show what a page is for, its keys, then the keys that work everywhere, in a small dialog.

    `book` opens the handbook where the page is told of.
    """
    box = help_dialog(parent, title, words, keys)
    if book is not None:
        buttons = box.findChild(QDialogButtonBox)
        assert isinstance(buttons, QDialogButtonBox)
        more = buttons.addButton(_("Đọc trong sổ tay"), QDialogButtonBox.ButtonRole.AcceptRole)
        more.clicked.connect(box.accept)
    if box.exec() == QDialog.DialogCode.Accepted and book is not None:
        book()


def show_window_help(window: QWidget, words: Sequence[str]) -> None:
    """The same for a window that asks something."""
    help_dialog(window, window.windowTitle(), words, (), more=IN_A_WINDOW).exec()


def help_dialog(
    parent: QWidget | None, title: str, words: Sequence[str], keys: Keys, *, more: Keys = EVERYWHERE
) -> QDialog:
    """The dialog itself, not yet shown; `more` are keys that are translated here."""
    box = QDialog(parent)
    box.setWindowTitle(_("Trợ giúp"))
    close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    close.rejected.connect(box.reject)
    column = QVBoxLayout(box)
    column.setContentsMargins(20, 16, 20, 16)
    column.setSpacing(10)
    column.addWidget(label(title, points=TITLE, bold=True))
    for sentence in words:
        column.addWidget(_sentence(sentence))
    column.addSpacing(4)
    column.addWidget(label(_("Phím tắt"), points=BODY, bold=True))
    lines = {key for key, _deed in keys}
    column.addLayout(_rows([*keys, *((key, _(action)) for key, action in more if key not in lines)]))
    column.addWidget(close)
    return box


def _sentence(text: str) -> QWidget:
    note = label(text, points=BODY)
    note.setWordWrap(True)
    note.setMinimumWidth(WIDE)
    note.setMinimumHeight(note.heightForWidth(WIDE))
    return note


def _rows(keys: Keys) -> QGridLayout:
    rows = QGridLayout()
    rows.setHorizontalSpacing(16)
    rows.setVerticalSpacing(6)
    high = len(keys) if len(keys) <= LONGEST else (len(keys) + 1) // 2
    for place, (key, action) in enumerate(keys):
        side, row = divmod(place, high)
        rows.addWidget(key_cap(_(key)), row, 2 * side)
        rows.addWidget(label(action, points=BODY), row, 2 * side + 1)
        rows.setColumnStretch(2 * side + 1, 1)
    return rows
