"""The week of a computer room: which class learns there in which period."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from edudesk.kernel.change import Value
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.labs import store_timetable
from edudesk.labs.store_timetable import PERIODS, SESSIONS, WEEKDAYS, When
from edudesk.premises import store
from edudesk.premises.fields import LAB
from edudesk.school.store import classes
from edudesk.ui.cells import CellStyle
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.keys import on_key
from edudesk.ui.parts import bar, label, stack
from edudesk.ui.table.view import Column, RecordTable


@dataclass(frozen=True, slots=True)
class Period:
    """A line of the timetable: one period of every day, with the class of each."""

    session: str
    period: int
    classes: dict[int, tuple[str, str]]  # weekday → (id, name)


class Timetable(QWidget):
    """Choose the room; Enter on a period gives it to a class, Del makes it free."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.rooms = Chooser(name=_("Phòng máy"), width=220, bold=True)
        self.rooms.chosen.connect(lambda _room: self.refresh())
        self.table = RecordTable(_columns())
        self.table.setAccessibleName(_("Thời khóa biểu phòng máy"))
        self.table.opened.connect(self._ask)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._say_where())
        self.note = label("", role="text2")
        column = stack(spacing=8)
        column.addLayout(bar(self.rooms, self.note, None))
        column.addWidget(self.table, 1)
        self.where = label("", role="text3")
        column.addWidget(self.where)
        self.setLayout(column)
        on_key(self.table, "Del", self.clear)

    def refresh(self) -> None:
        """Read the week of the chosen room."""
        rooms = store.rooms(self.desk.db, kind=LAB)
        self.rooms.offer([(room.id, room.name) for room in rooms])
        chosen = str(self.rooms.currentData() or "")
        lessons = store_timetable.lessons(self.desk.db, self.desk.year, room_id=chosen) if chosen else []
        taken = {
            (lesson.session, lesson.period, lesson.weekday): (lesson.class_id, lesson.class_name)
            for lesson in lessons
        }
        lines = [
            Period(
                session,
                period,
                {day: taken[session, period, day] for day in WEEKDAYS if (session, period, day) in taken},
            )
            for session, _name in SESSIONS
            for period in PERIODS
        ]
        self.table.set_rows(lines, key=lambda x: (x.session, x.period))
        message = _("{n} tiết một tuần").format(n=len(lessons))
        self.note.setText(message if lessons else _("chưa có thời khóa biểu: tính theo lớp đông nhất"))

        self._say_where()

    def _say_where(self) -> None:
        """Which period the cursor is on, for the line below the week."""
        line = self.table.current()
        keys = _("Enter xếp lớp vào tiết đang chọn; Del bỏ trống.")
        place = f"{day_name(self._day())}, {period_name(line)}: " if isinstance(line, Period) else ""
        self.where.setText(place + keys)

    def _day(self) -> int:
        """The weekday of the cursor."""
        return WEEKDAYS[max(0, self.table.currentIndex().column() - 1)]

    def _ask(self, line: Period) -> None:
        day, room = self._day(), str(self.rooms.currentData())
        offered = tuple((one.id, one.name) for one in classes(self.desk.db, self.desk.year))
        field = Field("class_id", N_("Lớp học ở tiết này"), "choice", choices=offered, width=240)

        def action(values: dict[str, Value], on_problems: OnProblems) -> object:
            return self._set(line, day, room, class_id=values["class_id"], on_problems=on_problems)

        title = _("{day}, {period}").format(day=day_name(day), period=period_name(line))
        dialog = FormDialog(
            title, [field], yes=_("Xếp"), action=action, sentence=_("Để trống là không lớp nào học.")
        )
        dialog.start({"class_id": line.classes.get(day, (None, ""))[0]})

    def clear(self) -> None:
        """Make the period of the cursor free."""
        line = self.table.current()
        if isinstance(line, Period) and self._day() in line.classes:
            self._set(line, self._day(), str(self.rooms.currentData()), class_id=None, on_problems=None)

    def _set(
        self, line: Period, day: int, room: str, *, class_id: Value, on_problems: OnProblems | None
    ) -> object:
        when = When(day, line.session, line.period)
        toast = _("Đã xếp {when}") if class_id else _("Đã bỏ trống {when}")
        message = toast.format(when=f"{day_name(day)}, {period_name(line)}")
        return self.desk.do(
            store_timetable.set_lesson,
            self.desk.year,
            room,
            when,
            class_id,
            toast=message,
            on_problems=on_problems,
        )


def _columns() -> list[Column]:
    days = [
        Column(f"day{day}", day_name(day), _class_on(day), 0, "center", style=_style_on(day), least=92)
        for day in WEEKDAYS
    ]
    return [Column("period", _("Tiết"), period_name, 84, names=True), *days]


def _class_on(day: int) -> Callable[[Period], str]:
    return lambda line: line.classes.get(day, ("", ""))[1]


def _style_on(day: int) -> Callable[[Period], CellStyle]:
    return partial(_style, day)


def _style(day: int, line: Period) -> CellStyle:
    return CellStyle(_class_on(day)(line), align="center", bold=True)


def day_name(day: int) -> str:
    """“Thứ 2”."""
    return _("Thứ {n}").format(n=day)


def period_name(line: Period) -> str:
    """“Sáng 1”."""
    return f"{_(dict(SESSIONS)[line.session])} {line.period}"
