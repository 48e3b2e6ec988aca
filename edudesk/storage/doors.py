"""The ways into a school folder, for whoever does not know the slices."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from edudesk.storage.database import Database
from edudesk.storage.slice_tables import SliceTables


class Doors(NamedTuple):
    """Ways into a school folder with every slice's tables: one that is there, one being made, one being rebuilt."""

    open_school: Callable[[Path], Database]
    new_school: Callable[[Path], AbstractContextManager[Database]]
    tables: tuple[SliceTables, ...]
