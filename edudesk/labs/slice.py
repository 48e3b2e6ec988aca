"""What the slice offers: machines, computer rooms, counts and standards of rooms."""

from __future__ import annotations

from edudesk.kernel.words import N_
from edudesk.labs.places import CHECK, MACHINES, NORMS, PLAN, FacilityPlace
from edudesk.storage.slice import Code, Find, PageSpec, Slice

SLICE = Slice(
    "labs",
    row_names={"machine": "select name from machine where id = ?"},
    pages=(
        PageSpec(
            "facility",
            N_("Cơ sở vật chất"),
            "monitor",
            Code("edudesk.labs.view:FacilityPage"),
            order=80,
            help=(
                N_("Phòng và máy tính của từng điểm trường; máy nào hỏng, hỏng từ ngày nào."),
                N_("Phòng máy: mức 2 tính mấy em chung một máy trong giờ Tin học, và cách để đủ máy."),
                N_("Ctrl+N thêm phòng hoặc máy; nhiều máy giống nhau thì gõ một lần, hoặc nhập từ Excel."),
                N_(
                    "Số liệu, định mức đếm những gì báo cáo hỏi và nói còn thiếu gì; Sơ đồ vẽ phòng từng tầng."
                ),
            ),
        ),
    ),
    commands=(
        Code("edudesk.labs.norms.commands:COMMANDS"),
        Code("edudesk.labs.commands:COMMANDS"),
        Code("edudesk.labs.commands_probe:COMMANDS"),
    ),
    papers=Code("edudesk.labs.papers:PAPERS"),
    exports=Code("edudesk.labs.papers:EXPORTS"),
    cases=Code("edudesk.labs.assess:KINDS"),
    finds=(
        Find(N_("Nhập máy từ Excel…"), "download", FacilityPlace(tab=MACHINES), action="import"),
        Find(N_("Máy tính"), "monitor", FacilityPlace(tab=MACHINES)),
        Find(N_("Phòng máy: mức 2"), "monitor", FacilityPlace(tab=CHECK)),
        Find(N_("Số liệu, định mức"), "list", FacilityPlace(tab=NORMS)),
        Find(N_("Sơ đồ"), "building", FacilityPlace(tab=PLAN)),
    ),
    proposals=Code("edudesk.labs.proposals:PROPOSALS"),
    demo=Code("edudesk.labs.demo:write_facility"),
    duties=Code("edudesk.labs.duties:duties"),
    problems=Code("edudesk.labs.problems:PROBLEMS"),
)
