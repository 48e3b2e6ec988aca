"""The part “Kiểm kê”: a code, Enter, the next; what has not been seen shrinks, what differs stands beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from edudesk.equipment.stocktake.store import (
    NAME,
    TABLES,
    CommitteeMember,
    CountLine,
    CountSheet,
    Scan,
    StockCount,
    close_count,
    count_sheet,
    save_session,
    sessions,
)
from edudesk.equipment.stocktake.store_scan import count_code, drop_scan
from edudesk.equipment.stocktake.view_lists import (
    Strange,
    differing,
    differing_columns,
    expected,
    waiting_columns,
)
from edudesk.equipment.view_files import print_record
from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.change import Step, Value
from edudesk.kernel.checks import NAME_LETTERS
from edudesk.kernel.errors import Failure
from edudesk.kernel.field import Field
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import N_, _
from edudesk.premises import store
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.keys import on_key
from edudesk.ui.parts import ElidedLabel, EmptyPage, bar, button, label, menu_button, set_role, stack
from edudesk.ui.table.view import GroupRow, RecordTable
from edudesk.ui.theme import BODY, font

NO_ROOM = "-"
PEOPLE = 4  # of the committee on the form
_SESSION = (
    replace(NAME, required=True),
    Field("on", N_("Thời điểm kiểm kê"), "date", required=True),
    *(
        Field(
            f"who{n}", N_("Ủy viên: họ tên, chức vụ") if n else N_("Trưởng ban: họ tên, chức vụ"), width=240
        )
        for n in range(PEOPLE)
    ),
)
PARTS = (N_("Trưởng ban"), N_("Ủy viên"))


class CountTab(QWidget):
    """The keyboard stays in the field of the code."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.sheet: CountSheet | None = None
        self.which = Chooser(name=_("Đợt kiểm kê"), width=230, bold=True)
        self.which.chosen.connect(lambda _one: self.refresh())
        self.room = Chooser(name=_("Phòng đang kiểm"), width=190)
        self.room.chosen.connect(lambda _room: self._turned())
        self.code = QLineEdit()
        self.code.setMaxLength(NAME_LETTERS)
        self.code.setFont(font(BODY))
        self.code.setPlaceholderText(_("Quét hoặc gõ mã, Enter; lô: GHE*35"))
        self.code.setAccessibleName(_("Mã thiết bị vừa thấy"))
        self.code.returnPressed.connect(self.scan)
        self.note = label("", role="text2", points=BODY)
        self.state = ElidedLabel()
        self.waiting = RecordTable(waiting_columns())
        self.waiting.setAccessibleName(_("Chưa thấy ở phòng này"))
        self.waiting.opened.connect(self._take)
        self.differing = RecordTable(differing_columns())
        self.differing.setAccessibleName(_("Lệch với sổ, mã lạ"))
        self._lay_out()
        on_key(self, "Ctrl+N", self.begin)
        on_key(self.differing, "Del", self.drop)

    def _lay_out(self) -> None:
        self.close_button = button(_("Khóa đợt…"), icon="lock", on=self.finish)
        self.print = button(_("In biên bản"), icon="printer", on=self._print)
        new = button(_("Lập đợt kiểm kê"), kind="main", icon="plus", tip=_("Lập đợt (Ctrl+N)"), on=self.begin)
        more = menu_button(
            [
                ("pencil", _("Sửa tên, ngày, ban kiểm kê…"), self.change),
                ("trash", _("Bỏ lượt kiểm đang chọn"), self.drop),
            ]
        )
        column = stack(spacing=10)
        head = bar(self.which, self.state, self.print, self.close_button, new, more)
        head.setStretchFactor(self.state, 1)
        column.addLayout(head)
        self.entry = QWidget()
        row = bar(label(_("Ở phòng")), self.room, spacing=8)
        row.addWidget(self.code, 1)
        row.addWidget(self.note, 1)
        self.entry.setLayout(row)
        body = QWidget()
        lists = bar(spacing=12)
        lists.addWidget(self.waiting, 1)
        lists.addWidget(self.differing, 1)
        inside = stack(self.entry, spacing=10)
        inside.addLayout(lists, 1)
        body.setLayout(inside)
        self._layers = QStackedWidget()
        self._layers.addWidget(body)
        self._layers.addWidget(self._empty())
        column.addWidget(self._layers, 1)
        self.setLayout(column)

    def _empty(self) -> EmptyPage:
        return EmptyPage(
            _("Chưa có đợt kiểm kê nào"),
            _(
                "Mỗi năm kiểm kê một lần: lập đợt, đến từng phòng quét mã trên nhãn hoặc gõ mã. Hai máy cùng kiểm một "
                "đợt được. Khóa đợt thì số lệch được ghi vào sổ và in biên bản."
            ),
            icon="check-square",
            action=button(_("Lập đợt kiểm kê"), kind="main", icon="plus", on=self.begin),
        )

    # -- showing

    def refresh(self, step: Step | None = None) -> None:
        """Read the count."""
        if step is not None and not step.touches(*TABLES):
            return
        all_sessions = sessions(self.desk.db)
        self.which.offer([(session.id, session.name) for session in all_sessions])
        self._layers.setCurrentIndex(0 if all_sessions else 1)
        for press in (self.which, self.close_button, self.print):
            press.setVisible(bool(all_sessions))
        self.sheet = count_sheet(self.desk.db, str(self.which.currentData())) if all_sessions else None
        if self.sheet is None:
            self.state.setText("")
            return
        self.room.offer(self._rooms(self.sheet))
        self._show(self.sheet)

    def _show(self, sheet: CountSheet) -> None:
        closed = sheet.session.closed_on
        room = self._room_id()
        waiting = [line for line in sheet.of_room(room) if expected(line) > (line.seen or 0)]
        self.waiting.set_rows(waiting, key=lambda x: x.id)
        self.differing.set_rows(differing(sheet), key=lambda x: x.title if isinstance(x, GroupRow) else x.id)
        self.entry.setVisible(not closed)
        self.close_button.setEnabled(not closed)
        counted = sum(line.seen is not None for line in sheet.lines)
        words = _("tính đến {day} · {counted}/{all} dòng đã kiểm · {here}")
        here = (
            _("phòng này chưa thấy {n} dòng").format(n=len(waiting)) if waiting else _("phòng này đã thấy đủ")
        )
        message = words.format(
            day=show_date(sheet.session.on), counted=counted, all=len(sheet.lines), here=here
        )
        if closed:
            message = _("tính đến {day} · đã khóa ngày {closed}, {who}").format(
                day=show_date(sheet.session.on), closed=show_date(closed), who=sheet.session.closed_by
            )
        self.state.setText(message)

    def _rooms(self, sheet: CountSheet) -> list[tuple[object, str]]:
        """Rooms where something waits to be seen first, those begun before the others; rooms without a book last."""
        waits = {line.room_id for line in sheet.lines if expected(line) > (line.seen or 0)}
        booked = {line.room_id for line in sheet.lines}
        rooms = sorted(
            store.rooms(self.desk.db),
            key=lambda room: (room.id not in waits, room.id not in sheet.rooms, room.id not in booked),
        )
        return [*((room.id, room.name) for room in rooms), (NO_ROOM, _("Ngoài các phòng"))]

    def _room_id(self) -> str | None:
        room = self.room.currentData()
        return None if room in (NO_ROOM, None) else str(room)

    def _turned(self) -> None:
        if self.sheet is not None:
            self._show(self.sheet)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- counting

    def scan(self) -> None:
        """Take what stands in the field; the field is empty for the next."""
        text = self.code.text()
        if not squeeze(text) or self.sheet is None:
            return
        try:
            _step, equipment = count_code(self.desk.db, self.sheet.session.id, self._room_id(), text)
        except Failure as no:
            self._say(no.sentence, "bad")
            self.code.selectAll()
            return
        self.code.clear()
        if equipment is None:
            self._say(_("{code}: không có trong sổ, đã ghi vào danh sách mã lạ").format(code=text), "bad")
        else:
            self._say(_("{code} {name}").format(code=equipment.code, name=equipment.name), "ok")

    def _say(self, text: str, role: str) -> None:
        set_role(self.note, "role", role)
        self.note.setText(text)

    def _take(self, line: CountLine) -> None:
        """Enter on a row that was not seen puts its code into the field."""
        self.code.setText(
            line.equipment.code if line.equipment.item else f"{line.equipment.code}*{expected(line)}"
        )
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def drop(self) -> None:
        """Take back the entries of the chosen row of the second list."""
        row = self.differing.current()
        if self.sheet is None or self.sheet.session.closed_on or row is None or isinstance(row, GroupRow):
            return
        scan = row.scan if isinstance(row, Strange) else self._last_scan(row)
        if scan is not None:
            self.desk.do(drop_scan, scan.id, toast=_("Đã bỏ lượt kiểm {code}").format(code=scan.code))

    def _last_scan(self, line: CountLine) -> Scan | None:
        from edudesk.equipment.stocktake.store import scans

        own = [
            code_scan
            for code_scan in scans(self.desk.db, self.sheet.session.id if self.sheet else "")
            if (code_scan.equipment_id, code_scan.room_id) == line.id
        ]
        return own[-1] if own else None

    # -- sessions

    def begin(self) -> None:
        """Begin a count."""
        self._ask(None)

    def change(self) -> None:
        """Change the count that is shown."""
        if self.sheet is not None:
            self._ask(self.sheet.session)

    def _ask(self, session: StockCount | None) -> None:
        def action(values: dict[str, Value], problems: OnProblems) -> object:
            people = [_person(n, str(values[f"who{n}"] or "")) for n in range(PEOPLE)]
            on = parse_date(values["on"]) or dt.date.today()
            persons = [person for person in people if person.name]
            known = {"session_id": session.id} if session else {}
            toast = _("Đã lưu đợt kiểm kê")
            done = self.desk.do(
                save_session, str(values["name"]), on, persons, toast=toast, on_problems=problems, **known
            )
            if done is not None and session is None:
                self.which.choose(sessions(self.desk.db)[0].id)
                self.refresh()
            return done

        sentence = _("Sổ được so với tình trạng vào cuối ngày này. Chức vụ viết sau dấu phẩy.")
        dialog = FormDialog(
            session.name if session else _("Lập đợt kiểm kê"),
            _SESSION,
            yes=_("Lưu"),
            action=action,
            sentence=sentence,
        )
        start: dict[str, Value] = {"name": _("Kiểm kê năm {year}").format(year=dt.date.today().year)}
        start["on"] = dt.date.today().isoformat()
        dialog.start(_start(session) if session else start)

    def finish(self) -> None:
        """Close the count: its differences become events."""
        sheet = self.sheet
        if sheet is None:
            return
        off = sum(bool(line.off) for line in sheet.lines)
        uncounted = sorted({line.room or _("Ngoài các phòng") for line in sheet.lines if line.seen is None})
        words = _("{off} dòng lệch sẽ được ghi vào sổ; sau đó đợt này không kiểm thêm được.").format(off=off)
        rest = _("Chưa kiểm, giữ theo sổ: {rooms}.").format(rooms=", ".join(uncounted)) if uncounted else ""
        question = _("Khóa đợt {name}?").format(name=sheet.session.name)
        if self.desk.ask(question, yes=_("Khóa đợt"), detail=f"{words}\n{rest}".strip(), danger=True):
            chair = sheet.session.members[0].name if sheet.session.members else ""
            self.desk.do(close_count, sheet.session.id, by=chair, toast=_("Đã khóa đợt kiểm kê"))

    def _print(self) -> None:
        if self.sheet is not None:
            print_record(self.desk, self.sheet.session.id)


def _person(place: int, text: str) -> CommitteeMember:
    name, _comma, title = (part.strip() for part in text.partition(","))
    return CommitteeMember(name, title, "", _(PARTS[min(place, 1)]))


def _start(session: StockCount) -> dict[str, Value]:
    who: dict[str, Value] = {
        f"who{n}": f"{person.name}, {person.title}".rstrip(", ")
        for n, person in enumerate(session.members[:PEOPLE])
    }
    return {"name": session.name, "on": session.on.isoformat(), **who}
