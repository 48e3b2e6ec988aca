"""Locking the register and opening it by permits; one Step per action.

Both are plain replicated rows, made once and kept: that asks nothing new of the journal, and undo, replay and sync
treat them like any row. What a merge needs beside them stands in the rows themselves: a lock's `vector` says how far
its author knew the streams of the marks, so that a mark outside it is parked, and a permit that an office desk has
closed carries the vector of that moment, for the same reason. Undo leaves both alone (`final`): an open register is
asked for by a permit, with a reason and a day, never by a key. On this PC a permit also ends by today's date.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from edudesk.gradebook.register.roll import Roll
from edudesk.gradebook.register.schema import WHERE, class_scope
from edudesk.gradebook.register.sealed_pages import seal_locks
from edudesk.gradebook.rules.locks import (
    COMMENT,
    RECORD,
    Lock,
    LockBook,
    RegisterCell,
    Scope,
    UnlockPermit,
    check_lock,
    sealed_words,
)
from edudesk.kernel import clock
from edudesk.kernel.change import Change, Step, encode, stream_name
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.ids import new_id
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import N_, _
from edudesk.storage.database import Database
from edudesk.storage.history import vector
from edudesk.storage.slice_tables import Reader, many

REQUESTER = Field("requester", N_("Người xin mở"))
OFFICE = ("office", "principal")  # the standings whose calendar locks, permits and expiries count


def today() -> dt.date:
    """The day on this PC."""
    return clock.today()


# -- reading


def read_locks(read: Reader, year: int) -> list[Lock]:
    """Every lock of a year, in the order they were written."""
    rows = read(
        f"""select id, {", ".join(WHERE)}, reason, locked_by, locked_at, starts from mark_lock
        where year = ? and gone = 0 order by locked_at, rowid""",
        (year,),
    )
    return [_lock(*row) for row in rows]


def _lock(row: object, *rest: object) -> Lock:
    reason, by, at, starts = rest[6:]
    day = dt.date.fromisoformat(str(starts)) if starts else None
    return Lock(str(row), Scope(*rest[:6]), str(reason), str(by), str(at), day)  # type: ignore[arg-type]


def read_permits(read: Reader, year: int) -> list[UnlockPermit]:
    """Every permit of a year, in the order they were written."""
    rows = read(
        f"""select id, lock_id, {", ".join(WHERE)}, requester, reason, approver, expires, closed_at
        from mark_unlock where year = ? and gone = 0 order by approved_at, rowid""",
        (year,),
    )
    return [_permit(*row) for row in rows]


def _permit(row: object, lock_id: object, *rest: object) -> UnlockPermit:
    requester, reason, approver, expires, closed = rest[6:]
    return UnlockPermit(
        id=str(row),
        lock_id=str(lock_id),
        scope=Scope(*rest[:6]),  # type: ignore[arg-type]
        requester=str(requester),
        reason=str(reason),
        approver=str(approver),
        expires=dt.date.fromisoformat(str(expires)),
        closed=closed is not None,
    )


def read_book(read: Reader, year: int) -> LockBook:
    """What is locked or sealed today."""
    locks = read_locks(read, year)
    if not locks:
        return LockBook((), (), today())
    return LockBook([*seal_locks(read, year), *locks], read_permits(read, year), today())


class ClassLocks:
    """What is locked in the register of one class, read once."""

    def __init__(self, db: Database, roll: Roll) -> None:
        self._roll = roll
        self._book = read_book(db.all, roll.year)
        self._born = _born_elsewhere(db, roll) if self._book else {}

    def __bool__(self) -> bool:
        return bool(self._book)

    def against(self, pupil_id: str, code: str, term: int, slot: str) -> Lock | None:
        """The lock that holds a cell; None while it may be written."""
        if not self:
            return None
        born = self._born.get((pupil_id, code, term, slot), self._roll.class_id)
        classes = frozenset((self._roll.class_id, born))
        return self._book.against(RegisterCell(self._roll.year, classes, code, term, slot, pupil_id))

    def comment(self, pupil_id: str, code: str, term: int) -> Lock | None:
        """The lock that holds what a subject's teacher says of a pupil; None while it may be written."""
        return self.against(pupil_id, code, term, COMMENT)

    def record(self, pupil_id: str, term: int) -> Lock | None:
        """The lock that holds the homeroom teacher's record of a pupil; None while it may be written."""
        return self.against(pupil_id, "", term, RECORD)


def _born_elsewhere(db: Database, roll: Roll) -> dict[tuple[str, str, int, str], str]:
    """The cells that pupils brought along from another class, with that class."""
    elsewhere = """year = ? and class_id <> ?
        and pupil_id in (select pupil_id from enrolment where class_id = ? and gone = 0)"""
    rows = db.all(
        f"""select pupil_id, code, term, slot, class_id from mark where {elsewhere}
        union all select pupil_id, code, term, ?, class_id from subject_comment where {elsewhere}
        union all select pupil_id, '', term, ?, class_id from term_record where {elsewhere}""",
        (*(here := (roll.year, roll.class_id, roll.class_id)), COMMENT, *here, RECORD, *here),
    )
    return {(pupil, code, term, slot): born for pupil, code, term, slot, born in rows}


# -- locking


def lock_marks(db: Database, scopes: Sequence[Scope], *, reason: str, starts: dt.date | None = None) -> Step:
    """Lock cells at once, or by the calendar from the day `starts` (which only an office desk may write).

    Raises Refused: LOCK_REASON, MARK_SLOT, TERM_UNKNOWN, LOCK_THERE when all of it is locked, LOCK_STANDING.
    """
    _require_sound(scopes, reason)
    if starts is not None:
        require_office(db, _("Chỉ văn phòng hoặc hiệu trưởng đặt lịch khóa sổ."))
    locks = [locked_already(db, scope, starts) for scope in scopes]
    wanted = [scope for scope, lock in zip(scopes, locks, strict=True) if lock is None]
    if not wanted:
        message = _("Đã khóa từ trước.")
        raise Refused(Problem("LOCK_THERE", message, next=_("Xem danh sách khóa sổ.")))
    changes = tuple(change for scope in wanted for change in lock_changes(db, scope, reason, starts=starts))
    return db.do(Step(_("Khóa sổ"), (*changes, *_closing(db)), squeeze(reason)), final=True)


def locked_already(db: Database, scope: Scope, starts: dt.date | None) -> Lock | None:
    """The lock of exactly these cells, with nothing opened in it, on the day it would begin; None when there is none."""
    book = LockBook(read_locks(db.all, scope.year), read_permits(db.all, scope.year), starts or today())
    return book.holds(scope)


def locked_before(db: Database, class_id: str, term: int, wall: str) -> bool:
    """Whether the whole term of the class, or of the school, was locked when the PC's time was `wall`."""
    return bool(
        db.value(
            """select 1 from mark_lock l join school_class c on c.id = ? and c.year = l.year
            where (l.term is null or l.term = ?) and l.code is null and l.slot is null and l.pupil_id is null
            and (l.class_id is null or l.class_id = c.id) and l.locked_at <= ? limit 1""",
            (class_id, term, wall),
        )
    )


def lock_changes(
    db: Database, scope: Scope, reason: str, *, starts: dt.date | None = None, writing: Sequence[Change] = ()
) -> tuple[Change, ...]:
    """The row of a lock. `writing` are changes of marks that stand before it in the same Step: it knows of them."""
    return db.insert(
        "mark_lock",
        new_id(),
        kind=scope.kind,
        **asdict(scope),
        reason=squeeze(reason),
        locked_by=db.author.actor,
        locked_at=db.wall(),
        starts=starts.isoformat() if starts else None,
        vector=_vector(db, scope, writing),
    )


def _vector(db: Database, scope: Scope, writing: Sequence[Change] = ()) -> str:
    """How far the streams of the marks that a scope could cover are known here, as JSON; `writing` comes on top."""
    known = Counter(dict(vector(db, [_stream_scope(row_class) for row_class in sorted(_classes(db, scope))])))
    rows = {change.row for change in writing}
    for class_id, n in many(db.all, "select class_id, 1 from mark where id in", rows):
        known[stream_name(db.origin.device, db.origin.epoch, _stream_scope(str(class_id)))] += int(str(n))
    return encode(sorted(known.items()))


def _stream_scope(class_id: str) -> str:
    return class_scope({"class_id": class_id})


def _classes(db: Database, scope: Scope) -> set[str]:
    """The classes that cells of a scope may belong to: those of its pupils now, and those the marks were born in."""
    if scope.class_id is None:
        rows = db.all("select id from school_class where year = ?", (scope.year,))
        return {row for (row,) in rows}
    born = db.all(
        """select distinct class_id from mark where year = ?
        and pupil_id in (select pupil_id from enrolment where class_id = ? and gone = 0)""",
        (scope.year, scope.class_id),
    )
    return {scope.class_id, *(row for (row,) in born)}


# -- opening


def unlock_marks(
    db: Database, scopes: Sequence[Scope], *, until: dt.date, reason: str, requester: str = ""
) -> Step:
    """Open locked cells until the end of a day, by a permit for each lock that holds any of them.

    Raises Refused: LOCK_REASON, MARK_SLOT, TERM_UNKNOWN, UNLOCK_DATE (a day that is over), LOCK_STANDING for
    whoever is not of the office, SEALED, NOT_LOCKED.
    """
    _require_sound(scopes, reason)
    asking = str(REQUESTER.parse(requester) or "")
    require_office(db, _("Chỉ văn phòng hoặc hiệu trưởng duyệt phiếu mở khóa."))
    if until < today():
        message, next_step = _("Hạn mở khóa đã qua."), _("Chọn hôm nay hoặc ngày sau.")
        raise Refused(Problem("UNLOCK_DATE", message, next=next_step, field="until"))
    _require_unsealed(db, scopes)
    rows = [(scope, lock) for scope in scopes for lock in _meeting(db, scope)]
    if not rows:
        message = _("Không có khóa nào ở đây.")
        raise Refused(Problem("NOT_LOCKED", message, next=_("Xem danh sách khóa sổ.")))
    written = {"requester": asking, "reason": squeeze(reason), "expires": until.isoformat()}
    changes = tuple(change for scope, lock in rows for change in _permit_changes(db, scope, lock, written))
    return db.do(Step(_("Mở khóa sổ"), (*changes, *_closing(db)), squeeze(reason)), final=True)


def _permit_changes(db: Database, scope: Scope, lock: Lock, written: dict[str, str]) -> tuple[Change, ...]:
    """The row of a permit against a lock; who asks is the author where nobody is named."""
    approval = {"approver": db.author.actor, "approved_at": db.wall()}
    asked = {**written, "requester": written["requester"] or db.author.actor}
    return db.insert("mark_unlock", new_id(), lock_id=lock.id, **asdict(scope), **asked, **approval)


def _require_unsealed(db: Database, scopes: Sequence[Scope]) -> None:
    """A permit would open nothing of a sealed page."""
    for scope in scopes:
        for lock in seal_locks(db.all, scope.year):
            if scope.within(lock.scope):
                message = _("Đã niêm phong, mã {seal}.").format(seal=lock.seal)
                raise Refused(Problem("SEALED", message, next=sealed_words()))


def _meeting(db: Database, scope: Scope) -> list[Lock]:
    classes = _classes(db, scope) if scope.class_id else ()
    return [lock for lock in read_locks(db.all, scope.year) if scope.meets(lock.scope, classes)]


def close_expired(db: Database) -> Step:
    """Lock again what permits had opened until a day that is over: rows that other desks can go by.

    Written by an office desk alone; nothing for others, or when no permit is over.
    """
    return db.do(Step(_("Khóa lại khi phiếu mở khóa hết hạn"), tuple(_closing(db))), final=True)


def _closing(db: Database) -> Iterable[Change]:
    if db.author.standing not in OFFICE:
        return
    over = db.all(
        f"""select id, {", ".join(WHERE)} from mark_unlock
        where expires < ? and closed_at is null and gone = 0""",
        (today().isoformat(),),
    )
    for row, *where in over:
        yield from db.update("mark_unlock", row, closed_at=db.wall(), vector=_vector(db, Scope(*where)))


# -- who may, and what is sound


def _require_sound(scopes: Sequence[Scope], reason: str) -> None:
    problems = dict.fromkeys(problem for scope in scopes for problem in check_lock(scope, reason))
    if problems:
        raise Refused(*problems)


def require_office(db: Database, message: str) -> None:
    """Raises Refused LOCK_STANDING with the message for whoever is not of the office."""
    if db.author.standing not in OFFICE:
        raise Refused(Problem("LOCK_STANDING", message, next=_("Nhờ văn phòng nhà trường.")))
