"""Which rows of the journal wait, and why; judged row by row of the tables, in layers.

What is known of their desk comes first, then what a row is by itself, then what it stands on, then the locks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from edudesk.kernel.merge.facts import Facts, Parked
from edudesk.kernel.merge.knowledge import Knowledge
from edudesk.kernel.merge.locks import Locks
from edudesk.kernel.merge.rows import RowKey, StepKey, Why, Write, born_fields
from edudesk.kernel.merge.rules import Rules, TableRules


class Judge:
    """Judges all writes of one row of a table at a time."""

    def __init__(self, facts: Facts, rules: Rules, decisive: Mapping[RowKey, Sequence[Write]]) -> None:
        self._facts = facts
        self._rules = rules
        standing = [(key, writes, self._fit(writes)) for key, writes in decisive.items()]
        self._locks = Locks(standing, rules, Knowledge(facts.forks))

    def row(self, writes: Sequence[Write]) -> Parked:
        """The writes of a row that wait."""
        parked = self._fit(writes)
        if self._locks:
            parked |= self._shut(writes, parked)
            parked |= _orphans(writes, parked)
        return parked

    def _fit(self, writes: Sequence[Write]) -> Parked:
        """Those that would wait if nothing were locked; no lock locks a lock."""
        parked: Parked = {write: why for write in writes if (why := self._why(write)) is not None}
        return parked | _orphans(writes, parked)

    def _why(self, write: Write) -> Why | None:
        rules = self._rules.get(write.row.table)
        if why := self._facts.foreign(write):
            return why
        if rules is None or write.row.schema > rules.schema:
            return "NEWER"
        if not _sound(write, rules):
            return "CHECK"
        return self._facts.broken.get(write.head.key)

    def _shut(self, writes: Sequence[Write], parked: Parked) -> Parked:
        born = born_fields(writes)
        free = (write for write in writes if write not in parked and write.place not in self._facts.accepted)
        return {write: why for write in free if (why := self._locks.why(write, born)) is not None}


def broken_steps(parked: Mapping[Write, Why]) -> dict[StepKey, Why]:
    """The indivisible steps of which a row waits."""
    broken: dict[StepKey, Why] = {}
    for write, why in parked.items():
        if write.head.indivisible:
            broken[write.head.key] = min(why, broken.get(write.head.key, why))
    return broken


def _orphans(writes: Iterable[Write], parked: Parked) -> Parked:
    """What stands on no birth that counts."""
    free = [write for write in writes if write not in parked]
    if any(write.row.op == "ins" for write in free):
        return {}
    return dict.fromkeys(free, "ORPHAN")


def _sound(write: Write, rules: TableRules) -> bool:
    checks = rules.checks
    return not checks or all(checks[name](write.value(name)) for name in write.written if name in checks)
