"""Pupils as a spreadsheet, under the headings the importer reads back."""

from __future__ import annotations

from edudesk.kernel.words import _
from edudesk.sheets.writer import SheetOut
from edudesk.storage.database import Database
from edudesk.students.fields import FIELDS
from edudesk.students.store import pupils, record


def students_sheet(db: Database, year: int, class_id: str | None = None) -> list[SheetOut]:
    """The pupils of a year, or of one class, with every field of their records."""
    rows = []
    for pupil in pupils(db, year, class_id=class_id):
        stored = record(db, pupil.id)
        shown = [field.show(stored[field.key]) for field in FIELDS]
        rows.append((pupil.number, pupil.class_name, *shown))
    heads = (_("STT"), _("Lớp"), *(_(field.label) for field in FIELDS))
    widths = [5, 7, *(max(8, field.width // 7) for field in FIELDS)]
    text = frozenset(range(1, len(heads)))
    return [SheetOut(name=_("Học sinh"), heads=heads, rows=rows, widths=widths, text_columns=text)]
