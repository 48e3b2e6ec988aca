"""The options of statistics, which print and export share."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from edudesk.gradebook.results.statistics_kinds import BYS, KINDS_OF_SUBJECT, SPLITS, WHATS, StatisticsQuery
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _
from edudesk.school.programme import subject_named


def add_asked(parser: ArgumentParser) -> None:
    """The options --what, --by, --split, --slot, --grade of statistics, --teacher of forms."""
    parser.add_argument(
        "--teacher", metavar=_("GIÁO_VIÊN"), help=_("mọi trang của một người: họ tên hoặc mã")
    )
    parser.add_argument("--what", choices=tuple(WHATS), help=_("thống kê: đếm gì"))
    parser.add_argument("--by", choices=tuple(BYS), help=_("thống kê: theo lớp, khối, môn hay giáo viên"))
    parser.add_argument("--split", choices=tuple(SPLITS), help=_("thống kê: những em nào"))
    parser.add_argument("--slot", metavar=_("CỘT"), help=_("thống kê điểm kiểm tra: tx1, …, gk, ck"))
    parser.add_argument("--grade", type=int, metavar=_("KHỐI"), help=_("thống kê: chỉ một khối"))


def asked_of(args: Namespace) -> StatisticsQuery:
    """What the options ask for; `--subject` may be a subject, "score" or "comment". Raises Refused SUBJECT_UNKNOWN."""
    usual = StatisticsQuery()
    return StatisticsQuery(
        what=args.what or usual.what,
        by=args.by or usual.by,
        split=args.split or usual.split,
        subject=_subject(args.subject) or usual.subject,
        slot=args.slot or usual.slot,
        grade=args.grade or usual.grade,
    )


def _subject(text: str | None) -> str:
    if not text or text in KINDS_OF_SUBJECT:
        return text or ""
    subject = subject_named(text)
    if subject is None:
        message = _("Không có môn “{subject}”.").format(subject=text)
        raise Refused(Problem("SUBJECT_UNKNOWN", message, next=_("Dùng mã môn, như toan, ngu_van.")))
    return subject.code
