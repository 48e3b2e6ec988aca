"""Locks and permits as a merge of desks reads them: a cell is held by the class its row was born in."""

from __future__ import annotations

from functools import partial

from edudesk.gradebook.register.lock_guards import HELD, cell_of
from edudesk.gradebook.register.schema import WHERE, class_scope
from edudesk.gradebook.rules.locks import Scope
from edudesk.kernel.change import Fields
from edudesk.kernel.merge.rules import Lock, Slip


def lock_of(row: Fields) -> Lock | None:
    """The lock a row of `mark_lock` is; none while it waits for its day, which no desk decides for another."""
    if row.get("starts"):
        return None
    return Lock(partial(_covers, _scope(row)), class_scope(row) if row.get("class_id") else "")


def slip_of(row: Fields) -> Slip:
    """The permit (phiếu mở khóa) a row of `mark_unlock` is."""
    return Slip(partial(_covers, _scope(row)), str(row.get("lock_id") or ""))


def _scope(row: Fields) -> Scope:
    return Scope(*(row.get(name) for name in WHERE))  # type: ignore[arg-type]


def _covers(scope: Scope, table: str, born: Fields, _field: str) -> bool:
    if table not in HELD:
        return False
    return scope.covers(cell_of(table, born, frozenset({str(born["class_id"])})))
