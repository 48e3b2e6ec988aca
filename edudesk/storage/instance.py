"""One writer to a school folder: the window, or one command, holds its lock file."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from edudesk.kernel.errors import Problem, Unavailable
from edudesk.kernel.words import _
from edudesk.storage.connection import translating_errors
from edudesk.storage.places import LOCK, OPEN, STAGED


class FolderLock:
    """Held while open; the system lets go of it even when the process is killed.

    `unclean` tells that the holder before never let go of it himself: a mark that lies in the folder meanwhile.
    Raises Unavailable BUSY when another process holds it.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / LOCK
        with translating_errors(path):
            self._file: IO[bytes] = path.open("ab")
        try:
            lock_file(self._file)
        except OSError:
            self._file.close()
            raise Unavailable(_busy(folder)) from None
        self._mark = folder / OPEN
        self.unclean = self._mark.exists()
        if self.unclean:
            with suppress(OSError):
                (folder / STAGED).unlink(missing_ok=True)  # a restore that was killed before it was decided
        with suppress(OSError):
            self._mark.touch()

    def release(self) -> None:
        if not self._file.closed:
            with suppress(OSError):
                self._mark.unlink()
        self._file.close()

    def __enter__(self) -> FolderLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def lock_file(file: IO[bytes]) -> None:
    """Lock an open file for this process until it is closed. Raises OSError when another has it."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(0, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def _busy(folder: Path) -> Problem:
    return Problem(
        "BUSY",
        _("Dữ liệu đang mở trong một cửa sổ EduDesk khác."),
        place=str(folder),
        next=_("Đóng cửa sổ đó rồi làm lại."),
    )
