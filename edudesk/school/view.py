"""The page “Trường lớp”: classes, who teaches what, subjects, years, the school's own lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QWidget

from edudesk.kernel.change import Step
from edudesk.kernel.words import N_, _
from edudesk.school.view_classes import ClassesTab, People, TeachingTab
from edudesk.school.view_subjects import SubjectsTab
from edudesk.school.view_years import SchoolTab, YearsTab
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page
from edudesk.ui.parts import PageHead, bar, button, rule, stack

TABLES = ("school_year", "term", "site", "school_class", "subject_plan", "class_subject", "setting", "staff")
TAB = "school.tab"


class Tab(Protocol):
    """A part of the page; reads in `refresh`."""

    def refresh(self) -> None: ...


class SchoolPage(Page):
    """`people` answers (id, name) of those who teach; `more` are parts other slices add: (title, widget)."""

    def __init__(
        self, desk: Desk, *, people: People = lambda _db: [], more: Sequence[tuple[str, QWidget]] = ()
    ) -> None:
        super().__init__(desk)
        self.tabs: list[tuple[str, QWidget]] = [
            (_("Lớp học"), ClassesTab(desk, people)),
            (_("Phân công giảng dạy"), TeachingTab(desk, people)),
            (_("Môn học và số tiết"), SubjectsTab(desk)),
            *more,
            (_("Năm học"), YearsTab(desk)),
            (_("Trường"), SchoolTab(desk)),
        ]
        self._stack = QStackedWidget()
        self._presses = QButtonGroup(self)
        column = stack(PageHead(_("Trường lớp")), spacing=8, pad=(20, 12, 16, 12))
        column.addLayout(self._tab_row())
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        self.setLayout(column)
        kept = int(desk.db.local(TAB, 0))
        self.open_tab(kept if kept < len(self.tabs) else 0)

    def refresh(self, step: Step | None) -> None:
        if step is None or step.touches(*TABLES):
            self._tab().refresh()

    def choose(self, **choice: object) -> None:
        """`tab` by its place."""
        if "tab" in choice:
            self.open_tab(int(str(choice["tab"])))

    def sights(self) -> tuple[dict[str, object], ...]:
        return tuple({"tab": place} for place in range(len(self.tabs)))

    def hint(self) -> str:
        return _("Enter sửa dòng đang chọn")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((key, _(deed)) for key, deed in KEYS)

    def open_tab(self, place: int) -> None:
        """Show a part and read it."""
        self._presses.button(place).setChecked(True)
        self._stack.setCurrentIndex(place)
        self.desk.db.set_local(TAB, place)
        self._tab().refresh()

    def _tab(self) -> Tab:
        return self.tabs[self._stack.currentIndex()][1]  # type: ignore[return-value]

    def _tab_row(self) -> QHBoxLayout:
        row = bar(spacing=22)
        for place, (title, content) in enumerate(self.tabs):
            self._stack.addWidget(content)
            press = button(title, kind="tab", on=partial(self.open_tab, place))
            press.setCheckable(True)
            self._presses.addButton(press, place)
            row.addWidget(press)
        row.addStretch(1)
        return row


KEYS = (("Enter, F2", N_("Sửa dòng đang chọn")),)
