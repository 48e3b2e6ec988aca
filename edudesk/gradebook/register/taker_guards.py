"""No Step hides a mark: whoever has marks in a subject goes on taking it, in whichever class."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from edudesk.kernel.change import GONE, Change, Step, Value
from edudesk.kernel.errors import Problem
from edudesk.kernel.words import _
from edudesk.school.programme import subject
from edudesk.storage.slice_tables import Reader, many

Marked = tuple[str, int, str]  # a pupil with marks: pupil, year, subject
Rows = dict[str, dict[str, Value]]  # a table's rows by their id


class Ground(NamedTuple):
    """The rows of three tables that decide whether a mark is shown, before or after a Step."""

    enrolment: Rows
    class_subject: Rows
    elective: Rows

    def sees(self, marked: Marked) -> bool:
        """Whether the pupil's class has the subject and the pupil takes it."""
        pupil, year, code = marked
        classes = (row["class_id"] for row in self.enrolment.values() if _is(row, pupil_id=pupil, year=year))
        class_id = next(classes, None)
        lessons = (row for row in self.class_subject.values() if _is(row, class_id=class_id, code=code))
        lesson = next(lessons, None)
        choices = (row for row in self.elective.values() if _is(row, pupil_id=pupil, year=year, code=code))
        choice = next(choices, None)
        if lesson is None:
            return False
        return bool(choice["takes"]) if choice else lesson["taken"] != "chosen"

    def after(self, step: Step) -> Ground:
        """The same rows once the step is written."""
        tables = {
            name: {row: dict(fields) for row, fields in rows.items()} for name, rows in self._asdict().items()
        }
        for change in step.changes:
            if change.table in tables:
                tables[change.table].setdefault(change.row, {GONE: 0}).update(change.fields)
        return Ground(**tables)


def _is(row: Mapping[str, Value], **wanted: Value) -> bool:
    return not row.get(GONE) and all(row.get(key) == value for key, value in wanted.items())


def takers_keep_marks(read: Reader, step: Step) -> list[Problem]:
    """Who takes a subject, and the class a pupil is in, change only where no mark goes out of sight."""
    changes = [change for change in step.changes if _may_hide(change)]
    marked = _marked(read, changes) if changes else {}
    if not marked:
        return []
    before = _ground(read, {pupil for pupil, _year, _code in marked}, changes)
    after = before.after(step)
    hidden = [cells for cells in marked if before.sees(cells) and not after.sees(cells)]
    return [_problem(code, year, hidden, marked) for code, year in sorted({(c, y) for _p, y, c in hidden})]


def _may_hide(change: Change) -> bool:
    """Whether a change can take a subject from somebody: most Steps have none, and read nothing more."""
    if change.table == "class_subject":
        return change.kind != "ins" and change.fields.get("taken") == "chosen"
    if change.table == "elective":
        return change.fields.get("takes") == 0 or change.fields.get(GONE) == 1
    return change.table == "enrolment" and change.kind != "ins" and "class_id" in change.fields


def _marked(read: Reader, changes: Iterable[Change]) -> dict[Marked, int]:
    """How many marks each pupil whom the changes touch has, by subject."""
    rows: dict[str, set[str]] = {"class_subject": set(), "elective": set(), "enrolment": set()}
    pupils = set()
    for change in changes:
        rows[change.table].add(change.row)
        pupils |= {str(change.fields["pupil_id"])} if "pupil_id" in change.fields else set()
    for table in ("elective", "enrolment"):
        stored = many(read, f"select pupil_id from {table} where id in", rows[table])
        pupils |= {str(pupil) for (pupil,) in stored}
    classes = {str(c) for (c,) in many(read, _CLASS_OF, rows["class_subject"])}
    pupils |= {str(pupil) for (pupil,) in many(read, _PUPILS_OF, classes)}
    counted: dict[Marked, int] = {}
    for pupil, year, code in many(read, _MARKS_OF, pupils):
        key = (str(pupil), int(str(year)), str(code))
        counted[key] = counted.get(key, 0) + 1
    return counted


_CLASS_OF = "select class_id from class_subject where id in"
_PUPILS_OF = "select pupil_id from enrolment where gone = 0 and class_id in"
_MARKS_OF = "select pupil_id, year, code from mark where gone = 0 and value is not null and pupil_id in"


def _ground(read: Reader, pupils: set[str], changes: Iterable[Change]) -> Ground:
    """The rows that decide for these pupils, as they are now."""
    placed = many(read, "select id, gone, pupil_id, year, class_id from enrolment where pupil_id in", pupils)
    enrolment = {
        str(row): {GONE: gone, "pupil_id": pupil, "year": year, "class_id": class_id}
        for row, gone, pupil, year, class_id in placed
    }
    choices = many(
        read, "select id, gone, pupil_id, year, code, takes from elective where pupil_id in", pupils
    )
    elective = {
        str(row): {GONE: gone, "pupil_id": pupil, "year": year, "code": code, "takes": takes}
        for row, gone, pupil, year, code, takes in choices
    }
    classes = {str(row["class_id"]) for row in enrolment.values()}
    classes |= {str(change.fields["class_id"]) for change in changes if change.table == "enrolment"}
    taught = many(
        read, "select id, gone, class_id, code, taken from class_subject where class_id in", classes
    )
    class_subject = {
        str(row): {GONE: gone, "class_id": class_id, "code": code, "taken": taken}
        for row, gone, class_id, code, taken in taught
    }
    return Ground(enrolment, class_subject, elective)


def _problem(code: str, year: int, hidden: Iterable[Marked], marked: Mapping[Marked, int]) -> Problem:
    lost = [cells for cells in hidden if cells[1:] == (year, code)]
    message = _("{n} em đã có {marks} điểm môn {subject}; làm thế thì không còn thấy các điểm ấy.").format(
        n=len(lost), marks=sum(marked[cells] for cells in lost), subject=subject(code).name
    )
    next_step = _("Để các em ấy vẫn học môn này, cho lớp mới học môn này, hoặc xóa điểm trước.")
    return Problem("HAS_MARKS", message, next=next_step, table="pupil", row=lost[0][0])
