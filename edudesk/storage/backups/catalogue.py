"""The catalogue of backups: the list, the newest, their age, which of them stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from edudesk.kernel.errors import Unavailable
from edudesk.kernel.words import N_, _
from edudesk.storage.backups.archive import Backup, read_archive
from edudesk.storage.backups.leftovers import SUFFIX
from edudesk.storage.places import BACKUPS

DAYS, WEEKS, MONTHS = 7, 8, 24
LATEST = 2  # whatever their day: should the newest be torn, the journal's tail reaches back to the one before
BEFORE_ACTIONS = 5  # of those made before something dangerous, whatever their day
OLD = 3  # days; an older backup is shown in amber

WHY = {
    "daily": N_("hằng ngày"),
    "manual": N_("làm bằng tay"),
    "restore": N_("trước khi khôi phục"),
    "restored": N_("ngay sau khi khôi phục"),
    "recovered": N_("ngay sau khi dựng lại"),
    "upgrade": N_("trước khi nâng cấp"),
    "import": N_("trước khi nhập tệp lớn"),
    "close": N_("trước khi khóa sổ học kì"),
    "seal": N_("trước khi chốt"),
}


def list_backups(folder: Path) -> list[Backup]:
    """The backups of a school folder that can be read, newest first; torn files are not offered."""
    return backups_in(folder / BACKUPS)


def backups_in(place: Path) -> list[Backup]:
    """The readable backups of a place, newest first."""
    backups = []
    with suppress(OSError):
        for path in sorted(place.glob(f"*{SUFFIX}")):
            with suppress(Unavailable):
                backups.append(read_archive(path))
    return sorted(backups, key=lambda backup: (when(backup), backup.manifest.last), reverse=True)


def when(backup: Backup) -> dt.datetime:
    """The PC's day and time when it was made, as the PC's clock told them."""
    made = dt.datetime.fromisoformat(backup.manifest.made)
    return made.astimezone().replace(tzinfo=None)


def newest(backups: Sequence[Backup], epoch: str = "") -> Backup | None:
    """The sound backup nearest to the present; of one epoch where that is known. No clock is trusted in an epoch."""
    sound = [backup for backup in backups if backup.manifest.sound]
    same = [backup for backup in sound if backup.manifest.epoch == epoch]
    if same:
        return max(same, key=lambda backup: (backup.manifest.last, when(backup)))
    return max(sound, key=when, default=None)


def is_due(backups: Sequence[Backup], today: dt.date) -> bool:
    """Whether today has no sound backup yet."""
    return not any(backup.manifest.sound and when(backup).date() == today for backup in backups)


Tone = Literal["ok", "wait"]


def age_words(backups: Sequence[Backup], now: dt.datetime) -> tuple[str, Tone]:
    """For the status line: "Sao lưu: hôm nay 08:12", and "wait" (amber) where somebody should look."""
    sound = [when(backup) for backup in backups if backup.manifest.sound]
    past = [made for made in sound if made.date() <= now.date()]
    if not sound:
        return _("Sao lưu: chưa có"), "wait"
    if not past:
        return _("Sao lưu: đồng hồ máy đã lùi, xem lại ngày giờ"), "wait"
    last = max(past)
    days = (now.date() - last.date()).days
    clock = f"{last:%H:%M}"
    if days == 0:
        return _("Sao lưu: hôm nay {clock}").format(clock=clock), "ok"
    if days == 1:
        return _("Sao lưu: hôm qua {clock}").format(clock=clock), "ok"
    message = _("Sao lưu: {days} ngày trước").format(days=days)
    return message, "wait" if days > OLD else "ok"


def worth_keeping(backups: Sequence[Backup]) -> set[Path]:
    """Which backups stay: the last two, the last of each of 7 days, 8 weeks and 24 months, and the last made before an action.

    Counted in days that have a backup, not from today: a clock ten years ahead throws nothing away.
    """
    sound = [backup for backup in backups if backup.manifest.sound] or list(backups)
    stay = {backup.path for backup in sorted(sound, key=_order, reverse=True)[:LATEST]}
    for most, name in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        stay |= _last_of_each(sound, name, most)
    actions = [backup for backup in backups if backup.manifest.why != "daily"]
    return stay | {backup.path for backup in sorted(actions, key=_order, reverse=True)[:BEFORE_ACTIONS]}


def _order(backup: Backup) -> tuple[object, ...]:
    """Of those made within one second, the one with the higher number is the newer."""
    name = backup.path.name
    return when(backup), backup.manifest.last, len(name), name


def _last_of_each(backups: Sequence[Backup], name: Callable[[Backup], object], most: int) -> set[Path]:
    last: dict[object, Path] = {}
    for backup in sorted(backups, key=_order, reverse=True):
        last.setdefault(name(backup), backup.path)
    return set(list(last.values())[:most])


def _day(backup: Backup) -> object:
    return when(backup).date()


def _week(backup: Backup) -> object:
    return when(backup).isocalendar()[:2]


def _month(backup: Backup) -> object:
    return (when(backup).year, when(backup).month)


def thin(place: Path) -> list[Path]:
    """Remove the backups of a place that need not stay; answers them. Torn files are left for a person."""
    backups = backups_in(place)
    stay = worth_keeping(backups)
    gone = [backup.path for backup in backups if backup.path not in stay]
    for path in gone:
        with suppress(OSError):
            path.unlink()
    return gone
