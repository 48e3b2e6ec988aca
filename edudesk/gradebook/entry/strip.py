"""A calm line under the grid that asks something without taking the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from edudesk.ui.parts import ElidedLabel, bar, button, icon_label, key_cap

HIGH = 24  # as high as the line of signs it covers, so that no row moves


class StripButton(NamedTuple):
    """A button of the strip, and the key that does the same, "" for none."""

    text: str
    action: Callable[[], object]
    key: str = ""


class QuestionStrip(QFrame):
    """One sentence and what can be answered, over the legend. Shown by `ask`, put away by `clear`.

    It never moves the focus, nor a row: somebody may be about to click on one.
    """

    def __init__(self, home: QWidget) -> None:
        """`home` gets the keyboard back when a button that had it goes away."""
        super().__init__()
        self.setProperty("face", "ask")
        self.setFixedHeight(HIGH)
        self._home = home
        self.words = ElidedLabel(role="ask")
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._row = bar(icon_label("triangle", 14, "ask"), spacing=8, pad=(12, 0, 8, 0))
        self._row.addWidget(self.words, 1)
        self._pressed: list[QWidget] = []
        self._asked: tuple[str, tuple[StripButton, ...], str] = ("", (), "")
        self.setLayout(self._row)
        self.hide()

    @property
    def buttons(self) -> list[QPushButton]:
        """What can be pressed, from the left."""
        return [widget for widget in self._pressed if isinstance(widget, QPushButton)]

    def ask(self, sentence: str, offers: Sequence[StripButton], *, tip: str = "") -> None:
        """Show a question; read out once to a screen reader when it is another one."""
        asked = (sentence, tuple(offers), tip)
        if asked == self._asked and not self.isHidden():
            return
        self._drop()
        self._asked = asked
        fresh = sentence != self.words.text() or self.isHidden()
        self.words.setText(sentence)
        self.words.setAccessibleName(f"{sentence} {tip}".strip())
        self.setToolTip(tip)
        for offer in offers:
            self._offer(offer)
        self.show()
        self.raise_()
        if fresh:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def clear(self) -> None:
        """Ask nothing any more."""
        if not self.isHidden():
            self._drop()
            self.words.setText("")
            self.hide()

    def _offer(self, offer: StripButton) -> None:
        press = button(offer.text, kind="low", on=offer.action)
        press.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        cap = key_cap(offer.key) if offer.key else None
        for thing in (press, cap):
            if thing is not None:
                self._row.addWidget(thing)
                self._pressed.append(thing)

    def _drop(self) -> None:
        if any(control.hasFocus() for control in self._pressed):
            self._home.setFocus(Qt.FocusReason.OtherFocusReason)
        for widget in self._pressed:
            widget.hide()
            self._row.removeWidget(widget)
            widget.deleteLater()
        self._pressed = []
