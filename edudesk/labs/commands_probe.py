"""The commands probe and labs collect: machines describe themselves, and the list takes it in."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from edudesk.kernel.errors import Problem, Refused
from edudesk.kernel.text import fold
from edudesk.kernel.words import N_, _
from edudesk.labs.probe import Probe, as_text, read_text, read_this_pc
from edudesk.labs.store_probes import Collected, apply_probes, plan_probes
from edudesk.premises.store import rooms
from edudesk.storage.command import Answer, Call, Command, output
from edudesk.storage.connection import translating_errors
from edudesk.storage.database import Database
from edudesk.storage.files.whole import whole_file

LARGEST = 64 * 1024  # bytes of a file
KINDS = {"added": N_("máy mới"), "changed": N_("đổi thông tin"), "unchanged": N_("đã có, không đổi")}


def probe(call: Call) -> Answer:
    """What this PC is made of: shown, written to a file, or put into the list."""
    machine = read_this_pc()
    if call.args.output:
        path = Path(call.args.output)
        with whole_file(path) as part:
            part.write_text(as_text(machine), encoding="utf-8")
        return Answer(
            {"file": str(path), **asdict(machine)},
            (_probe_words(machine), _("Đã ghi {file}.").format(file=path)),
        )
    if not call.args.add:
        return Answer(asdict(machine), (_probe_words(machine),))
    return _take(call, [machine], dry_run=False)


def collect(call: Call) -> Answer:
    """Files of probe into the list of machines."""
    probes = [_read(Path(name)) for name in call.args.files]
    return _take(call, probes, dry_run=call.args.dry_run)


def _read(path: Path) -> Probe:
    with translating_errors(path), path.open("rb") as file:
        data = file.read(LARGEST + 1)
    text = data.decode("utf-8-sig", errors="replace") if len(data) <= LARGEST else ""
    return read_text(text, str(path))


def _take(call: Call, probes: list[Probe], *, dry_run: bool) -> Answer:
    with call.reading() if dry_run else call.writing() as db:
        room_id = _room(db, call.args.room)
        plan = plan_probes(db, probes)
        if not dry_run:
            apply_probes(db, plan, room_id=room_id)
    lines = tuple(f"{_(KINDS[collected.kind]):<18} {_probe_words(collected.probe)}" for collected in plan)
    note = (_("Chỉ xem trước, chưa ghi."),) if dry_run else ()
    return Answer(_data(plan), lines + note)


def _data(plan: list[Collected]) -> dict[str, Any]:
    counts = {kind: sum(collected.kind == kind for collected in plan) for kind in KINDS}
    rows = [
        {
            "name": collected.probe.name,
            "kind": collected.kind,
            "room": collected.room or None,
            "fields": collected.fields,
        }
        for collected in plan
    ]
    return {**counts, "machines": rows}


def _room(db: Database, name: str | None) -> str | None:
    """The id of a room by its name; None for none named. Raises Refused ROOM_UNKNOWN."""
    if not name:
        return None
    places = rooms(db)
    room_id = next((room.id for room in places if fold(room.name) == fold(name)), None)
    if room_id is None:
        message = _("Không có phòng “{name}”.").format(name=name)
        known = ", ".join(room.name for room in places[:12]) or _("chưa có phòng nào")
        raise Refused(Problem("ROOM_UNKNOWN", message, next=_("Các phòng: {known}.").format(known=known)))
    return room_id


def _probe_words(machine: Probe) -> str:
    parts = (
        machine.name,
        machine.cpu,
        _("RAM {n} GB").format(n=machine.ram_gb) if machine.ram_gb else "",
        _("ổ đĩa {n} GB").format(n=machine.disk_gb) if machine.disk_gb else "",
        machine.os,
    )
    return " · ".join(part for part in parts if part)


def _add_room(parser: ArgumentParser) -> None:
    parser.add_argument("--room", metavar=_("PHÒNG"), help=_("máy mới đặt ở phòng này"))


def _add_probe(parser: ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", type=output, metavar=_("TỆP"), help=_("ghi ra tệp này, để mang về bằng USB")
    )
    parser.add_argument("--add", action="store_true", help=_("ghi máy này vào danh sách máy của trường"))
    _add_room(parser)


def _add_collect(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar=_("TỆP"), help=_("tệp do edudesk probe -o ghi"))
    parser.add_argument("--dry-run", action="store_true", help=_("chỉ xem trước, không ghi"))
    _add_room(parser)


COMMANDS = (
    Command("probe", N_("đọc cấu hình của máy này"), probe, _add_probe),
    Command("labs collect", N_("nhận các tệp của probe vào danh sách máy"), collect, _add_collect),
)
