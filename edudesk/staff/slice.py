"""What the slice offers: the people who work at the school."""

from __future__ import annotations

from edudesk.kernel.words import N_
from edudesk.staff.schema import TABLES
from edudesk.storage.slice import Code, PageSpec, Slice

SLICE = Slice(
    "staff",
    tables=(TABLES,),
    row_names={"staff": "select name from staff where id = ?"},
    pages=(
        PageSpec(
            "school",
            N_("Trường lớp"),
            "building",
            Code("edudesk.staff.view:school_page"),
            order=110,
            foot=True,
            help=(
                N_("Lớp, môn học, phân công giảng dạy, nhân sự, năm học và thông tin trường trên giấy tờ."),
                N_("Enter sửa dòng đang chọn; mỗi lần sửa đều hoàn tác được bằng Ctrl+Z."),
            ),
        ),
    ),
)
