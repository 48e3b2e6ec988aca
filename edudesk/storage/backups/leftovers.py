"""What killed programs left half-written in a place: found by its name, removed when nobody works there any more."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path

from edudesk.storage.instance import lock_file

SUFFIX = ".edubackup"
SCRATCH = ".dang-ghi-"
IN_USE = "dang-dung"  # locked by whoever works in a scratch folder
JUST_MADE = 5  # seconds in which whoever makes one may not have locked its mark yet
LEFT_OVER = 3600  # seconds after which what has no such mark is nobody's


def sweep(place: Path) -> None:
    """Remove what killed programs left half-written in a place."""
    with suppress(OSError):
        for path in [*place.glob(f"{SCRATCH}*"), *place.glob(f"*{SUFFIX}.part")]:
            if _is_nobodys(path):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink()


def _is_nobodys(path: Path) -> bool:
    """Whether nobody works there any more: its mark can be locked, or it is old and has none."""
    age = time.time() - path.stat().st_mtime
    if not (path / IN_USE).exists():
        return age > LEFT_OVER
    if 0 <= age < JUST_MADE:
        return False
    with (path / IN_USE).open("ab") as mark:
        try:
            lock_file(mark)
        except OSError:
            return False
    return True
