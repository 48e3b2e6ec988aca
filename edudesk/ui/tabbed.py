"""A page of several parts: a row of words under the title, one part at a time, each read when it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QWidget

from edudesk.kernel.change import Step
from edudesk.kernel.place import Place
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page
from edudesk.ui.parts import PageHead, bar, button, rule, stack


class Tab(Protocol):
    """A part of a page; reads in `refresh`: after a Step, or everything when None."""

    def refresh(self, step: Step | None = None) -> None: ...


class TabbedPage(Page):
    """`page` is its key; `tabs` are (key, title, widget), each widget a Tab; which was open is kept on this PC."""

    def __init__(
        self, desk: Desk, title: str, *, page: str, tabs: Sequence[tuple[str, str, QWidget]]
    ) -> None:
        super().__init__(desk)
        self.tabs = tuple(tabs)
        self.parts = {key: content for key, _title, content in self.tabs}
        self._page = page
        self._tab_setting = f"{page}.tab"
        self._stack = QStackedWidget()
        self._presses = QButtonGroup(self)
        column = stack(PageHead(title), spacing=8, pad=(20, 12, 16, 12))
        column.addLayout(self._tab_row())
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        self.setLayout(column)
        self._show_tab(str(desk.db.local(self._tab_setting, "")))

    def refresh(self, step: Step | None) -> None:
        self.tab.refresh(step)

    def open_at(self, place: Place) -> None:
        if place.tab:
            self._show_tab(place.tab)
        self.tab.refresh(None)

    def sights(self) -> tuple[Place | None, ...]:
        return tuple(Place(page=self._page, tab=key) for key in self.parts)

    def open_tab(self, key: str) -> None:
        """Show a part and read it."""
        self._show_tab(key)
        self.tab.refresh(None)
        self.desk.note(self.hint())

    def _show_tab(self, key: str) -> None:
        """The part of a key, the first where there is none of it."""
        keys = list(self.parts)
        number = keys.index(key) if key in keys else 0
        self._presses.button(number).setChecked(True)
        self._stack.setCurrentIndex(number)
        self.desk.db.set_local(self._tab_setting, keys[number])

    @property
    def shown(self) -> str:
        """The key of the part that is shown."""
        return self.tabs[self._stack.currentIndex()][0]

    @property
    def tab(self) -> Tab:
        """The part that is shown."""
        return self.tabs[self._stack.currentIndex()][2]  # type: ignore[return-value]

    def _tab_row(self) -> QHBoxLayout:
        row = bar(spacing=22)
        for number, (key, title, content) in enumerate(self.tabs):
            self._stack.addWidget(content)
            press = button(title, kind="tab", on=partial(self.open_tab, key))
            press.setCheckable(True)
            self._presses.addButton(press, number)
            row.addWidget(press)
        row.addStretch(1)
        return row
