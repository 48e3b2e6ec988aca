"""What options of the command line ask for, looked up in the school: its year, a subject."""

from __future__ import annotations

from argparse import ArgumentParser

from edudesk.kernel.calendar import year_name
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.school.programme import subject_named
from edudesk.school.store import current_year
from edudesk.storage.command import Call
from edudesk.storage.database import Database


def year_of(call: Call, db: Database) -> int:
    """The school year asked for, or the current one. Raises Refused NO_YEAR."""
    year = call.args.year or current_year(db)
    if year is None or not db.value("select 1 from school_year where year = ? and gone = 0", (year,)):
        name = year_name(year) if year else _("nào")
        message = _("Trường chưa có năm học {name}.").format(name=name)
        raise Refused(Problem("NO_YEAR", message, next=_("Tạo năm học trong trang Trường lớp.")))
    return int(year)


def subject_code(text: str | None) -> str:
    """The code of a subject named by code or name; "" for none. Raises Refused SUBJECT_UNKNOWN."""
    if not text:
        return ""
    subject = subject_named(text)
    if subject is None:
        message = _("Không có môn “{subject}”.").format(subject=text)
        raise Refused(Problem("SUBJECT_UNKNOWN", message, next=_("Dùng mã môn, như toan, ngu_van.")))
    return subject.code


def add_days(parser: ArgumentParser) -> None:
    """The options --since and --until."""
    parser.add_argument("--since", metavar=_("NGÀY"), help=_("từ ngày này, như 22/11/2026"))
    parser.add_argument("--until", metavar=_("NGÀY"), help=_("đến hết ngày này"))
