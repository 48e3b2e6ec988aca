"""What every paper on rooms, machines and counts shares: the school's head, who made it, the principal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from edudesk.kernel import clock
from edudesk.kernel.calendar import year_name
from edudesk.kernel.words import _
from edudesk.paper.blocks import Block, Letterhead, Signature, Signatures, Space
from edudesk.paper.document import Paper
from edudesk.school.store import letterhead
from edudesk.storage.database import Database


def facility_paper(
    db: Database,
    name: str,
    blocks: Sequence[Block],
    *,
    year: int,
    day: dt.date | None,
    landscape: bool = False,
) -> Paper:
    """Any paper of this slice: the school's head above, who made it and the principal below."""
    head = letterhead(db)
    signs = [Signature(_("Người lập")), Signature(_("Hiệu trưởng"), head.principal)]
    end: list[Block] = [Space(2), Signatures(signs, head.place, day or clock.today())]
    whole: list[Block] = [Letterhead(head.authority, head.school), *blocks, *end]
    return Paper(f"{name} {year_name(year)}", whole, landscape=landscape)
