"""The page “Trường lớp”: classes, who teaches what, subjects, years, the school's own lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from edudesk.kernel.change import Step
from edudesk.kernel.words import N_, _
from edudesk.school.view_backup import BackupTab
from edudesk.school.view_classes import AssignmentTab, ClassesTab, KeepTakers, People
from edudesk.school.view_subjects import SubjectsTab
from edudesk.school.view_years import SchoolTab, YearsTab
from edudesk.ui.desk import Desk
from edudesk.ui.tabbed import TabbedPage

TABLES = ("school_year", "term", "site", "school_class", "subject_plan", "class_subject", "setting", "staff")
KEYS = (("Enter, F2", N_("Sửa dòng đang chọn")),)


class SchoolPage(TabbedPage):
    """`people` answers (id, name) of those who teach; `more` are parts other slices add: (key, title, widget).

    `keep_takers` saves a class's subject as one of choice, and everybody in the class as taking it.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        people: People = lambda _db: [],
        more: Sequence[tuple[str, str, QWidget]] = (),
        keep_takers: KeepTakers | None = None,
    ) -> None:
        tabs = [
            ("classes", _("Lớp học"), ClassesTab(desk, people)),
            ("teaching", _("Phân công giảng dạy"), AssignmentTab(desk, people, keep_takers)),
            ("subjects", _("Môn học và số tiết"), SubjectsTab(desk)),
            *more,
            ("years", _("Năm học"), YearsTab(desk)),
            ("school", _("Trường"), SchoolTab(desk)),
            ("backup", _("Sao lưu"), BackupTab(desk)),
        ]
        super().__init__(desk, _("Trường lớp"), page="school", tabs=tabs)

    def refresh(self, step: Step | None) -> None:
        if step is None or step.touches(*TABLES):
            self.tab.refresh(step)

    def hint(self) -> str:
        backup = isinstance(self.tab, BackupTab)
        return _("Enter trở về bản sao lưu đang chọn") if backup else _("Enter sửa dòng đang chọn")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        return tuple((key, _(action)) for key, action in KEYS)
