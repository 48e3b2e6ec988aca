"""Documents attached to equipment: invoices, hand-over records, warranty cards."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from edudesk.kernel.change import Step
from edudesk.kernel.ids import new_id
from edudesk.kernel.words import _
from edudesk.storage.attachments import Attachment, copy_out, keep_file
from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class Document:
    """A kept file of a row of the register; `added_at` is the PC's own time."""

    id: str
    attachment: Attachment
    added_at: str


def documents(db: Database, equipment_id: str) -> list[Document]:
    """The documents of a row in the order they were added."""
    rows = db.all(
        """select id, name, sha256, size, coalesce(added_at, '') from equipment_document
        where equipment_id = ? and gone = 0 order by added_at, rowid""",
        (equipment_id,),
    )
    return [Document(row, Attachment(name, sha, size), at) for row, name, sha, size, at in rows]


def add_document(db: Database, equipment_id: str, path: Path) -> Step:
    """Keep a file and name it at a row. Raises Refused FILE_LARGE, Unavailable when it cannot be read."""
    attachment = keep_file(db, path)
    changes = db.insert(
        "equipment_document",
        new_id(),
        equipment_id=equipment_id,
        name=attachment.name,
        sha256=attachment.sha256,
        size=attachment.size,
        added_by=db.author.actor,
        added_at=db.wall(),
    )
    return db.do(Step(_("Đính tệp vào thiết bị"), changes))


def drop_document(db: Database, document_id: str) -> Step:
    """Take a document away; the file stays so that this can be undone."""
    return db.do(Step(_("Bỏ tệp của thiết bị"), db.drop("equipment_document", document_id)))


def save_document(db: Database, document: Document, path: Path) -> Path:
    """Copy a document out under a name. Raises Unavailable FILE_GONE and kin."""
    return copy_out(db, document.attachment, path)
