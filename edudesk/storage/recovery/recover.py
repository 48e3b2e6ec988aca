"""Recovers a damaged school: finds the damage, rebuilds from what is left, reports the loss in words.

Newest sound backup, then the journal's tail, then every row that can still be read from the damaged file. What was
damaged is kept aside and never removed. The rebuilt school writes in a new epoch.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher  # type: ignore[import-untyped]

from edudesk.kernel import clock
from edudesk.kernel.access import Author
from edudesk.kernel.change import GONE, Step
from edudesk.kernel.errors import Problem, Refused, Unavailable
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import _
from edudesk.storage import journal
from edudesk.storage.backups.archive import Manifest, unpack
from edudesk.storage.backups.catalogue import list_backups, newest
from edudesk.storage.backups.pack import chain_only, pack, scratch
from edudesk.storage.connection import Connection, connect, translating_errors
from edudesk.storage.database import Database
from edudesk.storage.doctor import check_data
from edudesk.storage.migrate import identity
from edudesk.storage.places import (
    BACKUPS,
    DATABASE,
    KEY,
    MAKING,
    TAIL,
    WITNESS,
    copy_whole,
    database_gone,
    has_database,
    private_folder,
    school_key,
    write_key,
)
from edudesk.storage.recovery.rebuild import RebuildPlan, carry_out, plan, wanted_changes, write_again
from edudesk.storage.recovery.salvage import Reader, SalvagedRows, read_journal, read_table
from edudesk.storage.slice_tables import SliceTables
from edudesk.storage.swap import begin_epoch, swap_in
from edudesk.storage.witness import Promise, missing, promised, read_witness

DAMAGED_FOLDER = "hong"
_FILES = (DATABASE, f"{DATABASE}-wal", TAIL, f"{TAIL}-wal", WITNESS, KEY)
DAMAGE = ("DATABASE_DAMAGED", "DATABASE_KEY", "DATABASE_BEHIND", "KEY_MISSING")


@dataclass(frozen=True, slots=True)
class Recovery:
    """What a recovery did: the `base` it began from (None: from nothing), Steps taken `over` as they were, done
    `again`, cells' rows taken from the `tables`, what is lost, and the `damaged_folder` they were moved to."""

    base: Manifest | None
    over: int
    again: int
    tables: int
    lost_steps: int
    lost_rows: int
    unsure: bool
    until: str
    damaged_folder: Path

    @property
    def is_whole(self) -> bool:
        """Whether nothing that was acknowledged can be missing."""
        return not (self.lost_steps or self.lost_rows or self.unsure)


def damage(folder: Path) -> Problem | None:
    """What is wrong with the school's file, on a connection of its own; None when it is whole. Changes nothing.

    Pages are checked by their proofs, the file by its structure, its end by the journal's tail.
    """
    if not has_database(folder):
        return database_gone(folder)
    try:
        key = school_key(folder)
        promises = promised(folder, key)  # before the database: another process may be writing
        connection = connect(folder / DATABASE, key)
    except Unavailable as error:
        return error.problems[0] if error.code in DAMAGE else None
    try:
        with translating_errors(folder / DATABASE):
            connection.execute("begin")
            return _wrong(connection, folder, promises)
    except Unavailable as error:
        return error.problems[0] if error.code in DAMAGE else None
    except sqlcipher.DatabaseError:
        return _damaged(folder)
    finally:
        connection.close()


def _wrong(connection: Connection, folder: Path, promises: tuple[Promise, ...]) -> Problem | None:
    torn = connection.execute("pragma cipher_integrity_check").fetchall()
    words = connection.execute("pragma quick_check(1)").fetchone()[0]
    if torn or words != "ok":
        return _damaged(folder)
    epoch = connection.execute("select value from identity where key = 'epoch'").fetchone()
    if epoch and missing(connection, epoch[0], promises):
        message = _("Tệp dữ liệu thiếu những việc ghi gần đây nhất.")
        return Problem("DATABASE_BEHIND", message, str(folder), _("Lấy lại từ nhật kí."))
    return None


def _damaged(folder: Path) -> Problem:
    return Problem(
        "DATABASE_DAMAGED", _("Tệp dữ liệu bị hỏng."), str(folder), _("Dựng lại từ bản sao lưu và nhật kí.")
    )


def recover(folder: Path, parts: Sequence[SliceTables], *, progress: Progress = SILENT) -> Recovery:
    """Rebuild the school of a folder nobody has open, and put it in the place of the damaged one.

    Raises Unavailable RECOVERY_FAILED when there is nothing to build from, and what the disk says, Refused NEWER_FILE;
    then the folder is as it was.
    """
    progress.step(0, 4, _("Giữ riêng tệp hỏng"))
    path = keep_aside(folder)
    with translating_errors(folder), scratch(folder / BACKUPS) as work:
        progress.step(1, 4, _("Đọc những gì còn đọc được"))
        damaged = _work_copy(path, work / "damaged")
        keys = _keys(folder)
        tell = _sources(damaged, keys)
        base, manifest = _base(folder, parts, work / "base", tell.rows, keys=keys, itself=damaged)
        with base:
            progress.step(2, 4, _("Ghép nhật kí vào bản sao lưu"))
            made, again, tables = _build(base, tell, damaged, keys)
            progress.step(3, 4, _("Kiểm tra dữ liệu dựng lại"))
            _require_sound(base)
            until = str(base.value("select wall from journal_step order by n desc limit 1", default=""))
            pack(base.connection, base.folder, "recovered", check=chain_only, target=_target(folder))
            base.connection.execute("pragma journal_mode = delete")
        _take(folder, work / "base")
    unsure = tell.unsure or made is None
    made = made or RebuildPlan()
    return Recovery(
        manifest, len(made.linked), again, tables, made.lost_steps, made.lost_rows, unsure, until, path
    )


def start_from_backup(folder: Path, parts: Sequence[SliceTables], *, chosen: Path | None = None) -> Recovery:
    """Without recovery: a backup as it is, the newest sound one or the one that was `chosen`, in a new epoch.

    Raises Unavailable RECOVERY_FAILED, and what a chosen backup is wrong with; Refused OTHER_SCHOOL.
    """
    path = keep_aside(folder)
    with translating_errors(folder), scratch(folder / BACKUPS) as work:
        base, manifest = (
            _chosen(folder, parts, work / "base", chosen)
            if chosen is not None
            else _base(folder, parts, work / "base", SalvagedRows(), keys=())
        )
        with base:
            begin_epoch(base.connection)
            base.connection.execute("pragma journal_mode = delete")
        _take(folder, work / "base")
    assert manifest is not None
    return Recovery(manifest, 0, 0, 0, 0, 0, unsure=True, until=manifest.made, damaged_folder=path)


def _chosen(
    folder: Path, parts: Sequence[SliceTables], work: Path, backup: Path
) -> tuple[Database, Manifest]:
    manifest = unpack(backup, work)
    others = {known.manifest.identity for known in list_backups(folder)} - {""}
    if others and manifest.identity not in others:
        message = _("Bản sao lưu này là của trường khác: {name}.").format(name=manifest.school or "?")
        step = _("Khôi phục vào một thư mục trống để mở trường đó.")
        raise Refused(Problem("OTHER_SCHOOL", message, str(backup), step))
    return Database.open(work, parts), manifest


def open_as_is(folder: Path) -> None:
    """Go on with an older copy somebody put here on purpose: in a new epoch, the tail kept aside."""
    keep_aside(folder)
    connection = connect(folder / DATABASE, school_key(folder))
    try:
        with translating_errors(folder / DATABASE):
            begin_epoch(connection)
    finally:
        connection.close()


def keep_aside(folder: Path) -> Path:
    """Copies of the files as they are, in a folder of their own among the backups."""
    stamp = clock.now().strftime("%Y%m%d-%H%M%S-%f")
    path = folder / BACKUPS / f"{DAMAGED_FOLDER}-{stamp}"
    with translating_errors(path):
        private_folder(path)
        for name in _FILES:
            if (folder / name).exists():
                copy_whole(folder / name, path / name)
    return path


def _work_copy(path: Path, work: Path) -> Path:
    with translating_errors(work):
        shutil.copytree(path, work)
    return work


def _keys(folder: Path) -> list[bytes]:
    """Keys the files may have been written with: the one in the folder, and those of the backups."""
    keys: list[bytes] = []
    with suppress(Unavailable):
        keys.append(school_key(folder))
    with scratch(folder / BACKUPS) as work:
        for number, backup in enumerate(list_backups(folder)[:3]):
            try:
                unpack(backup.path, work / str(number))
                keys.append(school_key(work / str(number)))
            except Unavailable:
                continue
    return list(dict.fromkeys(keys))


@dataclass(frozen=True, slots=True)
class Recoverable:
    """The journal rows that tail and damaged file have together; `unsure` whether something neither tells may be missing, `fresh`
    whether the damaged file's tables are as new as its journal, `until` the last step that was acknowledged."""

    rows: SalvagedRows
    unsure: bool
    fresh: bool
    until: int = 0


def _sources(damaged: Path, keys: Sequence[bytes]) -> Recoverable:
    tail = _first(damaged / TAIL, keys, "meta")
    file = _first(damaged / DATABASE, keys, "identity", tail)
    complete = tail is not None and not tail.holes
    if file is None or (tail is not None and file.epoch not in ("", tail.epoch)):
        return Recoverable(alone := tail or SalvagedRows(), not complete, False, _until(damaged, alone))
    complete |= not file.holes and tail is None and not (damaged / f"{DATABASE}-wal").exists()
    fresh = tail is None or max(file.steps, default=0) >= max(tail.steps, default=0)
    both = tail | file if tail else file
    return Recoverable(both, not complete, fresh, _until(damaged, both))


def _until(damaged: Path, salvaged: SalvagedRows) -> int:
    """The last step the witness tells of, of the same epoch."""
    seen = read_witness(damaged)
    return seen.number if seen is not None and seen.epoch == salvaged.epoch else 0


def _first(
    path: Path, keys: Sequence[bytes], identity: str, known: SalvagedRows | None = None
) -> SalvagedRows | None:
    attempts = (read_journal(path, key, identity=identity, known=known) for key in keys)
    return next((salvaged for salvaged in attempts if salvaged is not None), None)


def _base(
    folder: Path,
    parts: Sequence[SliceTables],
    work: Path,
    salvaged: SalvagedRows,
    *,
    keys: Sequence[bytes],
    itself: Path | None = None,
) -> tuple[Database, Manifest | None]:
    """The school to build on: the file itself when only its end is missing, the newest backup that unpacks, or an
    empty one when the journal tells all."""
    if itself is not None and (base := _only_behind(itself, work, parts)) is not None:
        return base, None
    left = list_backups(folder)
    while (backup := newest(left, salvaged.epoch)) is not None:
        left.remove(backup)
        try:
            manifest = unpack(backup.path, work)
            return Database.open(work, parts), manifest
        except Unavailable:
            shutil.rmtree(work, ignore_errors=True)
    if not keys or 1 not in salvaged.steps:
        message = _("Không có bản sao lưu nào dùng được, và nhật kí không kể từ đầu.")
        step = _("Chép một bản sao lưu vào thư mục backups rồi làm lại.")
        raise Unavailable(Problem("RECOVERY_FAILED", message, str(folder), step))
    return _empty(work, parts, salvaged, keys[0]), None


def _only_behind(damaged: Path, work: Path, parts: Sequence[SliceTables]) -> Database | None:
    work.mkdir()
    for name in (DATABASE, f"{DATABASE}-wal", KEY):
        if (damaged / name).exists():
            shutil.copyfile(damaged / name, work / name)
    try:
        if damage(work) is None:
            base = Database.open(work, parts)
            if all(finding.fine for finding in check_data(base)):
                return base
            base.close()
    except Unavailable:
        pass
    shutil.rmtree(work, ignore_errors=True)
    return None


def _empty(work: Path, parts: Sequence[SliceTables], salvaged: SalvagedRows, key: bytes) -> Database:
    private_folder(work)
    write_key(work / KEY, key)
    (work / MAKING).touch()
    base = Database.open(work, parts, create=True)
    (work / MAKING).unlink()
    rows = [("epoch", salvaged.epoch), ("device", salvaged.device)]
    base.connection.executemany("insert or replace into identity values (?, ?)", rows)
    return base


def _build(
    base: Database, tell: Recoverable, damaged: Path, keys: Sequence[bytes]
) -> tuple[RebuildPlan | None, int, int]:
    """Bring the base up to what was told; the plan (None when it does not belong to this base), Steps done again,
    rows taken from the tables."""
    last = int(base.value("select max(n) from journal_step", default=0) or 0)
    same = tell.rows.epoch == base.value("select value from identity where key = 'epoch'")
    made = plan(tell.rows, journal.ends(base.connection), last, until=tell.until) if same else None
    begin_epoch(base.connection)
    base.origin = identity(base.connection)
    with translating_errors(base.path):
        again = carry_out(base, made, tell.rows) if made else 0
        if (made and made.is_complete and not tell.unsure) or not tell.fresh:
            return made, again, 0
        return made, again, _from_tables(base, damaged, keys)


def _from_tables(base: Database, damaged: Path, keys: Sequence[bytes]) -> int:
    """Where the journal has gaps, the damaged file's own tables tell how their rows last were; one Step."""
    wanted: dict[tuple[str, str], dict[str, object]] = {}
    for key in keys:
        with Reader(damaged / DATABASE, key) as reader:
            for name, table in base.tables.items():
                read = read_table(reader, name, (GONE, *table.fields))
                wanted |= {(name, row): fields for row, fields in read.items()}
    changes = wanted_changes(base, wanted)
    step = Step(_("Lấy lại từ tệp hỏng"), changes, _("Dựng lại dữ liệu"))
    base.connection.execute("begin immediate")
    write_again(base, step, Author())
    base.connection.execute("commit")
    return len({(change.table, change.row) for change in changes})


def _require_sound(base: Database) -> None:
    wrong = [finding for finding in check_data(base) if not finding.fine]
    if wrong:
        message = _("Dữ liệu dựng lại không khớp: {reason}").format(reason=wrong[0].message)
        raise Unavailable(Problem("RECOVERY_FAILED", message, next=_("Mở bằng bản sao lưu gần nhất.")))


def _target(folder: Path) -> Path:
    stamp = clock.now().strftime("%Y%m%d-%H%M%S-%f")
    return folder / BACKUPS / f"{stamp}-recovered.edubackup"


def _take(folder: Path, base: Path) -> None:
    with translating_errors(folder):
        copy_whole(base / KEY, folder / KEY)
    swap_in(folder, base / DATABASE)


def sentences(done: Recovery) -> list[str]:
    """The report, in words."""
    lines = [_from_what(done)]
    if done.over or done.again or done.tables:
        lines.append(
            _(
                "Lấy lại {over} việc từ nhật kí, làm lại {again} việc, đọc lại {rows} dòng từ tệp hỏng."
            ).format(over=done.over, again=done.again, rows=done.tables)
        )
    if done.is_whole:
        lines.append(_("Không thiếu việc nào đã ghi."))
    if done.lost_steps or done.lost_rows:
        lines.append(
            _("Thiếu {steps} việc và {rows} dòng không đọc được.").format(
                steps=done.lost_steps, rows=done.lost_rows
            )
        )
    if done.unsure:
        lines.append(_("Có thể thiếu những việc ghi sau {moment}.").format(moment=_moment(done.until)))
    lines.append(_("Tệp hỏng được giữ trong {folder}.").format(folder=done.damaged_folder))
    return lines


def _from_what(done: Recovery) -> str:
    if done.base is None:
        return _("Dựng lại từ nhật kí, không cần bản sao lưu.")
    return _("Dựng lại từ bản sao lưu {moment}.").format(moment=_moment(done.base.made))


def _moment(wall: str) -> str:
    return f"{dt.datetime.fromisoformat(wall):%H:%M %d/%m/%Y}" if wall else _("lúc không rõ")
