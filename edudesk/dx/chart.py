"""What the chart of criteria shows: of each how much of its points was given, this year and the year before."""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.dx.rules_score import show_points
from edudesk.dx.store import SelfScore
from edudesk.kernel.words import _


@dataclass(frozen=True, slots=True)
class CriterionShare:
    """A criterion: its points of `maximum` in tenths, and last year's (None where there was no score)."""

    code: str
    title: str
    points: int
    maximum: int
    last: int | None

    @property
    def words(self) -> str:
        """“1.3: 23/30 điểm, năm trước 18”, which says all the bars show."""
        message = _("{code}: {points}/{max} điểm").format(
            code=self.code, points=show_points(self.points), max=show_points(self.maximum)
        )
        if self.last is None:
            return message
        return _("{said}, năm trước {last}").format(said=message, last=show_points(self.last))


def shares(self_score: SelfScore) -> tuple[CriterionShare, ...]:
    """Every criterion with points, in order."""
    made = []
    for criterion in (
        item for group in self_score.edition.index.groups for item in group.criteria if item.items
    ):
        lines = [line for line in self_score.lines if line.criterion == criterion]
        last = sum(line.last or 0 for line in lines) if self_score.last is not None else None
        most = sum(item.maximum for item in criterion.items)
        made.append(
            CriterionShare(
                criterion.code, criterion.title, sum(line.points or 0 for line in lines), most, last
            )
        )
    return tuple(made)
