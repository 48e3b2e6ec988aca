"""Marks: which a subject owes in a term, what may be written in a cell, and the averages they make.

A score (“điểm số”) is whole tenths, a comment (“nhận xét”) is D or CD; V, P, K and M say that something is owed.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from edudesk.gradebook.rules.regulation import CourseKind, Family, Regulation
from edudesk.gradebook.rules.slots import Slot, SlotKind, is_regular, kind_of
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import HIGHEST, half_up, parse_tenths
from edudesk.kernel.text import fold
from edudesk.kernel.words import N_, _

Mark = None | int | str
PASSED, FAILED = "D", "CD"
EXEMPT = "M"
OWED = {
    "V": N_("vắng"),
    "P": N_("có phép, chờ kiểm tra bù"),
    "K": N_("không nộp"),
    EXEMPT: N_("miễn thực hành, chờ bài lí thuyết thay"),
}
PRACTICAL = frozenset({"gdtc", "gdqpan"})  # the subjects whose practical part a pupil can be exempted from
_FAST = re.compile(r"[0-9]{1,2}")
_PASSED_WORDS = frozenset({"d", "dat"})
_FAILED_WORDS = frozenset({"cd", "chua dat"})


# -- slots


def regular_count(periods: int, regulation: Regulation) -> int:
    """How many regular assessments (“ĐĐGtx”) a subject with scores has each term, by its yearly periods (Điều 6)."""
    steps = regulation.regular_steps
    return next((count for most, count in steps if periods <= most), regulation.regular_beyond)


def _slots(regular: int, contents: Sequence[str]) -> tuple[str, ...]:
    """ "tx1" …, "gk", "ck", or one per content ("gk.am_nhac")."""
    return tuple(f"{SlotKind.TX}{n}" for n in range(1, regular + 1)) + tuple(
        str(Slot(kind, content=content))
        for kind in (SlotKind.GK, SlotKind.CK)
        for content in contents or ("",)
    )


def slot_weight(slot: str, regulation: Regulation) -> int:
    """How often a cell counts in the average of its term."""
    once, twice, thrice = regulation.weights
    heavier: dict[SlotKind | None, int] = {SlotKind.GK: twice, SlotKind.CK: thrice}
    return heavier.get(kind_of(slot), once)


# -- what a cell may hold


def _fast_tenths(digits: str) -> int:
    if digits == "10" or len(digits) == 1:
        return int(digits) * 10
    return int(digits)


def owed_letters(code: str) -> tuple[str, ...]:
    """The letters a subject's cells take for what is owed; M (“miễn thực hành”) only where there is a practical part.

    The theory is assessed in its place and the subject stays in the level: not checked against the circular's text.
    """
    return tuple(letter for letter in OWED if letter != EXEMPT or code in PRACTICAL)


# -- averages


@dataclass(frozen=True, slots=True)
class Average:
    """An average with what it came from: `total` and `value` in tenths, value = total / divisor rounded half up."""

    total: int
    divisor: int

    @property
    def value(self) -> int:
        return half_up(self.total, self.divisor)


def term_average(regular: Sequence[int], midterm: int, final: int, *, regulation: Regulation) -> Average:
    """The average of a subject in a term (“ĐTBmhk”, Điều 9.1): regular marks once, midterm twice, final thrice."""
    once, twice, thrice = regulation.weights
    total = once * sum(regular) + twice * midterm + thrice * final
    return Average(total, once * len(regular) + twice + thrice)


def year_average(first: int, second: int, *, regulation: Regulation) -> Average:
    """The average of a subject in the year (“ĐTBmcn”, Điều 9.1), from the rounded averages of its terms."""
    once, twice = regulation.year_weights
    return Average(once * first + twice * second, once + twice)


def comment_of_contents(results: Sequence[str]) -> str:
    """A periodic assessment with several contents is Đạt only when every content is."""
    return FAILED if any(result != PASSED for result in results) else PASSED


# -- a term of one pupil in one subject


@dataclass(frozen=True, slots=True)
class TermResult:
    """The result of a term: tenths for a score, D/CD for a comment, None while `missing` names owed cells."""

    value: int | str | None
    missing: tuple[str, ...] = ()


def is_owed(value: Mark) -> bool:
    """Whether the cell still wants a mark."""
    return value is None or value in OWED


def missing_of(slots: Sequence[str], marks: Mapping[str, Mark]) -> tuple[str, ...]:
    """The cells that still want a mark."""
    return tuple(slot for slot in slots if is_owed(marks.get(slot)))


def _filled(slots: Sequence[str], marks: Mapping[str, Mark], absent: Mark) -> dict[str, Mark]:
    """The cells of a term as at closing: what is owed counts `absent`."""
    return {slot: absent if is_owed(marks.get(slot)) else marks[slot] for slot in slots}


def score_average(marks: Mapping[str, Mark], *, regulation: Regulation) -> Average:
    """The average of a term whose cells are all held."""
    regular = [int(value or 0) for slot, value in marks.items() if is_regular(slot)]
    return term_average(
        regular, int(marks[SlotKind.GK] or 0), int(marks[SlotKind.CK] or 0), regulation=regulation
    )


# -- how a subject is assessed


@dataclass(frozen=True, slots=True)
class CourseLoad:
    """A subject as a grade has it: what its cells depend on."""

    code: str
    grade: int
    periods: int


class _TermAssessment(ABC):
    """What both ways of TT 22 share: the result of a term is made of all its cells."""

    family = Family.AVERAGES
    computed = True
    article, owed_article = "average", "missing"
    labels: Mapping[str, str] = MappingProxyType({})

    @abstractmethod
    def absent(self, regulation: Regulation) -> Mark: ...

    @abstractmethod
    def result(self, marks: Mapping[str, Mark], regulation: Regulation) -> int | str:
        """What the cells of a term make, none of them owed."""

    def term(
        self,
        slots: Sequence[str],
        marks: Mapping[str, Mark],
        regulation: Regulation,
        *,
        closing: bool = False,
    ) -> TermResult:
        missing = missing_of(slots, marks)
        if missing and not closing:
            return TermResult(None, missing)
        return TermResult(self.result(_filled(slots, marks, self.absent(regulation)), regulation), missing)

    def weight(self, slot: str, regulation: Regulation) -> int:
        return slot_weight(slot, regulation)

    def year_weights(self, regulation: Regulation) -> tuple[int, int]:
        return regulation.year_weights


class ScoreAssessment(_TermAssessment):
    """Marks (“đánh giá bằng điểm số”): a term makes an average, the year another."""

    kind = CourseKind.SCORE

    def slots(self, load: CourseLoad, regulation: Regulation) -> tuple[str, ...]:
        return _slots(regular_count(load.periods, regulation), ())

    def read(self, text: object) -> Mark:
        return parse_tenths(text)

    def read_fast(self, typed: str) -> Mark:
        return _fast_tenths(typed) if _FAST.fullmatch(typed) else None

    def check(self, value: object, _slot: str) -> Problem | None:
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HIGHEST
        return None if fits else Problem("MARK_RANGE", _("Điểm phải từ 0 đến 10, một chữ số thập phân."))

    def is_number(self, _slot: str) -> bool:
        return True

    def result(self, marks: Mapping[str, Mark], regulation: Regulation) -> int | str:
        return score_average(marks, regulation=regulation).value

    def year(self, first: int | str, second: int | str, regulation: Regulation) -> int | str:
        return year_average(int(first), int(second), regulation=regulation).value

    def absent(self, regulation: Regulation) -> Mark:
        return regulation.missing_score


class CommentAssessment(_TermAssessment):
    """Đạt or Chưa đạt (“đánh giá bằng nhận xét”): all of a term must be Đạt, the year is its second term."""

    kind = CourseKind.COMMENT

    def slots(self, load: CourseLoad, regulation: Regulation) -> tuple[str, ...]:
        return _slots(regulation.regular_comment, regulation.contents.get(load.code, ()))

    def read(self, text: object) -> Mark:
        word = fold(str(text))
        if word in _PASSED_WORDS or word in _FAILED_WORDS:
            return PASSED if word in _PASSED_WORDS else FAILED
        message = _("“{text}” không phải là mức nhận xét.").format(text=str(text)[:20])
        raise Refused(Problem("MARK_NOT_COMMENT", message, next=_("Gõ Đ hoặc CĐ.")))

    def read_fast(self, typed: str) -> Mark:
        return {"1": PASSED, "0": FAILED, "c": FAILED}.get(fold(typed))

    def check(self, value: object, _slot: str) -> Problem | None:
        if value in (PASSED, FAILED):
            return None
        return Problem("MARK_NOT_COMMENT", _("Môn này đánh giá bằng Đạt hoặc Chưa đạt."))

    def is_number(self, _slot: str) -> bool:
        return False

    def result(self, marks: Mapping[str, Mark], regulation: Regulation) -> int | str:
        return comment_of_contents([str(value) for value in marks.values()])

    def year(self, _first: int | str, second: int | str, _regulation: Regulation) -> int | str:
        return second

    def absent(self, regulation: Regulation) -> Mark:
        return regulation.missing_comment
