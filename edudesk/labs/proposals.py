"""What the computer rooms say of items of the self-score."""

from __future__ import annotations

from edudesk.kernel.words import _
from edudesk.labs.store_timetable import check_labs
from edudesk.school.rules import LEVEL_NAMES
from edudesk.storage.database import Database
from edudesk.storage.tally import Ask, Tally


def _labs(db: Database, year: int) -> Tally | None:
    """The worst room of each level; how many points a level of equipment is worth stands nowhere, so none follow."""
    worst = [(check, check.worst.ratio) for check in check_labs(db, year) if check.worst is not None]
    words = _("{school}: phòng máy kém nhất {ratio} học sinh một máy, {level}.")
    lines = [
        words.format(
            school=_(LEVEL_NAMES[check.level]),
            ratio=(ratio.pupils_per_computer or "–").replace(".", ","),
            level=_("đạt mức 2") if check.meets else _("chưa đạt mức 2"),
        )
        for check, ratio in worst
        if ratio is not None
    ]
    return (
        Tally(sum(check.meets for check, _ratio in worst), len(worst), " ".join(lines), scores=False)
        if lines
        else None
    )


PROPOSALS: dict[str, Ask] = {"1.7.2": _labs}
