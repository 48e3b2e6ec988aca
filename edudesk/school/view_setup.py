"""The first window of somebody without a school: name, place, levels, year. Classes and pupils come after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QFileDialog, QVBoxLayout

from edudesk.kernel.calendar import school_year_of, year_name
from edudesk.kernel.errors import Failure, Problem, Refused
from edudesk.kernel.field import Value
from edudesk.kernel.words import N_, _
from edudesk.school.rules import LEVEL_NAMES, PLACE, SCHOOL_NAME, Year, levels_named, usual_year
from edudesk.storage.backups.leftovers import SUFFIX
from edudesk.ui.alerts import ProblemBanner
from edudesk.ui.choices import Chooser
from edudesk.ui.dialog import answer_f1, fit
from edudesk.ui.form import Form
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.theme import BODY, PAGE, font

FIELDS = (
    SCHOOL_NAME,
    PLACE,
)
WIDTH = 560
HELP = (
    N_("Lập trường mới trên máy này, hoặc xem trường mẫu có sẵn học sinh và điểm để làm quen."),
    N_("Trường đã có ở máy khác: mở bản sao lưu mang từ máy ấy sang, mọi điểm và lịch sử còn nguyên."),
    N_("Dữ liệu nằm trong một thư mục trên máy này, không cần mạng. Lớp, môn và học sinh nhập ở bước sau."),
)


@dataclass(frozen=True, slots=True)
class Start:
    """What a school begins with."""

    name: str
    place: str
    levels: tuple[str, ...]
    year: Year


class SetUp(QDialog):
    """`make(start)` founds the school and raises Refused or Unavailable; `sample()` makes the sample school.

    `restore(path)` makes the school of a backup, brought from another PC.
    """

    def __init__(
        self,
        make: Callable[[Start], object],
        sample: Callable[[], object],
        restore: Callable[[Path], object],
    ) -> None:
        super().__init__()
        self.setWindowTitle("EduDesk")
        self.form = Form(FIELDS, rows=(("name",), ("place",)))
        self.problems = ProblemBanner()
        self.levels = {level: QCheckBox(_(name)) for level, name in LEVEL_NAMES.items()}
        self.years = Chooser(name=_("Năm học"), width=158)
        now = school_year_of(dt.date.today())
        self.years.offer([(year, year_name(year)) for year in (now, now + 1, now - 1)])
        for tick in self.levels.values():
            tick.setFont(font(BODY))
            tick.clicked.connect(self._chose_levels)
        self.confirm = button(_("Lập trường"), kind="main", on=lambda: self._do(lambda: make(self.start())))
        self.confirm.setDefault(True)
        self.sample = button(_("Xem trường mẫu"), icon="book", on=lambda: self._do(sample))
        self.backup = button(_("Mở bản sao lưu…"), icon="history", on=lambda: self._open(restore))
        self.leave = button(_("Thoát"), on=self.reject)
        self.working = label(_("Đang chuẩn bị, chờ một lát…"), role="text2")
        self.working.hide()
        self._own_levels = False
        self.form.boxes["name"].input.textChanged.connect(self._guess_levels)  # type: ignore[attr-defined]
        self.setLayout(self._column())
        answer_f1(self, [_(sentence) for sentence in HELP])
        self.form.start()
        fit(self, WIDTH)

    def start(self) -> Start:
        """What has been filled in. Raises Refused with every problem."""
        problems: list[Problem] = []
        values: dict[str, Value] = {}
        try:
            values = self.form.values()
        except Refused as no:
            problems += no.problems
        levels = tuple(level for level, tick in self.levels.items() if tick.isChecked())
        if not levels:
            problems.append(
                Problem("SCHOOL_LEVEL", _("Chưa chọn cấp học."), next=_("Đánh dấu cấp trường dạy."))
            )
        if problems:
            raise Refused(*problems)
        year = usual_year(int(self.years.currentData()))
        return Start(str(values["name"]), str(values["place"] or ""), levels, year)

    def _chose_levels(self) -> None:
        self._own_levels = True

    def _guess_levels(self, name: str) -> None:
        """Tick what the name says, until a person has ticked."""
        if not self._own_levels:
            for level, tick in self.levels.items():
                tick.setChecked(level in levels_named(name))

    def _do(self, action: Callable[[], object]) -> None:
        self._busy(True)
        try:
            action()
        except Failure as no:
            self._show_problems(no.problems)
            return
        finally:
            self._busy(False)
        self.accept()

    def _open(self, restore: Callable[[Path], object]) -> None:
        kinds = _("Bản sao lưu EduDesk (*{ending})").format(ending=SUFFIX)
        name, _kind = QFileDialog.getOpenFileName(self, _("Mở bản sao lưu"), str(Path.home()), kinds)
        if name:
            self._do(lambda: restore(Path(name)))

    def _busy(self, on: bool) -> None:
        """Say that work is going on, before it holds the window: the sample school takes a while."""
        self.working.setVisible(on)
        for press in (self.confirm, self.sample, self.backup, self.leave):
            press.setDisabled(on)
        if on:
            QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            self.repaint()
        else:
            QApplication.restoreOverrideCursor()

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        self.problems.show_problems(self.form.problems(problems))
        fit(self, WIDTH)

    def _column(self) -> QVBoxLayout:
        sentence = _(
            "Bước 1 trong 3. Lập xong là dùng được ngay; lớp, môn và học sinh nhập ở hai bước sau, lúc nào cũng được."
        )
        note = label(sentence, role="text2", points=BODY)
        note.setWordWrap(True)
        column = stack(
            label(_("Lập trường của bạn"), points=PAGE, bold=True), note, self.problems, self.form,
            spacing=12, pad=(24, 20, 24, 20),
        )  # fmt: skip
        column.addLayout(bar(label(_("Cấp học"), role="text2"), 8, *self.levels.values(), None, spacing=16))
        column.addLayout(bar(label(_("Năm học"), role="text2"), 8, self.years, None))
        column.addWidget(self.working)
        column.addLayout(bar(self.sample, self.backup, None, self.leave, self.confirm))
        return column


def run_setup(
    make: Callable[[Start], object], sample: Callable[[], object], restore: Callable[[Path], object]
) -> bool:
    """Ask until a school is there; False when the person went away."""
    return SetUp(make, sample, restore).exec() == QDialog.DialogCode.Accepted
