"""What the slice offers: the season's board, the settings."""

from __future__ import annotations

from edudesk.home.places import HOME, PROBLEMS
from edudesk.kernel.place import Place
from edudesk.kernel.words import N_
from edudesk.storage.slice import Code, Find, PageSpec, Slice

SLICE = Slice(
    "home",
    pages=(
        PageSpec(
            "school",
            N_("Trường lớp"),
            "building",
            Code("edudesk.home.view_school:school_page"),
            order=110,
            foot=True,
            help=(
                N_("Lớp, môn học, phân công giảng dạy, nhân sự, năm học và thông tin trường trên giấy tờ."),
                N_("Enter sửa dòng đang chọn; mỗi lần sửa đều hoàn tác được bằng Ctrl+Z."),
            ),
        ),
        PageSpec(
            "home",
            N_("Trang chủ"),
            "home",
            Code("edudesk.home.view:HomePage"),
            order=10,
            help=(
                N_("Việc đến hạn trong phần này của năm học: còn thiếu gì, ai còn thiếu, còn mấy ngày."),
                N_("Mỗi dòng có nút mở đúng chỗ để làm xong việc ấy; Enter trên một dòng của bảng cũng vậy."),
                N_("Ngày nào chưa đúng với tỉnh hoặc trường thì sửa ở “Việc cả năm”."),
            ),
        ),
        PageSpec(
            "settings",
            N_("Cài đặt"),
            "settings",
            Code("edudesk.home.view_settings:SettingsPage"),
            order=120,
            foot=True,
            help=(
                N_("Nền sáng hay tối, dòng cao hay thấp, ngôn ngữ, và cách nhập điểm trên máy này."),
                N_("Bấm là có hiệu lực ngay; không ảnh hưởng tới máy khác."),
            ),
        ),
    ),
    commands=(Code("edudesk.home.commands:COMMANDS"),),
    finds=(
        Find(N_("Việc cả năm"), "calendar-check", HOME, action="days"),
        Find(N_("Cần xem lại"), "triangle", PROBLEMS),
        Find(N_("Thêm lớp"), "plus", Place(page="school", tab="classes"), action="add-class"),
        Find(
            N_("Nhập nhân sự từ Excel"), "download", Place(page="school", tab="staff"), action="import-staff"
        ),
        Find(N_("Phân công giảng dạy"), "user", Place(page="school", tab="teaching")),
        Find(N_("Môn học và số tiết"), "book", Place(page="school", tab="subjects")),
        Find(N_("Nhân sự"), "users", Place(page="school", tab="staff")),
        Find(N_("Sao lưu"), "disk", Place(page="school", tab="backup")),
        Find(N_("Giao diện sáng hoặc tối"), "settings", Place(page="settings")),
        Find(
            N_("Lập trường thật…"),
            "cap",
            run=Code("edudesk.home.view_settings:begin_real_school"),
            detail=N_("Trường mẫu"),
            available=Code("edudesk.school.store:is_sample"),
        ),
        Find(N_("Tiếp tục thiết lập"), "cap", run=Code("edudesk.home.view_begin:show_steps")),
    ),
)
