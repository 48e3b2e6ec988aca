"""Keys of one part of a window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def on_key(widget: QWidget, keys: str, action: Callable[[], object]) -> QShortcut:
    """Do it when the keys are pressed while the keyboard is in the widget or in something inside it.

    The context is set after the shortcut is made: given to the constructor beside an action it is silently not taken, and
    the keys would be heard in the whole window.
    """
    made = QShortcut(QKeySequence(keys), widget)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(lambda: action())
    return made
