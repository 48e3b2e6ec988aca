"""What the list of staff says of items of the self-score."""

from __future__ import annotations

from edudesk.kernel.words import _
from edudesk.storage.database import Database
from edudesk.storage.tally import Ask, Tally


def _staff(db: Database, _year: int) -> Tally | None:
    asked = int(db.value("select count(*) from staff where gone = 0 and coalesce(works, 1) = 1", (), 0))
    count = int(
        db.value(
            "select count(*) from staff where gone = 0 and coalesce(works, 1) = 1 and coalesce(role, '') <> ''",
            (),
            0,
        )
    )
    words = _("Danh sách nhân sự: {held}/{asked} người có hồ sơ ghi vị trí công tác.").format(
        held=count, asked=asked
    )
    return Tally(count, asked, words) if asked else None


def _teachers_online(db: Database, _year: int) -> Tally | None:
    row = db.one(
        """select count(*), count(nullif(email, '')) from staff
        where gone = 0 and coalesce(works, 1) = 1 and role in ('GV', 'HT', 'PHT')"""
    )
    asked, count = row or (0, 0)
    words = _("{held}/{asked} giáo viên có địa chỉ thư điện tử trong hồ sơ; tài khoản bồi dưỡng phải tự đếm.")
    return Tally(count, asked, words.format(held=count, asked=asked), scores=False) if asked else None


PROPOSALS: dict[str, Ask] = {"1.6.1": _teachers_online, "2.3.4": _staff}
