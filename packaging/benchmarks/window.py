"""Times what hands feel in the window, offscreen: opening a class, a key to the painted cell, a paste, scrolling.

A frame is timed from the event to the end of the painting it causes, in milliseconds. Used by `bench.py`; alone it
prints one JSON document.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from edudesk.app import make_shell, spare_the_start
from edudesk.demo.build import make_demo
from edudesk.gradebook.entry.page import GradebookPage
from edudesk.gradebook.places import GradebookPlace
from edudesk.gradebook.register.marks import MarkEntry, SheetKey, enter_marks
from edudesk.gradebook.register.typing_choices import TypingChoices, save_typing_choices
from edudesk.school.store import classes
from edudesk.slices import open_school
from edudesk.storage.database import Database
from edudesk.ui.application import application
from edudesk.ui.grid.entry import Grid
from edudesk.ui.shell import Shell
from edudesk.ui.table.columns import Column, Edit

YEAR = 2026
SIZE = (1366, 768)
PROMISED = {
    "open_class": 100,
    "open_grid_45x60": 100,
    "key_to_painted_median": 16,
    "key_to_painted_p99": 50,
    "key_in_45x60_median": 16,
    "key_in_45x60_p99": 50,
    "scroll_2000x20_longest_frame": 50,
}


def painted(action: Callable[[], object]) -> float:
    """Milliseconds from an action to the end of the painting it causes."""
    begun = time.perf_counter()
    action()
    QApplication.processEvents()
    return (time.perf_counter() - begun) * 1000


def focused() -> QWidget:
    """Where the keys go."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def spread(frames: list[float], name: str) -> dict[str, float]:
    """The median and the 99th percentile of frames."""
    ordered = sorted(frames)
    late = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    return {f"{name}_median": round(statistics.median(frames), 1), f"{name}_p99": round(late, 1)}


# -- the page


def pages(shell: Shell, db: Database) -> dict[str, float]:
    """Opening one class after another, then typing its columns down."""
    rooms = [one.id for one in classes(db, YEAR)]
    page = shell.go(GradebookPlace(class_id=rooms[0], code="toan"))
    assert isinstance(page, GradebookPage)
    QApplication.processEvents()
    opened = [
        painted(lambda room=room: page.open_at(GradebookPlace(class_id=room, code="ngu_van")))
        for room in rooms[1:9]
    ]  # type: ignore[misc]
    found = {"open_class": round(statistics.median(opened), 1)}
    frames = list(_typed(page))
    for place, name in enumerate(("key_opens_editor", "key_to_painted", "questions_when_hands_rest")):
        found |= spread([frame[place] for frame in frames], name)
    return found


def _typed(page: GradebookPage) -> Iterator[tuple[float, float, float]]:
    """The frames of the key that opens the editor, of Enter, which stores the mark, and of the rest after it."""
    for slot in ("tx1", "tx2", "gk", "ck"):
        _empty(page, slot)
        page.open_at(GradebookPlace(slot=slot))
        page.settle()
        QApplication.processEvents()
        for row in range(page.grid.model.rowCount()):
            text = _usual(page, row)
            first = painted(lambda text=text: QTest.keyClicks(focused(), text))  # type: ignore[misc]
            enter = painted(lambda: QTest.keyClick(focused(), Qt.Key.Key_Return))
            yield first, enter, painted(page.settle)


def _empty(page: GradebookPage, slot: str) -> None:
    """Take the marks of a column away: typed over, they would be asked about."""
    assert page.sheet is not None
    there = [line.pupil_id for line in page.sheet.lines if line.owes]
    key = SheetKey(page.class_id, page.code, page.desk.term)
    enter_marks(page.desk.db, key, [MarkEntry(pupil, slot, None) for pupil in there])
    page.controllers.questions.forget()


def _usual(page: GradebookPage, row: int) -> str:
    """A whole mark like the pupil's others, as a teacher types it."""
    assert page.sheet is not None
    marks = [mark for mark in page.sheet.lines[row].marks if isinstance(mark, int)]
    return str(min(9, sum(marks) // (10 * len(marks)))) if marks else "7"


def pasted(shell: Shell) -> dict[str, float]:
    """Ctrl+V of a block and the preview, then its button, until the marks are stored and painted."""
    page = shell.show_page("gradebook")
    assert isinstance(page, GradebookPage) and page.sheet is not None
    marks, previews = iter(("7,5", "8", "6,5", "9", "7")), []
    stored = []
    for value in marks:
        lines, wide = len(page.sheet.lines), len(page.sheet.columns)
        QGuiApplication.clipboard().setText("\n".join(["\t".join([value] * wide)] * lines))
        page.grid.go(0, page.grid.model.column_of("tx1"))
        previews.append(painted(page.controllers.bulk.paste))
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        button = next(b for b in dialog.findChildren(QPushButton) if b.isDefault())
        stored.append(painted(button.click))
    return {
        "paste_page_preview": round(statistics.median(previews), 1),
        "paste_page_stored": round(statistics.median(stored), 1),
    }


# -- the grid alone


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a grid that is as wide as one likes."""

    number: int
    marks: tuple[str, ...]


def grid(rows: int, columns: int) -> Grid:
    """A grid of marks; what is typed is kept in its lines."""
    lines = {n: Line(n, ("7,5",) * columns) for n in range(rows)}

    def writer(place: int) -> Callable[[Line, str], object]:
        def write(line: Line, text: str) -> None:
            old = lines[line.number]
            lines[line.number] = replace(old, marks=(*old.marks[:place], text, *old.marks[place + 1 :]))
            made.set_rows(list(lines.values()), key=lambda one: one.number)

        return write

    def shown(place: int) -> Callable[[Line], str]:
        return lambda line: line.marks[place]

    head = [
        Column("number", "STT", lambda line: str(line.number + 1), 42, "right"),
        Column("name", "Họ và tên", lambda line: f"Nguyễn Thị Thứ {line.number}", 172),
    ]
    body = [
        Column(f"c{n}", f"ĐĐG{n}", shown(n), 58, "right", edit=Edit(writer(n), letters="0123456789,"))
        for n in range(columns)
    ]
    made = Grid([*head, *body])
    made.resize(*SIZE)
    made.set_rows(list(lines.values()), key=lambda line: line.number)
    return made


def opened() -> tuple[Grid, float]:
    """A grid of 45×60, from nothing to painted."""
    made = grid(1, 1)
    made.close()
    begun = time.perf_counter()
    one = grid(45, 60)
    one.show()
    one.activateWindow()
    QApplication.processEvents()
    return one, round((time.perf_counter() - begun) * 1000, 1)


def typed_wide(one: Grid) -> dict[str, float]:
    """Keys in the wide grid."""
    frames = []
    for column in (2, 9, 20):
        one.go(0, column)
        QApplication.processEvents()
        for _row in range(45):
            QTest.keyClicks(focused(), "8")
            QApplication.processEvents()
            frames.append(painted(lambda: QTest.keyClick(focused(), Qt.Key.Key_Return)))
    return spread(frames, "key_in_45x60")


def scrolled() -> dict[str, float]:
    """The frames of a school's grid of 2,000×20 under the wheel, the page keys and the bar."""
    one = grid(2000, 20)
    one.show()
    QApplication.processEvents()
    frames = [painted(lambda: _wheel(one.right.viewport())) for _n in range(120)]
    one.go(0, 2)
    frames += [painted(lambda: QTest.keyClick(focused(), Qt.Key.Key_PageDown)) for _n in range(40)]
    bar = one.right.verticalScrollBar()
    frames += [painted(lambda n=n: bar.setValue(bar.maximum() * n // 40)) for n in range(40)]  # type: ignore[misc]
    one.close()
    return {
        "scroll_2000x20_median_frame": round(statistics.median(frames), 1),
        "scroll_2000x20_longest_frame": round(max(frames), 1),
    }


def _wheel(widget: QWidget) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def measure(folder: Path) -> dict[str, float]:
    """Everything above on a demo school of 45 to a class."""
    application()
    with open_school(folder, create=True) as db:
        make_demo(db, year=YEAR, pupils=45 * 12)
        save_typing_choices(db, TypingChoices(read_back=False))  # its sheet would take the keys
        shell = make_shell(db)
        shell.resize(*SIZE)
        shell.show()
        shell.activateWindow()
        shell.desk.set_season(term=1)
        spare_the_start()  # as the program does once its window is seen
        QApplication.processEvents()
        found = {**pages(shell, db), **pasted(shell)}
        shell.close()
    one, first = opened()
    found |= {"open_grid_45x60": first, **typed_wide(one)}
    one.close()
    return {**found, **scrolled()}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        json.dump(measure(Path(name) / "school"), sys.stdout, indent=1)
