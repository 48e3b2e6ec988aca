"""The places in the rail. A page's code is imported when the page is first opened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from edudesk.kernel.calendar import school_year_of
from edudesk.kernel.words import N_, _
from edudesk.slices import new_school
from edudesk.ui.desk import Desk
from edudesk.ui.page import Page, PageSpec

if TYPE_CHECKING:
    from edudesk.ui.palette import Thing
    from edudesk.ui.shell import Shell


def _home(desk: Desk) -> Page:
    from edudesk.home.view import HomePage

    return HomePage(desk)


def _students(desk: Desk) -> Page:
    from edudesk.students.view import StudentsPage

    return StudentsPage(desk)


def _gradebook(desk: Desk) -> Page:
    from edudesk.gradebook.entry.page import GradebookPage

    return GradebookPage(desk)


def _homeroom(desk: Desk) -> Page:
    from edudesk.gradebook.pages.homeroom import HomeroomPage

    return HomeroomPage(desk)


def _results(desk: Desk) -> Page:
    from edudesk.gradebook.pages.results import ResultsPage

    return ResultsPage(desk)


def _register(desk: Desk) -> Page:
    from edudesk.gradebook.pages.register import RegisterPage

    return RegisterPage(desk)


def _statistics(desk: Desk) -> Page:
    from edudesk.gradebook.pages.statistics import StatisticsPage

    return StatisticsPage(desk)


def _facility(desk: Desk) -> Page:
    from edudesk.labs.view import FacilityPage

    return FacilityPage(desk)


def _equipment(desk: Desk) -> Page:
    from edudesk.equipment.view import EquipmentPage

    return EquipmentPage(desk)


def _dx(desk: Desk) -> Page:
    from edudesk.dx.view import DxPage

    return DxPage(desk)


def _school(desk: Desk) -> Page:
    from edudesk.school.view import SchoolPage
    from edudesk.staff.view import StaffTab, people
    from edudesk.students.store_status import save_subject_of_choice

    staff = [(_("Nhân sự"), StaffTab(desk))]
    return SchoolPage(desk, people=people, more=staff, keep_takers=save_subject_of_choice)


def _settings(desk: Desk) -> Page:
    from edudesk.home.view_settings import SettingsPage

    return SettingsPage(desk)


PAGES = (
    PageSpec(
        "home",
        N_("Trang chủ"),
        "home",
        _home,
        help=(
            N_("Việc đến hạn trong phần này của năm học: còn thiếu gì, ai còn thiếu, còn mấy ngày."),
            N_("Mỗi dòng có nút mở đúng chỗ để làm xong việc ấy; Enter trên một dòng của bảng cũng vậy."),
            N_("Ngày nào chưa đúng với tỉnh hoặc trường thì sửa ở “Việc cả năm”."),
        ),
    ),
    PageSpec(
        "students",
        N_("Học sinh"),
        "users",
        _students,
        help=(
            N_("Danh sách và hồ sơ học sinh của từng lớp hoặc toàn trường."),
            N_(
                "Nhập cả danh sách từ Excel, tìm không cần dấu, sửa hồ sơ, chuyển lớp, ghi chuyển đi hoặc thôi học."
            ),
            N_("Dòng nào của tệp Excel không nhận được thì chương trình nói vì sao trước khi ghi."),
        ),
    ),
    PageSpec(
        "gradebook",
        N_("Sổ điểm"),
        "table",
        _gradebook,
        help=(
            N_("Điểm của một lớp, một môn, một học kì; điểm trung bình tính ngay khi gõ."),
            N_("Gõ điểm rồi Enter để xuống em kế tiếp; 85 là 8,5. V, P, K là em còn nợ điểm."),
            N_("F2 trên điểm trung bình nói vì sao ra số ấy; trên ô điểm nói ai ghi, ghi lúc nào."),
        ),
    ),
    PageSpec(
        "homeroom",
        N_("Rèn luyện"),
        "check-square",
        _homeroom,
        help=(
            N_("Chủ nhiệm đánh giá rèn luyện, ghi số buổi nghỉ và nhận xét từng em."),
            N_("Một phím cho một mức; lớp tiểu học đánh giá phẩm chất và năng lực ở đây."),
        ),
    ),
    PageSpec(
        "results",
        N_("Kết quả lớp"),
        "file-text",
        _results,
        help=(
            N_("Mức học tập, rèn luyện, danh hiệu và lên lớp của cả lớp, tính theo quy định của năm học."),
            N_("Enter trên một em nói vì sao em được mức ấy; in bảng kết quả và phiếu của từng em."),
        ),
    ),
    PageSpec(
        "register",
        N_("Tiến độ, khóa sổ"),
        "gauge",
        _register,
        help=(
            N_("Ai còn thiếu điểm nào, theo giáo viên hoặc theo lớp; Enter mở sổ điểm đúng chỗ còn thiếu."),
            N_("Khóa sổ ngay hoặc theo lịch, mở khóa bằng phiếu có lí do, đóng sổ học kì và niêm phong."),
        ),
    ),
    PageSpec(
        "statistics",
        N_("Thống kê"),
        "chart",
        _statistics,
        help=(
            N_("Số học sinh theo mức, danh hiệu và khoảng điểm; so theo lớp, khối, môn, giáo viên."),
            N_("In hoặc xuất Excel để làm báo cáo."),
        ),
    ),
    PageSpec(
        "facility",
        N_("Cơ sở vật chất"),
        "monitor",
        _facility,
        help=(
            N_("Phòng và máy tính của từng điểm trường; máy nào hỏng, hỏng từ ngày nào."),
            N_("Phòng máy: mức 2 tính mấy em chung một máy trong giờ Tin học, và cách để đủ máy."),
            N_("Ctrl+N thêm phòng hoặc máy; nhiều máy giống nhau thì gõ một lần, hoặc nhập từ Excel."),
            N_("Số liệu, định mức đếm những gì báo cáo hỏi và nói còn thiếu gì; Sơ đồ vẽ phòng từng tầng."),
        ),
    ),
    PageSpec(
        "equipment",
        N_("Thiết bị"),
        "list",
        _equipment,
        help=(
            N_(
                "Sổ thiết bị: có bao nhiêu, ở phòng nào, hỏng, cho mượn; số lượng là tổng của các việc đã ghi."
            ),
            N_("Đánh dấu dòng bằng dấu cách rồi ghi việc cho nhiều dòng một lúc; cho mượn xem theo tuần."),
            N_("Kiểm kê bằng mã QR hoặc gõ mã; hao mòn tài sản tính theo năm, mỗi số nói được vì sao."),
        ),
    ),
    PageSpec(
        "dx",
        N_("Chuyển đổi số"),
        "award",
        _dx,
        help=(
            N_("Tự chấm mức độ chuyển đổi số của trường theo QĐ 4725/QĐ-BGDĐT, từng mục, có minh chứng."),
            N_("Enter chấm mục đang chọn; Enter trong ô điểm ghi rồi sang mục sau."),
            N_(
                "Học liệu, hệ thống: danh mục học liệu số và hệ thống đang dùng, để đề xuất điểm từ số liệu thật."
            ),
            N_("Kế hoạch nâng mức nói nâng mục nào thì lên mức tiếp theo; in báo cáo khi đã phê duyệt."),
        ),
    ),
    PageSpec(
        "school",
        N_("Trường lớp"),
        "building",
        _school,
        foot=True,
        help=(
            N_("Lớp, môn học, phân công giảng dạy, nhân sự, năm học và thông tin trường trên giấy tờ."),
            N_("Enter sửa dòng đang chọn; mỗi lần sửa đều hoàn tác được bằng Ctrl+Z."),
        ),
    ),
    PageSpec(
        "settings",
        N_("Cài đặt"),
        "settings",
        _settings,
        foot=True,
        help=(
            N_("Nền sáng hay tối, dòng cao hay thấp, ngôn ngữ, và cách nhập điểm trên máy này."),
            N_("Bấm là có hiệu lực ngay; không ảnh hưởng tới máy khác."),
        ),
    ),
)


class Finds:
    """What Ctrl+K finds; read when it is first asked for."""

    def few(self, shell: Shell) -> Sequence[Thing]:
        from edudesk.finds import EverythingFound

        return EverythingFound(PAGES).few(shell)

    def everything(self, shell: Shell) -> Sequence[Thing]:
        from edudesk.finds import EverythingFound

        return EverythingFound(PAGES).everything(shell)


def first_run(folder: Path) -> bool:
    """Let somebody without a school make one, or look at the sample school. False when they went away."""
    from edudesk.school.store import SAMPLE
    from edudesk.school.store_setup import set_up
    from edudesk.school.view_setup import Start, run_setup

    def make(start: Start) -> None:
        with new_school(folder) as db:
            set_up(db, name=start.name, levels=start.levels, year=start.year, place=start.place)

    def sample() -> None:
        from edudesk.demo.build import make_demo

        with new_school(folder) as db:
            make_demo(db, year=school_year_of(dt.date.today()))
            db.set_local(SAMPLE, True)

    def restore(backup: Path) -> None:
        from edudesk.storage.restore import restore_new

        restore_new(folder, backup)

    return run_setup(make, sample, restore)


def first_window() -> QWidget:
    """The first window, only to look at."""
    from edudesk.school.view_setup import SetUp

    return SetUp(lambda _start: None, lambda: None, lambda _path: None)
