"""What people decided about primary pupils' years: kept with who, when and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from edudesk.gradebook.rules_decision import KINDS, OUTCOME, YES, check_decision
from edudesk.gradebook.store import require_present
from edudesk.gradebook.store_lock import require_office
from edudesk.gradebook.store_roll import YEAR, read_roll
from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Step, Value
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
        said = _("{by}, {day}").format(by=self.by, day=day)
        return f"{said}: {self.reason}" if self.reason else said


def decide(
    db: Database, class_id: str, pupil_id: str, kind: str, *, value: str | None, reason: str = ""
) -> Step:
    """Set or (None) take back a decision about a pupil's year. An outcome is the office's or the principal's to write.

    Raises Refused: DECISION_VALUE, DECISION_REASON, DECISION_KIND, LOCK_STANDING, NOT_PRIMARY, NOT_ENROLLED, PUPIL_LEFT.
    """
    roll = read_roll(db, class_id)
    problems = check_decision(kind, value, reason, roll.grade)
    if not roll.primary:
        problems.append(Problem("NOT_PRIMARY", _("Chỉ lớp tiểu học có quyết định này."), roll.class_name))
    if problems:
        raise Refused(*problems)
    require_present(roll, pupil_id, YEAR)
    if kind == OUTCOME:
        require_office(db, _("Chỉ văn phòng hoặc hiệu trưởng ghi quyết định của hiệu trưởng."))
    row = name_id("year_decision", pupil_id, roll.year, kind)
    stored = db.row("year_decision", row)
    if value is None and (stored is None or stored["value"] is None):
        return db.do(Step(_(KINDS[kind]), ()))
    fields: dict[str, Value] = {
        "value": value,
        "reason": squeeze(reason) or None,
        "decided_by": db.author.actor,
        "decided_at": db.wall(),
    }
    if stored is None:
        fields |= {"pupil_id": pupil_id, "year": roll.year, "class_id": class_id, "kind": kind}
    changes = db.put("year_decision", row, **fields)
    return db.do(Step(_(KINDS[kind]), changes, squeeze(reason)))


def tick(db: Database, class_id: str, pupil_id: str, kind: str, *, on: bool) -> Step:
    """Set or clear one of the two marks of a title. Raises Refused as `decide`."""
    return decide(db, class_id, pupil_id, kind, value=YES if on else None)


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
