"""Every control of every page and window has a name, is reached by Tab, and shows that it has the keyboard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from edudesk.app import make_shell
from edudesk.demo.build import make_demo
from edudesk.first_run import first_window
from edudesk.kernel.place import Place
from edudesk.slices import PAGES, new_school, open_school
from edudesk.ui import theme
from edudesk.ui.focus import RINGED
from edudesk.ui.keyhelp import help_dialog
from edudesk.ui.shell import Shell
from edudesk.ui.style import sheet

KEYBOARD = Qt.FocusPolicy.TabFocus


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("mẫu") / "trường"
    with new_school(place) as db:
        make_demo(db, year=2026, pupils=60)
    return place


@pytest.fixture
def shell(folder: Path, qtbot: QtBot) -> Iterator[Shell]:
    with open_school(folder) as db:
        shell = make_shell(db)
        qtbot.addWidget(shell)
        shell.show()
        qtbot.waitExposed(shell)
        yield shell
        shell.close()


def controls(root: QWidget) -> Iterator[QWidget]:
    """What a person can give the keyboard to, now."""
    for widget in [root, *root.findChildren(QWidget)]:
        shown = widget.isVisible() and widget.isEnabled() and widget.window() is root.window()
        inner = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)  # parts of a control
        if (
            shown
            and not inner
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
            and widget is not root.window()
        ):
            yield widget


def name_of(widget: QWidget) -> str:
    """What a screen reader says: a name, the text, or the label beside it."""
    text = getattr(widget, "text", lambda: "")() if isinstance(widget, QAbstractButton) else ""
    buddies = (one.text() for one in widget.window().findChildren(QLabel) if one.buddy() is widget)
    return widget.accessibleName() or text or next(buddies, "")


def told(widget: QWidget) -> str:
    chain, step = [], widget
    while step is not None and len(chain) < 4:
        chain.append(type(step).__name__)
        step = step.parentWidget()  # type: ignore[assignment]
    return " < ".join(chain) + f" “{getattr(widget, 'text', lambda: '')()}”"


def faults(root: QWidget) -> list[str]:
    """Everything that stands against somebody who has only a keyboard or a screen reader."""
    found = []
    for widget in controls(root):
        if not name_of(widget).strip():
            found.append(f"no name: {told(widget)}")
        if not widget.focusPolicy() & KEYBOARD and not isinstance(widget, QAbstractScrollArea):
            found.append(f"no Tab: {told(widget)}")
        if not shows_focus(widget):
            found.append(f"no sign of focus: {told(widget)}")
    return found + [f"clash: {letter}" for letter, n in mnemonics(root).items() if n > 1]


def shows_focus(widget: QWidget) -> bool:
    """A ring around it, or an edge of its own in the style sheet."""
    own = (QLineEdit, QComboBox, QPlainTextEdit, QTextEdit)
    return isinstance(widget, RINGED) or (isinstance(widget, own) and has_rule(own, widget))


def has_rule(kinds: tuple[type[QWidget], ...], widget: QWidget) -> bool:
    rules = sheet(theme.LIGHT)
    return any(f"{kind.__name__}:focus" in rules for kind in kinds if isinstance(widget, kind))


def mnemonics(root: QWidget) -> Counter[str]:
    """The letters after & of what is shown."""
    texts = [one.text() for one in root.findChildren(QAbstractButton) if one.isVisible()]
    texts += [one.text() for one in root.findChildren(QLabel) if one.isVisible() and one.buddy()]
    return Counter(letter.lower() for text in texts for letter in re.findall(r"(?<!&)&(\w)", text))


@pytest.mark.parametrize("key", [spec.key for spec in PAGES])
def test_every_control_of_a_page_is_named_reached_and_seen(key: str, shell: Shell) -> None:
    page = shell.show_page(key)
    for place in page.sights():
        shell.show_page(key, place).settle()
        while shell.desk.work.busy or shell.desk.quiet.busy:
            QApplication.processEvents()
        assert faults(shell) == []


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.key)
def test_every_page_says_what_it_is_for(spec: object, shell: Shell) -> None:
    assert len(spec.help) >= 2  # type: ignore[attr-defined]
    assert all(sentence.endswith(".") for sentence in spec.help)  # type: ignore[attr-defined]


def test_the_first_window_and_the_help_are_named_reached_and_seen(qtbot: QtBot) -> None:
    for window in (first_window(), help_dialog(None, "Sổ điểm", ["Điểm."], [("F2", "Vì sao")])):
        qtbot.addWidget(window)
        window.show()
        assert faults(window) == []


Opener = Callable[[Shell], object]


def press(page: str, words: str, tab: str = "") -> Opener:
    """Opens the window behind a button or a line of a menu."""

    def open_it(shell: Shell) -> None:
        from edudesk.finds import page_actions

        shown = shell.go(Place(page=page, tab=tab)) if tab else shell.show_page(page)
        shown.settle()
        next(action.run for action in page_actions(shown) if action.words == words)()

    return open_it


WINDOWS: dict[str, Opener] = {
    "days": press("home", "Việc cả năm"),
    "class": press("school", "Thêm lớp", "classes"),
    "periods": press("school", "Thêm môn", "subjects"),
    "year": press("school", "Mở năm học mới", "years"),
    "site": press("school", "Thêm điểm trường", "school"),
    "typing": press("gradebook", "Cách nhập điểm…"),
    "lock": press("register", "Khóa theo lịch…", "locks"),
    "find": lambda shell: shell.finding.open(),
}


@pytest.mark.parametrize("name", WINDOWS)
def test_every_control_of_a_window_is_named_reached_and_seen(name: str, shell: Shell) -> None:
    WINDOWS[name](shell)
    for _round in range(3):
        QApplication.processEvents()
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    assert dialogs or name == "find"
    for window in dialogs or [shell]:
        assert faults(window) == []
    for window in dialogs:
        window.close()


def test_a_dialog_shows_what_the_keyboard_is_on(shell: Shell, qtbot: QtBot) -> None:
    from edudesk.ui.focus import FocusRing

    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    WINDOWS["days"](shell)
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.findChildren(QPushButton)[-1].setFocus(Qt.FocusReason.TabFocusReason)
    ring = dialog.findChild(FocusRing)
    qtbot.waitUntil(lambda: ring is not None and ring.isVisible())
    dialog.close()


def test_what_has_no_name_no_tab_or_no_sign_of_focus_is_told(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    for text in ("", "&Lưu", "Bỏ l&ưu", "&Luôn"):
        row.addWidget(QPushButton(text))
    mute = QPushButton("Chuột")
    mute.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    row.addWidget(mute)
    dim = QSlider()
    dim.setAccessibleName("Cỡ")
    row.addWidget(dim)
    window.show()
    kinds = [one.partition(":")[0] for one in faults(window)]
    assert sorted(kinds) == ["clash", "no Tab", "no name", "no sign of focus"]
