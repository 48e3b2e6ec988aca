"""Which own steps can be taken back: the last 200 of one account on one device, kept over restarts.

An entry is a step and, once undone, the step that undid it. Redo is the inverse of that one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from edudesk.kernel.change import Change
from edudesk.storage.connection import Connection

DEPTH = 200


def staying(changes: Sequence[Change], against: Collection[str]) -> set[str]:
    """The rows of a step that stay when only the rest is taken back.

    Those that something stands against, the rows made with them that point at them (a kept pupil keeps the place in
    the class), and whatever all of these point at in turn (which keeps the class).
    """
    made = {change.row: set(change.fields.values()) for change in changes if change.kind == "ins"}
    stay = {*against, *(row for row, values in made.items() if values & set(against))}
    while more := {row for stored in stay for row in made.get(stored, set()) if row in made} - stay:
        stay |= more
    return stay


class UndoStack:
    """The stack of one account on one device."""

    def __init__(self, connection: Connection, actor: str, device: str) -> None:
        self._connection = connection
        self._whose = (actor, device)

    def push(self, step: int) -> None:
        """A step was done: it can be undone, and what was undone before it can no longer be redone."""
        self._run("delete from undo_stack where actor = ? and device = ? and undone_by is not null")
        self._connection.execute(
            "insert into undo_stack (actor, device, step) values (?, ?, ?)", (*self._whose, step)
        )
        self._run(
            f"""delete from undo_stack where actor = ?1 and device = ?2 and n not in
            (select n from undo_stack where actor = ?1 and device = ?2 order by n desc limit {DEPTH})"""
        )

    def last_done(self) -> tuple[int, str] | None:
        """Step number and label of the newest step that is not undone."""
        found = self._run(
            """select u.step, s.label from undo_stack u join journal_step s on s.n = u.step
            where u.actor = ? and u.device = ? and u.undone_by is null order by u.n desc limit 1"""
        )
        return (int(found[0]), str(found[1])) if found else None

    def first_undone(self) -> tuple[int, int, str] | None:
        """Step number, the number of the step that undid it, and label, of the oldest undone step."""
        found = self._run(
            """select u.step, u.undone_by, u.label from
            (select u.n, u.step, u.undone_by, s.label from undo_stack u join journal_step s on s.n = u.step
            where u.actor = ? and u.device = ? and u.undone_by is not null) u order by u.n limit 1"""
        )
        return (int(found[0]), int(found[1]), str(found[2])) if found else None

    def mark_undone(self, step: int, by: int) -> None:
        self._connection.execute("update undo_stack set undone_by = ? where step = ?", (by, step))

    def mark_redone(self, step: int, by: int) -> None:
        """The step was done again, as step `by`; it can be undone again."""
        self._connection.execute(
            "update undo_stack set step = ?, undone_by = null where step = ?", (by, step)
        )

    def clear(self) -> None:
        """Forget every step."""
        self._run("delete from undo_stack where actor = ? and device = ?")

    def _run(self, sql: str) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._connection.execute(sql, self._whose).fetchone()
        return found
