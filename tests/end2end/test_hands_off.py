"""Nothing is written by pointing, scrolling or passing: only by what a person does to a value."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QWidget

import edudesk
from edudesk.app import make_shell
from edudesk.demo.build import make_demo
from edudesk.kernel.change import Step
from edudesk.slices import PAGES, new_school
from edudesk.storage.database import Database
from edudesk.students.places import StudentsPlace
from edudesk.students.store import pupils
from edudesk.ui.boxes import ComboBox, SpinBox
from edudesk.ui.shell import Shell

ROOT = Path(edudesk.__file__).parent


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with new_school(tmp_path / "truong") as db:
        make_demo(db, level="thpt", year=2026, pupils=60)
        yield db


@pytest.fixture
def shell(db: Database, qapp: QApplication) -> Iterator[Shell]:
    shell = make_shell(db)
    shell.resize(1366, 768)
    shell.show()
    yield shell
    shell.desk.close()
    shell.close()
    shell.deleteLater()


def sights(shell: Shell) -> Iterator[QWidget]:
    """Every page at every place it has, and a pupil's record."""
    for spec in PAGES:
        for place in shell.show_page(spec.key).sights():
            page = shell.show_page(spec.key, place)
            page.settle()
            QApplication.processEvents()
            yield page
    pupil = pupils(shell.desk.db, shell.desk.year)[0]
    page = shell.go(StudentsPlace(pupil=pupil.id, class_id=pupil.class_id))
    QApplication.processEvents()
    yield page


def wheel(widget: QWidget, notches: int = -2) -> bool:
    """Turn the wheel over a widget; whether it took it."""
    middle = QPointF(widget.rect().center())
    turn = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turn)
    return turn.isAccepted()


def value_of(box: QWidget) -> str:
    if isinstance(box, QComboBox):
        return f"{box.currentIndex()} {box.currentText()}"
    assert isinstance(box, QAbstractSpinBox)
    return box.text()


def boxes(shell: Shell) -> list[QWidget]:
    every = [*shell.findChildren(QComboBox), *shell.findChildren(QAbstractSpinBox)]
    return [box for box in every if box.isVisible() and box.isEnabled()]


def test_the_wheel_over_a_closed_box_turns_nothing_on_any_page(shell: Shell, db: Database) -> None:
    steps: list[Step] = []
    db.watch(steps.append)
    turned, seen = [], 0
    for page in sights(shell):
        for box in boxes(shell):
            for focused in (False, True):
                if focused:
                    box.setFocus()
                before = value_of(box)
                for notches in (-2, 1):
                    wheel(box, notches)
                seen += 1
                if value_of(box) != before:
                    turned.append((type(page).__name__, box.accessibleName()))
    assert seen > 60
    assert turned == []
    assert steps == []


@pytest.mark.parametrize("kind", [ComboBox, SpinBox])
def test_the_page_under_a_box_gets_the_wheel(kind: type[QWidget], qapp: QApplication) -> None:
    page = QWidget()
    box = kind(page)
    if isinstance(box, QComboBox):
        box.addItems(["6A1", "6A2", "6A3"])
    page.show()
    box.setFocus()
    taken = wheel(box)
    page.close()
    assert not taken  # Qt hands what is not taken to the widget below


def test_every_box_is_of_the_kind_that_passes_the_wheel_on() -> None:
    own = {
        "QComboBox",
        "QFontComboBox",
        "QSpinBox",
        "QDoubleSpinBox",
        "QDateEdit",
        "QTimeEdit",
        "QDateTimeEdit",
    }
    own |= {"QSlider", "QDial", "QTabBar", "QTabWidget", "QCalendarWidget"}
    strangers = []
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "PySide6.QtWidgets":
                strangers += [(path.name, name.name) for name in node.names if name.name in own]
    assert {file for file, _name in strangers} <= {"boxes.py"}, strangers


def hover(widget: QWidget, where: QPoint) -> None:
    point = QPointF(where)
    glide = QMouseEvent(
        QEvent.Type.MouseMove,
        point,
        QPointF(widget.mapToGlobal(where)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(widget, glide)


@pytest.mark.parametrize("seed", [1, 2])
def test_passing_over_the_pages_writes_nothing(shell: Shell, db: Database, seed: int) -> None:
    """Tab and Shift+Tab through every page, the pointer and the wheel over whatever is seen."""
    steps: list[Step] = []
    db.watch(steps.append)
    chance = random.Random(seed)
    for page in sights(shell):
        page.setFocus()
        for _round in range(24):
            widget = QApplication.focusWidget() or page
            QTest.keyClick(widget, chance.choice([Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab]))
            visible = [w for w in page.findChildren(QWidget) if w.isVisible() and w.width() > 4]
            under = chance.choice(visible or [page])
            hover(under, QPoint(chance.randrange(under.width()), chance.randrange(max(under.height(), 1))))
            wheel(under, chance.choice([-3, -1, 1]))
        QApplication.processEvents()
    assert [step.label for step in steps] == []


class _TopLevels(QObject):
    """Hears which windows are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_opening_a_page_flashes_no_window_of_its_own(shell: Shell, qapp: QApplication) -> None:
    stray: dict[str, list[str]] = {}
    for spec in PAGES:
        heard = _TopLevels()
        qapp.installEventFilter(heard)
        for place in shell.show_page(spec.key).sights():
            shell.show_page(spec.key, place).settle()
            QApplication.processEvents()
        qapp.removeEventFilter(heard)
        stray |= {spec.key: heard.shown} if heard.shown else {}
    assert stray == {}
