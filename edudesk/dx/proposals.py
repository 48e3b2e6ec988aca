"""What the program's own data say of an item: a number with the question it answers, and points where they follow.

Each is a proposal and not the law: the decision gives a maximum and lets the school score itself. A slice that comes
later adds its own to `PROPOSALS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from edudesk.dx.rules_index import Index
from edudesk.gradebook.store_filled import completeness
from edudesk.kernel.words import _
from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Found:
    """`held` of `asked` things (`words` say which); `scores` when the share may stand for the item's points."""

    held: int
    asked: int
    words: str
    scores: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """Points in tenths, None where the number says something but no points follow; `words` say what was counted."""

    points: int | None
    words: str


Ask = Callable[[Database, int], Found | None]


def proposals(db: Database, year: int, index: Index) -> dict[str, Proposal]:
    """By item code, of those the data say something about."""
    found = {code: ask(db, year) for code, ask in PROPOSALS.items() if code in index.items}
    return {code: _proposal(one, index.items[code].maximum, index.step) for code, one in found.items() if one}


def _proposal(found: Found, maximum: int, step: int) -> Proposal:
    if not found.scores or not found.asked:
        return Proposal(None, found.words)
    share = maximum * min(found.held, found.asked) // found.asked
    return Proposal(share - share % step, found.words)


# -- what is asked


def _pupils(db: Database, year: int) -> Found | None:
    row = db.one(
        """select count(*), count(nullif(p.personal_number, '')) from enrolment e join pupil p on p.id = e.pupil_id
        where e.year = ? and e.gone = 0 and p.gone = 0""",
        (year,),
    )
    asked, held = row or (0, 0)
    words = _("Hồ sơ học sinh: {held}/{asked} em có số định danh cá nhân.").format(held=held, asked=asked)
    return Found(held, asked, words) if asked else None


def _marks(db: Database, year: int) -> Found | None:
    columns = [one for term in (1, 2) for one in completeness(db, year, term)]
    held, asked = sum(one.held for one in columns), sum(one.owed for one in columns)
    words = _("Sổ điểm: {held}/{asked} đầu điểm của năm học đã nhập.").format(held=held, asked=asked)
    return Found(held, asked, words) if held else None


def _staff(db: Database, _year: int) -> Found | None:
    asked = int(db.value("select count(*) from staff where gone = 0 and coalesce(works, 1) = 1", (), 0))
    held = int(
        db.value(
            "select count(*) from staff where gone = 0 and coalesce(works, 1) = 1 and coalesce(role, '') <> ''",
            (),
            0,
        )
    )
    words = _("Danh sách nhân sự: {held}/{asked} người có hồ sơ ghi vị trí công tác.").format(
        held=held, asked=asked
    )
    return Found(held, asked, words) if asked else None


def _teachers_online(db: Database, _year: int) -> Found | None:
    row = db.one(
        """select count(*), count(nullif(email, '')) from staff
        where gone = 0 and coalesce(works, 1) = 1 and role in ('GV', 'HT', 'PHT')"""
    )
    asked, held = row or (0, 0)
    words = _("{held}/{asked} giáo viên có địa chỉ thư điện tử trong hồ sơ; tài khoản bồi dưỡng phải tự đếm.")
    return Found(held, asked, words.format(held=held, asked=asked), scores=False) if asked else None


PROPOSALS: dict[str, Ask] = {
    "1.6.1": _teachers_online,
    "2.3.2": _pupils,
    "2.3.3": _marks,
    "2.3.4": _staff,
}
