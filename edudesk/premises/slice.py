"""What the slice offers: sites, buildings and rooms."""

from __future__ import annotations

from edudesk.premises.schema import TABLES
from edudesk.storage.slice import Code, GuardSet, Slice

SLICE = Slice(
    "premises",
    tables=(TABLES,),
    guards=(GuardSet(frozenset({"room", "site", "machine"}), Code("edudesk.premises.guards:GUARDS")),),
    row_names={
        "building": "select name from building where id = ?",
        "room": "select name from room where id = ?",
        "room_detail": "select name from room where id = ?",
    },
    papers=Code("edudesk.premises.papers:PAPERS"),
    proposals=Code("edudesk.premises.proposals:PROPOSALS"),
)
