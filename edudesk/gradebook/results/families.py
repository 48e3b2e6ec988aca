"""The results of a class by the shape of its regulation: one line for each family."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from edudesk.gradebook.register.roll import family_of
from edudesk.gradebook.results.primary import (
    PrimaryResult,
    PrimaryResults,
    primary_results,
)
from edudesk.gradebook.results.secondary import ClassResults, PupilResult, class_results
from edudesk.gradebook.rules.regulation import Family
from edudesk.storage.database import Database

AnyResults = ClassResults | PrimaryResults
AnyLine = PupilResult | PrimaryResult

RESULTS: Mapping[Family, Callable[[Database, str, int], AnyResults]] = {
    Family.AVERAGES: class_results,
    Family.STAGES: primary_results,
}


def results_of(db: Database, class_id: str, term: int) -> AnyResults:
    """The results of a class in a term (1, 2) or the year (0). Raises Refused CLASS_UNKNOWN, NO_REGULATION."""
    return RESULTS[family_of(db, class_id)](db, class_id, term)
