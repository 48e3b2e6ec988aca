"""Marks and results as spreadsheets; a marks sheet has the headings that `import marks` reads back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from edudesk.gradebook.exchange.primary_sheets import (
    cell,
    place_notes,
    primary_marks_sheet,
    primary_results_sheets,
)
from edudesk.gradebook.register.roll import YEAR, read_roll
from edudesk.gradebook.register.sheet import ClassSheet, class_sheet
from edudesk.gradebook.results.families import results_of
from edudesk.gradebook.results.secondary import ClassResults, PupilResult
from edudesk.gradebook.rules.regulation import Family
from edudesk.gradebook.rules.words import LEVEL_WORDS, OUTCOME_WORDS, TITLE_WORDS, word_of
from edudesk.kernel.words import _
from edudesk.sheets.writer import SheetOut
from edudesk.storage.database import Database


def marks_sheets(db: Database, class_id: str, term: int, *, code: str | None = None) -> list[SheetOut]:
    """The marks of a class in a term (0 for the year's averages), a sheet for each subject or for one."""
    courses = read_roll(db, class_id).courses
    codes = [code] if code else [course.code for course in courses]
    sheets = [class_sheet(db, class_id, course_code, term) for course_code in codes]
    return [_MARKS[sheet.roll.family](sheet) for sheet in sheets]


def _marks_sheet(sheet: ClassSheet) -> SheetOut:
    average = _("ĐTBmcn") if sheet.term == YEAR else _("ĐTBmhk{term}").format(term=sheet.term)
    heads = (_("STT"), _("Họ và tên"), *(column.label for column in sheet.columns), average, _("Nhận xét"))
    rows = [
        (line.number, line.name, *map(cell, line.marks), cell(line.result), line.comment)
        for line in sheet.lines
    ]
    widths = [5, 28, *[9] * len(sheet.columns), 9, 40]
    text_columns = frozenset({1, len(heads) - 1})
    return SheetOut(
        name=sheet.course.name,
        heads=heads,
        rows=rows,
        widths=widths,
        text_columns=text_columns,
        notes=place_notes(sheet),
    )


def results_sheet(db: Database, class_id: str, term: int) -> list[SheetOut]:
    """The results of a class in a term or the year: subjects, levels, titles, promotion, what is missing."""
    results = results_of(db, class_id, term)
    return _RESULTS[results.roll.family](results)


def _results_sheets(results: ClassResults) -> list[SheetOut]:
    courses = results.roll.courses
    heads = (
        *(_("STT"), _("Họ và tên"), *(course.name for course in courses)),
        *(
            _("Rèn luyện"),
            _("Học tập"),
            _("Mức gốc"),
            _("Danh hiệu"),
            _("Lên lớp"),
            _("Nghỉ"),
            _("Còn thiếu"),
        ),
    )
    rows = [_result_row(results, pupil) for pupil in results.pupils]
    widths = [5, 28, *[9] * len(courses), 10, 10, 10, 18, 22, 6, 40]
    name = _("Kết quả {name}").format(name=results.roll.class_name)
    return [SheetOut(name=name, heads=heads, rows=rows, widths=widths, text_columns=frozenset({1}))]


def _result_row(results: ClassResults, pupil: PupilResult) -> tuple[object, ...]:
    base = pupil.base_learning if pupil.adjusted else None
    return (
        *(pupil.number, pupil.name, *(cell(pupil.value(course.code)) for course in results.roll.courses)),
        *(
            word_of(LEVEL_WORDS, pupil.conduct),
            word_of(LEVEL_WORDS, pupil.learning),
            word_of(LEVEL_WORDS, base),
        ),
        *(word_of(TITLE_WORDS, pupil.title), word_of(OUTCOME_WORDS, pupil.promotion), pupil.absences),
        "; ".join(pupil.missing),
    )


_MARKS: Mapping[Family, Callable[[ClassSheet], SheetOut]] = {
    Family.AVERAGES: _marks_sheet,
    Family.STAGES: primary_marks_sheet,
}
_RESULTS: Mapping[Family, Callable[[Any], list[SheetOut]]] = {
    Family.AVERAGES: _results_sheets,
    Family.STAGES: primary_results_sheets,
}
