"""Many cells at once in the entry grid: Ctrl+V pastes a block, Ctrl+D fills a column down, Del clears a block."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication

from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_marks
from edudesk.gradebook.register.sheet import ClassSheet
from edudesk.gradebook.rules.marks import Mark
from edudesk.kernel.words import _
from edudesk.ui.desk import Desk
from edudesk.ui.grid.copying import CellBlock, selected
from edudesk.ui.grid.entry import Grid


class BulkEditing(QObject):
    """`sheet` answers the page of the register the grid shows; its marks begin at the column `first`.

    `allowed(column, question)` says whether many cells from a column on may be written, `enter(column)` enters one.
    """

    def __init__(
        self,
        desk: Desk,
        grid: Grid,
        sheet: Callable[[], ClassSheet | None],
        *,
        first: int,
        allowed: Callable[[int, str], bool],
        enter: Callable[[int], object],
    ) -> None:
        super().__init__(grid)
        self._allowed = allowed
        self._enter = enter
        self._desk = desk
        self._grid = grid
        self._sheet = sheet
        self._first = first
        for keys, run in (("Ctrl+V", self.paste), ("Ctrl+D", self.fill_down)):
            action = QAction(grid.right)
            action.setShortcut(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(run)
            grid.right.addAction(action)
        grid.right.emptied.connect(self.clear)

    def paste(self) -> None:
        """Show what the clipboard would do from the cursor on; nothing is written here."""
        from edudesk.gradebook.entry.paste_preview import PasteDialog
        from edudesk.gradebook.exchange.paste import plan_paste, read_block

        place = self._place()
        if place is None:
            return
        sheet, block = place
        cells = read_block(QGuiApplication.clipboard().text())
        if not cells:
            self._desk.toast(_("Chưa có gì để dán. Sao chép các ô điểm trong Excel trước."))
            return
        slot = sheet.columns[block.left - self._first].slot
        plan = plan_paste(sheet, cells, row=block.top, slot=slot)
        dialog = PasteDialog(self._desk, _key(sheet), plan, self._grid)
        dialog.accepted.connect(partial(self._enter, block.left))  # the preview has named the column
        dialog.finished.connect(self._grid.right.setFocus)
        dialog.open()

    def fill_down(self) -> None:
        """Write the mark of the cell into the empty ones below it, as far as the selection or the class goes."""
        place = self._place()
        if place is None:
            return
        sheet, block = place
        at = block.left - self._first
        value = sheet.lines[block.top].marks[at]
        last = block.bottom if block.bottom > block.top else len(sheet.lines) - 1
        entries = empty_below(sheet, at, range(block.top + 1, last + 1), value)
        if value is None or not entries:
            wanting = (
                _("Ô này chưa có điểm để điền xuống.") if value is None else _("Phía dưới không còn ô trống.")
            )
            self._desk.toast(wanting)
            return
        step = _("Điền xuống {n} ô điểm").format(n=len(entries))
        if not self._allowed(block.left, _("Điền xuống {n} ô trống?").format(n=len(entries))):
            return
        toast = _("Đã điền xuống {n} ô trống").format(n=len(entries))
        self._desk.do(partial(enter_marks, label=step), _key(sheet), entries, toast=toast)

    def clear(self, block: CellBlock) -> None:
        """Clear the marks of a block as one Step; what is locked or not owed stays, and so do comments."""
        sheet = self._sheet()
        if sheet is None or not sheet.term:
            return
        entries = clearing(sheet, block, self._first)
        if not entries:
            self._desk.toast(_("Trong các ô đã chọn không có điểm nào xóa được."))
            return
        step = _("Xóa {n} ô điểm").format(n=len(entries))
        first = max(block.left, self._first)
        if not self._allowed(first, _("Xóa {n} ô điểm?").format(n=len(entries))):
            return
        toast = _("Đã xóa {n} ô điểm").format(n=len(entries))
        self._desk.do(partial(enter_marks, label=step), _key(sheet), entries, toast=toast)

    def _place(self) -> tuple[ClassSheet, CellBlock] | None:
        """The sheet and the selected cells; None, with a message, where no mark is entered."""
        sheet, block = self._sheet(), selected(self._grid.right)
        if sheet is None or block is None:
            return None
        if not sheet.term:
            self._desk.toast(_("Trang cả năm chỉ để xem. Chọn học kì ở trên để nhập."))
            return None
        if not 0 <= block.left - self._first < len(sheet.columns):
            self._desk.toast(_("Đứng ở một cột điểm rồi làm lại."))
            return None
        return sheet, block


def empty_below(sheet: ClassSheet, at: int, rows: range, value: Mark) -> list[MarkEntry]:
    """The empty cells of a column that are owed a mark and not locked, to be filled with the value."""
    lines = [sheet.lines[row] for row in rows]
    slot = sheet.columns[at].slot
    empty = [line for line in lines if line.owes and line.marks[at] is None and not line.lock(at)]
    return [MarkEntry(line.pupil_id, slot, value) for line in empty]


def clearing(sheet: ClassSheet, block: CellBlock, first: int) -> list[MarkEntry]:
    """The cells of a block that hold something and may be cleared, as entries that clear them."""
    places = range(max(block.left - first, 0), min(block.right - first + 1, len(sheet.columns)))
    return [
        MarkEntry(line.pupil_id, sheet.columns[at].slot, None)
        for line in sheet.lines[block.top : block.bottom + 1]
        for at in places
        if line.owes and line.marks[at] is not None and not line.lock(at)
    ]


def _key(sheet: ClassSheet) -> SheetKey:
    return SheetKey(sheet.roll.class_id, sheet.course.code, sheet.term)
