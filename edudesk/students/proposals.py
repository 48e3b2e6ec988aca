"""What the records of pupils say of items of the self-score."""

from __future__ import annotations

from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.tally import Ask, Tally


def _pupils(db: Database, year: int) -> Tally | None:
    row = db.one(
        """select count(*), count(nullif(p.personal_number, '')) from enrolment e join pupil p on p.id = e.pupil_id
        where e.year = ? and e.gone = 0 and p.gone = 0""",
        (year,),
    )
    asked, count = row or (0, 0)
    words = _("Hồ sơ học sinh: {held}/{asked} em có số định danh cá nhân.").format(held=count, asked=asked)
    return Tally(count, asked, words) if asked else None


PROPOSALS: dict[str, Ask] = {"2.3.2": _pupils}
