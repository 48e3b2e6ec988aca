"""What one function of the proposals answers: a number, what was counted, and whether points may follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Found:
    """`held` of `asked` things (`words` say which); `scores` when the share may stand for the item's points."""

    held: int
    asked: int
    words: str
    scores: bool = True


Ask = Callable[[Database, int], Found | None]
