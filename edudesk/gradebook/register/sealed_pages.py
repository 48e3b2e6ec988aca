"""Reads which pages are sealed (“niêm phong”), without their content; no unlock permit opens them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from edudesk.gradebook.rules.locks import Lock, Scope
from edudesk.kernel.calendar import show_date
from edudesk.storage.slice_tables import Reader


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal: its `code` as people read it, what it seals, why, who and when (the PC's time).

    `opened` is the row that opened it, None while it holds.
    """

    id: str
    code: str
    scope: Scope
    reason: str
    by: str
    at: str
    opened: Opening | None = None

    @property
    def day(self) -> str:
        """The day it was set, as people read it."""
        return show_date(dt.date.fromisoformat(self.at[:10]))


@dataclass(frozen=True, slots=True)
class Opening:
    """Who opened a seal, when and why."""

    reason: str
    by: str
    at: str

    @property
    def day(self) -> str:
        """The day, as people read it."""
        return show_date(dt.date.fromisoformat(self.at[:10]))


_READ = "select id, seal, year, class_id, code, term, reason, sealed_by, sealed_at, breaks from seal where gone = 0"


def read_seals(read: Reader, year: int | None = None, *, code: str | None = None) -> list[Seal]:
    """The seals of a year, or those of a code, in the order they were set; opened ones too."""
    where, params = ("and year = ?", (year,)) if code is None else ("", ())
    rows = read(f"{_READ} {where} order by sealed_at, rowid", params)
    opened = {str(row[9]): Opening(*map(str, row[6:9])) for row in rows if row[9]}
    return [_seal(row, opened.get(str(row[0]))) for row in rows if not row[9] and code in (None, row[1])]


def _seal(row: tuple[object, ...], opened: Opening | None) -> Seal:
    scope = Scope(*row[2:6])  # type: ignore[arg-type]
    reason, by, at = map(str, row[6:9])
    return Seal(str(row[0]), str(row[1]), scope, reason, by, at, opened)


def seal_locks(read: Reader, year: int) -> list[Lock]:
    """The seals in force, as locks that no permit opens."""
    return [
        Lock(seal.id, seal.scope, seal.reason, seal.by, seal.at, seal=seal.code)
        for seal in read_seals(read, year)
        if seal.opened is None
    ]


def page_seal(read: Reader, year: int, class_id: str, *, code: str | None, term: int) -> Seal | None:
    """The seal that holds a page of a class: its own, or one of the whole class; None when there is none."""
    page = Scope(year, class_id, code, term)
    seals = [seal for seal in read_seals(read, year) if seal.opened is None and page.within(seal.scope)]
    return max(seals, key=lambda seal: seal.scope == page, default=None)


def last_opening(read: Reader, page: Scope) -> str | None:
    """The identity of the row that last opened a seal of just this page; None when none was."""
    place = (page.year, page.class_id, page.code, page.term)
    where = "year = ? and class_id is ? and code is ? and term is ? and breaks is not null and gone = 0"
    rows = read(f"select id from seal where {where} order by sealed_at, id", place)
    return str(rows[-1][0]) if rows else None
