"""What the slice offers: an invented school."""

from __future__ import annotations

from edudesk.storage.slice import Code, Slice

SLICE = Slice(
    "demo",
    commands=(Code("edudesk.demo.commands:COMMANDS"),),
)
