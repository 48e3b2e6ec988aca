"""Marks: which a subject owes in a term, what may be written in a cell, and the averages they make.

A score (“điểm số”) is whole tenths, a comment (“nhận xét”) is D or CD; V, P, K and M say that something is owed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edudesk.gradebook.rules.primary import STAGES, check_primary
from edudesk.gradebook.rules.regulation import Regulation, regulation_named
from edudesk.gradebook.rules.slots import Slot, SlotKind, is_regular
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.numbers import HIGHEST, half_up, parse_tenths
from edudesk.kernel.text import fold, squeeze
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
KINDS = ("score", "comment", "primary")
_FAST = re.compile(r"[0-9]{1,2}")
_PASSED_WORDS = frozenset({"d", "dat"})
_FAILED_WORDS = frozenset({"cd", "chua dat"})


# -- slots


def tx_count(periods: int, kind: str, *, regulation: Regulation | None = None) -> int:
    """How many regular assessments (“ĐĐGtx”) a subject has each term, by its yearly periods (Điều 6)."""
    rules = regulation or regulation_named()
    if kind == "comment":
        return rules.regular_comment
    return next((count for most, count in rules.regular_steps if periods <= most), rules.regular_beyond)


def term_slots(
    code: str, kind: str, periods: int, *, regulation: Regulation | None = None
) -> tuple[str, ...]:
    """The cells a pupil has in a subject and term: "tx1" …, "gk", "ck", or one per content ("gk.am_nhac")."""
    rules = regulation or regulation_named()
    regular = tuple(f"{SlotKind.TX}{n}" for n in range(1, tx_count(periods, kind, regulation=rules) + 1))
    contents = rules.contents.get(code, ()) if kind == "comment" else ()
    return regular + tuple(
        str(Slot(kind, content=content))
        for kind in (SlotKind.GK, SlotKind.CK)
        for content in contents or ("",)
    )


# -- what a cell may hold


def read_mark(raw: object, kind: str) -> Mark:
    """What a pasted, imported or commanded cell means: exact, nothing guessed. Blank is None.

    Raises Refused with the likely fix: MARK_NOT_NUMBER, MARK_RANGE, MARK_STEP, MARK_NOT_COMMENT.
    """
    text = squeeze(raw) if isinstance(raw, str) else raw
    if text is None or text == "":
        return None
    if isinstance(text, str) and text.upper() in OWED:
        return text.upper()
    if kind == "primary":
        return _primary(text)
    if kind == "score":
        return parse_tenths(text)
    word = fold(str(text))
    if word in _PASSED_WORDS or word in _FAILED_WORDS:
        return PASSED if word in _PASSED_WORDS else FAILED
    message = _("“{text}” không phải là mức nhận xét.").format(text=str(text)[:20])
    raise Refused(Problem("MARK_NOT_COMMENT", message, next=_("Gõ Đ hoặc CĐ.")))


def _primary(text: object) -> Mark:
    """A level by its letter or its words, or the mark of a test; which of them a cell takes is checked later."""
    word = fold(str(text))
    stage = next(
        (letter for letter, message in STAGES.items() if word in (fold(letter), fold(message))), None
    )
    return stage or parse_tenths(text)


def read_typed(text: str, *, kind: str = "score", fast: bool = True) -> Mark:
    """What a typed cell means. `fast` reads 85 as 8,5, 05 as 0,5 and, for comments, 1, 0 and C.

    10 stays ten. Raises Refused as `read_mark`.
    """
    typed = squeeze(text)
    if fast and kind == "score" and _FAST.fullmatch(typed):
        return _fast_tenths(typed)
    if fast and kind == "comment" and fold(typed) in ("1", "0", "c"):
        return PASSED if typed == "1" else FAILED
    return read_mark(typed, kind)


def _fast_tenths(digits: str) -> int:
    if digits == "10" or len(digits) == 1:
        return int(digits) * 10
    return int(digits)


def owed_letters(code: str) -> tuple[str, ...]:
    """The letters a subject's cells take for what is owed; M (“miễn thực hành”) only where there is a practical part.

    The theory is assessed in its place and the subject stays in the level: not checked against the circular's text.
    """
    return tuple(letter for letter in OWED if letter != EXEMPT or code in PRACTICAL)


def check_mark(value: object, kind: str, *, code: str = "", slot: str = "") -> Problem | None:
    """Whether a cell of a subject of the kind may hold the stored value; None when it may."""
    if value == EXEMPT and code not in PRACTICAL:
        message = _("M chỉ ghi ở phần thực hành của Giáo dục thể chất và Giáo dục quốc phòng và an ninh.")
        return Problem("MARK_EXEMPT", message, next=_("Gõ V, P hoặc K nếu còn nợ bài."))
    if value is None or value in OWED:
        return None
    if kind == "primary":
        return check_primary(value, slot)
    if kind == "score":
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HIGHEST
        return None if fits else Problem("MARK_RANGE", _("Điểm phải từ 0 đến 10, một chữ số thập phân."))
    if value in (PASSED, FAILED):
        return None
    return Problem("MARK_NOT_COMMENT", _("Môn này đánh giá bằng Đạt hoặc Chưa đạt."))


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


def term_result(
    slots: Sequence[str],
    marks: Mapping[str, Mark],
    kind: str,
    *,
    regulation: Regulation,
    closing: bool = False,
) -> TermResult:
    """The result of a pupil in a subject and term; with `closing` what is owed counts 0 or Chưa đạt (Điều 7)."""
    missing = tuple(slot for slot in slots if is_owed(marks.get(slot)))
    if missing and not closing:
        return TermResult(None, missing)
    absent: Mark = regulation.missing_comment if kind == "comment" else regulation.missing_score
    held = {slot: absent if slot in missing else marks[slot] for slot in slots}
    if kind == "comment":
        return TermResult(comment_of_contents([str(value) for value in held.values()]), missing)
    return TermResult(score_average(held, regulation=regulation).value, missing)


def primary_result(slots: Sequence[str], marks: Mapping[str, Mark]) -> TermResult:
    """The level of a subject of primary school at the end of a term: given by a person, never derived from a test."""
    level = marks.get(SlotKind.CK)
    missing = tuple(slot for slot in slots if is_owed(marks.get(slot)))
    return TermResult(None if is_owed(level) else level, missing)


def score_average(marks: Mapping[str, Mark], *, regulation: Regulation) -> Average:
    """The average of a term whose cells are all held."""
    regular = [int(value or 0) for slot, value in marks.items() if is_regular(slot)]
    return term_average(
        regular, int(marks[SlotKind.GK] or 0), int(marks[SlotKind.CK] or 0), regulation=regulation
    )
