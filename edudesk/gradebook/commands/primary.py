"""What the command results answers for a primary class."""

from __future__ import annotations

from typing import Any

from edudesk.gradebook.results.primary import PrimaryResult, PrimaryResults
from edudesk.gradebook.rules.decisions import OUTCOME
from edudesk.gradebook.rules.primary import STAGES, YEAR_LEVELS
from edudesk.gradebook.rules.words import OUTCOME_WORDS, PRIMARY_TITLE_WORDS, word_of
from edudesk.storage.command import Answer


def primary_answer(results: PrimaryResults) -> Answer:
    """The same keys as of other classes: no averages, T H C as comments, the year's level as learning; tests and
    qualities beside them."""
    data = [_data(line) for line in results.pupils]
    return Answer(data, tuple(_text(line) for line in results.pupils))


def _data(line: PrimaryResult) -> dict[str, Any]:
    decided = line.decisions.get(OUTCOME)
    return {
        "pupil": line.pupil_id,
        "number": line.number,
        "name": line.name,
        "status": None if line.left_on is None else "left",
        "averages": {},
        "comments": dict(line.levels),
        "tests": {code: None if mark is None else mark // 10 for code, mark in line.tests.items()},
        "qualities": dict(line.qualities),
        "learning": line.level,
        "base_learning": line.level,
        "adjusted_subject": None,
        "conduct": None,
        "title": line.title,
        "promotion": line.promotion,
        "absences": line.absences,
        "decided": None
        if decided is None
        else {"by": decided.by, "at": decided.at, "reason": decided.reason},
        "missing": list(line.missing),
        "notes": list(line.notes),
    }


def _text(line: PrimaryResult) -> str:
    counts = " ".join(f"{letter} {line.count(letter)}" for letter in STAGES)
    words = (
        word_of(YEAR_LEVELS, line.level) or "–",
        counts if line.owes else "",
        word_of(PRIMARY_TITLE_WORDS, line.title),
        word_of(OUTCOME_WORDS, line.promotion),
        "; ".join((*line.missing, *line.notes)),
    )
    return f"{line.number or '':>3}  {line.name:<28} {' · '.join(word for word in words if word)}"
