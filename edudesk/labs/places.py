"""Places on the page of premises and computer rooms."""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.kernel.place import Place

ROOMS, MACHINES, CHECK, NORMS, PLAN = "rooms", "machines", "check", "norms", "plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityPlace(Place):
    """`tab`: ROOMS, MACHINES, CHECK, NORMS, PLAN."""

    page: str = "facility"
