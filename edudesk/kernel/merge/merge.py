"""One function makes tables from rows: for replay, doctor, recovery, rebuild, and for what another desk sends.

Only the set of rows matters, never the order in which they came, nor how often.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from edudesk.kernel.change import Value
from edudesk.kernel.merge.facts import Parked, decide, incomplete_steps
from edudesk.kernel.merge.forks import find_forks
from edudesk.kernel.merge.judge import Judge, broken_steps
from edudesk.kernel.merge.knowledge import Knowledge, ranks
from edudesk.kernel.merge.row import merge_row
from edudesk.kernel.merge.rows import Cell, Part, Place, RowKey, Why, Write
from edudesk.kernel.merge.rules import UNKNOWN, Rules

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
    tables: Tables = {}
    conflicts: dict[Cell, tuple[Place, ...]] = {}
    yielded: dict[Cell, tuple[Place, ...]] = {}
    for (table, row), writes in rows.items():
        merged = merge_row(writes, parked, rules.get(table, UNKNOWN), knowledge)
        if merged.fields:
            tables.setdefault(table, {})[row] = dict(merged.fields)
        conflicts |= {Cell(table, row, name): places for name, places in merged.conflicts.items()}
        yielded |= {Cell(table, row, name): places for name, places in merged.yielded.items()}
    waiting = {(write.place, write.part.c): why for write, why in parked.items()}
    return Merged(tables, conflicts, waiting, yielded)


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
