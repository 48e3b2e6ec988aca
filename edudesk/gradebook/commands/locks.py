"""Commands about locks of the register: lock, unlock, locks."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from edudesk.gradebook.commands.marks import PUPIL_HELP
from edudesk.gradebook.register.lock_words import scope_names, scope_words
from edudesk.gradebook.register.locks import lock_marks, read_locks, read_permits, today, unlock_marks
from edudesk.gradebook.rules.locks import Lock, Scope, UnlockPermit
from edudesk.kernel.access import actor_words
from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import N_, _
from edudesk.school.asked import subject_code, year_of
from edudesk.school.store import class_named, classes
from edudesk.storage.command import Answer, Call, Command
from edudesk.storage.database import Database
from edudesk.students.store import pupil_named


def _scopes(call: Call, db: Database) -> list[Scope]:
    """The cells asked for: of a class, of every class of a grade, or of the whole school."""
    args = call.args
    year = year_of(call, db)
    code, term = subject_code(args.subject) or None, int(args.term) if args.term else None
    if args.grade:
        ids = [school_class.id for school_class in classes(db, year) if school_class.grade == args.grade]
        if not ids:
            message = _("Không có lớp nào ở khối {grade}.").format(grade=args.grade)
            raise Refused(Problem("CLASS_UNKNOWN", message, next=_("Xem các lớp ở trang Trường lớp.")))
        return [Scope(year, row, code, term, args.slot) for row in ids]
    class_id = class_named(db, year, args.class_name).id if args.class_name else None
    pupil = pupil_named(db, year, args.pupil, class_id=class_id).id if args.pupil else None
    return [Scope(year, class_id, code, term, args.slot, pupil)]


def lock(call: Call) -> Answer:
    """Lock cells, now or from a day on."""
    args = call.args
    with call.writing() as db:
        scopes = _scopes(call, db)
        starts = parse_date(args.starts)
        step = lock_marks(db, scopes, reason=args.reason, starts=starts)
        rows = step.rows("mark_lock")
        register_locks = [
            register_lock for register_lock in read_locks(db.all, scopes[0].year) if register_lock.id in rows
        ]
        names = scope_names(db, scopes[0].year)
    lines = tuple(
        _("Đã khóa: {what}.").format(what=scope_words(lock.scope, names)) for lock in register_locks
    )
    return Answer([_lock_data(register_lock, []) for register_lock in register_locks], lines)


def unlock(call: Call) -> Answer:
    """Open locked cells until the end of a day, by a permit."""
    args = call.args
    with call.writing() as db:
        scopes = _scopes(call, db)
        until = parse_date(args.until)
        if until is None:
            raise Refused(Problem("UNLOCK_DATE", _("Thiếu hạn mở khóa."), next=_("Thêm --until NGÀY.")))
        requester = args.requester or ""
        step = unlock_marks(db, scopes, until=until, reason=args.reason, requester=requester)
        rows = step.rows("mark_unlock")
        permits = [permit for permit in read_permits(db.all, scopes[0].year) if permit.id in rows]
        names = scope_names(db, scopes[0].year)
    opened = dict.fromkeys(scope_words(permit.scope, names) for permit in permits)
    words = _("Đã mở khóa đến hết {day}: {what}.")
    lines = tuple(words.format(day=show_date(until), what=what) for what in opened)
    return Answer([_permit_data(permit) for permit in permits], lines)


def locks(call: Call) -> Answer:
    """Every lock of the year with its permits, or those that could hold a class."""
    with call.reading() as db:
        year = year_of(call, db)
        only = class_named(db, year, call.args.class_name).id if call.args.class_name else None
        register_locks = [
            register_lock
            for register_lock in read_locks(db.all, year)
            if only is None or register_lock.scope.class_id in (None, only)
        ]
        permits = read_permits(db.all, year)
        names = scope_names(db, year)
    of = {
        register_lock.id: [permit for permit in permits if permit.lock_id == register_lock.id]
        for register_lock in register_locks
    }
    lines = tuple(
        line
        for register_lock in register_locks
        for line in _lines(register_lock, of[register_lock.id], names)
    )
    return Answer(
        [_lock_data(register_lock, of[register_lock.id]) for register_lock in register_locks],
        lines or (_("Chưa khóa sổ nào."),),
    )


# -- showing


def _lines(register_lock: Lock, permits: list[UnlockPermit], names: dict[str, str]) -> list[str]:
    waits = "" if register_lock.in_force(today()) else _(" (chưa tới ngày)")
    lines = [
        f"{register_lock.since}{waits}  {scope_words(register_lock.scope, names)}  {actor_words(register_lock.by)}: {register_lock.reason}"
    ]
    for permit in permits:
        opened = _("mở đến {day}") if permit.opens(today()) else _("đã hết hạn {day}")
        what, day = scope_words(permit.scope, names), opened.format(day=show_date(permit.expires))
        words = _("{who} xin, {approver} duyệt").format(
            who=actor_words(permit.requester), approver=actor_words(permit.approver)
        )
        lines.append(f"    {day}  {what}  {words}: {permit.reason}")
    return lines


def _scope_data(scope: Scope) -> dict[str, Any]:
    return {
        "kind": scope.kind,
        "class_id": scope.class_id,
        "subject": scope.code,
        "term": scope.term,
        "slot": scope.slot,
        "pupil": scope.pupil_id,
    }


def _lock_data(register_lock: Lock, permits: list[UnlockPermit]) -> dict[str, Any]:
    return {
        "id": register_lock.id,
        **_scope_data(register_lock.scope),
        "reason": register_lock.reason,
        "by": register_lock.by,
        "locked_at": register_lock.at,
        "starts": register_lock.starts.isoformat() if register_lock.starts else None,
        "in_force": register_lock.in_force(today()),
        "slips": [_permit_data(permit) for permit in permits],
    }


def _permit_data(permit: UnlockPermit) -> dict[str, Any]:
    return {
        "id": permit.id,
        "lock": permit.lock_id,
        **_scope_data(permit.scope),
        "requester": permit.requester,
        "reason": permit.reason,
        "approver": permit.approver,
        "until": permit.expires.isoformat(),
        "open": permit.opens(today()),
    }


# -- arguments


def _add_cells(parser: ArgumentParser) -> None:
    whole = parser.add_mutually_exclusive_group(required=True)
    whole.add_argument("--class", dest="class_name", metavar=_("LỚP"), help=_("tên lớp, như 9A2"))
    whole.add_argument("--grade", type=int, metavar=_("KHỐI"), help=_("mọi lớp của một khối"))
    whole.add_argument("--school", action="store_true", help=_("cả trường"))
    parser.add_argument("--subject", metavar=_("MÔN"), help=_("mã hoặc tên môn; để trống là mọi môn"))
    parser.add_argument("--term", choices=("1", "2"), help=_("học kì; để trống là cả năm"))
    parser.add_argument("--slot", metavar=_("CỘT"), help=_("tx1, tx2, …, gk, ck"))
    parser.add_argument("--pupil", metavar=_("HỌC_SINH"), help=_(PUPIL_HELP))
    parser.add_argument("--reason", required=True, metavar=_("LÍ_DO"), help=_("vì sao khóa hay mở"))


def _add_lock(parser: ArgumentParser) -> None:
    _add_cells(parser)
    parser.add_argument("--from", dest="starts", metavar=_("NGÀY"), help=_("khóa theo lịch, từ ngày này"))


def _add_unlock(parser: ArgumentParser) -> None:
    _add_cells(parser)
    parser.add_argument("--until", required=True, metavar=_("NGÀY"), help=_("đến hết ngày này"))
    parser.add_argument("--requester", metavar=_("NGƯỜI"), help=_("ai xin mở khóa"))


def _add_locks(parser: ArgumentParser) -> None:
    parser.add_argument("--class", dest="class_name", metavar=_("LỚP"), help=_("chỉ một lớp"))


COMMANDS = (
    Command("lock", N_("khóa sổ: không ai sửa điểm được nữa"), lock, _add_lock),
    Command("unlock", N_("mở khóa sổ đến một ngày, có lí do"), unlock, _add_unlock),
    Command("locks", N_("các khóa sổ và phiếu mở khóa"), locks, _add_locks),
)
