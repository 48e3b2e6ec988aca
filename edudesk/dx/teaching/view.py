"""The part “Học liệu, hệ thống”: digital resources with their approvals, and the systems in use with their months."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QStackedWidget, QWidget

from edudesk.dx.teaching import store_resources, store_systems
from edudesk.dx.teaching.fields import (
    OWNED,
    RESOURCE_FIELDS,
    RESOURCE_KINDS,
    SYSTEM_FIELDS,
    SYSTEM_KINDS,
    USE_FIELDS,
)
from edudesk.dx.teaching.imports import KIND, import_resources, plan_resources
from edudesk.dx.teaching.report import months_words
from edudesk.dx.teaching.store_resources import Resource
from edudesk.dx.teaching.store_systems import System
from edudesk.dx.view_papers import export_resources, print_resources
from edudesk.kernel.calendar import show_date
from edudesk.kernel.change import Step, Value
from edudesk.kernel.field import Field
from edudesk.kernel.words import _
from edudesk.school.programme import subjects
from edudesk.staff.store import members
from edudesk.ui.cells import Chip
from edudesk.ui.choices import Segmented
from edudesk.ui.desk import Desk
from edudesk.ui.dialog import FormDialog, OnProblems
from edudesk.ui.keys import on_key
from edudesk.ui.parts import EmptyPage, bar, button, label, menu_button, stack
from edudesk.ui.table.preview import How, import_list
from edudesk.ui.table.view import Column, RecordTable

TABLES = ("dx_resource", "dx_system", "dx_use", "staff")
RESOURCES, SYSTEMS = "resources", "systems"


class DigitalTeachingTab(QWidget):
    """Enter opens a line, Ctrl+N adds one, Del takes it out; both lists feed the proposals of the self-score."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.which = Segmented([(RESOURCES, _("Học liệu số")), (SYSTEMS, _("Hệ thống"))], name=_("Xem"))
        self.which.choose(RESOURCES)
        self.which.chosen.connect(lambda _which: self.refresh())
        self.note = label("", role="text2")
        self.resources = RecordTable(_resource_columns())
        self.resources.setAccessibleName(_("Danh mục học liệu số"))
        self.resources.opened.connect(self.ask_resource)
        self.systems = RecordTable(_system_columns())
        self.systems.setAccessibleName(_("Hệ thống đang dùng"))
        self.systems.opened.connect(self.ask_system)
        self.empty = EmptyPage("", "", icon="book")
        self.pages = QStackedWidget()
        for part in (self.resources, self.systems, self.empty):
            self.pages.addWidget(part)
        self.month = button(_("Ghi số liệu tháng…"), on=self.ask_use)
        self.change = button(_("Sửa"), icon="pencil", on=self.edit)
        self.systems.enable_on_row(self.month)
        for table in (self.resources, self.systems):
            table.picked.connect(lambda _line: self._offer())
        self.new = button("", kind="main", icon="plus", on=self.add)
        self._lay_out()

    def _lay_out(self) -> None:
        more = menu_button(
            [
                ("download", _("Nhập học liệu từ Excel…"), self.import_file),
                ("upload", _("Xuất học liệu, hệ thống ra Excel…"), lambda: export_resources(self.desk)),
                ("printer", _("In danh mục học liệu…"), lambda: print_resources(self.desk)),
                ("", "", self.refresh),
                ("clip", _("Gắn tệp cho học liệu…"), self.attach),
                ("folder", _("Ghi tệp của học liệu ra…"), self.save_file),
                ("trash", _("Xóa dòng đang chọn"), self.drop),
            ]
        )
        column = stack(spacing=10)
        column.addLayout(bar(self.which, self.note, None, self.month, self.change, self.new, more))
        column.addWidget(self.pages, 1)
        self.hint = label("", role="text3")
        self.hint.setWordWrap(True)
        column.addWidget(self.hint)
        self.setLayout(column)
        on_key(self, "Ctrl+N", self.add)
        on_key(self.pages, "Del", self.drop)

    @property
    def _listing(self) -> bool:
        """Whether resources are shown."""
        return self.which.value() == RESOURCES

    @property
    def table(self) -> RecordTable:
        """The list that is shown."""
        return self.resources if self._listing else self.systems

    def refresh(self, step: Step | None = None) -> None:
        """Read both lists."""
        if step is not None and not step.touches(*TABLES):
            return
        resources = store_resources.resources(self.desk.db)
        using = store_systems.systems(self.desk.db, self.desk.year)
        self.resources.set_rows(resources, key=lambda resource: resource.id)
        self.systems.set_rows(using, key=lambda one: one.id)
        shown = 0 if self._listing else 1
        self.pages.setCurrentIndex(shown if self.table.records else 2)
        self.empty.say(
            _("Chưa có học liệu số nào") if self._listing else _("Chưa ghi hệ thống nào"),
            _purpose(self._listing),
        )
        self._offer()
        self.month.setVisible(not self._listing)
        self.new.setText(_("Thêm học liệu") if self._listing else _("Thêm hệ thống"))
        done = sum(resource.approved for resource in resources)
        words = _("{n} học liệu, {done} đã phê duyệt").format(n=len(resources), done=done)
        self.note.setText(words if self._listing else _("{n} hệ thống").format(n=len(using)))
        self.hint.setText(_hint(listing=self._listing))

    def _offer(self) -> None:
        """A line is changed once it is chosen."""
        self.change.setEnabled(self.table.current() is not None)

    # -- actions

    def edit(self) -> None:
        """Open the line under the cursor."""
        one = self.table.current()
        if one is not None:
            (self.ask_resource if self._listing else self.ask_system)(one)

    def add(self) -> None:
        """Ask for a new line of the list that is shown."""
        (self.ask_resource if self._listing else self.ask_system)(None)

    def ask_resource(self, resource: Resource | None) -> None:
        """The form of a resource, new or there."""

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            save, row = store_resources.save_resource, resource.id if resource else ""
            return self.desk.do(
                save, values, resource_id=row, toast=_("Đã lưu học liệu"), on_problems=problems
            )

        title = resource.title if resource else _("Thêm học liệu số")
        dialog = FormDialog(title[:60], _offered(self.desk), yes=_("Lưu"), action=action)
        known = (
            {**store_resources.form_values(resource), "subject": resource.code, "author": resource.staff_id}
            if resource
            else {}
        )
        dialog.start({"kind": "BAI_GIANG", **known})

    def ask_system(self, system: System | None) -> None:
        """The form of a system, new or there."""

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            save, row = store_systems.save_system, system.id if system else ""
            return self.desk.do(save, values, system_id=row, toast=_("Đã lưu hệ thống"), on_problems=problems)

        dialog = FormDialog(
            system.name if system else _("Thêm hệ thống"), SYSTEM_FIELDS, yes=_("Lưu"), action=action
        )
        dialog.start({field.key: _system_value(system, field) for field in SYSTEM_FIELDS} if system else {})

    def ask_use(self) -> None:
        """The numbers of a month of the system under the cursor."""
        system: System | None = self.systems.current()
        if system is None:
            self.desk.toast(_("Chọn một hệ thống trước."))
            return

        def action(values: dict[str, Value], problems: OnProblems) -> object:
            save, toast = store_systems.save_use, _("Đã ghi số liệu của {name}").format(name=system.name)
            return self.desk.do(save, system.id, values, toast=toast, on_problems=problems)

        sentence = _("Ghi lại tháng đã có thì số mới thay số cũ.")
        FormDialog(system.name, USE_FIELDS, yes=_("Ghi"), action=action, sentence=sentence).start({})

    def import_file(self) -> None:
        """Take a list of resources in, after a look at it."""
        import_list(self.desk, _("Nhập học liệu số từ Excel"), How(plan_resources, import_resources, KIND))

    def attach(self) -> None:
        """Keep a file with the resource under the cursor."""
        resource: Resource | None = self.resources.current() if self._listing else None
        path = self.desk.choose_file(_("Chọn tệp học liệu"), _("Mọi tệp (*)")) if resource else None
        if resource is not None and path is not None:
            save, toast = store_resources.save_resource, _("Đã gắn {name}").format(name=path.name)
            self.desk.do(
                save, store_resources.form_values(resource), resource_id=resource.id, file=path, toast=toast
            )

    def save_file(self) -> None:
        """Copy the file of the resource under the cursor out."""
        resource: Resource | None = self.resources.current() if self._listing else None
        if resource is None or not resource.sha256:
            self.desk.toast(_("Học liệu này chưa gắn tệp."))
            return
        path = self.desk.save_file(_("Ghi tệp học liệu ra"), resource.name, _("Mọi tệp (*)"))
        if path is not None:
            self.desk.do(
                store_resources.save_file, resource, path, toast=_("Đã ghi tệp {name}").format(name=path.name)
            )

    def drop(self) -> None:
        """Take the line under the cursor out."""
        one = self.table.current()
        if one is not None and self._listing:
            self.desk.do(store_resources.drop_resource, one.id, toast=_("Đã xóa học liệu"))
        elif one is not None:
            self.desk.do(store_systems.drop_system, one.id, toast=_("Đã xóa {name}").format(name=one.name))


def _offered(desk: Desk) -> list[Field]:
    """The fields of the form: subjects and people are chosen, not typed."""
    choices = {
        "subject": tuple((subject.code, subject.name) for subject in subjects().values()),
        "author": tuple((member.id, member.name) for member in members(desk.db, former=True)),
    }
    return [
        replace(field, kind="choice", choices=choices[field.key]) if field.key in choices else field
        for field in RESOURCE_FIELDS
    ]


def _purpose(listing: bool) -> str:
    if listing:
        return _(
            "Danh mục học liệu số của trường: ai soạn, tổ chuyên môn thông qua và hiệu trưởng phê duyệt ngày nào. "
            "Thêm từng học liệu, hoặc nhập cả danh sách từ Excel ở nút “…”."
        )
    return _(
        "Các hệ thống trường đang dùng để dạy trực tuyến, giao bài, kiểm tra và liên lạc với gia đình, cùng số liệu "
        "từng tháng. Thêm hệ thống, rồi ghi số liệu tháng."
    )


def _hint(*, listing: bool) -> str:
    if listing:
        return _(
            "Mục 1.4 đếm học liệu đã được tổ chuyên môn thông qua và hiệu trưởng phê duyệt; mục 1.6.3 đếm tác giả của chúng."
        )
    return _(
        "Các mục 1.3, 1.5 và 2.4.1 xét hệ thống đang dùng có số liệu trong năm học; chưa có số liệu thì không đề xuất điểm."
    )


def _system_value(system: System, field: Field) -> Value:
    if field.key.startswith("does."):
        return int(field.key[5:] in system.does)
    return getattr(system, field.key) or None


def _resource_columns() -> list[Column]:
    kinds = dict(RESOURCE_KINDS)
    return [
        Column("title", _("Tên học liệu"), lambda x: x.title, 0, names=True, sort=lambda x: x.title),
        Column("subject", _("Môn"), lambda x: x.subject or "–", 120, sort=lambda x: x.subject),
        Column("grade", _("Khối"), lambda x: str(x.grade or "–"), 56, "center", sort=lambda x: x.grade or 0),
        Column("kind", _("Loại"), lambda x: _(kinds.get(x.kind, "")), 150),
        Column("author", _("Tác giả"), lambda x: x.author or "–", 150, sort=lambda x: x.author),
        Column("team", _("Tổ thông qua"), lambda x: show_date(x.team_on) or "–", 104),
        Column("head", _("Phê duyệt"), lambda x: show_date(x.approved_on) or "–", 100),
        Column("state", _("Tính vào 1.4"), _counts, 104, chip=_chip, sort=lambda x: x.approved),
    ]


def _counts(resource: Resource) -> str:
    return _("có") if resource.approved else _("chưa")


def _chip(resource: Resource) -> Chip:
    return Chip(_counts(resource), "ok" if resource.approved else "grey")


def _system_columns() -> list[Column]:
    kinds, owned = dict(SYSTEM_KINDS), dict(OWNED)
    return [
        Column("name", _("Hệ thống"), lambda x: x.name, 190, names=True),
        Column("kind", _("Dùng để"), lambda x: _(kinds.get(x.kind, "")), 220),
        Column("owned", _("Hình thức"), lambda x: _(owned.get(x.owned, "–")), 96),
        Column("since", _("Từ ngày"), lambda x: show_date(x.since) or "–", 92),
        Column("months", _("Số liệu từng tháng"), lambda x: months_words(x) or _("chưa ghi tháng nào"), 0),
    ]
