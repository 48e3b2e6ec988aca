"""What is kept of a pupil: one list for form, import, export and search."""

from __future__ import annotations

import csv
from functools import lru_cache

from edudesk.kernel.field import Field
from edudesk.kernel.paths import resource
from edudesk.kernel.text import fold
from edudesk.kernel.words import N_

SEXES = (("NAM", N_("Nam")), ("NU", N_("Nữ")))
STATUSES = (
    ("DANG_HOC", N_("Đang học")),
    ("CHUYEN_DEN", N_("Chuyển đến")),
    ("CHUYEN_DI", N_("Chuyển đi")),
    ("THOI_HOC", N_("Thôi học")),
    ("BAO_LUU", N_("Bảo lưu")),
)
LEAVING = frozenset({"CHUYEN_DI", "THOI_HOC", "BAO_LUU"})


@lru_cache(maxsize=8)
def code_list(name: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of a list under resources/codes."""
    with resource("codes", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["code"], row["name"]) for row in csv.DictReader(file))


@lru_cache(maxsize=1)
def ethnic_codes() -> dict[str, str]:
    """Folded name, in every spelling the list knows → code of the ethnic group (“dân tộc”)."""
    codes: dict[str, str] = {}
    with resource("codes", "ethnic_groups.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in (row["code"], row["name"], *row["also"].split(";")):
                codes.setdefault(fold(name), row["code"])
    return codes


FIELDS: tuple[Field, ...] = (
    Field(
        "name",
        N_("Họ và tên"),
        required=True,
        aliases=("Họ tên", "Họ và tên học sinh", "Họ tên học sinh", "Tên học sinh", "Học sinh"),
        width=180,
    ),
    Field("sex", N_("Giới tính"), "choice", choices=SEXES, aliases=("Giới", "Phái", "Nam/Nữ"), width=60),
    Field(
        "birth_date", N_("Ngày sinh"), "date", aliases=("Ngày tháng năm sinh", "Sinh ngày", "NTNS"), width=90
    ),
    Field(
        "ethnic",
        N_("Dân tộc"),
        "choice",
        choices=code_list("ethnic_groups"),
        aliases=("Mã dân tộc",),
        width=80,
    ),
    Field(
        "personal_number",
        N_("Số định danh cá nhân"),
        "id12",
        aliases=(
            "Số định danh",
            "Số ĐDCN",
            "Mã định danh cá nhân",
            "Số CCCD",
            "CCCD",
            "Số CMND/CCCD",
            "Số căn cước",
        ),
        width=110,
    ),
    Field(
        "code",
        N_("Mã định danh ngành"),
        aliases=("Mã học sinh", "Mã định danh", "Mã định danh Bộ GDĐT", "Mã HS", "Mã định danh học sinh"),
        width=110,
    ),
    Field("birth_place", N_("Nơi sinh"), width=140),
    Field("nationality", N_("Quốc tịch"), width=90),
    Field(
        "home",
        N_("Nơi ở hiện nay"),
        aliases=(
            "Địa chỉ",
            "Chỗ ở hiện nay",
            "Nơi ở",
            "Địa chỉ thường trú",
            "Hộ khẩu thường trú",
            "Nơi thường trú",
        ),
        width=240,
    ),
    Field(
        "phone",
        N_("Điện thoại liên hệ"),
        "phone",
        aliases=("Điện thoại", "Số điện thoại", "SĐT", "ĐT", "SĐT phụ huynh", "Điện thoại phụ huynh"),
        width=100,
    ),
    Field(
        "policy",
        N_("Diện chính sách"),
        "choice",
        choices=code_list("policy_groups"),
        aliases=("Đối tượng chính sách", "Đối tượng"),
        width=140,
    ),
    Field(
        "father_name",
        N_("Họ tên cha"),
        aliases=("Cha", "Bố", "Họ tên bố", "Họ và tên cha", "Tên cha"),
        width=150,
    ),
    Field("mother_name", N_("Họ tên mẹ"), aliases=("Mẹ", "Họ và tên mẹ", "Tên mẹ"), width=150),
    Field(
        "guardian_name",
        N_("Người giám hộ"),
        aliases=("Giám hộ", "Họ tên người giám hộ", "Người đỡ đầu"),
        width=150,
    ),
    Field("note", N_("Ghi chú"), width=160),
)
BY_KEY = {field.key: field for field in FIELDS}
