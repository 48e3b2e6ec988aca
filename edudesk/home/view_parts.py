"""The two tables of the board, and the card of days and locks at its right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QStyleOptionViewItem, QVBoxLayout, QWidget

from edudesk.home.rules import YearEvent, days_left
from edudesk.home.rules_board import BoardFigures, FillLine, Locked, Owing
from edudesk.kernel.calendar import show_date
from edudesk.kernel.numbers import thousands
from edudesk.kernel.words import _
from edudesk.ui.cells import CellDelegate, CellStyle
from edudesk.ui.choices import Segmented
from edudesk.ui.parts import Card, ElidedLabel, bar, button, label, stack
from edudesk.ui.table.view import Column, RecordTable
from edudesk.ui.theme import BODY, token

METER = 1  # the column that is painted as a bar
MOST_OWING, MOST_LOCKS = 200, 4
Index = QModelIndex | QPersistentModelIndex


class OwingCard(QFrame):
    """Who owes what, column by column: “Toán 9A2 · 3 em thiếu ĐĐGck · cô Hạnh”."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("face", "card")
        self.title = label(_("Ai còn thiếu điểm"), points=BODY, bold=True)
        self.note = label("", role="text2")
        self.table = RecordTable(
            [
                Column("what", _("Lớp, môn"), lambda x: f"{x.class_name} {x.subject}", 0, names=True),
                Column("missing", _("Còn thiếu"), lambda x: x.words, 0, style=lambda x: _owing_style(x)),
                Column("teacher", _("Giáo viên"), lambda x: x.teacher or _("Chưa phân công"), 150),
            ]
        )
        self.table.setAccessibleName(_("Ai còn thiếu điểm"))
        column = stack(spacing=8, pad=(1, 10, 1, 1))
        column.addLayout(bar(self.title, self.note, None, pad=(16, 0, 16, 0)))
        column.addWidget(self.table, 1)
        self.setLayout(column)

    def show_figures(self, figures: BoardFigures) -> None:
        """Show what is owed, the most urgent first."""
        self.table.set_rows(figures.owing[:MOST_OWING], key=lambda x: (x.class_id, x.code, x.kind))
        total = sum(owing.missing for owing in figures.owing)
        words = _("{columns} chỗ, {n} điểm").format(columns=len(figures.owing), n=thousands(total))
        self.note.setText(words if total else _("không thiếu điểm nào"))


def _owing_style(owing: Owing) -> CellStyle:
    return CellStyle(owing.words, muted=owing.whole, colour="" if owing.whole else "ask")


class _Meter(CellDelegate):
    """A bar as long as the share that is there."""

    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        count = self._table.records[index.row()].count
        track: QRect = option.rect.adjusted(8, 10, -8, -10)
        painter.fillRect(track, token("bar_bg"))
        track.setWidth(track.width() * count.done // max(1, count.total))
        painter.fillRect(track, token("accent"))


class PartsCard(QFrame):
    """How full the marks of every class, or of every teacher, are."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("face", "card")
        self._figures: BoardFigures | None = None
        self.views = Segmented([("classes", _("Theo lớp")), ("teachers", _("Theo giáo viên"))], name=_("Xếp"))
        self.views.choose("classes")
        self.views.chosen.connect(lambda _value: self._show())
        self.table = RecordTable(
            [
                Column("name", _("Lớp, giáo viên"), lambda x: x.name, 116, names=True),
                Column("meter", _("Đã có"), lambda _x: "", 0),
                Column("share", "", lambda x: _share(x), 80, "right", style=lambda x: _share_style(x)),
            ]
        )
        self.table.setAccessibleName(_("Điểm đã có theo lớp, theo giáo viên"))
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setItemDelegateForColumn(METER, _Meter(self.table))
        column = stack(spacing=8, pad=(1, 8, 1, 1))
        column.addLayout(
            bar(label(_("Điểm đã có"), points=BODY, bold=True), None, self.views, pad=(16, 0, 12, 0))
        )
        column.addWidget(self.table, 1)
        self.setLayout(column)

    def show_figures(self, figures: BoardFigures) -> None:
        """Show the shares of a term."""
        self._figures = figures
        self._show()

    def _show(self) -> None:
        if self._figures is None:
            return
        rows = self._figures.classes if self.views.value() == "classes" else self._figures.teachers
        if self.views.value() == "teachers":
            rows = tuple(sorted(rows, key=lambda part: part.count.done * 10_000 // max(1, part.count.total)))
        self.table.set_rows(rows, key=lambda x: x.name)


def _share(part: FillLine) -> str:
    return f"{100 * part.count.done // part.count.total} %" if part.count.total else "–"


def _share_style(part: FillLine) -> CellStyle:
    full = part.count.full
    return CellStyle(_share(part), "right", icon="check" if full else "", colour="ok" if full else "")


class DaysCard(Card):
    """The next days of the year. `edit` when somebody wants to change them."""

    edit = Signal()

    def __init__(self) -> None:
        super().__init__(_("Sắp tới"), icon="calendar-check")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self.note = label("", role="text3")
        self.note.setWordWrap(True)
        self.body.addWidget(self.note)
        press = button(_("Sửa ngày"), kind="ghost", on=self.edit.emit)
        self.body.addLayout(bar(None, press))

    def show_days(self, events: Sequence[YearEvent], today: dt.date) -> None:
        """Show them; the days that no text was read for say so."""
        _clear(self._rows)
        for event in events:
            self._rows.addWidget(_line(event.title, show_date(event.day)[:5], tip=_event_words(event, today)))
        unread = any(not event.verified and not event.own for event in events)
        self.note.setText(
            _("Ngày theo kế hoạch của trường; sửa cho đúng với tỉnh và trường.") if unread else ""
        )
        self.note.setVisible(unread)


def _event_words(event: YearEvent, today: dt.date) -> str:
    source = _("trường tự đặt") if event.own else event.article
    unread = "" if event.own or event.verified else _(" (chưa đối chiếu văn bản gốc)")
    return f"{days_left(event.day, today)} · {source}{unread}"


class LocksCard(Card):
    """Locks whose day is to come, and permits that are open. `opened` leads to their page."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__(_("Khóa sổ"), icon="lock")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self.body.addLayout(bar(None, button(_("Mở trang Khóa sổ"), kind="ghost", on=self.opened.emit)))

    def show_locks(self, locks: Sequence[Locked], today: dt.date) -> None:
        """Show the first of them."""
        _clear(self._rows)
        for locked in locks[:MOST_LOCKS]:
            day = show_date(locked.day)[:5]
            words = _("hết {day}") if locked.is_permit else _("từ {day}")
            self._rows.addWidget(
                _line(
                    locked.words,
                    words.format(day=day),
                    tip=days_left(locked.day, today),
                    ask=locked.is_permit,
                )
            )
        if not locks:
            self._rows.addWidget(label(_("Chưa đặt lịch khóa, không có phiếu đang mở."), role="text2"))


def _line(words: str, day: str, *, tip: str, ask: bool = False) -> QWidget:
    widget = QWidget()
    caption = ElidedLabel(role="text")
    caption.setText(words)
    caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    row = bar(spacing=8)
    row.addWidget(caption, 1)
    row.addWidget(label(day, role="ask" if ask else "", bold=True))
    widget.setLayout(row)
    widget.setToolTip(tip)
    widget.setAccessibleName(f"{words}: {day}, {tip}")
    return widget


def _clear(rows: QVBoxLayout) -> None:
    while (item := rows.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.deleteLater()
