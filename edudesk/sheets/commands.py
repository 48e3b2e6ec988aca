"""What every import of a list does on the command line: looks, writes the refused rows back, takes the rest."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from edudesk.kernel.change import Step
from edudesk.kernel.words import _
from edudesk.sheets.listing import ADDED, CHANGED, UNCHANGED, ListPlan
from edudesk.sheets.notes import note_lines, notes_data
from edudesk.sheets.plan import FilePlan, write_refused_rows
from edudesk.sheets.writer import require_ending
from edudesk.storage.backups.backup import LARGE, make_backup
from edudesk.storage.command import Answer, Call, output
from edudesk.storage.database import Database


def import_from(
    call: Call, plan: Callable[[Database, Path], ListPlan], apply: Callable[[Database, ListPlan], Step]
) -> Answer:
    """Any list: `--dry-run` writes nothing, `--errors` keeps the refused rows."""
    args = call.args
    check_errors(args.errors)
    opened = call.reading if args.dry_run else call.writing
    with opened() as db:
        proposed = plan(db, Path(args.file))
        keep_errors(proposed, args.errors)
        if not args.dry_run:
            if proposed.count(ADDED) + proposed.count(CHANGED) > LARGE:
                make_backup(db, "import")
            apply(db, proposed)
    counts = {kind: proposed.count(kind) for kind in (ADDED, CHANGED, UNCHANGED)}
    data = {**counts, "refused": notes_data(proposed.refused), "warnings": notes_data(proposed.warnings)}
    return Answer(data, tuple(note_lines(counts, proposed.refused, proposed.warnings, dry_run=args.dry_run)))


def check_errors(path: str | None) -> None:
    """Raises Refused OUTPUT_ENDING, before anything is read, for a file of errors that cannot be written."""
    if path is not None:
        require_ending(Path(path))


def keep_errors(plan: FilePlan[Any], path: str | None) -> None:
    """Write the refused rows where they were asked for."""
    if path is not None and plan.refused:
        write_refused_rows(plan, Path(path))


def add_import(parser: ArgumentParser) -> None:
    """The arguments of every import of a list."""
    parser.add_argument("file", metavar=_("TỆP"), help=_("tệp Excel (xlsx, xls, ods) hoặc CSV"))
    add_options(parser)


def add_options(parser: ArgumentParser) -> None:
    """The options of every import: --dry-run and --errors."""
    parser.add_argument("--dry-run", action="store_true", help=_("chỉ xem sẽ làm gì, không ghi"))
    parser.add_argument(
        "--errors",
        type=output,
        metavar=_("TỆP"),
        help=_("ghi các dòng không nhận ra tệp này, .xlsx hoặc .csv"),
    )
