"""What is slow to import is imported when it is used: a start to the painted gradebook loads none of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from schools import make_school

ROOT = Path(__file__).parents[2]
LATER = (
    "requests urllib3 reportlab openpyxl xlsxwriter python_calamine PIL keyring cryptography sqlite_utils numpy asyncio "
    "multiprocessing email http.client ssl unittest edudesk.commands edudesk.demo.build PySide6.QtPrintSupport"
).split()
LOOK = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
sys.argv = ["edudesk", "--data", sys.argv[1], "--measure"]
from edudesk.cli import main
raise SystemExit(main())
"""


@pytest.mark.parametrize("page", ["home", "gradebook", "students"])
def test_a_start_loads_nothing_that_it_does_not_show(tmp_path: Path, page: str) -> None:
    with make_school(tmp_path / "trường") as db:
        db.set_local("shell.page", page)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", LOOK, str(tmp_path / "trường")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=True)
    assert json.loads(done.stdout)["page"] == page
    loaded: list[str] = json.loads(done.stderr.splitlines()[-1])
    assert "edudesk.ui.shell" in loaded
    early = {name for name in LATER if any(one == name or one.startswith(f"{name}.") for one in loaded)}
    assert not early
