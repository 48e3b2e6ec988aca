"""Gathers the content of the gradebook's papers from the database; drawing them asks it nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from edudesk.gradebook.papers.class_sheet import sheet_paper
from edudesk.gradebook.papers.heading import Frame, of_pupil, read_frame, seal_line
from edudesk.gradebook.papers.primary_report_card import PrimaryReportCards, primary_report_cards_paper
from edudesk.gradebook.papers.primary_results import primary_results_paper
from edudesk.gradebook.papers.report_card import ReportCard, ReportCardSubject, report_cards_paper
from edudesk.gradebook.papers.results import results_paper_of
from edudesk.gradebook.register.marks import homeroom_lines
from edudesk.gradebook.register.roll import TERMS, YEAR
from edudesk.gradebook.register.sheet import ClassSheet, SheetLine, class_sheet, read_subject_comments
from edudesk.gradebook.results.families import AnyResults, results_of
from edudesk.gradebook.results.primary import PrimaryResults
from edudesk.gradebook.results.secondary import ClassResults, PupilResult
from edudesk.gradebook.rules.regulation import Family
from edudesk.gradebook.rules.slots import PERIODS, SlotKind, period_of
from edudesk.gradebook.rules.words import mark_text
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
    results = results_of(db, class_id, term)
    seal = seal_line(db, results.roll, term, None)
    return _OF_FAMILY[results.roll.family].results(results, read_frame(db, day=day), seal=seal)


def report_card_paper(
    db: Database, class_id: str, term: int, *, pupil_id: str | None = None, day: dt.date | None = None
) -> Paper:
    """A report card for every pupil of the class who is there, or for one. Raises Refused NOT_ENROLLED, SLIP_NOBODY."""
    results = results_of(db, class_id, term)
    return _OF_FAMILY[results.roll.family].report_cards(db, results, pupil_id, read_frame(db, day=day))


def _sheets(db: Database, results: AnyResults) -> dict[str, ClassSheet]:
    roll = results.roll
    return {course.code: class_sheet(db, roll.class_id, course.code, results.term) for course in roll.courses}


def _primary_report_cards(db: Database, results: PrimaryResults, pupil_id: str | None, frame: Frame) -> Paper:
    wanted = of_pupil(results.pupils, pupil_id)
    remarks = _remarks(db, results.roll.class_id, results.term)
    comments = read_subject_comments(db, results.roll, results.term or TERMS[-1])
    return primary_report_cards_paper(
        PrimaryReportCards(results, _sheets(db, results), remarks, comments), wanted, frame
    )


def _report_cards(db: Database, results: ClassResults, pupil_id: str | None, frame: Frame) -> Paper:
    wanted = of_pupil(results.pupils, pupil_id)
    sheets, remarks = _sheets(db, results), _remarks(db, results.roll.class_id, results.term)
    cards = [_report_card(results, result, sheets, remarks.get(result.pupil_id, "")) for result in wanted]
    return report_cards_paper(cards, frame)


def _remarks(db: Database, class_id: str, term: int) -> dict[str, str]:
    """What the homeroom teacher says; for the year what was said last."""
    words: dict[str, str] = {}
    for number in TERMS if term == YEAR else (term,):
        words |= {
            line.pupil_id: line.comment for line in homeroom_lines(db, class_id, number) if line.comment
        }
    return words


def _report_card(
    results: ClassResults, result: PupilResult, sheets: dict[str, ClassSheet], remark: str
) -> ReportCard:
    pupil = next(pupil for pupil in results.roll.pupils if pupil.id == result.pupil_id)
    taken = (*result.averages, *result.comments)
    subjects = [
        _subject(sheet, line)
        for code, sheet in sheets.items()
        if code in taken
        for line in sheet.lines
        if line.pupil_id == result.pupil_id
    ]
    return ReportCard(
        roll=results.roll,
        term=results.term,
        result=result,
        born=pupil.birth_date,
        code=pupil.code,
        subjects=tuple(subjects),
        remark=remark,
    )


def _subject(sheet: ClassSheet, line: SheetLine) -> ReportCardSubject:
    if sheet.term == YEAR:
        columns = tuple(mark_text(value) for value in line.terms)
        return ReportCardSubject(sheet.course.name, columns, line.result, line.comment)
    by_period: dict[SlotKind | None, list[str]] = {period: [] for period in PERIODS}
    for column, value in zip(sheet.columns, line.marks, strict=True):
        if value is not None:
            by_period[period_of(column.slot)].append(mark_text(value))
    return ReportCardSubject(
        sheet.course.name, tuple("  ".join(marks) for marks in by_period.values()), line.result, line.comment
    )


class _OfFamily(NamedTuple):
    """The papers of a class by the shape of its regulation: the whole class, and a report card for each pupil."""

    results: Callable[..., Paper]
    report_cards: Callable[[Database, Any, str | None, Frame], Paper]


_OF_FAMILY: Mapping[Family, _OfFamily] = {
    Family.AVERAGES: _OfFamily(results_paper_of, _report_cards),
    Family.STAGES: _OfFamily(primary_results_paper, _primary_report_cards),
}
