"""Files of the school, kept under the name of their content: pictures, scans, whatever shows something.

Whoever keeps one remembers its name, hash and size in a table of their own; the same content is kept once. A file
stays when the row that names it goes, so that this can be undone.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from edudesk.kernel.errors import Problem, Refused, Unavailable
from edudesk.kernel.text import squeeze
from edudesk.kernel.words import _
from edudesk.storage.connection import translating_errors
from edudesk.storage.database import Database
from edudesk.storage.files.whole import whole_file
from edudesk.storage.places import ATTACHMENTS, private_folder, sync_file, sync_folder

LARGEST = 50 << 20  # bytes of one file


@dataclass(frozen=True, slots=True)
class Attachment:
    """A kept file: the name people gave it, the hash of its content, its size in bytes."""

    name: str
    sha256: str
    size: int


def attachment_path(db: Database, sha256: str) -> Path:
    """Where a file of that content is kept."""
    return db.folder / ATTACHMENTS / sha256[:2] / sha256


def keep_file(db: Database, path: Path, *, most: int = LARGEST) -> Attachment:
    """Copy a file into the school's folder. Raises Refused FILE_LARGE; Unavailable when it cannot be read or copied."""
    with translating_errors(path):
        size = path.stat().st_size
        if size > most:
            message = _("Tệp lớn hơn {most} MB.").format(most=most >> 20)
            raise Refused(
                Problem("FILE_LARGE", message, path.name, _("Nén tệp, hoặc dán đường dẫn đến tệp."))
            )
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    target = attachment_path(db, digest)
    _keep(target, digest, lambda part: shutil.copyfile(path, part))
    return Attachment(squeeze(path.name), digest, size)


def keep_bytes(db: Database, name: str, data: bytes) -> Attachment:
    """Keep what is in memory under a name. Raises Unavailable when it cannot be written."""
    digest = hashlib.sha256(data).hexdigest()
    path = attachment_path(db, digest)
    _keep(path, digest, lambda part: part.write_bytes(data))
    return Attachment(squeeze(name), digest, len(data))


def _keep(path: Path, digest: str, write: Callable[[Path], object]) -> None:
    """Let a file of that content lie there, on the disk before a row can name it. Raises Unavailable."""
    if path.exists() and content_hash(path) == digest:
        return
    with translating_errors(path):
        private_folder(path.parent.parent)
        private_folder(path.parent)
    with whole_file(path) as part:
        write(part)
        part.chmod(0o600)
        sync_file(part)
        if content_hash(part) != digest:
            message = _("Tệp thay đổi trong lúc chép, hoặc ổ đĩa ghi sai.")
            raise Unavailable(Problem("FILE_CHANGED", message, str(path), _("Đóng tệp rồi thêm lại.")))
    with translating_errors(path):
        sync_folder(path.parent)
        sync_folder(path.parent.parent)


def content_hash(path: Path) -> str:
    """The SHA-256 of a file, in hex; "" when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Unsound:
    """Attached files, by the hash they are named by: those that are `missing`, and those whose content `changed`."""

    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def unsound_files(db: Database) -> Unsound:
    """Every attached file a row names, read again and compared with its name."""
    wanted: set[str] = set()
    for name, table in db.tables.items():
        if "sha256" in table.fields:
            wanted |= {str(row[0]) for row in db.all(f"select distinct sha256 from {name} where gone = 0")}
    missing, changed = [], []
    for digest in sorted(wanted - {"", "None"}):
        path = attachment_path(db, digest)
        if not path.exists():
            missing.append(digest)
        elif content_hash(path) != digest:
            changed.append(digest)
    return Unsound(tuple(missing), tuple(changed))


def copy_out(db: Database, attachment: Attachment, path: Path) -> Path:
    """Copy a kept file to a place of one's own. Raises Unavailable FILE_GONE and kin."""
    file = attachment_path(db, attachment.sha256)
    if not file.exists():
        message = _("Không còn tệp này trong thư mục trường.")
        raise Unavailable(Problem("FILE_GONE", message, attachment.name, _("Thêm lại tệp ấy.")))
    with whole_file(path) as part:
        shutil.copyfile(file, part)
    return path
