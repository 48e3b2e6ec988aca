"""The tables of the gradebook slice."""

from __future__ import annotations

from edudesk.kernel.change import Fields
from edudesk.storage.part import Part, Replicated


def class_scope(row: Fields) -> str:
    """Marks travel with their class: a teacher's laptop holds the scopes of his own classes only."""
    return f"marks:{row.get('class_id')}"


PART = Part(
    name="gradebook",
    tables=(
        Replicated(
            "mark",
            fields=("pupil_id", "year", "code", "term", "slot", "class_id", "value"),
            scope=class_scope,
            policy={"value": "conflict"},
        ),
        Replicated(
            "term_record",
            fields=(
                *("pupil_id", "year", "term", "class_id"),
                *("conduct", "absent_excused", "absent_unexcused", "comment"),
            ),
            scope=class_scope,
            policy={"conduct": "conflict"},
        ),
        Replicated(
            "subject_comment",
            fields=("pupil_id", "year", "code", "term", "class_id", "text"),
            scope=class_scope,
        ),
    ),
    module="edudesk.gradebook.migrations",
    steps=("m001_gradebook",),
)
