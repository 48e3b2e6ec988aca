from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from schools import make_school

from edudesk.storage.database import Database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A school with the classes 9A1 and 9A2, without pupils."""
    with make_school(tmp_path / "trường", ("9A1", "9A2")) as opened:
        yield opened
