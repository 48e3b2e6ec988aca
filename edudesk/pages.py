"""The places in the rail. A page's code is imported when the page is first opened."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QWidget

from edudesk.kernel.calendar import school_year_of
from edudesk.kernel.words import N_, _
from edudesk.slices import new_school
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page, PageSpec


def _home(desk: Desk) -> Page:
    from edudesk.home.view import HomePage

    return HomePage(desk)


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


def _register(desk: Desk) -> Page:
    from edudesk.gradebook.view_register import RegisterPage

    return RegisterPage(desk)


def _statistics(desk: Desk) -> Page:
    from edudesk.gradebook.view_statistics import StatisticsPage

    return StatisticsPage(desk)


def _school(desk: Desk) -> Page:
    from edudesk.school.view import SchoolPage
    from edudesk.staff.view import StaffTab, people

    return SchoolPage(desk, people=people, more=[(_("Nhân sự"), StaffTab(desk))])


PAGES = (
    PageSpec("home", N_("Trang chủ"), "home", _home),
    PageSpec("students", N_("Học sinh"), "users", _students),
    PageSpec("gradebook", N_("Sổ điểm"), "table", _gradebook),
    PageSpec("homeroom", N_("Rèn luyện"), "check-square", _homeroom),
    PageSpec("results", N_("Kết quả lớp"), "file-text", _results),
    PageSpec("register", N_("Tiến độ, khóa sổ"), "gauge", _register),
    PageSpec("statistics", N_("Thống kê"), "chart", _statistics),
    PageSpec("school", N_("Trường lớp"), "building", _school, foot=True),
)


def first_run(folder: Path) -> bool:
    """Let somebody without a school make one, or look at the sample school. False when they went away."""
    from edudesk.school.store_setup import set_up
    from edudesk.school.view_setup import Start, run_setup

    def make(start: Start) -> None:
        with new_school(folder) as db:
            set_up(db, name=start.name, levels=start.levels, year=start.year, place=start.place)

    def sample() -> None:
        from edudesk.demo.build import make_demo

        with new_school(folder) as db:
            make_demo(db, year=school_year_of(dt.date.today()))

    return run_setup(make, sample)


def first_window() -> QWidget:
    """The first window, only to look at."""
    from edudesk.school.view_setup import SetUp

    return SetUp(lambda _start: None, lambda: None)
