"""What would lift a pupil's level of learning: computed from marks and locks, and put into words."""

from __future__ import annotations

from collections.abc import Mapping

from edudesk.gradebook.register.locks import ClassLocks
from edudesk.gradebook.register.roll import TERMS, YEAR, Roll
from edudesk.gradebook.results.secondary import PupilResult, term_name
from edudesk.gradebook.rules.lift import Lift, lifts
from edudesk.gradebook.rules.lift_marks import CellKey, LiftCell, LiftSubject, Raise
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.gradebook.rules.slots import register_order
from edudesk.gradebook.rules.words import COMMENT_WORDS, LEVEL_WORDS, slot_words, word_of
from edudesk.kernel.errors import Refused
from edudesk.kernel.numbers import show_tenths
from edudesk.kernel.words import _
from edudesk.storage.database import Database


def lift_lines(db: Database, roll: Roll, result: PupilResult, *, term: int) -> list[tuple[str, str]]:
    """(level, what it takes) for each level worth naming; nothing for who left."""
    if not result.owes:
        return []
    return [
        (word_of(LEVEL_WORDS, lift.level), lift_words(roll, lift, year=term == YEAR))
        for lift in level_lifts(db, roll, pupil_id=result.pupil_id, term=term)
    ]


def level_lifts(db: Database, roll: Roll, *, pupil_id: str, term: int) -> tuple[Lift, ...]:
    """The smallest changes that lift the level of a term or the year (0).

    Nothing before each subject with scores has a mark, nor where a person decides the level (LEVEL_TOO_FEW).
    """
    subjects = lift_subjects(db, roll, pupil_id=pupil_id, term=term)
    scored = [subject for subject in subjects if subject.kind != CourseKind.COMMENT]
    if not all(any(isinstance(cell.value, int) for cell in subject.cells) for subject in scored):
        return ()
    try:
        return lifts(subjects, regulation=roll.regulation)
    except Refused:
        return ()


def lift_subjects(db: Database, roll: Roll, *, pupil_id: str, term: int) -> list[LiftSubject]:
    """The counted subjects of a pupil with every cell, open where no lock holds it."""
    rows = db.all(
        "select code, term, slot, value from mark where pupil_id = ? and year = ? and gone = 0",
        (pupil_id, roll.year),
    )
    marks: dict[tuple[str, int, str], Mark] = {
        (code, number, slot): mark for code, number, slot, mark in rows
    }
    locks = ClassLocks(db, roll)
    terms = TERMS if term == YEAR else (term,)

    def cell(code: str, number: int, slot: str) -> LiftCell:
        free = locks.against(pupil_id, code, number, slot) is None
        return LiftCell(number, slot, marks.get((code, number, slot)), free)

    return [
        LiftSubject(
            course.code,
            course.kind,
            tuple(cell(course.code, n, slot) for n in terms for slot in course.slots),
        )
        for course in roll.courses
        if course.counted and roll.takes(pupil_id, course)
    ]


def lift_words(roll: Roll, lift: Lift, *, year: bool) -> str:
    """“Toán cần ≥ 6,5: cuối kì từ 7,2”; “không thể nữa …” when no open cell can bring it."""
    if lift.raises is None:
        return _("không thể nữa: các ô điểm còn mở không đủ")
    words = "; ".join(_raise_words(roll, one, year=year) for one in lift.raises)
    if not lift.by_clause:
        return words
    clause = roll.regulation.articles["adjustment"].cited
    return _("{words} (nhờ {clause})").format(words=words, clause=clause)


def _raise_words(roll: Roll, option: Raise, *, year: bool) -> str:
    subject = roll.course(option.code).name
    if isinstance(option.needs, str):
        cells = ", ".join(_place(place, year=year) for place in option.cells)
        return _("{subject} cần Đạt: {cells} {passed}").format(
            subject=subject, cells=cells, passed=word_of(COMMENT_WORDS, option.needs)
        )
    words = _("{subject} cần ≥ {needs}: {cells}")
    return words.format(
        subject=subject, needs=show_tenths(option.needs), cells=_cells(option.cells, year=year)
    )


def _cells(cells: Mapping[CellKey, int | str], *, year: bool) -> str:
    """“giữa kì, cuối kì từ 6,8”; cells with the same bound share it."""
    bounds: dict[int | str, list[str]] = {}
    for place, least in sorted(cells.items(), key=lambda cell: _order(cell[0])):
        if least:
            bounds.setdefault(least, []).append(_place(place, year=year))
    words = _("{cells} từ {least}")
    return ", ".join(
        words.format(cells=", ".join(places), least=show_tenths(int(least)))
        for least, places in bounds.items()
    )


def _order(place: CellKey) -> tuple[int, tuple[int, int, str]]:
    """Cells as the register has them: regular, midterm, final, term by term."""
    term, slot = place
    return term, register_order(slot)


def _place(place: CellKey, *, year: bool) -> str:
    term, slot = place
    return f"{slot_words(slot)} {term_name(term)}" if year else slot_words(slot)
