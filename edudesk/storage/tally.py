"""What a slice's data say of an item of the self-score: so many of so many, and whether points may follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Tally:
    """`count` of `total` (`words` say of what); `scores` when the share may stand for the item's points."""

    count: int
    total: int
    words: str
    scores: bool = True


Ask = Callable[[Database, int], Tally | None]
"""Of a school and a year; None where the data say nothing."""
