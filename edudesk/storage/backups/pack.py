"""Making a backup of an open connection: room, a copy of its own, a look at that copy, one file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from edudesk import __version__
from edudesk.kernel import clock
from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.words import _
from edudesk.storage import journal
from edudesk.storage.backups.archive import SPARE, Backup, Manifest, write_archive
from edudesk.storage.backups.leftovers import IN_USE, SCRATCH, SUFFIX, sweep
from edudesk.storage.connection import Connection, connect, translating_errors
from edudesk.storage.identity import identity_of
from edudesk.storage.instance import lock_file
from edudesk.storage.places import BACKUPS, DATABASE, KEY, private_folder, school_key, write_key

Check = Callable[[Path], list[str]]
"""Looks at a copied folder and answers what is wrong with it, in words."""


def pack(
    connection: Connection, folder: Path, why: str, *, check: Check, target: Path | None = None
) -> Backup:
    """A backup of the school open at `connection`, among its folder's backups or as the file `target`.

    Raises Unavailable: DISK_FULL before anything is written, BACKUP_TORN when the copy itself is not whole.
    """
    target = target or _free_name(folder / BACKUPS, why)
    with translating_errors(target):
        private_folder(target.parent)
    require_room(connection, target.parent)
    with scratch(target.parent) as work:
        copy_school(connection, school_key(folder), work)
        manifest = describe(work, why)
        return write_archive(
            work, target, replace(manifest, said=tuple(lines := check(work)), sound=not lines)
        )


def copy_school(connection: Connection, key: bytes, folder: Path) -> None:
    """Database and key of an open school as they are at this moment, in a folder."""
    with translating_errors(folder):
        write_key(folder / KEY, key)
        copy = connect(folder / DATABASE, key, create=True)
        try:
            connection.backup(copy)
            copy.execute("pragma journal_mode = delete")
        finally:
            copy.close()


def describe(folder: Path, why: str) -> Manifest:
    """The manifest of a copied school."""
    connection = connect(folder / DATABASE, school_key(folder), readonly=True)
    try:
        return _described(connection, why)
    finally:
        connection.close()


def _described(connection: Connection, why: str) -> Manifest:
    def value(sql: str, default: object = "") -> object:
        found = connection.execute(sql).fetchone()
        return default if found is None or found[0] is None else found[0]

    names = connection.execute("select name from sqlite_master where type = 'table' order by name").fetchall()
    counted = {
        name: name for (name,) in names if not name.startswith(("sqlite_", "_", "journal", "undo", "local"))
    }
    return Manifest(
        school=str(value("select value from setting where id = 'school.name'")).strip('"'),
        identity=identity_of(connection),
        made=clock.wall_time(),
        why=why,
        program=__version__,
        device=str(value("select value from identity where key = 'device'")),
        epoch=str(value("select value from identity where key = 'epoch'")),
        last=int(str(value("select max(n) from journal_step", 0))),
        clock=int(str(value("select max(clock) from journal_step", 0))),
        rows=int(str(value("select count(*) from journal"))),
        heads={name: (seq, c.hex()) for name, (seq, c) in journal.ends(connection).items()},
        counts={name: int(str(value(f"select count(*) from {name}"))) for name in counted},
    )


def chain_only(folder: Path) -> list[str]:
    """The check of a school whose tables this program does not know as they are: its file and its journal's chain."""
    connection = connect(folder / DATABASE, school_key(folder), readonly=True)
    try:
        require_sound(connection.execute("pragma quick_check").fetchone()[0], folder)
        broken = journal.broken_links(connection)
    finally:
        connection.close()
    return [_("Nhật kí không khớp ở luồng {stream}.").format(stream=link.stream) for link in broken]


def require_sound(sentence: str, folder: Path) -> None:
    """Refuse a copy whose file was found damaged: the disk it was written to cannot be relied on."""
    if sentence != "ok":
        message = _("Bản sao vừa ghi không nguyên vẹn: {reason}.").format(reason=sentence)
        raise Unavailable(Problem("BACKUP_TORN", message, str(folder), _("Kiểm tra ổ đĩa rồi làm lại.")))


def before_migration(connection: Connection, folder: Path) -> Backup:
    """The backup made before the tables are reshaped."""
    return pack(connection, folder, "upgrade", check=chain_only)


def require_room(connection: Connection, folder: Path) -> None:
    """Refuse to begin what the disk has no room for: the copy, and the file made of it."""
    pages = connection.execute("pragma page_count").fetchone()[0]
    size = connection.execute("pragma page_size").fetchone()[0]
    need = 2 * int(pages) * int(size) + SPARE
    free = shutil.disk_usage(folder).free
    if free < need:
        message = _("Ổ đĩa chỉ còn {free} MB trống, cần {need} MB để sao lưu. Chưa ghi gì.")
        sentence = message.format(free=free >> 20, need=(need >> 20) + 1)
        raise Unavailable(Problem("DISK_FULL", sentence, str(folder), _("Dọn bớt chỗ rồi làm lại.")))


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """A folder to work in, gone afterwards; what a killed program left in the same place goes first."""
    with translating_errors(folder):
        private_folder(folder)
        sweep(folder)
        work = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=folder))
        mark = (work / IN_USE).open("ab")
    try:
        with suppress(OSError):  # a disk that knows no locks: then only its age tells that it is nobody's
            lock_file(mark)
        yield work
    finally:
        mark.close()
        shutil.rmtree(work, ignore_errors=True)


def _free_name(folder: Path, why: str) -> Path:
    """A name after all those of the same second, lest the newest seem the oldest."""
    stem = f"{clock.now():%Y%m%d-%H%M%S}-{why}"
    endings = (path.name[len(stem) : -len(SUFFIX)] for path in folder.glob(f"{stem}*{SUFFIX}"))
    last = max(
        (int(ending[1:] or 1) for ending in endings if ending[1:].isdecimal() or not ending), default=0
    )
    return folder / f"{stem}{f'-{last + 1}' if last else ''}{SUFFIX}"
