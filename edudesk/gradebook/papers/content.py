"""Papers of the gradebook: what each says is gathered here, once; the drawing asks the database nothing."""

from __future__ import annotations

import datetime as dt

from edudesk.gradebook.papers.class_sheet import sheet_paper
from edudesk.gradebook.papers.heading import of_pupil, read_frame, seal_line
from edudesk.gradebook.papers.primary_report_card import PrimarySlips, primary_slips_paper
from edudesk.gradebook.papers.primary_results import primary_results_paper
from edudesk.gradebook.papers.report_card import Slip, SlipSubject, slips_paper
from edudesk.gradebook.papers.results import results_paper_of
from edudesk.gradebook.register.marks import homeroom_lines
from edudesk.gradebook.register.roll import TERMS, YEAR, is_primary
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine, class_sheet, read_subject_comments
from edudesk.gradebook.results.primary import primary_results
from edudesk.gradebook.results.secondary import ClassResults, PupilResult, class_results
from edudesk.gradebook.rules.slots import PERIODS, SlotKind, period_of
from edudesk.gradebook.rules.words import shown
from edudesk.paper.document import Paper
from edudesk.storage.database import Database


def class_sheet_paper(
    db: Database, class_id: str, code: str, term: int, *, day: dt.date | None = None
) -> Paper:
    """The page of a subject and term (0: the year). Raises Refused like `class_sheet`."""
    sheet = class_sheet(db, class_id, code, term)
    return sheet_paper(sheet, read_frame(db, day=day), seal=seal_line(db, sheet.roll, term, code))


def results_paper(db: Database, class_id: str, term: int, *, day: dt.date | None = None) -> Paper:
    """The results of a class in a term (0: the year). Raises Refused like `class_results`."""
    if is_primary(db, class_id):
        outcomes = primary_results(db, class_id, term)
        seal = seal_line(db, outcomes.roll, term, None)
        return primary_results_paper(outcomes, read_frame(db, day=day), seal=seal)
    results = class_results(db, class_id, term)
    return results_paper_of(results, read_frame(db, day=day), seal=seal_line(db, results.roll, term, None))


def report_slip_paper(
    db: Database, class_id: str, term: int, *, pupil_id: str | None = None, day: dt.date | None = None
) -> Paper:
    """A slip for every pupil of the class who is there, or for one. Raises Refused NOT_ENROLLED, SLIP_NOBODY."""
    if is_primary(db, class_id):
        outcomes = primary_results(db, class_id, term)
        pages = {
            course.code: class_sheet(db, class_id, course.code, term) for course in outcomes.roll.courses
        }
        slips_of = PrimarySlips(
            outcomes,
            pages,
            _remarks(db, class_id, term),
            read_subject_comments(db, outcomes.roll, term or TERMS[-1]),
        )
        return primary_slips_paper(slips_of, of_pupil(outcomes.pupils, pupil_id), read_frame(db, day=day))
    results = class_results(db, class_id, term)
    wanted = of_pupil(results.pupils, pupil_id)
    sheets = {course.code: class_sheet(db, class_id, course.code, term) for course in results.roll.courses}
    remarks = _remarks(db, class_id, term)
    slips = [_slip(results, result, sheets, remarks.get(result.pupil_id, "")) for result in wanted]
    return slips_paper(slips, read_frame(db, day=day))


def _remarks(db: Database, class_id: str, term: int) -> dict[str, str]:
    """What the homeroom teacher says; for the year what was said last."""
    found: dict[str, str] = {}
    for number in TERMS if term == YEAR else (term,):
        found |= {
            line.pupil_id: line.comment for line in homeroom_lines(db, class_id, number) if line.comment
        }
    return found


def _slip(results: ClassResults, result: PupilResult, sheets: dict[str, ClassSheet], remark: str) -> Slip:
    pupil = next(pupil for pupil in results.roll.pupils if pupil.id == result.pupil_id)
    taken = (*result.averages, *result.comments)
    subjects = [
        _subject(sheet, line)
        for code, sheet in sheets.items()
        if code in taken
        for line in sheet.lines
        if line.pupil_id == result.pupil_id
    ]
    return Slip(
        roll=results.roll,
        term=results.term,
        result=result,
        born=pupil.birth_date,
        code=pupil.code,
        subjects=tuple(subjects),
        remark=remark,
    )


def _subject(sheet: ClassSheet, line: SheetLine) -> SlipSubject:
    if sheet.term == YEAR:
        columns = tuple(shown(value) for value in line.terms)
        return SlipSubject(sheet.course.name, columns, line.result, line.comment)
    texts: dict[SlotKind | None, list[str]] = {period: [] for period in PERIODS}
    for column, value in zip(sheet.columns, line.marks, strict=True):
        if value is not None:
            texts[period_of(column.slot)].append(shown(value))
    return SlipSubject(
        sheet.course.name, tuple("  ".join(kind) for kind in texts.values()), line.result, line.comment
    )
