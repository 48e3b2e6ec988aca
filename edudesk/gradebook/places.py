"""Places on the pages of the gradebook; an empty field leaves what is chosen there."""

from __future__ import annotations

from dataclasses import dataclass

from edudesk.kernel.place import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class GradebookPlace(Place):
    """A page of the register, down to a column or a pupil."""

    page: str = "gradebook"
    class_id: str = ""
    code: str = ""
    slot: str = ""
    pupil: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeroomPlace(Place):
    """A class of the homeroom page, a pupil in it, a column; in primary school also the moment (`stage`)."""

    page: str = "homeroom"
    class_id: str = ""
    pupil: str = ""
    stage: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPlace(Place):
    """The results of a class, a pupil in it."""

    page: str = "results"
    class_id: str = ""
    pupil: str = ""


BOARD, LOCKS = "board", "locks"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPlace(Place):
    """`tab`: BOARD or LOCKS."""

    page: str = "register"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsPlace(Place):
    """What is counted, by what, of whom; `grade` None leaves the grade, 0 means every one."""

    page: str = "statistics"
    what: str = ""
    by: str = ""
    split: str = ""
    subject: str = ""
    slot: str = ""
    grade: int | None = None
