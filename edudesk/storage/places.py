"""The files of a school folder, and where such a folder may lie."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Collection
from contextlib import suppress
from itertools import count
from pathlib import Path

from edudesk.kernel.errors import Problem, Refused, Unavailable
from edudesk.kernel.paths import is_network
from edudesk.kernel.synced import synced_by
from edudesk.kernel.words import _
from edudesk.storage.connection import disk_problem, translating_errors

DATABASE = "school.db"
KEY = "school.key"
LOCK = "school.lock"
OPEN = "school.open"  # there while somebody works, and after an end that was no end
TAIL = "journal-tail"
BACKUPS = "backups"
ATTACHMENTS = "attachments"  # files kept under the name of their content
NEXT = "school.db.next"  # decided to become the database; see swap
STAGED = "school.db.staged"  # made ready to become the database; see restore
WITNESS = "journal-end"  # the last acknowledged step; see witness
MAKING = "school.making"  # there while a school is being made, and after an end that came before its end
ASIDE = 8  # tails that were put aside and stay


def has_school(folder: Path) -> bool:
    """Whether a school has been made in the folder, be its database damaged or gone: what only a school leaves is
    enough."""
    if (folder / MAKING).exists():
        return False
    return has_database(folder) or (folder / NEXT).exists() or has_traces(folder)


def has_database(folder: Path) -> bool:
    """Whether the database is there and not empty."""
    with suppress(OSError):
        return (folder / DATABASE).stat().st_size > 0
    return False


def has_traces(folder: Path) -> bool:
    """Whether something beside the database tells of a school: its key, the journal's tail, backups."""
    if any((folder / name).exists() for name in (TAIL, WITNESS, f"{DATABASE}-wal")):
        return True
    backups = any((folder / BACKUPS).glob("*.edubackup"))
    return backups or ((folder / KEY).exists() and not _is_of_one_put_away(folder))


def _is_of_one_put_away(folder: Path) -> bool:
    """Whether the key belongs to a school in a folder inside: it goes last when a school is put away."""
    with suppress(OSError):
        key = (folder / KEY).read_bytes()
        inside = [path for path in folder.glob(f"*/{KEY}") if has_database(path.parent)]
        return any(path.read_bytes() == key for path in inside)
    return False


def database_gone(folder: Path) -> Problem:
    """That a school's database is not there, or empty, though its other files are."""
    return Problem(
        "DATABASE_DAMAGED",
        _("Tệp dữ liệu school.db không còn hoặc rỗng, nhưng các tệp khác của trường vẫn ở đây."),
        str(folder),
        _("Mở cửa sổ EduDesk ở thư mục này để dựng lại từ bản sao lưu và nhật kí."),
    )


def forget(folder: Path, *, but: Collection[str] = ()) -> None:
    """Remove a school that was only being made, and its folder when nothing else is in it."""
    remove_database(folder / DATABASE)
    remove_database(folder / TAIL)
    for name in {KEY, f"{KEY}.part", WITNESS, LOCK, OPEN, MAKING}.difference(but):
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
    moved = [
        f"{TAIL}-wal",
        TAIL,
        WITNESS,
        BACKUPS,
        ATTACHMENTS,
        f"{DATABASE}-wal",
        f"{DATABASE}-shm",
        DATABASE,
    ]
    try:
        private_folder(place)
        copy_whole(folder / KEY, place / KEY)
        for stored in moved:
            if (folder / stored).exists():
                (folder / stored).replace(place / stored)
        (folder / KEY).unlink()
    except OSError as error:
        raise disk_problem(error, folder) from error
    return place


def clear_attempt(folder: Path) -> None:
    """Free a folder in which the making of a school was killed. Nothing is thrown away that may be one.

    Raises Unavailable as the disk does.
    """
    if not (folder / MAKING).exists():
        return
    if has_database(folder) and (folder / KEY).exists():
        set_aside(folder, _("trường lập dở"))
    else:
        forget(folder, but=(LOCK, OPEN, MAKING))
    with translating_errors(folder):
        (folder / MAKING).unlink(missing_ok=True)
        sync_folder(folder)


def put_tail_aside(folder: Path) -> Path | None:
    """Move a tail that cannot be gone on with among the backups, under the next number; answers where, None without
    one. Raises OSError."""
    if not (folder / TAIL).exists():
        return None
    target = next_aside(folder, TAIL)
    for ending in ("-wal", ""):  # its write-ahead file first: a power cut in between leaves both to be found
        if (folder / f"{TAIL}{ending}").exists():
            (folder / f"{TAIL}{ending}").replace(target.with_name(f"{target.name}{ending}"))
    (folder / f"{TAIL}-shm").unlink(missing_ok=True)
    sync_folder(folder)
    return target


def next_aside(folder: Path, name: str) -> Path:
    """A free place among the backups for a file that is put aside; the highest number is the newest."""
    place = private_folder(folder / BACKUPS)
    last = max((number for number, _path in _aside(place, name)), default=0)
    return place / f"{name}.{last + 1}"


def thin_tails_aside(folder: Path) -> None:
    """Once a verified backup holds everything: of the tails that were put aside, only the newest stay."""
    with suppress(OSError):
        for _number, path in sorted(_aside(folder / BACKUPS, TAIL))[:-ASIDE]:
            remove_database(path)


def _aside(place: Path, name: str) -> list[tuple[int, Path]]:
    endings = ((path.name[len(name) + 1 :].removesuffix("-wal"), path) for path in place.glob(f"{name}.*"))
    return [(int(ending), path) for ending, path in endings if ending.isdecimal()]


def private_folder(folder: Path) -> Path:
    """A folder of the school's that other users of the PC cannot look into, made when it is not there."""
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def make_private(folder: Path) -> None:
    """Let nobody but this user read the school's files, also those an older program made. Stops nothing."""
    if sys.platform == "win32":
        return  # a user's own folder is his alone there
    names = (DATABASE, KEY, TAIL, WITNESS)
    files = [folder / f"{name}{ending}" for name in names for ending in ("", "-wal", "-shm")]
    for path, mode in [
        *((file, 0o600) for file in files),
        *((folder / n, 0o700) for n in (BACKUPS, ATTACHMENTS)),
    ]:
        with suppress(OSError):
            if path.stat().st_mode & 0o077:
                path.chmod(mode)


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file so that it is on the disk, and only this user's, when this ends. Raises OSError."""
    part = target.with_name(f"{target.name}.part")
    with source.open("rb") as data, open(part, "wb", opener=private) as file:
        shutil.copyfileobj(data, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())
    part.replace(target)
    sync_folder(target.parent)


def write_key(path: Path, key: bytes) -> None:
    """Let a key lie at a path, on the disk when this ends. Raises OSError."""
    part = path.with_name(f"{path.name}.part")
    with open(part, "w", encoding="ascii", opener=private) as file:
        file.write(key.hex())
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def private(path: str, flags: int) -> int:
    """Opens a file that only this user can read, for `open`."""
    return os.open(path, flags, 0o600)


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


def prepare_folder(folder: Path, *, create: bool) -> None:
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
    with translating_errors(folder):
        private_folder(folder)


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
    with translating_errors(path):
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
    with translating_errors(path):
        write_key(path, key)
    return key


def _no_key(path: Path) -> Problem:
    return Problem(
        "KEY_MISSING",
        _("Thiếu khóa school.key, hoặc khóa không đúng dạng, nên không mở được dữ liệu."),
        place=str(path),
        next=_("Chép lại tệp school.key từ bản sao lưu, đặt cạnh school.db."),
    )
