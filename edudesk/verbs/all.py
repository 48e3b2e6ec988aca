"""Every verb of the command line, in the order of `--help`."""

from __future__ import annotations

from edudesk.verbs import closing, gradebook, gradebook_history, locks, papers, rules, school, seals, students
from edudesk.verbs.verb import Verb

VERBS: tuple[Verb, ...] = (
    *school.VERBS,
    *students.VERBS,
    *gradebook.VERBS,
    *gradebook_history.VERBS,
    *closing.VERBS,
    *locks.VERBS,
    *seals.VERBS,
    *papers.VERBS,
    *rules.VERBS,
)
