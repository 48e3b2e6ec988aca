"""A register of class 9A2, to speak of from the command line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from registers import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    found = Register(tmp_path / "trường")
    yield found
    found.db.close()
