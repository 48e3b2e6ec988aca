"""What all the writes in one row of a table make of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from edudesk.kernel.change import GONE, Fields, Value
from edudesk.kernel.merge.cells import RowState
from edudesk.kernel.merge.knowledge import Knowledge
from edudesk.kernel.merge.rows import Place, Write
from edudesk.kernel.merge.rules import TableRules

Places = Mapping[str, tuple[Place, ...]]
_NONE: Places = MappingProxyType({})


class MergedRow(NamedTuple):
    """`fields` with `gone`, none where no birth of the row counts; `conflicts`: the heads of cells that wait for a person;
    `yielded`: writes that a later one beside them outran."""

    fields: Fields
    conflicts: Places = _NONE
    yielded: Places = _NONE


def merge_row(
    writes: Sequence[Write], parked: Collection[Write], rules: TableRules, knowledge: Knowledge
) -> MergedRow:
    """The row after its writes, in their order; `parked` are those that wait."""
    fields = _in_turn(writes, parked, knowledge)
    return MergedRow(fields) if fields is not None else _merged(writes, parked, rules, knowledge)


def _in_turn(writes: Sequence[Write], parked: Collection[Write], knowledge: Knowledge) -> Fields | None:
    """The row where each write knew all before it, as most are; None where what they make has to be found out."""
    first = writes[0]
    if first.row.op != "ins" or any(write in parked for write in writes):
        return None
    alone = knowledge.one_hand(writes)
    fields: dict[str, Value] = {**first.born, GONE: 0}
    for n, write in enumerate(writes[1:], 1):
        name = write.row.field
        if write.row.op != "set" or fields.get(name) != write.row.old:
            return None
        if not alone and not all(knowledge.knows(write, earlier) for earlier in writes[:n]):
            return None
        fields[name] = write.value(name)
    return fields


def _merged(
    writes: Sequence[Write], parked: Collection[Write], rules: TableRules, knowledge: Knowledge
) -> MergedRow:
    state = RowState(writes, parked, rules.conflict, knowledge)
    if not state.there:
        return MergedRow({})
    cells = {name: state.cell(name) for name in state.names} | {GONE: state.presence()}
    return MergedRow(
        {name: cell.value for name, cell in cells.items()},
        {name: tuple(head.place for head in cell.heads) for name, cell in cells.items() if cell.open},
        {name: tuple(write.place for write in cell.yielded) for name, cell in cells.items() if cell.yielded},
    )
