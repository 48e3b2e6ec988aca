"""Guards over marks: what every Step must respect, be it typed, imported, undone or from another desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from edudesk.gradebook.register.lock_guards import LOCK_GUARDS
from edudesk.gradebook.register.taker_guards import takers_keep_marks
from edudesk.gradebook.rules.assessment import assessment_for, check_mark, family_for, kind_in, term_slots
from edudesk.gradebook.rules.primary import QUALITIES
from edudesk.gradebook.rules.qualities import END, check_quality
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.slots import is_slot, slot_short
from edudesk.gradebook.rules.term_record import check_record_field
from edudesk.kernel.change import GONE, Change, Step
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _
from edudesk.school.programme import subject
from edudesk.storage.slice_tables import Guard, Reader, many


def marks_fit_their_subject(read: Reader, step: Step) -> list[Problem]:
    """A mark is a score or a comment as its subject is assessed, in a slot that exists."""
    problems = []
    kinds: dict[tuple[object, object], str] = {}
    changes = [c for c in step.changes if c.table == "mark" and {"value", "slot"} & set(c.fields)]
    for change, (class_id, code, slot) in _cells(read, changes):
        if (class_id, code) not in kinds:
            kinds[class_id, code] = _kind(read, class_id, code)
        problem = check_mark(
            change.fields.get("value"), kinds[class_id, code], code=str(code), slot=str(slot)
        )
        if not is_slot(str(slot)):
            problem = Problem("MARK_SLOT", _("Không có cột điểm “{slot}”.").format(slot=slot))
        if problem:
            problems.append(
                Problem(problem.code, problem.message, table="mark", row=change.row, field="value")
            )
    return problems


def _cells(read: Reader, changes: Sequence[Change]) -> Iterator[tuple[Change, tuple[object, object, object]]]:
    """Each change with the class, the subject and the slot of its mark."""
    names = {change.row for change in changes if change.kind != "ins"}
    stored = {
        row: cell for row, *cell in many(read, "select id, class_id, code, slot from mark where id in", names)
    }
    for change in changes:
        if change.kind == "ins":
            yield (
                change,
                (change.fields.get("class_id"), change.fields.get("code"), change.fields.get("slot")),
            )
        else:
            class_id, code, slot = stored.get(change.row, (None, None, ""))
            yield change, (class_id, code, slot)


def _kind(read: Reader, class_id: object, code: object) -> str:
    rows = read(
        """select p.kind, c.year, c.grade from school_class c join subject_plan p
        on p.year = c.year and p.grade = c.grade and p.code = ? where c.id = ?""",
        (code, class_id),
    )
    if not rows:
        return CourseKind.SCORE
    kind, year, grade = rows[0]
    return kind_in(family_for(int(str(year)), int(str(grade))), kind)


def marked_stays(read: Reader, step: Step) -> list[Problem]:
    """A pupil, their place in a class, or a class's subject is not dropped while marks hang on it."""
    pupils = step.dropped("pupil")
    placed = many(read, "select id, pupil_id from enrolment where id in", step.dropped("enrolment"))
    enrolments = {str(row): str(pupil) for row, pupil in placed}
    marked = {p for (p,) in many(read, _MARKED, {*pupils, *enrolments.values()})}
    record = _("Học sinh đã có điểm."), _("Ghi trạng thái chuyển đi hoặc thôi học thay vì xóa.")
    problems = [_has_marks("pupil", pupil, *record) for pupil in pupils if pupil in marked]
    problems += [
        _has_marks("enrolment", row, *record) for row, pupil in enrolments.items() if pupil in marked
    ]
    for row, code in many(read, _MARKED_SUBJECT, step.dropped("class_subject")):
        message = _("Môn {subject} của lớp đã có điểm.").format(subject=subject(str(code)).name)
        record = message, _("Xóa điểm trước, hoặc giữ môn.")
        problems.append(_has_marks("class_subject", str(row), *record))
    return problems


_MARKED = "select distinct pupil_id from mark where gone = 0 and value is not null and pupil_id in"
_MARKED_SUBJECT = """select s.id, s.code from class_subject s where exists (select 1 from enrolment e join mark m
    on m.pupil_id = e.pupil_id and m.year = e.year and m.code = s.code and m.gone = 0 and m.value is not null
    where e.class_id = s.class_id and e.gone = 0) and s.id in"""


def _has_marks(table: str, row: str, message: str, next_step: str) -> Problem:
    return Problem("HAS_MARKS", message, next=next_step, table=table, row=row)


def records_fit(_read: Reader, step: Step) -> list[Problem]:
    """Conduct is a level, absences are whole numbers."""
    return [
        replace(problem, table="term_record", row=change.row)
        for change in step.changes
        if change.table == "term_record"
        for key, value in change.fields.items()
        if key in ("conduct", "absent_excused", "absent_unexcused")
        if (problem := check_record_field(key, value))
    ]


def qualities_fit(_read: Reader, step: Step) -> list[Problem]:
    """A quality or competence is one that exists, at a moment that exists, and T, D or C."""
    problems = []
    for change in step.changes:
        if change.table != "quality" or not {"value", "code", "stage"} & set(change.fields):
            continue
        cell = {"code": next(iter(QUALITIES)), "stage": END, **change.fields}
        if problem := check_quality(cell["code"], cell["stage"], cell.get("value")):
            problems.append(replace(problem, table="quality", row=change.row))
    return problems


def plan_keeps_marks(read: Reader, step: Step) -> list[Problem]:
    """Fewer periods, another kind of assessment, or no such subject must not hide marks that are already there."""
    rows = {c.row for c in step.changes if c.table == "subject_plan" and c.field in ("periods", "kind")}
    rows |= step.dropped("subject_plan")
    return [problem for row in sorted(rows) if (problem := _hidden_marks(read, step, row))]


def _hidden_marks(read: Reader, step: Step, row: str) -> Problem | None:
    year, grade, code, kind, periods = read(
        "select year, grade, code, kind, periods from subject_plan where id = ?", (row,)
    )[0]
    rows = read(
        """select slot, count(*) from mark m join school_class c on c.id = m.class_id and c.grade = ?
        where m.year = ? and m.code = ? and m.gone = 0 and m.value is not null group by slot order by slot""",
        (grade, year, code),
    )
    if not rows:
        return None
    planned: dict[str, object] = {"kind": kind, "periods": periods}
    for change in step.changes:
        planned |= change.fields if change.row == row else {}
    stays = planned["kind"] == kind and not planned.get(GONE)
    shown_slots = _slots(year, grade, code, planned) if stays else ()
    lost = [f"{slot_short(str(slot))} ({count})" for slot, count in rows if slot not in shown_slots]
    message = _("Đã có điểm ở những cột sẽ mất: {cells}.").format(cells=", ".join(lost))
    next_step = _("Xóa các điểm đó trước, hoặc giữ môn, số tiết và hình thức đánh giá.")
    return Problem("PLAN_HIDES_MARKS", message, next=next_step, row=row) if lost else None


def _slots(year: object, grade: object, code: object, planned: Mapping[str, object]) -> tuple[str, ...]:
    law = assessment_for(int(str(year)), int(str(grade)))
    kind, periods = kind_in(law.family, planned["kind"]), int(str(planned["periods"] or 0))
    return term_slots(str(code), kind, periods, grade=int(str(grade)), regulation=law)


GUARDS: tuple[Guard, ...] = (
    *(marks_fit_their_subject, marked_stays, records_fit, qualities_fit, plan_keeps_marks, takers_keep_marks),
    *LOCK_GUARDS,
)
