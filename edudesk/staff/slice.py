"""What the slice offers: the people who work at the school."""

from __future__ import annotations

from edudesk.staff.schema import TABLES
from edudesk.storage.slice import Code, Slice

SLICE = Slice(
    "staff",
    tables=(TABLES,),
    commands=(Code("edudesk.staff.commands:COMMANDS"),),
    row_names={"staff": "select name from staff where id = ?"},
    proposals=Code("edudesk.staff.proposals:PROPOSALS"),
    problems=Code("edudesk.staff.problems:PROBLEMS"),
)
