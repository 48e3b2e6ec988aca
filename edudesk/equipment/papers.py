"""The papers and spreadsheets of the equipment register."""

from __future__ import annotations

from collections.abc import Mapping

from edudesk.equipment.asked import count_named, equipment_asked, room_id
from edudesk.equipment.assets.report import depreciation_paper
from edudesk.equipment.report import inventory_paper
from edudesk.equipment.report_labels import labels_paper
from edudesk.equipment.sheets import asset_sheets, equipment_sheets
from edudesk.equipment.stocktake.report import count_record_paper
from edudesk.kernel.words import N_
from edudesk.paper.document import Paper
from edudesk.paper.kinds import ExportKind, PaperKind, Wanted
from edudesk.storage.database import Database


def _labels(db: Database, w: Wanted) -> Paper:
    asked = equipment_asked(w.args)
    return labels_paper(db, room_id=room_id(db, asked.room), sheet=asked.sheet, start=asked.start)


PAPERS: Mapping[str, PaperKind] = {
    "inventory": PaperKind(
        N_("sổ thiết bị theo phòng"),
        (),
        lambda db, w: inventory_paper(db, room_id=room_id(db, equipment_asked(w.args).room)),
    ),
    "labels": PaperKind(N_("nhãn mã QR của thiết bị"), (), _labels),
    "depreciation": PaperKind(
        N_("sổ tài sản và hao mòn của một năm"),
        (),
        lambda db, w: depreciation_paper(db, equipment_asked(w.args).fiscal_year or w.year),
    ),
    "count-record": PaperKind(
        N_("biên bản kiểm kê tài sản cố định"),
        (),
        lambda db, w: count_record_paper(db, count_named(db, equipment_asked(w.args).count).id),
    ),
}
EXPORTS: Mapping[str, ExportKind] = {
    "equipment": ExportKind(
        N_("sổ thiết bị, nhập lại được"),
        (),
        lambda db, w: equipment_sheets(db, room_id=room_id(db, equipment_asked(w.args).room)),
    ),
    "assets": ExportKind(
        N_("tài sản và hao mòn của một năm"),
        (),
        lambda db, w: asset_sheets(db, equipment_asked(w.args).fiscal_year or w.year),
    ),
}
