"""What the program's own data say of an item: a number with the question it answers, and points where they follow.

Each is a proposal and not the law: the decision gives a maximum and lets the school score itself. A slice that comes
later adds its own to `PROPOSALS`.
"""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.dx.editions.rules import Index
from edudesk.dx.proposed import Ask, Found
from edudesk.dx.teaching.proposals import TEACHING
from edudesk.gradebook.register.filled import completeness
from edudesk.kernel.words import _
from edudesk.labs.store_machines import machines
from edudesk.labs.store_timetable import check_labs
from edudesk.premises.fields import LEARNING
from edudesk.premises.store import rooms
from edudesk.school.rules import LEVEL_NAMES
from edudesk.storage.database import Database

STUDIO = "STUDIO"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Points in tenths, None where the number says something but no points follow; `words` say what was counted."""

    points: int | None
    words: str


def proposals(db: Database, year: int, index: Index) -> dict[str, Proposal]:
    """By item code, of those the data say something about."""
    finds = {code: ask(db, year) for code, ask in PROPOSALS.items() if code in index.items}
    return {
        code: _proposal(find, index.items[code].maximum, index.step) for code, find in finds.items() if find
    }


def _proposal(find: Found, maximum: int, step: int) -> Proposal:
    if not find.scores or not find.asked:
        return Proposal(None, find.words)
    share = maximum * min(find.held, find.asked) // find.asked
    return Proposal(share - share % step, find.words)


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
    columns = [filling for term in (1, 2) for filling in completeness(db, year, term)]
    count, asked = sum(filling.held for filling in columns), sum(filling.owed for filling in columns)
    words = _("Sổ điểm: {held}/{asked} đầu điểm của năm học đã nhập.").format(held=count, asked=asked)
    return Found(count, asked, words) if count else None


def _staff(db: Database, _year: int) -> Found | None:
    asked = int(db.value("select count(*) from staff where gone = 0 and coalesce(works, 1) = 1", (), 0))
    count = int(
        db.value(
            "select count(*) from staff where gone = 0 and coalesce(works, 1) = 1 and coalesce(role, '') <> ''",
            (),
            0,
        )
    )
    words = _("Danh sách nhân sự: {held}/{asked} người có hồ sơ ghi vị trí công tác.").format(
        held=count, asked=asked
    )
    return Found(count, asked, words) if asked else None


def _teachers_online(db: Database, _year: int) -> Found | None:
    row = db.one(
        """select count(*), count(nullif(email, '')) from staff
        where gone = 0 and coalesce(works, 1) = 1 and role in ('GV', 'HT', 'PHT')"""
    )
    asked, held = row or (0, 0)
    words = _("{held}/{asked} giáo viên có địa chỉ thư điện tử trong hồ sơ; tài khoản bồi dưỡng phải tự đếm.")
    return Found(held, asked, words.format(held=held, asked=asked), scores=False) if asked else None


# -- rooms and machines


def _rooms_online(db: Database, _year: int) -> Found | None:
    places = [room for room in rooms(db) if room.kind in LEARNING]
    count, asked = sum(room.projector and room.internet for room in places), len(places)
    words = _("Phòng học: {held}/{asked} phòng có thiết bị trình chiếu và Internet.").format(
        held=count, asked=asked
    )
    return Found(count, asked, words) if asked else None


def _labs(db: Database, year: int) -> Found | None:
    """The worst room of each level; how many points a level of equipment is worth stands nowhere, so none follow."""
    worst = [(check, check.worst.ratio) for check in check_labs(db, year) if check.worst is not None]
    words = _("{school}: phòng máy kém nhất {ratio} học sinh một máy, {level}.")
    lines = [
        words.format(
            school=_(LEVEL_NAMES[check.level]),
            ratio=(ratio.pupils_per_computer or "–").replace(".", ","),
            level=_("đạt mức 2") if check.meets else _("chưa đạt mức 2"),
        )
        for check, ratio in worst
        if ratio is not None
    ]
    return (
        Found(sum(check.meets for check, _ratio in worst), len(worst), " ".join(lines), scores=False)
        if lines
        else None
    )


def _studio(db: Database, _year: int) -> Found | None:
    places = rooms(db)
    count = sum(room.kind == STUDIO for room in places)
    words = _("Cơ sở vật chất: {n} phòng làm học liệu số.").format(n=count)
    return Found(min(count, 1), 1, words) if places else None


def _facility(db: Database, _year: int) -> Found | None:
    places, count = rooms(db), len(machines(db))
    words = _("Cơ sở vật chất: đã ghi {rooms} phòng, {machines} máy tính.").format(
        rooms=len(places), machines=count
    )
    return Found(1, 1, words) if places else None


PROPOSALS: dict[str, Ask] = {
    **TEACHING,
    "1.7.1": _rooms_online,
    "1.7.2": _labs,
    "1.7.3": _studio,
    "2.3.5": _facility,
    "1.6.1": _teachers_online,
    "2.3.2": _pupils,
    "2.3.3": _marks,
    "2.3.4": _staff,
}
