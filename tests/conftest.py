"""What every test has: no window, a home of its own, and property tests that a slow machine does not fail."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("edudesk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("edudesk")

DATA_HOME = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_DATA_HOME"


@pytest.fixture(scope="session", autouse=True)
def _own_data_home() -> Iterator[None]:
    """Log and preferences of the tests are not those of whoever runs them."""
    before, place = os.environ.get(DATA_HOME), tempfile.mkdtemp(prefix="edudesk-tests-")
    os.environ[DATA_HOME] = place
    yield
    os.environ.pop(DATA_HOME)
    if before is not None:
        os.environ[DATA_HOME] = before
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(autouse=True)
def _closes_unasked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A window a test leaves behind asks nobody about what was typed in it; a module that says ASKS_AT_CLOSE answers."""
    shell = sys.modules.get("edudesk.ui.shell")
    if shell is not None and not hasattr(request.module, "ASKS_AT_CLOSE"):
        monkeypatch.setattr(shell.Shell, "_ask_pending", lambda _shell, _cells, *, yes: True)
