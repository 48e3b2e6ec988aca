"""What the machines ask somebody to see to: those that are broken."""

from __future__ import annotations

import datetime as dt

from edudesk.kernel.duty import Duty
from edudesk.kernel.words import _
from edudesk.labs.places import MACHINES, FacilityPlace
from edudesk.labs.store_machines import machines
from edudesk.storage.database import Database


def duties(db: Database, _today: dt.date) -> list[Duty]:
    """How many machines are broken, where some are."""
    broken = sum(not machine.working for machine in machines(db))
    if not broken:
        return []
    detail, place = _("{n} máy tính đang hỏng").format(n=broken), FacilityPlace(tab=MACHINES)
    return [Duty("machines_broken", _("Máy tính hỏng chưa sửa"), detail, _("Xem máy tính"), place)]
