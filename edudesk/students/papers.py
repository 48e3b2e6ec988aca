"""The spreadsheets of pupils, under the headings the importer reads back, for `export`."""

from __future__ import annotations

from collections.abc import Mapping

from edudesk.kernel.words import N_, _
from edudesk.paper.kinds import ExportKind
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


EXPORTS: Mapping[str, ExportKind] = {
    "students": ExportKind(
        N_("danh sách học sinh"),
        (),
        lambda db, w: students_sheet(db, w.year, w.class_id or None),
    ),
}
