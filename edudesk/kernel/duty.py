"""A piece of work that a slice's own data ask for: a line of the season's board."""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.kernel.place import Place


@dataclass(frozen=True, slots=True)
class Duty:
    """What to see to, and where. `late` puts it before work without a day; `left` says so in a word."""

    key: str
    title: str
    detail: str
    verb: str
    place: Place
    late: bool = False
    left: str = ""
