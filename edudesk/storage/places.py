"""The files of a school folder, and where such a folder may lie."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

from edudesk.kernel.errors import Problem, Refused, Unavailable
from edudesk.kernel.paths import is_network
from edudesk.kernel.synced import synced_by
from edudesk.kernel.words import _
from edudesk.storage.connection import disk_problem, in_words

DATABASE = "school.db"
KEY = "school.key"
LOCK = "school.lock"
OPEN = "school.open"  # there while somebody works, and after an end that was no end
TAIL = "journal-tail"
BACKUPS = "backups"
ATTACHMENTS = "attachments"  # files kept under the name of their content
NEXT = "school.db.next"  # decided to become the database; see swap


def has_school(folder: Path) -> bool:
    """Whether a school has been made in the folder."""
    return (folder / DATABASE).exists() or (folder / NEXT).exists()


def forget(folder: Path) -> None:
    """Remove a school that was only being made, and its folder when nothing else is in it."""
    remove_database(folder / DATABASE)
    remove_database(folder / TAIL)
    for name in (KEY, f"{KEY}.part", LOCK, OPEN):
        (folder / name).unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def set_aside(folder: Path, name: str) -> Path:
    """Move a closed school into a folder of its own inside the folder, which is then free for another; answers where.

    The database goes last and its key stays until then: a power cut in between leaves a school that opens. Raises
    Unavailable as the disk does.
    """
    place = next(
        free for n in count(1) if not (free := folder / (name if n == 1 else f"{name} ({n})")).exists()
    )
    moved = [TAIL, BACKUPS, ATTACHMENTS, f"{DATABASE}-wal", f"{DATABASE}-shm", DATABASE]
    try:
        place.mkdir()
        shutil.copy2(folder / KEY, place / KEY)
        for kept in moved:
            if (folder / kept).exists():
                (folder / kept).replace(place / kept)
        (folder / KEY).unlink()
    except OSError as error:
        raise disk_problem(error, folder) from error
    return place


def remove_database(path: Path) -> None:
    """Remove a database file and what lies beside it while it is open. Raises OSError."""
    for name in (f"{path.name}-wal", f"{path.name}-shm", path.name):
        path.with_name(name).unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Wait until a file's content is on the disk. Raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system knows of that."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def prepare(folder: Path, *, create: bool) -> None:
    """Make sure the folder can hold a school. Refuses a network share, a synchronised folder, and a missing school
    unless creating."""
    if problem := elsewhere(folder):
        raise Refused(problem)
    if not create and not has_school(folder):
        raise Refused(
            Problem(
                "NO_SCHOOL",
                _("Trong thư mục này chưa có dữ liệu trường."),
                place=str(folder),
                next=_("Tạo trường mới, hoặc chọn thư mục khác."),
            )
        )
    with in_words(folder):
        folder.mkdir(parents=True, exist_ok=True)


def elsewhere(folder: Path) -> Problem | None:
    """Why data may not lie in a folder: it is not this PC's alone. None when it may."""
    if is_network(folder):
        return Problem(
            "NETWORK_SHARE",
            _("Không giữ dữ liệu trên ổ mạng: khi mạng chập chờn tệp có thể hỏng."),
            place=str(folder),
            next=_("Chọn một thư mục trên ổ đĩa của máy này."),
        )
    service = synced_by(folder)
    if not service:
        return None
    message = _(
        "Không giữ dữ liệu trong thư mục {service}: nó tự chép đè tệp đang mở nên dữ liệu có thể hỏng."
    )
    step = _(
        "Chuyển cả thư mục ra ngoài {service} rồi mở ở đó; {service} chỉ nên là nơi để bản sao lưu thứ hai."
    )
    return Problem(
        "SYNCED_FOLDER", message.format(service=service), str(folder), step.format(service=service)
    )


def school_key(folder: Path, *, create: bool = False) -> bytes:
    """The 32-byte key beside the database; made, if asked, when neither is there yet.

    It protects nothing while it lies there: whoever can copy the data can copy the key.
    """
    path = folder / KEY
    if create and not path.exists() and not has_school(folder):
        return _make_key(path)
    with in_words(path):
        if not path.exists():
            raise Unavailable(_no_key(path))
        text = path.read_text(encoding="ascii", errors="replace").strip()
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise Unavailable(_no_key(path))
    return key


def _make_key(path: Path) -> bytes:
    key = secrets.token_bytes(32)
    part = path.with_name(f"{KEY}.part")
    with in_words(path):
        with part.open("w", encoding="ascii") as file:
            file.write(key.hex())
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    return key


def _no_key(path: Path) -> Problem:
    return Problem(
        "KEY_MISSING",
        _("Thiếu khóa school.key, hoặc khóa không đúng dạng, nên không mở được dữ liệu."),
        place=str(path),
        next=_("Chép lại tệp school.key từ bản sao lưu, đặt cạnh school.db."),
    )
