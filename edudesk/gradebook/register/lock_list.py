"""Every lock, permit and seal of a year as one list, for the screen and the paper: the newest first, permits under their lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from edudesk.gradebook.register.lock_words import scope_names, scope_words
from edudesk.gradebook.register.locks import read_locks, read_permits, today
from edudesk.gradebook.register.sealed_pages import Seal, read_seals
from edudesk.gradebook.rules.locks import Lock, UnlockPermit
from edudesk.kernel.access import actor_words
from edudesk.kernel.calendar import show_date
from edudesk.kernel.words import _
from edudesk.storage.database import Database

State = Literal["ok", "wait", "ask", "grey"]  # holds, waits for its day, open for a while, over


@dataclass(frozen=True, slots=True)
class LockRow:
    """A line of the list. `state` in words with its `tone`; `under` is a permit of the lock above it."""

    id: str
    what: str
    since: str
    state: str
    tone: State
    who: str
    reason: str
    under: bool = False
    lock: Lock | None = None
    seal: Seal | None = None


def lock_rows(db: Database, year: int) -> list[LockRow]:
    """The list of a year."""
    names = scope_names(db, year)
    permits = read_permits(db.all, year)
    records: list[tuple[str, list[LockRow]]] = []
    for lock in read_locks(db.all, year):
        mine = [permit for permit in permits if permit.lock_id == lock.id]
        rows = [_lock_row(lock, mine, scope_words(lock.scope, names))]
        rows += [_permit_row(permit, scope_words(permit.scope, names)) for permit in mine]
        records.append((lock.at, rows))
    records += [
        (seal.at, [_seal_row(seal, scope_words(seal.scope, names))]) for seal in read_seals(db.all, year)
    ]
    ordered = sorted(enumerate(records), key=lambda pair: (pair[1][0], pair[0]), reverse=True)
    return [row for _place, (_at, rows) in ordered for row in rows]


def _lock_row(lock: Lock, permits: list[UnlockPermit], what: str) -> LockRow:
    state, tone = _lock_state(lock, permits)
    by = actor_words(lock.by)
    return LockRow(lock.id, _first_up(what), lock.since, state, tone, by, lock.reason, lock=lock)


def _lock_state(lock: Lock, permits: list[UnlockPermit]) -> tuple[str, State]:
    if not lock.in_force(today()):
        return _("chờ tới ngày"), "wait"
    if any(permit.opens(today()) for permit in permits):
        return _("khóa, đang mở một phần"), "ask"
    return _("đang khóa"), "ok"


def _permit_row(permit: UnlockPermit, what: str) -> LockRow:
    opens, day = permit.opens(today()), show_date(permit.expires)
    state = _("mở đến hết {day}") if opens else _("hết hạn {day}")
    who = _("{who} xin, {approver} duyệt").format(
        who=actor_words(permit.requester), approver=actor_words(permit.approver)
    )
    words = _("Phiếu mở {what}").format(what=what)
    tone: State = "ask" if opens else "grey"
    return LockRow(permit.id, words, "", state.format(day=day), tone, who, permit.reason, under=True)


def _seal_row(seal: Seal, what: str) -> LockRow:
    words = _("Niêm phong {code}, {what}").format(code=seal.code, what=what)
    if seal.opened is None:
        return LockRow(
            seal.id, words, seal.day, _("đang niêm phong"), "ok", actor_words(seal.by), seal.reason, seal=seal
        )
    state = _("đã mở {day}").format(day=seal.opened.day)
    reason = _("{reason}; mở vì: {why}").format(reason=seal.reason.rstrip("."), why=seal.opened.reason)
    return LockRow(seal.id, words, seal.day, state, "grey", actor_words(seal.by), reason, seal=seal)


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]
