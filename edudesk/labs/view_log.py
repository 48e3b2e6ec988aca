"""The log of one computer room beside its timetable."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Value
from edudesk.kernel.words import _
from edudesk.labs import store_log
from edudesk.labs.store_log import LabSession, session_fields, sessions
from edudesk.labs.store_timetable import SESSIONS
from edudesk.labs.view_files import print_log
from edudesk.premises import store
from edudesk.premises.fields import LAB
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.keys import on_key
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.table.view import Column, RecordTable


class LabLog(QWidget):
    """Choose the room; Ctrl+N writes a lesson down, Enter opens one, Del takes one out."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rooms = Chooser(name=_("Phòng máy"), width=200, bold=True)
        self.rooms.chosen.connect(lambda _room: self.refresh())
        self.note = label("", role="text2")
        self.table = RecordTable(_columns())
        self.table.setAccessibleName(_("Nhật kí phòng máy"))
        self.table.opened.connect(self.ask)
        self.add = button(_("Ghi tiết học"), icon="plus", tip=_("Ghi tiết học (Ctrl+N)"), on=self.ask)
        press = button(_("In nhật kí"), icon="printer", on=lambda: print_log(desk))
        column = stack(spacing=8)
        column.addLayout(bar(self.rooms, self.note, None, press, self.add))
        column.addWidget(self.table, 1)
        self.where = label(_("Enter mở dòng đang chọn; Del xóa."), role="text3")
        column.addWidget(self.where)
        self.setLayout(column)
        on_key(self, "Ctrl+N", self.ask)
        on_key(self.table, "Del", self.drop)

    def refresh(self) -> None:
        """Read the log of the chosen room."""
        self.rooms.offer([(room.id, room.name) for room in store.rooms(self.desk.db, kind=LAB)])
        all_sessions = sessions(self.desk.db, self.desk.year, room_id=str(self.rooms.currentData() or "?"))
        self.table.set_rows(all_sessions, key=lambda session: session.id)
        message = _("{n} tiết đã ghi").format(n=len(all_sessions))
        self.note.setText(message if all_sessions else _("chưa ghi tiết nào"))

    def ask(self, session: LabSession | None = None) -> None:
        """The form of a lesson, new or there."""
        room, stored = str(self.rooms.currentData()), session.id if session else ""

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            write, toast = store_log.write_session, _("Đã ghi nhật kí")
            return self.desk.do(
                write, self.desk.year, room, values, kept=stored, toast=toast, on_problems=problems
            )

        fields = session_fields(self.desk.db, self.desk.year)
        dialog = FormDialog(_("Tiết học ở phòng máy"), fields, yes=_("Ghi"), action=action)
        first: dict[str, Value] = {"on_date": dt.date.today().isoformat(), "session": "SANG", "period": "1"}
        dialog.start({field.key: getattr(session, field.key) for field in fields} if session else first)

    def drop(self) -> None:
        """Take the lesson under the cursor out."""
        session = self.table.current()
        if session is not None:
            self.desk.do(store_log.drop_session, session.id, toast=_("Đã xóa dòng nhật kí"))


def _columns() -> list[Column]:
    return [
        Column("day", _("Ngày"), lambda x: show_date(x.on_date), 92, names=True),
        Column("period", _("Tiết"), lambda x: f"{_(dict(SESSIONS).get(x.session, ''))} {x.period}", 76),
        Column("class", _("Lớp"), lambda x: x.class_name or "–", 64),
        Column("teacher", _("Giáo viên"), lambda x: x.teacher or "–", 150),
        Column("down", _("Máy hỏng"), lambda x: "–" if x.down is None else str(x.down), 76, "right"),
        Column("note", _("Ghi chú"), lambda x: x.note or "–", 0),
    ]
