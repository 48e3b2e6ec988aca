"""The page “Học sinh”: list, search, record, status, and the way in from Excel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedLayout, QWidget

from edudesk.kernel.change import Step
from edudesk.kernel.place import Place
from edudesk.kernel.words import _
from edudesk.school.store import SchoolClass, classes
from edudesk.students import store, view_actions, view_empty
from edudesk.students.places import StudentsPlace
from edudesk.students.store import Pupil
from edudesk.students.view_import import ImportPreview, ask_file
from edudesk.students.view_list import SIEVES, PupilLine, columns, lines
from edudesk.students.view_record import NewPupil, RecordDrawer
from edudesk.ui.charts import Stripes
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page
from edudesk.ui.parts import PageHead, bar, button, label, menu_button, set_role, stack
from edudesk.ui.search.field import FindField
from edudesk.ui.table.view import RecordTable

CLASS = "students.class"
ROOMY = 760  # pixels beside an open record from which every button has its place
TABLES = ("pupil", "enrolment", "status_event", "elective", "school_class")


class StudentsPage(Page):
    """Choose a class or look through the whole school; the record opens beside the list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.class_id = str(desk.db.local(CLASS, ""))
        self._classes: list[SchoolClass] = []
        self._lines: list[PupilLine] = []
        self._sieve = ""
        self._counts: dict[str, int] = {}
        self._shape = (False, False)
        self.classes = Chooser(name=_("Lớp"), width=128, bold=True)
        self.finder = FindField(_("Tên, số định danh, điện thoại"), width=228)
        self.finder.setAccessibleName(_("Tìm học sinh"))
        self.table = RecordTable(columns(with_class=False))
        self.table.setAccessibleName(_("Danh sách học sinh"))
        self.drawer, self.newcomer = RecordDrawer(desk), NewPupil(desk)
        self.preview = ImportPreview(desk)
        self._layers = QStackedLayout(self)
        self._list = self._build()
        self._empty = view_empty.no_pupils(self.import_excel)
        for layer in (
            self._list,
            view_empty.no_classes(lambda: desk.go(Place(page="school"))),
            self._empty,
            self.preview,
        ):
            self._layers.addWidget(layer)
        self._connect()

    def refresh(self, step: Step | None) -> None:
        if step is not None and not step.touches(*TABLES):
            return
        self._classes = classes(self.desk.db, self.desk.year)
        if self.class_id and self.class_id not in {school_class.id for school_class in self._classes}:
            self.class_id = self._classes[0].id if self._classes else ""
        choices = [
            ("", _("Toàn trường")),
            *(
                (school_class.id, _("Lớp {name}").format(name=school_class.name))
                for school_class in self._classes
            ),
        ]
        self.classes.offer(choices, self.class_id)
        self._read()

    def open_at(self, place: Place) -> None:
        if not isinstance(place, StudentsPlace):
            return
        self.class_id = self.class_id if place.class_id is None else place.class_id
        self._sieve = ""
        self.refresh(None)
        if place.pupil and self.table.pick(place.pupil):
            self._open(self.table.current())
        if place.file is not None:
            self._look_at(place.file)

    def hint(self) -> str:
        return _("F2 mở hồ sơ · Ctrl+N thêm · Esc đóng")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((key, _(action)) for key, action in view_actions.KEYS)

    # -- building

    def _build(self) -> QWidget:
        self.add_button = button(_("Thêm học sinh"), kind="main", icon="plus", on=self.add, key="add")
        self.take = take = button(_("Nhập từ Excel"), icon="download", on=self.import_excel, key="import")
        more = menu_button([
            ("printer", _("In danh sách lớp"), self.print_list, "print"),
            ("list", _("Đánh lại số thứ tự theo tên"), self.renumber),
        ])  # fmt: skip
        self.head = PageHead(_("Học sinh"), choosers=(self.classes,), buttons=(take, self.add_button, more))
        self._sieves = {key: self._sieve_button(key, text, state, icon) for key, text, state, icon in SIEVES}
        self.whole = label("", role="text2")
        self.meter = Stripes()
        self.meter.setFixedWidth(90)
        sift = bar(self.finder, *self._sieves.values(), None, self.whole, self.meter)
        work = QWidget()
        column = stack(self.head, spacing=10, pad=(20, 12, 16, 12))
        column.addLayout(sift)
        column.addWidget(self.table, 1)
        left = QWidget()
        left.setLayout(column)
        row = bar(spacing=0)
        row.addWidget(left, 1)
        row.addWidget(self.drawer)
        row.addWidget(self.newcomer)
        work.setLayout(row)
        self.drawer.hide()
        self.newcomer.hide()
        return work

    def _sieve_button(self, key: str, text: str, state: str, icon: str) -> QPushButton:
        made = button(_(text), kind="filter", icon=icon, on=partial(self._sift, key))
        made.setCheckable(True)
        if state:
            set_role(made, "state", state)
        return made

    def _connect(self) -> None:
        self.classes.chosen.connect(self._choose_class)
        self.finder.searched.connect(lambda _text: self._read())
        self.table.opened.connect(self._open)
        self.table.picked.connect(self._follow)
        self.drawer.closed.connect(self._close)
        self.drawer.stepped.connect(self._step)
        self.newcomer.closed.connect(self._close)
        self.drawer.move_button.clicked.connect(lambda: self.move_pupil())
        self.drawer.status_button.clicked.connect(lambda: self.change_status())
        self.preview.closed.connect(self._leave_preview)
        QShortcut(QKeySequence("Ctrl+N"), self, self.add)
        QShortcut(QKeySequence("Ctrl+F"), self, self.finder.setFocus)

    # -- reading

    def _read(self) -> None:
        db, year = self.desk.db, self.desk.year
        everybody = store.pupils(db, year)
        self._choose_layer(bool(everybody))
        query = self.finder.text()
        shown = [
            enrolled for enrolled in everybody if not self.class_id or enrolled.class_id == self.class_id
        ]
        if query:
            wanted = {enrolled.id for enrolled in store.pupils(db, year, find=query)}
            shown = [enrolled for enrolled in shown if enrolled.id in wanted]
        self._lines = lines(shown, everybody)
        self._say_counts()
        self._lay_out()
        pupil = self.drawer.pupil
        self.table.set_rows(
            [line for line in self._lines if not self._sieve or line.falls_in(self._sieve)],
            key=lambda x: x.pupil.id,
        )
        self._reopen(everybody, pupil)

    def _choose_layer(self, anybody: bool) -> None:
        """The list, or what to do while there is nothing to list; a preview stays until it is closed."""
        if self._layers.currentWidget() is self.preview:
            return
        shown = 0 if anybody or not self.newcomer.isHidden() else 2
        self._layers.setCurrentIndex(shown if self._classes else 1)

    def _lay_out(self) -> None:
        """Fewer columns beside an open record, one more over several classes."""
        self._make_room()
        shape = (not self.class_id, not (self.drawer.isHidden() and self.newcomer.isHidden()))
        if shape != self._shape:
            self._shape = shape
            picked = self.table.picked_key()
            self.table.set_columns(columns(with_class=shape[0], narrow=shape[1]))
            self.table.pick(picked)

    def _make_room(self) -> None:
        """Beside an open record in a small window: only what finds the next pupil."""
        beside = next((one for one in (self.drawer, self.newcomer) if not one.isHidden()), None)
        cramped = beside is not None and self.width() - beside.width() < ROOMY
        for thing in (self.take, self.whole, self.meter, self.head.note):
            thing.setVisible(not cramped)
        for key, sieve in self._sieves.items():
            sieve.setVisible(not cramped and (self._counts.get(key, 0) > 0 or key in ("here", self._sieve)))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._make_room()

    def _say_counts(self) -> None:
        here = sum(line.falls_in("here") for line in self._lines)
        whole = sum(line.whole for line in self._lines if not line.pupil.gone)
        self.head.note.setText(_("{n} em").format(n=len(self._lines)))
        self.whole.setText(_("Đủ {n}/{all} hồ sơ").format(n=whole, all=here))
        self.meter.set_parts([(whole, "ok_fill"), (here - whole, "ask_fill")])
        for key, text, _state, _icon in SIEVES:
            count = self._counts[key] = sum(line.falls_in(key) for line in self._lines)
            self._sieves[key].setText(f"{_(text)} {count}")
            self._sieves[key].setChecked(self._sieve == key)

    def _reopen(self, everybody: Sequence[Pupil], pupil: Pupil | None) -> None:
        """Show the record that was open again, though it may have left the list; close it when it is gone."""
        if self.drawer.isHidden() or pupil is None:
            return
        enrolled = next((listed for listed in everybody if listed.id == pupil.id), None)
        if enrolled is None:
            self._close()
        else:
            self.drawer.show_pupil(enrolled)

    # -- the person's doings

    def _leave_preview(self) -> None:
        self._layers.setCurrentWidget(self._list)
        self._read()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)  # not to the first page of the rail

    def _choose_class(self, class_id: object) -> None:
        self.class_id = str(class_id)
        self.desk.db.set_local(CLASS, self.class_id)
        self._read()

    def _sift(self, key: str) -> None:
        self._sieve = "" if self._sieve == key else key
        self._read()

    def _open(self, line: PupilLine) -> None:
        self.newcomer.hide()
        self.drawer.show_pupil(line.pupil)
        self.drawer.show()
        self._lay_out()

    def _follow(self, line: PupilLine | None) -> None:
        if line is not None and not self.drawer.isHidden():
            self.drawer.show_pupil(line.pupil)

    def _step(self, by: int) -> None:
        row = self.table.currentIndex().row() + by
        if 0 <= row < len(self.table.records):
            self.table.pick(self.table.records[row].pupil.id)

    def _close(self) -> None:
        self.drawer.hide()
        self.newcomer.hide()
        self._read()
        self.table.setFocus()

    def _class(self) -> SchoolClass | None:
        """The chosen class; for the whole school, the class of the pupil under the cursor."""
        line = self.table.current()
        wanted = self.class_id or (line.pupil.class_id if line else "")
        return next((school_class for school_class in self._classes if school_class.id == wanted), None)

    def add(self) -> None:
        """Open a blank record for the chosen class."""
        chosen = self._class() or (self._classes[0] if self._classes else None)
        if chosen is not None:
            self._layers.setCurrentWidget(self._list)
            self.drawer.hide()
            self.newcomer.start(chosen.id, chosen.name)
            self.newcomer.show()
            self._lay_out()
            self.newcomer.form.start()

    def move_pupil(self) -> None:
        if self.drawer.pupil is not None:
            view_actions.move_pupil(self.desk, self.drawer.pupil, self._classes)

    def change_status(self) -> None:
        if self.drawer.pupil is not None:
            view_actions.change_status(self.desk, self.drawer.pupil)

    def renumber(self) -> None:
        """Number the class by name."""
        chosen = self._class()
        if chosen is not None:
            message = _("Đã đánh lại số thứ tự lớp {name}").format(name=chosen.name)
            self.desk.do(store.renumber, self.desk.year, chosen.id, toast=message)

    def print_list(self) -> None:
        """The class list as PDF, where the person says."""
        chosen = self._class()
        if chosen is not None:
            view_actions.print_list(self.desk, chosen)

    def import_excel(self) -> None:
        """Choose a file and look at what it would do."""
        path = ask_file(self.desk)
        if path is not None:
            self._look_at(path)

    def _look_at(self, path: Path) -> None:
        def then() -> None:
            self._layers.setCurrentWidget(self.preview)
            self.preview.take_keyboard()

        self.preview.preview(path, then=then)


def waiting(desk: Desk) -> int:
    """How many records of those present are wrong or lack something."""
    everybody = store.pupils(desk.db, desk.year)
    return sum(not line.pupil.gone and not line.whole for line in lines(everybody, everybody))
