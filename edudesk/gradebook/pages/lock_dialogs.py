"""Two windows of the locks' list: locking the school or a grade from a day on, and opening one lock by a permit."""

from __future__ import annotations

from dataclasses import replace

from edudesk.gradebook.entry.lock_dialog import REASON, PermitDialog
from edudesk.gradebook.entry.page_key import term_words
from edudesk.gradebook.register.locks import lock_marks
from edudesk.gradebook.rules.locks import Lock, Scope
from edudesk.kernel.access import actor_words
from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.change import Step
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import N_, _
from edudesk.school.programme import subject
from edudesk.school.store import classes
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems

SCHOOL, EVERY = "school", "all"


class CalendarDialog(FormDialog):
    """Locks the whole school or a grade, a term or the year, one subject or all, from a day on."""

    def __init__(self, desk: Desk) -> None:
        sentence = _(
            "Từ ngày ấy, không ai sửa được điểm, nhận xét và rèn luyện thuộc phạm vi này nếu không có phiếu."
        )
        super().__init__(
            _("Khóa sổ theo lịch"),
            _fields(desk),
            yes=_("Đặt lịch khóa"),
            action=self._lock,
            sentence=sentence,
        )
        self._desk = desk

    def begin(self) -> None:
        """Open for the school, the term on the desk, every subject."""
        self.start({"who": SCHOOL, "term": str(self._desk.term), "subject": EVERY})

    def _lock(self, values: dict[str, Value], problems: OnProblems) -> Step | None:
        starts, reason = parse_date(str(values["starts"])), str(values["reason"])
        wanted = _scopes(self._desk.db, self._desk.year, values)
        step: Step | None = self._desk.do(
            lock_marks, wanted, reason=reason, starts=starts, on_problems=problems
        )
        if step is not None:
            day = show_date(starts) if starts else ""
            self._desk.toast(_("Đã đặt lịch khóa sổ từ {day}").format(day=day))
        return step


def _fields(desk: Desk) -> list[Field]:
    grades = sorted({school_class.grade for school_class in classes(desk.db, desk.year)})
    who = ((SCHOOL, _("Cả trường")), *((str(n), _("Khối {n}").format(n=n)) for n in grades))
    terms = tuple((str(term), term_words(term)) for term in (1, 2, 0))
    return [
        Field("who", N_("Phạm vi"), "choice", required=True, choices=who),
        Field("term", N_("Thời gian"), "choice", required=True, choices=terms),
        Field(
            "subject", N_("Môn học"), "choice", required=True, choices=subjects(desk.db, desk.year), width=300
        ),
        Field("starts", N_("Khóa từ ngày"), "date", required=True),
        REASON,
    ]


def subjects(db: Database, year: int) -> tuple[tuple[str, str], ...]:
    """All subjects, then each that the school has this year."""
    rows = db.all(
        "select code from subject_plan where year = ? and gone = 0 group by code order by min(position), code",
        (year,),
    )
    return ((EVERY, _("Mọi môn")), *((code, subject(code).name) for (code,) in rows))


def _scopes(db: Database, year: int, values: dict[str, Value]) -> list[Scope]:
    term = int(str(values["term"])) or None
    code = None if values["subject"] == EVERY else str(values["subject"])
    if values["who"] == SCHOOL:
        return [Scope(year, None, code, term)]
    grade = int(str(values["who"]))
    return [
        Scope(year, school_class.id, code, term)
        for school_class in classes(db, year)
        if school_class.grade == grade
    ]


def open_lock(desk: Desk, lock: Lock, what: str) -> None:
    """Offer a permit for all of a lock, or, where it spans more, for one of its classes."""
    scopes = {"all": (_("Cả khóa này: {what}").format(what=what), lock.scope)}
    if lock.scope.class_id is None:
        for school_class in classes(desk.db, desk.year):
            words = _("Chỉ lớp {name}").format(name=school_class.name)
            scopes[school_class.id] = words, replace(lock.scope, class_id=school_class.id)
    stored = _("Khóa từ {day} ({by}): {reason}.")
    message = stored.format(day=lock.since, by=actor_words(lock.by), reason=lock.reason.rstrip("."))
    PermitDialog(desk, scopes, message).begin("all" if len(scopes) == 1 else "")
