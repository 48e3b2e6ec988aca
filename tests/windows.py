"""The windows beside a page: the form that is open, and those that flash up because a widget had no parent yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QLineEdit, QWidget

from edudesk.kernel.change import Value
from edudesk.ui.dialog import FormDialog


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


def open_form() -> FormDialog:
    """The one form that is open."""
    (form,) = [
        window
        for window in QApplication.topLevelWidgets()
        if isinstance(window, FormDialog) and window.isVisible()
    ]
    return form


def fill_form(form: FormDialog, **values: Value) -> None:
    """Write into the fields of a form; a choice by its code or its words, a tick by a true value."""
    for key, value in values.items():
        box = form.form.boxes[key].input
        if isinstance(box, QComboBox):
            place = box.findData(value)
            place = place if place >= 0 else box.findText(str(value))
            assert place >= 0, key
            box.setCurrentIndex(place)
        elif isinstance(box, QCheckBox):
            box.setChecked(value not in (0, "0", "", None))
        else:
            assert isinstance(box, QLineEdit), key
            box.setText(str(value))


def send_form(**values: Value) -> None:
    """Write into the form that is open and press its button."""
    form = open_form()
    fill_form(form, **values)
    form.yes.click()
