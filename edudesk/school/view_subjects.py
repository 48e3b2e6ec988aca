"""The subjects of a grade and their yearly periods."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from edudesk.kernel.change import Step
from edudesk.kernel.field import Field, Value
from edudesk.kernel.words import N_, _
from edudesk.school import store, store_subjects
from edudesk.school.programme import proposed_subjects, subject
from edudesk.school.rules import PlannedSubject
from edudesk.school.schema import PERIODS
from edudesk.school.view_classes import KINDS
from edudesk.ui.choices import Chooser
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.table.view import Column, RecordTable

TAKEN = {"all": N_("Cả khối học"), "chosen": N_("Môn lựa chọn"), "optional": N_("Môn tự chọn")}


class SubjectsTab(QWidget):
    """What a grade studies; the programme's own figures beside the school's. `quiet` inside another page."""

    def __init__(self, desk: Desk, *, quiet: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self.grades = Chooser(name=_("Khối"), width=110, bold=True)
        self.grades.chosen.connect(lambda _grade: self.refresh())
        self.table = RecordTable(
            [
                Column("name", _("Môn học"), lambda x: subject(x.code).name, 0, names=True),
                Column("periods", _("Tiết/năm"), lambda x: str(x.periods or ""), 90, "right"),
                Column("programme", _("Chương trình"), self._proposed, 110, "right"),
                Column("kind", _("Đánh giá bằng"), lambda x: _(dict(KINDS)[x.kind]), 130),
                Column("taken", _("Ai học"), lambda x: _(TAKEN[x.taken]), 150),
            ]
        )
        self.table.setAccessibleName(_("Môn học của khối"))
        self.table.opened.connect(self._edit)
        self.note = label("", role="ask")
        drop = button(_("Bỏ môn"), icon="trash", on=self._drop)
        add = button(_("Thêm môn"), icon="plus", on=self._add)
        change = button(
            _("Sửa số tiết"),
            kind="" if quiet else "main",
            icon="pencil",
            on=lambda: self._edit(self.table.current()),
        )
        self.table.enable_on_row(drop, change)
        column = stack(spacing=10)
        column.addLayout(bar(self.grades, *(() if quiet else (self.note,)), None, drop, add, change))
        column.addWidget(self.table, 1)
        if quiet:
            column.addWidget(self.note)
        self.setLayout(column)

    def refresh(self, _step: Step | None = None) -> None:
        """Read the chosen grade."""
        numbers = store.grades(self.desk.db)
        self.grades.offer([(grade, _("Khối {n}").format(n=grade)) for grade in numbers])
        self.table.set_rows(self._plan(), key=lambda x: x.code)
        unread = (
            any(not proposal.verified for proposal in proposed_subjects(self._grade())) if numbers else False
        )
        self.note.setText(_("Số tiết của chương trình: chưa đối chiếu văn bản gốc") if unread else "")

    def _grade(self) -> int:
        return int(self.grades.currentData() or 0)

    def _plan(self) -> list[PlannedSubject]:
        return store_subjects.plan(self.desk.db, self.desk.year, self._grade())

    def _proposed(self, planned: PlannedSubject) -> str:
        proposal = next((p for p in proposed_subjects(self._grade()) if p.code == planned.code), None)
        return str(proposal.periods) if proposal else "–"

    def _save(self, planned: list[PlannedSubject], toast: str, problems: OnProblems | None = None) -> object:
        return self.desk.do(
            store_subjects.save_plan,
            self.desk.year,
            self._grade(),
            planned,
            toast=toast,
            on_problems=problems,
        )

    def _edit(self, row: PlannedSubject | None) -> None:
        if row is None:
            return

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            periods = int(str(values["periods"]))
            planned = [replace(p, periods=periods) if p.code == row.code else p for p in self._plan()]
            return self._save(planned, _("Đã lưu số tiết"), problems)

        field = Field("periods", N_("Số tiết cả năm"), "number", required=True, stored=PERIODS)
        name = subject(row.code).name
        sentence = _("Số tiết quyết định cần mấy điểm đánh giá thường xuyên.")
        title = _("{name}, khối {grade}").format(name=name, grade=self._grade())
        FormDialog(title, [field], yes=_("Lưu"), action=action, sentence=sentence).start(
            {"periods": row.periods}
        )

    def _add(self) -> None:
        here = {planned.code for planned in self._plan()}
        missing = {
            proposal.code: proposal
            for proposal in proposed_subjects(self._grade())
            if proposal.code not in here
        }

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            proposal = missing[str(values["code"])]
            periods = int(str(values["periods"] or proposal.periods))
            added = PlannedSubject(proposal.code, periods, proposal.kind, proposal.taken, proposal.position)
            return self._save(
                [*self._plan(), added], _("Đã thêm môn {name}").format(name=proposal.name), problems
            )

        choices = tuple((proposal.code, proposal.name) for proposal in missing.values())
        fields = [
            Field("code", N_("Môn học"), "choice", choices=choices, required=True, width=240),
            Field("periods", N_("Số tiết cả năm"), "number", stored=PERIODS),
        ]
        sentence = _("Để trống số tiết thì lấy theo chương trình.")
        if missing:
            FormDialog(_("Thêm môn"), fields, yes=_("Thêm"), action=action, sentence=sentence).start({})
        else:
            self.desk.toast(_("Khối này đã có đủ các môn của chương trình."))

    def _drop(self) -> None:
        planned = self.table.current()
        if planned is not None:
            remaining = [p for p in self._plan() if p.code != planned.code]
            self._save(remaining, _("Đã bỏ môn {name}").format(name=subject(planned.code).name))
