"""The identity of a new row, and the changes by which it is there.

Two desks that enter the same thing apart make one row where its identity is derived from what both read on it: a code,
a name. Codes are corrected and given again, so a derived identity is only a proposal; a row keeps the one it was born
with.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from edudesk.kernel.change import GONE, Change, Fields
from edudesk.kernel.ids import name_id, new_id
from edudesk.storage.rows import Row
from edudesk.storage.tables import OpenTables


def _never(_stored: Row) -> bool:
    return False


def proposed_id(
    db: OpenTables,
    table: str,
    meaning: Sequence[object],
    *,
    again: Callable[[Row], bool] = _never,
    taken: Collection[str] = (),
) -> str:
    """The identity derived from what a new row means; a random one where a part of it is blank, or another row has it.

    `again` says of a row that is gone whether it is this one, taken back and entered a second time; `taken` are the
    identities given in this Step already.
    """
    if not all(meaning):
        return new_id()
    proposed = name_id(table, *meaning)
    stored = db.row(table, proposed)
    free = stored is None or bool(stored[GONE] and again(stored))
    return proposed if free and proposed not in taken else new_id()


def same_input(db: OpenTables, table: str, fields: Fields) -> Callable[[Row], bool]:
    """Whether a stored row holds just what a new one is born with."""
    names = db.tables[table].fields
    return lambda stored: all(stored[name] == fields.get(name) for name in names)


def born(db: OpenTables, table: str, wanted: Mapping[str, Fields]) -> tuple[Change, ...]:
    """What must change for rows with the identities of `proposed_id` to be there: made, or come again."""
    stored = db.rows_of(table, wanted)
    new = {row_id: fields for row_id, fields in wanted.items() if row_id not in stored}
    come_again = [db.revive(table, row_id, **wanted[row_id]) for row_id in wanted if row_id in stored]
    return db.insert_all(table, new) + tuple(change for changes in come_again for change in changes)
