"""Locks and slips as the rows make them: which cells are shut for a write, and which slip opens them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from edudesk.kernel.change import Fields
from edudesk.kernel.merge.cells import RowState
from edudesk.kernel.merge.facts import Parked
from edudesk.kernel.merge.knowledge import Knowledge, covers
from edudesk.kernel.merge.rows import RowKey, StepHead, Vector, Why, Write
from edudesk.kernel.merge.rules import Lock, Rules, Slip, TableRules, read_vector


class _Edge(NamedTuple):
    """Up to where the rows were known when somebody wrote a vector; the step that wrote it lies within."""

    author: StepHead
    vector: Vector

    def holds(self, write: Write) -> bool:
        """Whether a write lies within it, and was not parked there."""
        if write.head.key == self.author.key:
            return True
        return covers(self.vector, write.place) and write.place not in self.author.unseen


class _Opening(NamedTuple):
    slip: Slip
    closings: tuple[_Edge, ...]


Judged = tuple[RowKey, Sequence[Write], Parked]  # a row of a table, its writes, and which of them wait


class Locks:
    """The locks and slips in force; empty where nothing is locked."""

    def __init__(self, rows: Iterable[Judged], rules: Rules, knowledge: Knowledge) -> None:
        self._locks: dict[str, list[tuple[str, Lock, tuple[_Edge, ...]]]] = defaultdict(list)
        self._slips: dict[str, _Opening] = {}
        for (table, row), writes, parked in rows:
            kind = rules[table]
            state = RowState(writes, parked, kind.conflict, knowledge)
            if state.present:
                self._add(row, kind, state)

    def __bool__(self) -> bool:
        return bool(self._locks)

    def why(self, write: Write, born: Fields) -> Why | None:
        """LOCKED for a write in a shut cell, LATE for one after its slip was closed; None where it stands."""
        scope = write.place.stream.scope
        reasons = [
            self._refusal(write, born, row)
            for row, lock, edges in (*self._locks.get(scope, ()), *self._locks.get("", ()))
            if not any(edge.holds(write) for edge in edges) and _covered(lock, write, born)
        ]
        return next((why for why in reasons if why is not None), None)

    def _add(self, row: str, kind: TableRules, state: RowState) -> None:
        heads = ((head.head, read_vector(head.value(kind.vector))) for head in state.heads(kind.vector))
        edges = tuple(_Edge(author, vector) for author, vector in heads if vector)
        lock = kind.lock(state.fields) if kind.lock is not None else None
        if lock is not None and edges:
            self._locks[lock.scope].append((row, lock, edges))
        slip = kind.slip(state.fields) if kind.slip is not None else None
        if slip is not None:
            self._slips[row] = _Opening(slip, edges)

    def _refusal(self, write: Write, born: Fields, lock: str) -> Why | None:
        """Why no slip of its step opens a lock for a write; None when one does."""
        opening = [
            self._slips[name]
            for name in write.head.under
            if name in self._slips and self._slips[name].slip.lock in ("", lock)
            if _covered(self._slips[name].slip, write, born)
        ]
        if any(not slip.closings or any(edge.holds(write) for edge in slip.closings) for slip in opening):
            return None
        return "LATE" if opening else "LOCKED"


def _covered(what: Lock | Slip, write: Write, born: Fields) -> bool:
    """Whether it speaks of a cell the write fills."""
    return any(what.covers(write.row.table, born, name) for name in write.written)
