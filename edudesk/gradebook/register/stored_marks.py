"""Marks as the results of a class or the school read them: grouped by the database, worked out as texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from edudesk.gradebook.register.roll import TERMS, YEAR, Course
from edudesk.gradebook.rules.marks import FAILED, PASSED, Mark, TermResult, comment_of_contents, term_average
from edudesk.gradebook.rules.regulation import CourseKind, Regulation
from edudesk.kernel.numbers import HIGHEST
from edudesk.storage.database import Database

StoredValues = Mapping[
    tuple[str, int], tuple[str, str]
]  # (subject, term) → slots and their values, comma between
Record = tuple[str | None, int, int]  # conduct, excused, unexcused
_RESULTS: dict[int | str, TermResult] = {
    value: TermResult(value) for value in (*range(HIGHEST + 1), PASSED, FAILED)
}
Reader = Callable[[tuple[str, str] | None], TermResult]


def read_stored(db: Database, year: int, term: int, *, class_id: str | None) -> dict[str, StoredValues]:
    """Reads the slots and values a subject has, by pupil. Grouped by the index that holds all of it, so the table of marks is not touched."""
    only = "" if class_id is None else "and class_id = ?"
    wanted = TERMS if term == YEAR else (term, term)
    rows = db.all(
        f"""select pupil_id, code, term, group_concat(slot), group_concat(value) from mark
        where pupil_id in (select pupil_id from enrolment where year = ? and gone = 0 {only})
        and year = ? and term in (?, ?) and gone = 0 and value is not null
        group by pupil_id, code, term""",
        (year, year, *wanted) if class_id is None else (year, class_id, year, *wanted),
    )
    found: dict[str, dict[tuple[str, int], tuple[str, str]]] = {}
    for pupil, code, one_term, slots, values in rows:
        found.setdefault(pupil, {})[code, one_term] = slots, values
    return dict(found)


def read_records(db: Database, year: int, class_id: str | None) -> dict[str, dict[int, Record]]:
    """pupil → term → the homeroom teacher's record; blank absences are none."""
    only = "" if class_id is None else "and class_id = ?"
    found: dict[str, dict[int, Record]] = {}
    for pupil, term, conduct, excused, unexcused in db.all(
        f"""select pupil_id, term, conduct, absent_excused, absent_unexcused from term_record
        where year = ? and gone = 0
        and pupil_id in (select pupil_id from enrolment where year = ? and gone = 0 {only})""",
        (year, year) if class_id is None else (year, year, class_id),
    ):
        found.setdefault(pupil, {})[term] = (conduct, excused or 0, unexcused or 0)
    return found


# -- one subject of one term, from those texts


def reader(course: Course, regulation: Regulation) -> Reader:
    """How to read a subject's term from its slots and values as texts; the same result as `Assessment.term`."""
    expected = ",".join(sorted(course.slots))
    whole = _WHOLE[course.kind]

    def read(row: tuple[str, str] | None) -> TermResult:
        if row is None:
            return TermResult(None, course.slots)
        if row[0] == expected:
            result = whole(row[1], regulation)
            if result is not None:
                return result
        marks = dict(zip(row[0].split(","), map(_mark, row[1].split(",")), strict=True))
        return course.assessment.term(course.slots, marks, regulation)

    return read


def _mark(text: str) -> Mark:
    return int(text) if text.isdigit() else text


def _whole_score(values: str, regulation: Regulation) -> TermResult | None:
    """The average of "ck,gk,tx1,tx2…" when all are numbers."""
    try:
        final, midterm, *regular = map(int, values.split(","))
    except ValueError:
        return None
    return _RESULTS[term_average(regular, midterm, final, regulation=regulation).value]


def _whole_comment(values: str, _regulation: Regulation) -> TermResult | None:
    """The result of comments when none is owed."""
    results = values.split(",")
    return _RESULTS[comment_of_contents(results)] if {*results} <= {"D", "CD"} else None


_WHOLE: Mapping[CourseKind, Callable[[str, Regulation], TermResult | None]] = {
    CourseKind.SCORE: _whole_score,
    CourseKind.COMMENT: _whole_comment,
}
