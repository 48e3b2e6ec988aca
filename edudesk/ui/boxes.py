"""Boxes that hold one of several values, and are not turned by the wheel that scrolls the page under the pointer.

The only module that may name Qt's own combo and spin boxes; whoever needs another kind gives it a class here.
"""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox


class ComboBox(QComboBox):
    """A combo that passes the wheel on to the page; the list it opens scrolls as ever."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()


class SpinBox(QSpinBox):
    """A number with two arrows that passes the wheel on to the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        event.ignore()
