"""Going back to a backup: what would be lost, a backup of the present, then the other database in its place.

The restored school writes in a new epoch: no number a peer has seen is ever used twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]

from edudesk.kernel.change import GONE
from edudesk.kernel.errors import Problem, Refused, Unavailable
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import _
from edudesk.storage import journal
from edudesk.storage.backups.archive import Manifest, unpack
from edudesk.storage.backups.backup import make_backup
from edudesk.storage.backups.pack import chain_only, pack, require_room, scratch
from edudesk.storage.connection import Connection, connect, translating_errors
from edudesk.storage.database import Database
from edudesk.storage.identity import identity_of
from edudesk.storage.places import (
    BACKUPS,
    DATABASE,
    KEY,
    STAGED,
    clear_attempt,
    copy_whole,
    has_school,
    school_key,
)
from edudesk.storage.swap import begin_epoch, swap_in, use_key

SHOWN = 8  # steps told one by one


@dataclass(frozen=True, slots=True)
class StepPreview:
    """A Step in a preview: its label, its author, the PC's time."""

    label: str
    actor: str
    wall: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What going back means. `lost` and `gained` count Steps, with the last few told; `rows` counts rows that would
    change, by table."""

    manifest: Manifest
    lost: int
    lost_last: tuple[StepPreview, ...]
    gained: int
    gained_last: tuple[StepPreview, ...]
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Staged:
    """A database ready to take the place of the present one, which then had `last` as its newest step."""

    path: Path
    last: int


def preview_restore(db: Database, backup: Path) -> Preview:
    """What restoring a backup would take and bring. Nothing is changed.

    Raises Unavailable (BACKUP_TORN, BACKUP_NEWER, DISK_FULL) and Refused OTHER_SCHOOL.
    """
    require_room(db.connection, db.folder)
    with scratch(db.folder / BACKUPS) as work:
        manifest = unpack(backup, work)
        _require_same_school(db, manifest)
        then = connect(work / DATABASE, school_key(work))
        try:
            with translating_errors(work / DATABASE):
                return _compared(db, then, manifest)
        finally:
            then.close()


def _compared(db: Database, then: Connection, manifest: Manifest) -> Preview:
    now_ids, then_ids = _step_ids(db.connection), _step_ids(then)
    rows = {name: _different(db, then, name) for name in db.tables}
    return Preview(
        manifest,
        lost=len(now_ids - then_ids),
        lost_last=_step_preview(db.connection, now_ids - then_ids),
        gained=len(then_ids - now_ids),
        gained_last=_step_preview(then, then_ids - now_ids),
        rows={name: count for name, count in rows.items() if count},
    )


def _step_ids(connection: Connection) -> set[str]:
    return {row[0] for row in connection.execute("select id from journal_step")}


def _step_preview(connection: Connection, ids: set[str]) -> tuple[StepPreview, ...]:
    newest = connection.execute("select id, label, actor, wall from journal_step order by n desc")
    some = (StepPreview(label, actor, wall) for step, label, actor, wall in newest if step in ids)
    return tuple(tell for tell, _n in zip(some, range(SHOWN), strict=False))


def _different(db: Database, then: Connection, table: str) -> int:
    """Rows that both have and tell differently, and rows only one has that are not gone."""
    columns = ", ".join(("id", GONE, *db.tables[table].fields))
    there = then.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone()
    if there is None:
        return int(db.value(f"select count(*) from {table} where gone = 0"))
    shared = {row[1] for row in then.execute(f"pragma table_info({table})")}
    columns = ", ".join(name for name in columns.split(", ") if name in shared)
    now = Counter(db.all(f"select {columns} from {table} where gone = 0"))
    other = Counter(then.execute(f"select {columns} from {table} where gone = 0").fetchall())
    return len({row[0] for row in [*(now - other), *(other - now)]})


def prepare_restore(db: Database, backup: Path, *, progress: Progress = SILENT) -> Staged:
    """Back up the present, then make the backup ready beside it, in a new epoch. In another thread: with a `clone`.

    Raises as `preview_restore`, and Refused NEWER_FILE for a backup of a newer program.
    """
    last = int(db.value("select max(n) from journal_step", default=0) or 0)
    with scratch(db.folder / BACKUPS) as work:
        manifest = unpack(backup, work)  # first: the backup of the present may thin this one away
        _require_same_school(db, manifest)
        _require_content(work, manifest, backup)
        make_backup(db, "restore", progress=progress)
        use_key(work, school_key(db.folder))
        with db.opened_at(work) as staged:
            begin_epoch(staged.connection)
            _keep_local(db, staged)
            pack(staged.connection, db.folder, "restored", check=chain_only)
            staged.connection.execute("pragma journal_mode = delete")
        target = db.folder / STAGED
        with translating_errors(target):
            (work / DATABASE).replace(target)
    return Staged(target, last)


def finish_restore(db: Database, staged: Staged) -> None:
    """Let the staged database take the place of the present one; `db` is it afterwards.

    Raises Refused STALE when something was written since it was staged, Unavailable BUSY; then nothing has changed.
    """
    if int(db.value("select max(n) from journal_step", default=0) or 0) != staged.last:
        staged.path.unlink(missing_ok=True)
        message = _("Trong lúc chuẩn bị, dữ liệu lại có thay đổi nên chưa khôi phục.")
        raise Refused(Problem("STALE", message, next=_("Làm lại từ đầu.")))
    db.replace_with(staged.path)


def restore(db: Database, backup: Path) -> Manifest:
    """Preparing and finishing at once. Answers what was restored."""
    manifest = preview_restore(db, backup).manifest
    finish_restore(db, prepare_restore(db, backup))
    return manifest


def restore_new(folder: Path, backup: Path) -> Manifest:
    """A backup becomes the school of a folder that has none: another PC, so a new device and a new epoch.

    Raises Unavailable as `preview_restore`, Refused SCHOOL_EXISTS.
    """
    if has_school(folder):
        message = _("Thư mục này đã có dữ liệu trường.")
        raise Refused(Problem("SCHOOL_EXISTS", message, str(folder), _("Chọn một thư mục khác.")))
    clear_attempt(folder)
    with scratch(folder / BACKUPS) as work:
        manifest = unpack(backup, work)
        _require_content(work, manifest, backup)
        with translating_errors(work):
            connection = connect(work / DATABASE, school_key(work))
            try:
                begin_epoch(connection, new_device=True)
                connection.execute("delete from local")
                connection.execute("pragma journal_mode = delete")
            finally:
                connection.close()
        with translating_errors(folder):
            copy_whole(work / KEY, folder / KEY)
        swap_in(folder, work / DATABASE)
    return manifest


def _require_content(work: Path, manifest: Manifest, backup: Path) -> None:
    """Refuse what only calls itself a backup: it opens with its key, is whole, and is the school it says it is."""
    message = _("Tệp này không chứa dữ liệu của một trường, hoặc nội dung đã bị sửa.")
    wrong = Unavailable(Problem("BACKUP_TORN", message, str(backup), _("Chọn một bản sao lưu khác.")))
    connection = connect(work / DATABASE, school_key(work))
    try:
        with translating_errors(work / DATABASE):
            torn = connection.execute("pragma cipher_integrity_check").fetchall()
            whole = connection.execute("pragma quick_check(1)").fetchone()[0] == "ok"
            same = identity_of(connection) == manifest.identity
            origin = connection.execute("select count(*) from identity where key in ('device', 'epoch')")
            known = origin.fetchone()[0] == 2
            connection.execute("select count(*) from local").fetchone()
        chain = not manifest.sound or not journal.broken_links(connection)
    except sqlcipher.DatabaseError as error:
        raise wrong from error
    finally:
        connection.close()
    if torn or not (whole and same and known and chain):
        raise wrong


def _keep_local(db: Database, staged: Database) -> None:
    """The settings of this PC stay what they are: last page, second place."""
    staged.connection.execute("delete from local")
    staged.connection.executemany("insert into local values (?, ?)", db.all("select key, value from local"))


def _require_same_school(db: Database, manifest: Manifest) -> None:
    if manifest.identity != identity_of(db.connection):
        message = _("Bản sao lưu này là của trường khác: {name}.").format(name=manifest.school or "?")
        raise Refused(
            Problem("OTHER_SCHOOL", message, next=_("Khôi phục vào một thư mục trống để mở trường đó."))
        )
