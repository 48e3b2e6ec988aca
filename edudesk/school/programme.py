"""The subjects of the 2018 programme (“Chương trình giáo dục phổ thông 2018”), as proposals for a school's own plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.regulation import RuleTable, rule_file_by_code
from edudesk.kernel.text import heading_key
from edudesk.kernel.words import _

CODE = "GDPT2018"
KINDS = ("score", "comment")
TAKEN = ("all", "chosen", "optional")
_FIRST_GRADE = {"tieu_hoc": 1, "thcs": 6, "thpt": 10}


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject or activity: its code, its name, its name in a narrow column, other names seen in schools' files."""

    code: str
    name: str
    short: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedSubject:
    """A subject as the programme proposes it for a grade.

    `periods` a year; `kind` "score" or "comment"; `taken` by "all", by those who "chosen" it, or "optional";
    `tested` whether primary school tests it at the end of a term; `verified` against the original.
    """

    code: str
    name: str
    short: str
    periods: int
    kind: str
    taken: str
    position: int
    tested: bool
    verified: bool


@lru_cache(maxsize=1)
def subjects() -> dict[str, Subject]:
    """Every subject by its code. Raises Refused with the holes of the file."""
    table = rule_file_by_code(CODE).table
    rows = table.table("subjects")
    courses = {
        code: _subject(code, rows.table(code)) for code in rows.names() if code not in ("article", "verified")
    }
    table.finish()
    return courses


def subject(code: str) -> Subject:
    """A subject by its code. Raises Refused SUBJECT_UNKNOWN."""
    course = subjects().get(code)
    if course is None:
        message = _("Không có môn “{code}”.").format(code=code[:40])
        known = ", ".join(subjects())
        raise Refused(Problem("SUBJECT_UNKNOWN", message, next=_("Các mã môn: {known}.").format(known=known)))
    return course


def subject_named(text: str) -> Subject | None:
    """The subject of that code, name, short name or other name, however it is spelled."""
    return _by_heading().get(heading_key(text))


@lru_cache(maxsize=16)
def proposed_subjects(grade: int) -> tuple[ProposedSubject, ...]:
    """What the programme proposes for a grade, 1 to 12, in the order of a register; () for no such grade."""
    level = next((key for key, first in reversed(_FIRST_GRADE.items()) if grade >= first), None)
    if level is None or grade > 12:
        return ()
    table = rule_file_by_code(CODE).table
    rows = table.table("levels").table(level).tables("subjects")
    proposals = [_proposal(row, grade - _FIRST_GRADE[level], grade, n) for n, row in enumerate(rows, 1)]
    table.finish()
    return tuple(proposal for proposal in proposals if proposal.periods)


def _subject(code: str, row: RuleTable) -> Subject:
    aliases = row.texts("aliases") if row.has("aliases") else ()
    return Subject(code, row.text("name"), row.text("short"), aliases)


def _proposal(row: RuleTable, place: int, grade: int, position: int) -> ProposedSubject:
    known = subject(row.text("code"))
    periods = row.wholes("periods")
    return ProposedSubject(
        code=known.code,
        name=row.text("name") if row.has("name") else known.name,
        short=known.short,
        periods=periods[place] if place < len(periods) else 0,
        kind=row.choice("kind", KINDS),
        taken=row.choice("taken", TAKEN),
        position=position,
        tested=row.has("tested") and grade in row.wholes("tested"),
        verified=row.flag("verified"),
    )


@lru_cache(maxsize=1)
def _by_heading() -> dict[str, Subject]:
    courses: dict[str, Subject] = {}
    for course in subjects().values():
        for name in (course.code, course.name, course.short, *course.aliases):
            courses.setdefault(heading_key(name), course)
    return courses
