"""A page of several parts: a row of words under the title, one part at a time, each read when it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QWidget

from edudesk.kernel.change import Step
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page
from edudesk.ui.parts import PageHead, bar, button, rule, stack


class Tab(Protocol):
    """A part of a page; reads in `refresh`: after a Step, or everything when None."""

    def refresh(self, step: Step | None = None) -> None: ...


class TabbedPage(Page):
    """`tabs` are (title, widget), each widget a Tab; which one was open is kept on this PC under `key`."""

    def __init__(self, desk: Desk, title: str, *, key: str, tabs: Sequence[tuple[str, QWidget]]) -> None:
        super().__init__(desk)
        self.tabs = tuple(tabs)
        self._key = key
        self._stack = QStackedWidget()
        self._presses = QButtonGroup(self)
        column = stack(PageHead(title), spacing=8, pad=(20, 12, 16, 12))
        column.addLayout(self._tab_row())
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        self.setLayout(column)
        kept = int(desk.db.local(key, 0))
        self.open_tab(kept if kept < len(self.tabs) else 0)

    def refresh(self, step: Step | None) -> None:
        self.tab.refresh(step)

    def choose(self, **choice: object) -> None:
        """`tab` by its place."""
        if "tab" in choice:
            self.open_tab(int(str(choice["tab"])))

    def sights(self) -> tuple[dict[str, object], ...]:
        return tuple({"tab": place} for place in range(len(self.tabs)))

    def open_tab(self, place: int) -> None:
        """Show a part and read it."""
        self._presses.button(place).setChecked(True)
        self._stack.setCurrentIndex(place)
        self.desk.db.set_local(self._key, place)
        self.tab.refresh(None)

    @property
    def tab(self) -> Tab:
        """The part that is shown."""
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
