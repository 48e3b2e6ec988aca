"""The tables of the gradebook slice."""

from __future__ import annotations

from edudesk.kernel.change import Fields
from edudesk.kernel.replicated import Replicated
from edudesk.storage.slice_tables import SliceTables


def class_scope(row: Fields) -> str:
    """Marks travel with their class: a teacher's laptop holds the scopes of his own classes only."""
    return f"marks:{row.get('class_id')}"


def lock_scope(row: Fields) -> str:
    """A lock travels with the class it names; one of the whole school with the school's own rows."""
    return class_scope(row) if row.get("class_id") else "school"


WHERE = ("year", "class_id", "code", "term", "slot", "pupil_id")  # cells of a lock or permit; null is any

TABLES = SliceTables(
    name="gradebook",
    tables=(
        Replicated(
            "mark",
            fields=("pupil_id", "year", "code", "term", "slot", "class_id", "value"),
            scope=class_scope,
            policy={"value": "conflict"},
            natural=("pupil_id", "year", "code", "term", "slot", "class_id"),
        ),
        Replicated(
            "term_record",
            fields=(
                *("pupil_id", "year", "term", "class_id"),
                *("conduct", "absent_excused", "absent_unexcused", "comment"),
            ),
            scope=class_scope,
            policy={"conduct": "conflict"},
            natural=("pupil_id", "year", "term", "class_id"),
        ),
        Replicated(
            "quality",
            fields=("pupil_id", "year", "term", "class_id", "stage", "code", "value"),
            scope=class_scope,
            policy={"value": "conflict"},
            natural=("pupil_id", "year", "term", "class_id", "stage", "code"),
        ),
        Replicated(
            "year_decision",
            fields=("pupil_id", "year", "class_id", "kind", "value", "reason", "decided_by", "decided_at"),
            scope=class_scope,
            policy={"value": "conflict"},
            natural=("pupil_id", "year", "class_id", "kind"),
        ),
        Replicated(
            "subject_comment",
            fields=("pupil_id", "year", "code", "term", "class_id", "text"),
            scope=class_scope,
            natural=("pupil_id", "year", "code", "term", "class_id"),
        ),
        Replicated(
            "mark_lock",
            fields=("kind", *WHERE, "reason", "locked_by", "locked_at", "starts", "vector"),
            scope=lock_scope,
        ),
        Replicated(
            "mark_unlock",
            fields=(
                *("lock_id", *WHERE, "requester", "reason", "approver", "approved_at"),
                *("expires", "closed_at", "vector"),
            ),
            scope=lock_scope,
        ),
        Replicated(
            "seal",
            fields=(
                *("year", "class_id", "code", "term", "seal", "content"),
                *("reason", "sealed_by", "sealed_at", "breaks"),
            ),
            scope=lock_scope,
        ),
    ),
    module="edudesk.gradebook.register.migrations",
    steps=("m001_gradebook", "m002_locks", "m003_seals", "m004_primary"),
)
