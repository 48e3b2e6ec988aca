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
def _own_hook() -> Iterator[None]:
    """A window takes over what is said of a bug; the next test hears of its own bugs itself."""
    before = sys.excepthook
    yield
    sys.excepthook = before


@pytest.fixture(autouse=True)
def _no_waiting_box(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A modal box that nobody answers fails its test instead of holding up the suite."""
    if "PySide6.QtWidgets" not in sys.modules:
        yield
        return
    from modal import unanswered_boxes

    with unanswered_boxes(monkeypatch) as unanswered:
        yield
    assert unanswered == []


def pytest_configure(config: pytest.Config) -> None:
    """Measure what this process runs, where it is one of the suite's and somebody asked for it."""
    settings_file = os.environ.get("EDUDESK_COVERAGE")
    if settings_file and "PYTEST_XDIST_WORKER" in os.environ:
        from coverage import Coverage

        coverage = Coverage(config_file=settings_file, data_suffix=True)
        coverage.start()
        config.add_cleanup(lambda: (coverage.stop(), coverage.save()))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is marked as long may take as long."""
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.timeout(3_600))


@pytest.fixture(autouse=True)
def _closes_unasked(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A window a test leaves behind asks nobody about what was typed in it; a module that says ASKS_AT_CLOSE answers."""
    shell = sys.modules.get("edudesk.ui.shell")
    if shell is not None and not hasattr(request.module, "ASKS_AT_CLOSE"):
        monkeypatch.setattr(shell.Shell, "_ask_pending", lambda _shell, _cells, *, yes: True)
