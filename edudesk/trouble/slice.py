"""What the slice offers: the report of a trouble."""

from __future__ import annotations

from edudesk.kernel.words import N_
from edudesk.storage.slice import Code, Find, Slice

SLICE = Slice(
    "trouble",
    commands=(Code("edudesk.trouble.commands:COMMANDS"),),
    finds=(Find(N_("Báo lỗi…"), "triangle", run=Code("edudesk.trouble.view:report_trouble")),),
)
