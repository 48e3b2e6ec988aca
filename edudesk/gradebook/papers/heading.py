"""The frame of every paper of the gradebook: school, class, year, term, who signs, on which day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from edudesk.gradebook.register.roll import YEAR, Roll
from edudesk.gradebook.register.sealed_pages import page_seal
from edudesk.gradebook.rules.words import word_of
from edudesk.gradebook.seals.verifying import verify_seal
from edudesk.kernel import clock
from edudesk.kernel.calendar import year_name
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import N_, _
from edudesk.paper.blocks import Block, Letterhead, Space, Text
from edudesk.paper.pen import Style
from edudesk.school.store import SchoolLetterhead, letterhead
from edudesk.staff.store import names
from edudesk.storage.database import Database

NOT_YET = N_("chưa có")  # what cannot be worked out while marks are owed; the screen says the same


@dataclass(frozen=True, slots=True)
class Frame:
    """The letterhead of the school, the names of its staff by identity, and the day of the paper."""

    head: SchoolLetterhead
    staff: Mapping[str, str]
    day: dt.date

    @property
    def block(self) -> Letterhead:
        """The top of a paper."""
        return Letterhead(self.head.authority, self.head.school)

    def name(self, staff_id: str | None) -> str:
        """The name of somebody who signs; "" where it is not known."""
        return self.staff.get(staff_id or "", "")


def read_frame(db: Database, *, day: dt.date | None = None) -> Frame:
    """Gather the frame; the day is today unless given."""
    return Frame(letterhead(db), names(db), day or clock.today())


def season(roll: Roll, term: int) -> str:
    """“Lớp 9A2 – Học kì I – Năm học 2026–2027”."""
    term_words = _("Cả năm") if term == YEAR else _("Học kì {term}").format(term="I" * term)
    words = _("Lớp {name} – {term} – Năm học {year}")
    return words.format(name=roll.class_name, term=term_words, year=year_name(roll.year))


class _Line(Protocol):
    """What a line of results says of whose it is."""

    @property
    def pupil_id(self) -> str: ...
    @property
    def owes(self) -> bool: ...


Line = TypeVar("Line", bound=_Line)


def of_pupil(lines: Sequence[Line], pupil_id: str | None) -> list[Line]:
    """The line of one pupil, or (None) of each who is there. Raises Refused NOT_ENROLLED, SLIP_NOBODY."""
    wanted = [one for one in lines if (one.owes if pupil_id is None else one.pupil_id == pupil_id)]
    if wanted:
        return wanted
    code = "SLIP_NOBODY" if pupil_id is None else "NOT_ENROLLED"
    raise Refused(Problem(code, _("Không có học sinh nào để in phiếu."), next=_("Xem lại danh sách lớp.")))


def seal_line(db: Database, roll: Roll, term: int, code: str | None) -> str:
    """The seal of a page of a term, "" where there is none or the page no longer says what was sealed."""
    seal = page_seal(db.all, roll.year, roll.class_id, code=code, term=term)
    if seal is None:
        return ""
    if verify_seal(db, seal.code).changes:
        words = _("Đã niêm phong ngày {day}, nhưng trang này nay đã khác lúc niêm phong.")
        return words.format(day=seal.day)
    return _("Mã niêm phong: {seal}, ngày {day}").format(seal=seal.code, day=seal.day)


def foot(seal: str) -> list[Block]:
    """The line of a seal at the foot of a paper; nothing where there is none."""
    return [Space(2), Text(seal, Style(11, bold=True, align="center"))] if seal else []


def tally(codes: Iterable[str | None], words: Mapping[str, str]) -> str:
    """How many of each: "Tốt 15, Khá 19"; codes without anybody are left out."""
    counted = Counter(codes)
    return ", ".join(f"{word_of(dict(words), code)} {counted[code]}" for code in words if counted[code])
