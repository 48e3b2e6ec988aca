"""Commands about pupils: pupils, import students."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import N_, _
from edudesk.school.asked import year_of
from edudesk.school.store import class_named
from edudesk.sheets.commands import add_options, check_errors, keep_errors
from edudesk.sheets.notes import note_lines, notes_data
from edudesk.storage.backups.backup import LARGE, make_backup
from edudesk.storage.command import Answer, Call, Command
from edudesk.students.fields import BY_KEY
from edudesk.students.imports import apply_import, plan_import
from edudesk.students.store import Pupil, pupils


def list_pupils(call: Call) -> Answer:
    """The pupils of the year, of a class, or those that match a text."""
    with call.reading() as db:
        year = year_of(call, db)
        class_id = class_named(db, year, call.args.class_name).id if call.args.class_name else None
        class_pupils = pupils(db, year, class_id=class_id, find=call.args.find or "")
    return Answer([_pupil_data(pupil) for pupil in class_pupils], tuple(map(_pupil_line, class_pupils)))


def _pupil_data(pupil: Pupil) -> dict[str, Any]:
    return {
        "id": pupil.id,
        "code": pupil.code,
        "number": pupil.number,
        "name": pupil.name,
        "birth_date": pupil.birth_date,
        "sex": pupil.sex,
        "class": pupil.class_name,
        "status": pupil.status,
        "left_on": pupil.left_on,
        "personal_number": pupil.personal_number,
        "ethnic": pupil.ethnic,
        "phone": pupil.phone,
    }


def _pupil_line(pupil: Pupil) -> str:
    status = "" if pupil.status == "DANG_HOC" else f"  {pupil.status_words}"
    born, sex = show_date(pupil.birth_date), BY_KEY["sex"].show(pupil.sex)
    return f"{pupil.class_name:<5} {pupil.number or '':>3}  {pupil.name:<28} {born:<10}  {sex:<4}{status}".rstrip()


def import_students(call: Call) -> Answer:
    """A class list from Excel or CSV into the school, or with --dry-run only what it would do."""
    args = call.args
    check_errors(args.errors)
    opened = call.reading if args.dry_run else call.writing
    with opened() as db:
        plan = plan_import(
            db,
            Path(args.file),
            year=year_of(call, db),
            class_text=args.class_name or "",
            create_classes=args.create_classes,
        )
        keep_errors(plan, args.errors)
        if not args.dry_run:
            if plan.count("added") + plan.count("changed") > LARGE:
                make_backup(db, "import")
            apply_import(db, plan)
    counts = {kind: plan.count(kind) for kind in ("added", "changed", "unchanged")}
    data = {
        **counts,
        "refused": notes_data(plan.refused),
        "warnings": notes_data(plan.warnings),
        "new_classes": list(plan.new_classes),
    }
    return Answer(data, tuple(note_lines(counts, plan.refused, plan.warnings, dry_run=args.dry_run)))


def _add_pupils(parser: ArgumentParser) -> None:
    parser.add_argument("--class", dest="class_name", metavar=_("LỚP"), help=_("chỉ một lớp"))
    parser.add_argument("--find", metavar=_("CHỮ"), help=_("tên, số định danh, mã hoặc điện thoại"))


def _add_import(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("TỆP"), help=_("tệp Excel (xlsx, xls, ods) hoặc CSV"))
    parser.add_argument(
        "--class", dest="class_name", metavar=_("LỚP"), help=_("lớp của những dòng không ghi lớp")
    )
    parser.add_argument("--create-classes", action="store_true", help=_("lập những lớp chưa có"))
    add_options(parser)


COMMANDS = (
    Command("pupils", N_("liệt kê học sinh"), list_pupils, _add_pupils),
    Command("import students", N_("nhập danh sách học sinh"), import_students, _add_import),
)
