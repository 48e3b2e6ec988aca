"""What no Step may do to sites and rooms, whoever writes it."""

from __future__ import annotations

from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _
from edudesk.storage.slice_tables import Guard, Reader


def room_in_use(read: Reader, step: Step) -> list[Problem]:
    """A room is dropped only when no machine stands in it, a site only when it has no room."""
    return [
        *_still_used(read, step, ("room", "machine"), _("Phòng còn {n} máy tính.")),
        *_still_used(read, step, ("site", "room"), _("Điểm trường còn {n} phòng.")),
    ]


def _still_used(read: Reader, step: Step, tables: tuple[str, str], message: str) -> list[Problem]:
    holder, stored = tables
    problems = []
    gone = {table: step.dropped(table) for table in tables}
    for row in sorted(gone[holder]):
        rows = read(f"select id from {stored} where {holder}_id = ? and gone = 0", (row,))
        n = sum(row_id not in gone[stored] for (row_id,) in rows)
        if n:
            next_step = _("Chuyển chúng đi nơi khác trước.")
            problems.append(Problem("ROOM_USED", message.format(n=n), next=next_step, table=holder, row=row))
    return problems


GUARDS: tuple[Guard, ...] = (room_in_use,)
