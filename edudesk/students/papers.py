"""The spreadsheets of pupils, for `export`."""

from __future__ import annotations

from collections.abc import Mapping

from edudesk.kernel.words import N_
from edudesk.paper.kinds import ExportKind
from edudesk.students.sheets import students_sheet

EXPORTS: Mapping[str, ExportKind] = {
    "students": ExportKind(
        N_("danh sách học sinh"),
        (),
        lambda db, w: students_sheet(db, w.year, w.class_id or None),
    ),
}
