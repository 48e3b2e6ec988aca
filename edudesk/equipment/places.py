"""Places on the page of equipment."""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.kernel.place import Place

REGISTER, LOANS, STOCKTAKE, ASSETS = "register", "loans", "stocktake", "assets"


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentPlace(Place):
    """`state` of the register: "broken", "lent"."""

    page: str = "equipment"
    state: str = ""
