"""What is kept of a pupil: one list for form, import, export and search."""

from __future__ import annotations

from functools import lru_cache

from edudesk.kernel import checks
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
    return tuple((row["code"], row["name"]) for row in _rows(name))


@lru_cache(maxsize=1)
def ethnic_codes() -> dict[str, str]:
    """Folded name, in every spelling the list knows → code of the ethnic group (“dân tộc”)."""
    codes: dict[str, str] = {}
    for row in _rows("ethnic_groups"):
        for name in (row["code"], row["name"], *row["also"].split(";")):
            codes.setdefault(fold(name), row["code"])
    return codes


def _rows(name: str) -> list[dict[str, str]]:
    import csv  # a start reads no list

    with resource("codes", f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


FIELDS: tuple[Field, ...] = (
    Field(
        "name",
        N_("Họ và tên"),
        required=True,
        width=180,
    ),
    Field("sex", N_("Giới tính"), "choice", choices=SEXES, width=60),
    Field("birth_date", N_("Ngày sinh"), "date", width=90),
    Field(
        "ethnic",
        N_("Dân tộc"),
        "choice",
        choices=code_list("ethnic_groups"),
        width=80,
    ),
    Field(
        "personal_number",
        N_("Số định danh cá nhân"),
        "id12",
        width=110,
    ),
    Field(
        "code",
        N_("Mã định danh ngành"),
        width=110,
        stored=checks.OWN_CODE,
    ),
    Field("birth_place", N_("Nơi sinh"), width=140),
    Field("nationality", N_("Quốc tịch"), width=90),
    Field(
        "home",
        N_("Nơi ở hiện nay"),
        width=240,
    ),
    Field(
        "phone",
        N_("Điện thoại liên hệ"),
        "phone",
        width=100,
    ),
    Field(
        "policy",
        N_("Diện chính sách"),
        "choice",
        choices=code_list("policy_groups"),
        width=140,
    ),
    Field(
        "father_name",
        N_("Họ tên cha"),
        width=150,
    ),
    Field("mother_name", N_("Họ tên mẹ"), width=150),
    Field(
        "guardian_name",
        N_("Người giám hộ"),
        width=150,
    ),
    Field("note", N_("Ghi chú"), width=160, stored=checks.NOTE),
)
BY_KEY = {field.key: field for field in FIELDS}
