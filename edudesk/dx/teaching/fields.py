"""What is kept of a digital resource and of a system in use: one list each for form, import and export."""

from __future__ import annotations

from edudesk.kernel import checks
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_

RESOURCE_KINDS = (
    ("BAI_GIANG", N_("Bài giảng")),
    ("VIDEO", N_("Video")),
    ("CAU_HOI", N_("Câu hỏi, đề kiểm tra")),
    ("MO_PHONG", N_("Thí nghiệm, mô phỏng")),
    ("TAI_LIEU", N_("Tài liệu đọc")),
    ("KHAC", N_("Học liệu khác")),
)
LIVE, LMS, EXAM, HOME = "TRUC_TIEP", "LMS", "KIEM_TRA", "PHU_HUYNH"
SYSTEM_KINDS = (
    (LIVE, N_("Dạy học trực tuyến trực tiếp")),
    (LMS, N_("LMS/LCMS")),
    (EXAM, N_("Kiểm tra trên phòng máy tính")),
    (HOME, N_("Kết nối gia đình và nhà trường")),
)
OWNED = (("TU_XAY", N_("Tự xây dựng")), ("THUE", N_("Thuê")), ("MUA", N_("Mua")))
# What a system does, in the words of the index; which of them asks for it stands in proposals_teaching.
DOES = (
    ("registered", N_("Có đăng kí")),
    ("assigns", N_("Giáo viên giao bài cho học sinh tự học")),
    ("answers", N_("Giáo viên trả lời câu hỏi của học sinh")),
    ("tests", N_("Tổ chức kiểm tra, đánh giá thường xuyên")),
    ("parents", N_("Phụ huynh tham gia, theo dõi học tập")),
    ("exchanges", N_("Trao đổi kết quả với hệ thống quản trị nhà trường")),
)
RESOURCE_FIELDS = (
    Field("title", N_("Tên học liệu"), required=True, aliases=("Học liệu", "Tên"), width=240),
    Field("subject", N_("Môn học"), aliases=("Môn",), width=140),
    Field("grade", N_("Khối"), "number", stored=checks.GRADE),
    Field("author", N_("Tác giả"), aliases=("Giáo viên", "Người soạn"), width=160),
    Field("kind", N_("Loại học liệu"), "choice", choices=RESOURCE_KINDS, aliases=("Loại",), required=True),
    Field("link", N_("Đường dẫn"), aliases=("Link",), width=240, stored=checks.LINK),
    Field("made_on", N_("Ngày đưa vào dùng"), "date"),
    Field("team_by", N_("Tổ chuyên môn thông qua"), aliases=("Tổ chuyên môn",), width=160),
    Field("team_on", N_("Ngày tổ thông qua"), "date"),
    Field("approved_on", N_("Ngày hiệu trưởng phê duyệt"), "date", aliases=("Ngày phê duyệt",)),
)
SYSTEM_FIELDS = (
    Field("name", N_("Tên giải pháp"), required=True, width=240),
    Field("kind", N_("Dùng để"), "choice", choices=SYSTEM_KINDS, required=True, width=240),
    Field("since", N_("Dùng từ ngày"), "date", required=True),
    Field("until", N_("Thôi dùng từ ngày"), "date"),
    Field("owned", N_("Hình thức"), "choice", choices=OWNED),
    Field("url", N_("Đường dẫn"), width=240, stored=checks.LINK),
    *(Field(f"does.{key}", label, "flag", width=240) for key, label in DOES),
    Field("note", N_("Ghi chú"), width=240, stored=checks.NOTE),
)
USE_FIELDS = (
    Field("month", N_("Tháng (MM/YYYY)"), required=True),
    Field("teachers", N_("Giáo viên dùng"), "number"),
    Field("pupils", N_("Học sinh dùng"), "number"),
    Field("parents", N_("Phụ huynh dùng"), "number"),
    Field("items", N_("Bài giao, buổi dạy, bài kiểm tra, tin gửi"), "number", width=240),
)
