"""The tables of the self-score of digital transformation."""

from __future__ import annotations

from edudesk.kernel.replicated import Replicated
from edudesk.storage.slice_tables import SliceTables

TABLES = SliceTables(
    name="dx",
    tables=(
        Replicated(
            "dx_score",
            fields=("year", "item", "points", "met", "staff_id", "note"),
            policy={"points": "conflict", "met": "conflict"},
            natural=("year", "item"),
            refers={"staff_id": "staff"},
        ),
        Replicated(
            "dx_evidence",
            fields=("year", "item", "kind", "text", "name", "sha256", "size", "added_by", "added_at"),
        ),
        Replicated(
            "dx_edition",
            fields=("name", "source", "data", "made_by", "made_at", "confirmed_by", "confirmed_at"),
            policy={"data": "conflict"},
        ),
        Replicated(
            "dx_report",
            fields=(
                *("year", "edition_id", "plan", "planned_on"),
                *("principal", "approved_by", "approved_at", "number", "sent_to", "sent_on"),
            ),
            natural=("year",),
        ),
        Replicated(
            "dx_resource",
            fields=(
                *("title", "code", "grade", "staff_id", "kind", "link", "name", "sha256", "size", "made_on"),
                *("team_by", "team_on", "approved_on"),
            ),
            refers={"staff_id": "staff"},
        ),
        Replicated("dx_system", fields=("name", "kind", "since", "until", "url", "owned", "does", "note")),
        Replicated(
            "dx_use",
            fields=("system_id", "month", "teachers", "pupils", "parents", "items"),
            natural=("system_id", "month"),
            refers={"system_id": "dx_system"},
        ),
    ),
    module="edudesk.dx.migrations",
    steps=("m001_dx", "m002_teaching"),
)
