"""The part “Nhân sự” of the page Trường lớp: who works here."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Step
from edudesk.kernel.field import Field, Value
from edudesk.kernel.names import name_key
from edudesk.kernel.words import N_, _
from edudesk.school.programme import subject, subjects
from edudesk.staff import store
from edudesk.staff.imports import KIND, import_staff, plan_staff
from edudesk.staff.store import ROLES, Member
from edudesk.storage.database import Database
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.parts import bar, button, label, stack
from edudesk.ui.table.preview import How, import_list
from edudesk.ui.table.view import Column, RecordTable


def people(db: Database) -> list[tuple[str, str]]:
    """(id, name) of everybody who works here, in the order of names."""
    return [(member.id, member.name) for member in store.members(db)]


class StaffTab(QWidget):
    """The list of the staff; Enter opens a record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        roles = dict(ROLES)
        self.table = RecordTable(
            [
                Column(
                    "name", _("Họ và tên"), lambda x: x.name, 0, names=True, sort=lambda x: name_key(x.name)
                ),
                Column("role", _("Vị trí"), lambda x: _(roles.get(x.role, "")), 130, sort=lambda x: x.role),
                Column("subject", _("Môn chính"), _main_subject, 260, sort=_main_subject),
                Column("birth_date", _("Ngày sinh"), lambda x: show_date(x.birth_date) or "–", 110),
                Column("phone", _("Điện thoại"), lambda x: x.phone or "–", 120),
            ]
        )
        self.table.setAccessibleName(_("Danh sách nhân sự"))
        self.table.opened.connect(self._edit)
        self.note = label("", role="text2")
        self.leave = button(_("Cho thôi làm việc"), on=self._leave)
        self.change = button(_("Sửa hồ sơ"), icon="pencil", on=lambda: self._edit(self.table.current()))
        self.table.enable_on_row(self.leave, self.change)
        add = button(_("Thêm người"), kind="main", icon="plus", on=lambda: self._edit(None))
        column = stack(spacing=10)
        take = button(_("Nhập từ Excel"), icon="download", on=self.import_excel, key="import-staff")
        column.addLayout(bar(self.note, None, self.leave, self.change, take, add))
        column.addWidget(self.table, 1)
        self.setLayout(column)

    def refresh(self, _step: Step | None = None) -> None:
        """Read the staff."""
        members = store.members(self.desk.db)
        self.table.set_rows(members, key=lambda x: x.id)
        self.note.setText(_("{n} người").format(n=len(members)))

    def import_excel(self) -> None:
        """Take a list of staff from a file, looked at before."""
        import_list(self.desk, _("Nhập nhân sự từ Excel"), How(plan_staff, import_staff, KIND))

    def _edit(self, person: Member | None) -> None:
        choices = tuple((s.code, s.name) for s in subjects().values())
        fields = [*store.FIELDS, Field("main_subject", N_("Môn chính"), "choice", choices=choices, width=240)]

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            row = person.id if person else None
            return self.desk.do(
                store.save_member, values, member_id=row, toast=_("Đã lưu hồ sơ"), on_problems=problems
            )

        dialog = FormDialog(person.name if person else _("Thêm người"), fields, yes=_("Lưu"), action=action)
        stored = {field.key: getattr(person, field.key) for field in fields} if person else {"role": "GV"}
        dialog.start(stored)

    def _leave(self) -> None:
        person = self.table.current()
        if person is not None:
            self.desk.do(
                store.leave, person.id, toast=_("{name} không còn làm việc ở trường").format(name=person.name)
            )


def _main_subject(member: Member) -> str:
    return subject(member.main_subject).name if member.main_subject else "–"
