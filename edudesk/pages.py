"""The places in the rail. A page's code is imported when the page is first opened."""

from __future__ import annotations

from pathlib import Path

from edudesk.kernel.words import N_
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page, PageSpec


def _students(desk: Desk) -> Page:
    from edudesk.students.view import StudentsPage

    return StudentsPage(desk)


def _gradebook(desk: Desk) -> Page:
    from edudesk.gradebook.view import GradebookPage

    return GradebookPage(desk)


def _homeroom(desk: Desk) -> Page:
    from edudesk.gradebook.view_homeroom import HomeroomPage

    return HomeroomPage(desk)


def _results(desk: Desk) -> Page:
    from edudesk.gradebook.view_results import ResultsPage

    return ResultsPage(desk)


def _school(desk: Desk) -> Page:
    from edudesk.school.view import SchoolPage

    return SchoolPage(desk)


PAGES = (
    PageSpec("students", N_("Học sinh"), "users", _students),
    PageSpec("gradebook", N_("Sổ điểm"), "table", _gradebook),
    PageSpec("homeroom", N_("Rèn luyện"), "check-square", _homeroom),
    PageSpec("results", N_("Kết quả lớp"), "file-text", _results),
    PageSpec("school", N_("Trường lớp"), "building", _school, foot=True),
)


def first_run(folder: Path) -> bool:
    """Let somebody without a school make one, or look at the sample school. False when they went away."""
    from edudesk.school.view_setup import run_setup

    return run_setup(folder)
