"""Where things lie: what ships with the program, and what belongs to the user."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

NETWORK_FILESYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "fuse.sshfs", "davfs", "fuse.davfs2"}
)
PORTABLE, BESIDE = "portable.txt", "DuLieu"  # the mark of a portable copy, and the folder of its data
DRIVE_REMOTE = 4  # what Windows' GetDriveTypeW answers for a mapped network drive


def resource(*parts: str) -> Path:
    """A file or folder under `resources/`, beside the package or inside the frozen program."""
    root = getattr(sys, "_MEIPASS", None) or Path(__file__).parents[2]
    return Path(root, "resources", *parts)


def program_folder() -> Path | None:
    """The folder of the frozen program; None when it runs from the source."""
    return Path(sys.executable).parent if getattr(sys, "frozen", False) else None


def portable_folder() -> Path | None:
    """The data folder of a copy that keeps its data beside itself, on a stick; None for an installed program."""
    folder = program_folder()
    return folder / BESIDE if folder is not None and (folder / PORTABLE).exists() else None


def user_data_dir() -> Path:
    """The data folder used when none is named: beside a portable program, else the one the platform gives this user.

    A portable program in a place that cannot be written uses the user's folder, unless a folder beside it is there.
    """
    folder = portable_folder()
    if folder is not None and (folder.exists() or can_write(folder.parent)):
        return folder
    return platform_data_dir()


def have_temp_folder() -> None:
    """Where the PC has no folder for what passes, let there be one in the user's data folder."""
    import tempfile

    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        own = user_data_dir() / "temp"
        with suppress(OSError):
            own.mkdir(parents=True, exist_ok=True)
        tempfile.tempdir = str(own)


def can_write(folder: Path) -> bool:
    """Whether a file can be made in a folder, by making one: what systems answer when only asked is not the truth."""
    probe = folder / f".edudesk-{os.getpid()}"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


def platform_data_dir() -> Path:
    """The data folder the platform gives this user."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "EduDesk"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "edudesk"


def is_network(folder: Path) -> bool:
    """Whether the folder lies on a network share, where SQLite cannot keep its promises."""
    if sys.platform == "win32":
        return _windows_share(folder)
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8")
    except OSError:
        return False
    return mounted_on(folder.resolve(), mounts) in NETWORK_FILESYSTEMS


def mounted_on(folder: Path, mounts: str) -> str:
    """The file system type of the longest mount point above the folder, from the text of /proc/mounts."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        _device, point, filesystem = (*line.split(" "), "", "", "")[:3]
        point = point.replace("\\040", " ")
        if len(point) > best and folder.is_relative_to(point or "/"):
            best, kind = len(point), filesystem
    return kind


def _windows_share(folder: Path) -> bool:
    import ctypes

    resolved = str(folder.resolve())
    if resolved.startswith("\\\\"):
        return True
    drive_type: int = ctypes.windll.kernel32.GetDriveTypeW(resolved[:3])  # type: ignore[attr-defined,unused-ignore]
    return drive_type == DRIVE_REMOTE
