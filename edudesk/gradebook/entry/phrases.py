"""Ctrl+;: a small list of sentences for the comment of one pupil; typing filters, Enter writes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from edudesk.gradebook.exchange.phrases import NAMES, band_of, joined, offers
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine
from edudesk.gradebook.rules.words import COMMENT_BOX
from edudesk.kernel.words import _
from edudesk.ui.callout import Callout
from edudesk.ui.choices import Segmented
from edudesk.ui.desk import Desk
from edudesk.ui.grid.entry import Grid
from edudesk.ui.parts import bar, label, set_role, stack
from edudesk.ui.theme import BODY, font, token

WIDTH, HIGH = 520, 232
_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class PhraseField(QLineEdit):
    """The field that filters; the keys that move in the list are handed to it."""

    moved = Signal(QKeyEvent)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in _LIST_KEYS:
            self.moved.emit(event)
        else:
            super().keyPressEvent(event)


class PhraseBox(QWidget):
    """Sentences for one pupil. `chosen(text)` is the whole comment with the sentence in it."""

    chosen = Signal(str)

    def __init__(self, sheet: ClassSheet, line: SheetLine) -> None:
        super().__init__()
        self._sheet = sheet
        self._line = line
        names = NAMES[sheet.course.kind]
        self.bands = Segmented([(key, _(name)) for key, name in names.items()], name=_("Mức"))
        if band := band_of(sheet, line):
            self.bands.choose(band)
        self.bands.chosen.connect(self._banded)
        self.field = PhraseField()
        self.field.setFont(font(BODY))
        self.field.setPlaceholderText(_("Gõ để lọc, không cần dấu"))
        self.field.setAccessibleName(_("Lọc câu nhận xét"))
        self.matches = QListWidget()
        self.matches.setFont(font(BODY))
        self.matches.setAccessibleName(_("Câu nhận xét"))
        self.matches.setFixedHeight(HIGH)
        self.matches.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.length = label("")
        title = label(_("Nhận xét {name}").format(name=line.name), points=BODY, bold=True)
        column = stack(self.field, self.matches, self.length, spacing=8)
        column.insertLayout(0, bar(title, None, self.bands))
        self.setLayout(column)
        self.field.textChanged.connect(lambda _text: self._show())
        self.field.moved.connect(self.matches.keyPressEvent)
        self.field.returnPressed.connect(self._take)
        self.matches.itemClicked.connect(lambda _item: self._take())
        self.matches.currentRowChanged.connect(lambda _row: self._measure())
        self._show()

    def comment(self) -> str:
        """The comment as it would be with the sentence that is picked; "" when none is."""
        item = self.matches.currentItem()
        if self.matches.currentRow() < 0:
            return ""
        return joined(self._line.comment, str(item.data(Qt.ItemDataRole.UserRole)))

    def _banded(self, _band: object) -> None:
        self._show()
        self.field.setFocus()

    def _show(self) -> None:
        self.matches.clear()
        band = str(self.bands.value() or "")
        for offer in offers(self._sheet, self._line, band=band, query=self.field.text()):
            used = _("{text}  · đã dùng cho {n} em").format(text=offer.text, n=offer.used)
            item = QListWidgetItem(used if offer.used else offer.text)
            item.setData(Qt.ItemDataRole.UserRole, offer.text)
            if offer.used:
                item.setForeground(token("text3"))
            self.matches.addItem(item)
        self.matches.setCurrentRow(0)
        self._measure()

    def _measure(self) -> None:
        """How long the comment would be beside what the printed box holds."""
        n = len(self.comment())
        long = n > COMMENT_BOX
        words = _("Dài {n} chữ cái, quá ô in {most}.") if long else _("Dài {n} chữ cái, ô in vừa {most}.")
        none = _("Không có câu nào hợp. Esc để tự gõ.")
        self.length.setText(words.format(n=n, most=COMMENT_BOX) if n else none)
        set_role(self.length, "role", "ask" if long else "text2")

    def _take(self) -> None:
        if self.comment():
            self.chosen.emit(self.comment())


class Phrases(QObject):
    """Opens the box beside the comment of the cursor's pupil and writes what is chosen."""

    def __init__(self, desk: Desk, grid: Grid, sheet: Callable[[], ClassSheet | None]) -> None:
        super().__init__(grid)
        self._desk = desk
        self._grid = grid
        self._sheet = sheet
        self._callout: Callout | None = None
        grid.moved.connect(lambda _row, _column: self.close())

    def open(self) -> None:
        """Offer sentences for the cursor's pupil; an editor that is open is committed first."""
        self._grid.right.setFocus()
        sheet, row = self._sheet(), self._grid.place[0]
        column = self._grid.model.column_of("comment")
        if sheet is None or column < 0 or not self._grid.model.can_edit(row, column):
            self._desk.toast(_("Không ghi nhận xét ở dòng này."))
            return
        self._grid.go(row, column)
        box = PhraseBox(sheet, sheet.lines[row])
        box.chosen.connect(lambda text: self._write(row, column, text))
        self._callout = Callout(self._grid.right.viewport(), box, width=WIDTH)
        self._callout.closed.connect(self._grid.right.setFocus)
        self._callout.point_at(self._grid.cell_rect(row, column), below=True)
        box.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close(self) -> None:
        """Put the box away."""
        if self._callout is not None:
            self._callout.dismiss()
            self._callout.deleteLater()
            self._callout = None

    def _write(self, row: int, column: int, text: str) -> None:
        self.close()
        self._grid.right.setFocus()
        self._grid.model.write(row, column, text)
