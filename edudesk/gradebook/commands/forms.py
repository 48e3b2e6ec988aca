"""Forms for teachers without the program: export mark-form, and what import marks does with one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from edudesk.gradebook.exchange.form import MadeForm, class_pages, teacher_pages, write_form
from edudesk.gradebook.exchange.form_read import ASKED, FormCell, FormPlan, apply_form, plan_form
from edudesk.gradebook.register.marks import SheetKey
from edudesk.gradebook.rules.words import mark_text
from edudesk.kernel.errors import Problem, Refused, WrongUsage
from edudesk.kernel.note import Note
from edudesk.kernel.text import fold
from edudesk.kernel.words import _
from edudesk.sheets.notes import note_lines, notes_data
from edudesk.staff.store import members
from edudesk.storage.command import Answer, Call
from edudesk.storage.database import Database


def export_form(db: Database, path: Path, keys: Sequence[SheetKey]) -> Answer:
    """Write the form and say how many pages and open cells it has."""
    made: MadeForm = write_form(db, path, keys)
    pages = len(made.template.pages)
    message = _("Đã ghi phiếu nhập điểm ra {file}: {pages} trang, {empty} ô còn trống.")
    data = {"file": str(path), "pages": pages, "empty": made.empty, "form": made.template.id}
    return Answer(data, (message.format(file=path, pages=pages, empty=made.empty),))


def form_pages(
    db: Database, year: int, term: int, *, class_id: str, code: str, teacher: str | None
) -> list[SheetKey]:
    """The pages asked for: of a class and subject, a whole class, or a teacher. Raises WrongUsage OPTION_MISSING."""
    if teacher:
        keys = teacher_pages(db, year, teacher_named(db, teacher), term)
        keys = [key for key in keys if class_id in ("", key.class_id) and code in ("", key.code)]
    elif class_id:
        keys = [SheetKey(class_id, code, term)] if code else class_pages(db, class_id, term)
    else:
        message = _("Cần thêm --class hoặc --teacher.")
        raise WrongUsage(Problem("OPTION_MISSING", message, next=_("Xem edudesk export --help.")))
    return keys


def teacher_named(db: Database, who: str) -> str:
    """The id of somebody by id, code or name. Raises Refused TEACHER_UNKNOWN, TEACHER_TWICE."""
    staff_members = members(db, former=True)
    people = [member for member in staff_members if who in (member.id, member.code)]
    people = people or [member for member in staff_members if fold(member.name) == fold(who)]
    if len(people) == 1:
        return people[0].id
    if people:
        message = _("Có {n} người tên {name}.").format(n=len(people), name=who)
        raise Refused(Problem("TEACHER_TWICE", message, next=_("Dùng mã định danh ngành.")))
    message = _("Không có giáo viên “{name}”.").format(name=who)
    raise Refused(Problem("TEACHER_UNKNOWN", message, next=_("Xem danh sách nhân sự.")))


def import_form(call: Call, path: Path) -> Answer:
    """Read a form back; what changed on both sides is refused unless --take-file."""
    args = call.args
    opened = call.reading if args.dry_run else call.writing
    with opened() as db:
        plan = plan_form(db, path)
        take = frozenset(cell.spot for cell in plan.of(*ASKED)) if args.take_file else frozenset()
        if not args.dry_run:
            apply_form(db, plan, take=take)
    refused = [_refused(cell) for cell in plan.of("refused")]
    if not args.take_file:
        refused += [_left(cell) for cell in plan.of(*ASKED)]
    counts = _counts(plan, len(take))
    data: dict[str, Any] = {**counts, "refused": notes_data(refused), "warnings": notes_data(plan.notes)}
    return Answer(data, tuple(note_lines(counts, refused, plan.notes, dry_run=args.dry_run)))


def _counts(plan: FormPlan, taken: int) -> dict[str, int]:
    blank = sum(cell.kind == "same" and not cell.text for cell in plan.cells)
    changed = plan.count("changed") + taken
    return {"added": plan.count("new"), "changed": changed, "unchanged": plan.count("same") - blank}


def _refused(cell: FormCell) -> Note:
    problem = cell.problem or Problem("REFUSED", "")
    return Note(cell.row, cell.slot, cell.text, problem.code, f"{cell.name}: {problem.message}", problem.next)


def _left(cell: FormCell) -> Note:
    """A cell that a person must decide."""
    both = _("{name}: {why} Ở đây {here}, trong phiếu {file}.")
    empty = _("ô trống")
    reason = both.format(
        name=cell.name, why=cell.why, here=mark_text(cell.here) or empty, file=mark_text(cell.value) or empty
    )
    code = "CONFLICT" if cell.kind == "conflict" else "CLEARED"
    return Note(cell.row, cell.slot, cell.text, code, reason, _("Thêm --take-file để lấy theo phiếu."))
