"""The command equipment count: begin a yearly count, scan codes, look, close."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from edudesk.equipment.asked import count_named, room_id
from edudesk.equipment.stocktake.store import (
    CommitteeMember,
    CountLine,
    CountSheet,
    StockCount,
    close_count,
    count_sheet,
    save_session,
    sessions,
)
from edudesk.equipment.stocktake.store_scan import count_code
from edudesk.kernel import clock
from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import N_, _
from edudesk.storage.command import Answer, Call, Command

ACTIONS = ("list", "start", "scan", "show", "close")


def equipment_count(call: Call) -> Answer:
    """One step of a count; `--count` names it, the newest otherwise."""
    return _ACTIONS[call.args.action](call)


def _list(call: Call) -> Answer:
    with call.reading() as db:
        all_sessions = sessions(db)
    return Answer(
        [_session_data(session) for session in all_sessions], tuple(map(_session_line, all_sessions))
    )


def _session_data(session: StockCount) -> dict[str, Any]:
    members = [
        {"name": who.name, "title": who.title, "represents": who.represents, "part": who.part}
        for who in session.members
    ]
    return {
        "id": session.id,
        "name": session.name,
        "on": session.on.isoformat(),
        "members": members,
        "closed_on": session.closed_on,
        "closed_by": session.closed_by,
    }


def _session_line(session: StockCount) -> str:
    state = (
        _("đã khóa {day}").format(day=show_date(session.closed_on)) if session.closed_on else _("đang kiểm")
    )
    return f"{show_date(session.on)}  {session.name}  {state}"


def _start(call: Call) -> Answer:
    args = call.args
    people = [CommitteeMember(*(part.strip() for part in text.split(",", 3))) for text in args.member or ()]
    with call.writing() as db:
        step = save_session(db, args.count, parse_date(args.on) or clock.today(), people)
        (row,) = step.rows("equipment_count")
        made = count_named(db, row)
    return Answer(_session_data(made), (_session_line(made),))


def _scan(call: Call) -> Answer:
    args = call.args
    if not args.codes:
        raise Refused(Problem("COUNT_CODE", _("Chưa có mã nào."), next=_("Ghi mã sau scan.")))
    with call.writing() as db:
        count, room = count_named(db, args.count), room_id(db, args.room or "") or None
        rows = [(text, count_code(db, count.id, room, text)[1]) for text in args.codes]
    data = [
        {"code": text, "known": equipment is not None, "name": equipment.name if equipment else None}
        for text, equipment in rows
    ]
    lines = tuple(
        f"{text}: {equipment.name if equipment else _('không có trong sổ')}" for text, equipment in rows
    )
    return Answer(data, lines)


def _show(call: Call) -> Answer:
    with call.reading() as db:
        sheet = count_sheet(db, count_named(db, call.args.count).id)
    return _sheet(sheet)


def _close(call: Call) -> Answer:
    with call.writing() as db:
        count = count_named(db, call.args.count)
        close_count(db, count.id, by=call.args.by or "")
        sheet = count_sheet(db, count.id)
    return _sheet(sheet)


def _sheet(sheet: CountSheet) -> Answer:
    off = [line for line in sheet.lines if line.off]
    data = {
        **_session_data(sheet.session),
        "lines": [_line_data(line) for line in sheet.lines],
        "unknown": [scan.code for scan in sheet.unknown],
        "twice": [equipment.code for equipment in sheet.twice],
    }
    uncounted = sum(line.seen is None for line in sheet.lines)
    counted = _("{n} dòng đã kiểm, {off} lệch, {rest} chưa kiểm").format(
        n=len(sheet.lines) - uncounted, off=len(off), rest=uncounted
    )
    lines = [_session_line(sheet.session), counted, *(_off_line(line) for line in off)]
    lines += [_("mã lạ: {code}").format(code=scan.code) for scan in sheet.unknown]
    return Answer(data, tuple(lines))


def _line_data(line: CountLine) -> dict[str, Any]:
    return {
        "code": line.equipment.code,
        "name": line.equipment.name,
        "room": line.room or None,
        "book": line.book.on_hand,
        "lent": line.book.lent,
        "counted": line.seen,
        "off": line.off,
    }


def _off_line(line: CountLine) -> str:
    return f"{line.off:+d}  {line.equipment.code} {line.equipment.name}  {line.room}".rstrip()


_ACTIONS = {"list": _list, "start": _start, "scan": _scan, "show": _show, "close": _close}


def _add(parser: ArgumentParser) -> None:
    parser.add_argument("action", choices=ACTIONS, help=_("xem các đợt, lập, quét mã, xem kết quả, khóa"))
    parser.add_argument("codes", nargs="*", metavar=_("MÃ"), help=_("mã, hoặc mã*số lượng cho lô"))
    parser.add_argument(
        "--count", default="", metavar=_("ĐỢT"), help=_("tên đợt kiểm kê, để trống là mới nhất")
    )
    parser.add_argument("--room", metavar=_("PHÒNG"), help=_("kiểm ở phòng nào"))
    parser.add_argument("--on", metavar=_("NGÀY"), help=_("thời điểm kiểm kê, mặc định hôm nay"))
    parser.add_argument(
        "--member", action="append", metavar=_("NGƯỜI"), help=_("họ tên, chức vụ, đại diện, vai trò")
    )
    parser.add_argument("--by", metavar=_("NGƯỜI"), help=_("ai khóa đợt"))


COMMANDS = (
    Command(
        "equipment count", N_("kiểm kê hằng năm: lập đợt, quét mã, xem lệch, khóa"), equipment_count, _add
    ),
)
