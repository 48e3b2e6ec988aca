"""Which rows the author of a row knew, and how high a clock is believed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import pairwise

from edudesk.kernel.merge.forks import NO_FORKS, Epoch, Forks
from edudesk.kernel.merge.rows import Part, Place, Rank, StepHead, Vector, Write

GAP = 1 << 32  # steps no school makes between two others: what lies above is a clock gone wrong
HIGHEST = 1 << 62


class Knowledge:
    """Answers `knows(write, other)` over the steps that are held here."""

    def __init__(self, forks: Forks = NO_FORKS) -> None:
        self._forks = forks

    def knows(self, write: Write, other: Write) -> bool:
        """Whether the author of `write` had `other`, and it counted there.

        Of one's own epoch everything before is known, on one's own branch. A row beyond a fork is known to nobody else:
        which of the two was meant cannot be told.
        """
        head, theirs = write.head, other.head
        if other.place in head.unseen:
            return False
        if epoch_of(head) == epoch_of(theirs):
            same_branch = (write.part in self._forks.losing) == (other.part in self._forks.losing)
            return (head.clock, write.place) > (theirs.clock, other.place) and (
                same_branch or not self._forked(theirs)
            )
        if self._forked(theirs):
            return False
        if head.known is None:
            return theirs.clock < head.clock
        return covers(head.known, other.place)

    def one_hand(self, writes: Sequence[Write]) -> bool:
        """Whether one desk wrote all of them, from one beginning on, so that each knew those before it."""
        epochs = {epoch_of(write.head) for write in writes}
        return (
            len(epochs) == 1
            and not epochs & self._forks.since.keys()
            and not any(w.head.unseen for w in writes)
        )

    def _forked(self, head: StepHead) -> bool:
        return head.clock >= self._forks.since.get(epoch_of(head), HIGHEST + 1)


def covers(vector: Vector, place: Place) -> bool:
    """Whether a place lies within a vector."""
    return place.seq <= vector.get(place.stream, 0)


def epoch_of(head: StepHead) -> Epoch:
    """The desk of a step, from one beginning on."""
    return head.device, head.epoch


def ranks(parts: Collection[Part]) -> Callable[[StepHead], Rank]:
    """How a step ranks: by its clock, unless that is far above all others.

    Sorted over all steps held, what lies above a gap of 2³² is far: it ranks one above the highest clock its author
    knew that is not.
    """
    clocks = sorted({part.head.clock for part in parts})
    limit = next((below for below, above in pairwise([0, *clocks]) if above - below > GAP), None)
    if limit is None:
        return lambda head: (head.clock, 0)
    near = [part for part in parts if part.head.clock <= limit]

    def rank(head: StepHead) -> Rank:
        if head.clock <= limit:
            return head.clock, 0
        known = (part.head.clock for part in near if _knows_part(head, part))
        return max(known, default=0) + 1, head.clock

    return rank


def _knows_part(head: StepHead, part: Part) -> bool:
    if epoch_of(head) == epoch_of(part.head) or head.known is None:
        return True
    return covers(head.known, Place(part.stream, part.first))
