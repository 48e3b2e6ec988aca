"""Milestones count from the birth of the process, not from the first import."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from edudesk.kernel.milestones import resident_megabytes, since_start


@pytest.mark.skipif(sys.platform == "win32", reason="the system's clock of processes is coarser there")
def test_the_time_before_the_first_line_is_counted() -> None:
    script = "import time; time.sleep(0.2); from edudesk.kernel.milestones import since_start; print(since_start())"
    began = time.monotonic()
    told = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    outside = (time.monotonic() - began) * 1000
    assert 200 <= float(told.stdout) <= outside + 20


def test_time_and_memory_only_grow_from_something() -> None:
    assert 0 < since_start() <= since_start() + 10
    assert 10 < resident_megabytes() < 4000
