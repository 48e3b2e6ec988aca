"""A 1366×768 screen whose letters Windows enlarges to 125 %: every page fits, no word of a button or label is cut."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from edudesk.demo.build import make_demo
from edudesk.slices import new_school

ROOT = Path(__file__).parents[2]
LOOK = '''
import json, sys
from pathlib import Path
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QToolButton, QWidget
from edudesk.app import make_shell
from edudesk.ui.application import application
from edudesk.slices import PAGES
from edudesk.slices import open_school
from edudesk.ui.parts import ElidedLabel

factor = float(sys.argv[2])
ROOM = int(1366 / factor), int(768 / factor) - 40 - 31  # less the task bar and the title bar


def scrolls(widget, shell):
    """Whether a widget lies in something that scrolls."""
    while widget is not None and widget is not shell:
        above = widget.parentWidget()
        if above is not None and isinstance(above.parentWidget(), QAbstractScrollArea):
            return True
        widget = above
    return False


def faults(shell):
    for one in shell.findChildren(QWidget):
        if not one.isVisible() or one.window() is not shell or scrolls(one, shell):
            continue
        corner = one.mapTo(shell, QPoint(one.width() - 1, one.height() - 1))
        if not shell.rect().contains(corner):
            yield f"outside: {type(one).__name__} {corner.toTuple()}"
        gives_way = isinstance(one, ElidedLabel | QToolButton)
        if not isinstance(one, QLabel | QAbstractButton) or gives_way or not one.text():
            continue
        if isinstance(one, QLabel) and one.wordWrap():
            if one.height() < one.heightForWidth(one.width()) - 2:
                yield f"lines cut: {one.text()[:50]}"
        elif one.width() < (one.sizeHint() if isinstance(one, QLabel) else one.minimumSizeHint()).width() - 1:
            yield f"cut: {one.text()[:50]} {one.width()} of {one.sizeHint().width()}"


application()
told = {}
with open_school(Path(sys.argv[1])) as db:
    shell = make_shell(db)
    shell.resize(*ROOM)
    shell.show()
    told["window"] = [] if shell.size().toTuple() == ROOM else [f"{shell.size().toTuple()} in {ROOM}"]
    for spec in PAGES:
        for n, place in enumerate(shell.show_page(spec.key).sights()):
            shell.show_page(spec.key, place).settle()
            for _round in range(4):
                QApplication.processEvents()
            while shell.desk.work.busy or shell.desk.quiet.busy:
                QApplication.processEvents()
            told[f"{spec.key} {n}"] = list(faults(shell))
    shell.close()
print(json.dumps(told))
'''


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("mẫu") / "trường"
    with new_school(place) as db:
        make_demo(db, year=2026, pupils=120)
    return place


def looked(school: Path, factor: str) -> dict[str, list[str]]:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": factor,
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-c", LOOK, str(school), factor]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("factor", ["1", "1.25"])
def test_every_page_fits_and_cuts_no_word(school: Path, factor: str) -> None:
    found = looked(school, factor)
    assert len(found) > 10
    assert {page: faults for page, faults in found.items() if faults} == {}


def test_at_150_percent_the_window_still_fits_its_screen(school: Path) -> None:
    assert looked(school, "1.5")["window"] == []
