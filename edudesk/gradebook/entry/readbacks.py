"""When a column is read back: F7, or by itself when its last mark has come. The sheet is imported when it opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from edudesk.gradebook.entry.page_key import PageKey
from edudesk.gradebook.register.sheet import ClassSheet
from edudesk.gradebook.register.typing_choices import typing_choices
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import N_, _
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid

if TYPE_CHECKING:
    from edudesk.gradebook.entry.readback_sheet import ReadBackDialog

KEYS = (("F7", N_("Soát lại cột đang nhập")),)


class ReadBacks(QObject):
    """Opens the sheet. `check(sheet, column)` after every refresh; `enter(column)` (of the grid) begins another column."""

    def __init__(
        self,
        desk: Desk,
        grid: Grid,
        sheet: Callable[[], ClassSheet | None],
        *,
        first: int,
        enter: Callable[[int], object],
    ) -> None:
        super().__init__(grid)
        self._desk = desk
        self._grid = grid
        self._sheet = sheet
        self._first = first
        self._enter = enter
        self._column_key: tuple[object, ...] = ()
        self._missing = 0
        self.dialog: ReadBackDialog | None = None

    def check(self, sheet: ClassSheet | None, column: int) -> None:
        """Open by itself when the last mark of the column that is being entered has just come."""
        place = column - self._first
        if sheet is None or not sheet.term or not 0 <= place < len(sheet.columns):
            self._column_key = ()
            return
        slot = sheet.columns[place].slot
        key = (sheet.roll.class_id, sheet.course.code, sheet.term, slot)
        missing = sum(line.owes and slot in line.missing for line in sheet.lines)
        came = key == self._column_key and self._missing > 0 and missing == 0
        self._column_key, self._missing = key, missing
        if came and self._grid.isVisible() and typing_choices(self._desk.db).read_back:
            QTimer.singleShot(0, self, self.open)

    def checked_words(self, sheet: ClassSheet, column: int) -> str:
        """“đã soát 22/11/2026” of a column whose marks are still those that were read; "" otherwise."""
        from edudesk.gradebook.anomalies.readback import checked_on

        place = column - self._first
        day = checked_on(self._desk.db, sheet, place) if 0 <= place < len(sheet.columns) else None
        return _("đã soát {day}").format(day=show_date(day)) if day else ""

    def open(self) -> None:
        """Show the column that is being entered, beside the grid; it blocks nothing."""
        sheet, place = self._sheet(), self._grid.active - self._first
        if sheet is None or not sheet.term or not 0 <= place < len(sheet.columns):
            self._desk.toast(_("Đứng ở một cột điểm của học kì rồi bấm F7."))
            return
        if self.dialog is not None:
            self.dialog.close()
        from edudesk.gradebook.anomalies.readback import read_back
        from edudesk.gradebook.entry.readback_sheet import ReadBackDialog

        self.dialog = ReadBackDialog(
            read_back(sheet, place),
            self._grid.window(),
            checked=lambda: self._checked(sheet, place),
            print_=lambda: self._print(sheet, place),
            type_on=lambda event: QApplication.sendEvent(self._grid.right, event),
            before=self.checked_words(sheet, self._grid.active),
        )
        self.dialog.finished.connect(self._closed)
        self.dialog.show()
        self.dialog.activateWindow()
        self.dialog.yes.setFocus()

    def _closed(self, _result: int) -> None:
        self.dialog = None
        self._grid.window().activateWindow()
        self._grid.right.setFocus(Qt.FocusReason.OtherFocusReason)

    def _checked(self, sheet: ClassSheet, place: int) -> None:
        """Remember it and begin the next column that still owes marks, if there is one."""
        from edudesk.gradebook.anomalies.readback import note_checked

        note_checked(self._desk.db, sheet, place)
        owing = [line for line in sheet.lines if line.owes]
        for at in range(place + 1, len(sheet.columns)):
            first = next((line for line in owing if sheet.columns[at].slot in line.missing), None)
            if first is not None:
                self._enter(self._first + at)
                self._grid.go(self._grid.model.row_of(first.pupil_id), self._first + at)
                return

    def _print(self, sheet: ClassSheet, place: int) -> None:
        from edudesk.gradebook.entry.saving import print_read_back

        slot = sheet.columns[place]
        names = (sheet.roll.class_name, sheet.course.short, slot.label)
        where = PageKey(sheet.roll.year, sheet.term, sheet.roll.class_id, sheet.course.code)
        print_read_back(self._desk, where, _("Soát {names}").format(names=" ".join(names)), slot=slot.slot)
