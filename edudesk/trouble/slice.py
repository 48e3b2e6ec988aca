"""What the slice offers: the report of a trouble."""

from __future__ import annotations

from edudesk.storage.slice import Code, Slice

SLICE = Slice(
    "trouble",
    commands=(Code("edudesk.trouble.commands:COMMANDS"),),
)
