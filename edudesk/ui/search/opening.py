"""Ctrl+K of a window: the field is made when it is first asked for; what was opened is remembered on this PC."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from edudesk.ui.desk import Desk
    from edudesk.ui.search.palette import Palette, SearchItem

RECENT = "shell.recent"
REMEMBERED = 8


class SearchSource(Protocol):
    """What can be found: `few` pages and commands at once, `everything` else when it is needed."""

    def few(self) -> Sequence[SearchItem]: ...
    def everything(self) -> Sequence[SearchItem]: ...


class SearchOpener:
    """One per window."""

    def __init__(self, window: QWidget, desk: Desk, finds: Callable[[], SearchSource] | None) -> None:
        self._window, self._desk = window, desk
        self.finds = finds  # made with the field: a start does not read what can be found
        self.palette: Palette | None = None

    def open(self) -> None:
        """Show the field."""
        self.make()
        if self.palette is not None:
            self.palette.open()

    def make(self) -> None:
        """Have the field ready, so that it is there at once when it is asked for."""
        if self.finds is not None:
            self.palette = self.palette or self._make(self.finds)

    def forget(self) -> None:
        """What can be found may have changed."""
        if self.palette is not None:
            self.palette.forget()

    def _make(self, make_finds: Callable[[], SearchSource]) -> Palette:
        from edudesk.ui.search.palette import Palette

        finds = make_finds()
        made = Palette(self._window, finds.few, finds.everything, recent=lambda: self._recent())
        made.chosen.connect(self._remember)
        return made

    def _recent(self) -> list[str]:
        return list(self._desk.db.local(RECENT, []))

    def _remember(self, key: str) -> None:
        texts = [text for text in self._recent() if text != key]
        self._desk.db.set_local(RECENT, [key, *texts][:REMEMBERED])
