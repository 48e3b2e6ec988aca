"""The command close: closes and locks a term of a class or of the school."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from edudesk.gradebook.commands.marks import mark_number
from edudesk.gradebook.register.closing import close_term, closing_plan
from edudesk.gradebook.rules.closing import TURNED, CellKey, ClosingPlan, OwedCell
from edudesk.gradebook.rules.slots import slot_short
from edudesk.gradebook.rules.words import mark_text
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import N_, _
from edudesk.school.asked import year_of
from edudesk.school.store import class_named
from edudesk.storage.backups.backup import make_backup
from edudesk.storage.command import Answer, Call, Command

NONE = "none"


def close(call: Call) -> Answer:
    """Count what was not handed in as 0 or Chưa đạt, as far as told to, and lock the term."""
    args = call.args
    opened = call.reading if args.dry_run else call.writing
    with opened() as db:
        year = year_of(call, db)
        class_id = class_named(db, year, args.class_name).id if args.class_name else None
        plan = closing_plan(db, year, int(args.term), class_id)
        confirmed = _confirmed(plan, args.count_zero, dry_run=args.dry_run)
        if not args.dry_run:
            make_backup(db, "close")
            close_term(db, plan, confirmed, args.reason)
    return Answer(
        _data(plan, confirmed, closed=not args.dry_run), _lines(plan, confirmed, closed=not args.dry_run)
    )


def _confirmed(plan: ClosingPlan, letters: str | None, *, dry_run: bool) -> tuple[CellKey, ...]:
    """The cells to turn. Refused CLOSING_UNDECIDED while there are some and nobody said what they count."""
    waiting = plan.chosen(TURNED)
    if letters is None and waiting and not dry_run:
        message = _("Còn {n} ô V, P, K chưa quyết định.").format(n=len(waiting))
        next_step = _("Xem --dry-run, rồi thêm --count-zero K, VPK hoặc none.")
        raise Refused(Problem("CLOSING_UNDECIDED", message, next=next_step))
    return plan.chosen("" if letters in (None, NONE) else str(letters))


# -- showing


def _lines(plan: ClosingPlan, confirmed: tuple[CellKey, ...], *, closed: bool) -> tuple[str, ...]:
    lines = []
    for page in plan.pages:
        where = f"{page.class_name}  {page.subject}  "
        lines += [where + _cell(cell, cell.key in confirmed) for cell in page.cells]
        if page.blank:
            words = _("{name}  {subject}  còn trống {n} ô")
            lines.append(words.format(name=page.class_name, subject=page.subject, n=page.blank))
    words = _("Đã đóng sổ: {turned} ô tính 0 hoặc Chưa đạt, {left} ô V, P, K và {blank} ô trống còn nợ.")
    if not closed:
        words = _("Sẽ đóng sổ: {turned} ô tính 0 hoặc Chưa đạt, {left} ô V, P, K và {blank} ô trống còn nợ.")
    left = len(plan.cells) - len(confirmed)
    return (*lines, words.format(turned=len(confirmed), left=left, blank=plan.blank), *plan.articles)


def _cell(cell: OwedCell, turned: bool) -> str:
    message = f"{cell.value} → {mark_text(cell.becomes)}" if turned else cell.value
    stored = _(" (đã khóa)") if cell.locked else ""
    return f"{cell.name}  {slot_short(cell.key.slot)}: {message}{stored}"


def _data(plan: ClosingPlan, confirmed: tuple[CellKey, ...], *, closed: bool) -> dict[str, Any]:
    cells = [(page, cell) for page in plan.pages for cell in page.cells]
    return {
        "closed": closed,
        "term": plan.term,
        "class_id": plan.class_id,
        "classes": plan.classes,
        "blank": plan.blank,
        "rests_on": list(plan.articles),
        "cells": [
            {
                "class": page.class_name,
                "subject": page.code,
                "pupil": cell.key.pupil_id,
                "name": cell.name,
                "slot": cell.key.slot,
                "value": cell.value,
                "becomes": mark_number(cell.becomes) if cell.key in confirmed else None,
                "locked": cell.locked,
            }
            for page, cell in cells
        ],
    }


def _letters(text: str) -> str:
    letters = text.upper()
    if text.lower() != NONE and not (letters and set(letters) <= set(TURNED)):
        raise ValueError(text)
    return NONE if text.lower() == NONE else letters


def _add(parser: ArgumentParser) -> None:
    parser.add_argument("--term", choices=("1", "2"), required=True, help=_("học kì"))
    parser.add_argument(
        "--class", dest="class_name", metavar=_("LỚP"), help=_("chỉ một lớp; để trống là cả trường")
    )
    parser.add_argument("--reason", required=True, metavar=_("LÍ_DO"), help=_("ghi vào nhật kí và khóa sổ"))
    parser.add_argument(
        "--count-zero",
        type=_letters,
        metavar=_("CHỮ"),
        help=_("các ô mang chữ này tính 0 hoặc Chưa đạt: K, VPK, hoặc none"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("chỉ cho xem, không ghi"))


COMMANDS = (Command("close", N_("đóng sổ một học kì: tính các bài không nộp và khóa lại"), close, _add),)
