"""The papers and spreadsheets of the self-score."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from edudesk.dx.bundle import write_bundle
from edudesk.dx.report import dx_paper
from edudesk.dx.sheets import dx_sheets, resource_sheets
from edudesk.dx.teaching.report import resources_paper
from edudesk.kernel.words import N_, _
from edudesk.paper.kinds import ExportKind, PaperKind, Wanted
from edudesk.storage.command import Answer
from edudesk.storage.database import Database

PAPERS: Mapping[str, PaperKind] = {
    "dx-resources": PaperKind(
        N_("danh mục học liệu số và hệ thống đang dùng"), (), lambda db, w: resources_paper(db, w.year)
    ),
    "dx-report": PaperKind(
        N_("báo cáo tự đánh giá mức độ chuyển đổi số"), (), lambda db, w: dx_paper(db, w.year)
    ),
}


def _evidence(db: Database, path: Path, wanted: Wanted) -> Answer:
    count = write_bundle(db, wanted.year, path)
    words = _("Đã ghi {n} minh chứng ra {file}.").format(n=count, file=path)
    return Answer({"file": str(path), "evidence": count}, (words,))


EXPORTS: Mapping[str, ExportKind] = {
    "dx": ExportKind(N_("kết quả tự chấm chuyển đổi số"), (), lambda db, w: dx_sheets(db, w.year)),
    "dx-resources": ExportKind(
        N_("học liệu số, hệ thống đang dùng"), (), lambda db, w: resource_sheets(db, w.year)
    ),
    "dx-evidence": ExportKind(
        N_("gói minh chứng chuyển đổi số (.zip)"), (), write=_evidence, endings=(".zip",)
    ),
}
