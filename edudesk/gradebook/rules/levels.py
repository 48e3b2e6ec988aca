"""The level of learning of a term or year (“kết quả học tập”, Điều 9.2) and its adjustment (Điều 9.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from edudesk.gradebook.rules.marks import FAILED as COMMENT_FAILED
from edudesk.gradebook.rules.regulation import FAILED, LEVELS, LevelRule, Regulation
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.words import _


@dataclass(frozen=True, slots=True)
class Learning:
    """A level as decided: `base_level` before clause 9.3; when adjusted, the subject that caused the fall and the
    level that all the others deserve."""

    level: str
    base_level: str
    because: str | None = None
    deserved: str | None = None

    @property
    def adjusted(self) -> bool:
        return self.because is not None


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a level asks and what was found: `kind` "each", "count" or "comments"; the subjects that fail it."""

    kind: str
    met: bool
    actual: int
    wanted: int
    failing: tuple[str, ...]


def learning(
    scores: Mapping[str, int], comments: Mapping[str, str], *, regulation: Regulation, adjust: bool = True
) -> Learning:
    """The level from averages in tenths and comment results, each by subject.

    Raises Refused LEVEL_TOO_FEW when fewer subjects have scores than a level counts: a person must decide.
    """
    if len(scores) < regulation.fewest_subjects:
        message = _("Chỉ có {n} môn có điểm; quy định tính trên ít nhất {least} môn.")
        sentence = message.format(n=len(scores), least=regulation.fewest_subjects)
        raise Refused(Problem("LEVEL_TOO_FEW", sentence, next=_("Nhà trường quyết định mức và ghi lí do.")))
    base = base_level(tuple(scores.values()), tuple(comments.values()), regulation=regulation)
    raised = _adjusted(scores, comments, base, regulation=regulation) if adjust else None
    return raised or Learning(base, base)


def base_level(scores: Sequence[int], comments: Sequence[str], *, regulation: Regulation) -> str:
    """The best level whose every condition is met, before any adjustment (Điều 9.2)."""
    failed = sum(1 for result in comments if result == COMMENT_FAILED)
    lowest = min(scores, default=0)
    for rule in regulation.levels:
        enough = sum(1 for score in scores if score >= rule.count_from) >= rule.count
        if lowest >= rule.each and enough and failed <= rule.failed_comments:
            return rule.level
    return FAILED


def _adjusted(
    scores: Mapping[str, int], comments: Mapping[str, str], base: str, *, regulation: Regulation
) -> Learning | None:
    clause = regulation.adjustment
    if LEVELS.index(base) < clause.fall:
        return None
    for subject in _suspects(scores, comments, regulation=regulation):
        deserved = base_level(
            tuple(score for code, score in scores.items() if code != subject),
            tuple(result for code, result in comments.items() if code != subject),
            regulation=regulation,
        )
        fall = LEVELS.index(base) - LEVELS.index(deserved)
        if deserved in clause.from_levels and fall >= clause.fall:
            return Learning(LEVELS[LEVELS.index(base) - clause.rise], base, subject, deserved)
    return None


def _suspects(
    scores: Mapping[str, int], comments: Mapping[str, str], *, regulation: Regulation
) -> Iterator[str]:
    """The subjects whose leaving out could lift the level: the lowest average, and each failed comment.

    Any other subject left out lifts no minimum, no count and no number of failed comments; nor does one of two
    that share the lowest average.
    """
    yield min(scores, key=lambda code: scores[code])
    if regulation.adjustment.comment_subjects:
        yield from (code for code, result in comments.items() if result == COMMENT_FAILED)


def conditions(
    scores: Mapping[str, int], comments: Mapping[str, str], rule: LevelRule
) -> tuple[Condition, ...]:
    """What a level asks of these results, condition by condition, in the order of the article."""
    failed = tuple(code for code, result in comments.items() if result == COMMENT_FAILED)
    low = tuple(code for code, score in scores.items() if score < rule.each)
    few = tuple(code for code, score in scores.items() if score < rule.count_from)
    passed, high = len(comments) - len(failed), len(scores) - len(few)
    return (
        Condition("comments", len(failed) <= rule.failed_comments, passed, len(comments), failed),
        Condition("each", not low, len(scores) - len(low), len(scores), low),
        Condition("count", high >= rule.count, high, rule.count, few),
    )
