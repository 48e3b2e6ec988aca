"""The second step of a new school: how many classes each grade has, what they are called, what each grade studies."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from edudesk.kernel.words import _
from edudesk.school.store import grades
from edudesk.school.store_setup import create_classes
from edudesk.school.store_start import proposed_names
from edudesk.school.view_subjects import SubjectsTab
from edudesk.ui.alerts import ProblemBanner
from edudesk.ui.boxes import SpinBox
from edudesk.ui.desk import Desk
from edudesk.ui.parts import bar, button, label, rule, stack
from edudesk.ui.theme import BODY, font

MOST_CLASSES = 20
LEFT, ROOMY = 470, 960  # pixels


class ClassesStep(QWidget):
    """Numbers propose names; names may be typed over. The main button makes every class in one Step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.counts: dict[int, SpinBox] = {}
        self.names: dict[int, QLineEdit] = {}
        self.problems = ProblemBanner()
        self.make = button("", kind="main", on=self._make)
        self.make.setDefault(True)
        self.subjects = SubjectsTab(desk, quiet=True)
        note = label(_("Mỗi khối mấy lớp, tên gì? Sau này thêm, bớt, đổi tên đều được."), points=BODY)
        note.setWordWrap(True)
        left = QWidget()
        left.setFixedWidth(LEFT)
        column = stack(note, self.problems, spacing=10)
        column.addWidget(scrolled(self._grades()), 1)
        column.addLayout(bar(self.make, None))
        left.setLayout(column)
        self._side = QWidget()
        words = _("Môn học và số tiết của từng khối, theo chương trình")
        self._side.setLayout(stack(label(words, points=BODY), self.subjects))
        row = bar(left, rule(upright=True), spacing=16)
        row.addWidget(self._side, 1)
        row.addStretch(0)
        self.setLayout(row)
        self.setFocusProxy(self.make)
        self.subjects.refresh()
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """In a narrow window the classes alone; subjects are on the page Trường lớp too."""
        super().resizeEvent(event)
        self._side.setVisible(self.width() >= ROOMY)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._make()
        else:
            super().keyPressEvent(event)

    def chosen(self) -> list[str]:
        """The names of every grade, in order."""
        return [name for field in self.names.values() for name in _split(field.text())]

    def _grades(self) -> QGridLayout:
        table = QGridLayout()
        table.setHorizontalSpacing(10)
        table.setVerticalSpacing(6)
        table.setColumnStretch(2, 1)
        for row, grade in enumerate(grades(self._desk.db)):
            count, names = self._row(grade)
            words = label(_("Khối {n}").format(n=grade), points=BODY, bold=True)
            words.setBuddy(count)
            for place, widget in enumerate((words, count, names)):
                table.addWidget(widget, row, place)
        return table

    def _row(self, grade: int) -> tuple[SpinBox, QLineEdit]:
        count = SpinBox()
        count.setRange(0, MOST_CLASSES)
        count.setValue(1)
        count.setFont(font(BODY))
        count.setFixedWidth(72)
        count.setMinimumHeight(28)
        count.setAccessibleName(_("Số lớp khối {n}").format(n=grade))
        names = QLineEdit(", ".join(proposed_names(grade, 1)))
        names.setFont(font(BODY))
        names.setAccessibleName(_("Tên các lớp khối {n}").format(n=grade))
        count.valueChanged.connect(lambda n: names.setText(", ".join(proposed_names(grade, n))))
        names.textChanged.connect(lambda _text: self._say())
        self.counts[grade], self.names[grade] = count, names
        return count, names

    def _say(self) -> None:
        n = len(self.chosen())
        self.make.setText(_("Lập {n} lớp").format(n=n))
        self.make.setEnabled(bool(n))

    def _make(self) -> None:
        if self.make.isEnabled():
            n = len(self.chosen())
            self._desk.do(
                create_classes,
                self._desk.year,
                self.chosen(),
                toast=_("Đã lập {n} lớp").format(n=n),
                on_problems=lambda problems: self.problems.show_problems(problems),
            )


def scrolled(rows: QGridLayout) -> QScrollArea:
    """Rows that scroll where the window is low."""
    widget = QWidget()
    rows.setContentsMargins(0, 0, 8, 0)
    rows.setRowStretch(rows.rowCount(), 1)
    widget.setLayout(rows)
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    widget.setAutoFillBackground(False)
    return area


def _split(text: str) -> list[str]:
    return [name for name in re.split(r"[,;]+", text.replace("\n", ",")) if name.strip()]
