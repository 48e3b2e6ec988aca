"""A hand that presses anything anywhere: no page breaks, and looking at things writes nothing. Seeded: a failure repeats."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QLabel,
    QMenu,
    QMessageBox,
    QWidget,
)

from edudesk.app import make_shell
from edudesk.demo.build import make_demo
from edudesk.kernel.change import Step
from edudesk.slices import PAGES, new_school
from edudesk.storage.database import Database
from edudesk.ui.application import apply_theme
from edudesk.ui.shell import Shell

KEY = Qt.Key
LOOKING = (
    *(KEY.Key_Tab, KEY.Key_Backtab, KEY.Key_Up, KEY.Key_Down, KEY.Key_Left, KEY.Key_Right),
    *(KEY.Key_PageUp, KEY.Key_PageDown, KEY.Key_Home, KEY.Key_End, KEY.Key_Escape),
)
DOING = (
    *(KEY.Key_Return, KEY.Key_Space, KEY.Key_Delete, KEY.Key_F2, KEY.Key_F7, KEY.Key_F8, KEY.Key_Insert),
    *(KEY.Key_1, KEY.Key_8, KEY.Key_Comma, KEY.Key_A, KEY.Key_T, KEY.Key_V, KEY.Key_X, KEY.Key_Backspace),
)
HELD = (KEY.Key_Z, KEY.Key_Y, KEY.Key_D, KEY.Key_G, KEY.Key_L, KEY.Key_N, KEY.Key_A, KEY.Key_C, KEY.Key_V)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    with new_school(tmp_path / "truong") as db:
        make_demo(db, level="lien_cap", year=2026, pupils=90)
        yield db


@pytest.fixture
def shell(db: Database, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """The window; whatever would wait for an answer is answered with no."""
    for kind in (QDialog, QMessageBox):
        monkeypatch.setattr(kind, "exec", lambda *_words: 0)
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_words: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: "")
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda *_words: True)
    monkeypatch.setattr(Shell, "_begin_again", lambda _shell: None)  # the window is not closed under the hand
    menus = QTimer(interval=10)
    menus.timeout.connect(_close_menu)
    menus.start()
    shell = make_shell(db)
    shell.resize(1366, 768)
    shell.show()
    yield shell
    menus.stop()
    shell.desk.close()
    for window in QApplication.topLevelWidgets():
        window.close()
    shell.deleteLater()
    apply_theme(qapp)


def _close_menu() -> None:
    """A menu waits in a loop of its own."""
    popup = QApplication.activePopupWidget()
    if isinstance(popup, QMenu):
        popup.close()


class Monkey:
    """Presses and clicks by chance; `mere` only looks: it presses no button and types nothing."""

    def __init__(self, shell: Shell, seed: int, *, mere: bool) -> None:
        self.shell, self.mere = shell, mere
        self.chance = random.Random(seed)

    def go(self, events: int) -> None:
        for number in range(events):
            if number % 40 == 0:
                self._close_dialogs()
                self._page()
            self.chance.choice([self._key, self._key, self._click, self._hover])()
            QApplication.processEvents()
        self._close_dialogs()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _page(self) -> None:
        spec = self.chance.choice(PAGES)
        sight = self.chance.choice(self.shell.show_page(spec.key).sights())
        self.shell.show_page(spec.key, sight)

    def _key(self) -> None:
        target = QApplication.focusWidget() or self.shell
        if not self.mere and self.chance.random() < 0.15:
            QTest.keyClick(target, self.chance.choice(HELD), Qt.KeyboardModifier.ControlModifier)
        else:
            QTest.keyClick(target, self.chance.choice(LOOKING if self.mere else (*LOOKING, *DOING)))

    def _click(self) -> None:
        widget = self._somewhere()
        if widget is not None:
            spot = QPoint(
                self.chance.randrange(max(widget.width(), 1)), self.chance.randrange(max(widget.height(), 1))
            )
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=spot)

    def _hover(self) -> None:
        widget = self._somewhere()
        if widget is not None:
            QTest.mouseMove(widget, widget.rect().center())

    def _somewhere(self) -> QWidget | None:
        window = QApplication.activeWindow() or self.shell
        seen = [one for one in window.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
        if self.mere:
            seen = [one for one in seen if _only_shows(one)]
        return self.chance.choice(seen) if seen else None

    def _close_dialogs(self) -> None:
        popup = QApplication.activePopupWidget()
        while popup is not None:
            popup.close()
            popup = QApplication.activePopupWidget()
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.reject()
        self.shell.activateWindow()


def _only_shows(widget: QWidget) -> bool:
    """Whether a click on it can only choose what is seen: lists, labels, frames."""
    parent = widget.parentWidget()
    listed = isinstance(parent, QAbstractItemView) and not isinstance(parent.window(), QComboBox)
    return listed or type(widget) in (QLabel, QFrame, QWidget)


def wild(shell: Shell, seed: int, events: int) -> tuple[int, int]:
    """Press anything; how many widgets there were after the first half and at the end, all pages having been seen."""
    monkey = Monkey(shell, seed, mere=False)
    counts = []
    for _half in range(2):
        monkey.go(events // 2)
        for spec in PAGES:  # another look lets go of pages: count them all
            for place in shell.show_page(spec.key).sights():
                shell.show_page(spec.key, place).settle()
        counts.append(len(QApplication.allWidgets()))
    return counts[0], counts[1]


@pytest.mark.parametrize("seed", [3, 7])
def test_looking_around_breaks_nothing_and_writes_nothing(shell: Shell, db: Database, seed: int) -> None:
    steps: list[Step] = []
    db.watch(steps.append)
    Monkey(shell, seed, mere=True).go(400)
    assert [step.label for step in steps] == []


def test_pressing_anything_anywhere_breaks_no_page(shell: Shell) -> None:
    half, whole = wild(shell, 11, 400)
    assert whole < half * 1.25


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
def test_ten_thousand_presses_break_no_page(shell: Shell, db: Database, seed: int) -> None:
    half, whole = wild(shell, seed, 10_000)
    assert whole < half * 1.25
    steps: list[Step] = []
    db.watch(steps.append)
    Monkey(shell, seed, mere=True).go(2_000)
    assert [step.label for step in steps] == []


def test_another_look_leaves_the_open_page_and_what_is_typed(shell: Shell, qapp: QApplication) -> None:
    students = shell.show_page("students")
    shell.show_page("gradebook")
    settings = shell.show_page("settings")
    shell.desk.undressed.emit()
    assert shell.show_page("settings") is settings
    assert shell.show_page("students") is not students, "a page nobody saw is made anew"
    page = shell.show_page("students")
    page.newcomer.form.boxes["name"].input.setModified(True)
    QTest.keyClicks(page.newcomer.form.boxes["name"].input, "Lan")
    shell.show_page("settings")
    shell.desk.undressed.emit()
    assert shell.show_page("students") is page, "what was typed is not thrown away"
