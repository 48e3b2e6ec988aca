"""What the slice offers: the handbook on paper."""

from __future__ import annotations

from edudesk.storage.slice import Code, Slice

SLICE = Slice(
    "handbook",
    commands=(Code("edudesk.handbook.commands:COMMANDS"),),
)
