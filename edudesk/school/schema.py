"""The tables of the school slice."""

from __future__ import annotations

from edudesk.storage.part import Replicated, SliceTables

TABLES = SliceTables(
    name="school",
    tables=(
        Replicated("school_year", fields=("year", "starts", "ends")),
        Replicated("term", fields=("year", "number", "starts", "ends")),
        Replicated("site", fields=("name", "address", "main")),
        Replicated("school_class", fields=("year", "name", "grade", "site_id", "homeroom_id", "position")),
        Replicated("subject_plan", fields=("year", "grade", "code", "periods", "kind", "taken", "position")),
        Replicated("class_subject", fields=("class_id", "code", "teacher_id", "taken", "topics")),
    ),
    module="edudesk.school.migrations",
    steps=("m001_school",),
)
