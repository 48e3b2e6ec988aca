"""What the rooms say of items of the self-score."""

from __future__ import annotations

from edudesk.kernel.words import _
from edudesk.premises.fields import LEARNING
from edudesk.premises.store import rooms
from edudesk.storage.database import Database
from edudesk.storage.tally import Ask, Tally

STUDIO = "STUDIO"


def _rooms_online(db: Database, _year: int) -> Tally | None:
    places = [room for room in rooms(db) if room.kind in LEARNING]
    count, asked = sum(room.projector and room.internet for room in places), len(places)
    words = _("Phòng học: {held}/{asked} phòng có thiết bị trình chiếu và Internet.").format(
        held=count, asked=asked
    )
    return Tally(count, asked, words) if asked else None


def _studio(db: Database, _year: int) -> Tally | None:
    places = rooms(db)
    count = sum(room.kind == STUDIO for room in places)
    words = _("Cơ sở vật chất: {n} phòng làm học liệu số.").format(n=count)
    return Tally(min(count, 1), 1, words) if places else None


def _facility(db: Database, _year: int) -> Tally | None:
    places, count = rooms(db), int(db.value("select count(*) from machine where gone = 0"))
    words = _("Cơ sở vật chất: đã ghi {rooms} phòng, {machines} máy tính.").format(
        rooms=len(places), machines=count
    )
    return Tally(1, 1, words) if places else None


PROPOSALS: dict[str, Ask] = {"1.7.1": _rooms_online, "1.7.3": _studio, "2.3.5": _facility}
