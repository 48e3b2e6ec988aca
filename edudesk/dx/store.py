"""The self-score of a year as it is kept: points, who answers for them, and how far the report has come."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from edudesk.dx.editions.rules import IndexEntry, entries
from edudesk.dx.editions.store import Edition, edition_of
from edudesk.dx.rules_score import Result, check_points, judge
from edudesk.kernel import checks, clock
from edudesk.kernel.change import Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.ids import name_id
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import N_, _
from edudesk.staff.store import names
from edudesk.storage.database import Database

STAGES = {
    "new": N_("Chưa bắt đầu"),
    "scoring": N_("Đang tự chấm"),
    "approved": N_("Đã phê duyệt"),
    "sent": N_("Đã báo cáo"),
}
NOTE = Field("note", N_("Ghi chú"), stored=checks.NOTE)
PLAN = Field(
    "plan",
    N_("Kế hoạch đánh giá (có thể lồng ghép kế hoạch ứng dụng CNTT)"),
    width=240,
    stored=checks.NOTE,
)
PRINCIPAL = Field("principal", N_("Người phê duyệt (thủ trưởng)"), width=240)
RECEIVER = Field("to", N_("Nơi nhận"), width=240)
NUMBER = Field("number", N_("Số báo cáo"))
TABLES = ("dx_score", "dx_evidence", "dx_edition", "dx_report")


@dataclass(frozen=True, slots=True)
class ScoreLine(IndexEntry):
    """A line of the index with its points in tenths (None while nobody scored it), or whether the condition is met
    (None while nobody answered). `last` is what the former year gave it."""

    points: int | None
    met: bool | None
    staff_id: str
    staff: str
    note: str
    evidence: int
    last: int | None

    @property
    def open(self) -> bool:
        """Whether nobody scored or answered it yet."""
        return (self.points if self.item else self.met) is None


@dataclass(frozen=True, slots=True)
class Report:
    """How far a year's self-score has come; dates are ISO, blank until then."""

    started: bool
    plan: str = ""
    planned_on: str = ""
    principal: str = ""
    approved_by: str = ""
    approved_at: str = ""
    number: str = ""
    sent_to: str = ""
    sent_on: str = ""

    @property
    def stage(self) -> str:
        """new, scoring, approved or sent."""
        if self.sent_on:
            return "sent"
        return "approved" if self.approved_at else "scoring" if self.started else "new"


@dataclass(frozen=True, slots=True)
class SelfScore:
    """All of one year. `last` is the former year's result by the same edition, None where there is none."""

    year: int
    edition: Edition
    lines: tuple[ScoreLine, ...]
    result: Result
    last: Result | None
    report: Report
    due: dt.date

    @property
    def draft_because(self) -> tuple[str, ...]:
        """Why a paper of it is a draft; empty when it is official."""
        reasons = [problem.message for problem in self.edition.problems]
        if not self.report.approved_at:
            reasons.append(_("Hiệu trưởng chưa phê duyệt kết quả tự đánh giá."))
        return tuple(reasons)

    @property
    def open(self) -> tuple[ScoreLine, ...]:
        """What nobody scored or answered yet."""
        return tuple(line for line in self.lines if line.open)


Row = tuple[Any, ...]


def self_score(db: Database, year: int) -> SelfScore:
    """Read a year; one nobody began has every line open."""
    edition = edition_of(db, year)
    rows, last = _rows(db, year), _rows(db, year - 1)
    people = names(db)
    pieces = Counter(
        item for (item,) in db.all("select item from dx_evidence where year = ? and gone = 0", (year,))
    )
    lines = tuple(_lines(edition, rows, last, (people, pieces)))
    former = _result(edition, last) if any(points is not None for points, *_rest in last.values()) else None
    return SelfScore(
        year, edition, lines, _result(edition, rows), former, read_report(db, year), _due(db, year, edition)
    )


def _due(db: Database, year: int, edition: Edition) -> dt.date:
    """The day the school was given, else that of the index in the year's second half."""
    own = db.setting(f"dx.due.{year}", "")
    month, day = edition.index.due
    return dt.date.fromisoformat(own) if own else dt.date(year + 1, month, day)


def _rows(db: Database, year: int) -> dict[str, Row]:
    """(points, met, staff, note) by item or condition."""
    sql = "select item, points, met, staff_id, note from dx_score where year = ? and gone = 0"
    return {item: tuple(rest) for item, *rest in db.all(sql, (year,))}


def _result(edition: Edition, rows: Mapping[str, Row]) -> Result:
    points = {code: row[0] for code, row in rows.items() if row[0] is not None}
    return judge(edition.index, points, {code: bool(row[1]) for code, row in rows.items()})


def _lines(
    edition: Edition,
    rows: Mapping[str, Row],
    last: Mapping[str, Row],
    more: tuple[Mapping[str, str], Counter[str]],
) -> Iterator[ScoreLine]:
    people, pieces = more
    nothing: Row = (None, None, None, None)
    for entry in entries(edition.index):
        points, met, staff_id, note = rows.get(entry.code, nothing)
        yield ScoreLine(
            entry.group,
            entry.criterion,
            entry.item,
            points,
            None if met is None else bool(met),
            staff_id or "",
            people.get(staff_id or "", ""),
            note or "",
            pieces[entry.code],
            last.get(entry.code, nothing)[0],
        )


def read_report(db: Database, year: int) -> Report:
    """How far the year's report has come."""
    fields = "planned_on, plan, principal, approved_by, approved_at, number, sent_to, sent_on"
    row = db.one(f"select {fields} from dx_report where year = ? and gone = 0", (year,))
    planned, plan, *rest = (one or "" for one in row or ("",) * 8)
    return Report(bool(planned), plan, planned, *rest)


# -- scoring


def score_item(db: Database, year: int, code: str, points: int | None) -> Step:
    """Give an item points (tenths), or none yet. Raises Refused DX_ITEM, DX_MAXIMUM, DX_STEP, DX_APPROVED."""
    index = edition_of(db, year).index
    item = index.items.get(code)
    if item is None:
        raise _unknown(code)
    problem = None if points is None else check_points(item, points, step=index.step)
    if problem:
        raise Refused(problem)
    return _write(db, year, code, _("Chấm điểm mục {code}"), points=points)


def answer_condition(db: Database, year: int, code: str, met: bool | None) -> Step:
    """Say whether a mandatory condition is met. Raises Refused DX_ITEM, DX_APPROVED."""
    if code not in {criterion.code for criterion in edition_of(db, year).index.conditions}:
        raise _unknown(code)
    return _write(db, year, code, _("Trả lời điều kiện {code}"), met=None if met is None else int(met))


def set_responsible(db: Database, year: int, code: str, staff_id: str | None) -> Step:
    """Who answers for an item or a condition."""
    return _write(db, year, code, _("Phân công mục {code}"), staff_id=staff_id or None)


def set_note(db: Database, year: int, code: str, note: str) -> Step:
    """What is said beside the points."""
    return _write(db, year, code, _("Ghi chú mục {code}"), note=NOTE.parse(note))


def _write(db: Database, year: int, code: str, label: str, **fields: Value) -> Step:
    row = name_id("dx_score", year, code)
    return db.do(Step(label.format(code=code), db.upsert("dx_score", row, year=year, item=code, **fields)))


def _unknown(code: str) -> Refused:
    message = _("Bộ chỉ số không có mục “{code}”.").format(code=code[:20])
    return Refused(Problem("DX_ITEM", message, next=_("Xem mã các mục ở trang Chuyển đổi số.")))


# -- the report


def start(db: Database, year: int, *, plan: str = "", planned_on: str = "", due: str = "") -> Step:
    """Begin a year's self-score, or change its plan (“kế hoạch đánh giá”), since when, and by when (ISO) it is due."""
    day = planned_on or clock.today().isoformat()
    fields = {"plan": PLAN.parse(plan), "planned_on": day}
    changes = db.upsert("dx_report", name_id("dx_report", year), year=year, **fields)
    if due and due != self_score(db, year).due.isoformat():
        changes += db.put_setting(f"dx.due.{year}", due)
    return db.do(Step(_("Kế hoạch tự chấm chuyển đổi số"), changes))


def approve(db: Database, year: int, *, principal: str) -> Step:
    """The principal approves the result. Raises Refused DX_OPEN while something is not scored, DX_WHO, DX_MAXIMUM."""
    score = self_score(db, year)
    problems = [*_open_problems(score), *PRINCIPAL.problems(principal)]
    if not squeeze(principal):
        message = _("Thiếu tên người phê duyệt.")
        problems.append(Problem("DX_WHO", message, next=_("Gõ họ và tên."), field="principal"))
    if problems:
        raise Refused(*problems)
    return _report(
        db,
        year,
        _("Phê duyệt kết quả tự chấm"),
        principal=squeeze(principal),
        approved_by=db.author.actor,
        approved_at=db.wall(),
    )


def _open_problems(score: SelfScore) -> list[Problem]:
    wrong = [
        check_points(line.item, line.points, step=score.edition.index.step)
        for line in score.lines
        if line.item and line.points is not None
    ]
    problems = [problem for problem in wrong if problem]
    if score.open:
        codes = ", ".join(line.code for line in score.open)
        message = _("Còn {n} mục chưa chấm: {codes}.").format(n=len(score.open), codes=codes)
        problems.append(
            Problem("DX_OPEN", message, next=_("Chấm hết rồi phê duyệt; mục chưa đạt thì chấm 0."))
        )
    return problems


def take_back_approval(db: Database, year: int) -> Step:
    """Open an approved result again; a report that was sent is not sent any more."""
    nothing = dict.fromkeys(("principal", "approved_by", "approved_at", "number", "sent_to", "sent_on"))
    return _report(db, year, _("Bỏ phê duyệt kết quả tự chấm"), **nothing)


def send(db: Database, year: int, *, to: str, number: str = "", on: str = "") -> Step:
    """The report went to the authority. Raises Refused DX_NOT_APPROVED, DX_WHO."""
    if not read_report(db, year).approved_at:
        message = _("Kết quả tự chấm chưa được phê duyệt.")
        raise Refused(Problem("DX_NOT_APPROVED", message, next=_("Phê duyệt trước khi báo cáo.")))
    if not squeeze(to):
        message = _("Thiếu nơi nhận báo cáo.")
        raise Refused(Problem("DX_WHO", message, next=_("Gõ tên cơ quan."), field="to"))
    if problems := (*RECEIVER.problems(to), *NUMBER.problems(number)):
        raise Refused(*problems)
    day = on or clock.today().isoformat()
    return _report(
        db, year, _("Ghi đã báo cáo"), sent_to=squeeze(to), number=squeeze(number) or None, sent_on=day
    )


def _report(db: Database, year: int, label: str, **fields: str | None) -> Step:
    return db.do(Step(label, db.upsert("dx_report", name_id("dx_report", year), year=year, **fields)))
