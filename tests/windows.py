"""Windows of their own that flash up: a widget shown before it has a parent takes the keyboard from the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class _Watch(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.strays: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and not isinstance(watched, QDialog):
            self.strays.append(type(watched).__name__)
        return False


@contextmanager
def stray_windows() -> Iterator[list[str]]:
    """The widgets, no dialogs, that are shown as windows within the block."""
    watch, app = _Watch(), QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    yield watch.strays
    app.removeEventFilter(watch)
