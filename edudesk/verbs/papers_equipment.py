"""The papers and spreadsheets of the equipment register."""

from __future__ import annotations

from collections.abc import Mapping

from edudesk.equipment.report import inventory_paper
from edudesk.equipment.report_assets import depreciation_paper
from edudesk.equipment.report_labels import labels_paper
from edudesk.equipment.report_stocktake import count_record_paper
from edudesk.equipment.sheets import asset_sheets, equipment_sheets
from edudesk.kernel.words import N_
from edudesk.paper.document import Paper
from edudesk.storage.database import Database
from edudesk.verbs.equipment_asked import count_named, room_id
from edudesk.verbs.paper_kinds import Kind, SheetKind, Wanted


def _labels(db: Database, w: Wanted) -> Paper:
    asked = w.equipment
    return labels_paper(db, room_id=room_id(db, asked.room), sheet=asked.sheet, start=asked.start)


PRINTS: Mapping[str, Kind] = {
    "inventory": Kind(
        N_("sổ thiết bị theo phòng"),
        (),
        lambda db, w: inventory_paper(db, room_id=room_id(db, w.equipment.room)),
    ),
    "labels": Kind(N_("nhãn mã QR của thiết bị"), (), _labels),
    "depreciation": Kind(
        N_("sổ tài sản và hao mòn của một năm"),
        (),
        lambda db, w: depreciation_paper(db, w.equipment.fiscal_year or w.year),
    ),
    "count-record": Kind(
        N_("biên bản kiểm kê tài sản cố định"),
        (),
        lambda db, w: count_record_paper(db, count_named(db, w.equipment.count).id),
    ),
}
EXPORTS: Mapping[str, SheetKind] = {
    "equipment": SheetKind(
        N_("sổ thiết bị, nhập lại được"),
        (),
        lambda db, w: equipment_sheets(db, room_id=room_id(db, w.equipment.room)),
    ),
    "assets": SheetKind(
        N_("tài sản và hao mòn của một năm"),
        (),
        lambda db, w: asset_sheets(db, w.equipment.fiscal_year or w.year),
    ),
}
