"""What a person decides about a primary pupil's year: the two marks of a title, and what becomes of who did not complete.

None of it is ever worked out: Điều 13 asks for what teachers and the class say, Điều 11 for the principal's word.
"""

from __future__ import annotations

from edudesk.gradebook.rules.primary import PrimaryRegulation, completed
from edudesk.kernel.errors import Problem
from edudesk.kernel.field import REASON
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import N_, _

OUTSTANDING, AGREES, OUTCOME = "outstanding", "class_agrees", "outcome"
KINDS = {
    OUTSTANDING: N_("Nổi bật hoặc tiến bộ rõ"),
    AGREES: N_("Tập thể lớp công nhận"),
    OUTCOME: N_("Quyết định của hiệu trưởng"),
}
YES = "1"
LAST_GRADE = 5
UP, DONE = "LEN_LOP", "HOAN_THANH_CHUONG_TRINH"
STAYS, NOT_DONE = "KHONG_LEN_LOP", "CHUA_HOAN_THANH"


def outcomes_of(grade: int) -> tuple[str, str]:
    """What a principal can decide in a grade: going up or staying; in the last one completed or not."""
    return (DONE, NOT_DONE) if grade == LAST_GRADE else (UP, STAYS)


def outcome_of(level: str | None, decided: str | None, grade: int) -> str | None:
    """What becomes of a pupil: who completed goes up (Điều 11); of others what the principal decided, None until then."""
    if level is None:
        return None
    return outcomes_of(grade)[0] if completed(level) else decided


def decision_wanted(level: str | None, decided: str | None) -> bool:
    """Whether the principal must still decide."""
    return level is not None and not completed(level) and decided is None


def title_wanted(level: str | None, *, regulation: PrimaryRegulation) -> bool:
    """Whether the two marks of HS Tiêu biểu count for a pupil of this level."""
    return level == regulation.titles["HS_TIEU_BIEU"]


def check_decision(kind: object, value: object, reason: str, grade: int) -> list[Problem]:
    """What stands against a decision: all problems."""
    if kind not in KINDS:
        return [Problem("DECISION_KIND", _("Không có quyết định “{kind}”.").format(kind=kind))]
    allowed = outcomes_of(grade) if kind == OUTCOME else (YES,)
    problems = [*REASON.problems(reason)]
    if value is not None and value not in allowed:
        next_step = _("Chọn: {known}.").format(known=", ".join(allowed))
        problems.append(
            Problem("DECISION_VALUE", _("Quyết định không hợp lệ."), next=next_step, field="value")
        )
    if kind == OUTCOME and value is not None and not squeeze(reason):
        next_step = _("Ghi kết quả rèn luyện, kiểm tra bổ sung hay căn cứ của quyết định.")
        problems.append(Problem("DECISION_REASON", _("Thiếu lí do."), next=next_step, field="reason"))
    return problems
