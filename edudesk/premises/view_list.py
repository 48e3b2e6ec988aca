"""What the lists of this page share: a table, its tools in a row above, a first step where there is nothing, pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedLayout, QWidget

from edudesk.kernel.change import Step
from edudesk.kernel.words import _
from edudesk.premises.store_photos import photo_counts
from edudesk.premises.view_photos import PhotoPanel
from edudesk.ui.desk import Desk
from edudesk.ui.keys import on_key
from edudesk.ui.parts import EmptyPage, bar, button, label, stack
from edudesk.ui.table.view import Column, RecordTable


class ListTab(QWidget):
    """A list is told by `columns`, `read`, `edit`, `add` and `drop`; records have an `id` and are called by `called`.

    Enter opens a row, Ctrl+N adds, Del drops. The button “Ảnh” shows the pictures of the row under the cursor beside
    the list, which then shows the columns of `narrow` alone.
    """

    tables: tuple[str, ...] = ()
    narrow: frozenset[str] = frozenset()

    def __init__(self, desk: Desk, *, name: str, add: QPushButton, empty: EmptyPage) -> None:
        super().__init__()
        self.desk = desk
        self.table = RecordTable(self.columns())
        self.table.setAccessibleName(name)
        self.table.opened.connect(self.edit)
        self.table.picked.connect(lambda _one: self.offer())
        self.note = label("", role="text2")
        self.change = button(_("Sửa"), icon="pencil", on=lambda: self.edit(self.table.current()))
        self.table.enable_on_row(self.change)
        self.show_photos = button(_("Ảnh"), on=self._turn_photos)
        self.show_photos.setCheckable(True)
        self.panel = PhotoPanel(desk)
        self.panel.hide()
        self.panel.closed.connect(self.show_photos.click)
        self.tools = bar(self.note, None, self.change, self.show_photos, add)
        self.body = QWidget()
        self._layers = QStackedLayout(self.body)
        self._layers.addWidget(self._side())
        self._layers.addWidget(empty)
        column = stack(spacing=10)
        column.addLayout(self.tools)
        column.addWidget(self.body, 1)
        self.setLayout(column)
        on_key(self, "Ctrl+N", self.add)
        on_key(self.table, "Del", self.drop)

    def _side(self) -> QWidget:
        holder, row = QWidget(), QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.table, 1)
        row.addWidget(self.panel)
        holder.setLayout(row)
        return holder

    # -- what a list tells

    def columns(self) -> list[Column]:
        """The columns of the table."""
        raise NotImplementedError

    def read(self) -> tuple[Sequence[Any], bool]:
        """The records to show, and whether there is anything at all."""
        raise NotImplementedError

    def called(self, one: Any) -> str:
        """What people call a record."""
        raise NotImplementedError

    def edit(self, one: Any) -> None:
        """Open a record."""
        raise NotImplementedError

    def add(self) -> None:
        """Ask for a new record."""
        raise NotImplementedError

    def drop(self) -> None:
        """Take the record under the cursor away."""
        raise NotImplementedError

    # -- what all do

    def refresh(self, step: Step | None = None) -> None:
        """Read the records."""
        if step is not None and not step.touches(*self.tables, "photo"):
            return
        shown, present = self.read()
        self.table.set_rows(shown, key=lambda one: one.id)
        self._layers.setCurrentIndex(0 if present else 1)
        self.show_photos.setVisible(present)
        self.offer()

    def offer(self) -> None:
        """What can be done with the row under the cursor."""
        one = self.table.current()
        pictured = photo_counts(self.desk.db)[one.id] if one is not None else 0
        self.show_photos.setText(_("Ảnh ({n})").format(n=pictured) if pictured else _("Ảnh"))
        if self.panel.isVisibleTo(self):
            self.panel.show_owner(one.id if one else "", self.called(one) if one else "")

    def _turn_photos(self) -> None:
        shown = self.show_photos.isChecked()
        self.panel.setVisible(shown)
        picked = self.table.picked_key()
        self.table.set_columns(
            [column for column in self.columns() if not shown or column.key in self.narrow]
        )
        if not self.table.pick(picked) and self.table.records:
            self.table.pick(self.table.records[0].id)
        self.offer()
        (self.panel.list if shown else self.table).setFocus()
