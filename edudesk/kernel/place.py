"""Where in the window: a page, a part of it, and what a slice's own places add (a class, a pupil, a column)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """`page` and `tab` by their keys; an empty `tab` leaves the part that is open."""

    page: str
    tab: str = ""
