"""Notices about the place the data lies in, before it does harm."""

from __future__ import annotations

import shutil
from pathlib import Path

from edudesk.kernel.paths import portable_folder, user_data_dir
from edudesk.kernel.words import _
from edudesk.storage.places import BACKUPS, NEXT

LOW = 200 * 1024 * 1024  # bytes; a day's work and its backups want less, but not much less


def notices(folder: Path) -> list[str]:
    """Sentences about a school folder that is open: none on most PCs."""
    return [words for words in (elsewhere_note(folder), low_disk_note(folder), strange_note(folder)) if words]


def elsewhere_note(folder: Path) -> str:
    """A portable program on a stick that cannot be written keeps its data on the PC, and says where."""
    beside = portable_folder()
    if beside is None or folder == beside or folder != user_data_dir():
        return ""
    return _("Nơi chứa EduDesk chỉ cho đọc nên dữ liệu được giữ trong {folder}.").format(folder=folder)


def low_disk_note(folder: Path) -> str:
    """Little room left on the disk of the data."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return ""
    if free >= LOW:
        return ""
    message = _("Ổ đĩa chỉ còn {n} MB trống. Dọn bớt chỗ để còn ghi điểm và sao lưu được.")
    return message.format(n=free // (1024 * 1024))


def strange_note(folder: Path) -> str:
    """A file lay where only the program itself puts one; it was not this school's and was put aside."""
    strange = sorted((folder / BACKUPS).glob(f"{NEXT}.*"))
    if not strange:
        return ""
    words = _("Có tệp lạ đòi thay dữ liệu của trường; tệp ấy không được dùng và nằm ở {path}.")
    return words.format(path=strange[-1])
