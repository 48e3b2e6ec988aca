"""A page of the window, and what the rail says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from edudesk.kernel.change import Step
from edudesk.kernel.place import Place
from edudesk.storage.pending import PendingCell

if TYPE_CHECKING:
    from edudesk.ui.desk import Desk


class Page(QWidget):
    """The work area of one place. It reads in `refresh`, and only there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def refresh(self, step: Step | None) -> None:
        """Read again: after a Step (to touch only what it changed), or everything when None."""

    def open_at(self, place: Place) -> None:
        """Open at a place of this page: a class, a pupil, a column. Reads, once."""
        self.refresh(None)

    def pending_place(self, cell: PendingCell) -> Place:
        """The place of a text that was typed on this page and not accepted."""
        return Place(page=cell.sheet.page)

    def hint(self) -> str:
        """What stands at the right of the status line."""
        return ""

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """The keys of this page for F1: (key, what it does)."""
        return ()

    def help_words(self) -> tuple[str, ...]:
        """What this page is for and its main actions, for F1; those of its place in the rail when it says none."""
        return ()

    def sights(self) -> tuple[Place | None, ...]:
        """The place of each picture of a tour; None is the page as it opens."""
        return (None,)

    def settle(self) -> None:
        """Block until everything the page shows is there; for pictures and tests."""
