"""Folders that a service copies to other PCs behind the program's back, where a database may be torn.

Known by the service's environment, by the names its folders have, by the marks it leaves, and on Windows by the
attributes of files that live in a cloud.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

_VARIABLES = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
_NAMES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "drive của tôi": "Google Drive",
    "iclouddrive": "iCloud Drive",
    "icloud drive": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
}
_MARKS = {".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".tmp.driveupload": "Google Drive"}
# Of Windows: a file whose content is fetched when it is opened or read, or is pinned to this PC by a cloud.
_IN_A_CLOUD = 0x0004_0000 | 0x0040_0000 | 0x0008_0000 | 0x0010_0000


def synced_by(folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """The name of the service that synchronises a folder; empty when none does. The folder need not exist yet."""
    place = folder.expanduser().absolute()
    asked = os.environ if environment is None else environment
    roots = (Path(asked[name]) for name in _VARIABLES if asked.get(name))
    if any(place.is_relative_to(root) for root in roots):
        return "OneDrive"
    above = (place, *place.parents)
    named = (_named(path.name) for path in above)
    marked = (service for path in above for mark, service in _MARKS.items() if (path / mark).exists())
    return next(filter(None, (*named, *marked, _in_a_cloud(above))), "")


def _named(name: str) -> str:
    """“OneDrive - Trường THCS A” and “Dropbox (Cá nhân)” are also names of such folders."""
    plain = name.casefold()
    stem = plain.partition(" - ")[0].partition(" (")[0]
    return _NAMES.get(plain) or _NAMES.get(stem, "")


def _in_a_cloud(above: tuple[Path, ...]) -> str:
    """What Windows itself says of the nearest folder that is there."""
    path = next(file for file in above if file.exists())  # at the latest the root of the drive
    marks: int = getattr(path.stat(), "st_file_attributes", 0)  # of Windows alone
    return "OneDrive" if marks & _IN_A_CLOUD else ""
