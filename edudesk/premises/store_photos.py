"""Pictures of rooms, machines and storeys: kept by their content, named by the row they are of."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from edudesk.kernel.change import Change, Step, Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.ids import new_id
from edudesk.kernel.words import _
from edudesk.storage.attachments import attachment_path, keep_bytes
from edudesk.storage.database import Database

MOST = 12  # pictures of one thing
LARGEST = 8 << 20  # bytes of one as it is kept


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture (“ảnh”) of the row `owner`."""

    id: str
    owner: str
    name: str
    sha256: str
    size: int
    added_by: str
    added_at: str


def photos(db: Database, owner: str) -> list[Photo]:
    """The pictures of something, in the order they were added."""
    rows = db.all(
        """select id, owner, name, sha256, size, coalesce(added_by, ''), coalesce(added_at, '')
        from photo where owner = ? and gone = 0 order by added_at, rowid""",
        (owner,),
    )
    return [Photo(*row) for row in rows]


def photo_counts(db: Database) -> Counter[str]:
    """How many pictures each thing has."""
    return Counter(owner for (owner,) in db.all("select owner from photo where gone = 0"))


def add_photo(db: Database, owner: str, name: str, data: bytes) -> Step:
    """Keep a picture. Raises Refused PHOTO_MANY, PHOTO_LARGE; Unavailable when it cannot be written."""
    if len(photos(db, owner)) >= MOST:
        message = _("Mỗi phòng hoặc máy có nhiều nhất {most} ảnh.").format(most=MOST)
        raise Refused(Problem("PHOTO_MANY", message, next=_("Bỏ bớt ảnh cũ trước.")))
    return db.do(Step(_("Thêm ảnh"), _added(db, owner, name, data)))


def set_photo(db: Database, owner: str, name: str, data: bytes) -> Step:
    """Keep a picture as the only one of something. Raises Refused PHOTO_LARGE."""
    gone = tuple(change for photo in photos(db, owner) for change in db.drop("photo", photo.id))
    return db.do(Step(_("Đặt ảnh nền"), gone + _added(db, owner, name, data)))


def _added(db: Database, owner: str, name: str, data: bytes) -> tuple[Change, ...]:
    if len(data) > LARGEST:
        message = _("Ảnh lớn hơn {most} MB.").format(most=LARGEST >> 20)
        raise Refused(Problem("PHOTO_LARGE", message, name, _("Chọn ảnh nhỏ hơn.")))
    attachment = keep_bytes(db, name, data)
    fields: dict[str, Value] = {
        "owner": owner,
        "name": attachment.name,
        "sha256": attachment.sha256,
        "size": attachment.size,
    }
    return db.insert("photo", new_id(), **fields, added_by=db.author.actor, added_at=db.wall())


def drop_photo(db: Database, photo_id: str) -> Step:
    """Take a picture away; its file stays so that this can be undone."""
    return db.do(Step(_("Bỏ ảnh"), db.drop("photo", photo_id)))


def drop_photos(db: Database, owner: str) -> Step:
    """Take every picture of something away."""
    gone = tuple(change for photo in photos(db, owner) for change in db.drop("photo", photo.id))
    return db.do(Step(_("Bỏ ảnh"), gone))


def photo_path(db: Database, photo: Photo) -> Path:
    """Where the picture lies; it may be gone from the folder."""
    return attachment_path(db, photo.sha256)
