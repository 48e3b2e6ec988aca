"""Locks of the register (“khóa sổ”) and the permits that open them for a while (“phiếu mở khóa”): which cells they hold.

A lock is never taken back: it stays, and a permit opens some of its cells until a day, for the locks it names. So a lock
written after a permit holds whatever the permit had opened. A sealed page is held like a locked one, and no permit opens it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from edudesk.gradebook.rules.slots import is_slot, slot_of
from edudesk.kernel.access import actor_words
from edudesk.kernel.calendar import show_date
from edudesk.kernel.errors import Problem
from edudesk.kernel.field import REASON
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import N_, _

KINDS = {
    "cell": N_("một ô"),
    "column": N_("một cột"),
    "class_subject": N_("một môn"),
    "class": N_("một lớp"),
    "term": N_("cả trường"),
    "school": N_("cả trường"),
}
COMMENT, RECORD = (
    "comment",
    "record",
)  # where a mark's slot stands: the subject's comment, the homeroom's record


@dataclass(frozen=True, slots=True)
class RegisterCell:
    """A cell of the register. `classes` are the class its row was born in and the one the pupil is in now: a lock on
    either holds it, so that moving a pupil opens nothing.

    A subject's comment has the slot COMMENT; the homeroom teacher's record the slot RECORD and no subject (`code` "").
    So a lock of a column holds neither, one of a subject holds its comments, one of a class or a term both.
    """

    year: int
    classes: frozenset[str]
    code: str
    term: int
    slot: str
    pupil_id: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cells of a year: whatever is named must fit, what is None may be anything.

    `slot` "gk" means its contents too ("gk.am_nhac").
    """

    year: int
    class_id: str | None = None
    code: str | None = None
    term: int | None = None
    slot: str | None = None
    pupil_id: str | None = None

    @property
    def kind(self) -> str:
        """The narrowest thing it names: cell, column, class_subject, class, term or school."""
        named = (
            (self.pupil_id, "cell"),
            (self.slot, "column"),
            (self.code, "class_subject"),
            (self.class_id, "class"),
            (self.term, "term"),
        )
        return next((kind for value, kind in named if value is not None), "school")

    def covers(self, place: RegisterCell) -> bool:
        """Whether the cell is one of these."""
        return (
            self.year == place.year
            and (self.class_id is None or self.class_id in place.classes)
            and self.code in (None, place.code)
            and self.term in (None, place.term)
            and (self.slot is None or _part(place.slot, self.slot))
            and self.pupil_id in (None, place.pupil_id)
        )

    def within(self, other: Scope) -> bool:
        """Whether every cell of these is one of the other's."""
        pairs = ((other.class_id, self.class_id), (other.code, self.code), (other.term, self.term))
        return (
            self.year == other.year
            and all(theirs in (None, mine) for theirs, mine in (*pairs, (other.pupil_id, self.pupil_id)))
            and (other.slot is None or (self.slot is not None and _part(self.slot, other.slot)))
        )

    def meets(self, other: Scope, classes: Collection[str]) -> bool:
        """Whether some cell could be one of both; `classes` are those the cells of this class may belong to."""
        pairs = ((self.code, other.code), (self.term, other.term), (self.pupil_id, other.pupil_id))
        return (
            self.year == other.year
            and (None in (self.class_id, other.class_id) or other.class_id in {self.class_id, *classes})
            and all(None in pair or pair[0] == pair[1] for pair in pairs)
            and _share(self.slot, other.slot)
        )


def _part(slot: str, of: str) -> bool:
    cell = slot_of(slot)
    return slot == of or (cell is not None and cell.part == of)


def _share(slot: str | None, other: str | None) -> bool:
    return slot is None or other is None or _part(slot, other) or _part(other, slot)


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock: since when (`at`, the PC's time of who wrote it) or from which day (`starts`, a calendar lock).

    `seal` is the code of the seal where the page is not only locked but sealed.
    """

    id: str
    scope: Scope
    reason: str
    by: str
    at: str
    starts: dt.date | None = None
    seal: str = ""

    def in_force(self, today: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.starts is None or self.starts <= today

    @property
    def since(self) -> str:
        """The day it holds from, as people read it."""
        return show_date(self.starts or dt.date.fromisoformat(self.at[:10]))


@dataclass(frozen=True, slots=True)
class UnlockPermit:
    """An unlock permit: opens the cells of `scope` against one lock until the end of the day `expires`, unless an
    office desk has `closed` it."""

    id: str
    lock_id: str
    scope: Scope
    requester: str
    reason: str
    approver: str
    expires: dt.date
    closed: bool = False

    def opens(self, today: dt.date) -> bool:
        """Whether it still counts on a day."""
        return not self.closed and today <= self.expires


class LockBook:
    """Locks in force on a day with the permits that count, ready to be asked about many cells."""

    def __init__(self, locks: Iterable[Lock], permits: Iterable[UnlockPermit], today: dt.date) -> None:
        self._locks: dict[str | None, list[Lock]] = {}
        for lock in locks:
            if lock.in_force(today):
                self._locks.setdefault(lock.scope.class_id, []).append(lock)
        self._permits: dict[str, list[Scope]] = {}
        for permit in permits:
            if permit.opens(today):
                self._permits.setdefault(permit.lock_id, []).append(permit.scope)

    def __bool__(self) -> bool:
        return bool(self._locks)

    def against(self, place: RegisterCell) -> Lock | None:
        """The lock that holds the cell; None while it may be written."""
        for key in (None, *sorted(place.classes)):
            for lock in self._locks.get(key, ()):
                if lock.scope.covers(place) and not self._opened(lock, place):
                    return lock
        return None

    def _opened(self, lock: Lock, place: RegisterCell) -> bool:
        return any(scope.covers(place) for scope in self._permits.get(lock.id, ()))

    def holds(self, scope: Scope) -> Lock | None:
        """The lock of exactly these cells with nothing opened in it; None when there is none."""
        standing = self._locks.get(scope.class_id, ())
        return next((lock for lock in standing if lock.scope == scope and lock.id not in self._permits), None)


def locked_words(lock: Lock) -> str:
    """Who locked or sealed, since when, why: one sentence."""
    words = _("Đã khóa sổ từ {day} ({by}): {reason}.")
    if lock.seal:
        words = _("Đã niêm phong từ {day} ({by}), mã {seal}: {reason}.")
    return words.format(
        day=lock.since, by=actor_words(lock.by), reason=lock.reason.rstrip("."), seal=lock.seal
    )


def lock_words(lock: Lock | None) -> str:
    """The same of a cell; "" while it may be written."""
    return locked_words(lock) if lock else ""


def ask_words() -> str:
    """How to have a cell opened."""
    return _("Nhờ văn phòng lập phiếu mở khóa, ghi rõ lí do và thời hạn.")


def sealed_words() -> str:
    """What stands before a change in a sealed page."""
    return _("Mở niêm phong trước, rồi lập phiếu mở khóa.")


def locked_problem(lock: Lock, *, name: str = "", table: str = "mark", row: str = "") -> Problem:
    """The problem of writing into a locked cell, and how to have it opened."""
    code, ask = ("SEALED", sealed_words()) if lock.seal else ("LOCKED", ask_words())
    field = "value" if table == "mark" else ""
    return Problem(code, locked_words(lock), name, ask, table=table, row=row, field=field)


def check_lock(scope: Scope, reason: str) -> list[Problem]:
    """The problems of locking or opening these cells with this reason."""
    problems = [*REASON.problems(reason)]
    if not squeeze(reason):
        next_step = _("Ghi vì sao khóa hay mở khóa.")
        problems.append(Problem("LOCK_REASON", _("Thiếu lí do."), next=next_step, field="reason"))
    if scope.slot is not None and not is_slot(scope.slot):
        message = _("Không có cột điểm “{slot}”.").format(slot=scope.slot)
        problems.append(Problem("MARK_SLOT", message, next=_("Dùng tx1, tx2, …, gk, ck.")))
    if scope.term not in (None, 1, 2):
        message, next_step = _("Khóa sổ theo học kì 1 hoặc 2."), _("Bỏ học kì để khóa cả năm.")
        problems.append(Problem("TERM_UNKNOWN", message, next=next_step))
    return problems
