"""What no Step may do to a self-score, whoever writes it: hand, undo, another desk."""

from __future__ import annotations

from edudesk.kernel.calendar import year_name
from edudesk.kernel.change import Change, Step
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _
from edudesk.storage.slice_tables import Guard, Reader

HELD = ("dx_score", "dx_evidence")


def approved_stays(read: Reader, step: Step) -> list[Problem]:
    """Points, evidence and the edition of a year the principal approved stay until the approval is taken back."""
    changes = [change for change in step.changes if _is_held(change)]
    if not changes:
        return []
    approved = {
        year for (year,) in read("select year from dx_report where gone = 0 and approved_at is not null")
    }
    problems = []
    for change in changes if approved else ():
        year = _year(read, change)
        if year in approved:
            message = _("Kết quả tự chấm năm học {year} đã được phê duyệt.").format(
                year=year_name(int(str(year)))
            )
            next_step = _("Bỏ phê duyệt trước khi sửa.")
            problems.append(
                Problem("DX_APPROVED", message, next=next_step, table=change.table, row=change.row)
            )
    return problems[:1]


def _is_held(change: Change) -> bool:
    return change.table in HELD or (change.table == "dx_report" and "edition_id" in change.fields)


def confirmed_stays(read: Reader, step: Step) -> list[Problem]:
    """An edition the school confirmed is not edited; a copy is. Undoing the confirmation itself is no edit."""
    undone = {c.row for c in step.changes if c.field == "confirmed_at" and c.new is None}
    rows = {
        change.row
        for change in step.changes
        if change.table == "dx_edition" and change.field in ("data", "source", "name")
    }
    confirmed = read("select id from dx_edition where gone = 0 and confirmed_at is not null") if rows else []
    for (row,) in confirmed:
        if row in rows - undone:
            message = _("Bộ chỉ số này đã được trường xác nhận nên không sửa nữa.")
            return [Problem("DX_CONFIRMED", message, next=_("Tạo một bản sao rồi sửa bản sao."))]
    return []


def _year(read: Reader, change: Change) -> object:
    if "year" in change.fields:
        return change.fields["year"]
    rows = read(f"select year from {change.table} where id = ?", (change.row,))
    return rows[0][0] if rows else None


GUARDS: tuple[Guard, ...] = (approved_stays, confirmed_stays)
