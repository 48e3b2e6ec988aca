"""The options of the register's papers, which print and export share."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import dataclass

from edudesk.equipment.report_labels import SHEETS
from edudesk.equipment.stocktake.store import StockCount, sessions
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import fold
from edudesk.kernel.words import _
from edudesk.premises.store import rooms
from edudesk.storage.database import Database


@dataclass(frozen=True, slots=True)
class EquipmentAsked:
    """A room by name, a sheet of labels and its first free place, a calendar year, a count by name; blank is usual."""

    room: str = ""
    sheet: str = ""
    start: int = 1
    fiscal_year: int = 0
    count: str = ""


def add_equipment_options(parser: ArgumentParser) -> None:
    """The options --room, --sheet, --start, --fiscal-year, --count."""
    parser.add_argument("--room", metavar=_("PHÒNG"), help=_("thiết bị: chỉ một phòng"))
    parser.add_argument("--sheet", choices=tuple(SHEETS), help=_("nhãn: mấy cột × mấy hàng trên tờ A4"))
    parser.add_argument("--start", type=int, default=1, metavar="N", help=_("nhãn: bắt đầu từ nhãn thứ mấy"))
    parser.add_argument(
        "--fiscal-year", type=int, default=0, metavar=_("NĂM"), help=_("hao mòn: năm tài chính")
    )
    parser.add_argument(
        "--count", default="", metavar=_("ĐỢT"), help=_("tên đợt kiểm kê, để trống là mới nhất")
    )


def equipment_asked(args: Namespace) -> EquipmentAsked:
    """What the options ask for."""
    return EquipmentAsked(args.room or "", args.sheet or "", args.start, args.fiscal_year, args.count)


def room_id(db: Database, name: str) -> str:
    """The room of a name; "" for none. Raises Refused ROOM_UNKNOWN."""
    if not name:
        return ""
    places = rooms(db)
    matching = next((room.id for room in places if name == room.id or fold(room.name) == fold(name)), None)
    if matching is None:
        known = ", ".join(room.name for room in places[:12]) or _("chưa có phòng nào")
        message = _("Không có phòng “{name}”.").format(name=name)
        raise Refused(Problem("ROOM_UNKNOWN", message, next=_("Các phòng: {known}.").format(known=known)))
    return matching


def count_named(db: Database, name: str) -> StockCount:
    """The count of a name or an id, the newest when none is given. Raises Refused COUNT_UNKNOWN."""
    all_sessions = sessions(db)
    wanted = [
        session
        for session in all_sessions
        if not name or name == session.id or fold(session.name) == fold(name)
    ]
    if not wanted:
        known = ", ".join(session.name for session in all_sessions) or _("chưa có đợt nào")
        message = _("Không có đợt kiểm kê “{name}”.").format(name=name)
        raise Refused(Problem("COUNT_UNKNOWN", message, next=_("Các đợt: {known}.").format(known=known)))
    return wanted[0]
