"""What cannot be of rooms, machines and the computer rooms' timetable and is, after two desks wrote apart."""

from __future__ import annotations

from edudesk.kernel.words import N_, _
from edudesk.labs.places import CHECK, MACHINES, ROOMS, FacilityPlace
from edudesk.labs.store_timetable import SESSIONS
from edudesk.sheets.letters import exact
from edudesk.storage.slice_tables import Reader
from edudesk.storage.state_problems import (
    EQUAL,
    POINTED_AT,
    ProblemKind,
    Query,
    Row,
    equal_as,
    pointing_at_gone,
    query,
)

LESSON = ("row", "session", "weekday", "period", "n", "names", "other")
_LESSONS = """from lab_slot l join school_class c on c.id = l.class_id and c.gone = 0
    join room r on r.id = l.room_id and r.gone = 0 where l.year = ? and l.gone = 0"""


def _lessons(sql: str) -> Query:
    """The rows of a query of LESSON with the session of the day in words: “sáng”."""
    sessions = dict(SESSIONS)

    def rows(read: Reader, year: int) -> list[Row]:
        lessons = query(sql)(read, year)
        return [(row, _(sessions[session]).lower(), *rest) for row, session, *rest in lessons]

    return rows


PROBLEMS = (
    ProblemKind(
        "MACHINE_TWICE",
        EQUAL,
        equal_as("select id, name, name from machine where gone = 0", exact),
        N_("{n} máy tính cùng tên {value}."),
        N_("Đổi tên một máy, hoặc xóa dòng ghi thừa."),
        lambda _row: FacilityPlace(tab=MACHINES),
    ),
    ProblemKind(
        "MACHINE_ROOM_GONE",
        POINTED_AT,
        pointing_at_gone("machine", "room_id", "room"),
        N_("{n} máy tính còn ghi ở phòng đã xóa: {name}."),
        N_("Chuyển máy sang phòng khác."),
        lambda _row: FacilityPlace(tab=MACHINES),
        refers=("machine", "room_id"),
    ),
    ProblemKind(
        "ROOM_SITE_GONE",
        POINTED_AT,
        pointing_at_gone("room", "site_id", "site"),
        N_("{n} phòng còn ghi ở điểm trường đã xóa: {name}."),
        N_("Chọn điểm trường khác cho phòng."),
        lambda _row: FacilityPlace(tab=ROOMS),
        refers=("room", "site_id"),
    ),
    ProblemKind(
        "ROOM_BUILDING_GONE",
        POINTED_AT,
        pointing_at_gone("room", "building_id", "building"),
        N_("{n} phòng còn ghi ở nhà đã xóa: {name}."),
        N_("Chọn nhà khác cho phòng."),
        lambda _row: FacilityPlace(tab=ROOMS),
        refers=("room", "building_id"),
    ),
    ProblemKind(
        "LESSON_TWICE",
        LESSON,
        _lessons(
            f"""select min(l.id), l.session, l.weekday, l.period, count(*), group_concat(c.name, ', '), r.name {_LESSONS}
            group by l.room_id, l.weekday, l.session, l.period having count(*) > 1"""
        ),
        N_("{other}: {n} lớp cùng tiết {period} {session} thứ {weekday} ({names})."),
        N_("Xếp lại tiết ấy cho một lớp."),
        lambda _row: FacilityPlace(tab=CHECK),
    ),
    ProblemKind(
        "LESSON_ELSEWHERE",
        LESSON,
        _lessons(
            f"""select min(l.id), l.session, l.weekday, l.period, count(*), group_concat(r.name, ', '), c.name {_LESSONS}
            group by l.class_id, l.weekday, l.session, l.period having count(distinct l.room_id) > 1"""
        ),
        N_("Lớp {other} ở {n} phòng máy cùng tiết {period} {session} thứ {weekday} ({names})."),
        N_("Bỏ tiết ấy ở một phòng."),
        lambda _row: FacilityPlace(tab=CHECK),
    ),
)
