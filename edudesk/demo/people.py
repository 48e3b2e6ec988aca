"""Invented people: names as they are given in Vietnam, birthdays, numbers. Nobody real."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

# Family names of each group, with rough shares of a school in the north-western midlands (code as in the list of
# ethnic groups: 01 Kinh, 02 Tày, 03 Thái, 06 Mường, 08 Mông).
_FAMILIES: dict[str, tuple[int, str]] = {
    "01": (
        62,
        "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Dương Phan Trịnh Đinh Mai",
    ),
    "02": (8, "Nông Hoàng Lý Ma Triệu Bế Vi"),
    "03": (14, "Lò Cà Quàng Lường Vì Tòng Điêu Cầm"),
    "06": (10, "Bùi Đinh Hà Quách Bạch Phùng"),
    "08": (6, "Vàng Giàng Sùng Lý Hạng Thào Mùa"),
}
_MIDDLES = {
    "NAM": "Văn Văn Đức Minh Hoàng Quang Gia Tuấn Công Thành Xuân Quốc Tiến Anh Việt Hữu Đình Ngọc Bảo Mạnh".split(),
    "NU": "Thị Thị Thị Thu Ngọc Thùy Quỳnh Phương Minh Hương Khánh Thanh Bảo Diệu Hoài Mai Kim Hồng Gia Lan".split(),
}
_MONG_MIDDLES = {"NAM": ["A"], "NU": ["Thị"]}
_GIVEN = {
    "NAM": (
        "An Anh Bách Bảo Bình Cường Dũng Duy Dương Đạt Đăng Đức Giang Hải Hiếu Hiệp Hoàng Hòa Hùng Huy Hưng Khang Khánh "
        "Khoa Khôi Kiên Kiệt Lâm Long Minh Nam Nghĩa Nguyên Nhân Nhật Phong Phúc Phước Quân Quang Quý Sơn Tài Tâm Thái "
        "Thành Thắng Thiện Thịnh Tiến Toàn Trí Trung Trường Tú Tuấn Tùng Việt Vinh Vũ"
    ).split(),
    "NU": (
        "An Anh Ánh Bích Châu Chi Diễm Diệp Dung Duyên Dương Đào Giang Hà Hạnh Hân Hằng Hiền Hoa Hồng Huệ Huyền Hương "
        "Khánh Khuê Lan Lê Linh Loan Ly Mai Minh My Mỹ Nga Ngân Ngọc Nguyệt Nhi Như Nhung Oanh Phương Quyên Quỳnh Tâm "
        "Thảo Thắm Thơ Thu Thủy Thư Thương Trang Trâm Trinh Trúc Uyên Vân Vy Xuân Yến"
    ).split(),
}
_PLACES = (
    "bản Nà Sự",
    "bản Pá Hốc",
    "thôn Đồng Tâm",
    "thôn Suối Hoa",
    "tổ 3",
    "tổ 7",
    "xóm Chợ",
    "bản Huổi Lóng",
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A name with sex and ethnic code."""

    name: str
    sex: str
    ethnic: str


def person(random: Random, sex: str | None = None) -> DemoPerson:
    """Somebody, of the sex asked for or of either."""
    sex = sex or random.choice(("NAM", "NU"))
    ethnic = random.choices(list(_FAMILIES), [share for share, _names in _FAMILIES.values()])[0]
    family = random.choice(_FAMILIES[ethnic][1].split())
    middle = random.choice((_MONG_MIDDLES if ethnic == "08" else _MIDDLES)[sex])
    given = random.choice([name for name in _GIVEN[sex] if name != middle])
    return DemoPerson(f"{family} {middle} {given}", sex, ethnic)


def birthday(random: Random, year: int) -> dt.date:
    """Some day of the year."""
    return dt.date(year, 1, 1) + dt.timedelta(days=random.randrange(365))


def personal_number(random: Random, sex: str, born: dt.date, *, province: str = "011") -> str:
    """A number of the right form: province, century and sex, year of birth, six digits that mean nothing."""
    century = 2 * (born.year // 100 - 19) + (sex == "NU")
    return f"{province}{century}{born.year % 100:02d}{random.randrange(10**6):06d}"


def phone(random: Random) -> str:
    """A number in a range no operator gives out (0900 …)."""
    return f"0900{random.randrange(10**6):06d}"


def home(random: Random) -> str:
    """An address in the invented commune."""
    return f"{random.choice(_PLACES)}, xã Sông Trăng, tỉnh Điện Biên"
