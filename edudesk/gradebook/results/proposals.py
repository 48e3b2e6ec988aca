"""What the registers say of items of the self-score."""

from __future__ import annotations

from edudesk.gradebook.register.filled import completeness
from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.tally import Ask, Tally


def _marks(db: Database, year: int) -> Tally | None:
    columns = [filling for term in (1, 2) for filling in completeness(db, year, term)]
    count, asked = sum(filling.filled for filling in columns), sum(filling.owed for filling in columns)
    words = _("Sổ điểm: {held}/{asked} đầu điểm của năm học đã nhập.").format(held=count, asked=asked)
    return Tally(count, asked, words) if count else None


PROPOSALS: dict[str, Ask] = {"2.3.3": _marks}
