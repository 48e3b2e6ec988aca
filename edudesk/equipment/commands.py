"""Commands about the equipment register: list, add, event, loans, and its import."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from edudesk.equipment.asked import room_id
from edudesk.equipment.fields import CODE, GROUPS, TRACKED, asset_fields, equipment_fields
from edudesk.equipment.imports import apply_equipment, plan_equipment
from edudesk.equipment.rules import BROKEN, RETURNED
from edudesk.equipment.store import EquipmentLine, add_equipment, register
from edudesk.equipment.store_events import EVERYWHERE, LABELS, NewEvent, record_event
from edudesk.equipment.store_loans import Loan, loans, return_loan
from edudesk.kernel import clock
from edudesk.kernel.calendar import parse_date, show_date
from edudesk.kernel.change import Value
from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import fold, matches
from edudesk.kernel.words import N_, _
from edudesk.sheets.commands import add_import, import_from
from edudesk.staff.store import members
from edudesk.storage.command import Answer, Call, Command
from edudesk.storage.database import Database

EVENTS = (*LABELS, RETURNED)
_OPTIONS = ("unit", "price", "origin", "note", "asset_class", "life", "used_before", "carried")


def list_equipment(call: Call) -> Answer:
    """The register: how many there are, broken and lent, and where."""
    args = call.args
    with call.reading() as db:
        room = room_id(db, args.room or "")
        lines = [line for line in register(db) if _fits(line, room, args.kind, args.find or "")]
    return Answer([_data(line) for line in lines], tuple(map(_line, lines)))


def _fits(line: EquipmentLine, room: str, kind: str | None, text: str) -> bool:
    here = not room or any(place == room and amount.on_hand for place, _name, amount in line.places)
    return (
        here
        and kind in (None, line.equipment.kind)
        and matches(text, line.equipment.code, line.equipment.name)
    )


def _data(line: EquipmentLine) -> dict[str, Any]:
    equipment, amount = line.equipment, line.amount
    places = [
        {"room": name or None, "there": quantity.on_hand, "broken": quantity.broken, "lent": quantity.lent}
        for _room, name, quantity in line.places
    ]
    known = {field.key: getattr(equipment, field.key) for field in equipment_fields()}
    return {
        "id": equipment.id,
        **known,
        "there": amount.on_hand,
        "broken": amount.broken,
        "lent": amount.lent,
        "rooms": places,
    }


def _line(line: EquipmentLine) -> str:
    amount = line.amount
    message = _("có {there}, hỏng {broken}, mượn {lent}").format(
        there=amount.on_hand, broken=amount.broken, lent=amount.lent
    )
    return f"{line.equipment.code:<12} {line.equipment.name:<32} {message:<28} {line.rooms}".rstrip()


def add(call: Call) -> Answer:
    """A new lot, or new items with codes numbered on."""
    args = call.args
    fields: dict[str, Value] = {
        "name": args.name,
        "kind": args.kind,
        "tracked": args.tracked,
        "code": args.code,
    }
    fields["bought_on"] = _day(args.bought_on)
    known = {field.key: field for field in equipment_fields()}
    fields |= {
        key: known[key].parse(getattr(args, key)) for key in _OPTIONS if getattr(args, key) is not None
    }
    with call.writing() as db:
        fields["room_id"] = room_id(db, args.room or "") or None
        step = add_equipment(db, fields, quantity=args.quantity)
        made = [line for line in register(db) if line.id in step.rows("equipment")]
    return Answer([_data(line) for line in made], tuple(map(_line, made)))


def _day(text: str | None) -> str | None:
    day = parse_date(text)
    return day.isoformat() if day else None


def event(call: Call) -> Answer:
    """Write what happened to one thing or several, by code."""
    args = call.args
    with call.writing() as db:
        rows = _rows(db, args.codes)
        if args.kind == RETURNED:
            _return(db, rows, call)
        else:
            record_event(db, rows, _new_event(db, call))
        lines = [line for line in register(db) if line.id in rows]
    return Answer([_data(line) for line in lines], tuple(map(_line, lines)))


def _rows(db: Database, codes: list[str]) -> list[str]:
    row_ids = {fold(line.equipment.code): line.id for line in register(db)}
    problems = [
        Problem(
            "EQUIPMENT_UNKNOWN",
            _("Sổ không có mã “{code}”.").format(code=code),
            next=_("Xem edudesk equipment list."),
        )
        for code in codes
        if fold(code) not in row_ids
    ]
    if problems:
        raise Refused(*problems)
    return [row_ids[fold(code)] for code in codes]


def _new_event(db: Database, call: Call) -> NewEvent:
    args = call.args
    return NewEvent(
        args.kind,
        parse_date(args.on) or clock.today(),
        args.quantity,
        room_id(db, args.room) if args.room else EVERYWHERE,
        room_id(db, args.to or "") or None,
        BROKEN if args.broken else None,
        _member(db, args.staff),
        parse_date(args.due),
        args.lesson,
        args.document,
        args.note,
    )


def _member(db: Database, name: str | None) -> str | None:
    if not name:
        return None
    staff_members = [
        member
        for member in members(db)
        if name in (member.id, member.code) or fold(member.name) == fold(name)
    ]
    if len(staff_members) != 1:
        message = _("Không có ai tên “{name}”.") if not staff_members else _("Có nhiều người tên “{name}”.")
        next_step = _("Ghi đủ họ tên, hoặc mã định danh ngành.")
        raise Refused(Problem("STAFF_UNKNOWN", message.format(name=name), next=next_step))
    return staff_members[0].id


def _return(db: Database, rows: list[str], call: Call) -> None:
    out = [loan.id for loan in loans(db, still_out=True) if loan.equipment.id in rows]
    if not out:
        next_step = _("Xem edudesk equipment loans.")
        raise Refused(Problem("LOAN_NOTHING", _("Không có gì đang cho mượn."), next=next_step))
    args = call.args
    on = parse_date(args.on) or clock.today()
    return_loan(db, out, on=on, quantity=args.quantity, broken=(args.quantity or 1) if args.broken else 0)


def list_loans(call: Call) -> Answer:
    """What is lent, to whom, until when; what is late first."""
    today = clock.today()
    with call.reading() as db:
        all_loans = loans(db, still_out=True)
    return Answer(
        [_loan_data(loan, today) for loan in all_loans], tuple(_loan_line(loan, today) for loan in all_loans)
    )


def _loan_data(loan: Loan, today: dt.date) -> dict[str, Any]:
    return {
        "id": loan.id,
        "code": loan.equipment.code,
        "name": loan.equipment.name,
        "teacher": loan.teacher,
        "quantity": loan.quantity,
        "left": loan.left,
        "on": loan.on.isoformat(),
        "due": loan.due.isoformat(),
        "days_late": loan.overdue(today),
        "lesson": loan.lesson or None,
    }


def _loan_line(loan: Loan, today: dt.date) -> str:
    late = loan.overdue(today)
    message = _("quá hạn {n} ngày").format(n=late) if late else ""
    return f"{show_date(loan.due)}  {loan.teacher:<24} {loan.left:>3} {loan.equipment.code} {loan.equipment.name}  {message}".rstrip()


def import_equipment(call: Call) -> Answer:
    """A list of equipment from Excel or CSV, or with --dry-run only what it would do."""
    return import_from(call, plan_equipment, apply_equipment)


def _add_list(parser: ArgumentParser) -> None:
    parser.add_argument("--room", metavar=_("PHÒNG"), help=_("chỉ một phòng"))
    parser.add_argument("--kind", choices=[code for code, _label in GROUPS], help=_("chỉ một nhóm"))
    parser.add_argument("--find", metavar=_("CHỮ"), help=_("mã hoặc tên"))


def _add_add(parser: ArgumentParser) -> None:
    parser.add_argument("--name", required=True, metavar=_("TÊN"), help=_("tên thiết bị"))
    parser.add_argument("--kind", required=True, choices=[code for code, _label in GROUPS], help=_("nhóm"))
    parser.add_argument(
        "--tracked",
        default="item",
        choices=[code for code, _label in TRACKED],
        help=_("từng cái hoặc theo lô"),
    )
    parser.add_argument("--code", default="", metavar=_("MÃ"), help=_(CODE.label))
    parser.add_argument("--quantity", type=int, default=1, metavar="N", help=_("số lượng"))
    parser.add_argument("--room", metavar=_("PHÒNG"), help=_("để ở phòng nào"))
    parser.add_argument("--bought-on", metavar=_("NGÀY"), help=_("ngày mua, nhận"))
    known = {field.key: field for field in (*equipment_fields(), *asset_fields())}
    for key in _OPTIONS:
        parser.add_argument(f"--{key.replace('_', '-')}", metavar=_("GIÁ_TRỊ"), help=_(known[key].label))


def _add_event(parser: ArgumentParser) -> None:
    parser.add_argument("kind", choices=EVENTS, help=_("việc gì"))
    parser.add_argument("codes", nargs="+", metavar=_("MÃ"), help=_("mã thiết bị"))
    parser.add_argument("--quantity", type=int, metavar="N", help=_("số lượng; để trống là tất cả"))
    parser.add_argument("--on", metavar=_("NGÀY"), help=_("ngày, mặc định hôm nay"))
    parser.add_argument("--room", metavar=_("PHÒNG"), help=_("ở phòng nào"))
    parser.add_argument("--to", metavar=_("PHÒNG"), help=_("chuyển đến, hoặc để ở phòng nào"))
    parser.add_argument("--broken", action="store_true", help=_("những cái hỏng"))
    parser.add_argument("--staff", metavar=_("NGƯỜI"), help=_("ai mượn, ai nhận"))
    parser.add_argument("--due", metavar=_("NGÀY"), help=_("hạn trả"))
    parser.add_argument("--lesson", metavar=_("TIẾT"), help=_("mượn cho tiết, lớp nào"))
    parser.add_argument("--document", metavar=_("SỐ"), help=_("số chứng từ"))
    parser.add_argument("--note", metavar=_("CHỮ"), help=_("ghi chú"))


COMMANDS = (
    Command("equipment list", N_("liệt kê sổ thiết bị"), list_equipment, _add_list),
    Command("equipment add", N_("thêm thiết bị"), add, _add_add),
    Command(
        "equipment event",
        N_("ghi mua thêm, hỏng, sửa xong, cho mượn, trả, chuyển, thanh lí"),
        event,
        _add_event,
    ),
    Command("equipment loans", N_("thiết bị đang cho mượn"), list_loans),
    Command("import equipment", N_("nhập sổ thiết bị"), import_equipment, add_import),
)
