"""What shows that points were earned (“minh chứng”): notes, links, and files kept by their content in `attachments`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from edudesk.kernel import checks
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.ids import new_id
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import N_, _
from edudesk.storage.attachments import LARGEST, attachment_path, keep_file
from edudesk.storage.database import Database

__all__ = ["LARGEST", "attachment_path"]
WORDS = {
    "link": Field("text", N_("Đường dẫn"), width=240, stored=checks.LINK),
    "note": Field("text", N_("Minh chứng"), width=240, stored=checks.NOTE),
}
KINDS = {"file": N_("Tệp"), "link": N_("Đường dẫn"), "note": N_("Ghi chú")}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece: a note's or link's `text`, or a file's `name`, `sha256` and `size` in bytes."""

    id: str
    item: str
    kind: str
    text: str
    name: str
    sha256: str
    size: int
    added_by: str
    added_at: str

    @property
    def words(self) -> str:
        """What people read of it."""
        return self.name if self.kind == "file" else self.text


def evidence(db: Database, year: int, item: str | None = None) -> list[Evidence]:
    """Everything of a year, or of one of its items, in the order it was added."""
    rows = db.all(
        """select id, item, kind, coalesce(text, ''), coalesce(name, ''), coalesce(sha256, ''), coalesce(size, 0),
        coalesce(added_by, ''), coalesce(added_at, '') from dx_evidence where year = ? and gone = 0
        order by added_at, rowid""",
        (year,),
    )
    return [Evidence(*row) for row in rows if item in (None, row[1])]


def add_words(db: Database, year: int, item: str, kind: str, text: str) -> Step:
    """Add a note or a link. Raises Refused DX_EVIDENCE when nothing is written, or the link is none."""
    text = squeeze(text)
    if not text:
        raise Refused(
            Problem("DX_EVIDENCE", _("Chưa ghi minh chứng."), next=_("Gõ vào ô này."), field="text")
        )
    if kind == "link" and not text.lower().startswith(("http://", "https://")):
        message = _("Đường dẫn phải bắt đầu bằng http:// hoặc https://.")
        raise Refused(
            Problem("DX_EVIDENCE", message, next=_("Chép cả đường dẫn từ trình duyệt."), field="text")
        )
    return _add(db, year, item, kind=kind, text=str(WORDS[kind].parse(text)))


def add_file(db: Database, year: int, item: str, path: Path) -> Step:
    """Copy a file into the school's folder and name it as evidence.

    Raises Refused DX_FILE_LARGE; Unavailable when it cannot be read or copied.
    """
    try:
        attachment = keep_file(db, path, most=LARGEST)
    except Refused as no:
        next_step = _("Nén tệp, hoặc dán đường dẫn đến tệp.")
        raise Refused(Problem("DX_FILE_LARGE", no.message, path.name, next_step)) from None
    return _add(
        db, year, item, kind="file", name=attachment.name, sha256=attachment.sha256, size=attachment.size
    )


def _add(db: Database, year: int, item: str, **fields: str | int) -> Step:
    signed = {"added_by": db.author.actor, "added_at": db.wall()}
    return db.do(
        Step(
            _("Thêm minh chứng"), db.insert("dx_evidence", new_id(), year=year, item=item, **fields, **signed)
        )
    )


def drop_evidence(db: Database, evidence_id: str) -> Step:
    """Take a piece away; a file stays in the folder so that this can be undone."""
    return db.do(Step(_("Bỏ minh chứng"), db.drop("dx_evidence", evidence_id)))
