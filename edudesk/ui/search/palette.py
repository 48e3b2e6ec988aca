"""Ctrl+K: one field that finds pupils, classes, pages and commands, and goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QWidget

from edudesk.kernel.text import fold
from edudesk.kernel.words import _
from edudesk.ui.cells import CellStyle
from edudesk.ui.parts import label, stack
from edudesk.ui.table.view import Column, RecordTable
from edudesk.ui.theme import BODY, font

WIDTH, TOP, ROW, MOST = 600, 44, 30, 60
SOON = 30  # milliseconds after the field is there, everything is read: before the first letter is typed
SHOWN = 12  # rows before the list scrolls
_STEERING = {
    *(Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp),
}


@dataclass(frozen=True, slots=True)
class SearchItem:
    """What can be found: `key` names it among the recent ones, `run` goes there or does it."""

    key: str
    text: str
    icon: str
    run: Callable[[], object] = field(compare=False)
    detail: str = ""


class SearchIndex:
    """Items with their words folded once, so that typing over thousands stays light."""

    def __init__(self, items: Iterable[SearchItem], rest: SearchIndex | None = None) -> None:
        self._all: list[tuple[SearchItem, list[str], str]] = [
            *map(_folded, items),
            *(rest._all if rest else ()),
        ]

    def items(self) -> list[SearchItem]:
        """All of them, as they were given."""
        return [item for item, _words, _letters in self._all]

    def find(self, query: str, most: int = MOST) -> list[SearchItem]:
        """Those in which every word of the query begins a word, or is the initials of some; whole beginnings first."""
        wanted = fold(query).split()
        if not wanted:
            return [item for item, _words, _letters in self._all[:most]]
        rows = [
            (_distance(wanted, words), place, item)
            for place, (item, words, letters) in enumerate(self._all)
            if all(_fits(part, words, letters) for part in wanted)
        ]
        return [item for _far, _place, item in sorted(rows, key=lambda row: row[:2])[:most]]


def _folded(item: SearchItem) -> tuple[SearchItem, list[str], str]:
    words = fold(f"{item.text} {item.detail}").split()
    return item, words, "".join(word[0] for word in words)


def _fits(part: str, words: Sequence[str], letters: str) -> bool:
    return any(word.startswith(part) for word in words) or (len(part) > 1 and part in letters)


def _distance(wanted: Sequence[str], words: Sequence[str]) -> int:
    """0 when the text begins as the query does, 1 when its words are all there whole, else 2."""
    if " ".join(words).startswith(" ".join(wanted)):
        return 0
    return 1 if all(part in words for part in wanted) else 2


class Palette(QFrame):
    """A child of the window, not a popup, so that it never takes the input method away.

    `few()` are pages and commands, shown at once; `everything()` is asked when the first letter is typed.
    `chosen(key)` after something was opened.
    """

    chosen = Signal(str)

    def __init__(
        self,
        window: QWidget,
        few: Callable[[], Sequence[SearchItem]],
        everything: Callable[[], Sequence[SearchItem]],
        *,
        recent: Callable[[], Sequence[str]] = lambda: (),
    ) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("face", "palette")
        self.setAccessibleName(_("Tìm"))
        self._few, self._everything, self._recent = few, everything, recent
        self._records: SearchIndex | None = None  # all of `everything`
        self._index: SearchIndex | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(lambda: self._read() if self.isVisible() else None)
        self._back: QWidget | None = None
        self.field = self._search_field()
        self.table = self._results_table()
        self.empty = label(_("Không tìm thấy gì"), role="text2", points=BODY)
        self.setLayout(stack(self.field, self.empty, self.table, spacing=6, pad=(8, 8, 8, 8)))
        self.hide()

    def _search_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setFont(font(BODY))
        field.setPlaceholderText(_("Học sinh, lớp, trang hoặc lệnh; không cần gõ dấu"))
        field.setAccessibleName(_("Tìm học sinh, lớp, trang, lệnh"))
        field.textChanged.connect(self._show)
        field.installEventFilter(self)
        return field

    def _results_table(self) -> RecordTable:
        table = RecordTable(
            [
                Column("text", "", lambda x: x.text, 0, style=lambda x: CellStyle(x.text, icon=x.icon)),
                Column(
                    "detail", "", lambda x: x.detail, 230, style=lambda x: CellStyle(x.detail, muted=True)
                ),
            ],
            row=ROW,
        )
        table.setAccessibleName(_("Tìm thấy"))
        table.horizontalHeader().hide()
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.opened.connect(self._open)
        table.clicked.connect(lambda _index: self._open(table.current()))
        return table

    def open(self) -> None:
        """Show over the window with an empty field; the keyboard comes back where it was."""
        self._back = QApplication.focusWidget()
        self._index = None  # another page may be open by now, which does other things
        self.field.clear()
        self._show("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._soon.start()

    def forget(self) -> None:
        """What can be found has changed: read it again when it is next needed."""
        self._records = self._index = None

    def dismiss(self) -> None:
        """Close, and give the keyboard back."""
        if self.isHidden():
            return
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        held = self._holds(QApplication.focusWidget())
        self.hide()
        if held and self._back is not None:
            self._back.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.KeyPress and watched is self.field and isinstance(event, QKeyEvent):
            return self._steer(event)
        pressed = event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget)
        if pressed and watched is not self and not self._holds(watched):
            self.dismiss()
        return False

    def _holds(self, thing: QObject | None) -> bool:
        return isinstance(thing, QWidget) and self.isAncestorOf(thing)

    # -- inside

    def _steer(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.table.current())
        elif key in _STEERING:
            QApplication.sendEvent(self.table, event)
        else:
            return key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        self.field.setAccessibleDescription(getattr(self.table.current(), "text", ""))
        return True

    def _show(self, text: str) -> None:
        items = self._matches(text)
        self.table.setCurrentIndex(QModelIndex())
        self.table.set_rows(items, key=lambda thing: thing.key)
        self.table.setVisible(bool(items))
        self.empty.setVisible(not items)
        if items:
            self.table.pick(items[0].key)
            self.table.scrollToTop()
        rows = min(SHOWN, len(items))
        self.table.setFixedHeight(rows * ROW + 4)
        self.setFixedWidth(WIDTH)
        self.adjustSize()
        self.move((self._window.width() - WIDTH) // 2, TOP)
        self.field.setAccessibleDescription(items[0].text if items else self.empty.text())

    def _matches(self, text: str) -> list[SearchItem]:
        if not text.strip():
            return _recent_first(list(self._few()), list(self._recent()), self._records)[:MOST]
        return self._read().find(text)

    def _read(self) -> SearchIndex:
        if self._index is None:
            self._records = self._records or SearchIndex(self._everything())
            self._index = SearchIndex(self._few(), self._records)
        return self._index

    def _open(self, item: SearchItem | None) -> None:
        if item is not None:
            self.dismiss()
            self.chosen.emit(item.key)
            item.run()


def _recent_first(few: list[SearchItem], recent: list[str], index: SearchIndex | None) -> list[SearchItem]:
    by_key = {item.key: item for item in [*(index.items() if index else ()), *few]}
    first = [by_key[key] for key in recent if key in by_key]
    return [*first, *(item for item in few if item.key not in set(recent))]
