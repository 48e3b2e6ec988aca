"""The window of the year's days: the calendar's, and the school's own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from edudesk.home import store
from edudesk.home.rules import YearEvent
from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import N_, _
from edudesk.ui.cells import CellStyle
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems, answer_f1
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.table.view import Column, RecordTable
from edudesk.ui.theme import BODY, TITLE


def _columns() -> list[Column]:
    return [
        Column("title", _("Việc"), lambda event: event.title, 220, names=True),
        Column("day", _("Ngày"), lambda event: show_date(event.day), 100, "right"),
        Column("source", _("Căn cứ"), _source, 0, style=_style),
    ]


class DaysDialog(QDialog):
    """Every event of the open year; Enter gives one another day, an empty day goes back to the calendar's."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(_("Việc cả năm"))
        self._desk = desk
        self.table = RecordTable(_columns())
        self.table.setAccessibleName(_("Việc cả năm"))
        self.table.opened.connect(self._edit)
        note = label(
            _(
                "Ngày nào chưa đọc được trong văn bản thì chỉ là gợi ý. Sửa theo kế hoạch của tỉnh và của trường."
            ),
            role="text2",
            points=BODY,
        )
        note.setWordWrap(True)
        change = button(
            _("Sửa ngày"), kind="main", icon="pencil", on=lambda: self._edit(self.table.current())
        )
        self.table.enable_on_row(change)
        column = stack(
            label(_("Việc cả năm"), points=TITLE, bold=True), note, spacing=10, pad=(20, 16, 20, 16)
        )
        column.addWidget(self.table, 1)
        column.addLayout(bar(None, button(_("Đóng"), on=self.reject), change))
        self.setLayout(column)
        answer_f1(self, [note.text()])
        self.resize(760, 620)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._read()
        self.table.setFocus()

    def _read(self) -> None:
        self.table.set_rows(store.events(self._desk.db, self._desk.year), key=lambda x: x.key)

    def _edit(self, event: YearEvent | None) -> None:
        if event is None:
            return

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            day = parse_date(values["day"]) if values["day"] else None
            done = self._desk.do(store.move_event, self._desk.year, event.key, day, on_problems=problems)
            self._read()
            return done

        fields = [Field("day", N_("Ngày"), "date")]
        sentence = _("Để trống thì lấy lại ngày gợi ý. {article}.").format(article=event.article)
        dialog = FormDialog(event.title, fields, yes=_("Lưu"), action=action, sentence=sentence)
        dialog.start({"day": event.day.isoformat()})


def _source(event: YearEvent) -> str:
    if event.own:
        return _("trường tự đặt")
    return event.article if event.verified else _("{article} (chưa đối chiếu)").format(article=event.article)


def _style(event: YearEvent) -> CellStyle:
    return CellStyle(_source(event), muted=not event.own, small=True)


def choose_days(desk: Desk) -> DaysDialog:
    """Open the window over a page."""
    dialog = DaysDialog(desk)
    dialog.open()
    return dialog
