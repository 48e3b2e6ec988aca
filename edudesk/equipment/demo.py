"""The invented equipment: furniture by lots, machines one by one, old and new, some broken, some lent, one late.

Nothing here is drawn by lot, so that what a year charges can be worked out by hand.
"""

from __future__ import annotations

import json

from edudesk.equipment.rules import BOUGHT, BROKEN, ITEM, LENT, LOT, WRITTEN_OFF
from edudesk.equipment.store import equipment_meaning, first_purchase_id
from edudesk.kernel.ids import name_id
from edudesk.kernel.words import N_, _
from edudesk.premises.fields import LAB
from edudesk.premises.store import Room, rooms
from edudesk.school.demo import DemoBuilder
from edudesk.staff.store import members

CLASSROOM, MOST_PCS, MOST_SCREENS = "PHONG_HOC", 24, 16
# code, name, group, class of asset, price, year of purchase, charged to the end of 2025
SINGLE = (
    ("NHA-A", N_("Nhà A, ba tầng"), "CONG_TRINH", "nha_cap_3", 6_400_000_000, 2012, 3_584_000_000),
    ("TUONG-RAO", N_("Tường rào, cổng trường"), "CONG_TRINH", "tuong_rao", 320_000_000, 2019, 224_000_000),
    ("DH-01", N_("Điều hòa văn phòng"), "VAN_PHONG", "dieu_hoa", 12_800_000, 2022, None),
    ("DH-02", N_("Điều hòa phòng hội đồng"), "VAN_PHONG", "dieu_hoa", 14_400_000, 2026, None),
    ("PHOTO-01", N_("Máy photocopy"), "VAN_PHONG", "may_van_phong", 38_500_000, 2020, 38_500_000),
    ("IN-01", N_("Máy in hai mặt"), "VAN_PHONG", "may_in", 5_600_000, 2023, None),
    ("MC-01", N_("Máy chiếu lưu động"), "NGHE_NHIN", "may_khac", 16_900_000, 2022, 13_520_000),
    ("MC-02", N_("Máy chiếu lưu động"), "NGHE_NHIN", "may_khac", 17_500_000, 2026, None),
    ("LOA-01", N_("Bộ loa, âm li sân trường"), "NGHE_NHIN", "may_khac", 21_000_000, 2024, None),
    ("DAN-01", N_("Đàn oóc-gan"), "NHAC_CU", "may_khac", 9_200_000, 2021, None),
    ("KHV-01", N_("Kính hiển vi"), "THI_NGHIEM", "may_khac", 6_750_000, 2023, None),
    ("KHV-02", N_("Kính hiển vi"), "THI_NGHIEM", "may_khac", 6_750_000, 2023, None),
    ("KHV-03", N_("Kính hiển vi"), "THI_NGHIEM", "may_khac", 7_100_000, 2025, None),
    ("KHV-04", N_("Kính hiển vi"), "THI_NGHIEM", "may_khac", 7_100_000, 2025, None),
    ("LT-01", N_("Máy tính xách tay"), "TIN_HOC", "may_tinh", 15_000_000, 2023, 9_000_000),
    ("LT-02", N_("Máy tính xách tay"), "TIN_HOC", "may_tinh", 15_000_000, 2023, 9_000_000),
    ("LT-03", N_("Máy tính xách tay"), "TIN_HOC", "may_tinh", 15_000_000, 2026, None),
    ("LT-04", N_("Máy tính xách tay"), "TIN_HOC", "may_tinh", 15_000_000, 2026, None),
    ("TU-01", N_("Tủ hồ sơ"), "VAN_PHONG", "tu_ban_ghe_hoi_truong", 4_200_000, 2020, None),
    ("TU-02", N_("Tủ hồ sơ"), "VAN_PHONG", "tu_ban_ghe_hoi_truong", 4_200_000, 2020, None),
    ("TU-03", N_("Tủ thiết bị"), "VAN_PHONG", "tu_ban_ghe_hoi_truong", 5_300_000, 2024, None),
    ("KET-01", N_("Két sắt"), "VAN_PHONG", "ban_ghe_lam_viec", 6_900_000, 2018, None),
    ("CAN-01", N_("Cân có thước đo"), "NHA_BEP", "may_khac", 2_300_000, 2022, None),
)
LOTS = (
    ("QDC", N_("Quả địa cầu"), "TBDH", 280_000, 6),
    ("BD", N_("Bản đồ treo tường"), "TBDH", 95_000, 24),
    ("TN-HOA", N_("Bộ thí nghiệm Hóa học"), "THI_NGHIEM", 1_450_000, 12),
    ("TN-LI", N_("Bộ thí nghiệm Vật lí"), "THI_NGHIEM", 1_900_000, 12),
    ("BONG", N_("Bóng các loại"), "THE_THAO", 185_000, 30),
    ("THAM", N_("Thảm tập thể dục"), "THE_THAO", 640_000, 10),
)
FURNITURE = (("BAN-HS", N_("Bàn học sinh hai chỗ"), 920_000, 22), ("GHE-HS", N_("Ghế học sinh"), 310_000, 44))


def write_equipment(builder: DemoBuilder, _classes: object) -> None:
    """The register of a demo school, after its rooms."""
    places = rooms(builder.db)
    classrooms = [room for room in places if room.kind == CLASSROOM]
    store_room = next((room.id for room in places if room.kind == "THIET_BI"), None)
    for code, name, kind, asset, price, year, carried in SINGLE:
        room = None if kind == "CONG_TRINH" else store_room
        known: dict[str, int | str | None] = {"asset_class": asset, "price": price, "carried": carried}
        _register_row(builder, code, _(name), ITEM, kind=kind, room=room, on=f"{year}-08-12", **known)
    for code, name, kind, price, n in LOTS:
        _register_row(builder, code, _(name), LOT, kind=kind, room=store_room, on="2024-08-20", price=price)
        _bought(builder, code, n, on="2024-08-20", room=store_room, tracked=LOT)
    for code, name, price, each in FURNITURE:
        first = classrooms[0].id if classrooms else store_room
        _register_row(builder, code, _(name), LOT, kind="BAN_GHE", room=first, on="2021-08-10", price=price)
        for place in classrooms:
            _bought(builder, code, each, on="2021-08-10", room=place.id, tracked=LOT)
    _screens(builder, classrooms)
    _computers(builder, places)
    _events(builder, store_room, classrooms)
    builder.do(_("Lập sổ thiết bị"))
    _count(builder, places)
    builder.do(_("Kiểm kê đầu năm học"))


def _register_row(builder: DemoBuilder, code: str, name: str, tracked: str, **more: int | str | None) -> None:
    """A row of the register; an item comes with its purchase."""
    known = {"unit": _("cái"), "origin": "MUA_SAM", **more}
    room, on = known.pop("room"), str(known.pop("on"))
    builder.add(
        "equipment",
        *equipment_meaning(code),
        **{"code": code, "name": name, "tracked": tracked, "room_id": room, "bought_on": on, **known},
    )
    if tracked == ITEM:
        _bought(builder, code, 1, on=on, room=None if room is None else str(room), tracked=ITEM)


def _bought(builder: DemoBuilder, code: str, n: int, *, on: str, room: str | None, tracked: str) -> None:
    """The purchase a row is born with."""
    row = name_id("equipment", *equipment_meaning(code))
    fields: dict[str, int | str | None] = {"kind": BOUGHT, "quantity": n, "on_date": on, "room_id": room}
    builder.put_new("equipment_event", first_purchase_id(row, tracked, room), equipment_id=row, **fields)


def _event(
    builder: DemoBuilder, code: str, kind: str, n: int, *, on: str, room: str | None, **more: str | None
) -> None:
    builder.add(
        "equipment_event",
        *("demo", code, kind, on, room, *more.values()),
        equipment_id=name_id("equipment", *equipment_meaning(code)),
        kind=kind,
        quantity=n,
        on_date=on,
        room_id=room,
        **more,
    )


def _screens(builder: DemoBuilder, classrooms: list[Room]) -> None:
    """A television in most classrooms, of two purchases: one below the threshold of an asset, one above."""
    for n, room in enumerate(classrooms[:MOST_SCREENS], 1):
        old = n % 2 == 1
        _register_row(
            builder,
            f"TV-{n:02}",
            _("Ti vi 55 inch") if old else _("Ti vi 65 inch"),
            ITEM,
            kind="NGHE_NHIN",
            room=room.id,
            on="2023-08-15" if old else f"{builder.year}-08-18",
            price=9_450_000 if old else 15_900_000,
            asset_class="may_khac",
        )


def _computers(builder: DemoBuilder, places: list[Room]) -> None:
    """Computers of the computer rooms as assets, by the names they have there; those of 2021 were charged five years."""
    labs = {room.id for room in places if room.kind == LAB}
    rows = builder.db.all("select name, room_id, year from machine where gone = 0 order by name")
    for name, room, year in [row for row in rows if row[1] in labs][:MOST_PCS]:
        _register_row(
            builder,
            f"PC-{name}",
            _("Máy tính để bàn"),
            ITEM,
            kind="TIN_HOC",
            room=room,
            on=f"{year}-08-25",
            price=11_900_000 if year > 2020 else 12_600_000,
            asset_class="may_tinh",
            origin="GIAO",
        )


def _events(builder: DemoBuilder, store_room: str | None, classrooms: list[Room]) -> None:
    year, people = builder.year, [member.id for member in members(builder.db)]
    _event(builder, "MC-01", BROKEN, 1, on=f"{year}-09-04", room=store_room, note=_("Bóng đèn cháy"))
    _event(builder, "KHV-02", BROKEN, 1, on="2025-11-03", room=store_room, note=_("Gãy ốc vi cấp"))
    _event(builder, "BONG", BROKEN, 5, on=f"{year}-09-03", room=store_room)
    _event(builder, "THAM", WRITTEN_OFF, 2, on="2025-12-20", room=store_room, document="BB 07/2025")
    if classrooms:
        _event(builder, "GHE-HS", BROKEN, 3, on=f"{year}-09-07", room=classrooms[0].id)
    lent = (
        ("MC-02", 1, "09-08", f"{year}-09-11", _("Tiết 3 sáng")),
        ("QDC", 2, "09-09", f"{year + 1}-05-20", _("Các tiết Địa lí khối 6")),
        ("BD", 3, "09-09", f"{year + 1}-05-20", _("Các tiết Lịch sử")),
        ("TN-LI", 4, "09-10", f"{year + 1}-05-20", _("Thực hành học kì I")),
    )
    for place, (code, n, day, due, lesson) in enumerate(lent):
        who = people[place % len(people)]
        on = f"{year}-{day}"
        _event(builder, code, LENT, n, on=on, room=store_room, staff_id=who, due_on=due, lesson=lesson)


def _count(builder: DemoBuilder, places: list[Room]) -> None:
    """A count that is begun: the first classrooms and the computers, a chair too few, a code nobody knows."""
    on = f"{builder.year}-09-15"
    count = builder.add(
        "equipment_count",
        "demo",
        name=_("Kiểm kê đầu năm học"),
        on_date=on,
        members=json.dumps(_committee(builder), ensure_ascii=False),
    )
    for n, room in enumerate([room for room in places if room.kind == CLASSROOM][:3], 1):
        seen = {"BAN-HS": 22, "GHE-HS": 44 - (n == 2), f"TV-{n:02}": 1}
        _counted(builder, count, room, seen | ({"LA-2019-7": 1} if n == 1 else {}), on=on)


def _committee(builder: DemoBuilder) -> list[list[str]]:
    staff = members(builder.db)
    titles = (
        (_("Phó hiệu trưởng"), _("Trưởng ban")),
        (_("Kế toán"), _("Ủy viên")),
        (_("Giáo viên"), _("Ủy viên")),
    )
    return [
        [member.name, title, _("Nhà trường"), part]
        for member, (title, part) in zip(staff, titles, strict=False)
    ]


def _counted(builder: DemoBuilder, count: str, room: Room, seen: dict[str, int], *, on: str) -> None:
    named = dict(builder.db.all("select code, id from equipment where gone = 0"))
    for code, quantity in seen.items():
        builder.add(
            "equipment_count_line",
            "demo",
            code,
            room.id,
            count_id=count,
            room_id=room.id,
            equipment_id=named.get(code),
            code=code,
            quantity=quantity,
            counted_at=f"{on}T08:00:00+07:00",
            counted_by="office",
        )
