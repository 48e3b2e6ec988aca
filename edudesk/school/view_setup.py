"""The first window of somebody without a school: name, levels, year, how many classes of each grade."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QGridLayout, QSpinBox, QVBoxLayout, QWidget

from edudesk.kernel.calendar import school_year_of, year_name
from edudesk.kernel.errors import Failure, Problem, Refused
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_, _
from edudesk.school.rules import LEVEL_GRADES, LEVEL_NAMES, Year, usual_year
from edudesk.ui.alerts import ProblemBanner
from edudesk.ui.choices import Chooser
from edudesk.ui.dialog import fit
from edudesk.ui.form import Form
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.theme import BODY, PAGE, font

NAME = Field("name", N_("Tên trường"), required=True, width=300)
MOST_CLASSES = 20
WIDTH = 560
GRADE_ROW = 60  # pixels of a row of grades


@dataclass(frozen=True, slots=True)
class Start:
    """What a school begins with."""

    name: str
    levels: tuple[str, ...]
    year: Year
    class_names: tuple[str, ...]


class SetUp(QDialog):
    """`make(start)` founds the school and raises Refused or Unavailable; `sample()` makes the sample school."""

    def __init__(self, make: Callable[[Start], object], sample: Callable[[], object]) -> None:
        super().__init__()
        self.setWindowTitle("EduDesk")
        self.form = Form([NAME])
        self.problems = ProblemBanner()
        self.levels = {level: QCheckBox(_(name)) for level, name in LEVEL_NAMES.items()}
        self.years = Chooser(name=_("Năm học"), width=158)
        now = school_year_of(dt.date.today())
        self.years.offer([(year, year_name(year)) for year in (now, now + 1, now - 1)])
        self.counts: dict[int, QSpinBox] = {}
        self._grades = QWidget()
        for tick in self.levels.values():
            tick.setFont(font(BODY))
            tick.toggled.connect(lambda _on: self._offer_grades())
        self.found = button(_("Lập trường"), kind="main", on=lambda: self._do(lambda: make(self.start())))
        self.found.setDefault(True)
        self.look = button(_("Xem trường mẫu"), icon="book", on=lambda: self._do(sample))
        self.leave = button(_("Thoát"), on=self.reject)
        self.working = label(_("Đang chuẩn bị, chờ một lát…"), role="text2")
        self.working.hide()
        self.setLayout(self._column())
        self._offer_grades()
        self.form.start()

    def start(self) -> Start:
        """What has been filled in. Raises Refused with every problem."""
        problems: list[Problem] = []
        name = ""
        try:
            name = str(self.form.values()["name"])
        except Refused as no:
            problems += no.problems
        levels = tuple(level for level, tick in self.levels.items() if tick.isChecked())
        if not levels:
            problems.append(
                Problem("SCHOOL_LEVEL", _("Chưa chọn cấp học."), next=_("Đánh dấu cấp trường dạy."))
            )
        if problems:
            raise Refused(*problems)
        return Start(name, levels, usual_year(int(self.years.currentData())), tuple(self._class_names()))

    def _class_names(self) -> list[str]:
        return [f"{grade}A{n}" for grade, count in self.counts.items() for n in range(1, count.value() + 1)]

    def _do(self, deed: Callable[[], object]) -> None:
        self._busy(True)
        try:
            deed()
        except Failure as no:
            self._told(no.problems)
            return
        finally:
            self._busy(False)
        self.accept()

    def _busy(self, on: bool) -> None:
        """Say that work is going on, before it holds the window: the sample school takes a while."""
        self.working.setVisible(on)
        for press in (self.found, self.look, self.leave):
            press.setDisabled(on)
        if on:
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            self.repaint()
        else:
            QApplication.restoreOverrideCursor()

    def _told(self, problems: Sequence[Problem]) -> None:
        self.problems.show_problems(self.form.problems(problems))
        fit(self, WIDTH)

    def _column(self) -> QVBoxLayout:
        sentence = _(
            "Bắt đầu với tên trường và số lớp của mỗi khối. Môn học lấy theo chương trình, sau này sửa được."
        )
        said = label(sentence, role="text2", points=BODY)
        said.setWordWrap(True)
        column = stack(
            label(_("Lập trường của bạn"), points=PAGE, bold=True), said, self.problems, self.form,
            spacing=12, pad=(24, 20, 24, 20),
        )  # fmt: skip
        column.addLayout(bar(label(_("Cấp học"), role="text2"), 8, *self.levels.values(), None, spacing=16))
        column.addLayout(bar(label(_("Năm học"), role="text2"), 8, self.years, None))
        column.addWidget(self._grades)
        column.addLayout(bar(self.look, self.working, None, self.leave, self.found))
        return column

    def _offer_grades(self) -> None:
        """A number of classes for each grade of the chosen levels; numbers already given stay."""
        wanted = [g for level, tick in self.levels.items() if tick.isChecked() for g in LEVEL_GRADES[level]]
        kept = {grade: spin.value() for grade, spin in self.counts.items()}
        self.counts = {grade: _spin(grade, kept.get(grade, 1)) for grade in wanted}
        old = self._grades.layout()
        if old is not None:
            QWidget().setLayout(old)
        table = QGridLayout(self._grades)
        table.setContentsMargins(0, 0, 0, 0)
        for place, (grade, spin) in enumerate(self.counts.items()):
            words = label(_("Khối {n}, số lớp").format(n=grade), role="text2")
            words.setBuddy(spin)
            table.addWidget(words, place // 4 * 2, place % 4)
            table.addWidget(spin, place // 4 * 2 + 1, place % 4)
        self._grades.setFixedHeight(-(-len(wanted) // 4) * GRADE_ROW)
        self._grades.setVisible(bool(wanted))
        fit(self, WIDTH)


def _spin(grade: int, count: int) -> QSpinBox:
    made = QSpinBox()
    made.setRange(0, MOST_CLASSES)
    made.setValue(count)
    made.setFont(font(BODY))
    made.setAccessibleName(_("Số lớp khối {n}").format(n=grade))
    made.setMinimumHeight(28)
    return made


def run_setup(make: Callable[[Start], object], sample: Callable[[], object]) -> bool:
    """Ask until a school is there; False when the person went away."""
    return SetUp(make, sample).exec() == QDialog.DialogCode.Accepted
