"""What the slice offers: the self-score of digital transformation."""

from __future__ import annotations

from edudesk.dx.places import CHART, EDITIONS, TEACHING, WAY, DxPlace
from edudesk.dx.schema import TABLES
from edudesk.kernel.words import N_
from edudesk.storage.slice import Code, Find, GuardSet, PageSpec, Slice

SLICE = Slice(
    "dx",
    tables=(TABLES,),
    guards=(
        GuardSet(
            frozenset({"dx_score", "dx_evidence", "dx_report", "dx_edition"}),
            Code("edudesk.dx.guards:GUARDS"),
        ),
    ),
    row_names={
        "dx_resource": "select title from dx_resource where id = ?",
        "dx_system": "select name from dx_system where id = ?",
    },
    pages=(
        PageSpec(
            "dx",
            N_("Chuyển đổi số"),
            "award",
            Code("edudesk.dx.view:DxPage"),
            order=100,
            help=(
                N_("Tự chấm mức độ chuyển đổi số của trường theo QĐ 4725/QĐ-BGDĐT, từng mục, có minh chứng."),
                N_("Enter chấm mục đang chọn; Enter trong ô điểm ghi rồi sang mục sau."),
                N_(
                    "Học liệu, hệ thống: danh mục học liệu số và hệ thống đang dùng, để đề xuất điểm từ số liệu thật."
                ),
                N_("Kế hoạch nâng mức nói nâng mục nào thì lên mức tiếp theo; in báo cáo khi đã phê duyệt."),
            ),
        ),
    ),
    commands=(Code("edudesk.dx.commands:COMMANDS"),),
    papers=Code("edudesk.dx.papers:PAPERS"),
    exports=Code("edudesk.dx.papers:EXPORTS"),
    cases=Code("edudesk.dx.assess:KINDS"),
    finds=(
        Find(N_("Kế hoạch nâng mức"), "award", DxPlace(tab=WAY)),
        Find(N_("Bộ chỉ số"), "award", DxPlace(tab=EDITIONS)),
        Find(N_("Học liệu, hệ thống"), "book", DxPlace(tab=TEACHING)),
        Find(N_("So với năm trước"), "chart", DxPlace(tab=CHART)),
    ),
    proposals=Code("edudesk.dx.teaching.proposals:PROPOSALS"),
    demo=Code("edudesk.dx.demo:write_dx"),
)
