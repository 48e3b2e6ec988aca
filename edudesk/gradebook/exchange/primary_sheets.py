"""Levels, tests and results of primary school as spreadsheets; the sheet of a subject is read back by `import marks`."""

from __future__ import annotations

from decimal import Decimal

from edudesk.gradebook.register.roll import YEAR, Course
from edudesk.gradebook.register.sheet import ClassSheet
from edudesk.gradebook.results.primary import PrimaryResult, PrimaryResults, primary_term
from edudesk.gradebook.results.secondary import term_name
from edudesk.gradebook.rules.decisions import AGREES, OUTCOME, OUTSTANDING
from edudesk.gradebook.rules.marks import Mark
from edudesk.gradebook.rules.primary import YEAR_LEVELS
from edudesk.gradebook.rules.qualities import quality_name, quality_text
from edudesk.gradebook.rules.slots import SlotKind
from edudesk.gradebook.rules.words import OUTCOME_WORDS, PRIMARY_TITLE_WORDS, mark_text, word_of
from edudesk.kernel.numbers import as_decimal
from edudesk.kernel.words import _
from edudesk.sheets.writer import SheetOut


def cell(value: Mark) -> Decimal | str | None:
    """A mark as a spreadsheet cell: an exact number, a sign, or nothing."""
    return as_decimal(value) if isinstance(value, int) else mark_text(value) or None


def place_notes(sheet: ClassSheet) -> tuple[str, ...]:
    """The lines above the headings that say whose sheet it is."""
    return (
        _("Lớp: {name}").format(name=sheet.roll.class_name),
        _("Môn: {name}").format(name=sheet.course.name),
        _("Học kì: {term}").format(term=term_name(sheet.term)),
    )


def primary_marks_sheet(sheet: ClassSheet) -> SheetOut:
    """The levels and tests of a subject: no average, for there is none."""
    year = (_("Cả năm"),) if sheet.term == YEAR else ()
    heads = (_("STT"), _("Họ và tên"), *(column.label for column in sheet.columns), *year, _("Nhận xét"))
    rows = [
        (
            line.number,
            line.name,
            *map(cell, line.marks),
            *map(cell, (line.year,) if year else ()),
            line.comment,
        )
        for line in sheet.lines
    ]
    return SheetOut(
        name=sheet.course.name,
        heads=heads,
        rows=rows,
        widths=[5, 28, *[13] * (len(heads) - 3), 40],
        text_columns=frozenset({1, len(heads) - 1}),
        notes=place_notes(sheet),
    )


def primary_results_sheets(results: PrimaryResults) -> list[SheetOut]:
    """A class's results: each subject with its level and test, qualities, and for the year level, title, outcome."""
    courses, codes = results.roll.courses, results.codes
    when = primary_term(results.term)
    year = (
        *(_("Mức cuối năm"), _("Nổi bật, tiến bộ"), _("Lớp công nhận")),
        *(_("Danh hiệu"), _("Lên lớp"), _("Lí do")),
    )
    heads = (
        *(_("STT"), _("Họ và tên")),
        *(head for course in courses for head in _course_heads(course)),
        *map(quality_name, codes),
        *(_("Nghỉ có phép"), _("Nghỉ không phép")),
        *(() if results.term else year),
        _("Còn thiếu"),
    )
    rows = [_row(results, line) for line in results.pupils]
    widths = [5, 28, *[11] * (len(heads) - 3), 40]
    name = _("Kết quả {name}").format(name=results.roll.class_name)
    notes = (_("Lớp: {name}").format(name=results.roll.class_name), when)
    text_columns = frozenset({1, len(heads) - 1})
    return [
        SheetOut(name=name, heads=heads, rows=rows, widths=widths, text_columns=text_columns, notes=notes)
    ]


def _course_heads(course: Course) -> tuple[str, ...]:
    test = _("{subject} – điểm kiểm tra").format(subject=course.name)
    return (course.name, test) if SlotKind.KCK in course.slots else (course.name,)


def _row(results: PrimaryResults, line: PrimaryResult) -> tuple[object, ...]:
    subjects = [
        value
        for course in results.roll.courses
        for value in (line.levels.get(course.code), line.tests.get(course.code))[: len(_course_heads(course))]
    ]
    year = (
        word_of(YEAR_LEVELS, line.level),
        *("x" if line.ticked(kind) else None for kind in (OUTSTANDING, AGREES)),
        *(word_of(PRIMARY_TITLE_WORDS, line.title), word_of(OUTCOME_WORDS, line.promotion)),
        line.decisions[OUTCOME].reason if OUTCOME in line.decisions else None,
    )
    return (
        *(line.number, line.name, *map(cell, subjects)),
        *(quality_text(line.qualities.get(code)) or None for code in results.codes),
        *(line.absent_excused, line.absent_unexcused),
        *(() if results.term else year),
        "; ".join((*line.missing, *line.notes)),
    )
