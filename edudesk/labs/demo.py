"""The invented buildings, rooms and machines: a computer room for every level of the school, some machines broken.

Nothing here is drawn by lot, so that what the check of the computer rooms must find can be worked out by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import product

from edudesk.kernel.ids import name_id
from edudesk.kernel.words import N_, _
from edudesk.labs.store_machines import machine_meaning
from edudesk.labs.store_timetable import PERIODS, SESSIONS, WEEKDAYS, save_prices
from edudesk.premises.fields import LAB, OFFICE, OUTSIDE, TEACHING
from edudesk.school.demo import LEVELS, PRIMARY, DemoBuilder
from edudesk.school.rules import LEVEL_GRADES, LEVEL_NAMES

MACHINES = {"tieu_hoc": (18, 2), "thcs": (24, 4), "thpt": (40, 3)}  # in the level's room: all, broken of them
OFFICE_MACHINES = 3
REPAIR_PRICE, NEW_PRICE = 900_000, 12_500_000  # đồng; invented, as everything here
OTHER_ROOMS = (
    (N_("Thư viện"), "THU_VIEN", 9000),
    (N_("Văn phòng"), "VAN_PHONG", 3600),
    (N_("Phòng hiệu trưởng"), "HIEU_TRUONG", 2400),
    (N_("Phòng phó hiệu trưởng"), "PHO_HT", 2400),
    (N_("Phòng họp"), "HOP", 6000),
    (N_("Phòng y tế"), "Y_TE", 2400),
    (N_("Phòng Đội"), "DOI", 2400),
    (N_("Phòng thiết bị"), "THIET_BI", 4800),
    (N_("Phòng Âm nhạc"), "AM_NHAC", 6000),
    (N_("Phòng Khoa học tự nhiên"), "KHTN", 7200),
    (N_("Phòng Tiếng Anh"), "NGOAI_NGU", 6000),
    (N_("Khu vệ sinh giáo viên"), "VS_GV", 2000),
    (N_("Khu vệ sinh học sinh"), "VS_HS", 4500),
    (N_("Sân chơi"), "SAN_CHOI", 120000),
    (N_("Bãi tập"), "BAI_TAP", 80000),
)
SEATS = {"PHONG_HOC": 45, "PHONG_MAY": 40, "HOP": 60, "THU_VIEN": 50}
STOREYS = 3
ANSWERS = {
    "lop_ghep": 0,
    "an_toan": 1,
    "ban_ghe": 1,
    "chuc_nang": 0,
    "tbdh_du": 0,
    "san_an_toan": 1,
    "nuoc": 1,
    "vs_rieng": 1,
    "tuong_rao": 1,
    "pccc": 1,
    "dau_sach": 2150,
    "dat": 6800,
}  # what is not named nobody has answered
INFORMATICS = 3  # the first grade that learns it


def write_facility(builder: DemoBuilder, classes: Sequence[tuple[str, str, int]]) -> None:
    """The rooms of a demo school; `classes` are (id, name, grade) of the year."""
    site = name_id("site", "demo")
    house = builder.add(
        "building", "demo", "A", site_id=site, name=_("Nhà A"), floors=STOREYS, built=2012, note=None
    )
    builder.put_new("building_detail", house, grade="III", quality="KIEN_CO")
    several = len(_levels(builder)) > 1
    for place, (_class, name, grade) in enumerate(classes):
        level = next(text for text, grades in LEVEL_GRADES.items() if grade in grades) if several else ""
        called = _("Phòng {name}").format(name=name)
        _room(builder, called, "PHONG_HOC", place=place, house=house, area=4800, levels=level)
    for place, (name, kind, area) in enumerate(OTHER_ROOMS):
        _room(builder, _(name), kind, place=place, house=house, area=area)
    for n in range(1, OFFICE_MACHINES + 1):
        _machine(builder, name_id("room", "demo", _("Văn phòng")), f"VP-{n:02}", use=OFFICE, broken=False)
    for level in _levels(builder):
        _lab(builder, level, house, [row for row in classes if row[2] in LEVEL_GRADES[level]])
    _answers(builder, site)
    save_prices(builder.db, repair=REPAIR_PRICE, buy=NEW_PRICE)
    builder.do(_("Lập cơ sở vật chất"))


def _answers(builder: DemoBuilder, site: str) -> None:
    for item, value in ANSWERS.items():
        row = name_id("site_answer", builder.year, site, item)
        builder.put_new("site_answer", row, year=builder.year, site_id=site, item=item, value=value)


def _levels(builder: DemoBuilder) -> list[str]:
    grades = set(LEVELS[builder.level][1])
    return [level for level, own in LEVEL_GRADES.items() if grades & set(own)]


def _room(
    builder: DemoBuilder, name: str, kind: str, *, place: int, house: str, area: int, levels: str = ""
) -> str:
    """A room; one classroom in five has no projector, one in four is only half solid."""
    row = builder.add(
        "room",
        "demo",
        name,
        site_id=name_id("site", "demo"),
        building_id=house,
        name=name,
        kind=kind,
        area=area,
        quality="BAN_KIEN_CO" if place % 4 == 3 else "KIEN_CO",
        state="CAN_SUA" if place % 7 == 6 else "TOT",
        year=2012,
        projector=int(kind in ("PHONG_HOC", LAB) and place % 5 != 4),
        internet=int(place % 6 != 5),
        levels=levels,
    )
    borrowed, seats = int(name.endswith("9A3")), SEATS.get(kind)
    spot = {} if kind in OUTSIDE else _spot(builder)
    if borrowed or seats or spot:
        builder.put_new("room_detail", row, borrowed=borrowed, capacity=seats, **spot)
    return row


def _spot(builder: DemoBuilder) -> dict[str, int]:
    """The next place on the plan: six rooms along each side of a corridor, storey upon storey."""
    place = builder.placed
    builder.placed += 1
    floor, rest = divmod(place, 12)
    side, along = divmod(rest, 6)
    where = {"plan_col": along * 4, "plan_row": side * 7, "plan_w": 4, "plan_h": 4}
    return {"plan_floor": floor + 1, **where} if floor < STOREYS else {}


def _machine(builder: DemoBuilder, room: str, name: str, *, use: str, broken: bool) -> None:
    builder.add(
        "machine",
        *machine_meaning(name),
        room_id=room,
        name=name,
        kind="DE_BAN",
        cpu="Intel Core i3",
        ram_gb=4 if broken else 8,
        disk_gb=256,
        os="Windows 10",
        year=2016 if broken else 2021,
        use=use,
        working=int(not broken),
        since=f"{builder.year}-10-05" if broken else f"{builder.year}-08-20",
    )


def _lab(builder: DemoBuilder, level: str, house: str, classes: Sequence[tuple[str, str, int]]) -> None:
    name = _("Phòng máy {level}").format(level=_(LEVEL_NAMES[level]))
    room = _room(builder, name, LAB, place=0, house=house, area=6000, levels=level)
    count, broken = MACHINES[level]
    for n in range(1, count + 1):
        _machine(builder, room, f"{_SHORT[level]}-{n:02}", use=TEACHING, broken=n > count - broken)
    learning = [row for row in classes if row[2] not in PRIMARY or row[2] >= INFORMATICS]
    _sessions(builder, room, learning)
    sessions = [code for code, _name in SESSIONS]
    for (class_id, _name, _grade), (session, period, day) in zip(
        learning, product(sessions, PERIODS, WEEKDAYS), strict=False
    ):
        builder.add(
            "lab_slot",
            room,
            builder.year,
            day,
            session,
            period,
            room_id=room,
            year=builder.year,
            weekday=day,
            session=session,
            period=period,
            class_id=class_id,
        )


def _sessions(builder: DemoBuilder, room: str, learning: Sequence[tuple[str, str, int]]) -> None:
    """What was written down in the first weeks: a lesson a day, one machine that failed now and then."""
    for n, (class_id, _name, _grade) in enumerate(learning[:8]):
        day = (dt.date(builder.year, 9, 7) + dt.timedelta(days=7 * (n // 4) + n % 4)).isoformat()
        note = _("Máy mất mạng, đã báo tổ Tin") if n == 5 else None
        fields: dict[str, int | str | None] = {
            "room_id": room,
            "on_date": day,
            "session": "SANG",
            "period": n % 4 + 1,
            "class_id": class_id,
        }
        row = name_id("lab_session", room, day, "SANG", n % 4 + 1)
        builder.put_new("lab_session", row, **fields, down=int(n % 3 == 2), note=note)


_SHORT = {"tieu_hoc": "TH", "thcs": "THCS", "thpt": "THPT"}
