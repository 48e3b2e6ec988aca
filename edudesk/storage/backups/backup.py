"""Backups of the open school: made, verified, thinned, and carried to a second place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from edudesk.kernel import clock
from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.progress import SILENT, Progress
from edudesk.kernel.words import _
from edudesk.storage.backups.archive import Backup, copy_archive
from edudesk.storage.backups.catalogue import is_due, list_backups, newest, thin, when
from edudesk.storage.backups.leftovers import sweep
from edudesk.storage.backups.pack import pack, require_sound
from edudesk.storage.connection import translating_errors
from edudesk.storage.database import Database
from edudesk.storage.doctor import check_data
from edudesk.storage.identity import identity_of
from edudesk.storage.journal import End
from edudesk.storage.places import ATTACHMENTS, BACKUPS, copy_whole, thin_tails_aside

SECOND = "backup.second"
LARGE = 500  # rows; an import of more is preceded by a backup


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made; `second` is its copy, None without one, then `problem` says why if one was wanted."""

    backup: Backup
    second: Backup | None = None
    problem: Problem | None = None


def make_backup(
    db: Database, why: str = "daily", *, target: Path | None = None, progress: Progress = SILENT
) -> Made:
    """A verified backup of the school; the journal's tail is rotated, old backups are thinned.

    In another thread give it a `clone`. Raises Unavailable (DISK_FULL, NOT_ALLOWED, BACKUP_TORN); a second place
    that fails is told in the answer and stops nothing.
    """
    place = db.folder / BACKUPS
    progress.step(0, 3, _("Chép và kiểm tra dữ liệu"))
    since = _checked(db) if why == "daily" else {}
    check = lambda folder: _wrong(db, folder, since)  # noqa: E731
    backup = pack(db.connection, db.folder, why, check=check, target=target)
    if target is not None:
        return Made(backup)
    if second_place(db) is not None:
        progress.step(1, 3, _("Chép sang nơi thứ hai"))
    made = _carried(db, backup)
    progress.step(2, 3, _("Dọn bản cũ"))
    if backup.manifest.sound:
        db.tail.forget(backup.manifest.last)
        thin_tails_aside(db.folder)
        thin(place)
    return made


def _wrong(db: Database, folder: Path, since: Mapping[str, End]) -> list[str]:
    """What is wrong with a copy, in words; the ends it was made with need not be checked again."""
    with db.clone(folder) as copy:
        findings = [finding for finding in check_data(copy, since=since) if not finding.fine]
        copy.connection.execute("pragma journal_mode = delete")
    for finding in findings:
        require_sound("ok" if finding.code != "FILE" else finding.message, folder)
    return [finding.message for finding in findings]


def _checked(db: Database) -> dict[str, End]:
    """How far this week's backups have checked the chain; the first of a week checks it from the beginning."""
    week = clock.today().isocalendar()[:2]
    ours = [backup for backup in list_backups(db.folder) if when(backup).isocalendar()[:2] == week]
    last = newest(ours, db.origin.epoch)
    return {name: (seq, bytes.fromhex(c)) for name, (seq, c) in last.manifest.heads.items()} if last else {}


def is_backup_due(db: Database, today: dt.date) -> bool:
    """Whether today has no sound backup yet."""
    return is_due(list_backups(db.folder), today)


def second_place(db: Database) -> Path | None:
    """Where copies of the backups go besides, as chosen on this PC."""
    chosen = str(db.local(SECOND, ""))
    return Path(chosen) if chosen else None


def choose_second_place(db: Database, place: Path | None) -> None:
    """Remember the second place; None for none. Raises Unavailable when it is the school's own folder."""
    if place is not None and place.resolve().is_relative_to(db.folder.resolve()):
        message = _("Nơi thứ hai nằm ngay trong thư mục dữ liệu, mất máy là mất cả hai.")
        raise Unavailable(
            Problem("SECOND_PLACE", message, str(place), _("Chọn một ổ khác hoặc một chiếc USB."))
        )
    db.set_local(SECOND, str(place) if place else "")


def _carried(db: Database, backup: Backup) -> Made:
    place = second_place(db)
    if place is None:
        return Made(backup)
    if not place.is_dir():
        message = _("Nơi sao lưu thứ hai chưa cắm vào máy.")
        return Made(backup, problem=Problem("SECOND_PLACE", message, str(place), _("Cắm lại rồi sao lưu.")))
    own = place / f"EduDesk-{identity_of(db.connection)[:8]}"
    sweep(own)
    try:
        copy = copy_archive(backup, own / backup.path.name)
        _carry_attachments(db.folder / ATTACHMENTS, own / ATTACHMENTS)
    except Unavailable as error:
        return Made(backup, problem=error.problems[0])
    thin(own)
    return Made(backup, copy)


def _carry_attachments(path: Path, place: Path) -> None:
    """Copy the attached files the second place does not have yet; they are named by content and never change."""
    for file in sorted(entry for entry in path.rglob("*") if entry.is_file()):
        target = place / file.relative_to(path)
        if target.exists():
            continue
        with translating_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            copy_whole(file, target)
