"""What the slice offers: the register of equipment, loans, stocktake, assets."""

from __future__ import annotations

from edudesk.equipment.places import ASSETS, LOANS, REGISTER, STOCKTAKE, EquipmentPlace
from edudesk.equipment.schema import TABLES
from edudesk.kernel.words import N_
from edudesk.storage.slice import Code, Find, GuardSet, PageSpec, Slice

SLICE = Slice(
    "equipment",
    tables=(TABLES,),
    guards=(
        GuardSet(
            frozenset({"equipment", "equipment_event", "room"}), Code("edudesk.equipment.guards:GUARDS")
        ),
    ),
    row_names={
        "equipment": "select name from equipment where id = ?",
        "equipment_event": "select e.name from equipment_event v join equipment e on e.id = v.equipment_id where v.id = ?",
    },
    pages=(
        PageSpec(
            "equipment",
            N_("Thiết bị"),
            "list",
            Code("edudesk.equipment.view:EquipmentPage"),
            order=90,
            help=(
                N_(
                    "Sổ thiết bị: có bao nhiêu, ở phòng nào, hỏng, cho mượn; số lượng là tổng của các việc đã ghi."
                ),
                N_(
                    "Đánh dấu dòng bằng dấu cách rồi ghi việc cho nhiều dòng một lúc; cho mượn xem theo tuần."
                ),
                N_("Kiểm kê bằng mã QR hoặc gõ mã; hao mòn tài sản tính theo năm, mỗi số nói được vì sao."),
            ),
        ),
    ),
    commands=(
        Code("edudesk.equipment.commands:COMMANDS"),
        Code("edudesk.equipment.stocktake.commands:COMMANDS"),
    ),
    papers=Code("edudesk.equipment.papers:PAPERS"),
    exports=Code("edudesk.equipment.papers:EXPORTS"),
    paper_options=Code("edudesk.equipment.asked:add_equipment_options"),
    finds=(
        Find(N_("Nhập thiết bị từ Excel"), "download", EquipmentPlace(tab=REGISTER), action="import"),
        Find(N_("Thiết bị cho mượn"), "clock", EquipmentPlace(tab=LOANS)),
        Find(N_("Kiểm kê"), "check-square", EquipmentPlace(tab=STOCKTAKE)),
        Find(N_("Tài sản, hao mòn"), "chart", EquipmentPlace(tab=ASSETS)),
    ),
    demo=Code("edudesk.equipment.demo:write_equipment"),
    duties=Code("edudesk.equipment.duties:duties"),
    problems=Code("edudesk.equipment.problems:PROBLEMS"),
)
