"""Decisions about primary pupils' years, stored with who, when and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from edudesk.gradebook.register.locks import require_office
from edudesk.gradebook.register.marks import require_present
from edudesk.gradebook.register.roll import YEAR, Roll, read_roll
from edudesk.gradebook.rules.decisions import OUTCOME, check_decision
from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Change, Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import _
from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: its kind, what was decided (an outcome, or YES), why, by whom and when (the PC's time)."""

    kind: str
    value: str
    reason: str
    by: str
    at: str

    @property
    def words(self) -> str:
        """“office, 22/05/2027: lí do”."""
        day = show_date(dt.date.fromisoformat(self.at[:10]))
        message = _("{by}, {day}").format(by=self.by, day=day)
        return f"{message}: {self.reason}" if self.reason else message


def decide(
    db: Database, class_id: str, pupil_id: str, wanted: Mapping[str, str | None], *, reason: str = ""
) -> Step:
    """Set or (None) take back decisions about a pupil's year, kind → value, as one Step; what stands is not written.

    The reason is that of an outcome, which the office or the principal alone may write. Raises Refused: DECISION_VALUE,
    DECISION_REASON, DECISION_KIND, LOCK_STANDING, NOT_PRIMARY, NOT_ENROLLED, PUPIL_LEFT.
    """
    roll = read_roll(db, class_id)
    problems = [p for kind, value in wanted.items() for p in check_decision(kind, value, reason, roll.grade)]
    if not roll.shape.decided:
        problems.append(Problem("NOT_PRIMARY", _("Chỉ lớp tiểu học có quyết định này."), roll.class_name))
    if problems:
        raise Refused(*problems)
    require_present(roll, pupil_id, YEAR)
    changes = [
        c for kind, value in wanted.items() for c in _change(db, roll, pupil_id, kind, (value, reason))
    ]
    return db.do(Step(_("Ghi xét cuối năm"), tuple(changes), squeeze(reason)))


def _change(
    db: Database, roll: Roll, pupil_id: str, kind: str, record: tuple[str | None, str]
) -> tuple[Change, ...]:
    value, reason = record[0], (squeeze(record[1]) or None) if kind == OUTCOME and record[0] else None
    row = name_id("year_decision", pupil_id, roll.year, kind)
    stored = db.row("year_decision", row)
    if (stored["value"], stored["reason"]) == (value, reason) if stored else value is None:
        return ()
    if kind == OUTCOME:
        require_office(db, _("Chỉ văn phòng hoặc hiệu trưởng ghi quyết định của hiệu trưởng."))
    fields: dict[str, Value] = {
        "value": value,
        "reason": reason,
        "decided_by": db.author.actor,
        "decided_at": db.wall(),
    }
    if stored is None:
        fields |= {"pupil_id": pupil_id, "year": roll.year, "class_id": roll.class_id, "kind": kind}
    return db.upsert("year_decision", row, **fields)


def read_decisions(db: Database, year: int, *, class_id: str | None) -> dict[str, dict[str, Decision]]:
    """pupil → kind → decision: of a class, or of the whole school."""
    only = "" if class_id is None else "and class_id = ?"
    found: dict[str, dict[str, Decision]] = {}
    for pupil, kind, value, reason, by, at in db.all(
        f"""select pupil_id, kind, value, reason, decided_by, decided_at from year_decision
        where year = ? and gone = 0 and value is not null
        and pupil_id in (select pupil_id from enrolment where year = ? and gone = 0 {only})""",
        (year, year) if class_id is None else (year, year, class_id),
    ):
        decision = Decision(kind, value, str(reason or ""), str(by or ""), str(at or ""))
        found.setdefault(pupil, {})[kind] = decision
    return found
