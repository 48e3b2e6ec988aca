"""Every verb of the command line, in the order of `--help`."""

from __future__ import annotations

from edudesk.verbs import (
    backup,
    closing,
    dx,
    equipment,
    equipment_count,
    facility,
    gradebook,
    gradebook_history,
    handbook,
    labs,
    locks,
    papers,
    probe,
    rules,
    school,
    seals,
    staff,
    students,
    trouble,
)
from edudesk.verbs.verb import Verb

VERBS: tuple[Verb, ...] = (
    *school.VERBS,
    *backup.VERBS,
    *students.VERBS,
    *staff.VERBS,
    *gradebook.VERBS,
    *gradebook_history.VERBS,
    *closing.VERBS,
    *locks.VERBS,
    *seals.VERBS,
    *facility.VERBS,
    *labs.VERBS,
    *probe.VERBS,
    *equipment.VERBS,
    *equipment_count.VERBS,
    *dx.VERBS,
    *papers.VERBS,
    *rules.VERBS,
    *handbook.VERBS,
    *trouble.VERBS,
)
