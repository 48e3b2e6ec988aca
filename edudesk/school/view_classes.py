"""Classes, and who teaches what in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from edudesk.kernel import checks
from edudesk.kernel.change import Step
from edudesk.kernel.errors import Problem
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import N_, _
from edudesk.school import store, store_setup, store_subjects
from edudesk.school.programme import subject
from edudesk.school.rules import PlannedSubject
from edudesk.school.store import SchoolClass
from edudesk.school.store_subjects import Taught
from edudesk.storage.database import Database
from edudesk.ui.cells import CellStyle
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.table.view import Column, RecordTable

People = Callable[[Database], list[tuple[str, str]]]
KeepTakers = Callable[..., Step]  # as `save_class_subject`, with everybody in the class named as a taker
TAKEN = (("all", N_("Cả lớp học")), ("chosen", N_("Em nào chọn mới học")))
WHOLE_LINE, LONG_NAME = 240, 24  # pixels of a form's line; letters that half of it takes
KINDS = (("score", N_("Điểm số")), ("comment", N_("Nhận xét")))


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class with the names of its homeroom teacher and site."""

    id: str
    school_class: SchoolClass
    homeroom: str
    site: str


class ClassesTab(QWidget):
    """The classes of the year by grade."""

    def __init__(self, desk: Desk, people: People) -> None:
        super().__init__()
        self.desk, self._people = desk, people
        self.table = RecordTable(
            [
                Column("name", _("Lớp"), lambda x: x.school_class.name, 100, names=True),
                Column("grade", _("Khối"), lambda x: str(x.school_class.grade), 70, "right"),
                Column(
                    "homeroom",
                    _("Giáo viên chủ nhiệm"),
                    lambda x: x.homeroom,
                    0,
                    style=lambda x: owed(x.homeroom),
                ),
                Column("site", _("Điểm trường"), lambda x: x.site or "–", 240),
            ]
        )
        self.table.setAccessibleName(_("Danh sách lớp"))
        self.table.opened.connect(self._edit)
        self.note = label("", role="text2")
        add = button(_("Thêm lớp"), kind="main", icon="plus", on=self.add, key="add-class")
        change = button(_("Sửa lớp"), icon="pencil", on=lambda: self._edit(self.table.current()))
        drop = button(_("Xóa lớp"), icon="trash", on=self._drop)
        self.table.enable_on_row(change, drop)
        column = stack(spacing=10)
        column.addLayout(bar(self.note, None, drop, change, add))
        column.addWidget(self.table, 1)
        self.setLayout(column)

    def refresh(self, _step: Step | None = None) -> None:
        """Read the classes of the year."""
        names, sites = (
            dict(self._people(self.desk.db)),
            {row: name for row, name, _a in store.sites(self.desk.db)},
        )
        lines = [
            ClassLine(
                school_class.id,
                school_class,
                names.get(school_class.homeroom_id or "", ""),
                sites.get(school_class.site_id or "", ""),
            )
            for school_class in store.classes(self.desk.db, self.desk.year)
        ]
        self.table.set_rows(lines, key=lambda x: x.id)
        without = sum(not line.homeroom for line in lines)
        message = _("{n} lớp").format(n=len(lines))
        self.note.setText(
            f"{message} · " + _("{n} lớp chưa có chủ nhiệm").format(n=without) if without else message
        )

    def add(self) -> None:
        """Ask for names; several at once, parted by commas."""

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            names = [name for name in str(values["names"]).replace(";", ",").split(",") if name.strip()]
            toast = _("Đã thêm {n} lớp").format(n=len(names))
            return self.desk.do(
                store_setup.create_classes, self.desk.year, names, toast=toast, on_problems=problems
            )

        field = Field("names", N_("Tên lớp"), required=True, width=240, stored=checks.NOTE)
        sentence = _(
            "Gõ một hay nhiều tên, cách nhau bằng dấu phẩy, như 6A1, 6A2. Lớp mới có đủ môn của khối."
        )
        FormDialog(_("Thêm lớp"), [field], yes=_("Thêm"), action=action, sentence=sentence).start({})

    def _fields(self) -> list[Field]:
        sites = tuple((row, name) for row, name, _address in store.sites(self.desk.db))
        people = tuple(self._people(self.desk.db))
        return [
            Field("name", N_("Tên lớp"), required=True),
            Field("site_id", N_("Điểm trường"), "choice", choices=sites),
            Field("homeroom_id", N_("Giáo viên chủ nhiệm"), "choice", choices=people, width=240),
        ]

    def _edit(self, line: ClassLine | None) -> None:
        if line is None:
            return

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            return self.desk.do(
                store_setup.save_class, line.id, toast=_("Đã lưu lớp"), on_problems=problems, **values
            )

        school_class = line.school_class
        title = _("Lớp {name}").format(name=school_class.name)
        dialog = FormDialog(title, self._fields(), yes=_("Lưu"), action=action)
        dialog.start(
            {
                "name": school_class.name,
                "site_id": school_class.site_id,
                "homeroom_id": school_class.homeroom_id,
            }
        )

    def _drop(self) -> None:
        line = self.table.current()
        if line is not None:
            self.desk.do(
                store_setup.drop_class,
                line.id,
                toast=_("Đã xóa lớp {name}").format(name=line.school_class.name),
            )


def owed(name: str) -> CellStyle:
    """A name, hatched where there is none yet."""
    return CellStyle(name, owed=not name)


class AssignmentTab(QWidget):
    """Who teaches each subject to one class, and who takes it."""

    def __init__(self, desk: Desk, people: People, keep_takers: KeepTakers | None = None) -> None:
        super().__init__()
        self.desk, self._people, self._keep_takers = desk, people, keep_takers
        self._names: dict[str, str] = {}
        self.classes = Chooser(name=_("Lớp"), width=110, bold=True)
        self.classes.chosen.connect(lambda _class: self.refresh())
        self.table = RecordTable(
            [
                Column("name", _("Môn học"), lambda x: x.name, 240, names=True),
                Column("teacher", _("Giáo viên"), self._teacher, 0, style=lambda x: owed(self._teacher(x))),
                Column("periods", _("Tiết/năm"), lambda x: str(x.periods), 80, "right"),
                Column("taken", _("Ai học"), lambda x: _(dict(TAKEN)[x.taken]), 160),
                Column(
                    "topics", _("Chuyên đề"), lambda x: _("tính vào ĐĐGtx cuối") if x.topics else "–", 160
                ),
            ]
        )
        self.table.setAccessibleName(_("Phân công giảng dạy"))
        self.table.opened.connect(self._edit)
        self.note = label("", role="text2")
        change = button(
            _("Phân công"), kind="main", icon="pencil", on=lambda: self._edit(self.table.current())
        )
        self.table.enable_on_row(change)
        column = stack(spacing=10)
        self.choose_button = button(_("Môn của lớp"), icon="book", on=self._choose_subjects)
        column.addLayout(bar(self.classes, self.note, None, self.choose_button, change))
        column.addWidget(self.table, 1)
        self.setLayout(column)

    def refresh(self, _step: Step | None = None) -> None:
        """Read the chosen class."""
        self._names = dict(self._people(self.desk.db))
        school_classes = store.classes(self.desk.db, self.desk.year)
        self.classes.offer([(school_class.id, school_class.name) for school_class in school_classes])
        chosen = self.classes.currentData()
        assignments = store_subjects.class_subjects(self.desk.db, str(chosen)) if chosen else []
        self.table.set_rows(assignments, key=lambda x: x.id)
        self.choose_button.setEnabled(bool(chosen))
        self.note.setText(self._state(assignments))

    def _state(self, taughts: Sequence[Taught]) -> str:
        """What the class still lacks: its electives first, then teachers."""
        offered = {planned.code for planned in self._plan() if planned.taken == "chosen"}
        if offered and not offered & {taught.code for taught in taughts}:
            return _("lớp chưa có môn lựa chọn, bấm Môn của lớp")
        without = sum(not self._teacher(taught) for taught in taughts)
        return _("{n} môn chưa có giáo viên").format(n=without) if without else _("đủ giáo viên")

    def _plan(self) -> list[PlannedSubject]:
        """The subjects of the grade of the chosen class."""
        school_classes = store.classes(self.desk.db, self.desk.year)
        grade = next(
            (
                school_class.grade
                for school_class in school_classes
                if school_class.id == self.classes.currentData()
            ),
            None,
        )
        return [] if grade is None else store_subjects.plan(self.desk.db, self.desk.year, grade)

    def _choose_subjects(self) -> None:
        """Ask which of the grade's subjects the class studies."""
        class_id = str(self.classes.currentData())
        planned = self._plan()
        has = {taught.code for taught in store_subjects.class_subjects(self.desk.db, class_id)}
        fields = [_tick(row.code) for row in planned]

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            codes = [code for code, wanted in values.items() if wanted]
            done, toast = store_subjects.set_class_subjects, _("Đã chọn môn của lớp")
            return self.desk.do(done, class_id, codes, toast=toast, on_problems=problems)

        title = _("Môn của lớp {name}").format(name=self.classes.currentText())
        sentence = _(
            "Đánh dấu môn lớp này học. Môn chưa có ở đây thì thêm cho cả khối ở thẻ Môn học và số tiết."
        )
        dialog = FormDialog(title, fields, yes=_("Lưu"), action=action, sentence=sentence)
        dialog.start({row.code: int(row.code in has) for row in planned})

    def _teacher(self, taught: Taught) -> str:
        return self._names.get(taught.teacher_id or "", "")

    def _edit(self, taught: Taught | None) -> None:
        if taught is None:
            return
        class_id = str(self.classes.currentData())
        fields = [
            Field("teacher_id", N_("Giáo viên"), "choice", choices=tuple(self._names.items()), width=240),
            Field("taken", N_("Ai học"), "choice", choices=TAKEN, required=True, width=240),
            Field("topics", N_("Tính một cụm chuyên đề vào ĐĐGtx cuối"), "flag", width=240),
        ]

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            return self._assign(class_id, taught.code, {**values, "topics": bool(values["topics"])}, problems)

        title = _("{subject}, lớp {name}").format(subject=taught.name, name=self.classes.currentText())
        dialog = FormDialog(title, fields, yes=_("Lưu"), action=action)
        dialog.start({"teacher_id": taught.teacher_id, "taken": taught.taken, "topics": int(taught.topics)})

    def _assign(self, class_id: str, code: str, values: dict[str, Value], problems: OnProblems) -> object:
        """Store it; where marks would go out of sight, offer to name everybody in the class as a taker first."""
        refused: list[Problem] = []
        toast = _("Đã phân công")
        save = store_subjects.save_class_subject
        done = self.desk.do(save, class_id, code, toast=toast, on_problems=refused.extend, **values)
        if done is not None or not refused:
            return done
        marks = next((problem for problem in refused if problem.code == "HAS_MARKS"), None)
        detail = _("Ghi mọi em đang ở lớp là có học môn này, rồi bỏ dấu em không học ở hồ sơ của em?")
        if marks and self._keep_takers and self.desk.ask(marks.message, yes=_("Ghi cả lớp"), detail=detail):
            return self.desk.do(
                self._keep_takers, class_id, code, toast=toast, on_problems=problems, **values
            )
        problems(refused)
        return None


def _tick(code: str) -> Field:
    """One subject to be ticked; a long name has a line to itself."""
    name = subject(code).name
    return Field(code, name, "flag", width=WHOLE_LINE if len(name) > LONG_NAME else 120)
