"""What is kept of a building, a room and a machine: one list each for form, export and search."""

from __future__ import annotations

from edudesk.kernel import checks
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_
from edudesk.premises.rules_area import check_area

LAB, CLASSROOM = "PHONG_MAY", "PHONG_HOC"
ROOM_KINDS = (
    (CLASSROOM, N_("Phòng học")),
    (LAB, N_("Phòng máy tính")),
    ("AM_NHAC", N_("Phòng học bộ môn Âm nhạc")),
    ("MI_THUAT", N_("Phòng học bộ môn Mỹ thuật")),
    ("CONG_NGHE", N_("Phòng học bộ môn Công nghệ")),
    ("KHTN", N_("Phòng học bộ môn Khoa học tự nhiên")),
    ("NGOAI_NGU", N_("Phòng học bộ môn Ngoại ngữ")),
    ("BO_MON", N_("Phòng học bộ môn khác")),
    ("DA_NANG", N_("Phòng đa chức năng")),
    ("THU_VIEN", N_("Thư viện")),
    ("THIET_BI", N_("Phòng thiết bị")),
    ("HIEU_TRUONG", N_("Phòng hiệu trưởng")),
    ("PHO_HT", N_("Phòng phó hiệu trưởng")),
    ("VAN_PHONG", N_("Văn phòng")),
    ("HOP", N_("Phòng họp")),
    ("DOI", N_("Phòng hoạt động Đội")),
    ("HANH_CHINH", N_("Phòng hành chính, quản trị")),
    ("Y_TE", N_("Phòng y tế")),
    ("BEP", N_("Bếp")),
    ("STUDIO", N_("Phòng làm học liệu số")),
    ("VS_GV", N_("Khu vệ sinh giáo viên")),
    ("VS_HS", N_("Khu vệ sinh học sinh")),
    ("SAN_CHOI", N_("Sân chơi")),
    ("BAI_TAP", N_("Bãi tập")),
    ("KHO", N_("Kho")),
    ("KHAC", N_("Phòng khác")),
)
SUBJECT_KINDS = ("AM_NHAC", "MI_THUAT", "CONG_NGHE", "KHTN", "NGOAI_NGU", "BO_MON")
LEARNING = (CLASSROOM, LAB, *SUBJECT_KINDS)  # where pupils are taught
STUDIO = "STUDIO"
OUTSIDE = ("SAN_CHOI", "BAI_TAP")  # no room, and on no plan of a storey
GRADES = (
    ("I", N_("Cấp I")),
    ("II", N_("Cấp II")),
    ("III", N_("Cấp III")),
    ("IV", N_("Cấp IV")),
)
QUALITIES = (("KIEN_CO", N_("Kiên cố")), ("BAN_KIEN_CO", N_("Bán kiên cố")), ("TAM", N_("Tạm")))
STATES = (("TOT", N_("Tốt")), ("CAN_SUA", N_("Cần sửa chữa")), ("NGUNG", N_("Không dùng được")))
MACHINE_KINDS = (
    ("DE_BAN", N_("Máy tính để bàn")),
    ("XACH_TAY", N_("Máy tính xách tay")),
    ("BANG", N_("Máy tính bảng")),
)
TEACHING, OFFICE = "DAY_HOC", "VAN_PHONG"
USES = ((TEACHING, N_("Dạy học")), (OFFICE, N_("Văn phòng")))

BUILDING_FIELDS = (
    Field("name", N_("Tên nhà"), required=True, width=240),
    Field("floors", N_("Số tầng"), "number"),
    Field("built", N_("Năm xây dựng"), "number", stored=checks.YEAR),
    Field("grade", N_("Cấp công trình"), "choice", choices=GRADES),
    Field("quality", N_("Kết cấu"), "choice", choices=QUALITIES),
    Field("note", N_("Ghi chú"), width=240, stored=checks.NOTE),
)
ROOM_FIELDS = (
    Field("name", N_("Tên phòng"), required=True, aliases=("Phòng",), width=160),
    Field("kind", N_("Loại phòng"), "choice", choices=ROOM_KINDS, required=True, width=160),
    Field("area", N_("Diện tích (m²)"), check=check_area),
    Field("capacity", N_("Sức chứa (chỗ ngồi)"), "number"),
    Field("quality", N_("Kết cấu"), "choice", choices=QUALITIES),
    Field("state", N_("Tình trạng"), "choice", choices=STATES),
    Field("year", N_("Năm đưa vào dùng"), "number", stored=checks.YEAR),
    Field("borrowed", N_("Thuê, nhờ, mượn"), "flag"),
    Field("projector", N_("Có máy chiếu hoặc màn hình"), "flag", width=200),
    Field("internet", N_("Có Internet"), "flag"),
)
MACHINE_FIELDS = (
    Field("name", N_("Tên hoặc mã máy"), required=True, width=140),
    Field("kind", N_("Loại máy"), "choice", choices=MACHINE_KINDS, required=True, width=140),
    Field("use", N_("Dùng cho"), "choice", choices=USES, required=True),
    Field("year", N_("Năm mua"), "number", stored=checks.YEAR),
    Field("cpu", N_("Bộ xử lí")),
    Field("os", N_("Hệ điều hành")),
    Field("ram_gb", N_("RAM (GB)"), "number"),
    Field("disk_gb", N_("Ổ đĩa (GB)"), "number"),
)
