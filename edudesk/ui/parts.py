"""The small parts every page is made of: labels, buttons, segmented rows, chips, cards, page heads, empty pages."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from edudesk.kernel.words import _
from edudesk.ui import icons
from edudesk.ui.cells import Chip, chip_width, draw_chip, hatch
from edudesk.ui.theme import BODY, PAGE, SMALL, TITLE, font, token

SENTENCE_WIDTH = 460  # of the sentence on an empty page

Kind = Literal[
    "", "main", "ghost", "tiny", "tinymain", "low", "icon", "bare", "line", "seg", "tab", "filter", "search"
]
Points = Literal[9, 10, 12, 16]


def label(text: str = "", *, role: str = "", points: int = SMALL, bold: bool = False) -> QLabel:
    """A text label; `role` is text2, text3, accent, ok, wait, ask, bad or off. Never rich text."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(font(points, bold))
    if role:
        made.setProperty("role", role)
    return made


def set_role(widget: QWidget, name: str, value: str) -> None:
    """Change a dynamic property and let the style sheet see it."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def icon_label(name: str, px: int = 16, colour: str = "text2") -> "IconLabel":
    """An icon alone; it says nothing to a screen reader, a word stands beside it."""
    made = IconLabel(name, px, colour)
    made.setFixedSize(px, px)
    return made


ACTION = "action"  # the property that holds the key of a button's or a menu line's action


class ElidedLabel(QLabel):
    """A label that gives way: what does not fit ends in "…", with the whole text as its tooltip."""

    def __init__(self, *, role: str = "text2") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(SMALL))
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(token(self.property("role")))
        painter.drawText(self.rect(), int(self.alignment()), text)
        painter.end()
        tip = self.text() if text != self.text() else ""
        if self.toolTip() != tip:
            self.setToolTip(tip)


class IconLabel(QLabel):
    """Paints its icon when painted, so that it follows the theme."""

    def __init__(self, name: str, px: int, colour: str) -> None:
        super().__init__()
        self.drawing = (name, px, colour)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.drawPixmap(0, 0, icons.pixmap(*self.drawing))
        painter.end()


def key_cap(text: str) -> QLabel:
    """A key as it is printed on a key cap."""
    made = label(text, role="text2")
    made.setProperty("face", "key")
    made.setFixedHeight(18)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


class EnterButton(QPushButton):
    """Enter presses the button that has the keyboard, and not the one a window presses else."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)


def button(
    text: str = "",
    *,
    kind: Kind = "",
    icon: str = "",
    tip: str = "",
    on: Callable[[], object] | None = None,
    key: str = "",
) -> QPushButton:
    """A push button. `kind` "main" at most once a page; without text give `tip`, which is its spoken name.

    `key` names its action for Ctrl+K, whatever language its words are in.
    """
    made = EnterButton(text)
    made.setFont(font(SMALL, kind in ("main", "tinymain")))
    if kind:
        made.setProperty("kind", kind)
    if icon:
        colour = {"main": "on_accent", "tinymain": "on_accent", "ghost": "accent_text"}.get(kind, "text2")
        icons.dress(made, icon, 16, colour)
    if tip:
        made.setToolTip(tip)
        made.setAccessibleName(text or tip)
    made.setAutoDefault(False)
    made.setProperty(ACTION, key)
    if on is not None:
        made.clicked.connect(lambda: on())
    return made


MenuLine = tuple[str, str, Callable[[], object]] | tuple[str, str, Callable[[], object], str]


def menu_button(choices: Sequence[MenuLine]) -> QPushButton:
    """The "…" of a page: (icon, text, what it does) and, for Ctrl+K, the action's key; an empty text is a separator."""
    made = button(kind="icon", icon="dots", tip=_("Việc khác"))
    menu = QMenu(made)
    for icon, text, run, *key in choices:
        if not text:
            menu.addSeparator()
            continue
        action = QAction(text, menu)
        if icon:
            action.setIcon(icons.icon(icon))
        action.setProperty(ACTION, "".join(key))
        action.triggered.connect(lambda _checked=False, run=run: run())
        menu.addAction(action)
    made.clicked.connect(lambda: menu.exec(made.mapToGlobal(made.rect().bottomLeft())))
    return made


def show_inside(widget: QWidget, on: bool) -> None:
    """Show or hide a part. One that has no parent yet comes into sight with it: alone it would be a window of its own."""
    if on and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_Hidden, False)
    else:
        widget.setVisible(on)


class ChipLabel(QWidget):
    """A chip as a widget."""

    def __init__(self, chip: Chip, *, outlined: bool = False) -> None:
        super().__init__()
        self._chip = chip
        self._outlined = outlined
        self.set_chip(chip)

    def set_chip(self, chip: Chip) -> None:
        """Show another chip; an empty text hides it."""
        self._chip = chip
        self.setFixedSize(chip_width(chip), 18)
        self.setAccessibleName(chip.text)
        show_inside(self, bool(chip.text))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        draw_chip(painter, self.rect().topLeft(), self._chip, outlined=self._outlined)
        painter.end()


class HatchSwatch(QWidget):
    """A piece of hatching for a legend."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(18, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        hatch(painter, self.rect())
        painter.end()


def frame(face: str, *, height: int = 0, width: int = 0) -> QFrame:
    """A plain box with one of the style sheet's faces."""
    made = QFrame()
    made.setProperty("face", face)
    if height:
        made.setFixedHeight(height)
    if width:
        made.setFixedWidth(width)
    return made


def rule(*, upright: bool = False) -> QFrame:
    """A hair line."""
    made = frame("rule")
    (made.setFixedWidth if upright else made.setFixedHeight)(1)
    return made


Pad = tuple[int, int, int, int]
NO_PAD: Pad = (0, 0, 0, 0)


def bar(*things: QWidget | int | None, spacing: int = 8, pad: Pad = NO_PAD) -> QHBoxLayout:
    """A row; a number is a gap in pixels, None takes the room that is left. `pad`: left, top, right, bottom."""
    row = QHBoxLayout()
    row.setContentsMargins(*pad)
    row.setSpacing(spacing)
    for thing in things:
        if thing is None:
            row.addStretch(1)
        elif isinstance(thing, int):
            row.addSpacing(thing)
        else:
            row.addWidget(thing)
    return row


def stack(*things: QWidget | int | None, spacing: int = 8, pad: Pad = NO_PAD) -> QVBoxLayout:
    """The same downwards."""
    column = QVBoxLayout()
    column.setContentsMargins(*pad)
    column.setSpacing(spacing)
    for thing in things:
        if thing is None:
            column.addStretch(1)
        elif isinstance(thing, int):
            column.addSpacing(thing)
        else:
            column.addWidget(thing)
    return column


class Card(QFrame):
    """A white box with a title; put things into `.body`."""

    def __init__(self, title: str = "", *, icon: str = "") -> None:
        super().__init__()
        self.setProperty("face", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(8)
        if title:
            words = label(title, points=BODY, bold=True)
            self.body.addLayout(bar(*((icon_label(icon),) if icon else ()), words, None))


class PageHead(QWidget):
    """Title, the choices it depends on, a quiet note, then buttons at the right; the main one last before "…"."""

    def __init__(
        self, title: str, *, choosers: Sequence[QWidget] = (), buttons: Sequence[QWidget] = ()
    ) -> None:
        super().__init__()
        self.title = label(title, points=PAGE, bold=True)
        self.note = label("", role="text2")
        self.buttons = tuple(buttons)
        self.setLayout(bar(self.title, 4, *choosers, self.note, None, *buttons))
        self.setFixedHeight(36)


class EmptyPage(QWidget):
    """What a page shows when it has nothing yet: what it is for, and the one next step."""

    def __init__(
        self, title: str, sentence: str, *, icon: str = "info", action: QPushButton | None = None
    ) -> None:
        super().__init__()
        self.title = label("", points=TITLE, bold=True)
        self.sentence = label("", role="text2", points=BODY)
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setFixedWidth(SENTENCE_WIDTH)
        self.say(title, sentence)
        picture = icon_label(icon, 36, "text3")
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.setSpacing(12)
        for thing in (picture, self.title, self.sentence, action):
            if thing is not None:
                column.addWidget(thing, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def say(self, title: str, sentence: str) -> None:
        """Set what is missing and why it matters."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.sentence.setMinimumHeight(max(0, self.sentence.heightForWidth(SENTENCE_WIDTH)))


class Avatar(QWidget):
    """A person's initials in a round."""

    def __init__(self, name: str, px: int = 44) -> None:
        super().__init__()
        self.setFixedSize(px, px)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show the initials of the first and the last word."""
        words = name.split()
        self._initials = "".join(
            word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)
        ).upper()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(token("soft"))
        painter.drawEllipse(self.rect())
        painter.setFont(font(BODY, True))
        painter.setPen(token("accent_text"))
        painter.drawText(
            QRect(0, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignCenter, self._initials
        )
        painter.end()
