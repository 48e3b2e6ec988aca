"""What the slice offers: the people who work at the school."""

from __future__ import annotations

from edudesk.staff.schema import TABLES
from edudesk.storage.slice import Slice

SLICE = Slice(
    "staff",
    tables=(TABLES,),
    row_names={"staff": "select name from staff where id = ?"},
)
