"""The card of a school that is only beginning: what is done, the one next step, and leave for later."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QStackedWidget, QWidget

from edudesk.gradebook.places import GradebookPlace
from edudesk.home import store
from edudesk.home.store import Beginning, put_off
from edudesk.kernel.words import N_, _
from edudesk.school.store_start import fullest_class
from edudesk.students.places import StudentsPlace
from edudesk.ui.desk import Desk
from edudesk.ui.parts import bar, button, icon_label, label, stack
from edudesk.ui.shell import Shell
from edudesk.ui.theme import BODY, TITLE

STEPS = (
    N_("1. Trường, cấp học, năm học"),
    N_("2. Lớp và môn học"),
    N_("3. Học sinh từ Excel"),
    N_("rồi gõ điểm đầu tiên"),
)


class BeginCard(QFrame):
    """Shown until marks are there, or until it is put off. `put_off()` after it was."""

    put_off = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("face", "card")
        self._desk = desk
        self._stage = -1
        self.title = label("", points=TITLE, bold=True)
        self.steps = bar(spacing=20)
        self._body = QStackedWidget()
        later = button(_("Để sau"), kind="ghost", on=self._later)
        later.setToolTip(_("Ẩn các bước này trên máy này; tìm lại bằng Ctrl+K, “Tiếp tục thiết lập”"))
        column = stack(spacing=10, pad=(16, 12, 16, 14))
        column.addLayout(bar(self.title, None, later))
        column.addLayout(self.steps)
        column.addWidget(self._body, 1)
        self.setLayout(column)
        self.hide()

    def show_stage(self, begun: Beginning) -> None:
        """Show the step that is next; hide when everything is done or put off."""
        self.setVisible(not (begun.put_off or begun.marked))
        stage = 1 if not begun.classes else 2 if not begun.pupils else 3
        if self.isHidden() or stage == self._stage:
            return
        self._stage = stage
        self.title.setText(_("Tiếp tục thiết lập trường"))
        self._say_steps(stage)
        now = QApplication.focusWidget()
        had_focus = now is not None and self.isAncestorOf(now)
        while (old := self._body.currentWidget()) is not None:
            self._body.removeWidget(old)
            old.deleteLater()
        self._body.addWidget((self._classes, self._pupils, self._mark)[stage - 1]())
        if had_focus:
            self.begin()

    def begin(self) -> None:
        """Give the keyboard to the one thing to do next."""
        step = self._body.currentWidget()
        if step is not None and not self.isHidden():
            step.setFocus()

    # -- inside

    def _say_steps(self, stage: int) -> None:
        while (item := self.steps.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for place, words in enumerate(STEPS):
            if place < stage:
                self.steps.addWidget(icon_label("check", 14, "ok"))
            role = "text2" if place < stage else "accent" if place == stage else "text3"
            self.steps.addWidget(label(_(words), role=role, points=BODY, bold=place == stage))
        self.steps.addStretch(1)

    def _later(self) -> None:
        store.put_off(self._desk.db)
        self.put_off.emit()

    def _classes(self) -> QWidget:
        from edudesk.school.view_start import ClassesStep

        return ClassesStep(self._desk)

    def _pupils(self) -> QWidget:
        message = _(
            "Danh sách nào cũng được, miễn có họ tên và lớp: chương trình xem từng dòng và nói trước."
        )
        take = button(_("Nhập từ Excel"), kind="main", icon="download", on=self._import)
        by_hand = button(_("Thêm từng em"), on=lambda: self._desk.go(StudentsPlace()))
        return _step(message, take, by_hand)

    def _mark(self) -> QWidget:
        class_id, name = fullest_class(self._desk.db, self._desk.year)
        message = _("Mọi thứ đã sẵn sàng. Mở sổ điểm, chọn môn, rồi gõ điểm và Enter.")
        words = _("Mở sổ điểm lớp {name}").format(name=name)
        return _step(
            message,
            button(
                words, kind="main", icon="table", on=lambda: self._desk.go(GradebookPlace(class_id=class_id))
            ),
        )

    def _import(self) -> None:
        from edudesk.students.view_import import ask_file

        path = ask_file(self._desk)
        if path is not None:
            self._desk.go(StudentsPlace(file=path))


def _step(sentence: str, first: QWidget, *more: QWidget) -> QWidget:
    """A sentence and its buttons; the keyboard goes to the first."""
    made = QWidget()
    note = label(sentence, role="text2", points=BODY)
    note.setWordWrap(True)
    if isinstance(first, QPushButton):
        first.setDefault(True)
    column = stack(note, spacing=10)
    column.addLayout(bar(first, *more, None))
    made.setLayout(column)
    made.setFocusProxy(first)
    return made


def show_steps(shell: Shell) -> None:
    """Show the steps of a new school again."""
    put_off(shell.desk.db, False)
    shell.show_page("home").refresh(None)
