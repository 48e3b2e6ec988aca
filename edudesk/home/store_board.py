"""The numbers of the board: how full a term is, who owes what, what is locked or opened. Read in a worker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence

from edudesk.gradebook.register.lock_words import scope_names, scope_words
from edudesk.gradebook.register.locks import read_locks, read_permits
from edudesk.gradebook.register.roll import Roll, read_rolls
from edudesk.gradebook.results.board import BoardLine, FillShare, board
from edudesk.gradebook.rules.slots import SlotKind, slot_label
from edudesk.home.rules_board import BoardFigures, Count, FillLine, Locked, Owing, Unjudged
from edudesk.kernel.words import _
from edudesk.staff.store import names
from edudesk.storage.database import Database
from edudesk.storage.state_problems import state_problems

DUE_FIRST = (SlotKind.GK, SlotKind.TX, SlotKind.CK)


def figures(db: Database, year: int, term: int, *, today: dt.date) -> BoardFigures:
    """Read a term (1 or 2)."""
    lines = board(db, year, term)
    unjudged, judged = _conduct(db, year, term)
    owing = tuple(entry for line in lines for entry in _owing(line))
    classes = _parts(lines, lambda line: (line.class_id, line.class_name))
    waiting = {entry.class_id for entry in unjudged}
    return BoardFigures(
        term=term,
        middle=_count(line.shares[SlotKind.GK] for line in lines if SlotKind.GK in line.shares),
        marks=_count(share for line in lines for share in line.shares.values()),
        conduct=judged,
        ready=Count(sum(part.count.full and part.class_id not in waiting for part in classes), len(classes)),
        owing=tuple(sorted(owing, key=_urgency)),
        unjudged=tuple(unjudged),
        classes=classes,
        teachers=_parts(lines, lambda line: (line.teacher_id, line.teacher or _("Chưa phân công"))),
        locks=_locks(db, year, today),
        problems=state_problems(db, year),
        duties=tuple(duty for part in db.slices if part.duties for duty in part.duties(db, today)),
    )


def _count(shares: Iterable[FillShare]) -> Count:
    all_shares = list(shares)
    return Count(
        sum(min(share.filled, share.owed) for share in all_shares), sum(share.owed for share in all_shares)
    )


def _owing(line: BoardLine) -> list[Owing]:
    return [
        Owing(
            class_id=line.class_id,
            class_name=line.class_name,
            code=line.code,
            subject=line.subject,
            teacher=line.teacher,
            slot=share.slot,
            column=slot_label(share.slot),
            kind=kind,
            missing=share.missing,
            whole=not share.filled,
        )
        for kind, share in line.shares.items()
        if share.missing
    ]


def _urgency(owing: Owing) -> tuple[bool, int, int]:
    """Columns that are begun before those that are not, the middle of the term first, few before many."""
    return (owing.whole, DUE_FIRST.index(SlotKind(owing.kind)), owing.missing)


def _parts(lines: Sequence[BoardLine], named: Callable[[BoardLine], tuple[str, str]]) -> tuple[FillLine, ...]:
    by: dict[tuple[str, str], list[BoardLine]] = {}
    for line in lines:
        by.setdefault(named(line), []).append(line)
    return tuple(_part(name, rows) for (_id, name), rows in by.items())


def _part(name: str, lines: Sequence[BoardLine]) -> FillLine:
    waiting = next((line for line in lines if line.missing), lines[0])
    count = _count(share for line in lines for share in line.shares.values())
    return FillLine(name, count, waiting.class_id, waiting.code, waiting.slot)


def _conduct(db: Database, year: int, term: int) -> tuple[list[Unjudged], Count]:
    """The classes with pupils whose rèn luyện is not judged; how many classes are done. Primary school judges
    qualities instead, on its own page."""
    judged = {
        pupil
        for (pupil,) in db.all(
            "select pupil_id from term_record where year = ? and term = ? and gone = 0 and conduct is not null",
            (year, term),
        )
    }
    staff = names(db)
    unjudged, total = [], 0
    for roll in read_rolls(db, year):
        owing = [pupil.id for pupil in roll.pupils if roll.shape.conduct and roll.owes(pupil, term)]
        total += bool(owing)
        missing = sum(pupil not in judged for pupil in owing)
        if missing:
            unjudged.append(_unjudged(roll, missing, staff))
    return unjudged, Count(total - len(unjudged), total)


def _unjudged(roll: Roll, missing: int, staff: Mapping[str, str]) -> Unjudged:
    return Unjudged(roll.class_id, roll.class_name, staff.get(roll.homeroom_id or "", ""), missing)


def _locks(db: Database, year: int, today: dt.date) -> tuple[Locked, ...]:
    """Locks whose day is still to come, and permits that are open, by day."""
    waiting = [lock for lock in read_locks(db.all, year) if not lock.in_force(today)]
    open_permits = [permit for permit in read_permits(db.all, year) if permit.opens(today)]
    if not waiting and not open_permits:
        return ()
    called = scope_names(db, year)
    notices = [
        Locked(
            _("Khóa {what}").format(what=scope_words(lock.scope, called)),
            lock.starts or today,
            is_permit=False,
        )
        for lock in waiting
    ]
    notices += [
        Locked(
            _("Đang mở {what}").format(what=scope_words(permit.scope, called)), permit.expires, is_permit=True
        )
        for permit in open_permits
    ]
    return tuple(sorted(notices, key=lambda locked: locked.day))
