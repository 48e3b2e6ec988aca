"""Commands about seals of the register: seal, verify, unseal, seals."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from edudesk.gradebook.commands.marks import mark_number
from edudesk.gradebook.register.lock_words import scope_names, scope_words
from edudesk.gradebook.register.sealed_pages import Seal, read_seals
from edudesk.gradebook.seals.sealing import open_seal, seal_page
from edudesk.gradebook.seals.verifying import Changed, Verdict, verify_seal
from edudesk.kernel.access import actor_words
from edudesk.kernel.words import N_, _
from edudesk.school.asked import subject_code, year_of
from edudesk.school.store import class_named
from edudesk.storage.command import REFUSED, Answer, Call, Command


def seal(call: Call) -> Answer:
    """Seal a locked subject of a class in a term, or all of the class; says the code."""
    args = call.args
    with call.writing() as db:
        year = year_of(call, db)
        class_id = class_named(db, year, args.class_name).id
        code, term = subject_code(args.subject) or None, int(args.term)
        accept = bool(args.accept_missing)
        step = seal_page(db, class_id, term, code=code, reason=args.reason, accept_missing=accept)
        page_seal = next(
            stored_seal for stored_seal in read_seals(db.all, year) if stored_seal.id in step.rows("seal")
        )
        names = scope_names(db, year)
    words = _("Đã niêm phong {what}. Mã: {code}")
    return Answer(
        _seal_data(page_seal), (words.format(what=scope_words(page_seal.scope, names), code=page_seal.code),)
    )


def verify(call: Call) -> Answer:
    """Check a code against today's register; exit code 3 when it does not hold."""
    with call.reading() as db:
        verdict = verify_seal(db, call.args.code)
    return Answer(_verdict_data(verdict), verdict.lines, 0 if verdict.holds else REFUSED)


def unseal(call: Call) -> Answer:
    """Open a seal; what it sealed is still locked."""
    with call.writing() as db:
        page_seal = verify_seal(db, call.args.code).seal
        open_seal(db, page_seal, reason=call.args.reason)
        page_seal = next(
            stored_seal
            for stored_seal in read_seals(db.all, code=page_seal.code)
            if stored_seal.id == page_seal.id
        )
    words = _("Đã mở niêm phong {code}. Các khóa vẫn còn: lập phiếu mở khóa để sửa, rồi niêm phong lại.")
    return Answer(_seal_data(page_seal), (words.format(code=page_seal.code),))


def seals(call: Call) -> Answer:
    """Every seal of the year."""
    with call.reading() as db:
        year = year_of(call, db)
        page_seals = read_seals(db.all, year)
        names = scope_names(db, year)
    lines = [
        f"{page_seal.code}  {page_seal.day}  {scope_words(page_seal.scope, names)}  {actor_words(page_seal.by)}: {page_seal.reason}{_opened(page_seal)}"
        for page_seal in page_seals
    ]
    return Answer(
        [_seal_data(page_seal) for page_seal in page_seals],
        tuple(lines) or (_("Chưa niêm phong trang nào."),),
    )


# -- showing


def _opened(page_seal: Seal) -> str:
    if page_seal.opened is None:
        return ""
    words = _("  (đã mở {day}, {by}: {reason})")
    return words.format(
        day=page_seal.opened.day, by=actor_words(page_seal.opened.by), reason=page_seal.opened.reason
    )


def _seal_data(page_seal: Seal) -> dict[str, Any]:
    opened = page_seal.opened
    return {
        "id": page_seal.id,
        "code": page_seal.code,
        "class_id": page_seal.scope.class_id,
        "subject": page_seal.scope.code,
        "term": page_seal.scope.term,
        "reason": page_seal.reason,
        "by": page_seal.by,
        "sealed_at": page_seal.at,
        "opened": {"reason": opened.reason, "by": opened.by, "at": opened.at} if opened else None,
    }


def _verdict_data(verdict: Verdict) -> dict[str, Any]:
    return {
        "holds": verdict.holds,
        "seal": _seal_data(verdict.seal),
        "content_fits_code": verdict.sound,
        "journal_vouches": verdict.chained,
        "differences": [_changed_data(change) for change in verdict.changes],
    }


def _changed_data(change: Changed) -> dict[str, Any]:
    difference = change.what
    counted = difference.column.startswith("absent")
    sealed, now = (value if counted else mark_number(value) for value in (difference.sealed, difference.now))
    return {
        "pupil": difference.pupil.id,
        "name": difference.pupil.name,
        "subject": difference.subject or None,
        "column": difference.column,
        "sealed": sealed,
        "now": now,
        "by": change.by or None,
        "day": change.day or None,
        "outside_the_journal": change.silent,
        "words": change.words,
    }


# -- arguments


def _add_seal(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--class", dest="class_name", required=True, metavar=_("LỚP"), help=_("tên lớp, như 9A2")
    )
    parser.add_argument("--subject", metavar=_("MÔN"), help=_("mã hoặc tên môn; để trống là cả lớp"))
    parser.add_argument("--term", choices=("1", "2"), required=True, help=_("học kì"))
    parser.add_argument("--reason", required=True, metavar=_("LÍ_DO"), help=_("vì sao niêm phong"))
    parser.add_argument("--accept-missing", action="store_true", help=_("niêm phong cả khi còn thiếu điểm"))


def _add_verify(parser: ArgumentParser) -> None:
    parser.add_argument("code", metavar=_("MÃ"), help=_("mã in ở cuối trang, như 7QK2M-0XZ9A"))


def _add_unseal(parser: ArgumentParser) -> None:
    _add_verify(parser)
    parser.add_argument("--reason", required=True, metavar=_("LÍ_DO"), help=_("vì sao mở niêm phong"))


COMMANDS = (
    Command("seal", N_("niêm phong một trang sổ đã khóa, cho mã để đối chiếu"), seal, _add_seal),
    Command("verify", N_("đối chiếu một mã niêm phong với dữ liệu hiện nay"), verify, _add_verify),
    Command("unseal", N_("mở niêm phong, có lí do"), unseal, _add_unseal),
    Command("seals", N_("các niêm phong của năm học"), seals),
)
