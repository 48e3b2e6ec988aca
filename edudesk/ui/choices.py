"""Choosing one of few: joined buttons for two to four, a quiet combo for more."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from edudesk.ui.boxes import ComboBox
from edudesk.ui.parts import bar, button
from edudesk.ui.theme import SMALL, font


class Segmented(QWidget):
    """Two to four joined buttons, one of them down. `chosen(value)` only when a person changes it."""

    chosen = Signal(object)

    def __init__(self, choices: Sequence[tuple[object, str]], *, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._buttons: dict[object, QPushButton] = {}
        group = QButtonGroup(self)
        row = bar(spacing=0)
        self.setLayout(row)
        for place, (value, text) in enumerate(choices):
            press = button(text, kind="seg")
            press.setCheckable(True)
            press.setAccessibleName(f"{name}: {text}")
            if place in (0, len(choices) - 1):
                press.setProperty("edge", "last" if place else "first")
            press.clicked.connect(lambda _checked=False, value=value: self.chosen.emit(value))
            press.toggled.connect(lambda down, press=press: press.setFont(font(SMALL, down)))
            group.addButton(press)
            row.addWidget(press)
            self._buttons[value] = press

    def choose(self, value: object) -> None:
        """Put one down without a signal."""
        self._buttons[value].setChecked(True)

    def value(self) -> object:
        """What is down; None when nothing is."""
        return next((value for value, press in self._buttons.items() if press.isChecked()), None)


class Chooser(ComboBox):
    """A quiet combo of (value, text). `chosen(value)` only when a person changes it."""

    chosen = Signal(object)

    def __init__(self, *, name: str, width: int = 0, bold: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.setFont(font(SMALL, bold))
        self.setMaxVisibleItems(18)
        if width:
            self.setFixedWidth(width)
        self.activated.connect(lambda place: self.chosen.emit(self.itemData(place)))

    def offer(self, choices: Sequence[tuple[object, str]], value: object = None) -> None:
        """The choices, and the one that stands; keeps the present one when it is still offered."""
        kept = self.currentData() if value is None else value
        if [(self.itemData(i), self.itemText(i)) for i in range(self.count())] != list(choices):
            self.clear()
            for data, text in choices:
                self.addItem(text, data)
        self.choose(kept)

    def choose(self, value: object) -> None:
        """Let a value stand, without a signal; the first when it is not offered."""
        place = next((i for i in range(self.count()) if self.itemData(i) == value), 0)
        self.setCurrentIndex(place if self.count() else -1)
