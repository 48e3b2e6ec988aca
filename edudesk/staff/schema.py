"""The table of the staff slice."""

from __future__ import annotations

from edudesk.kernel.replicated import Replicated
from edudesk.storage.slice_tables import SliceTables

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
