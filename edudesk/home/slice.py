"""What the slice offers: the season's board, the settings."""

from __future__ import annotations

from edudesk.kernel.words import N_
from edudesk.storage.slice import Code, PageSpec, Slice

SLICE = Slice(
    "home",
    pages=(
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
)
