"""A spreadsheet that is no form (any more), laid out like one, so that the same preview shows what it would do."""

from __future__ import annotations

from pathlib import Path

from edudesk.gradebook.exchange.form_read import FormCell, FormPlan
from edudesk.gradebook.exchange.form_template import FormPage, Template
from edudesk.gradebook.exchange.imports import MarkPlan, plan_marks
from edudesk.gradebook.register.marks import SheetKey
from edudesk.kernel.errors import Problem
from edudesk.kernel.note import Note
from edudesk.kernel.progress import SILENT, Progress
from edudesk.school.store import class_by_id
from edudesk.storage.database import Database

_KINDS = {"added": "new", "changed": "changed", "unchanged": "same"}
_NO_PUPILS = FormPage(0, 0, "", "", "", 0, ())


def plan_plain(db: Database, path: Path, *, year: int, progress: Progress = SILENT) -> FormPlan:
    """What importing the file as an ordinary sheet of marks would do. Raises like `plan_marks`."""
    plan = plan_marks(db, path, year=year, progress=progress)
    pages = _pages(db, plan)
    cells = [
        FormCell(
            page=pages[mark.key],
            row=mark.row,
            pupil_id=mark.entry.pupil_id,
            name=mark.name,
            slot=mark.entry.slot,
            here=mark.old,
            value=mark.entry.value,
            kind=_KINDS[mark.kind],
        )
        for mark in plan.rows
    ]
    blank = Template("", "", "", "", tuple(pages.values()))
    return FormPlan(path, blank, (*map(_refused, plan.refused), *cells), plan.warnings)


def _pages(db: Database, plan: MarkPlan) -> dict[SheetKey, FormPage]:
    keys = dict.fromkeys(mark.key for mark in plan.rows)
    return {
        key: FormPage(n, plan.year, key.class_id, class_by_id(db, key.class_id).name, key.code, key.term, ())
        for n, key in enumerate(keys, 1)
    }


def _refused(note: Note) -> FormCell:
    problem = Problem(note.code, note.reason, next=note.fix)
    return FormCell(
        _NO_PUPILS, note.row, "", "", note.column, text=note.value, kind="refused", problem=problem
    )
