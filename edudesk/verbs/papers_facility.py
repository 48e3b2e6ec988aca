"""The papers and spreadsheets of rooms, machines and the self-score."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from edudesk.dx.bundle import write_bundle
from edudesk.dx.report import dx_paper
from edudesk.dx.report_teaching import resources_paper
from edudesk.dx.sheets import dx_sheets, resource_sheets
from edudesk.kernel.words import N_, _
from edudesk.labs.report import lab_check_paper, purchase_plan_paper
from edudesk.labs.report_log import log_paper, log_sheets
from edudesk.labs.report_norms import counts_paper, standards_paper
from edudesk.labs.sheets import facility_sheets, machine_sheets
from edudesk.labs.sheets_norms import counts_sheets
from edudesk.premises.report_plan import plan_paper
from edudesk.storage.database import Database
from edudesk.verbs.paper_kinds import Kind, SheetKind, Wanted
from edudesk.verbs.verb import Answer

PRINTS: Mapping[str, Kind] = {
    "lab-check": Kind(
        N_("kiểm tra phòng máy: đủ máy cho mỗi cấp học chưa"), (), lambda db, w: lab_check_paper(db, w.year)
    ),
    "purchase-plan": Kind(
        N_("dự kiến sửa chữa, mua sắm máy tính"), (), lambda db, w: purchase_plan_paper(db, w.year)
    ),
    "facility-counts": Kind(
        N_("số liệu cơ sở vật chất theo điểm trường"), (), lambda db, w: counts_paper(db, w.year)
    ),
    "facility-standards": Kind(
        N_("đối chiếu định mức phòng, diện tích, quy mô"), (), lambda db, w: standards_paper(db, w.year)
    ),
    "floor-plan": Kind(N_("sơ đồ phòng từng tầng"), (), lambda db, w: plan_paper(db, w.year)),
    "lab-log": Kind(N_("nhật kí phòng máy"), (), lambda db, w: log_paper(db, w.year)),
    "dx-resources": Kind(
        N_("danh mục học liệu số và hệ thống đang dùng"), (), lambda db, w: resources_paper(db, w.year)
    ),
    "dx-report": Kind(N_("báo cáo tự đánh giá mức độ chuyển đổi số"), (), lambda db, w: dx_paper(db, w.year)),
}


def _evidence(db: Database, path: Path, wanted: Wanted) -> Answer:
    count = write_bundle(db, wanted.year, path)
    said = _("Đã ghi {n} minh chứng ra {file}.").format(n=count, file=path)
    return Answer({"file": str(path), "evidence": count}, (said,))


EXPORTS: Mapping[str, SheetKind] = {
    "dx": SheetKind(N_("kết quả tự chấm chuyển đổi số"), (), lambda db, w: dx_sheets(db, w.year)),
    "dx-resources": SheetKind(
        N_("học liệu số, hệ thống đang dùng"), (), lambda db, w: resource_sheets(db, w.year)
    ),
    "dx-evidence": SheetKind(
        N_("gói minh chứng chuyển đổi số (.zip)"), (), write=_evidence, endings=(".zip",)
    ),
    "facility": SheetKind(N_("phòng và máy tính của trường"), (), lambda db, _w: facility_sheets(db)),
    "machines": SheetKind(
        N_("máy tính, nhập lại được bằng import machines"), (), lambda db, _w: machine_sheets(db)
    ),
    "lab-log": SheetKind(N_("nhật kí phòng máy"), (), lambda db, w: log_sheets(db, w.year)),
    "facility-counts": SheetKind(
        N_("số liệu cơ sở vật chất và định mức"), (), lambda db, w: counts_sheets(db, w.year)
    ),
}
