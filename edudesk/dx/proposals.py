"""What the program's own data say of an item: a number with the question it answers, and points where they follow.

Each is a proposal and not the law: the decision gives a maximum and lets the school score itself. Every slice offers
its own (`Slice.proposals`).
"""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.dx.editions.rules import ScoringIndex
from edudesk.storage.database import Database
from edudesk.storage.tally import Tally


@dataclass(frozen=True, slots=True)
class Proposal:
    """Points in tenths, None where the number says something but no points follow; `words` say what was counted."""

    points: int | None
    words: str


def proposals(db: Database, year: int, index: ScoringIndex) -> dict[str, Proposal]:
    """By item code, of those the data say something about."""
    tallies = {
        code: ask(db, year)
        for part in db.slices
        if part.proposals
        for code, ask in part.proposals.load().items()
        if code in index.items
    }
    return {
        code: _proposal(tally, index.items[code].maximum, index.step)
        for code, tally in tallies.items()
        if tally
    }


def _proposal(tally: Tally, maximum: int, step: int) -> Proposal:
    if not tally.scores or not tally.total:
        return Proposal(None, tally.words)
    share = maximum * min(tally.count, tally.total) // tally.total
    return Proposal(share - share % step, tally.words)
