"""Commands about the computer rooms: labs check, labs log."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import fold
from edudesk.kernel.words import N_, _
from edudesk.labs import words
from edudesk.labs.rules_check import LevelCheck, RoomCheck
from edudesk.labs.store_log import LabSession, session_fields, sessions, write_session
from edudesk.labs.store_timetable import SESSIONS, check_labs
from edudesk.premises.fields import LAB
from edudesk.premises.store import rooms
from edudesk.school.asked import year_of
from edudesk.school.rules import LEVEL_NAMES
from edudesk.school.store import class_named
from edudesk.storage.command import Answer, Call, Command
from edudesk.storage.database import Database


def labs_check(call: Call) -> Answer:
    """Every level of the school: its computer rooms against the largest class in them."""
    with call.reading() as db:
        checks = check_labs(db, year_of(call, db))
    return Answer(
        [_data(check) for check in checks], tuple(line for check in checks for line in _lines(check))
    )


def _data(check: LevelCheck) -> dict[str, Any]:
    """The level by its room that lacks most; every room beside it."""
    return {
        "level": check.level,
        **(_numbers(check.worst) if check.worst else _nothing()),
        "meets_level_2": check.meets,
        "limit": check.limit.most,
        "article": check.limit.article.text,
        "verified": check.limit.article.verified,
        "total": {"pupils": check.pupils, "usable": check.machines, "pupils_per_computer": check.crude},
        "rooms": [_room(finding) for finding in check.findings],
    }


def _nothing() -> dict[str, Any]:
    return {
        "machines": 0,
        "usable": 0,
        "largest_class": None,
        "pupils_per_computer": None,
        "meets_level_2": False,
        "short_by": None,
    }


def _numbers(finding: RoomCheck) -> dict[str, Any]:
    ratio = finding.ratio
    return {
        "machines": finding.on_books,
        "usable": finding.usable,
        "largest_class": finding.largest,
        "pupils_per_computer": ratio and ratio.pupils_per_computer,
        "meets_level_2": None if ratio is None else ratio.meets_level_2,
        "short_by": ratio and ratio.short_by,
    }


def _room(finding: RoomCheck) -> dict[str, Any]:
    ways = [{"kind": way.kind, "n": way.n, "enough": way.enough, "cost": way.cost} for way in finding.options]
    return {
        "site": finding.site,
        "room": finding.room or None,
        "class": finding.class_name,
        "timetable": finding.planned,
        **_numbers(finding),
        "options": ways,
        "note": finding.note,
    }


def _lines(check: LevelCheck) -> list[str]:
    lines = [f"{_(LEVEL_NAMES[check.level])}: {words.level_words(check)} · {words.limit_words(check)}"]
    for finding in check.findings:
        lines += _check_lines(finding)
    return [*lines, f"  {words.crude_words(check)}"]


def _check_lines(finding: RoomCheck) -> list[str]:
    place = f"{finding.site} · {finding.room}" if finding.room else finding.site
    lines = [f"  {place}: {words.state_words(finding)}"]
    if finding.ratio is not None:
        counted = _("{usable}/{all} máy dùng được, {ratio} em một máy").format(
            usable=finding.usable,
            all=finding.on_books,
            ratio=words.ratio_text(finding.ratio.pupils_per_computer),
        )
        lines += [f"    {words.whose(finding)}; {counted}"]
        lines += [f"    {finding.note}"] if finding.note else []
    return lines + [f"    – {words.option_words(way)}: {words.cost_words(way)}" for way in finding.options]


def labs_log(call: Call) -> Answer:
    """The lessons held in the computer rooms; with --add one more."""
    args = call.args
    opened = call.writing if args.add else call.reading
    with opened() as db:
        year = year_of(call, db)
        room = _lab(db, args.room) if args.room or args.add else ""
        if args.add:
            write_session(db, year, room, _lesson(db, year, args))
        all_sessions = sessions(db, year, room_id=room)
    return Answer(
        [_session(session) for session in all_sessions],
        tuple(_session_line(session) for session in all_sessions),
    )


def _lab(db: Database, name: str | None) -> str:
    """A computer room by its name. Raises Refused ROOM_UNKNOWN, naming those there are."""
    places = rooms(db, kind=LAB)
    room_id = next((room.id for room in places if fold(room.name) == fold(name or "")), None)
    if room_id is None:
        message = _("Không có phòng máy “{name}”.").format(name=name or "")
        known = ", ".join(room.name for room in places) or _("chưa có phòng máy nào")
        raise Refused(Problem("ROOM_UNKNOWN", message, next=_("Các phòng máy: {known}.").format(known=known)))
    return room_id


def _lesson(db: Database, year: int, args: Namespace) -> dict[str, Value]:
    class_id = class_named(db, year, args.class_name or "").id
    given = {
        "on_date": args.day,
        "session": (args.session or "").upper(),
        "period": args.period,
        "down": args.down,
        "note": args.note,
    }
    fields = {field.key: field for field in session_fields(db, year)}
    return {"class_id": class_id, **{key: fields[key].parse(value) for key, value in given.items()}}


def _session(session: LabSession) -> dict[str, Any]:
    return {
        "room": session.room,
        "date": session.on_date,
        "session": session.session,
        "period": session.period,
        "class": session.class_name,
        "teacher": session.teacher or None,
        "down": session.down,
        "note": session.note,
    }


def _session_line(session: LabSession) -> str:
    when = f"{show_date(session.on_date)} {_(dict(SESSIONS)[session.session])} {session.period}"
    down = "" if session.down is None else _(", {n} máy hỏng").format(n=session.down)
    return f"{when:<20} {session.room} · {session.class_name}{down} {session.note}".rstrip()


def _add_log(parser: ArgumentParser) -> None:
    parser.add_argument("--room", metavar=_("PHÒNG"), help=_("chỉ một phòng máy"))
    parser.add_argument(
        "--add", action="store_true", help=_("ghi thêm một tiết, cần --room --day --period --class")
    )
    parser.add_argument("--day", metavar=_("NGÀY"), help=_("ngày dạy, như 22/11/2026"))
    parser.add_argument("--session", choices=[code.lower() for code, _name in SESSIONS], help=_("buổi"))
    parser.add_argument("--period", metavar=_("TIẾT"), help=_("tiết 1 đến 5"))
    parser.add_argument("--class", dest="class_name", metavar=_("LỚP"), help=_("tên lớp"))
    parser.add_argument("--down", metavar=_("SỐ"), help=_("số máy hỏng"))
    parser.add_argument("--note", metavar=_("CHỮ"), help=_("ghi chú"))


COMMANDS = (
    Command("labs check", N_("phòng máy có đủ máy cho mỗi cấp học không"), labs_check),
    Command("labs log", N_("nhật kí phòng máy, ghi thêm bằng --add"), labs_log, _add_log),
)
