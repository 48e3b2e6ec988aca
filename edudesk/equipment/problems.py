"""What cannot be of the equipment register and is, after two desks wrote apart."""

from __future__ import annotations

from edudesk.equipment.places import LOANS, REGISTER, EquipmentPlace
from edudesk.kernel.state_problem import Mend
from edudesk.kernel.words import N_
from edudesk.sheets.letters import exact
from edudesk.storage.slice import Code
from edudesk.storage.state_problems import (
    EQUAL,
    POINTED_AT,
    ProblemKind,
    equal_as,
    pointing_at_gone,
    query,
)

RESTORE = Mend(N_("Lấy lại thiết bị"), Code("edudesk.equipment.store:restore_equipment"))
DROP_RETURNS = Mend(N_("Bỏ lượt trả thừa"), Code("edudesk.equipment.store_loans:drop_extra_returns"))

PROBLEMS = (
    ProblemKind(
        "EQUIPMENT_CODE_TWICE",
        EQUAL,
        equal_as("select id, code, name from equipment where gone = 0 and code > ''", exact),
        N_("{n} thiết bị cùng mã {value}: {names}."),
        N_("Sửa mã của một thiết bị."),
        lambda _row: EquipmentPlace(tab=REGISTER),
    ),
    ProblemKind(
        "EQUIPMENT_GONE",
        POINTED_AT,
        pointing_at_gone("equipment_event", "equipment_id", "equipment"),
        N_("Thiết bị đã xóa khỏi sổ nhưng còn {n} lượt mượn, sửa, chuyển: {name}."),
        N_("Lấy lại thiết bị; nếu không còn thì ghi thanh lí."),
        lambda _row: EquipmentPlace(tab=REGISTER),
        RESTORE,
        ("equipment_event", "equipment_id"),
    ),
    ProblemKind(
        "RETURNED_MORE",
        ("row", "code", "name", "lent", "back"),
        query(
            """select loan.id, e.code, e.name, loan.quantity, sum(back.quantity)
            from equipment_event back join equipment_event loan on loan.id = back.loan_id and loan.gone = 0
            join equipment e on e.id = loan.equipment_id and e.gone = 0
            where back.kind = 'returned' and back.gone = 0
            group by loan.id having sum(back.quantity) > loan.quantity"""
        ),
        N_("{code} {name}: cho mượn {lent} nhưng ghi trả {back}."),
        N_("Bỏ lượt trả ghi hai lần."),
        lambda _row: EquipmentPlace(tab=LOANS),
        DROP_RETURNS,
    ),
)
