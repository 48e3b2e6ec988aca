"""What is kept of a piece of equipment: one list for form, import, export and search."""

from __future__ import annotations

from edudesk.equipment.assets.rules import EXEMPT
from edudesk.equipment.assets.rules_rates import rate_book
from edudesk.equipment.rules import ITEM, LOT
from edudesk.kernel import checks
from edudesk.kernel.field import Field
from edudesk.kernel.words import N_

GROUPS = (
    ("TBDH", N_("Thiết bị dạy học bộ môn")),
    ("NGHE_NHIN", N_("Thiết bị nghe nhìn, trình chiếu")),
    ("TIN_HOC", N_("Máy tính, thiết bị mạng")),
    ("BAN_GHE", N_("Bàn, ghế, bảng, tủ")),
    ("THI_NGHIEM", N_("Dụng cụ thí nghiệm")),
    ("THE_THAO", N_("Dụng cụ thể thao")),
    ("NHAC_CU", N_("Nhạc cụ, mĩ thuật")),
    ("VAN_PHONG", N_("Thiết bị văn phòng")),
    ("NHA_BEP", N_("Nhà bếp, bán trú, y tế")),
    ("CONG_TRINH", N_("Nhà, công trình, đất")),
    ("KHAC", N_("Thiết bị khác")),
)
TRACKED = ((ITEM, N_("Từng cái")), (LOT, N_("Theo lô")))
ORIGINS = (
    ("MUA_SAM", N_("Mua sắm")),
    ("DAU_TU", N_("Đầu tư xây dựng")),
    ("GIAO", N_("Được giao, điều chuyển, chuyển giao")),
    ("TANG_CHO", N_("Tặng cho, khuyến mại")),
    ("KIEM_KE", N_("Kiểm kê thừa")),
    ("LIEN_DOANH", N_("Liên doanh, liên kết")),
    ("THUE_MUA", N_("Thuê mua")),
    ("KHAC", N_("Nguồn khác")),
)

CODE = Field("code", N_("Mã thiết bị"), width=110, stored=checks.OWN_CODE)
NAME = Field("name", N_("Tên thiết bị"), required=True, width=240)
KIND = Field("kind", N_("Nhóm"), "choice", choices=GROUPS, required=True)
UNIT = Field("unit", N_("Đơn vị tính"))
TRACK = Field("tracked", N_("Theo dõi"), "choice", choices=TRACKED, required=True)
BOUGHT_ON = Field("bought_on", N_("Ngày mua, nhận"), "date")
PRICE = Field("price", N_("Đơn giá (đồng)"), "money")
ORIGIN = Field("origin", N_("Nguồn hình thành"), "choice", choices=ORIGINS)
LESSON = Field("lesson", N_("Tiết, lớp"), width=240)
DOCUMENT = Field("document", N_("Số chứng từ"))
NOTE = Field("note", N_("Ghi chú"), stored=checks.NOTE)
ROOM, QUANTITY, BAD = N_("Phòng"), N_("Số lượng"), N_("Trong đó hỏng")  # of a row in a spreadsheet
THING_FIELDS = (NAME, CODE, KIND, UNIT, TRACK, BOUGHT_ON, PRICE, ORIGIN, NOTE)


def asset_fields() -> tuple[Field, ...]:
    """What accounting asks of an asset; its kinds are those of the rate table."""
    kinds = tuple((rate.code, rate.name) for rate in rate_book().rates.values())
    return (
        Field("asset_class", N_("Loại tài sản"), "choice", choices=kinds, width=240),
        Field("life", N_("Số năm riêng"), "number"),
        Field("used_before", N_("Đã dùng trước khi mua (năm)"), "number"),
        Field("carried", N_("Lũy kế đến 31/12/2025"), "money"),
        Field("exempt", N_("Không tính hao mòn vì"), "choice", choices=EXEMPT),
        Field("exempt_from", N_("Từ năm"), "number", stored=checks.YEAR),
    )


def equipment_fields() -> tuple[Field, ...]:
    """Everything of a row of the register, but how many there are and where."""
    return (*THING_FIELDS[:-1], *asset_fields(), NOTE)
