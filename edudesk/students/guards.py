"""What no Step may do to pupils and their classes, whoever writes it."""

from __future__ import annotations

from edudesk.kernel.change import GONE, Step
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _
from edudesk.storage.slice_tables import Guard, Reader


def class_with_pupils(read: Reader, step: Step) -> list[Problem]:
    """A class is dropped only when nobody is in it."""
    problems = []
    dropped = [c.row for c in step.changes if c.table == "school_class" and c.field == GONE and c.new == 1]
    leaving = {c.row for c in step.changes if c.table == "enrolment" and c.field == GONE and c.new == 1}
    for class_id in dropped:
        rows = read("select id from enrolment where class_id = ? and gone = 0", (class_id,))
        left = [row for (row,) in rows if row not in leaving]
        if left:
            message = _("Lớp còn {n} học sinh.").format(n=len(left))
            next_step = _("Chuyển các em sang lớp khác trước.")
            problems.append(
                Problem("CLASS_USED", message, next=next_step, table="school_class", row=class_id)
            )
    return problems


GUARDS: tuple[Guard, ...] = (class_with_pupils,)
