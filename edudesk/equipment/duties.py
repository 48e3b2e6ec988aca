"""What the register asks somebody to see to: loans that should be back, things that are broken."""

from __future__ import annotations

import datetime as dt

from edudesk.equipment.places import LOANS, REGISTER, EquipmentPlace
from edudesk.equipment.store import register
from edudesk.equipment.store_loans import loans
from edudesk.kernel.duty import Duty
from edudesk.kernel.text import first_names
from edudesk.kernel.words import _
from edudesk.storage.database import Database


def duties(db: Database, today: dt.date) -> list[Duty]:
    """Late loans, the longest late first, then what is broken; nothing where there is neither."""
    late = [loan for loan in loans(db, still_out=True) if loan.overdue(today)]
    broken = sum(line.amount.broken for line in register(db))
    lines = []
    if late:
        names = [
            f"{loan.equipment.name} ({loan.teacher})" if loan.teacher else loan.equipment.name
            for loan in late
        ]
        title, detail = _("{n} thiết bị mượn quá hạn"), first_names(names, _("{n} lượt nữa"))
        place = EquipmentPlace(tab=LOANS)
        lines.append(
            Duty(
                "equipment_overdue",
                title.format(n=len(late)),
                detail,
                _("Xem cho mượn"),
                place,
                late=True,
                left=_("đòi lại"),
            )
        )
    if broken:
        title, detail = _("Thiết bị hỏng chưa sửa"), _("{n} thiết bị đang hỏng").format(n=broken)
        place = EquipmentPlace(tab=REGISTER, state="broken")
        lines.append(Duty("equipment_broken", title, detail, _("Xem thiết bị"), place))
    return lines
