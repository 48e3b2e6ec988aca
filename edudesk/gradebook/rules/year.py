"""The end of the year: conduct, titles, going up a grade, re-assessment and summer training (Điều 8, 12–15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from edudesk.gradebook.rules.assessment import check_mark
from edudesk.gradebook.rules.levels import Learning, learning
from edudesk.gradebook.rules.marks import FAILED as COMMENT_FAILED
from edudesk.gradebook.rules.regulation import LEVELS, CourseKind, PromotionRule, Regulation
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _


@dataclass(frozen=True, slots=True)
class Promotion:
    """What becomes of a pupil: an outcome code, and a warning a person should weigh ("title_with_retention")."""

    outcome: str
    title: str | None = None
    warn: str | None = None


@dataclass(frozen=True, slots=True)
class Reassessed:
    """A year's learning before and after re-assessment; the level after decides promotion alone."""

    before: Learning
    after: Learning
    eligible: tuple[str, ...]


def conduct_year(first: str, second: str, *, regulation: Regulation) -> str:
    """The conduct of the year (“kết quả rèn luyện cả năm”) from its two terms (Điều 8.2)."""
    return regulation.conduct[first, second]


def comment_year(second: str) -> str:
    """The year's result of a comment subject: that of the second term (Điều 9.1)."""
    return second


def title(learned: str, conduct: str, averages: Sequence[int], *, regulation: Regulation) -> str | None:
    """The title of the year (“danh hiệu”, Điều 15) from levels and year averages in tenths; None without one."""
    for rule in regulation.titles:
        counted = sum(1 for average in averages if average >= rule.count_from)
        if learned == rule.learning and conduct == rule.conduct and counted >= rule.count:
            return rule.title
    return None


def reassessable(
    averages: Mapping[str, int], comments: Mapping[str, str], *, regulation: Regulation
) -> tuple[str, ...]:
    """The subjects a pupil may be assessed in again (“đánh giá lại”, Điều 14)."""
    low = tuple(code for code, value in averages.items() if value < regulation.promotion.reassess_below)
    return low + tuple(code for code, value in comments.items() if value == COMMENT_FAILED)


def reassess(
    averages: Mapping[str, int],
    comments: Mapping[str, str],
    again: Mapping[str, int | str],
    *,
    regulation: Regulation,
) -> Reassessed:
    """The year's level with re-assessed results in place of the first ones.

    Raises Refused: REASSESS_NOT_ELIGIBLE for a subject that may not be assessed again, MARK_RANGE or
    MARK_NOT_COMMENT for a result that is not of the subject's kind.
    """
    eligible = reassessable(averages, comments, regulation=regulation)
    problems = [
        problem
        for code, result in again.items()
        if (
            problem := _check_again(
                code, result, eligible, CourseKind.SCORE if code in averages else CourseKind.COMMENT
            )
        )
    ]
    if problems:
        raise Refused(*problems)
    replaced = {code: int(again.get(code, value)) for code, value in averages.items()}
    commented = {code: str(again.get(code, value)) for code, value in comments.items()}
    adjust = regulation.adjustment.after_reassessment
    return Reassessed(
        before=learning(averages, comments, regulation=regulation),
        after=learning(replaced, commented, regulation=regulation, adjust=adjust),
        eligible=eligible,
    )


def _check_again(code: str, result: object, eligible: Sequence[str], kind: str) -> Problem | None:
    if code not in eligible:
        return Problem("REASSESS_NOT_ELIGIBLE", _("Môn này không thuộc diện đánh giá lại."), code)
    problem = check_mark(result, kind)
    return replace(problem, place=code) if problem else None


def promotion(
    learned: str,
    conduct: str,
    absences: int,
    *,
    regulation: Regulation,
    summer: str | None = None,
    learned_after: str | None = None,
) -> str:
    """Whether a pupil goes up (“lên lớp”, Điều 12–14): LEN_LOP, DANH_GIA_LAI, REN_LUYEN_HE or KHONG_LEN_LOP.

    `summer` is conduct after summer training, `learned_after` the level after re-assessment, when they have been.
    """
    rule = regulation.promotion
    trained = summer if summer is not None and not reaches(conduct, rule.conduct) else conduct
    if absences > rule.most_absences:
        return "KHONG_LEN_LOP"
    if not reaches(learned, rule.learning) and not reaches(conduct, rule.conduct):
        return _both_failed(rule, trained, learned_after, summer=summer)
    if not reaches(trained, rule.conduct):
        return "REN_LUYEN_HE" if summer is None else "KHONG_LEN_LOP"
    if reaches(learned, rule.learning):
        return "LEN_LOP"
    return _reassessed(rule, learned_after)


def _both_failed(rule: PromotionRule, trained: str, learned_after: str | None, *, summer: str | None) -> str:
    if rule.both_failed == "KHONG_LEN_LOP":
        return rule.both_failed
    if not reaches(trained, rule.conduct):
        return "REN_LUYEN_HE" if summer is None else "KHONG_LEN_LOP"
    return _reassessed(rule, learned_after)


def _reassessed(rule: PromotionRule, learned_after: str | None) -> str:
    if learned_after is None:
        return "DANH_GIA_LAI"
    return "LEN_LOP" if reaches(learned_after, rule.learning) else "KHONG_LEN_LOP"


def reaches(level: str, least: str) -> bool:
    """Whether a level is `least` or better."""
    return LEVELS.index(level) <= LEVELS.index(least)


def year_outcome(outcome: str, grade: int, *, regulation: Regulation) -> str:
    """The outcome as a last grade says it: the programme completed, or not (yet) (Điều 12)."""
    if grade not in regulation.promotion.last_grades or outcome in ("DANH_GIA_LAI", "REN_LUYEN_HE"):
        return outcome
    return "HOAN_THANH_CHUONG_TRINH" if outcome == "LEN_LOP" else "CHUA_HOAN_THANH"


def with_title(outcome: str, titled: str | None) -> Promotion:
    """The outcome beside the title; a title of a pupil who stays is formally due, so a person is asked (Điều 15)."""
    stays = titled is not None and outcome == "KHONG_LEN_LOP"
    return Promotion(outcome, titled, "title_with_retention" if stays else None)
