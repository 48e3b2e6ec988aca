"""The page “Trường lớp” as a whole: the school's own parts, and what staff and pupils add to them."""

from __future__ import annotations

from edudesk.kernel.words import _
from edudesk.school.view import SchoolPage
from edudesk.staff.view import StaffTab, people
from edudesk.students.store_status import save_subject_of_choice
from edudesk.ui.desk import Desk


def school_page(desk: Desk) -> SchoolPage:
    """With the people who work here, and pupils who keep a subject that becomes one of choice."""
    staff = [("staff", _("Nhân sự"), StaffTab(desk))]
    return SchoolPage(desk, people=people, more=staff, keep_takers=save_subject_of_choice)
