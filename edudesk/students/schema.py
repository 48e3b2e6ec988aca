"""The tables of the students slice."""

from __future__ import annotations

from edudesk.kernel.replicated import Replicated
from edudesk.storage.slice_tables import SliceTables

PUPIL_FIELDS = (
    *("code", "personal_number", "name", "birth_date", "sex", "ethnic", "nationality", "birth_place", "home"),
    *("phone", "policy", "father_name", "mother_name", "guardian_name", "note"),
)
TABLES = SliceTables(
    name="students",
    tables=(
        Replicated("pupil", fields=PUPIL_FIELDS, policy={"personal_number": "conflict", "code": "conflict"}),
        Replicated(
            "enrolment",
            fields=("pupil_id", "year", "class_id", "number", "joined_on"),
            natural=("pupil_id", "year"),
            refers={"pupil_id": "pupil", "class_id": "school_class"},
        ),
        Replicated(
            "status_event",
            fields=("pupil_id", "year", "kind", "on_date", "note"),
            natural=("pupil_id", "year", "kind", "on_date"),
            refers={"pupil_id": "pupil"},
        ),
        Replicated(
            "elective",
            fields=("pupil_id", "year", "code", "takes", "topics"),
            natural=("pupil_id", "year", "code"),
            refers={"pupil_id": "pupil"},
        ),
    ),
    module="edudesk.students.migrations",
    steps=("m001_students",),
)
