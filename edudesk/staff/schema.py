"""The table of the staff slice."""

from __future__ import annotations

from edudesk.storage.slice_tables import Replicated, SliceTables

TABLES = SliceTables(
    name="staff",
    tables=(
        Replicated(
            "staff",
            fields=("name", "code", "birth_date", "sex", "phone", "email", "role", "main_subject", "works"),
        ),
    ),
    module="edudesk.staff.migrations",
    steps=("m001_staff",),
)
