"""An assessment is a strategy: which cells a subject has, how they are read, what they make; chosen by data.

The regulation a grade follows in a year has a `Family`, its shape; the plan of the year says of each subject which of
the family's kinds it is. A regulation of a known shape is a rule file. A new shape is its rules with an `Assessment`,
a line in the three tables here, and one in each table keyed by family or kind: results, explanation, papers, sheets,
columns, answers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from edudesk.gradebook.rules.marks import (
    EXEMPT,
    OWED,
    PRACTICAL,
    CommentAssessment,
    CourseLoad,
    Mark,
    ScoreAssessment,
    TermResult,
)
from edudesk.gradebook.rules.primary import PrimaryRegulation, StageAssessment, primary_regulation_for
from edudesk.gradebook.rules.regulation import (
    CourseKind,
    Family,
    Regulation,
    regulation_for,
    regulation_named,
)
from edudesk.kernel.errors import Problem
from edudesk.kernel.regulation import has_rule_file
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import _

AnyRegulation = Regulation | PrimaryRegulation


class Assessment(Protocol):
    """How subjects of a kind are assessed. `regulation` is always one of the family."""

    kind: CourseKind
    family: Family
    computed: bool  # whether the result of a term is made of its cells
    article: str  # the table of the regulation that results rest on, as `cite` takes it
    owed_article: str  # the one that says what becomes of what is owed
    labels: Mapping[str, str]  # cells with a heading of their own

    def slots(self, load: CourseLoad, regulation: Any) -> tuple[str, ...]:
        """The cells of a subject in each term."""

    def read(self, text: object) -> Mark:
        """What a cell means that is neither blank nor a letter for what is owed. Raises Refused."""

    def read_fast(self, typed: str) -> Mark:
        """What a short way of typing means; None where it is none."""

    def check(self, value: object, slot: str) -> Problem | None:
        """Whether a cell may hold a stored value that is no letter for what is owed; None when it may."""

    def is_number(self, slot: str) -> bool:
        """Whether a cell holds numbers, which have a mean and a histogram."""

    def term(
        self, slots: Sequence[str], marks: Mapping[str, Mark], regulation: Any, *, closing: bool = False
    ) -> TermResult:
        """The result of a term; with `closing` what is owed counts as the regulation says."""

    def year(self, first: int | str, second: int | str, regulation: Any) -> int | str:
        """The result of the year from those of both terms."""

    def absent(self, regulation: Any) -> Mark:
        """What an assessment that was not taken counts; None where nothing is made of it."""

    def weight(self, slot: str, regulation: Any) -> int:
        """How often a cell counts in the result of its term; 0 where nothing is computed."""

    def year_weights(self, regulation: Any) -> tuple[int, int]:
        """How often each term counts in the year."""


ASSESSMENTS: Mapping[str, Assessment] = {
    assessment.kind: assessment for assessment in (ScoreAssessment(), CommentAssessment(), StageAssessment())
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a family of regulations has in common: the kinds of its subjects, the usual one first, and its traits.

    `by_grade`: subjects are called as the programme of the grade calls them. `conduct`: the homeroom teacher judges
    conduct, else qualities and competences. `decided`: people decide about titles and who goes up.
    """

    regulation_for: Callable[[int, int], AnyRegulation]
    kinds: tuple[CourseKind, ...]
    by_grade: bool = False
    conduct: bool = True
    decided: bool = False


SHAPES: Mapping[Family, Shape] = {
    Family.AVERAGES: Shape(regulation_for, (CourseKind.SCORE, CourseKind.COMMENT)),
    Family.STAGES: Shape(
        primary_regulation_for, (CourseKind.PRIMARY,), by_grade=True, conduct=False, decided=True
    ),
}


def assessment_of(kind: str) -> Assessment:
    """How subjects of a kind are assessed."""
    return ASSESSMENTS[kind]


def family_for(year: int, grade: int) -> Family:
    """The family of the regulation a grade follows in a school year; the usual one where there is no regulation."""
    families = (family for family in SHAPES if has_rule_file(family, year, grade))
    return next(families, Family.AVERAGES)


def assessment_for(year: int, grade: int) -> AnyRegulation:
    """The regulation a grade of any level follows in a school year. Raises Refused NO_REGULATION and kin."""
    return SHAPES[family_for(year, grade)].regulation_for(year, grade)


def kind_in(family: Family, planned: object) -> CourseKind:
    """The kind of a subject in a family: as planned where the family knows it, else the usual one."""
    kinds = SHAPES[family].kinds
    return next((kind for kind in kinds if kind == planned), kinds[0])


def term_slots(
    code: str, kind: str, periods: int, *, grade: int = 0, regulation: AnyRegulation | None = None
) -> tuple[str, ...]:
    """The cells a pupil has in a subject and term: "tx1" …, "gk", "ck", or one per content ("gk.am_nhac")."""
    return assessment_of(kind).slots(CourseLoad(code, grade, periods), regulation or regulation_named())


def term_result(
    slots: Sequence[str],
    marks: Mapping[str, Mark],
    kind: str,
    *,
    regulation: AnyRegulation,
    closing: bool = False,
) -> TermResult:
    """The result of a pupil in a subject and term; with `closing` what is owed counts 0 or Chưa đạt (Điều 7)."""
    return assessment_of(kind).term(slots, marks, regulation, closing=closing)


# -- a cell


def read_mark(raw: object, kind: str) -> Mark:
    """What a pasted, imported or commanded cell means: exact, nothing guessed. Blank is None.

    Raises Refused with the likely fix: MARK_NOT_NUMBER, MARK_RANGE, MARK_STEP, MARK_NOT_COMMENT.
    """
    text = squeeze(raw) if isinstance(raw, str) else raw
    if text is None or text == "":
        return None
    if isinstance(text, str) and text.upper() in OWED:
        return text.upper()
    return assessment_of(kind).read(text)


def read_typed(text: str, *, kind: str = CourseKind.SCORE, fast: bool = True) -> Mark:
    """What a typed cell means. `fast` reads 85 as 8,5, 05 as 0,5 and, for comments, 1, 0 and C.

    10 stays ten. Raises Refused as `read_mark`.
    """
    typed = squeeze(text)
    quick = assessment_of(kind).read_fast(typed) if fast else None
    return read_mark(typed, kind) if quick is None else quick


def check_mark(value: object, kind: str, *, code: str = "", slot: str = "") -> Problem | None:
    """Whether a cell of a subject of the kind may hold the stored value; None when it may."""
    if value == EXEMPT and code not in PRACTICAL:
        message = _("M chỉ ghi ở phần thực hành của Giáo dục thể chất và Giáo dục quốc phòng và an ninh.")
        return Problem("MARK_EXEMPT", message, next=_("Gõ V, P hoặc K nếu còn nợ bài."))
    if value is None or value in OWED:
        return None
    return assessment_of(kind).check(value, slot)
