"""Why a primary pupil reached a level of the year: the three conditions of each level (Thông tư 27/2020, Điều 9.2.a)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from edudesk.gradebook.rules.primary import PrimaryRegulation, YearLevel

Kind = Literal["subjects", "qualities", "tests"]


@dataclass(frozen=True, slots=True)
class PrimaryCondition:
    """What a level asks of all of one kind. `failing` are the codes that are below, of `total`."""

    kind: Kind
    failing: tuple[str, ...]
    total: int

    @property
    def met(self) -> bool:
        return not self.failing


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A pupil's year-end values by code: levels of subjects, qualities and competences, tests in tenths."""

    subjects: Mapping[str, str]
    qualities: Mapping[str, str]
    tests: Mapping[str, int]


def year_conditions(end: YearEnd, rule: YearLevel) -> tuple[PrimaryCondition, ...]:
    """The three conditions of a level, each with what fails it."""
    subjects = tuple(code for code, level in end.subjects.items() if level not in rule.subjects)
    qualities = tuple(code for code, level in end.qualities.items() if level not in rule.qualities)
    tests = tuple(code for code, mark in end.tests.items() if mark < rule.test)
    return (
        PrimaryCondition("subjects", subjects, len(end.subjects)),
        PrimaryCondition("qualities", qualities, len(end.qualities)),
        PrimaryCondition("tests", tests, len(end.tests)),
    )


def levels_down_to(level: str, *, regulation: PrimaryRegulation) -> tuple[YearLevel, ...]:
    """The levels from the best down to the one reached; all of them for who did not complete the year."""
    codes = [rule.level for rule in regulation.levels]
    return regulation.levels[: codes.index(level) + 1] if level in codes else regulation.levels
