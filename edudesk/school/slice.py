"""What the slice offers: years, classes, subjects, who teaches what."""

from __future__ import annotations

from edudesk.school.schema import TABLES
from edudesk.storage.slice import Code, Slice

SLICE = Slice(
    "school",
    tables=(TABLES,),
    row_names={
        "school_class": "select name from school_class where id = ?",
        "site": "select name from site where id = ?",
    },
    commands=(Code("edudesk.school.commands:COMMANDS"), Code("edudesk.school.commands_backup:COMMANDS")),
    problems=Code("edudesk.school.problems:PROBLEMS"),
)
