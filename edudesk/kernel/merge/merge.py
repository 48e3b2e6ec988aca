"""One function makes tables from rows: for replay, doctor, recovery, rebuild, and for what another desk sends.

Only the set of rows matters, never the order in which they came, nor how often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from edudesk.kernel.change import GONE, Value
from edudesk.kernel.merge.cells import CellState, RowState
from edudesk.kernel.merge.facts import Parked, decide, incomplete_steps
from edudesk.kernel.merge.forks import find_forks
from edudesk.kernel.merge.judge import Judge, broken_steps
from edudesk.kernel.merge.knowledge import Knowledge, ranks
from edudesk.kernel.merge.rows import Cell, Part, Place, RowKey, Why, Write
from edudesk.kernel.merge.rules import Rules, TableRules

NUMBER = 1  # of this way to merge: the same rows give the same tables for one number alone
Tables = dict[str, dict[str, dict[str, Value]]]  # table → row → field → value


@dataclass(frozen=True, slots=True)
class Merged:
    """`conflicts`: cells somebody has to settle, with their heads' places; `parked`: rows that wait, by place and `c`;
    `yielded`: cells in which a later value took another's place unseen."""

    tables: Tables
    conflicts: Mapping[Cell, tuple[Place, ...]]
    parked: Mapping[tuple[Place, bytes], Why]
    yielded: Mapping[Cell, tuple[Place, ...]]


def merge(parts: Iterable[Part], rules: Rules) -> Merged:
    """The tables, the open conflicts and the waiting rows of a set of parts."""
    whole = list({part.key: part for part in parts}.values())
    forks = find_forks(whole)
    writes = _writes(whole)
    words = [write for write in writes if not write.row.table]
    rows = _by_row(writes)
    decisive = {key: each for key, each in rows.items() if key[0] in rules and rules[key[0]].decides}
    broken = incomplete_steps(whole)
    while True:
        facts = decide(words, forks, broken)
        judge = Judge(facts, rules, decisive)
        parked: Parked = {write: why for write in words if (why := facts.foreign(write)) is not None}
        for each in rows.values():
            parked |= judge.row(each)
        if (more := broken_steps(parked) | broken) == broken:
            break
        broken = more
    return _built(rows, parked, rules, Knowledge(forks))


def _built(
    rows: Mapping[RowKey, Sequence[Write]], parked: Parked, rules: Rules, knowledge: Knowledge
) -> Merged:
    build = _Build(knowledge, parked, rules)
    for key, writes in rows.items():
        build.add(key, writes)
    waiting = {(write.place, write.part.c): why for write, why in parked.items()}
    return Merged(build.tables, build.conflicts, waiting, build.yielded)


def _writes(parts: Sequence[Part]) -> list[Write]:
    rank = ranks(parts)
    writes = [
        Write((rank(part.head), Place(part.stream, part.first + n)), part, row)
        for part in parts
        for n, row in enumerate(part.rows)
    ]
    return sorted(writes, key=lambda write: (write.order, write.part.c))


def _by_row(writes: Iterable[Write]) -> dict[RowKey, list[Write]]:
    rows: dict[RowKey, list[Write]] = {}
    for write in writes:
        if write.row.table:
            rows.setdefault((write.row.table, write.row.row), []).append(write)
    return rows


class _Build:
    """Collects what each row has become."""

    def __init__(self, knowledge: Knowledge, parked: Mapping[Write, Why], rules: Rules) -> None:
        self._knowledge = knowledge
        self._knows = knowledge.knows
        self._parked = parked
        self._rules = rules
        self.tables: Tables = {}
        self.conflicts: dict[Cell, tuple[Place, ...]] = {}
        self.yielded: dict[Cell, tuple[Place, ...]] = {}

    def add(self, key: RowKey, writes: Sequence[Write]) -> None:
        """One row, by all its writes."""
        table, row = key
        rules = self._rules.get(table)
        if rules is None:
            return
        fields = self._in_turn(writes)
        if fields is None:
            fields = self._merged(key, writes, rules)
        if fields:
            self.tables.setdefault(table, {})[row] = fields

    def _in_turn(self, writes: Sequence[Write]) -> dict[str, Value] | None:
        """The row where each write knew all before it, as most are; None where what they make has to be found out."""
        first = writes[0]
        if first.row.op != "ins" or any(write in self._parked for write in writes):
            return None
        fields: dict[str, Value] = {**first.born, GONE: 0}
        for n, write in enumerate(writes[1:], 1):
            name = write.row.field
            if write.row.op != "set" or fields.get(name) != write.row.old:
                return None
            if not all(self._knows(write, earlier) for earlier in writes[:n]):
                return None
            fields[name] = write.value(name)
        return fields

    def _merged(self, key: RowKey, writes: Sequence[Write], rules: TableRules) -> dict[str, Value]:
        state = RowState(writes, self._parked, rules.conflict, self._knowledge)
        if not state.there:
            return {}
        cells = {name: state.cell(name) for name in state.names}
        cells[GONE] = state.presence()
        for name, cell in cells.items():
            self._note(Cell(*key, name), cell)
        return {name: cell.value for name, cell in cells.items()}

    def _note(self, place: Cell, cell: CellState) -> None:
        if cell.open:
            self.conflicts[place] = tuple(head.place for head in cell.heads)
        if cell.yielded:
            self.yielded[place] = tuple(write.place for write in cell.yielded)
