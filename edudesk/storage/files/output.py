"""Where a file may be written for others: never over the school's own files, nor over what is no plain file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from edudesk.kernel.errors import Problem, Refused, Unavailable
from edudesk.kernel.words import _
from edudesk.storage.connection import translating_errors
from edudesk.storage.places import ATTACHMENTS, BACKUPS, DATABASE, KEY, LOCK, NEXT, OPEN, TAIL

STANDARD_OUTPUT = "-"
_OWN = (DATABASE, KEY, LOCK, OPEN, TAIL, NEXT)
_BESIDE = ("", "-wal", "-shm", "-journal", ".part")  # what SQLite and a broken write leave beside a file
OWN_FILES = frozenset(f"{name}{tail}".casefold() for name in _OWN for tail in _BESIDE)
OWN_FOLDERS = frozenset(name.casefold() for name in (BACKUPS, ATTACHMENTS))


def output_path(text: str | Path, folder: Path | None = None) -> Path:
    """The place a person named to write a file to; `folder` is the school that is open.

    Raises Refused: OUTPUT_STDOUT, OUTPUT_DEVICE, OUTPUT_OWN; Unavailable: OUTPUT_FOLDER, or where the disk does not say.
    """
    path = Path(text).expanduser()
    if str(text) == STANDARD_OUTPUT:
        message = _("Tệp này không ghi ra đầu ra chuẩn được.")
        raise Refused(Problem("OUTPUT_STDOUT", message, next=_("Gõ tên tệp sau -o.")))
    with translating_errors(path):
        real = path.resolve()
        if real.is_dir():
            message = _("Đây là thư mục, không phải tệp.")
            raise Unavailable(Problem("OUTPUT_FOLDER", message, str(path), _("Gõ thêm tên tệp.")))
        if real.exists() and not real.is_file():
            message = _("Đây là thiết bị hoặc đường ống, không phải tệp.")
            raise Refused(Problem("OUTPUT_DEVICE", message, str(path), _("Chọn tên tệp khác.")))
        if _is_own(real, folder):
            message = _("Đây là tệp hoặc thư mục riêng của dữ liệu trường, không ghi đè được.")
            raise Refused(Problem("OUTPUT_OWN", message, str(path), _("Chọn tên tệp hoặc thư mục khác.")))
    return path


def _is_own(real: Path, folder: Path | None) -> bool:
    """Whether the path is a file of some school, under its own name or another, or lies in a folder of its own."""
    if real.name.casefold() in OWN_FILES and _is_school(real.parent):
        return True
    inside = [(above, below) for above, below in _pairs(real) if below.name.casefold() in OWN_FOLDERS]
    if any(_is_school(above) for above, _below in inside):
        return True
    schools = {real.parent, *([folder] if folder is not None else [])}
    return real.exists() and any(_same_file(real, own) for school in schools for own in _own_files(school))


def _pairs(real: Path) -> Iterator[tuple[Path, Path]]:
    """(folder, what is directly in it) for every folder above a file."""
    above = list(real.parents)
    return zip(above[1:], above[:-1], strict=True)


def _is_school(folder: Path) -> bool:
    """Whether a school is there, or what is left of one."""
    return any((folder / name).exists() for name in (DATABASE, KEY, TAIL, NEXT))


def _own_files(folder: Path) -> Iterator[Path]:
    for name in _OWN:
        yield from (folder / f"{name}{tail}" for tail in _BESIDE)


def _same_file(path: Path, own: Path) -> bool:
    with suppress(OSError):
        return path.samefile(own)
    return False
