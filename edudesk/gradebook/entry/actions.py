"""All that can be done on the page of the gradebook besides typing: its controllers, its buttons, its menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from edudesk.gradebook.entry import saving
from edudesk.gradebook.entry.bulk import BulkEditing
from edudesk.gradebook.entry.explanation_popover import ExplanationPopover
from edudesk.gradebook.entry.one_column import OneColumn
from edudesk.gradebook.entry.page_key import PageKey, term_words
from edudesk.gradebook.entry.questions import Questions
from edudesk.gradebook.entry.readbacks import ReadBacks
from edudesk.gradebook.register.sheet import ClassSheet
from edudesk.kernel.words import _
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid
from edudesk.ui.keys import on_key
from edudesk.ui.parts import MenuLine, button, menu_button
from edudesk.ui.table.columns import Column

if TYPE_CHECKING:
    from edudesk.gradebook.entry.history import CellHistory
    from edudesk.gradebook.entry.lock_dialog import LockController
    from edudesk.gradebook.entry.phrases import Phrases


class EntryPage(Protocol):
    """What the actions need of their page. `enter` (a column of the grid) begins to enter a column."""

    desk: Desk
    grid: Grid
    sheet: ClassSheet | None

    def place(self) -> PageKey: ...
    def enter(self, column: int) -> None: ...
    def to_pupil(self, pupil_id: str) -> None: ...
    def retyped(self) -> None: ...


class GradebookActions:
    """One per page; its marks begin at the column `first` of the grid."""

    def __init__(self, page: EntryPage, *, first: int) -> None:
        self._page = page
        desk, grid = page.desk, page.grid
        sheet = self._sheet
        self.column = OneColumn(desk, grid, sheet, first=first, enter=page.enter)
        self.bulk = BulkEditing(desk, grid, sheet, first=first, allowed=self.column.allows, enter=page.enter)
        self.questions = Questions(desk, grid, sheet, first=first)
        self.readbacks = ReadBacks(desk, grid, sheet, first=first, enter=page.enter)
        self.popover = ExplanationPopover(desk, grid, page.place, first=first, history=self._history)
        grid.again.connect(self._history)
        for keys, action in self._keys():
            on_key(grid, keys, action)

    @cached_property
    def phrases(self) -> Phrases:
        """Sentences for a comment; made, like the two below, when first asked for: a start waits for none of them."""
        from edudesk.gradebook.entry.phrases import Phrases

        return Phrases(self._page.desk, self._page.grid, self._sheet)

    @cached_property
    def locks(self) -> LockController:
        """Locking from a cell on, and opening it."""
        from edudesk.gradebook.entry.lock_dialog import LockController

        return LockController(self._page.desk, self._page.grid, self._sheet, self._page.place)

    @cached_property
    def history(self) -> CellHistory:
        """What happened to a cell."""
        from edudesk.gradebook.entry.history import CellHistory

        return CellHistory(self._page.desk, self._page.grid, self._sheet, self._page.place)

    def _history(self, row: int, column: int) -> None:
        self.history.open(row, column)

    def _sheet(self) -> ClassSheet | None:
        return self._page.sheet

    def _keys(self) -> list[tuple[str, Callable[[], object]]]:
        return [
            ("Ctrl+G", self.jump),
            ("Ctrl+L", lambda: self.locks.open()),
            ("Ctrl+;", lambda: self.phrases.open()),
            ("F7", self.readbacks.open),
        ]

    @property
    def strip(self) -> QWidget:
        """What is asked under the grid."""
        return self.questions.strip

    def dressed(self, columns: Sequence[Column]) -> list[Column]:
        """The columns with what is asked about marked in their cells."""
        return self.questions.dressed(columns)

    def check(self, sheet: ClassSheet | None, column: int) -> None:
        """When another column is entered, or there is no page."""
        self.questions.check(sheet, column)
        self.readbacks.check(sheet, column)

    def begin(self, sheet: ClassSheet) -> None:
        """When a page is opened, before a column of it is entered: its questions are asked a moment after it is shown."""
        self.questions.begin(sheet)

    def follow(self, sheet: ClassSheet, column: int) -> None:
        """After a Step on the page that is shown: questions wait until typing pauses."""
        self.questions.follow(column)
        self.readbacks.check(sheet, column)

    def buttons(self) -> list[QWidget]:
        """What stands at the right of the banner."""
        printing = button(
            _("In bảng điểm"), icon="printer", on=lambda: self._paper(saving.print_class_sheet), key="print"
        )
        return [printing, menu_button(self._choices())]

    def jump(self) -> None:
        """Ctrl+G: to a pupil by number or name."""
        from edudesk.gradebook.entry.jump import choose_line

        sheet = self._page.sheet
        line = choose_line(self._page.grid, sheet.lines if sheet else ())
        if line is not None:
            self._page.to_pupil(line.pupil_id)

    def _choices(self) -> list[MenuLine]:
        return [
            ("clip", _("Dán điểm từ Excel… (Ctrl+V)"), self.bulk.paste),
            ("arrow-down", _("Điền xuống các ô trống (Ctrl+D)"), self.bulk.fill_down),
            ("pencil", _("Câu nhận xét… (Ctrl+;)"), lambda: self.phrases.open()),
            ("check", _("Soát lại cột (F7)"), self.readbacks.open, "read-back"),
            ("search", _("Tới em… (Ctrl+G)"), self.jump),
            ("", "", self.jump),
            ("lock", _("Khóa, mở khóa… (Ctrl+L)"), lambda: self.locks.open(), "lock"),
            ("history", _("Lịch sử của ô (F2 hai lần)"), lambda: self.history.open(*self._page.grid.place)),
            ("", "", self.jump),
            ("upload", _("Xuất Excel"), lambda: self._paper(saving.export_marks), "export"),
            ("download", _("Lấy phiếu nhập điểm (Excel)…"), self._save_form, "save-form"),
            ("upload", _("Đọc phiếu nhập điểm…"), self._open_form, "open-form"),
            ("", "", self.jump),
            ("settings", _("Cách nhập điểm…"), self._choose_typing),
        ]

    def _paper(self, action: saving.SavePaper) -> None:
        action(self._page.desk, self._page.place(), self._named())

    def _named(self) -> str:
        sheet = self._page.sheet
        parts = (_("Lớp {name}").format(name=sheet.roll.class_name), sheet.course.name) if sheet else ()
        return " ".join((*parts, term_words(self._page.place().term)))

    def _save_form(self) -> None:
        from edudesk.gradebook.entry.form import save_form

        save_form(self._page.desk, self._page.place(), self._named())

    def _open_form(self) -> None:
        from edudesk.gradebook.entry.form import open_form

        open_form(self._page.desk, self._page.place(), self._page.grid)

    def _choose_typing(self) -> None:
        from edudesk.gradebook.entry.typing_choices import choose_typing

        choose_typing(self._page.desk, self._page.grid.window(), changed=self._typing_chosen)

    def _typing_chosen(self) -> None:
        self.column.reread()
        self._page.retyped()
