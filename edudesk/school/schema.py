"""The tables of the school slice."""

from __future__ import annotations

from edudesk.kernel.replicated import Replicated
from edudesk.storage.slice_tables import SliceTables

TABLES = SliceTables(
    name="school",
    tables=(
        Replicated("school_year", fields=("year", "starts", "ends"), natural=("year",)),
        Replicated("term", fields=("year", "number", "starts", "ends"), natural=("year", "number")),
        Replicated("site", fields=("name", "address", "main")),
        Replicated(
            "school_class",
            fields=("year", "name", "grade", "site_id", "homeroom_id", "position"),
            refers={"site_id": "site", "homeroom_id": "staff"},
        ),
        Replicated(
            "subject_plan",
            fields=("year", "grade", "code", "periods", "kind", "taken", "position"),
            natural=("year", "grade", "code"),
        ),
        Replicated(
            "class_subject",
            fields=("class_id", "code", "teacher_id", "taken", "topics"),
            natural=("class_id", "code"),
            refers={"class_id": "school_class", "teacher_id": "staff"},
        ),
    ),
    module="edudesk.school.migrations",
    steps=("m001_school",),
)
