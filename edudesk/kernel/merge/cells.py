"""What a cell holds after all that was written in it: its heads, and whether they are of one mind."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from edudesk.kernel.change import GONE, Fields, Value
from edudesk.kernel.merge.knowledge import Knowledge
from edudesk.kernel.merge.rows import Write

STANDINGS = ("subject_teacher", "homeroom", "office", "principal")  # whose value is shown while two are open


@dataclass(frozen=True, slots=True)
class CellState:
    """`heads`: the writes nothing in force took the place of, as they count; the last one's value is shown.

    `open`: they differ and somebody has to say which one is right. `yielded` lost by their clock, which history shows.
    """

    heads: tuple[Write, ...]
    value: Value = None
    open: bool = False
    yielded: tuple[Write, ...] = ()


class RowState:
    """A row of a table as the writes in it leave it; `parked` are the writes that wait."""

    def __init__(
        self,
        writes: Sequence[Write],
        parked: Collection[Write],
        conflict: Collection[str],
        knowledge: Knowledge,
    ) -> None:
        self._writes = sorted(writes, key=lambda write: write.order)
        self._parked = parked
        self._conflict = conflict
        self._knows = knowledge.knows

    @property
    def there(self) -> bool:
        """Whether a birth of the row is in force."""
        return any(write.row.op == "ins" and write not in self._parked for write in self._writes)

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the row, without `gone`."""
        births = (write.born for write in self._writes if write not in self._parked)
        return tuple(dict.fromkeys(name for born in births for name in born))

    @property
    def present(self) -> bool:
        """Whether the row is there and not gone."""
        return self.there and self.presence().value == 0

    @property
    def fields(self) -> Fields:
        """What its cells hold."""
        return {name: self.cell(name).value for name in self.names}

    def cell(self, name: str) -> CellState:
        """A cell by its field."""
        heads = self._kept(self.heads(name))
        return _settled(name, heads, conflict=name in self._conflict)

    def presence(self) -> CellState:
        """The cell `gone`: 1 only when every head of it is a deletion and nothing in the row stands beside them."""
        heads = self.heads(GONE)
        deletions = [head for head in heads if head.value(GONE) == 1]
        if not deletions:
            return CellState(heads, 0)
        if len(deletions) == len(heads) and not self._beside(deletions):
            return CellState(heads, 1)
        return CellState(heads, 0, open=True)

    def heads(self, name: str) -> tuple[Write, ...]:
        """The writes in force of a cell whose place none in force has taken.

        A parked write takes the place of what it took, for the writes that follow it; alone it hides nothing.
        """
        writes = [write for write in self._writes if write.fills(name)]
        taken: dict[Write, frozenset[Write]] = {}
        for write in writes:
            taken[write] = self._taken(name, write, taken)
        hidden = {each for write in writes if write not in self._parked for each in self._reach(write, taken)}
        return tuple(write for write in writes if write not in self._parked and write not in hidden)

    def _taken(self, name: str, write: Write, taken: dict[Write, frozenset[Write]]) -> frozenset[Write]:
        """Whose place a write takes: of the known heads of its cell, in a conflict field those with the value it had
        before; of all the heads it names, where it settles."""
        if write.row.op == "resolve":
            return frozenset(other for other in taken if other.place in write.row.named)
        known = [other for other in taken if self._knows(write, other)]
        covered = {each for other in known for each in taken[other]}
        heads = [other for other in known if other not in covered]
        if name not in self._conflict or write.row.op == "ins":
            return frozenset(heads)
        return frozenset(head for head in heads if head.value(name) == write.row.old)

    def _reach(self, write: Write, taken: dict[Write, frozenset[Write]]) -> set[Write]:
        """Whose place it takes, and through parked ones whose they took."""
        reached: set[Write] = set()
        waiting = list(taken[write])
        while waiting:
            other = waiting.pop()
            if other not in reached:
                reached.add(other)
                waiting += taken[other] if other in self._parked else ()
        return reached

    def _kept(self, heads: tuple[Write, ...]) -> tuple[Write, ...]:
        """Of the heads of a cell, those a deletion did not know, where the row lives in spite of one."""
        deletions = [head for head in self.heads(GONE) if head.value(GONE) == 1]
        if not deletions:
            return heads
        fresh = tuple(
            head for head in heads if not any(self._knows(deletion, head) for deletion in deletions)
        )
        return fresh or heads

    def _beside(self, deletions: Sequence[Write]) -> bool:
        """Whether some write in force of another cell knows no deletion, and none of them knew it."""
        live = [write for write in self._writes if write not in self._parked and write.row.field != GONE]
        names = {name for write in live for name in (write.born or (write.row.field,))}
        standing = {head for name in names for head in self.heads(name)}
        standing |= {write for write in live if write.row.op == "ins"}
        return any(
            not any(self._knows(deletion, write) or self._knows(write, deletion) for deletion in deletions)
            for write in standing
        )


def _settled(name: str, heads: tuple[Write, ...], *, conflict: bool) -> CellState:
    if not heads:
        return CellState(())
    differing = {head.value(name) for head in heads}
    if not conflict or len(differing) == 1:
        return CellState(heads, heads[-1].value(name), yielded=heads[:-1] if len(differing) > 1 else ())
    winner = max(heads, key=lambda head: (STANDINGS.index(head.head.standing), head.order))
    return CellState(heads, winner.value(name), open=True)
