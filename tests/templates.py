"""Schools made once and copied for each test: making one takes ten times as long as copying it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path

from edudesk.slices import open_school
from edudesk.storage.database import Database

_MADE: dict[Hashable, Path] = {}


@cache
def _store() -> Path:
    """Where this process keeps its templates; gone when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="edudesk-templates-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def school_copy(folder: Path, key: Hashable, make: Callable[[Path], Database]) -> Database:
    """The school that `make` makes, copied into `folder` and open.

    `key` tells one template from another; `make` gets an empty folder and answers the school, still open.
    """
    named = (key, folder.name)  # two folders of one test are two schools
    if named not in _MADE:
        template = Path(tempfile.mkdtemp(dir=_store())) / folder.name
        make(template).close()
        _MADE[named] = template
    shutil.copytree(_MADE[named], folder, dirs_exist_ok=True)
    return open_school(folder)
