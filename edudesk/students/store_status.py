"""What became of a pupil, and which subjects of choice they take; one Step per write."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.students.fields import STATUSES


def set_status(db: Database, pupil_id: str, year: int, kind: str, on: dt.date, *, note: str = "") -> Step:
    """Say what became of a pupil and when. Raises Refused STATUS_KIND, STATUS_DATE."""
    known = dict(STATUSES)
    if kind not in known:
        raise Refused(Problem("STATUS_KIND", _("Không có trạng thái này."), next=_("Chọn trong danh sách.")))
    span = db.one("select starts, ends from school_year where year = ? and gone = 0", (year,))
    if span and not span[0] <= on.isoformat() <= f"{year + 1}-08-31":
        message = _("Ngày {day} không thuộc năm học này.").format(day=show_date(on))
        raise Refused(Problem("STATUS_DATE", message, next=_("Chọn ngày trong năm học."), field="on_date"))
    row = name_id("status_event", pupil_id, year, kind, on.isoformat())
    changes = db.upsert(
        "status_event",
        row,
        pupil_id=pupil_id,
        year=year,
        kind=kind,
        on_date=on.isoformat(),
        note=note or None,
    )
    return db.do(Step(_("Đổi trạng thái: {status}").format(status=_(known[kind])), changes))


def status_events(db: Database, pupil_id: str) -> list[tuple[str, str, str]]:
    """(ISO day, status code, note) of a pupil, oldest first."""
    return [
        (day, kind, note or "")
        for day, kind, note in db.all(
            "select on_date, kind, note from status_event where pupil_id = ? and gone = 0 order by on_date",
            (pupil_id,),
        )
    ]


def elective_choices(
    db: Database, year: int, pupil_ids: Sequence[str]
) -> dict[tuple[str, str], tuple[bool, bool]]:
    """(pupil, subject) → (takes it, takes its chuyên đề), for those who have said."""
    wanted = set(pupil_ids)
    rows = db.all("select pupil_id, code, takes, topics from elective where year = ? and gone = 0", (year,))
    return {
        (pupil, code): (bool(takes), bool(topics)) for pupil, code, takes, topics in rows if pupil in wanted
    }


def choose_elective(
    db: Database, year: int, pupil_id: str, code: str, *, takes: bool, topics: bool = False
) -> Step:
    """Whether a pupil takes a subject of choice. A guard refuses to drop one with marks."""
    row = name_id("elective", pupil_id, year, code)
    changes = db.upsert(
        "elective", row, pupil_id=pupil_id, year=year, code=code, takes=int(takes), topics=int(topics)
    )
    return db.do(Step(_("Chọn môn học của học sinh"), changes))


def save_subject_of_choice(
    db: Database, class_id: str, code: str, *, teacher_id: str | None, taken: str, topics: bool
) -> Step:
    """Like `save_class_subject`, and everybody in the class who has not said takes the subject, in one Step."""
    lesson = name_id("class_subject", class_id, code)
    changes = db.update("class_subject", lesson, teacher_id=teacher_id, taken=taken, topics=int(topics))
    silent = db.all(
        """select e.pupil_id, e.year from enrolment e where e.class_id = ? and e.gone = 0 and not exists
        (select 1 from elective x where x.pupil_id = e.pupil_id and x.year = e.year and x.code = ? and x.gone = 0)""",
        (class_id, code),
    )
    for pupil, year in silent:
        row = name_id("elective", pupil, year, code)
        changes += db.upsert("elective", row, pupil_id=pupil, year=year, code=code, takes=1, topics=0)
    return db.do(Step(_("Phân công giảng dạy"), changes))
