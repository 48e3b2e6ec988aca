"""A backup as one file: a readable manifest, the encrypted database and its key, in a plain zip.

The database is encrypted already, so nothing is compressed; any zip tool shows the manifest. The key lies with the
data, as it does in the school folder, so a backup must be kept as safely as the folder itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.words import _
from edudesk.storage.connection import translating_errors
from edudesk.storage.places import DATABASE, KEY, private, private_folder, sync_folder

MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1 << 20
SPARE = 8 << 20  # bytes that must stay free
LARGEST_MANIFEST, LARGEST_KEY = 4 << 20, 1 << 10  # bytes
_DAY = (1980, 1, 1, 0, 0, 0)  # of the entries inside: a clock before it must not stop a backup


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `made` is ISO wall time; `last` the newest step's number and `clock` its place in time;
    `sound` whether file, chain and replay were found whole, else `said` tells; `heads` is stream → last seq and its `c` in hex."""

    school: str
    identity: str
    made: str
    why: str
    program: str
    device: str
    epoch: str
    last: int
    clock: int
    rows: int
    sound: bool = True
    said: tuple[str, ...] = ()
    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    bytes: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that can be read: where it lies and what it holds."""

    path: Path
    manifest: Manifest


def write_archive(source: Path, target: Path, manifest: Manifest) -> Backup:
    """Put the database and key of folder `source` into the file `target`: written aside, read back, then named.

    Raises Unavailable: DISK_FULL, NOT_ALLOWED, and BACKUP_TORN when what was written does not read back.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        with translating_errors(target):
            private_folder(target.parent)
            whole = _write(source, part, manifest)
            _require_whole(part, whole)
            part.replace(target)
            sync_folder(target.parent)
    finally:
        _drop(part)
    return Backup(target, whole)


def _write(source: Path, part: Path, manifest: Manifest) -> Manifest:
    with (source / DATABASE).open("rb") as file:
        told = {**asdict(manifest), "bytes": (source / DATABASE).stat().st_size, "sha256": _hash(file)}
    text = json.dumps({"format": FORMAT, **told}, ensure_ascii=False, indent=2)
    with open(part, "wb", opener=private) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
            made.writestr(zipfile.ZipInfo(MANIFEST, _DAY), text)
            made.writestr(zipfile.ZipInfo(KEY, _DAY), (source / KEY).read_bytes())
            with (
                (source / DATABASE).open("rb") as data,
                made.open(zipfile.ZipInfo(DATABASE, _DAY), "w") as entry,
            ):
                _pour(data, entry)
        file.flush()
        os.fsync(file.fileno())
    return _manifest(text)


def read_archive(path: Path) -> Backup:
    """What a backup says it holds. Raises Unavailable: FILE_MISSING, NOT_ALLOWED, BACKUP_TORN, BACKUP_NEWER."""
    with translating_errors(path), _opened(path) as archive:
        sizes = _bounded_sizes(archive, path)
        manifest = _manifest(archive.read(MANIFEST).decode())
        if sizes.get(DATABASE) != manifest.bytes:
            raise zipfile.BadZipFile
        return Backup(path, manifest)


def _bounded_sizes(archive: zipfile.ZipFile, path: Path) -> dict[str, int]:
    """How large each entry says it is: nothing is read that would inflate beyond the file it comes from."""
    sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    if not (0 < sizes.get(MANIFEST, 0) <= LARGEST_MANIFEST and 0 < sizes.get(KEY, 0) <= LARGEST_KEY):
        raise zipfile.BadZipFile
    if sum(sizes.values()) > 2 * path.stat().st_size:
        raise zipfile.BadZipFile  # a database is encrypted: nothing makes it smaller
    return sizes


def unpack(path: Path, folder: Path) -> Manifest:
    """Lay database and key of a backup into a folder, every byte compared with its hash.

    Raises as `read_archive`, and DISK_FULL before anything is written.
    """
    manifest = read_archive(path).manifest
    with translating_errors(path), _opened(path) as archive:
        private_folder(folder)
        require_free(folder, manifest.bytes)
        text = archive.read(KEY)
        with archive.open(DATABASE) as entry, open(folder / DATABASE, "wb", opener=private) as data:
            if _pour(entry, data) != manifest.sha256:
                raise zipfile.BadZipFile
            data.flush()
            os.fsync(data.fileno())
        with open(folder / KEY, "wb", opener=private) as data:
            data.write(text)
            data.flush()
            os.fsync(data.fileno())
    return manifest


def require_free(folder: Path, need: int) -> None:
    """Refuse to begin what the disk has no room for."""
    free = shutil.disk_usage(folder).free
    if free < need + SPARE:
        message = _("Ổ đĩa chỉ còn {free} MB trống, cần {need} MB. Chưa ghi gì.")
        words = message.format(free=free >> 20, need=(need + SPARE >> 20) + 1)
        raise Unavailable(Problem("DISK_FULL", words, str(folder), _("Dọn bớt chỗ rồi làm lại.")))


def copy_archive(backup: Backup, target: Path) -> Backup:
    """The same file elsewhere, read back there before it gets its name. Raises Unavailable."""
    part = target.with_name(f"{target.name}.part")
    try:
        with translating_errors(target):
            private_folder(target.parent)
            with backup.path.open("rb") as data, open(part, "wb", opener=private) as file:
                _pour(data, file)
                file.flush()
                os.fsync(file.fileno())
            _require_whole(part, backup.manifest)
            part.replace(target)
            sync_folder(target.parent)
    finally:
        _drop(part)
    return Backup(target, backup.manifest)


def _require_whole(path: Path, manifest: Manifest) -> None:
    with _opened(path) as archive, archive.open(DATABASE) as entry:
        if _hash(entry) != manifest.sha256:
            raise zipfile.BadZipFile


# What a zip file, and what a manifest made by somebody else, can be wrong with: an encrypted entry is a RuntimeError.
_TORN: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, ArithmeticError),
    *(EOFError, RuntimeError),  # and with it RecursionError and NotImplementedError
)


class _opened:  # noqa: N801 - reads as a word
    """A zip file whose every way of being torn is one sentence."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> zipfile.ZipFile:
        try:
            self._archive = zipfile.ZipFile(self._path)
        except _TORN as error:
            raise _torn(self._path) from error
        return self._archive

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        self._archive.close()
        if isinstance(error, _TORN):
            raise _torn(self._path) from error


def _manifest(text: str) -> Manifest:
    fields = json.loads(text)
    if fields.pop("format") > FORMAT:
        message = _("Bản sao lưu do một bản EduDesk mới hơn ghi.")
        raise Unavailable(Problem("BACKUP_NEWER", message, next=_("Cài bản mới nhất rồi làm lại.")))
    fields["said"] = tuple(map(str, fields["said"]))
    fields["heads"] = {
        stream: (int(seq), bytes.fromhex(c).hex()) for stream, (seq, c) in fields["heads"].items()
    }
    fields["counts"] = {name: int(count) for name, count in fields["counts"].items()}
    manifest = Manifest(**fields)
    _require_plain(manifest)
    return manifest


def _require_plain(manifest: Manifest) -> None:
    """Every value is what its field says, and the moment can be shown; else it is torn."""
    for name, kind in Manifest.__annotations__.items():
        value = getattr(manifest, name)
        plain = {"str": isinstance(value, str), "bool": isinstance(value, bool)}
        plain["int"] = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 62
        if not plain.get(kind, True):
            raise ValueError(name)
    dt.datetime.fromisoformat(manifest.made).astimezone()


def _torn(path: Path) -> Unavailable:
    message = _("Tệp sao lưu không nguyên vẹn nên không dùng được.")
    return Unavailable(Problem("BACKUP_TORN", message, str(path), _("Chọn một bản sao lưu khác.")))


def _pour(source: IO[bytes], target: IO[bytes]) -> str:
    total = hashlib.sha256()
    while chunk := source.read(CHUNK):
        total.update(chunk)
        target.write(chunk)
    return total.hexdigest()


def _hash(source: IO[bytes]) -> str:
    total = hashlib.sha256()
    while chunk := source.read(CHUNK):
        total.update(chunk)
    return total.hexdigest()


def _drop(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return
