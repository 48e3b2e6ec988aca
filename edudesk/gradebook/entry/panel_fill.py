"""Fills the panel beside the grid for a column, by the kind of its marks."""

from __future__ import annotations

from collections.abc import Mapping

from edudesk.gradebook.entry.columns import missing_in, numbers
from edudesk.gradebook.entry.panel import ColumnPanel
from edudesk.gradebook.register.sheet import ClassSheet
from edudesk.gradebook.rules.figures import figures
from edudesk.gradebook.rules.marks import FAILED, PASSED
from edudesk.gradebook.rules.primary import STAGES
from edudesk.gradebook.rules.regulation import CourseKind
from edudesk.kernel.words import N_, _
from edudesk.storage.database import Database

_PASSES = {PASSED: N_("Đạt"), FAILED: N_("Chưa đạt")}
_WORDS: Mapping[CourseKind, Mapping[str, str]] = {
    CourseKind.SCORE: {},
    CourseKind.COMMENT: _PASSES,
    CourseKind.PRIMARY: STAGES,
}


def show_column(panel: ColumnPanel, db: Database, sheet: ClassSheet, place: int, *, compare: bool) -> None:
    """Figures and who is missing; with `compare` also what parallel classes have there."""
    column = sheet.columns[place]
    missing = [(line.pupil_id, line.number or 0, line.name) for line in missing_in(sheet, column.slot)]
    scored = sheet.course.assessment.is_number(column.slot)
    if scored:
        panel.show_column(column.label, figures(numbers(sheet, place)), missing)
    else:
        words = _WORDS[sheet.course.kind]
        values = [line.marks[place] for line in sheet.lines if line.owes]
        panel.show_counts(
            column.label, [(_(message), values.count(code)) for code, message in words.items()], missing
        )
    if compare:
        from edudesk.gradebook.anomalies.comparison import compare_column

        panel.show_comparison(compare_column(db, sheet, place) if scored and sheet.term else None)
