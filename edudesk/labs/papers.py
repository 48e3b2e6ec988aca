"""The papers and spreadsheets of machines, computer rooms, counts and standards."""

from __future__ import annotations

from collections.abc import Mapping

from edudesk.kernel.words import N_
from edudesk.labs.norms.report import counts_paper, standards_paper
from edudesk.labs.norms.sheets import counts_sheets
from edudesk.labs.report import lab_check_paper, purchase_plan_paper
from edudesk.labs.report_log import log_paper, log_sheets
from edudesk.labs.sheets import facility_sheets, machine_sheets
from edudesk.paper.kinds import ExportKind, PaperKind

PAPERS: Mapping[str, PaperKind] = {
    "lab-check": PaperKind(
        N_("kiểm tra phòng máy: đủ máy cho mỗi cấp học chưa"), (), lambda db, w: lab_check_paper(db, w.year)
    ),
    "purchase-plan": PaperKind(
        N_("dự kiến sửa chữa, mua sắm máy tính"), (), lambda db, w: purchase_plan_paper(db, w.year)
    ),
    "facility-counts": PaperKind(
        N_("số liệu cơ sở vật chất theo điểm trường"), (), lambda db, w: counts_paper(db, w.year)
    ),
    "facility-standards": PaperKind(
        N_("đối chiếu định mức phòng, diện tích, quy mô"), (), lambda db, w: standards_paper(db, w.year)
    ),
    "lab-log": PaperKind(N_("nhật kí phòng máy"), (), lambda db, w: log_paper(db, w.year)),
}

EXPORTS: Mapping[str, ExportKind] = {
    "facility": ExportKind(N_("phòng và máy tính của trường"), (), lambda db, _w: facility_sheets(db)),
    "machines": ExportKind(
        N_("máy tính, nhập lại được bằng import machines"), (), lambda db, _w: machine_sheets(db)
    ),
    "lab-log": ExportKind(N_("nhật kí phòng máy"), (), lambda db, w: log_sheets(db, w.year)),
    "facility-counts": ExportKind(
        N_("số liệu cơ sở vật chất và định mức"), (), lambda db, w: counts_sheets(db, w.year)
    ),
}
