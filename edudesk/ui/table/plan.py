"""The rows of an import plan as a table in which wrong cells are mended in place and questions answered by a key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from edudesk.kernel.words import N_, _
from edudesk.sheets.plan import FilePlan, RowQuestion
from edudesk.sheets.preview import PlanRow, PreviewFormat, plan_rows, read_keys
from edudesk.ui.cells import CellStyle
from edudesk.ui.grid.editor import EditDelegate
from edudesk.ui.parts import bar, button, label
from edudesk.ui.table.view import Column, Edit, GroupRow, RecordTable
from edudesk.ui.theme import SMALL, font

Index = QModelIndex | QPersistentModelIndex
TITLES = {
    "asked": N_("Hỏi lại"),
    "refused": N_("Không nhận"),
    "doubted": N_("Nên xem lại"),
    "changed": N_("Sẽ sửa"),
    "added": N_("Sẽ thêm"),
    "unchanged": N_("Không đổi"),
}
MENDED = ("refused", "asked", "doubted")
NUMBERS = ("personal_number", "code")
LONG, SHORT = ("name", "home", "note", "title"), ("sex", "class", "grade", "year", "quantity", "broken")


class PlanTable(RecordTable):
    """`mended(record, key, text)` is a text typed over a cell; `answered(record, answer)` a choice made by its number."""

    mended = Signal(object, str, str)
    answered = Signal(object, str)

    def __init__(self) -> None:
        super().__init__([Column("row", _("Dòng"), lambda row: str(row.row), 56, "right")])
        self._shape: tuple[tuple[str, str], ...] = ()  # the columns shown: keys and headings
        self.setAccessibleName(_("Các dòng của tệp"))
        self._editing = EditDelegate(self)
        self._editing.moved.connect(lambda _rows, _columns: None)
        self._editing.rules, self._editing.names = self._paint.rules, self._paint.names
        self._paint = self._editing
        self.setItemDelegate(self._editing)
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.AnyKeyPressed | trigger.DoubleClicked | trigger.EditKeyPressed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)

    def show_plan(self, plan: FilePlan[Any], style: PreviewFormat, asked: Sequence[RowQuestion] = ()) -> None:
        """Show a plan under a column for each field that was read."""
        several = len({table.sheet for table in plan.tables}) > 1
        columns = self._columns([*dict.fromkeys((*read_keys(plan, style), *_always(style)))], style, several)
        shape = tuple((column.key, column.label) for column in columns)
        if shape != self._shape:
            self._shape = shape
            self.set_columns(columns)
        self.set_rows(_titled(plan, plan_rows(plan, style, asked)), key=_key)

    def go_to_wrong(self) -> None:
        """Put the cursor on the first cell that is wrong."""
        for place, record in enumerate(self.records):
            if isinstance(record, PlanRow) and record.kind in ("refused", "asked"):
                key = next((c.key for c in self.columns if c.key in record.bad | record.ask), "row")
                self.setCurrentIndex(self._model.index(place, self._model.column_of(key)))
                return

    def can_mend(self, index: Index) -> bool:
        """Whether a text may be typed over the cell."""
        record = self._model.record(index.row())
        if not isinstance(record, PlanRow) or record.kind not in MENDED:
            return False
        return record.spot(self.columns[index.column()].key) is not None

    def edit(self, index: Index, trigger: object = None, event: QEvent | None = None) -> bool | None:  # type: ignore[override]
        """Open an editor where something may be mended."""
        if trigger is None:
            return super().edit(index)
        if not self.can_mend(index):
            return False
        return bool(super().edit(index, trigger, event))  # type: ignore[call-overload]

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        record, number = self.current(), event.text()
        if isinstance(record, PlanRow) and record.choice and number.isdigit():
            options = record.choice.options
            if 0 < int(number) <= len(options):
                self.answered.emit(record, options[int(number) - 1][0])
            return
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.can_mend(
            self.currentIndex()
        ):
            super().edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _write(self, key: str, record: PlanRow, text: str) -> None:
        QTimer.singleShot(0, self, lambda: self.mended.emit(record, key, text))  # the editor closes first

    def _columns(self, keys: Sequence[str], style: PreviewFormat, several: bool) -> list[Column]:
        sheet = [Column("sheet", _("Trang"), lambda row: row.sheet, 90)] if several else []
        fields = [
            Column(
                key,
                style.labels[key],
                partial(_text, key),
                _width(key, style.labels[key]),
                style=_cell(key),
                edit=Edit(partial(self._write, key)),
                names=key == "name",
            )
            for key in keys
        ]
        return [
            Column("row", _("Dòng"), lambda row: str(row.row), 56, "right"),
            *sheet,
            *fields,
            Column("why", _("Vì sao"), lambda row: row.why, 0, style=_why, least=260),
            Column("fix", _("Cách sửa"), lambda row: row.fix, 190, style=_fix),
        ]


class QuestionBar(QFrame):
    """What is asked about the row under the cursor, and its answers; hidden when nothing is."""

    answered = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._inside: QWidget | None = None
        self.setLayout(bar(spacing=0))
        self.hide()

    def show_row(self, record: object) -> None:
        """Show what is asked about a row."""
        choice = record.choice if isinstance(record, PlanRow) else None
        if self._inside is not None:
            self._inside.deleteLater()
            self._inside = None
        self.setVisible(choice is not None)
        layout = self.layout()
        if choice is None or layout is None:
            return
        self._inside = QWidget()
        buttons = [
            button(f"{n}  {words}", on=partial(self.answered.emit, record, answer))
            for n, (answer, words) in enumerate(choice.options, 1)
        ]
        question = label(
            _("Dòng {row}: {question}").format(row=choice.row, question=choice.question), bold=True
        )
        self._inside.setLayout(bar(question, None, *buttons, spacing=8))
        layout.addWidget(self._inside)


def _always(style: PreviewFormat) -> list[str]:
    return [key for key in ("name", "class") if key in style.labels]


def _titled(plan: FilePlan[Any], rows: dict[str, list[PlanRow]]) -> list[PlanRow | GroupRow]:
    records: list[PlanRow | GroupRow] = []
    doubted = {row.where for row in rows["doubted"]}
    for kind, title in TITLES.items():
        count = len(rows[kind])
        if kind in ("added", "changed", "unchanged"):
            count = sum(taken.kind == kind and (taken.sheet, taken.row) not in doubted for taken in plan.rows)
        if rows[kind]:
            records += [GroupRow(f"{_(title)} ({count})"), *rows[kind]]
    return records


def _key(record: PlanRow | GroupRow) -> object:
    return record.title if isinstance(record, GroupRow) else record.where


def _text(key: str, row: PlanRow) -> str:
    return row.text(key)


def _width(key: str, heading: str) -> int:
    usual = 168 if key in LONG else 64 if key in SHORT else 150 if key in NUMBERS else 112
    return max(usual, QFontMetrics(font(SMALL, True)).horizontalAdvance(heading) + 18)


def _cell(key: str) -> Callable[[PlanRow], CellStyle]:
    def style(row: PlanRow) -> CellStyle:
        text = row.text(key)
        if key in row.ask:
            return CellStyle(text, owed=not text, bold=True, colour="ask", tip=row.why)
        return CellStyle(text, bad=key in row.bad, tip=row.why if key in row.bad else "")

    return style


def _why(row: PlanRow) -> CellStyle:
    if row.kind == "refused":
        return CellStyle(row.why, icon="refused", colour="bad", tip=row.why)
    if row.kind in MENDED:
        return CellStyle(row.why, icon="triangle", colour="ask", tip=row.why)
    return CellStyle(row.why or _("đủ"), icon="check", colour="ok", tip=row.why)


def _fix(row: PlanRow) -> CellStyle:
    return CellStyle(row.fix, colour="accent_text", tip=row.fix)
