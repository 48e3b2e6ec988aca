"""The command marks history: every change of a cell, a column or a page of the register."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from edudesk.gradebook.commands.marks import PUPIL_HELP, TERM_CHOICES, mark_number, show_mark
from edudesk.gradebook.papers.changes import moment
from edudesk.gradebook.register.history import MarkChange, mark_history
from edudesk.gradebook.register.marks import SheetKey
from edudesk.gradebook.rules.slots import slot_short
from edudesk.kernel.calendar import parse_date
from edudesk.kernel.words import N_, _
from edudesk.school.asked import add_days, subject_code, year_of
from edudesk.school.store import class_named
from edudesk.storage.command import Answer, Call, Command
from edudesk.storage.database import Database
from edudesk.students.store import pupil_named


def marks_history(call: Call) -> Answer:
    """Every change, oldest first: when, who, in what standing, from what to what, why."""
    args = call.args
    with call.reading() as db:
        key = _key(call, db)
        pupil = (
            pupil_named(db, year_of(call, db), args.pupil, class_id=key.class_id).id if args.pupil else None
        )
        changes = mark_history(
            db, key, pupil_id=pupil, slot=args.slot, days=(parse_date(args.since), parse_date(args.until))
        )
    lines = tuple(_text(change) for change in changes) or (_("Chưa có thay đổi nào."),)
    return Answer([_data(change) for change in changes], lines)


def _key(call: Call, db: Database) -> SheetKey:
    school_class = class_named(db, year_of(call, db), call.args.class_name)
    return SheetKey(school_class.id, subject_code(call.args.subject), TERM_CHOICES[call.args.term])


def _data(change: MarkChange) -> dict[str, Any]:
    return {
        "when": change.wall,
        "doubtful": change.doubtful,
        "actor": change.actor,
        "standing": change.standing,
        "pupil": change.pupil_id,
        "number": change.number,
        "name": change.name,
        "slot": change.slot,
        "old": mark_number(change.old),
        "new": mark_number(change.new),
        "label": change.label,
        "reason": change.reason,
        "first": change.first,
    }


def _text(change: MarkChange) -> str:
    who = f"{change.number or '':>3}  {change.name}, {slot_short(change.slot)}"
    author = change.who
    values = f"{show_mark(change.old)} → {show_mark(change.new)}"
    why = f"{change.label}: {change.reason}" if change.reason else change.label
    return f"{moment(change)}  {who}: {values}  {author}  {why}"


def _add(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--class", dest="class_name", required=True, metavar=_("LỚP"), help=_("tên lớp, như 9A2")
    )
    parser.add_argument("--subject", required=True, metavar=_("MÔN"), help=_("mã hoặc tên môn, như toan"))
    parser.add_argument("--term", choices=("1", "2"), required=True, help=_("học kì"))
    parser.add_argument("--pupil", metavar=_("HỌC_SINH"), help=_(PUPIL_HELP))
    parser.add_argument("--slot", metavar=_("CỘT"), help=_("tx1, tx2, …, gk, ck"))
    add_days(parser)


COMMANDS = (
    Command("marks history", N_("mọi thay đổi của một ô, một cột hay cả bảng điểm"), marks_history, _add),
)
