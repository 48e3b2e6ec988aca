"""What the homeroom page does in a primary class: reading, writing cells, filling down, clearing a block."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction

from edudesk.gradebook.entry.page_key import PageKey
from edudesk.gradebook.pages.qualities import quality_columns
from edudesk.gradebook.register.marks import save_term_record
from edudesk.gradebook.register.qualities import (
    QualityEntry,
    QualityKey,
    QualityLine,
    moments,
    quality_lines,
    save_qualities,
    save_quality,
    year_quality_lines,
)
from edudesk.gradebook.register.roll import YEAR
from edudesk.gradebook.rules.qualities import END, MOMENTS
from edudesk.kernel.change import Value
from edudesk.kernel.words import _
from edudesk.ui.choices import Segmented
from edudesk.ui.desk import Desk
from edudesk.ui.grid.copying import CellBlock, selected
from edudesk.ui.grid.entry import Grid
from edudesk.ui.table.columns import Column

STAGE = "homeroom.stage"  # setting of this PC: the middle or the end of a term
FIRST = 2  # the column after number and name


class QualityPart(QObject):
    """Only awake while the page shows a primary class (`place` is set). `turned` when another moment was chosen."""

    turned = Signal()

    def __init__(self, desk: Desk, grid: Grid) -> None:
        super().__init__(grid)
        self._desk = desk
        self._grid = grid
        self.place: PageKey | None = None
        self.lines: list[QualityLine] = []
        stored = str(desk.db.local(STAGE, END))
        self.stage = stored if stored in MOMENTS else END
        self.stages = Segmented(moments(), name=_("Thời điểm đánh giá"))
        self.stages.choose(self.stage)
        self.stages.chosen.connect(self.turn)
        action = QAction(grid.right)
        action.setShortcut("Ctrl+D")
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self.fill_down)
        grid.right.addAction(action)
        grid.right.emptied.connect(self.clear)

    def turn(self, stage: object) -> None:
        """Show the middle ("gk") or the end ("ck") of the term."""
        self.stage = str(stage)
        self.stages.choose(self.stage)
        self._desk.db.set_local(STAGE, self.stage)
        self.turned.emit()

    def read(self, place: PageKey) -> list[QualityLine]:
        """The lines of a term at the chosen moment, or of the year's end. Raises Refused."""
        self.place = place
        db = self._desk.db
        if place.term == YEAR:
            self.lines = year_quality_lines(db, place.class_id)
        else:
            self.lines = quality_lines(db, self._key(place))
        return self.lines

    def sleep(self) -> None:
        """Another kind of class is shown."""
        self.place, self.lines = None, []

    def columns(self, place: PageKey) -> list[Column]:
        """The columns of the class; those of the whole year are only to be read."""
        codes = self.lines[0].codes if self.lines else ()
        writing = place.term != YEAR
        return quality_columns(codes, self._write if writing else None, self._record if writing else None)

    def fill_down(self) -> None:
        """Write what stands in the first row of the selection into the empty cells below, column by column."""
        block = selected(self._grid.right)
        if self.place is None or self.place.term == YEAR or block is None:
            return
        last = block.bottom if block.bottom > block.top else len(self.lines) - 1
        entries = list(self._below(block, last))
        if not entries:
            self._desk.toast(_("Không có ô trống nào phía dưới để điền."))
            return
        step = _("Điền xuống {n} ô phẩm chất, năng lực").format(n=len(entries))
        self._do(entries, step, _("Đã điền xuống {n} ô trống").format(n=len(entries)))

    def clear(self, block: CellBlock) -> None:
        """Clear the qualities of a block as one Step; what is locked stays, and so do absences and comments."""
        if self.place is None or self.place.term == YEAR:
            return
        entries = [
            QualityEntry(line.pupil_id, code, None)
            for line in self.lines[block.top : block.bottom + 1]
            for code in self._codes(block)
            if line.owes and not line.lock and line.values.get(code)
        ]
        if not entries:
            self._desk.toast(_("Trong các ô đã chọn không có gì xóa được."))
            return
        step = _("Xóa {n} ô phẩm chất, năng lực").format(n=len(entries))
        self._do(entries, step, _("Đã xóa {n} ô").format(n=len(entries)))

    def _below(self, block: CellBlock, last: int) -> Iterator[QualityEntry]:
        first = self.lines[block.top]
        for line in self.lines[block.top + 1 : last + 1]:
            for code in self._codes(block):
                value = first.values.get(code)
                if value and line.owes and not line.lock and not line.values.get(code):
                    yield QualityEntry(line.pupil_id, code, value)

    def _codes(self, block: CellBlock) -> list[str]:
        codes = self.lines[0].codes
        return [
            codes[at - FIRST] for at in range(block.left, block.right + 1) if 0 <= at - FIRST < len(codes)
        ]

    def _do(self, entries: list[QualityEntry], step: str, toast: str) -> None:
        assert self.place is not None
        self._desk.do(partial(save_qualities, label=step), self._key(self.place), entries, toast=toast)

    def _key(self, place: PageKey) -> QualityKey:
        return QualityKey(place.class_id, place.term, self.stage)

    def _write(self, line: QualityLine, code: str, value: str | None) -> object:
        assert self.place is not None
        return save_quality(self._desk.db, self._key(self.place), QualityEntry(line.pupil_id, code, value))

    def _record(self, line: QualityLine, **fields: Value) -> object:
        assert self.place is not None
        place = self.place
        return save_term_record(self._desk.db, place.class_id, place.term, pupil_id=line.pupil_id, **fields)
