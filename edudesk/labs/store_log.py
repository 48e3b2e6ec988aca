"""The log of the computer rooms (“nhật kí phòng máy”): which class was there when, with whom, and what was broken."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from edudesk.kernel import checks, clock
from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.ids import name_id
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import N_, _
from edudesk.labs.store_timetable import PERIODS, SESSIONS
from edudesk.premises.fields import LAB
from edudesk.premises.store import rooms
from edudesk.school.store import classes
from edudesk.staff.store import members
from edudesk.storage.database import Database

MOST_DOWN = 500


@dataclass(frozen=True, slots=True)
class LabSession:
    """One lesson as it was held; `down` machines did not work, None when nobody looked."""

    id: str
    room_id: str
    room: str
    on_date: str
    session: str
    period: int
    class_id: str
    class_name: str
    staff_id: str
    teacher: str
    down: int | None
    note: str


def sessions(db: Database, year: int, *, room_id: str = "") -> list[LabSession]:
    """The lessons of a school year, newest first; of one room when asked."""
    rows = db.all(
        """select s.id, s.room_id, coalesce(r.name, ''), s.on_date, s.session, s.period, coalesce(s.class_id, ''),
        coalesce(c.name, ''), coalesce(s.staff_id, ''), coalesce(t.name, ''), s.down, coalesce(s.note, '')
        from lab_session s left join room r on r.id = s.room_id left join school_class c on c.id = s.class_id
        left join staff t on t.id = s.staff_id
        where s.gone = 0 and s.on_date >= ? and s.on_date < ? order by s.on_date desc, s.session, s.period""",
        (f"{year}-07-01", f"{year + 1}-07-01"),
    )
    return [session for session in (LabSession(*row) for row in rows) if room_id in ("", session.room_id)]


def session_fields(db: Database, year: int) -> list[Field]:
    """What is asked of a lesson."""
    offered = tuple((school_class.id, school_class.name) for school_class in classes(db, year))
    people = tuple((member.id, member.name) for member in members(db))
    periods = tuple((str(n), str(n)) for n in PERIODS)
    return [
        Field("on_date", N_("Ngày"), "date", required=True),
        Field("session", N_("Buổi"), "choice", choices=SESSIONS, required=True),
        Field("period", N_("Tiết"), "choice", choices=periods, required=True),
        Field("class_id", N_("Lớp"), "choice", choices=offered, required=True),
        Field("staff_id", N_("Giáo viên"), "choice", choices=people, width=240),
        Field("down", N_("Số máy hỏng"), "number"),
        Field("note", N_("Ghi chú"), width=240, stored=checks.NOTE),
    ]


def write_session(
    db: Database, year: int, room_id: str, fields: Mapping[str, Value], *, kept: str = ""
) -> Step:
    """Write a lesson down, or change one (`kept` is its id).

    Raises Refused SESSION_ROOM, SESSION_DAY, SESSION_TAKEN, SESSION_CLASS, SESSION_DOWN; all at once.
    """
    day, period = parse_date(fields.get("on_date")), int(str(fields.get("period") or 0))
    row = name_id("lab_session", room_id, str(day), fields.get("session"), period)
    problems = _wrong(db, year, room_id, (day, fields))
    stored = db.row("lab_session", row) if row != kept else None
    if stored and not stored["gone"]:
        message = _("Tiết này của phòng đã ghi cho lớp khác.")
        problems.append(
            Problem(
                "SESSION_TAKEN", message, next=_("Mở dòng ấy để sửa, hoặc chọn tiết khác."), field="period"
            )
        )
    if problems:
        raise Refused(*problems)
    values: dict[str, Value] = {**_written(fields), "room_id": room_id, "on_date": str(day), "period": period}
    gone = db.drop("lab_session", kept) if kept and kept != row else ()
    return db.do(Step(_("Ghi nhật kí phòng máy"), gone + db.upsert("lab_session", row, **values)))


def _written(fields: Mapping[str, Value]) -> dict[str, Value]:
    plain = {key: fields.get(key) or None for key in ("class_id", "staff_id", "session")}
    return {**plain, "down": fields.get("down"), "note": squeeze(str(fields.get("note") or "")) or None}


def _wrong(
    db: Database, year: int, room_id: str, given: tuple[dt.date | None, Mapping[str, Value]]
) -> list[Problem]:
    day, fields = given
    problems = []
    if room_id not in {school_class.id for school_class in rooms(db, kind=LAB)}:
        problems.append(Problem("SESSION_ROOM", _("Không có phòng máy này."), next=_("Chọn phòng máy khác.")))
    first, last = dt.date(year, 7, 1), min(clock.today(), dt.date(year + 1, 6, 30))
    if day is None or not first <= day <= max(last, first):
        message = _("Ngày phải từ {first} đến {last}.").format(first=show_date(first), last=show_date(last))
        problems.append(Problem("SESSION_DAY", message, next=_("Gõ ngày đã dạy."), field="on_date"))
    if fields.get("class_id") not in {school_class.id for school_class in classes(db, year)}:
        problems.append(
            Problem("SESSION_CLASS", _("Không có lớp này."), next=_("Chọn lớp khác."), field="class_id")
        )
    if not 0 <= int(str(fields.get("down") or 0)) <= MOST_DOWN:
        message = _("Số máy hỏng từ 0 đến {most}.").format(most=MOST_DOWN)
        problems.append(Problem("SESSION_DOWN", message, next=_("Gõ lại."), field="down"))
    return problems


def drop_session(db: Database, session_id: str) -> Step:
    """Take a lesson out of the log."""
    return db.do(Step(_("Xóa dòng nhật kí"), db.drop("lab_session", session_id)))
