"""Prepares the changes that make, change or bring back rows; pure.

Three actions, because they fail differently: a row that is made must not be there, one that is changed must be, and only
one whose identity is what it means (a mark, an enrolment) may be either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from edudesk.kernel.change import GONE, Change, Fields
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.replicated import Replicated
from edudesk.kernel.words import _
from edudesk.storage.rows import Row, wanted_changes

Changes = tuple[Change, ...]


def inserted(table: Replicated, wanted: Mapping[str, Fields], stored: Mapping[str, Row]) -> Changes:
    """New rows. Raises Refused ROW_THERE with every one that is or was there."""
    problems = [_there(table, row) for row in wanted if row in stored]
    if problems:
        raise Refused(*problems)
    return _changes(table, wanted, {})


def updated(table: Replicated, wanted: Mapping[str, Fields], stored: Mapping[str, Row]) -> Changes:
    """Rows that are there, with other fields. Raises Refused ROW_MISSING with every one that is not."""
    problems = [_missing(table, row) for row in wanted if row not in stored or stored[row][GONE]]
    if problems:
        raise Refused(*problems)
    return _changes(table, wanted, stored)


def upserted(
    table: Replicated,
    wanted: Mapping[str, Fields],
    stored: Mapping[str, Row],
    *,
    born: Callable[[str], Fields | None] | None = None,
) -> Changes:
    """Rows with a natural key: made, changed, or brought back by the same input that made them.

    One that comes back holds what it is told and nothing it held before, but for what it keeps for life.
    """
    if table.natural is None:
        raise ValueError(f"{table.table} has no natural key: insert or update its rows")
    changes: list[Change] = []
    for row_id, given in wanted.items():
        row = stored.get(row_id)
        fields = given if born is None or row is not None else born(row_id)
        if fields is not None and row is not None and row[GONE]:
            fields = dict.fromkeys(set(table.fields) - set(table.natural)) | dict(fields)
        if fields is not None:
            changes += wanted_changes(table, row_id, row, fields)
    return tuple(changes)


def revived(table: Replicated, row_id: str, stored: Row | None, fields: Fields) -> Changes:
    """A row that is gone, there again. Raises Refused ROW_MISSING when there never was one, ROW_THERE when it is."""
    if stored is None:
        raise Refused(_missing(table, row_id))
    if not stored[GONE]:
        raise Refused(_there(table, row_id))
    return wanted_changes(table, row_id, stored, fields)


def _changes(table: Replicated, wanted: Mapping[str, Fields], stored: Mapping[str, Row]) -> Changes:
    return tuple(
        change
        for row_id, fields in wanted.items()
        for change in wanted_changes(table, row_id, stored.get(row_id), fields)
    )


def _there(table: Replicated, row_id: str) -> Problem:
    message = _("Mục này đã có, hoặc từng có rồi bị xóa.")
    return Problem("ROW_THERE", message, next=_("Xem lại danh sách."), table=table.table, row=row_id)


def _missing(table: Replicated, row_id: str) -> Problem:
    message = _("Không còn mục này: đã bị xóa, hoặc chưa từng có.")
    step = _("Xem lại danh sách rồi chọn mục khác.")
    return Problem("ROW_MISSING", message, next=step, table=table.table, row=row_id)
